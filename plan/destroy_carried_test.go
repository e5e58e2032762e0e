package plan_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestDestroyCarriedOut carries teardowns out on a small Flux, as they are printed: what
// is waited for is gone, and no definition goes while a custom resource of it is there.
func TestDestroyCarriedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := randomTeardown(t, rapid.Bool().Draw(t, "cyclic"))
		var keys []string
		for v := range s.Graph.Vertices() {
			if rapid.Bool().Draw(t, "chosen") {
				keys = append(keys, v.Key())
			}
		}
		out := plan.Destroy(s, keys)
		f := newFlux(t, s, out)
		f.prepare()
		for _, stage := range out.Stages {
			f.carryOut(stage)
		}
	})
}

// prepare sets the deletionPolicy in Git, and by the commands.
func (f *flux) prepare() {
	policies := map[string]string{}
	for _, key := range f.out.Prepare {
		policies[key] = "WaitForTermination"
	}
	for _, patch := range f.out.Patch {
		for _, key := range commanded(f.T, patch, "kubectl patch kustomization ") {
			f.policy[key] = policies[key]
		}
	}
	var awaited []string
	for _, wait := range f.out.Prepared {
		awaited = append(awaited, commanded(f.T, wait, "kubectl wait ")...)
	}
	if slices.Sort(awaited); !slices.Equal(awaited, f.out.Prepare) {
		f.Fatalf("%q waits not for %q", f.out.Prepared, f.out.Prepare)
	}
	for parent := range f.alive {
		for _, key := range f.applied[parent] {
			if p, there := policies[key]; there && f.reconciles(parent) {
				f.policy[key] = p
			}
		}
	}
	for _, key := range f.out.Prepare {
		namespace, _, _ := strings.Cut(key, "/")
		if f.policy[key] != "WaitForTermination" {
			f.Fatalf("%s does not wait: %v\n%s", key, f.out.Patch, f.story())
		}
		if f.at(key) == "" && f.objects[owned{"", plan.Object{Kind: "Namespace", Name: namespace}}] == key {
			f.Fatalf("%s waits for the Namespace it is in", key)
		}
	}
}

// carryOut does what a stage says.
func (f *flux) carryOut(stage plan.Removal) {
	f.circle = stage.Circle
	f.release(stage)
	for _, r := range stage.Nodes {
		f.git[r.Node] = false
	}
	all := slices.Sorted(maps.Keys(f.vertex))
	if rapid.Bool().Draw(f.T, "at once") {
		f.reconcile(rapid.Permutation(all).Draw(f.T, "order"))
	}
	for _, command := range stage.Delete {
		if strings.Contains(command, " helmrelease.") {
			continue
		}
		if parent, found := strings.CutPrefix(command, "flux reconcile kustomization "); found {
			f.reconcile(commanded(f.T, parent, ""))
			continue
		}
		for _, key := range commanded(f.T, command, "kubectl delete kustomization ") {
			f.delete(key)
		}
	}
	for range 2 {
		f.reconcile(rapid.Permutation(all).Draw(f.T, "order"))
	}
	for _, command := range stage.Wait {
		if strings.Contains(command, " helmrelease.") {
			continue
		}
		for _, key := range commanded(f.T, command, "kubectl wait ") {
			if f.alive[key] {
				f.Fatalf("%q never ends: %s is there\n%s", command, key, f.story())
			}
		}
	}
}

// release uninstalls what a stage says: Flux prunes it, or a command deletes it.
func (f *flux) release(stage plan.Removal) {
	for _, r := range stage.Releases {
		if !f.reconciles(r.Node) || !f.vertex[r.Node].Object().Spec.Prune {
			if commands := strings.Join(stage.Delete, "\n"); !strings.Contains(commands, "helmrelease.helm.toolkit.fluxcd.io") {
				f.Fatalf("nothing deletes %q of %s: %q\n%s", r.Objects, r.Node, commands, f.story())
			}
		}
		for _, o := range f.side.Objects[r.Node] {
			if there := (owned{f.at(r.Node), o}); slices.Contains(r.Objects, o.String()) && f.objects[there] == r.Node {
				f.objects[there] = ""
			}
		}
	}
	if len(stage.Nodes)+len(stage.Releases) == 0 || len(stage.Nodes) > 0 && len(stage.Releases) > 0 {
		f.Fatalf("%+v", stage)
	}
}

// commanded returns the Kustomizations that a command is about.
func commanded(t *rapid.T, command, begin string) []string {
	rest, found := strings.CutPrefix(command, begin)
	names, options, both := strings.Cut(rest, " -n ")
	if !found || !both {
		t.Fatalf("%q", command)
	}
	namespace, _, _ := strings.Cut(options, " ")
	var keys []string
	for name := range strings.FieldsSeq(names) {
		keys = append(keys, namespace+"/"+strings.TrimPrefix(name, "kustomization/"))
	}
	return keys
}

// story is the whole case, for a failure.
func (f *flux) story() string {
	var b strings.Builder
	for v := range f.side.Graph.Vertices() {
		key, spec := v.Key(), v.Object().Spec
		fmt.Fprintf(&b, "%s by %s (last %s) prune %t suspend %t policy %q kept %t at %q source %s/%s as %q needs", key, f.side.AppliedBy[key], f.owner[key], spec.Prune, spec.Suspend, spec.DeletionPolicy, f.kept(key), f.at(key), spec.SourceRef.Namespace, spec.SourceRef.Name, spec.ServiceAccountName)
		for _, u := range f.side.Graph.Dependencies(v) {
			b.WriteString(" " + u.Key())
		}
		fmt.Fprintf(&b, "\n    %+v\n", f.side.Objects[key])
	}
	_ = plan.DestroyText(&b, []plan.Teardown{f.out})
	return b.String()
}

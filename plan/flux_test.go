package plan_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// This file is a small Flux: a repository of folders, a cluster, and what
// kustomize-controller does with them: it builds, applies with its label as the owner,
// prunes what its inventory holds and its build does not, and finalizes. It knows nothing
// of how plan judges.

// tree is one revision of a repository: what each folder holds.
type tree map[string]folder

// folder holds objects and Kustomizations by their names, behind a namespace and a slash
// where that is not the usual one.
type folder struct {
	objects map[string]bool // true where an annotation keeps it
	nodes   map[string]manifest
}

// manifest is the file of a Kustomization.
type manifest struct {
	spec kustomizev1.KustomizationSpec
	kept bool
}

const syncing = "flux-system/sync"

// split takes the namespace off a name in a folder.
func split(name, usual string) (namespace, rest string) {
	if namespace, rest, there := strings.Cut(name, "/"); there {
		return namespace, rest
	}
	return usual, name
}

// keyOf is the namespace/name of a Kustomization by its name in a folder.
func keyOf(name string) string {
	namespace, rest := split(name, "flux-system")
	return namespace + "/" + rest
}

// object is the object of a name in a folder; a Namespace is called so, and so is the definition of
// Things, and each of these.
func object(name, prefix string, kept bool) plan.Object {
	if name == "Definition" {
		return plan.Object{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Name: "things.example.com", Defines: "example.com/Thing", Kept: kept}
	}
	if rest, is := strings.CutPrefix(name, "Thing "); is {
		return plan.Object{Group: "example.com", Kind: "Thing", Namespace: "x", Name: prefix + rest, Kept: kept}
	}
	if namespace, is := strings.CutPrefix(name, "Namespace "); is {
		return plan.Object{Kind: "Namespace", Name: namespace, Kept: kept}
	}
	namespace, rest := split(name, "x")
	return plan.Object{Kind: "ConfigMap", Namespace: namespace, Name: prefix + rest, Kept: kept}
}

// vertex is the node of a file.
func (m manifest) vertex(key string) *dag.Vertex {
	namespace, name := split(key, "flux-system")
	n := dag.Node{Name: name, Namespace: namespace, Path: m.spec.Path, Prune: &m.spec.Prune, Extra: m.spec, Source: dag.Source{Kind: "GitRepository", Name: "flux-system", Namespace: "flux-system"}}
	n.Extra.Path, n.Extra.Prune = "", false
	if m.kept {
		n.Annotations = map[string]string{"kustomize.toolkit.fluxcd.io/prune": "disabled"}
	}
	return dag.Resolve(dag.Cluster{Name: "c", Nodes: []dag.Ref{dag.Declare(n)}}).Lookup(keyOf(key))
}

// build is what a spec applies from the files of a revision.
func (r tree) build(spec *kustomizev1.KustomizationSpec) plan.Build {
	f, there := r[spec.Path[2:]]
	if !there {
		return plan.Build{Fails: true}
	}
	b := plan.Build{Objects: []plan.Object{}, Specs: func(key string) *dag.Vertex {
		for name, m := range f.nodes {
			if namespace, rest := split(name, "flux-system"); namespace+"/"+spec.NamePrefix+rest == key {
				return m.vertex(namespace + "/" + spec.NamePrefix + rest)
			}
		}
		return nil
	}}
	for _, name := range slices.Sorted(maps.Keys(f.objects)) {
		b.Objects = append(b.Objects, object(name, spec.NamePrefix, f.objects[name]))
	}
	for _, name := range slices.Sorted(maps.Keys(f.nodes)) {
		namespace, rest := split(name, "flux-system")
		b.Objects = append(b.Objects, plan.Object{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: namespace, Name: spec.NamePrefix + rest, Kept: f.nodes[name].kept, Digest: fmt.Sprint(f.nodes[name])})
	}
	return b
}

// side is what plan is told of a revision, read from the sync Kustomization on.
func (r tree) side(beyond ...dag.Boundary) plan.Side {
	s := plan.Side{Name: "c", Root: "c", SyncRoot: syncing, Objects: map[string][]plan.Object{}, AppliedBy: map[string][]string{},
		Build: func(v *dag.Vertex) plan.Build { return r.build(&v.Object().Spec) }}
	found := map[string]*dag.Vertex{}
	take := func(from string, f folder) (more []string) {
		for _, name := range slices.Sorted(maps.Keys(f.nodes)) {
			key := keyOf(name)
			if from != "" {
				s.AppliedBy[key] = append(s.AppliedBy[key], from)
			}
			if found[key] == nil {
				found[key] = f.nodes[name].vertex(name)
				more = append(more, key)
			}
		}
		return more
	}
	var queue []string
	if root, there := r["c"].nodes["sync"]; there {
		found[syncing], queue = root.vertex("sync"), []string{syncing}
	} else {
		s.SyncRoot, s.SyncGone = "", true
		queue = take("", r["c"])
	}
	for ; len(queue) > 0; queue = queue[1:] {
		spec := &found[queue[0]].Object().Spec
		b := r.build(spec)
		s.Objects[queue[0]] = b.Objects
		switch {
		case b.Fails:
			s.Unread = append(s.Unread, dag.Diagnostic{Code: "FD320", Severity: dag.Error, Node: queue[0]})
		case spec.KubeConfig == nil && spec.NamePrefix == "":
			queue = append(queue, take(queue[0], r[spec.Path[2:]])...)
		}
	}
	var refs []dag.Ref
	for _, key := range slices.Sorted(maps.Keys(found)) {
		v := found[key]
		n := dag.Node{Name: v.Object().Name, Namespace: v.Object().Namespace, Path: v.Object().Spec.Path, Prune: &v.Object().Spec.Prune, Extra: v.Object().Spec, Annotations: v.Object().Annotations}
		n.Source, n.Extra.SourceRef = dag.Source{Kind: "GitRepository", Name: "flux-system", Namespace: "flux-system"}, kustomizev1.CrossNamespaceSourceReference{}
		n.Extra.Path, n.Extra.Prune, n.Extra.Interval = "", false, v.Object().Spec.Interval
		refs = append(refs, dag.Declare(n).At(dag.Position{File: "c/" + n.Name + ".yaml", Line: 1}))
	}
	s.Graph = dag.Resolve(dag.Cluster{Name: "c", Nodes: refs, Boundaries: beyond})
	return s
}

// thing is an object in one of the clusters.
type thing struct {
	where string
	plan.Object
}

// live is what the API server knows of an object.
type live struct {
	owner     string // the Kustomization in its labels
	kept      bool
	spec      *kustomizev1.KustomizationSpec // of a Kustomization
	inventory map[thing]bool
}

type controller struct {
	repository tree
	objects    map[thing]*live
	deleted    map[thing]string // and who deleted it last
}

func kustomization(key string) thing {
	namespace, name := split(key, "flux-system")
	return thing{"", plan.Object{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: namespace, Name: name}}
}

// reconcile is what the controller does with one Kustomization.
func (f *controller) reconcile(key string, evenSuspended bool) {
	l := f.objects[kustomization(key)]
	if l == nil || l.spec == nil || l.spec.Suspend && !evenSuspended {
		return
	}
	spec := *l.spec // the reconciliation began with it
	b := f.repository.build(&spec)
	if b.Fails {
		return
	}
	where := ""
	if spec.KubeConfig != nil {
		where = "other"
	}
	if f.unserved(b.Objects, where) { // no matches for kind "Thing"
		return
	}
	now := map[thing]bool{}
	for _, o := range b.Objects {
		at := thing{where, o}
		at.Kept, at.Digest = false, ""
		now[at] = true
		if f.objects[at] == nil {
			f.objects[at] = &live{}
		}
		x := f.objects[at]
		x.owner, x.kept = key, o.Kept
		if m, is := f.repository[spec.Path[2:]].nodes[strings.TrimPrefix(o.Namespace+"/"+o.Name, "flux-system/")]; is && o.Group != "" && where == "" {
			x.spec = new(m.spec)
		}
	}
	for _, at := range inOrder(l.inventory) {
		if at.where = where; spec.Prune && !now[at] {
			f.prune(at, key)
		}
	}
	l.inventory = now
}

// unserved reports whether a Thing is among objects, and what defines it is neither there nor in
// the cluster.
func (f *controller) unserved(objects []plan.Object, where string) bool {
	defined := slices.ContainsFunc(objects, func(o plan.Object) bool { return o.Defines != "" })
	for at := range f.objects {
		defined = defined || at.Defines != "" && at.where == where
	}
	return !defined && slices.ContainsFunc(objects, func(o plan.Object) bool { return o.Kind == "Thing" })
}

// prune deletes an object that its owner does not want any more.
func (f *controller) prune(at thing, by string) {
	l := f.objects[at]
	if l == nil || l.owner != by || l.kept {
		return
	}
	f.remove(at, by)
}

// remove deletes an object: with a Namespace everything that is in it, with a definition
// everything that is of it, and with a Kustomization what it applied, unless that is to stay.
func (f *controller) remove(at thing, by string) {
	l := f.objects[at]
	delete(f.objects, at)
	f.deleted[at] = by
	for _, o := range inOrder(f.objects) {
		along := at.Kind == "Namespace" && o.Namespace == at.Name || at.Defines != "" && o.Kind == "Thing"
		if along && o.where == at.where && f.objects[o] != nil {
			f.remove(o, by)
		}
	}
	if l.spec == nil || l.spec.Suspend {
		return
	}
	where := ""
	if l.spec.KubeConfig != nil {
		where = "other"
	}
	switch policy := l.spec.DeletionPolicy; {
	case (policy == "" || policy == "MirrorPrune") && l.spec.Prune, policy == "Delete", policy == "WaitForTermination":
		for _, o := range inOrder(l.inventory) {
			o.where = where
			f.prune(o, at.Namespace+"/"+at.Name)
		}
	}
}

func inOrder[V any](things map[thing]V) []thing {
	return slices.SortedFunc(maps.Keys(things), func(a, b thing) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name), cmp.Compare(a.where, b.where))
	})
}

// start is a cluster in which everything of a revision was applied, before what is suspended
// was suspended, in the orders that it is given.
func start(r tree, order func() []string) *controller {
	f := &controller{repository: r, objects: map[thing]*live{}, deleted: map[thing]string{}}
	f.objects[kustomization(syncing)] = &live{spec: new(r["c"].nodes["sync"].spec)}
	for range 3 {
		for _, key := range order() {
			f.reconcile(key, true)
		}
	}
	clear(f.deleted)
	return f
}

// anyOrder draws the orders.
func anyOrder(t *rapid.T) func() []string {
	return func() []string { return rapid.Permutation(keys).Draw(t, "first") }
}

// keys are all Kustomizations that there may be.
var keys = []string{syncing, "flux-system/a", "flux-system/b", "flux-system/d", "flux-system/e"}

func randomTree(t *rapid.T) tree {
	r := tree{"c": folder{map[string]bool{}, map[string]manifest{"sync": {spec: kustomizev1.KustomizationSpec{Path: "./c", Prune: rapid.IntRange(0, 4).Draw(t, "syncs") > 0}}}}}
	for _, dir := range []string{"p", "q", "r"} {
		r[dir] = folder{map[string]bool{}, map[string]manifest{}}
	}
	dirs := []string{"c", "p", "q", "r"}
	if rapid.IntRange(0, 4).Draw(t, "chained") == 0 {
		r.chain(t)
		return r
	}
	for _, name := range []string{"a", "b", "d"} {
		m := manifest{spec: randomManifest(t), kept: rapid.IntRange(0, 5).Draw(t, "kept") == 0}
		for range rapid.SampledFrom([]int{1, 1, 1, 2}).Draw(t, "times") {
			r[rapid.SampledFrom(dirs).Draw(t, "in")].nodes[name] = m
		}
	}
	for _, name := range []string{"1", "2", "3", "4"} {
		r[rapid.SampledFrom(dirs).Draw(t, "object in")].objects[name] = rapid.IntRange(0, 5).Draw(t, "kept object") == 0
	}
	return r
}

// chain has each Kustomization apply the next one: random trees are seldom so deep.
func (r tree) chain(t *rapid.T) {
	in := "c"
	for i, name := range []string{"a", "b", "d"} {
		m := manifest{spec: randomManifest(t)}
		m.spec.Path, m.spec.KubeConfig, m.spec.NamePrefix = "./"+[]string{"p", "q", "r"}[i], nil, ""
		r[in].nodes[name] = m
		in = m.spec.Path[2:]
		r[in].objects[fmt.Sprint(i+1)] = false
	}
}

func randomManifest(t *rapid.T) kustomizev1.KustomizationSpec {
	spec := kustomizev1.KustomizationSpec{Path: "./" + rapid.SampledFrom([]string{"p", "q", "r"}).Draw(t, "path"), Prune: rapid.IntRange(0, 2).Draw(t, "prune") > 0}
	spec.Suspend = rapid.IntRange(0, 3).Draw(t, "suspend") == 0
	spec.DeletionPolicy = rapid.SampledFrom([]string{"", "", "", "Orphan", "Delete"}).Draw(t, "policy")
	if rapid.IntRange(0, 7).Draw(t, "remote") == 0 {
		spec.KubeConfig = &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: "other"}}
	}
	if rapid.IntRange(0, 7).Draw(t, "prefixed") == 0 {
		spec.NamePrefix = "x-"
	}
	return spec
}

func (r tree) clone() tree {
	out := tree{}
	for dir, f := range r {
		out[dir] = folder{maps.Clone(f.objects), maps.Clone(f.nodes)}
	}
	return out
}

func (r tree) has(name string) bool {
	for _, f := range r {
		if _, there := f.nodes[name]; there {
			return true
		}
	}
	return false
}

// commit changes a few things, as people do.
func (r tree) commit(t *rapid.T) tree {
	out := r.clone()
	dirs := func() []string { return slices.Sorted(maps.Keys(out)) }
	for range rapid.IntRange(1, 3).Draw(t, "edits") {
		dir := rapid.SampledFrom(dirs()).Draw(t, "folder")
		to := out[rapid.SampledFrom(dirs()).Draw(t, "other folder")]
		f := out[dir]
		names := slices.Sorted(maps.Keys(f.nodes))
		objects := slices.Sorted(maps.Keys(f.objects))
		name, object := "", ""
		if len(names) > 0 {
			name = rapid.SampledFrom(names).Draw(t, "node")
		}
		if len(objects) > 0 {
			object = rapid.SampledFrom(objects).Draw(t, "object")
		}
		switch what := rapid.SampledFrom([]string{"remove", "move", "respec", "rename", "unsuspend", "suspend", "drop", "shift", "keep", "keep object", "delete folder", "policy", "prune"}).Draw(t, "edit"); {
		case what == "delete folder":
			if dir != "c" {
				delete(out, dir)
			}
		case what == "drop" && object != "":
			delete(f.objects, object)
		case what == "keep object" && object != "":
			f.objects[object] = !f.objects[object]
		case what == "shift" && object != "":
			kept := f.objects[object]
			delete(f.objects, object)
			to.objects[object] = kept
		case name == "":
		case what == "remove":
			delete(f.nodes, name)
		case what == "move" && name != "sync":
			m := f.nodes[name]
			delete(f.nodes, name)
			to.nodes[name] = m
		case what == "rename" && name != "sync" && !out.has("e"):
			m := f.nodes[name]
			delete(f.nodes, name)
			f.nodes["e"] = m
		default:
			m := f.nodes[name]
			switch {
			case what == "suspend", what == "unsuspend":
				m.spec.Suspend = what == "suspend"
			case what == "keep":
				m.kept = !m.kept
			case what == "respec" && name == "sync", what == "prune":
				m.spec.Prune = !m.spec.Prune
			case what == "policy":
				m.spec.DeletionPolicy = rapid.SampledFrom([]string{"", "Orphan", "Delete"}).Draw(t, "policy")
			case what == "respec":
				m.spec = randomManifest(t)
			}
			for _, g := range out {
				if _, there := g.nodes[name]; there {
					g.nodes[name] = m
				}
			}
		}
	}
	return out
}

// TestEveryDeletionIsTold holds the law in the dangerous direction: whatever the order in
// which the controller reconciles after a commit, what it deletes is in a change that says
// so, of the node that deletes it.
func TestEveryDeletionIsTold(t *testing.T) {
	for range 30 { // what it found first was rare
		rapid.Check(t, everyDeletionIsTold)
	}
}

func everyDeletionIsTold(t *rapid.T) {
	base := randomTree(t)
	head := base.commit(t)
	c := compare(t, base.side(), head.side())
	f := start(base, anyOrder(t))
	f.repository = head
	f.deletesWhatIsTold(t, c, maps.Clone(f.objects), func(at thing) bool { return at.Group == "" })
}

// deletesWhatIsTold has the nodes reconcile in a random order, and holds that a plan tells of
// every object of some kind that goes, and that was there before the change.
func (f *controller) deletesWhatIsTold(t *rapid.T, c plan.ClusterPlan, before map[thing]*live, is func(thing) bool) {
	for _, key := range rapid.SliceOfN(rapid.SampledFrom(keys), 8, 24).Draw(t, "order") {
		f.reconcile(key, false)
	}
	for at, by := range f.deleted {
		if is(at) && before[at] != nil && !named(c, at.String(), by) {
			t.Fatalf("%s is deleted by %s, but told is %+v", at, by, c.Changes)
		}
	}
}

// named reports whether a change names an object that is deleted, or is of the node that
// deletes it and does not say which objects those are.
func named(c plan.ClusterPlan, object, by string) bool {
	return slices.ContainsFunc(c.Changes, func(ch plan.Change) bool {
		of := ch.Node == by || ch.From == by
		return slices.Contains(deletions, ch.Kind) && (slices.Contains(ch.Objects, object) || of && ch.Objects == nil)
	})
}

// deletions are the kinds that say of objects that they are deleted.
var deletions = []plan.Kind{plan.Delete, plan.Rename, plan.Prune, plan.Unknown}

// TestAddingDeletesNothing holds that of a commit that only adds objects and Kustomizations
// no deletion is told, and that there is none.
func TestAddingDeletesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := randomTree(t)
		head := base.add(t)
		for _, ch := range compare(t, base.side(), head.side()).Changes {
			if slices.Contains(deletions, ch.Kind) && ch.Kind != plan.Unknown {
				t.Fatalf("%+v", ch)
			}
		}
		f := start(base, anyOrder(t))
		f.repository = head
		for _, key := range rapid.SliceOfN(rapid.SampledFrom(keys), 8, 24).Draw(t, "order") {
			f.reconcile(key, false)
		}
		if len(f.deleted) > 0 {
			t.Fatalf("Flux deletes %v", f.deleted)
		}
	})
}

// add adds a few things under names that are new, or has a Kustomization apply more by its spec.
func (r tree) add(t *rapid.T) tree {
	out := r.clone()
	dirs := slices.Sorted(maps.Keys(out))
	for _, name := range []string{"5", "6"} {
		if rapid.Bool().Draw(t, "more") {
			out[rapid.SampledFrom(dirs).Draw(t, "new object in")].objects[name] = rapid.Bool().Draw(t, "kept object")
		}
	}
	if rapid.Bool().Draw(t, "widen") {
		out.widen(t)
	} else {
		out[rapid.SampledFrom(dirs).Draw(t, "new node in")].nodes["e"] = manifest{spec: randomManifest(t)}
	}
	return out
}

// widen gives a Kustomization a path at which all is that it applies, and what others apply.
func (r tree) widen(t *rapid.T) {
	name, other := rapid.SampledFrom([]string{"a", "b", "d"}).Draw(t, "widened"), rapid.SampledFrom([]string{"c", "p", "q", "r"}).Draw(t, "with")
	r.set(name, func(m *manifest) {
		wide := tree{"w": r[m.spec.Path[2:]]}.clone()["w"]
		maps.Copy(wide.objects, r[other].objects)
		maps.Copy(wide.nodes, r[other].nodes)
		m.spec.Path, r["w"] = "./w", wide
		if _, there := wide.nodes[name]; there {
			wide.nodes[name] = *m
		}
	})
}

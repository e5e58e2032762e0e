package fleet

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Ready waits until the Kustomizations are ready at the last push.
func (f *Fleet) Ready(names ...string) {
	f.t.Helper()
	for _, name := range names {
		f.Until(name+" is ready at "+f.Revision, func() (bool, string) {
			k := f.Kustomization(name)
			return f.IsReady(k), State(k)
		})
	}
}

// IsReady reports whether a Kustomization is ready at the last push.
func (f *Fleet) IsReady(k *kustomizev1.Kustomization) bool {
	return k != nil && k.Status.ObservedGeneration == k.Generation && meta.IsStatusConditionTrue(k.Status.Conditions, "Ready") &&
		k.Status.LastAppliedRevision == f.Revision
}

// Says waits until the message of a Kustomization's Ready condition matches, and
// returns the whole of it.
func (f *Fleet) Says(name string, text *regexp.Regexp) string {
	f.t.Helper()
	var said string
	f.Until(fmt.Sprintf("%s says %q", name, text), func() (bool, string) {
		k := f.Kustomization(name)
		if k != nil {
			said = message(k.Status.Conditions)
		}
		return text.MatchString(said), State(k)
	})
	return said
}

// StaysBehind waits until each of the Kustomizations is there and not ready, and ends the
// test when one gets ready at the last push within a time.
func (f *Fleet) StaysBehind(d time.Duration, names ...string) {
	f.t.Helper()
	for _, name := range names {
		f.Until(name+" is there, and says why it is not ready", func() (bool, string) {
			k := f.Kustomization(name)
			return k != nil && (message(k.Status.Conditions) != "" || k.Status.LastAppliedRevision != ""), State(k)
		})
	}
	f.NotReady(d, names...)
}

// NotReady ends the test when a Kustomization gets ready at the last push within a time.
// It need not have said anything yet.
func (f *Fleet) NotReady(d time.Duration, names ...string) {
	f.t.Helper()
	state, ready := f.within(d, func() (bool, string) {
		for _, name := range names {
			if f.IsReady(f.Kustomization(name)) {
				return true, name
			}
		}
		return false, ""
	})
	if ready {
		f.fail("%s is ready, and should not be", state)
	}
}

// Kustomizations returns all of the fleet's namespace.
func (f *Fleet) Kustomizations() []kustomizev1.Kustomization {
	f.t.Helper()
	var list kustomizev1.KustomizationList
	if err := f.Client.List(f.ctx(), &list, client.InNamespace(f.Namespace)); err != nil {
		f.fail("%v", err)
	}
	return list.Items
}

// State says in one line how a Kustomization stands.
func State(k *kustomizev1.Kustomization) string {
	if k == nil {
		return "there is no such Kustomization"
	}
	ready := "Ready is not set"
	if c := meta.FindStatusCondition(k.Status.Conditions, "Ready"); c != nil {
		ready = fmt.Sprintf("Ready=%s %s: %s", c.Status, c.Reason, c.Message)
	}
	return fmt.Sprintf("%s/%s: applied %q: %s", k.Namespace, k.Name, k.Status.LastAppliedRevision, ready)
}

// message is that of the Ready condition.
func message(conditions []metav1.Condition) string {
	if c := meta.FindStatusCondition(conditions, "Ready"); c != nil {
		return c.Message
	}
	return ""
}

// close suspends what the test left, and on failure prints it first.
func (f *Fleet) close() {
	if f.ctx().Err() != nil {
		return
	}
	var list kustomizev1.KustomizationList
	if err := f.Client.List(f.ctx(), &list, client.InNamespace(f.Namespace)); err != nil {
		f.t.Log(err)
	}
	if f.t.Failed() {
		f.dump(list.Items)
	}
	for i := range list.Items {
		if err := f.suspend(&list.Items[i], true); client.IgnoreNotFound(err) != nil {
			f.t.Log(err)
		}
	}
}

// dump prints the state, and what the controllers say about the namespace.
func (f *Fleet) dump(all []kustomizev1.Kustomization) {
	var b strings.Builder
	for i := range all {
		fmt.Fprintln(&b, State(&all[i]))
	}
	for _, name := range []string{"kustomize-controller", "source-controller"} {
		data, err := os.ReadFile(filepath.Join(f.Plane.Dir, name+".log"))
		if err != nil {
			f.t.Log(err)
			continue
		}
		var lines []string
		for line := range strings.Lines(string(data)) {
			if strings.Contains(line, `"`+f.Namespace+`"`) {
				lines = append(lines, line)
			}
		}
		fmt.Fprintf(&b, "%s, %d lines about %s, the last:\n%s", name, len(lines), f.Namespace, strings.Join(lines[max(0, len(lines)-15):], ""))
	}
	f.t.Log("\n" + b.String())
}

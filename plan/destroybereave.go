package plan

import (
	"fmt"
	"slices"
	"strings"
)

// bereave says what goes along that is not taken down, or that nodes leave behind.
func (d *teardown) bereave() {
	for _, definer := range sortedKeys(d.takes) {
		if _, goes := d.because[definer]; !goes {
			continue
		}
		d.own(definer)
		d.bereaved(definer)
	}
}

// bereaved says of what a node applies what goes along of nodes that stay, or that leave it, or
// that need it to delete and are in one circle with it.
func (d *teardown) bereaved(definer string) {
	staying, leaving, circling := map[string][]string{}, map[string][]string{}, map[string][]string{}
	for _, t := range d.takes[definer] {
		for _, user := range t.users {
			if _, goes := d.because[user]; !goes {
				staying[d.noteOn(t, user)] = append(staying[d.noteOn(t, user)], user)
				continue
			}
			if d.leaves(user, t) {
				leaving[t.as] = append(leaving[t.as], user)
			}
			if d.circles[user] != "" && d.circles[user] == d.circles[definer] && d.runsWith(user, t) {
				circling[t.as] = append(circling[t.as], user)
			}
		}
	}
	for _, kind := range []string{"rights", "role"} { // without the account they do not matter
		staying[kind] = subtract(unique(staying[kind]), staying["account"])
	}
	staying["operator"] = subtract(unique(staying["operator"]), staying["group"])
	for _, b := range bereft {
		tell := func(users map[string][]string, what string) {
			if names := unique(users[b.kind]); len(names) > 0 {
				d.note(b.text+what, definer, strings.Join(names, ", "))
			}
		}
		tell(staying, ", not taken down here: "+b.fate)
		tell(circling, ", perhaps before it has deleted all: annotate that with kustomize.toolkit.fluxcd.io/prune: disabled before")
		tell(leaving, ", which leaves them: let it delete them, or delete them before")
	}
}

// noteOn is the kind of a note on a node that stays though something goes that it uses. Of those
// that go with a Namespace all are taken down but the sync root, and what that applies.
func (d *teardown) noteOn(t taking, user string) string {
	if t.holds(d.SyncRoot) && (user == d.SyncRoot || d.below(user, d.SyncRoot)) {
		return "lying"
	}
	return t.as
}

// own notes what a node applies together with what needs it, and so deletes at once.
func (d *teardown) own(key string) {
	has := func(kinds ...string) bool {
		return slices.ContainsFunc(d.takes[key], func(t taking) bool { return t.own && slices.Contains(kinds, t.as) })
	}
	if has("group") {
		d.note("%s applies definitions and custom resources of them, and deletes all at once: delete the custom resources before", key)
	}
	if has("operator") {
		d.note("%s applies custom resources and, by its name, their operator, and deletes all at once: delete the custom resources before", key)
	}
	if has("class") && slices.ContainsFunc(d.Objects[key], Object.operator) {
		d.note("%s applies a StorageClass, or what makes it, what names it and perhaps what runs its volumes, and deletes all at once: delete the claims before", key)
	}
	if has("account", "rights", "role") {
		d.note("%s applies the ServiceAccount that it runs as, or its rights: once they are gone it can delete nothing more, and may never end; annotate them with kustomize.toolkit.fluxcd.io/prune: disabled before", key)
	}
}

// leaves reports whether a node does not delete all that goes along with something.
func (d *teardown) leaves(key string, t taking) bool {
	kind := t.as
	if kind != "group" && kind != "namespace" && kind != "operator" {
		return false
	}
	v := d.Graph.Lookup(key)
	goes, _ := deletes(&v.Object().Spec)
	return !goes || t.cluster == target(v) && slices.ContainsFunc(d.Objects[key], func(o Object) bool {
		if kind == "namespace" {
			return o.Kept && slices.Contains(o.namespaces(), t.name)
		}
		return o.Kept && t.name == o.Group
	})
}

// bereft are the notes on what goes along with what a node applies.
var bereft = []struct{ kind, text, fate string }{
	{"group", "with the definitions in %s go the custom resources of %s", fails},
	{"operator", "with %s goes, by its name, the operator of custom resources of %s", "nothing acts on them from then on, nor lets them be deleted"},
	{"class", "with %s go StorageClasses, and perhaps what runs their volumes, of %s", "without that no claim of them can be mounted, nor be deleted"},
	{"lying", "with the Namespaces in %s go the Kustomizations %s", "Flux deletes what they applied too"},
	{"namespace", "with the Namespaces in %s goes what is in them of %s", fails},
	{"source", "with %s goes the source of %s", fails},
	{"account", "with %s goes the ServiceAccount of %s", fails + ", and leaves everything when it is deleted"},
	{"rights", "with %s go rights of the ServiceAccount of %s", fails + ", and cannot be deleted"},
	{"role", "with %s goes a role of the ServiceAccount of %s", fails + ", and cannot be deleted"},
	{"config", "with %s goes the kubeConfig of %s", fails + ", and cannot be deleted"},
	{"values", "with %s goes what %s substitutes or decrypts with", fails},
}

const fails = "what stays fails from then on"

func unique(keys []string) []string { return slices.Compact(slices.Sorted(slices.Values(keys))) }

func (d *teardown) note(format string, args ...any) {
	d.out.Notes = append(d.out.Notes, fmt.Sprintf(format, args...))
}

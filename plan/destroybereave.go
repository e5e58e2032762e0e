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
		if slices.ContainsFunc(d.takes[definer], func(t taking) bool { return t.own && t.kind() == "group" }) {
			d.note("%s applies definitions and custom resources of them, and deletes all at once: delete the custom resources before", definer)
		}
		staying, leaving := map[string][]string{}, map[string][]string{}
		for _, t := range d.takes[definer] {
			for _, user := range t.users {
				if _, goes := d.because[user]; !goes {
					staying[t.kind()] = append(staying[t.kind()], user)
				} else if d.leaves(user, t) {
					leaving[t.kind()] = append(leaving[t.kind()], user)
				}
			}
		}
		for _, kind := range []string{"group", "namespace", "source"} {
			if names := unique(staying[kind]); len(names) > 0 {
				d.note(bereft[kind]+" not taken down here: what stays fails from then on", definer, strings.Join(names, ", "))
			}
			if names := unique(leaving[kind]); len(names) > 0 && kind != "source" {
				d.note(bereft[kind]+" which leaves them: let it delete them, or delete them before", definer, strings.Join(names, ", "))
			}
		}
	}
}

// leaves reports whether a node does not delete all that goes along with something.
func (d *teardown) leaves(key string, t taking) bool {
	v := d.Graph.Lookup(key)
	goes, _ := deletes(&v.Object().Spec)
	return !goes || slices.ContainsFunc(d.Objects[key], func(o Object) bool {
		return o.Kept && strings.HasPrefix(t.what, target(v)+"|") && (strings.HasSuffix(t.what, "|group/"+o.Group) || strings.HasSuffix(t.what, "|namespace/"+o.Namespace))
	})
}

// bereft begins the notes on what goes along with what a node applies.
var bereft = map[string]string{
	"group":     "with the definitions in %s go the custom resources of %s,",
	"namespace": "with the Namespaces in %s goes what is in them of %s,",
	"source":    "with %s goes the source of %s,",
}

func unique(keys []string) []string { return slices.Compact(slices.Sorted(slices.Values(keys))) }

func (d *teardown) note(format string, args ...any) {
	d.out.Notes = append(d.out.Notes, fmt.Sprintf(format, args...))
}

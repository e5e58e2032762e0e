package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/internal/scc"
)

// define finds the nodes that apply custom resources whose definition another one applies.
func (d *teardown) define() {
	d.users = map[string][]string{}
	definers := map[string][]string{} // by API group
	for _, key := range sortedKeys(d.Objects) {
		for _, o := range d.Objects[key] {
			if group, is := strings.CutPrefix(o.container(), "group/"); is && !ofFlux(group) && d.has(key) && last(definers[group]) != key {
				definers[group] = append(definers[group], key)
			}
		}
	}
	for _, key := range sortedKeys(d.Objects) {
		for _, o := range d.Objects[key] {
			for _, definer := range definers[o.Group] {
				if definer != key && d.has(key) && last(d.users[definer]) != key {
					d.users[definer] = append(d.users[definer], key)
				}
			}
		}
	}
}

func last(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	return keys[len(keys)-1]
}

// ofFlux reports whether an API group is one of the controllers that carry a teardown out.
func ofFlux(group string) bool { return strings.HasSuffix(group, ".toolkit.fluxcd.io") }

// custom reports whether an object is probably one of a CRD: its group is not one of
// Kubernetes'.
func custom(o Object) bool {
	return strings.Contains(o.Group, ".") && !strings.HasSuffix(o.Group, ".k8s.io") && o.Group != "k8s.io" && !ofFlux(o.Group)
}

// before returns what has to be gone before a node may go: its dependents, the nodes that
// it applies, and those with custom resources of its definitions.
func (d *teardown) before(key string) []string {
	var keys []string
	for _, u := range d.Graph.Dependents(d.Graph.Lookup(key)) {
		keys = append(keys, u.Key())
	}
	return slices.Concat(keys, d.children[key], d.users[key])
}

// stages puts the chosen nodes into the order, as many at a time as can go. Those that wait
// for each other are a stage of their own.
func (d *teardown) stages() {
	keys := sortedKeys(d.because)
	id := map[string]int32{}
	for i, key := range keys {
		id[key] = int32(i)
	}
	first := make([][]int32, len(keys))
	for i, key := range keys {
		for _, k := range d.before(key) {
			if j, chosen := id[k]; chosen && k != key {
				first[i] = append(first[i], j)
			}
		}
	}
	component, members := scc.Components(first)
	depth := make([]int, len(members))
	var alone [][]string     // by depth
	var circles [][][]string // by depth
	for c, ids := range members {
		var names []string
		for _, i := range ids {
			names = append(names, keys[i])
			for _, j := range first[i] {
				if int(component[j]) != c {
					depth[c] = max(depth[c], depth[component[j]]+1)
				}
			}
		}
		for len(alone) <= depth[c] {
			alone, circles = append(alone, nil), append(circles, nil)
		}
		if len(names) > 1 {
			circles[depth[c]] = append(circles[depth[c]], names)
		} else {
			alone[depth[c]] = append(alone[depth[c]], names...)
		}
	}
	for i, names := range alone {
		if slices.Sort(names); len(names) > 0 {
			d.remove(names, false)
		}
		slices.SortFunc(circles[i], slices.Compare)
		for _, names := range circles[i] {
			d.remove(names, true)
		}
	}
}

// bereave says which nodes stay, but lose custom resources with their definitions.
func (d *teardown) bereave() {
	for _, definer := range sortedKeys(d.users) {
		if _, goes := d.because[definer]; !goes {
			continue
		}
		staying := slices.DeleteFunc(slices.Clone(d.users[definer]), func(key string) bool { _, goes := d.because[key]; return goes })
		if goes, _ := deletes(&d.Graph.Lookup(definer).Object().Spec); goes && len(staying) > 0 {
			d.out.Notes = append(d.out.Notes, fmt.Sprintf("with the definitions in %s go the custom resources of %s, which is not taken down here, and fails from then on", definer, few(staying, 5)))
		}
	}
}

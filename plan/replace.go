package plan

import (
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// replaced says which objects stay under their names, and are deleted all the same, since
// something in them cannot be changed in place: by any spec by which a node may apply the
// files of head, and whoever applied them before. It reports whether there are any.
func (c *comparison) replaced(key string) bool {
	r := replacement{all: map[Object]bool{}, certain: map[Object]bool{}}
	for _, v := range c.acting(key) {
		r.add(c.base.fixed(v), v, c.build(v), c.actsNow(v))
		if c.head.Late != nil && v.Object().Spec.PostBuild != nil {
			if b, differs := c.head.Late(v); differs {
				r.add(c.base.fixed(v), v, b, false)
			}
		}
	}
	if len(r.all) == 0 {
		return false
	}
	var releases, sets, forced []Object
	for o := range r.all {
		switch o.Group {
		case "helm.toolkit.fluxcd.io":
			releases = append(releases, o)
		case "fluxcd.controlplane.io":
			sets = append(sets, o)
		default:
			forced = append(forced, o)
		}
	}
	c.replace(Prune, key, r, releases, "helm-controller uninstalls the release, with all that is in it, and installs another: its name, its namespace, where it is stored, or the chart's name differs (helm-controller: ReleaseTargetChanged).")
	c.replace(Unknown, key, r, sets, "The Flux Operator deletes what these make no longer, which cannot be said here.")
	c.replace(Prune, key, r, forced, "Flux deletes these and creates them anew, with another content of what cannot be changed in place (force)."+toll(forced))
	return true
}

// actsNow reports whether a spec is the one that head has, or does the same.
func (c *comparison) actsNow(v *dag.Vertex) bool {
	now := c.head.Graph.Lookup(v.Key())
	return now == nil || v == now || c.sameAsHead(v) && v.Object().Spec.Force == now.Object().Spec.Force && !now.Object().Spec.Suspend
}

// replacement are objects that are deleted and created anew, by identity.
type replacement struct {
	all     map[Object]bool
	certain map[Object]bool // whatever comes first
}

// add adds those of a build.
func (r *replacement) add(before map[Object][]Object, v *dag.Vertex, b Build, certain bool) {
	if b.Fails || b.Partial {
		return
	}
	for _, o := range b.Objects {
		was := before[o.identity()]
		if len(was) == 0 || slices.ContainsFunc(was, func(w Object) bool { return w.Fixed == o.Fixed }) {
			continue
		}
		controlled := o.Group == "helm.toolkit.fluxcd.io" || o.Group == "fluxcd.controlplane.io"
		if controlled || v.Object().Spec.Force || o.Forced || slices.ContainsFunc(was, func(w Object) bool { return w.Forced }) {
			r.all[o.identity()] = true
			r.certain[o.identity()] = r.certain[o.identity()] || certain
		}
	}
}

func (c *comparison) replace(kind Kind, key string, r replacement, objects []Object, effect string) {
	if len(objects) == 0 {
		return
	}
	if slices.ContainsFunc(objects, func(o Object) bool { return !r.certain[o] }) {
		effect += " That depends on what comes first: the files, or the new spec of " + key + " and the ConfigMaps of its variables. Commit these alone, before the files."
	}
	c.add(Change{Kind: kind, Node: key, Position: c.now(key).Position(), Objects: named(objects), Effect: effect})
}

// now returns a node as head has it, or as the base has it.
func (c *comparison) now(key string) *dag.Vertex {
	if v := c.head.Graph.Lookup(key); v != nil {
		return v
	}
	return c.base.Graph.Lookup(key)
}

// fixed returns the objects of the base, by identity, that cannot be changed in place, in the
// cluster to which a node applies its own.
func (s *side) fixed(v *dag.Vertex) map[Object][]Object {
	if s.fixtures == nil {
		s.fixtures = map[string]map[Object][]Object{}
		for u := range s.Graph.Vertices() {
			for _, o := range s.build(u.Key()).Objects {
				if o.Fixed == "" {
					continue
				}
				to := target(u)
				if s.fixtures[to] == nil {
					s.fixtures[to] = map[Object][]Object{}
				}
				s.fixtures[to][o.identity()] = append(s.fixtures[to][o.identity()], o)
			}
		}
	}
	return s.fixtures[target(v)]
}

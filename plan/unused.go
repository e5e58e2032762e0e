package plan

import (
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// uses are the sources and ConfigMaps of variables that are named on a side.
type uses struct {
	named map[string]bool
	// open is set where something may name sources of which it is not known which, and unread
	// where not even that is known.
	open, unread bool
}

// unused reports whether all objects are sources of Flux, or ConfigMaps of variables, that
// nothing uses any more: when such a one is deleted, nothing is lost with it.
func (c *comparison) unused(objects []Object, by string) bool {
	if len(objects) == 0 || target(c.either(by)) != "" || slices.ContainsFunc(objects, func(o Object) bool { return !o.serves() || c.heirIn("", o) != "" }) {
		return false
	}
	if c.usedBefore == nil {
		c.usedBefore, c.usedNow = c.base.uses(), c.head.uses()
		c.usedNow.add(c.stay())
	}
	before, now := c.usedBefore, c.usedNow
	return !now.unread && !slices.ContainsFunc(objects, func(o Object) bool {
		name := o.String()
		return now.named[name] || !before.named[name] && (now.open || o.Group == "") || o.Group == "" && c.head.reads(o.Namespace)
	})
}

// serves reports whether an object may only be there for others to name it.
func (o Object) serves() bool {
	if o.Group == sourceGroup {
		return slices.Contains([]string{"HelmRepository", "OCIRepository", "GitRepository", "Bucket"}, o.Kind)
	}
	return o.Group == "" && o.Kind == "ConfigMap"
}

// uses lists what the nodes of a side name, and what they apply.
func (s *side) uses() *uses {
	u := &uses{named: map[string]bool{}}
	for v := range s.Graph.Vertices() {
		u.node(v)
		u.add(s.Objects[v.Key()])
	}
	for _, b := range s.Graph.Boundaries() {
		u.open, u.unread = true, u.unread || b.Kind == "missing"
	}
	return u
}

func (u *uses) node(v *dag.Vertex) {
	source := sourceOf(v)
	u.named[source.Kind+" "+source.Namespace+"/"+source.Name] = true
	for _, n := range needs(v) {
		u.named[n.object.String()] = true
	}
	if build := v.Object().Spec.PostBuild; build != nil { // also what it can do without
		for _, ref := range build.SubstituteFrom {
			u.named[ref.Kind+" "+v.Object().Namespace+"/"+ref.Name] = true
		}
	}
}

// readers are the kinds that may name sources, beside Kustomizations and HelmReleases, and the
// groups of which all kinds may.
var (
	readers      = []string{"HelmChart", "ImageUpdateAutomation"}
	readerGroups = []string{operatorGroup, "infra.contrib.fluxcd.io", "source.extensions.fluxcd.io"}
)

func (u *uses) add(objects []Object) {
	for _, o := range objects {
		u.named[o.Chart] = true
		u.open = u.open || ofFlux(o.Group) && slices.Contains(readers, o.Kind)
		u.unread = u.unread || slices.Contains(readerGroups, o.Group)
	}
}

// stay are the releases that no file holds any more, and that are not known to be deleted.
func (c *comparison) stay() []Object {
	var all []Object
	for v := range c.base.Graph.Vertices() {
		key := v.Key()
		all = append(all, having(c.base.Objects[key], func(o Object) bool {
			return o.release() && c.heir(v, o) == "" && !c.lostBy(key)[o.identity()]
		})...)
	}
	return all
}

// reads reports whether there may be something in a namespace that reads its ConfigMaps, beside
// Flux's own controllers.
func (s *side) reads(namespace string) bool {
	for v := range s.Graph.Vertices() {
		if slices.ContainsFunc(s.Objects[v.Key()], func(o Object) bool {
			return o.Namespace == namespace && !o.Flux && (o.works() || o.custom())
		}) {
			return true
		}
	}
	return false
}

package plan

import "github.com/tazlab/fluxdag/dag"

// replaced says which objects stay under their names, and are deleted all the same, since
// something in them cannot be changed in place.
func (c *comparison) replaced(v *dag.Vertex, old, now []Object) {
	before := map[Object]Object{}
	for _, o := range old {
		before[o.identity()] = o
	}
	var releases, sets, forced []Object
	for _, o := range now {
		was, there := before[o.identity()]
		switch {
		case !there || was.Fixed == "" || was.Fixed == o.Fixed:
		case o.Group == "helm.toolkit.fluxcd.io":
			releases = append(releases, o)
		case o.Group == "fluxcd.controlplane.io":
			sets = append(sets, o)
		case was.Forced || o.Forced || v.Object().Spec.Force:
			forced = append(forced, o)
		}
	}
	c.replace(Prune, v, releases, "helm-controller uninstalls the release, with all that is in it, and installs another: its name, its namespace, where it is stored, or the chart's name differs (helm-controller: ReleaseTargetChanged).")
	c.replace(Unknown, v, sets, "The Flux Operator deletes what these make no longer, which cannot be said here.")
	c.replace(Prune, v, forced, "Flux deletes these and creates them anew, with another content of what cannot be changed in place (force)."+toll(forced))
}

func (c *comparison) replace(kind Kind, v *dag.Vertex, objects []Object, effect string) {
	if len(objects) > 0 {
		c.add(Change{Kind: kind, Node: v.Key(), Position: v.Position(), Objects: named(objects), Effect: effect})
	}
}

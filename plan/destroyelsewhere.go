package plan

import "slices"

// builtElsewhere names the other clusters that build from the file of a node, which then has
// to stay.
func (d *teardown) builtElsewhere(key string) []string {
	file := d.Graph.Lookup(key).Position().File
	if d.Elsewhere == nil || file == "" {
		return nil
	}
	return d.Elsewhere(file)
}

// patching are the nodes whose spec.patches can leave another one out alone: those that apply it, and
// whose own file no other cluster builds from and makes no other node. That of the sync root
// is not edited: bootstrap writes it anew.
func (d *teardown) patching(key string) []string {
	if len(d.builtElsewhere(key))+len(d.making(d.Graph.Lookup(key))) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(d.parents[key]), func(parent string) bool {
		return parent == d.SyncRoot || parent == key || len(d.builtElsewhere(parent))+len(d.mates(d.Graph.Lookup(parent))) > 0
	})
}

// where says where a patch belongs that leaves a node out of this cluster alone.
func (r Removed) where(few func(names []string, most int) string) string {
	const own = "a kustomization.yaml that no other cluster builds"
	if len(r.Patch) == 0 {
		return "in " + own
	}
	return "in spec.patches of " + few(r.Patch, maxNamed) + ", or in " + own
}

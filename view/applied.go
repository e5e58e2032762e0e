package view

import "github.com/tazlab/fluxdag/dag"

// mostApplied is from how many nodes on their applier is said once, where nearly all share it.
const mostApplied = 10

// usualApplier returns what applies nearly all nodes of the cluster, or else all that are
// shown, so that a part says it once too.
func (c Cluster) usualApplier() string {
	whole := c
	whole.part = nil
	if by := whole.nearlyAll(mostApplied); by != "" || c.size() == c.Graph.Len() {
		return by
	}
	return c.nearlyAll(2)
}

// nearlyAll returns what applies nearly all nodes that are shown, nine of ten, where that
// is not the sync root and these are at least so many; else nothing.
func (c Cluster) nearlyAll(least int) string {
	count := map[string]int{}
	for v := range c.nodes() {
		count[c.AppliedBy[v.Key()]]++
	}
	for by, n := range count {
		if by != "" && by != c.SyncRoot && n >= least && 10*n >= 9*c.size() {
			return by
		}
	}
	return ""
}

// appliers returns the keys of what applies others.
func (c Cluster) appliers() map[string]bool {
	keys := map[string]bool{}
	for v := range c.nodes() {
		if by := c.AppliedBy[v.Key()]; by != "" && by != v.Key() {
			keys[by] = true
		}
	}
	return keys
}

// appliedBy says what applies a node, where that is not what the head of the text says, or
// without that, the sync root; empty where there is nothing to say.
func (t *text) appliedBy(v *dag.Vertex) string {
	by := t.AppliedBy[v.Key()]
	switch {
	case t.applier == "" && (by == "" || by == t.SyncRoot || by == v.Key()), t.applier != "" && by == t.applier && by != v.Key():
		return ""
	case by == v.Key():
		return "itself"
	case by == "" && v.Key() == t.SyncRoot:
		return "what installs Flux"
	case by == "":
		return "something that is not known"
	}
	return t.short(by)
}

package plan

import (
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// hidden reports whether a node of the base is missing in head only since what applies it,
// or its own file, cannot be read: nobody has taken it away, nor does it go with what applied it.
func (c *comparison) hidden(key string) bool {
	return c.unseenNow(key) && !slices.ContainsFunc(c.base.AppliedBy[key], func(name string) bool { return name != key && c.takesAll(name) })
}

func (c *comparison) unseenNow(key string) bool {
	h, known := c.hiding[key]
	if !known {
		c.hiding[key] = false // where nodes apply each other in a circle
		h = !c.head.has(key) && !c.gone && c.unseen(c.base, c.head, key, c.unseenNow)
		c.hiding[key] = h
	}
	return h
}

// revealed reports whether a node of head is missing in the base only since what applies it,
// or its own file, could not be read there: it may have been there all along.
func (c *comparison) revealed(key string) bool {
	r, known := c.revealing[key]
	if !known {
		c.revealing[key] = false
		r = !c.base.has(key) && (c.unseen(c.head, c.base, key, c.revealed) || key == c.head.SyncRoot && c.doubt(onlyBase)) // a cluster has had one
		c.revealing[key] = r
	}
	return r
}

// unseen reports whether a node of one side cannot be seen on the other one: its file cannot
// be read there, or that is there, and each of those that apply it breaks there, or is not
// seen itself.
func (c *comparison) unseen(s, other *side, key string, also func(string) bool) bool {
	v := s.Graph.Lookup(key)
	if c.unreadable(other, v) != nil {
		return true
	}
	if s.Shares == nil || !s.Shares(v.Position().File) {
		return false
	}
	appliers := slices.DeleteFunc(slices.Clone(s.AppliedBy[key]), func(name string) bool { return name == key })
	return len(appliers) > 0 && !slices.ContainsFunc(appliers, func(name string) bool {
		breaks := other.has(name) && !s.build(name).breaks() && (other.build(name).breaks() || other == c.head && c.sourceGoes(other.Graph.Lookup(name)))
		return !breaks && !also(name)
	})
}

// unreadable returns why the file of a node cannot be read on a side; nil where it can, or
// is not there.
func (c *comparison) unreadable(s *side, v *dag.Vertex) *dag.Diagnostic {
	return s.defects[v.Position().File]
}

// reveal is the change of a node that may have been there all along.
func (c *comparison) reveal(v *dag.Vertex) Change {
	why := "what applies it could not be built in the base"
	if d := c.unreadable(c.base, v); d != nil {
		why = "its file could not be read in the base"
	}
	return Change{Kind: Unknown, Node: v.Key(), Position: v.Position(),
		Effect: "It may have been there all along: " + why + ". Where it was, with another spec or folder, Flux deletes what that applied and this does not."}
}

package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// unread joins what could not be read of the two sides, in one order.
func unread(base, head dag.Diagnostics) []Unread {
	all := []Unread{}
	for _, d := range base {
		all = append(all, Unread{Side: onlyBase, Diagnostic: d})
	}
	for _, d := range head {
		all = append(all, Unread{Side: onlyHead, Diagnostic: d})
	}
	slices.SortStableFunc(all, func(a, b Unread) int {
		return cmp.Or(a.Compare(b.Diagnostic), strings.Compare(a.Side, b.Side))
	})
	joined := all[:0]
	for _, u := range all {
		if n := len(joined); n > 0 && joined[n-1].Compare(u.Diagnostic) == 0 {
			if joined[n-1].Side != u.Side {
				joined[n-1].Side = both
			}
			continue
		}
		joined = append(joined, u)
	}
	return joined
}

// reason is what keeps something from being read; where a change says the same of the node
// that it stops, which one.
func (u Unread) reason() string {
	if u.Stops == "" {
		return u.Message
	}
	return "this stops " + u.Stops + ", see below"
}

// noteStops notes which of what cannot be read in head is told with a node that is stuck for it.
func (c *comparison) noteStops() {
	stopped := map[string]string{"": ""} // by the message
	for _, change := range c.out.Changes {
		if _, known := stopped[change.unread]; !known {
			stopped[change.unread] = change.Node
		}
	}
	for i := range c.out.Unread {
		if u := &c.out.Unread[i]; u.Side != onlyBase {
			u.Stops = stopped[u.Message]
		}
	}
}

// mended marks what could not be read in the base, where head can be and the changes tell
// what is not known for it.
func (c *comparison) mended() {
	files, broken := map[string]bool{}, map[string]bool{}
	for v := range c.head.Graph.Vertices() {
		files[v.Position().File] = true
	}
	for _, d := range c.head.Unread {
		broken[d.Position.File], broken[d.Node] = true, d.Node != ""
	}
	for i := range c.out.Unread {
		u := &c.out.Unread[i]
		told := u.Node != "" || files[u.Position.File] || c.head.Build != nil
		u.Mended = u.Side == onlyBase && told && !broken[u.Position.File] && !broken[u.Node]
	}
}

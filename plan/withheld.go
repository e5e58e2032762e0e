package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// withheld tells what Flux deletes once a node is mended that is stuck at what it builds from
// now on, or once its new spec arrives, that what applies it does not bring: no later plan can name
// it, for that compares two revisions without it.
func (c *comparison) withheld(before, v *dag.Vertex, told loss) {
	key, now := v.Key(), c.head.build(v.Key())
	prunes := func(u *dag.Vertex) bool { return c.sameAsHead(u) && u.Object().Spec.Prune && !u.Object().Spec.Suspend }
	comes, stuck := c.reached(key), c.fails[key] || c.head.nameless(v) != ""
	if !stuck && comes || !prunes(v) && !slices.ContainsFunc(c.acting(key), prunes) || target(before) != target(v) || c.takesAll(key) || now.breaks() || now.Unknown {
		return
	}
	left, twins := minus(c.base.withoutNodes(v, now.without(c.had(key))), told.objects), generated(now.Objects)
	left = slices.DeleteFunc(c.lost(left, key), func(o Object) bool { return twins[unhashed(o)] || maybe(o, now.Objects) })
	taken := c.leftWith(v, now.without(c.base.build(key).Objects), map[string]bool{})
	left = append(left, taken...)
	n := len(left)
	if n == 0 {
		return
	}
	effect := "It is stuck, and deletes nothing yet. Once it is not, be it by hand or by a commit,"
	if !comes && !stuck {
		effect = "It does not arrive: " + c.unreached(key) + ". Once it does,"
	}
	effect += fmt.Sprintf(" Flux deletes what is no longer in what it builds (prune: true): %s%s. No later plan can name %s.", plural(n, "object"), c.takingAlong(taken), verb(n, "it", "them"))
	if !prunes(v) {
		effect += " It does so only where it sees its files before its new spec."
	}
	c.add(Change{Kind: Prune, Node: key, Position: v.Position(), Objects: named(left), Effect: effect + toll(left)})
}

// maybe reports whether one of some objects may be another one, by the value of a variable that is left
// in its name.
func maybe(o Object, objects []Object) bool {
	return slices.ContainsFunc(objects, func(p Object) bool {
		return p.Group == o.Group && p.Kind == o.Kind && strings.Contains(p.Namespace+p.Name, "${") && fits(p.Namespace, o.Namespace) && fits(p.Name, o.Name)
	})
}

// fits reports whether a text is what another one may be that begins and ends as it does around its
// variables.
func fits(pattern, text string) bool {
	begin, rest, some := strings.Cut(pattern, "${")
	if !some {
		return pattern == text
	}
	end := rest[strings.LastIndex(rest, "}")+1:]
	return len(text) >= len(begin)+len(end) && strings.HasPrefix(text, begin) && strings.HasSuffix(text, end)
}

// mendedStops notes the nodes of the base of which Flux applied nothing, for the API server refused
// an object of theirs, and does no longer: what they applied before that is not known. An older
// Flux took what has a version that is no longer served.
func (c *comparison) mendedStops() {
	for v := range c.base.Graph.Vertices() {
		key := v.Key()
		now := c.head.Graph.Lookup(key)
		if now == nil {
			continue
		}
		mended := slices.ContainsFunc(c.base.Stops[key], func(d dag.Diagnostic) bool {
			return d.Code != unserved && !slices.Contains(unready, d.Code) && !stopsBy(c.head.Stops[key], d)
		})
		if mended || c.base.sealed(v) != "" && c.head.sealed(now) == "" || c.base.nameless(v) != "" && c.head.nameless(now) == "" {
			c.base.refuse(key)
		}
	}
}

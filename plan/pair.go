package plan

import (
	"cmp"
	"encoding/json"
	"path"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// pair finds the nodes that have another name in head: what was declared first, then
// what builds the same, in passes that ask for less and less. Each pass is linear. One that the API
// server refuses has applied nothing that another one could go on with.
func (c *comparison) pair() {
	var leaving, arriving []*dag.Vertex
	for v := range c.base.Graph.Vertices() {
		if !c.head.has(v.Key()) && c.base.Graph.Lookup(v.Key()) == v && c.base.refusal(v.Key()) == nil {
			leaving = append(leaving, v)
		}
	}
	for v := range c.head.Graph.Vertices() {
		if !c.base.has(v.Key()) && c.head.Graph.Lookup(v.Key()) == v {
			arriving = append(arriving, v)
		}
	}
	if len(leaving) == 0 || len(arriving) == 0 {
		return
	}
	byKey := func(a, b *dag.Vertex) int { return cmp.Compare(a.Key(), b.Key()) }
	slices.SortFunc(leaving, byKey)
	slices.SortFunc(arriving, byKey)
	arriving = slices.DeleteFunc(arriving, func(v *dag.Vertex) bool {
		return c.takes[v.Key()] != "" || slices.ContainsFunc(c.head.Moves, func(m dag.Move) bool { return m.From == v.Key() })
	})
	for _, like := range []func(*dag.Vertex) string{wholeSpec, builds, folder} {
		leaving, arriving = c.pairBy(leaving, arriving, like, false)
	}
	leaving, arriving = c.pairByObjects(leaving, arriving)
	for _, like := range []func(*dag.Vertex) string{name, elsewhere} {
		leaving, arriving = c.pairBy(leaving, arriving, like, true)
	}
}

// pairBy pairs those that are alike, in order, and returns the others. Where only is set,
// it pairs none of which there are several.
func (c *comparison) pairBy(leaving, arriving []*dag.Vertex, like func(*dag.Vertex) string, only bool) (left, right []*dag.Vertex) {
	alike := map[string][2][]*dag.Vertex{}
	collect := func(side int, all []*dag.Vertex) {
		for _, v := range all {
			if k := like(v); k != "" {
				group := alike[k]
				group[side] = append(group[side], v)
				alike[k] = group
			}
		}
	}
	collect(0, leaving)
	collect(1, arriving)
	for _, group := range alike {
		if only && (len(group[0]) != 1 || len(group[1]) != 1) {
			continue
		}
		for i := range min(len(group[0]), len(group[1])) {
			if c.takesAny(group[0][i], group[1][i]) && !(only && c.leavesData(group[0][i], group[1][i])) {
				c.join(group[0][i], group[1][i])
			}
		}
	}
	return c.unpaired(leaving, arriving)
}

// takesAny reports whether a node applies anything that another one applied, or whether that
// is not known: else it is not the same under another name.
func (c *comparison) takesAny(from, to *dag.Vertex) bool {
	old, now := c.base.build(from.Key()), c.head.build(to.Key())
	if !old.whole() || !now.whole() || len(old.Objects) == 0 {
		return true
	}
	return target(from) == target(to) && len(minus(old.Objects, now.Objects)) < len(old.Objects)
}

// leavesData reports whether a node has something that another one is known not to apply,
// with data of its own: then it is another application, though they share some objects.
func (c *comparison) leavesData(from, to *dag.Vertex) bool {
	old, _ := c.base.applies(from.Key())
	now, whole := c.head.applies(to.Key())
	return whole && slices.ContainsFunc(minus(old, now), Object.stateful)
}

func (c *comparison) join(from, to *dag.Vertex) {
	c.pairs[from.Key()], c.sources[to.Key()] = to.Key(), from.Key()
}

func (c *comparison) unpaired(leaving, arriving []*dag.Vertex) (left, right []*dag.Vertex) {
	left = slices.DeleteFunc(slices.Clone(leaving), func(v *dag.Vertex) bool { return c.pairs[v.Key()] != "" })
	right = slices.DeleteFunc(slices.Clone(arriving), func(v *dag.Vertex) bool { return c.sources[v.Key()] != "" })
	return left, right
}

// pairByObjects pairs those that apply mostly the same: at least half of what the old
// one applied.
func (c *comparison) pairByObjects(leaving, arriving []*dag.Vertex) (left, right []*dag.Vertex) {
	type placed struct {
		where string
		identity
	}
	owner := map[placed]*dag.Vertex{}
	for _, v := range arriving {
		objects, _ := c.head.applies(v.Key())
		for _, o := range objects {
			owner[placed{target(v), o.identity()}] = v
		}
	}
	for _, v := range leaving {
		objects, _ := c.base.applies(v.Key())
		shared := map[*dag.Vertex]int{}
		var best *dag.Vertex
		for _, o := range objects {
			if to := owner[placed{target(v), o.identity()}]; to != nil && c.sources[to.Key()] == "" {
				if shared[to]++; best == nil || shared[to] > shared[best] {
					best = to
				}
			}
		}
		if best != nil && 2*shared[best] >= len(objects) && !c.leavesData(v, best) {
			c.join(v, best)
		}
	}
	return c.unpaired(leaving, arriving)
}

// wholeSpec is all that a node says, but what it waits for and whether it is suspended.
func wholeSpec(v *dag.Vertex) string {
	spec := v.Object().Spec
	spec.DependsOn, spec.Suspend = nil, false
	return text(spec)
}

// builds is where a node's objects come from, and what they are called.
func builds(v *dag.Vertex) string {
	s := v.Object().Spec
	return text([]any{folder(v), s.TargetNamespace, s.NamePrefix, s.NameSuffix, s.KubeConfig, s.PostBuild})
}

// folder is origin as a text.
func folder(v *dag.Vertex) string { return text(originOf(v)) }

// origin is where a node's objects come from.
type origin struct {
	Source kustomizev1.CrossNamespaceSourceReference
	Path   string
}

func originOf(v *dag.Vertex) origin {
	return origin{sourceOf(v), path.Clean("/" + v.Object().Spec.Path)}
}

func sourceOf(v *dag.Vertex) kustomizev1.CrossNamespaceSourceReference {
	source := v.Object().Spec.SourceRef
	source.Namespace = cmp.Or(source.Namespace, v.Object().Namespace)
	return source
}

func name(v *dag.Vertex) string { return v.Object().Name }

// elsewhere is the whole spec, but for the folders around the last one of the path.
func elsewhere(v *dag.Vertex) string {
	last := path.Base(path.Clean("/" + v.Object().Spec.Path))
	if last == "/" {
		return ""
	}
	spec := v.Object().Spec
	spec.DependsOn, spec.Suspend, spec.Path = nil, false, last
	return text(spec)
}

// text writes a value down, to compare it and to show it: only what JSON cannot write could fail,
// and specs hold nothing of it. What is shown of it in HTML is escaped there.
func text(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n")
}

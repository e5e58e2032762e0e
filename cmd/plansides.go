package cmd

import (
	"iter"
	"path"
	"slices"
	"sync"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/plan"
)

// sides are the two sides of a cluster's folder.
func (f *folder) sides(g *dag.Graph) (before, after plan.Side) {
	var both sync.WaitGroup
	both.Go(func() { before = f.common.with(g, newParsed(slices.Values(f.onlyOld))) })
	after = f.common.with(g, newParsed(slices.Values(f.onlyNow)))
	both.Wait()
	return before, after
}

// parsed are the nodes of some files.
type parsed struct {
	nodes  []dag.Ref
	unread dag.Diagnostics
}

func newParsed(files iter.Seq[gen.File]) parsed {
	c, found := gen.ReadSeq(files)
	p := parsed{nodes: slices.Clone(c.Nodes)}
	for _, level := range c.Levels {
		p.nodes = append(p.nodes, level.Nodes...)
	}
	p.unread = slices.DeleteFunc(found, func(d dag.Diagnostic) bool {
		return d.Severity != dag.Error || !slices.Contains([]string{"FD305", "FD306", "FD308"}, d.Code)
	})
	return p
}

// with joins the nodes of both into one side.
func (p parsed) with(g *dag.Graph, q parsed) plan.Side {
	s := plan.Side{Name: g.Name(), Root: g.Dir(), Declared: true, Unread: slices.Concat(p.unread, q.unread), AppliedBy: map[string][]string{}}
	s.Graph = dag.Resolve(dag.Cluster{Name: g.Name(), Dir: g.Dir(), Nodes: slices.Concat(p.nodes, q.nodes)})
	for v := range s.Graph.Vertices() {
		if path.Clean("/"+v.Object().Spec.Path) == path.Clean("/"+g.Dir()) {
			s.SyncRoot = v.Key()
			break
		}
	}
	for v := range s.Graph.Vertices() {
		if s.SyncRoot != "" {
			s.AppliedBy[v.Key()] = []string{s.SyncRoot}
		}
	}
	return s
}

package cmd

import (
	"path"
	"slices"
	"sync"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/plan"
)

// readSides reads the files of both sides, which are the same but for those that differ.
func readSides(g *dag.Graph, old, now map[string][]byte, differs differing) (before, after plan.Side) {
	var common, onlyOld, onlyNow []gen.File
	for name, data := range old {
		if file := (gen.File{Path: name, Data: data}); differs[name] {
			onlyOld = append(onlyOld, file)
		} else {
			common = append(common, file)
		}
	}
	for name, data := range now {
		if differs[name] {
			onlyNow = append(onlyNow, gen.File{Path: name, Data: data})
		}
	}
	shared := newParsed(common)
	var both sync.WaitGroup
	both.Go(func() { before = shared.with(g, newParsed(onlyOld)) })
	after = shared.with(g, newParsed(onlyNow))
	both.Wait()
	return before, after
}

// parsed are the nodes of some files.
type parsed struct {
	nodes  []dag.Ref
	unread dag.Diagnostics
}

func newParsed(files []gen.File) parsed {
	c, found := gen.Read(files)
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

package gen

import (
	"maps"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// goLevel is one level of a declaration.
type goLevel struct {
	name  string // empty where the position says all
	nodes []*dag.Vertex
}

// goLevels returns the levels as they are declared; where none is, those of the
// longest path, named where what is in them allows it.
func goLevels(g *dag.Graph) []goLevel {
	declared := map[int]*goLevel{}
	for v := range g.Vertices() {
		i, name := v.DeclaredLevel()
		if declared[i] == nil {
			declared[i] = &goLevel{name: name}
		}
		declared[i].nodes = append(declared[i].nodes, v)
	}
	if len(declared) > 1 || declared[-1] == nil {
		var levels []goLevel
		for _, i := range slices.Sorted(maps.Keys(declared)) {
			levels = append(levels, *declared[i])
		}
		return levels
	}
	return namedLevels(g)
}

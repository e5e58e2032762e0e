package dag

import (
	"cmp"
	"slices"

	"github.com/agext/levenshtein"
)

// mostHints bounds the different names that are looked up. Each is compared with
// the whole graph, and whoever has more of them has no misspelling but a graph
// whose other half is somewhere else.
const mostHints = 100

// mostCandidates bounds what is considered for one name.
const mostCandidates = 5

// speller finds what a name that leads nowhere was meant to be. It compares each
// such name with the whole graph once, however many nodes have it.
type speller struct {
	graph *Graph
	known map[objectKey][]spelling
	waits map[*Vertex][]uint64 // what a candidate waits for, itself included: a bit for every id
}

func newSpeller(g *Graph) *speller {
	return &speller{g, map[objectKey][]spelling{}, map[*Vertex][]uint64{}}
}

// spelling is a Kustomization that exists, and how far its key is from the
// misspelt one. Its vertex is nil where it lives outside the graph.
type spelling struct {
	key      objectKey
	vertex   *Vertex
	distance int
}

// nearest returns the known Kustomization whose key is spelt most like key, or
// nothing when none is near. It never proposes v or what waits for v, which would
// close a cycle.
func (s *speller) nearest(v *Vertex, key objectKey) string {
	near, known := s.known[key]
	if !known && len(s.known) < mostHints {
		near = s.graph.spelledLike(key)
		s.known[key] = near
	}
	for _, candidate := range near {
		if candidate.vertex == nil || !s.waitsFor(candidate.vertex, v) {
			return candidate.key.String()
		}
	}
	return ""
}

// waitsFor reports whether u is v or waits for it. What a candidate waits for is
// looked up once, for all nodes that misspell it.
func (s *speller) waitsFor(u, v *Vertex) bool {
	waits, known := s.waits[u]
	if !known {
		waits = make([]uint64, len(s.graph.byID)/64+1)
		for _, id := range append(reach(s.graph.deps, u), int32(u.id)) {
			waits[id/64] |= 1 << (id % 64)
		}
		s.waits[u] = waits
	}
	return waits[v.id/64]>>(v.id%64)&1 == 1
}

// spelledLike returns what is near to key, the nearest first: where more than a
// third of the name is wrong, it is another name. Another namespace counts as one
// letter.
func (g *Graph) spelledLike(key objectKey) []spelling {
	most := len(key.name) / 3
	var near []spelling
	consider := func(k objectKey, v *Vertex) {
		if n := len(k.name) - len(key.name); n > most || -n > most {
			return
		}
		// Not with MaxCost, which understates some distances (agext v1.2.3).
		d := levenshtein.Distance(k.name, key.name, nil)
		if k.namespace != key.namespace {
			d++
		}
		if d <= most {
			near = append(near, spelling{k, v, d})
		}
	}
	for _, v := range g.byID {
		consider(v.key(), v)
	}
	for k := range g.externals {
		if g.byKey[k] == nil {
			consider(k, nil)
		}
	}
	slices.SortFunc(near, func(a, b spelling) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.key.String(), b.key.String()))
	})
	return near[:min(len(near), mostCandidates)]
}

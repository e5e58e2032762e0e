package dag

import (
	"cmp"
	"slices"

	"github.com/agext/levenshtein"
)

// speller finds what a name that leads nowhere was meant to be. It compares each
// such name with the whole graph once, however many nodes have it.
type speller struct {
	graph *Graph
	known map[objectKey][]spelling
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
	if !known {
		near = s.graph.spelledLike(key)
		if s.known == nil {
			s.known = map[objectKey][]spelling{}
		}
		s.known[key] = near
	}
	var waiting []*Vertex
	for i, candidate := range near {
		if i == 0 {
			waiting = append(s.graph.Descendants(v), v)
		}
		if candidate.vertex == nil || !slices.Contains(waiting, candidate.vertex) {
			return candidate.key.String()
		}
	}
	return ""
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
	return near
}

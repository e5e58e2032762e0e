package dag

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// order sorts the vertices and numbers them. What the numbers decide must not
// depend on the order of the declaration.
func (r *resolver) order(compare func(a, b *Vertex) int) {
	slices.SortStableFunc(r.graph.vertices, compare)
	r.graph.byKey = make(map[objectKey]*Vertex, len(r.graph.vertices))
	r.graph.byName = make(map[string]*Vertex, len(r.graph.vertices))
	for id, v := range r.graph.vertices {
		v.id = id
		if r.graph.byKey[v.key()] == nil {
			r.graph.byKey[v.key()], r.graph.byName[v.name] = v, v
		}
	}
}

// compareListed orders vertices by what nearly always tells them apart.
func compareListed(a, b *Vertex) int {
	return cmp.Or(a.key().compare(b.key()), a.Position().Compare(b.Position()), cmp.Compare(a.declaredLevel, b.declaredLevel))
}

// settle orders those that compareListed cannot tell apart, as two nodes of one
// name that a loop declares, by what they say.
func (r *resolver) settle() {
	alike := map[*Vertex]bool{}
	for i, v := range r.graph.vertices {
		if i > 0 && compareListed(r.graph.vertices[i-1], v) == 0 {
			alike[r.graph.vertices[i-1]], alike[v] = true, true
		}
	}
	if len(alike) == 0 {
		return
	}
	prints := make(map[*Vertex]string, len(alike))
	for v := range alike {
		prints[v] = v.fingerprint()
	}
	r.order(func(a, b *Vertex) int { return cmp.Or(compareListed(a, b), strings.Compare(prints[a], prints[b])) })
}

// fingerprint returns everything that v says. Two vertices that agree in it too
// can stand for each other.
func (v *Vertex) fingerprint() string {
	origins := make([]edgeOrigin, len(v.edges))
	for i, e := range v.edges {
		origins[i] = e.origin
	}
	// Only what JSON cannot write could fail, and a Kustomization has nothing of it.
	said, _ := json.Marshal([]any{v.object, v.Description(), v.file, v.Allow(), origins})
	return string(said)
}

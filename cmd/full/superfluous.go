package full

import (
	"cmp"
	"slices"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// superfluous lists the entries of dependsOn that can go without changing when v
// is applied: those that its other dependencies imply, those that repeat one, and
// namespaces that are v's own; of these the kinds that are asked for.
func superfluous(g *dag.Graph, v *dag.Vertex, d *gen.Document, kinds *fixKinds) []gen.Dependency {
	spec, namespace := v.Object().Spec, v.Object().Namespace
	written := dependenciesOf(d)
	own := func(i int) bool {
		return i < len(written) && written[i] == [2]string{spec.DependsOn[i].Namespace, spec.DependsOn[i].Name}
	}
	key := func(i int) string {
		return cmp.Or(spec.DependsOn[i].Namespace, namespace) + "/" + spec.DependsOn[i].Name
	}
	implied := map[string]bool{}
	for _, u := range g.Dependencies(v) {
		implied[u.Key()] = slices.ContainsFunc(g.Dependencies(v), func(w *dag.Vertex) bool { return w != u && judged(v, w) && implies(g, w, u) })
	}
	seen := map[string]bool{}
	var edits []gen.Dependency
	for i, dep := range spec.DependsOn {
		switch {
		case !own(i) || dep.ReadyExpr != "":
		case kinds.has(fixRedundant) && (seen[key(i)] || implied[key(i)]):
			edits = append(edits, gen.Dependency{Index: i})
		case kinds.has(fixNamespace) && dep.Namespace == namespace:
			edits = append(edits, gen.Dependency{Index: i, Namespace: true})
		}
		seen[key(i)] = true
	}
	return edits
}

// dependenciesOf returns namespace and name of each dependency as the author wrote it: a
// parent's patch may have put others in their place.
func dependenciesOf(d *gen.Document) [][2]string {
	object, _ := d.Object() // none where it cannot be decoded
	spec, _ := object["spec"].(map[string]any)
	entries, _ := spec["dependsOn"].([]any)
	var written [][2]string
	for _, entry := range entries {
		m, _ := entry.(map[string]any)
		namespace, _ := m["namespace"].(string)
		name, _ := m["name"].(string)
		written = append(written, [2]string{namespace, name})
	}
	return written
}

// judged reports whether v waits for w by the built-in check; a readyExpr may hold
// earlier.
func judged(v, w *dag.Vertex) bool {
	for _, dep := range v.Object().Spec.DependsOn {
		if cmp.Or(dep.Namespace, v.Object().Namespace)+"/"+dep.Name == w.Key() && dep.ReadyExpr == "" {
			return true
		}
	}
	return false
}

// implies reports whether a path of built-in checks leads from w to u.
func implies(g *dag.Graph, w, u *dag.Vertex) bool {
	seen := map[*dag.Vertex]bool{w: true}
	for queue := []*dag.Vertex{w}; len(queue) > 0; queue = queue[1:] {
		for _, next := range g.Dependencies(queue[0]) {
			if !judged(queue[0], next) || seen[next] {
				continue
			}
			if next == u {
				return true
			}
			seen[next] = true
			queue = append(queue, next)
		}
	}
	return false
}

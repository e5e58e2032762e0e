package full

import (
	"cmp"
	"slices"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// superfluous lists the entries of dependsOn that can go without changing when v
// is applied: those that its other dependencies imply, those that repeat one, and
// namespaces that are v's own; of these the kinds that are asked for.
func superfluous(implied map[string]bool, v *dag.Vertex, d *gen.Document, kinds *fixKinds) []gen.Dependency {
	spec, namespace := v.Object().Spec, v.Object().Namespace
	written := dependenciesOf(d)
	if !slices.EqualFunc(written, spec.DependsOn, func(own [2]string, dep kustomizev1.DependencyReference) bool {
		return own == [2]string{dep.Namespace, dep.Name}
	}) {
		return nil // a parent's patch adds to the list, and may count on what is there
	}
	key := func(i int) string {
		return cmp.Or(spec.DependsOn[i].Namespace, namespace) + "/" + spec.DependsOn[i].Name
	}
	seen := map[string]bool{}
	var edits []gen.Dependency
	for i, dep := range spec.DependsOn {
		switch {
		case dep.ReadyExpr != "":
			continue // what it waits for is no repetition of the built-in check
		case kinds.has(fixRedundant) && (seen[key(i)] || implied[key(i)]):
			edits = append(edits, gen.Dependency{Index: i})
		case kinds.has(fixNamespace) && dep.Namespace == namespace:
			edits = append(edits, gen.Dependency{Index: i, Namespace: true})
		}
		seen[key(i)] = true
	}
	return edits
}

// impliedEdges returns, by the dependent, the dependencies that others imply.
func impliedEdges(g *dag.Graph) map[*dag.Vertex]map[string]bool {
	implied := map[*dag.Vertex]map[string]bool{}
	for _, edge := range g.Superfluous() {
		if implied[edge[0]] == nil {
			implied[edge[0]] = map[string]bool{}
		}
		implied[edge[0]][edge[1].Key()] = true
	}
	return implied
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

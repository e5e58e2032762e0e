package repo

import (
	"strings"

	"github.com/fluxcd/pkg/envsubst/parse"
	"sigs.k8s.io/kustomize/api/resource"
)

// unsure says which facts of a resource that is not substituted yet are defaults of variables
// that a ConfigMap or a Secret may give, whose values only the cluster knows.
func (v *variables) unsure(res *resource.Resource) map[string]string {
	if len(v.opaque) == 0 || !v.runs || substitutionDisabled(res) || !hasVariable(res.YNode()) {
		return nil
	}
	all := map[string]string{}
	for path, value := range factsIn(res) {
		tree, err := parse.Parse(value)
		if err != nil {
			continue // Flux fails
		}
		eachVariable(tree.Root, func(name string, hasDefault bool) {
			if _, known := v.known[name]; !known && hasDefault {
				all[path] = "depends on " + strings.Join(v.opaque, ", ")
			}
		})
	}
	return all
}

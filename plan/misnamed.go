package plan

import (
	"fmt"

	"github.com/tazlab/fluxdag/dag"
)

// misnamed says that a node takes variables from a ConfigMap or Secret that is nowhere, where one of
// nearly that name is known. Others are often made by hand: nothing else tells a slip from these.
func (c *comparison) misnamed(v *dag.Vertex) string {
	spec := &v.Object().Spec
	if spec.Suspend || spec.PostBuild == nil {
		return ""
	}
	for _, ref := range spec.PostBuild.SubstituteFrom {
		o := Object{Kind: ref.Kind, Namespace: v.Object().Namespace, Name: ref.Name}
		if ref.Optional || !c.absent(o, v) {
			continue
		}
		if hint := c.hint(o); hint != "" {
			return fmt.Sprintf("It takes variables from %s, which is not found here: unless somebody makes it by hand, its build fails (\"post build failed\"), and nothing of it is applied or deleted.%s", o, hint)
		}
	}
	return ""
}

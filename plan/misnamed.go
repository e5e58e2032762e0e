package plan

import (
	"fmt"
	"slices"

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
		if hint := c.hint(o) + c.askedLike(v, o); hint != "" {
			return fmt.Sprintf("It takes variables from %s, which is not found here: unless somebody makes it by hand, its build fails (\"post build failed\"), and nothing of it is applied or deleted.%s", o, hint)
		}
	}
	return ""
}

// askedLike says that other nodes of the base use a ConfigMap or Secret of nearly a name, where nothing
// applies one. What only the node itself used does not count: then the commit that mends a slip
// would look like one.
func (c *comparison) askedLike(v *dag.Vertex, o Object) string {
	if hint, asked := c.hints[o]; !asked || hint != "" {
		return ""
	}
	meant := nearestTo(o.Name)
	for what, users := range c.base.bySpec {
		made, is := what.made()
		if is && made.Kind == o.Kind && made.Namespace == o.Namespace && slices.ContainsFunc(users, func(u user) bool { return u.node.Key() != v.Key() && u.node.Key() != c.sources[v.Key()] }) {
			meant.offer(made.Name, made.String())
		}
	}
	if meant.found == "" {
		return ""
	}
	return fmt.Sprintf(" Did you mean %s?", meant.found)
}

package plan

import (
	"fmt"

	"github.com/tazlab/fluxdag/dag"
)

// repatched says of what the Flux Operator makes the sync Kustomization of that other patches change
// that, or its source.
func (c *comparison) repatched(v *dag.Vertex) {
	key := v.Key()
	if v.Object().Spec.Suspend || c.idle(key) {
		return
	}
	was := map[string]string{} // by what is synced: the name of a ConfigMap may hold a hash of it
	for _, o := range c.base.build(key).Objects {
		if o.Syncs != "" {
			was[o.Syncs] = o.Patched
		}
	}
	for _, o := range c.head.build(key).Objects {
		if before, synced := was[o.Syncs]; synced && before != o.Patched && !o.Left {
			c.add(Change{Kind: Unknown, Node: key, Position: v.Position(), Objects: []string{o.String()},
				Effect: fmt.Sprintf("By it the Flux Operator makes the Kustomization that syncs %s, and its source. Another value of kustomize.patches may have that apply other objects, or under other names, and delete those that it applied: which, if any, cannot be said here.", o.Syncs)})
		}
	}
}

package plan

import (
	"fmt"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// undefined says that the definition goes of what a node goes on applying.
func (c *comparison) undefined(v *dag.Vertex) string {
	definitions := c.base.definitions()
	if len(definitions) == 0 {
		return ""
	}
	for _, o := range c.head.Objects[v.Key()] {
		if !strings.Contains(o.Group, ".") { // one of Kubernetes' own, as nearly always
			continue
		}
		d, known := definitions[target(v)+"|"+o.Group+"/"+o.Kind]
		if !known {
			continue
		}
		if by := c.deleter(target(v), d.object); by != "" {
			return fmt.Sprintf("It applies %s, whose definition, %s, %s applies no longer and Flux deletes: where nothing else defines it, Flux fails from then on (\"no matches for kind\"), and applies nothing of it.", o, d.object, by)
		}
	}
	return ""
}

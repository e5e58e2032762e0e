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

// undefines reports whether the definition of a custom resource goes, and it with that.
func (c *comparison) undefines(cluster string, o Object) bool {
	d, known := c.base.definitions()[cluster+"|"+o.Group+"/"+o.Kind]
	return known && c.deleter(cluster, d.object) != ""
}

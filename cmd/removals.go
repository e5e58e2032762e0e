package cmd

import (
	"fmt"

	"github.com/tazlab/fluxdag/gen"
)

// removals says, for each stale file, what Flux does once its removal is committed.
func (p pending) removals() map[string]string {
	said := map[string]string{}
	for _, c := range gen.Consequences(p.files, p.changes) {
		from, to := p.misnamed(c)
		switch {
		case c.Deletes && from != "":
			said[c.Path] = fmt.Sprintf("Moved says that %s was renamed to %s, and there is no file of it: is %s what was meant? Flux will delete everything that this applied and create it anew; to keep it, list {From: %q} instead",
				from, to, c.Node, c.Node)
		case c.Deletes && c.Successor != "":
			said[c.Path] = fmt.Sprintf("%s is renamed to %s, it seems: Flux will delete everything that it applied and create it anew; to keep it, list {From: %q} in Cluster.Moved",
				c.Node, c.Successor, c.Node)
		case c.Deletes:
			said[c.Path] = fmt.Sprintf("Flux will delete everything that %s applied", c.Node)
		default:
			said[c.Path] = fmt.Sprintf("Flux will leave what %s applied", c.Node)
		}
	}
	return said
}

// misnamed returns the rename whose old name nothing has here, while what is removed builds
// the same.
func (p pending) misnamed(c gen.Consequence) (from, to string) {
	for _, m := range p.graph.Moves() {
		if c.Resting != "" && m.From == c.Resting {
			return m.From, m.To
		}
	}
	return "", ""
}

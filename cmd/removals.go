package cmd

import (
	"fmt"

	"github.com/tazlab/fluxdag/gen"
)

// removals says, for each stale file, what Flux does once its removal is committed.
func (p pending) removals() map[string]string {
	said := map[string]string{}
	for _, c := range gen.Consequences(p.files, p.changes) {
		switch {
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

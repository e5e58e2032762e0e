package plan

import (
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// What an effect says where it asks for more or less attention than others of its kind.
const (
	deletesOld = "Flux deletes the old ones" // of a node whose objects get other names
	pathLater  = "It is suspended: Flux builds the other folder when it is resumed."
	pathSame   = "Flux builds the other folder, in which all that it applied is as well: nothing is deleted."
)

// severity is how much attention a change asks for: that of its kind, but that another path
// with the same in it is no danger, and that a node is one whose objects, or their releases, another
// one applies as well.
func (c Change) severity() dag.Severity {
	switch s := c.Kind.Severity(); {
	case c.Kind == Path && (strings.HasSuffix(c.Effect, pathLater) || strings.HasSuffix(c.Effect, pathSame)):
		return dag.Information
	case s == dag.Information && c.contested:
		return dag.Warning
	default:
		return s
	}
}

func (c Change) dangerous() bool { return c.severity() != dag.Information }

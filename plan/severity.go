package plan

import "github.com/tazlab/fluxdag/dag"

// severity is how much attention a change asks for: that of its kind, but that another path
// with the same in it is no danger, and that a node is one whose objects, or their releases, another
// one applies as well, or whose Secrets it applies encrypted.
func (c Change) severity() dag.Severity {
	switch s := c.Kind.Severity(); {
	case c.is(harmless):
		return dag.Information
	case s == dag.Information && c.is(contested|undeciphered):
		return dag.Warning
	default:
		return s
	}
}

func (c Change) dangerous() bool { return c.severity() != dag.Information }

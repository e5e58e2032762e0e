package plan

import (
	"fmt"

	"github.com/tazlab/fluxdag/dag"
)

// safely are the steps that rename a node and delete nothing.
func (c *comparison) safely(from, to *dag.Vertex) []Instruction {
	if c.head.Declared {
		return c.declared(from, to)
	}
	old, now := fileOf(from), fileOf(to)
	if old == now { // of another namespace, or two documents of one file
		old, now = from.Key()+" in "+old, to.Key()+", in a file of its own,"
	}
	return append([]Instruction{
		{Do: "Commit and merge only this: spec.suspend: true on " + old + "."},
		{Do: "Wait until it is suspended in the cluster.", Run: waitSuspended(from.Key())},
		{Do: "Commit and merge " + now + " beside it; let dependents name the new one."},
	}, c.finish(from, to)...)
}

// declared are the steps that rename a node of a declaration.
func (c *comparison) declared(from, to *dag.Vertex) []Instruction {
	same, known := c.sameContent(from, to)
	prepare, rest := ", Prepare: true", prepared(from.Key(), to.Key())
	if same && known {
		prepare, rest = "", lastSteps(to.Key())
	}
	first := fmt.Sprintf("List {From: %q, To: the node %s%s} in Cluster.Moved; generate, commit and merge.", from.Key(), to.Object().Name, prepare)
	if same && !known {
		first += " Prepare can be left out, and the next two steps with it, if this change takes nothing out of what the node builds, which is not known."
	}
	return append([]Instruction{{Do: first}}, rest...)
}

// sameContent reports whether a renamed node applies all that the old one applied, so that
// it needs no commit that prepares it, and whether that is known.
func (c *comparison) sameContent(from, to *dag.Vertex) (same, known bool) {
	old, known := c.base.applies(from.Key())
	now, knownNow := c.head.applies(to.Key())
	known = known && knownNow
	return builds(from) == builds(to) && (!known || len(minus(notKept(old), now)) == 0), known
}

// prepared are the steps behind the one that suspends a node under its old name.
func prepared(from, to string) []Instruction {
	return append([]Instruction{
		{Do: "Wait until it is suspended in the cluster.", Run: waitSuspended(from)},
		{Do: "Take Prepare out of the entry; generate, commit and merge: the new one is written beside it."},
	}, lastSteps(to)...)
}

// lastSteps are the steps behind the one that declares both nodes.
func lastSteps(to string) []Instruction {
	return []Instruction{
		untilReady(to),
		{Do: "Delete the entry; generate, commit and merge: the old one goes, and deletes nothing."},
	}
}

// finish are the steps behind the one that writes the new node beside the old one.
func (c *comparison) finish(from, to *dag.Vertex) []Instruction {
	if c.head.Declared {
		return lastSteps(to.Key())
	}
	old := fileOf(from)
	if old == fileOf(to) {
		old = from.Key() + " from " + old
	}
	return []Instruction{untilReady(to.Key()), {Do: "Commit and merge the deletion of " + old + ": it is suspended, and deletes nothing."}}
}

func untilReady(key string) Instruction {
	return Instruction{Do: "Wait until the new one is ready.", Run: waitFor(key, "condition=Ready")}
}

func fileOf(v *dag.Vertex) string {
	if file := v.Position().File; file != "" {
		return file
	}
	return v.File()
}

func namedArgs(key string) string {
	namespace, name := splitKey(key)
	return shell(name) + " -n " + shell(namespace)
}

func waitFor(key, condition string) string {
	namespace, name := splitKey(key)
	return "kubectl wait kustomization/" + shell(name) + " -n " + shell(namespace) + " --for=" + condition + " --timeout=15m"
}

func waitSuspended(key string) string { return waitFor(key, "jsonpath='{.spec.suspend}'=true") }

// shell quotes what a shell would take apart.
func shell(s string) string {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && r != '-' && r != '.' && r != '_' && r != '/' {
			return quoteShell(s)
		}
	}
	if s == "" {
		return "''"
	}
	return s
}

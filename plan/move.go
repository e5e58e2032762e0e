package plan

import (
	"fmt"
	"path"

	"github.com/tazlab/fluxdag/dag"
)

// renamed is the change of a node that has another name, without a step between.
func (c *comparison) renamed(from, to *dag.Vertex) {
	goes, why := c.fate(from)
	change := Change{Kind: Move, Node: to.Key(), From: from.Key(), Position: to.Position(), Fields: specFields(from, to)}
	if !goes {
		change.Effect = fmt.Sprintf("Nothing is deleted (%s); %s takes over what it applies itself.", why, to.Key())
		c.add(change)
		return
	}
	change.Kind = Rename
	change.Effect = fmt.Sprintf("To Flux this is a deletion and a creation: it deletes everything that %s applied (%s), and %s creates it anew: workloads stop, and the data of claims is lost.", from.Key(), why, to.Key())
	if objects, known := c.base.applies(from.Key()); known {
		change.Objects = named(notKept(objects))
	}
	change.Steps = c.safely(from, to)
	c.add(change)
}

func notKept(objects []Object) []Object {
	var all []Object
	for _, o := range objects {
		if !o.Kept {
			all = append(all, o)
		}
	}
	return all
}

// safely are the commits that rename a node and delete nothing.
func (c *comparison) safely(from, to *dag.Vertex) []string {
	ready := waitReady(to.Key())
	if c.head.Declared {
		prepare, first := "", "generate, commit and merge"
		if builds(from) != builds(to) {
			prepare, first = ", Prepare: true", "generate, commit and merge, wait until "+from.Key()+" shows as suspended, then take Prepare out, generate, commit and merge again"
		}
		return []string{
			fmt.Sprintf("list it in Cluster.Moved: {From: %q, To: the node %s%s}", from.Key(), to.Object().Name, prepare),
			first,
			"wait: " + ready,
			"delete the entry, generate, commit and merge",
		}
	}
	old, now := fileOf(from), fileOf(to)
	if old == now { // of another namespace, or two documents of one file
		old, now = from.Key()+" in "+old, to.Key()+", in a file of its own,"
	}
	return []string{
		fmt.Sprintf("commit and merge only this: spec.suspend: true on %s", old),
		"wait: kubectl get kustomization " + namedArgs(from.Key()) + " -o jsonpath={.spec.suspend} prints true",
		fmt.Sprintf("commit and merge %s beside it, and let dependents name the new one", now),
		"wait: " + ready,
		fmt.Sprintf("commit and merge the deletion of %s: it is suspended, and deletes nothing", old),
	}
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

func waitReady(key string) string {
	namespace, name := splitKey(key)
	return "kubectl wait kustomization/" + shell(name) + " -n " + shell(namespace) + " --for=condition=Ready --timeout=15m"
}

// succeeds reports whether a new node takes over from a suspended one that is still
// there, and says what that means.
func (c *comparison) succeeds(to *dag.Vertex) bool {
	from := c.predecessor(to)
	if from == nil {
		return false
	}
	before := c.base.Graph.Lookup(from.Key())
	change := Change{Kind: Move, Node: to.Key(), From: from.Key(), Position: to.Position(), Fields: specFields(before, to)}
	last := "When it is ready in the cluster, delete " + fileOf(from) + "."
	if c.head.Declared {
		last = "When it is ready in the cluster, delete the entry from Cluster.Moved."
	}
	switch {
	case before.Object().Spec.Suspend:
		change.Effect = fmt.Sprintf("A step of a rename: %s takes over what the suspended %s applied; nothing is deleted. %s", to.Key(), from.Key(), last)
	case builds(before) == builds(to) || !before.Object().Spec.Prune:
		change.Effect = fmt.Sprintf("A step of a rename: %s is suspended, and %s takes over what it applied; nothing is deleted. %s", from.Key(), to.Key(), last)
	default:
		change.Kind = Rename
		change.Effect = fmt.Sprintf("Not safe in one commit, since what it builds changes too: %s may see the revision before it is suspended, and delete what has left %s.", from.Key(), path.Clean("./"+before.Object().Spec.Path))
		change.Steps = c.safely(before, to)
	}
	c.taken[from.Key()] = to.Key()
	c.add(change)
	return true
}

// predecessor returns the node of head that a new one takes over from: the one that is
// declared, or a suspended one that builds the same.
func (c *comparison) predecessor(to *dag.Vertex) *dag.Vertex {
	for _, m := range c.head.Moves {
		if m.To == to.Key() && !m.Prepare && c.base.has(m.From) {
			return c.head.Graph.Lookup(m.From)
		}
	}
	for _, v := range c.alike()[builds(to)] {
		if v.Key() != to.Key() && v.Object().Spec.Suspend && !to.Object().Spec.Suspend && c.base.has(v.Key()) && c.taken[v.Key()] == "" {
			return v
		}
	}
	return nil
}

// moving reports whether a node that is suspended is part of a declared rename, of which
// everything is said elsewhere.
func (c *comparison) moving(before, v *dag.Vertex) bool {
	for _, m := range c.head.Moves {
		switch {
		case m.From != v.Key() || before.Object().Spec.Suspend:
			continue
		case m.Prepare:
			c.add(Change{Kind: Move, Node: m.To, From: m.From, Position: v.Position(), Effect: fmt.Sprintf(
				"The first step of a rename: %s is suspended; nothing is deleted. When the cluster shows it suspended, take Prepare out of Cluster.Moved: %s is then written beside it.", m.From, m.To)})
			return true
		case c.head.has(m.To):
			return !c.base.has(m.To) // then succeeds says it, of the new one
		}
	}
	return false
}

// openMoves says what is left to do of the declared renames that this change does not
// touch.
func (c *comparison) openMoves() {
	for _, m := range c.head.Moves {
		switch {
		case !c.base.has(m.From):
			c.out.Notes = append(c.out.Notes, fmt.Sprintf("Moved from %s to %s: the base does not hold %s, so there is nothing to take over: the entry can be deleted", m.From, m.To, m.From))
		case m.Prepare && c.base.Graph.Lookup(m.From).Object().Spec.Suspend:
			c.out.Notes = append(c.out.Notes, fmt.Sprintf("Moved from %s to %s: prepared; take Prepare out when the cluster shows %s suspended", m.From, m.To, m.From))
		case c.base.has(m.To):
			c.out.Notes = append(c.out.Notes, fmt.Sprintf("Moved from %s to %s: delete the entry when %s is ready in the cluster", m.From, m.To, m.To))
		}
	}
}

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

package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// safely are the steps that rename a node and delete nothing.
func (c *comparison) safely(from, to *dag.Vertex) []Instruction {
	switch {
	case from.Key() == c.base.SyncRoot:
		return renameSync(from, to)
	case c.head.Declared:
		return c.declared(from, to)
	}
	steps := []Instruction{
		{Do: "Commit and merge only this: spec.suspend: true on " + from.Key() + " in " + c.in(from) + "."},
		{Do: "Wait until it is suspended in the cluster.", Run: waitSuspended(from.Key())},
	}
	if to.Object().Spec.Suspend { // it never gets ready, and takes over whenever it is resumed
		return append(steps, Instruction{Do: "Commit and merge the rest of this change: " + from.Key() + " is suspended, and deletes nothing."})
	}
	return append(append(steps, Instruction{
		Do: "Commit and merge " + to.Key() + " " + c.newPlace(from, to) + "; let dependents name the new one, and list its file where a kustomization.yaml lists files.",
	}), c.finish(from, to)...)
}

// newPlace says where the new node of a rename is written. What gives all of a folder one namespace
// would make one of the two.
func (c *comparison) newPlace(from, to *dag.Vertex) string {
	namespace := to.Object().Namespace
	if !c.head.Placed[to.Key()] || namespace == from.Object().Namespace {
		return "beside it"
	}
	return "in a folder of its own, whose kustomization.yaml says namespace: " + namespace + " (in that of " + from.Key() + ", both would get the same namespace, and the build would fail)"
}

// renameSync are the steps that rename the Kustomization that Flux begins with. It applies
// itself: of a commit that suspends it, it would not see the next one.
func renameSync(from, to *dag.Vertex) []Instruction {
	return []Instruction{
		{Do: "Suspend the old one in the cluster: it applies itself, and no commit does that for good.", Run: "flux suspend kustomization " + namedArgs(from.Key())},
		{Do: "Commit and merge " + to.Key() + " in place of it. No file shows that the old one is suspended, so plan tells this as it does here: let it through with " + letting(Rename, to.Key()) + ", and with it what goes along."},
		{Do: "Apply the new one by hand: nothing else does.", Run: "kubectl apply -f " + shell(fileOf(to))},
		untilReady(to.Key()),
		{Do: "Delete the old one: it is suspended, and deletes nothing.", Run: "kubectl delete kustomization " + namedArgs(from.Key())},
	}
}

// declared are the steps that rename a node of a declaration.
func (c *comparison) declared(from, to *dag.Vertex) []Instruction {
	same, known := c.sameContent(from, to)
	if to.Object().Spec.Suspend {
		return []Instruction{
			{Do: fmt.Sprintf("List {From: %q, To: the node %s, Prepare: true} in Cluster.Moved; generate, commit and merge.", from.Key(), to.Object().Name)},
			{Do: "Wait until it is suspended in the cluster.", Run: waitSuspended(from.Key())},
			{Do: "Delete the entry; generate, commit and merge: the old one goes, and deletes nothing."},
		}
	}
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

// finish are the steps behind the one that writes the new node beside the old one. What
// depends on the old one would wait for it for ever.
func (c *comparison) finish(from, to *dag.Vertex) []Instruction {
	if c.head.Declared {
		return lastSteps(to.Key())
	}
	steps := []Instruction{untilReady(to.Key()), {Do: "Commit and merge the deletion of " + from.Key() + " from " + c.from(from) + ": it is suspended, and deletes nothing."}}
	if on := c.leaning(from, to); len(on) > 0 {
		let := fmt.Sprintf("Commit and merge: let %s depend on %s in place of %s, %s, and for ever once it is deleted.", few(on, maxSteps), to.Key(), from.Key(), "which "+verb(len(on), "it waits", "they wait")+" for while it is suspended")
		steps = append([]Instruction{{Do: let}}, steps...)
	}
	return steps
}

// leaning are the nodes of head that still depend on one that is renamed, but for those that are
// taken over themselves, and go next.
func (c *comparison) leaning(from, to *dag.Vertex) []string {
	if c.dependents == nil {
		c.dependents = map[string][]string{}
		for v := range c.head.Graph.Vertices() {
			for _, key := range dependencies(v) {
				c.dependents[key] = append(c.dependents[key], v.Key())
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(c.dependents[from.Key()]), func(key string) bool { return key == to.Key() || c.taken[key] != "" })
}

// untilReady waits for a node that may not be there yet, of which kubectl would say so.
func untilReady(key string) Instruction {
	return Instruction{Do: "Wait until the new one is ready.", Run: waitFor(key, "create") + " && " + waitFor(key, "condition=Ready")}
}

// hanging takes the steps from the renames whose new node is stuck, or waits for what stands
// still, or whose applier is: it never gets ready, for which they wait.
func (c *comparison) hanging() {
	for i := range c.out.Changes {
		change := &c.out.Changes[i]
		if !slices.Contains(change.Steps, untilReady(change.Node)) {
			continue
		}
		why, once := c.delay("it", change.Node)
		first := "mend"
		if once == "Once that is resumed" {
			first = "resume"
		}
		appliers := c.head.AppliedBy[change.Node]
		j := slices.IndexFunc(appliers, func(name string) bool { return c.fails[name] })
		switch {
		case c.stopped(change.Node), c.idle(change.Node):
			why = "it is stuck"
		case c.head.has(change.Node) && c.head.Graph.Lookup(change.Node).Object().Spec.Suspend:
			why, first = "it is suspended", "resume"
		case why != "":
			why = strings.TrimSuffix(why, ".")
		case j >= 0 && !c.reached(change.Node):
			why = appliers[j] + ", which applies it, is stuck"
		case slices.ContainsFunc(appliers, c.stillHeld) && !c.reached(change.Node):
			why, first = c.unreached(change.Node), "resume"
		default:
			continue
		}
		change.Effect += fmt.Sprintf(" No steps are given, since they wait until %s is ready, and %s: %s that first.", change.Node, why, first)
		change.Steps = nil
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

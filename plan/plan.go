package plan

import (
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// Plan is what a change does to every cluster of a repository.
type Plan struct {
	// Base and Head say what was compared.
	Base Revision `json:"base"`
	Head Revision `json:"head"`
	// Clusters are those of either side, ordered by root.
	Clusters []ClusterPlan `json:"clusters"`
}

// Revision is one side of the comparison.
type Revision struct {
	// Name is what the user called it: a revision, or "worktree".
	Name string `json:"name"`
	// Commit is its object name; empty for the work tree.
	Commit string `json:"commit,omitempty"`
}

// ClusterPlan is what a change does to one cluster.
type ClusterPlan struct {
	Name string `json:"name"`
	Root string `json:"root"`
	// Added, Deleted, Changed, Stuck, Unknown and Unchanged are nodes, by namespace/name; Renamed are
	// pairs. Every node of both sides is in exactly one of them. Deleted are also those of
	// both sides that Flux deletes though their files stay. Stuck are those of head that
	// Flux does not reconcile any more, be they new, changed or not; where one had another name,
	// that is in Deleted. Unknown are those of one side that the other may have, in what cannot
	// be read of it; and those that are gone, and that the API server refused in the base.
	Added     []string `json:"added"`
	Deleted   []string `json:"deleted"`
	Changed   []string `json:"changed"`
	Renamed   []Pair   `json:"renamed"`
	Stuck     []string `json:"stuck"`
	Unknown   []string `json:"unknown"`
	Unchanged []string `json:"unchanged"`
	// Changes are what happens, most dangerous first.
	Changes []Change `json:"changes"`
	// Rollout is how it happens.
	Rollout Rollout `json:"rollout"`
	// Notes are about the cluster as a whole, and about declared renames.
	Notes []string `json:"notes"`
	// Unread is what could not be read of either side: nodes may be missing for it.
	Unread []Unread `json:"unread"`
	// Uncompared are nodes of both sides of which a note says that what they apply was not compared.
	Uncompared []string `json:"uncompared,omitempty"`
}

// Unread is something that could not be read of a side.
type Unread struct {
	// Side is "base" or "head", or "both" where it is the same in both.
	Side string `json:"side"`
	// Mended is set of what could not be read of the base, where it can be in head: changes
	// of the kind unknown say what is not known for it.
	Mended bool `json:"mended,omitempty"`
	// Stops is the node of which a change says that it is stuck for this; empty where none does.
	Stops string `json:"stops,omitempty"`
	dag.Diagnostic
}

const (
	onlyBase = "base"
	onlyHead = "head"
	both     = "both"
)

// Pair is a node that has another name.
type Pair struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Change is one thing that happens to one node.
type Change struct {
	Kind Kind `json:"kind"`
	// Allowed is set of a change that is meant: see [Plan.Allow].
	Allowed bool `json:"allowed,omitempty"`
	// Node is the namespace/name, From the one before where the node is renamed.
	Node string `json:"node"`
	From string `json:"from,omitempty"`
	// old is the file that held it then, where it is to be renamed by steps.
	old string
	// Position is where the change was written.
	Position dag.Position `json:"position"`
	edited   dag.Position // see pointAtEdits
	// parent is the node with which it goes, where that applied it; likewise is set where what renames
	// that without loss keeps it as well.
	parent   string
	likewise bool
	// Fields are the fields that differ.
	Fields []Field `json:"fields,omitempty"`
	// Effect is what Flux does.
	Effect string `json:"effect"`
	// phrases are the parts of the effect that name objects, of a node that moves.
	phrases []phrase
	traits  traits
	unread  string // what could not be read, that it says the node stops at
	// Objects are those that are deleted, or that change; nil where they are not known.
	Objects []string `json:"objects,omitempty"`
	// Gates is what waits for the node.
	Gates *Gates `json:"gates,omitempty"`
	// Steps do the same without loss, or finish a move.
	Steps []Instruction `json:"steps,omitempty"`
}

// Instruction is one step that a person takes.
type Instruction struct {
	// Do says what to do.
	Do string `json:"do"`
	// Run is the command for it, for a POSIX shell; empty where there is none.
	Run string `json:"run,omitempty"`
	// moves is set of the first of the steps that keep what moves to another node.
	moves bool
}

// Field is a field that differs, with its values as JSON; empty where it is not set.
type Field struct {
	Path string `json:"path"`
	Old  string `json:"old,omitempty"`
	New  string `json:"new,omitempty"`
}

// Has reports whether a change of one of the kinds is among them that is not allowed.
func (p *Plan) Has(kinds ...Kind) bool {
	return slices.ContainsFunc(p.Clusters, func(c ClusterPlan) bool {
		return slices.ContainsFunc(c.Changes, func(ch Change) bool { return !ch.Allowed && slices.Contains(kinds, ch.Kind) })
	})
}

// Complete reports whether all of both sides could be read, but for what is mended in head.
func (p *Plan) Complete() bool {
	return !slices.ContainsFunc(p.Clusters, func(c ClusterPlan) bool {
		return slices.ContainsFunc(c.Unread, func(u Unread) bool { return !u.Mended })
	})
}

package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// Kind says what a change is about. Kinds are ordered by danger.
type Kind string

// The kinds, most dangerous first.
const (
	// Delete is a node that is gone, and whose objects Flux deletes.
	Delete Kind = "delete"
	// Rename is a node under another name or namespace: its objects are deleted, and
	// created anew.
	Rename Kind = "rename"
	// Prune is a node that applies some objects no longer, which Flux deletes.
	Prune Kind = "prune"
	// Target is a node whose objects all get another name or namespace.
	Target Kind = "target"
	// Unknown is a node that may delete objects, of which it cannot be said which: what it
	// applied, or applies, lies beyond a boundary that the change touches.
	Unknown Kind = "unknown"
	// Cluster is a node that applies to another cluster.
	Cluster Kind = "cluster"
	// Source is a node that takes its manifests from elsewhere.
	Source Kind = "source"
	// Path is a node that builds another folder.
	Path Kind = "path"
	// Policy is a change of prune or deletionPolicy.
	Policy Kind = "policy"
	// Stuck is a node that Flux reconciles no longer, or never calls ready: it cannot be built,
	// waits for what never comes, needs what goes, or the API server refuses what it applies.
	Stuck Kind = "stuck"
	// Suspend is a node that is suspended, or resumed where nothing can have left it meanwhile.
	Suspend Kind = "suspend"
	// Leave is a node that is gone, while its objects stay.
	Leave Kind = "leave"
	// Move is a step of a rename that deletes nothing.
	Move Kind = "move"
	// Add is a new node.
	Add Kind = "add"
	// Edge is a change of dependsOn.
	Edge Kind = "edge"
	// Ready is a change of what makes a node ready.
	Ready Kind = "ready"
	// Spec is a change of any other field.
	Spec Kind = "spec"
	// Content is a change of what a node applies, while the node itself is the same.
	Content Kind = "content"
)

// Kinds returns all kinds, most dangerous first.
func Kinds() []Kind {
	return []Kind{Delete, Rename, Prune, Target, Unknown, Cluster, Source, Path, Policy, Stuck, Suspend, Leave, Move, Add, Edge, Ready, Spec, Content}
}

// rank is the place of every kind.
var rank = func() map[Kind]int {
	ranks := map[Kind]int{}
	for i, k := range Kinds() {
		ranks[k] = i
	}
	return ranks
}()

// Severity is how much attention a change of the kind asks for: an error where objects
// are deleted, a warning where they may be or where something stops.
func (k Kind) Severity() dag.Severity {
	switch r := rank[k]; {
	case r <= rank[Target]:
		return dag.Error
	case r <= rank[Leave]:
		return dag.Warning
	}
	return dag.Information
}

// Words lists the kinds for a person.
func Words() string {
	var words []string
	for _, k := range Kinds() {
		words = append(words, string(k))
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// ParseKinds reads a list of kinds with commas between them.
func ParseKinds(list string) ([]Kind, error) {
	var kinds []Kind
	for word := range strings.SplitSeq(list, ",") {
		kind := Kind(strings.ToLower(strings.TrimSpace(word))) // as a plan shouts them
		if !slices.Contains(Kinds(), kind) {
			return nil, fmt.Errorf("%q is no kind of change: use %s", strings.TrimSpace(word), Words())
		}
		kinds = append(kinds, kind)
	}
	return kinds, nil
}

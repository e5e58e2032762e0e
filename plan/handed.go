package plan

import (
	"fmt"

	"github.com/tazlab/fluxdag/dag"
)

// handed reports a node that stays, while what applied it deletes it: with it goes all that
// it applied, unless the one that applies it from now on comes first.
func (c *comparison) handed(before, v *dag.Vertex) {
	key := v.Key()
	e := c.end(key)
	if goes, _ := c.deletes(key); !e.gone || e.by == "" || !goes {
		return
	}
	objects := notKept(c.takesAlong(key))
	change := Change{Kind: Prune, Node: key, Position: v.Position(), Objects: named(c.withInhabitants(objects, key))}
	now := few(c.head.AppliedBy[key], 3)
	switch to, renamed := c.pairs[e.by]; {
	case e.namespace != "":
		change.Kind = Delete
		change.Effect = fmt.Sprintf("It lies in Namespace %s, which %s applies no longer and deletes: it goes, and Flux deletes everything that it applied.", e.namespace, e.by)
	case c.head.SyncGone:
		change.Kind = Delete
		change.Effect = fmt.Sprintf("It goes with %s, which applied it, and Flux deletes everything that it applied: its file stays, but nothing applies that any more.", e.by)
	case renamed:
		change.Effect = fmt.Sprintf("It goes with %s, which applied it, and with it everything that it applied, unless %s has applied it first. The steps that rename %s without loss keep it too.", e.by, to, e.by)
	case c.goesOver(e.by):
		change.Effect = fmt.Sprintf("%s builds %s once more before it goes over to its new path: this is no longer there, so it is deleted with everything that it applied, and created anew.", e.by, c.base.Root)
		change.Steps = []Instruction{
			{Do: "Commit and merge a copy of " + c.base.Root + " at its new place, with the new spec.path in both sync files."},
			{Do: "Wait until " + e.by + " has the new path.", Run: waitFor(e.by, "jsonpath='{.spec.path}'="+shell(c.head.Graph.Lookup(e.by).Object().Spec.Path))},
			{Do: "Commit and merge the deletion of " + c.base.Root + "."},
		}
	case c.head.has(e.by) && c.end(e.by).gone:
		change.Effect = fmt.Sprintf("It goes with %s, which applies it, and with it everything that it applied, unless %s is applied by another first.", e.by, e.by)
	case c.head.has(e.by):
		change.Effect = fmt.Sprintf("%s applies it no longer, and deletes it with everything that it applied, unless %s has applied it first.", e.by, now)
		change.Steps = c.anotherParent(e.by, key, fileOf(v), "Commit and merge: take spec.suspend from "+e.by+" again.")
	default:
		change.Effect = fmt.Sprintf("It goes with %s, which applied it, and with it everything that it applied, unless %s has applied it first.", e.by, now)
		change.Steps = c.anotherParent(e.by, key, fileOf(v), "Commit and merge: take spec.suspend from "+e.by+" again; in a later commit, delete it.")
	}
	change.Effect += c.alongWith(objects, key)
	c.add(change)
}

// anotherParent are the commits that give a node another parent.
func (c *comparison) anotherParent(parent, key, file, last string) []Instruction {
	const label = "{.metadata.labels.kustomize\\.toolkit\\.fluxcd\\.io/%s}"
	steps := []Instruction{
		{Do: "Commit and merge only this: spec.suspend: true on " + parent + "."},
		{Do: "Wait until it is suspended in the cluster.", Run: waitSuspended(parent)},
	}
	end := Instruction{Do: last}
	if parent == c.base.SyncRoot { // it applies itself, and would never see the last commit
		steps = []Instruction{{Do: "Suspend " + parent + " in the cluster.", Run: "flux suspend kustomization " + namedArgs(parent)}}
		end = Instruction{Do: "Resume it.", Run: "flux resume kustomization " + namedArgs(parent)}
	}
	steps = append(steps, Instruction{Do: "Commit and merge " + key + " at its new place, " + file + "."})
	if owners := c.head.AppliedBy[key]; len(owners) == 1 {
		namespace, owner := splitKey(owners[0])
		field, want := "name", owner
		if _, old := splitKey(parent); old == owner {
			field, want = "namespace", namespace
		}
		steps = append(steps, Instruction{Do: "Wait until it has its new owner.", Run: waitFor(key, "jsonpath='"+fmt.Sprintf(label, field)+"'="+shell(want))})
	}
	return append(steps, end)
}

package cmd

import (
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/plan"
)

// planning is what the flags of plan say.
type planning struct {
	*tool
	base, head string
	failOn     []string
	allow      []string
	clusters   []string
	destroy    bool
	format     *cli.Choice

	kinds   []plan.Kind
	allowed []plan.Allowance
	prefix  string // from the root of the git repository, for annotations
}

// worktree is what --head calls the work tree.
const worktree = "worktree"

func newPlan(t *tool) *cobra.Command {
	p := &planning{tool: t}
	c := &cobra.Command{
		Use:   "plan [--destroy [NODE...]]",
		Short: "Say what a change does in the cluster before it is merged",
		Long: `Compares the graphs of two git revisions, and says in order of danger what Flux
will delete, create and reconcile, and in which order. The revisions are read from
git's object store: no work tree, index or ref is touched. For the work tree it
takes what generate would write.

With --destroy it gives the order in which the nodes can be deleted, all or those
named and what depends on them. No operator goes before its custom resources where
a file defines their kind; where a chart does, it says that it cannot know.

--allow delete,prune=flux-system/db says that these two are meant: they are marked, and
--fail-on does not count them.

It exits 1 where a change is of a kind that --fail-on names; where something could
not be read that is not the same on both sides, so that the plan may not be whole,
unless head mends it: then changes of kind unknown say so; and, without a plan,
where generate would refuse what the work tree declares. It exits 2 where neither
revision has anything to plan, and, with the plan, where what --allow names does not
happen. Kinds, most dangerous first:
` + kindList() + `.

docs/plan.schema.json describes the JSON.`,
		Example: `  fluxdag plan
  fluxdag plan --base HEAD --fail-on delete,rename,prune,unknown,stuck
  fluxdag plan --base HEAD --head worktree -o markdown
  fluxdag plan --destroy`,
		RunE: p.run,
	}
	f := c.Flags()
	f.StringVar(&p.base, "base", "", "the `REV` to compare with (default: where the head left origin's default branch)")
	f.StringVar(&p.head, "head", worktree, "the `REV` to be merged, or worktree")
	f.StringArrayVar(&p.failOn, "fail-on", nil, "`KINDS` of change, with commas between them, that exit 1; repeatable")
	f.StringArrayVar(&p.allow, "allow", nil, "`KINDS=NODE` of changes that are meant, of namespace/name or CLUSTER:namespace/name; repeatable")
	f.StringArrayVar(&p.clusters, "cluster", nil, "the `NAME` of a cluster to plan for; repeatable (default: all)")
	f.BoolVar(&p.destroy, "destroy", false, "give the order in which to delete nodes")
	p.format = cli.Format(c, "text", "json", "markdown", "github")
	if t.PlanFlags != nil {
		t.PlanFlags(c)
	}
	c.SetFlagErrorFunc(planFlagError)
	return c
}

// kindList lists the kinds in lines of a help text.
func kindList() string {
	words := strings.Fields(plan.Words())
	return strings.Join(words[:9], " ") + "\n" + strings.Join(words[9:], " ")
}

func (p *planning) run(c *cobra.Command, nodes []string) error {
	if err := p.valid(c, nodes); err != nil {
		return err
	}
	if os.Getenv("GOGC") == "" { // a third of the time, for a third more of the memory
		percent := 400
		if p.Sides == nil { // little is kept where nothing is built: a tenth less for half as much again
			percent = 800
		}
		defer debug.SetGCPercent(debug.SetGCPercent(percent))
	}
	return cli.InTemporary(func(dir string) error {
		r, err := p.open(c, dir)
		if err != nil {
			return err
		}
		if p.destroy {
			return p.teardown(c, r, nodes)
		}
		return p.compare(c, r)
	})
}

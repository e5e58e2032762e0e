package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/plan"
)

// planning is what the flags of plan say.
type planning struct {
	*tool
	base, head string
	failOn     string
	clusters   []string
	destroy    bool
	format     *cli.Choice

	kinds  []plan.Kind
	prefix string // from the root of the git repository, for annotations
}

// worktree is what --head calls the work tree.
const worktree = "worktree"

func newPlan(t *tool) *cobra.Command {
	p := &planning{tool: t, format: cli.NewChoice("text", "json", "markdown", "github")}
	c := &cobra.Command{
		Use:   "plan [--destroy [NODE...]]",
		Short: "Say what a change does in the cluster before it is merged",
		Long: `Compares the graphs of two git revisions, and says in order of danger what Flux
will delete, create and reconcile, and in which order. The revisions are read from
git's object store: no work tree, index or ref is touched. For the work tree it
takes what generate would write.

With --destroy it gives the order in which the nodes can be deleted, all or those
named and what depends on them, so that no operator goes before its custom
resources.

It exits 1 where a change is of a kind that --fail-on names, or where something
could not be read, so that the plan may not be whole. Kinds, most dangerous first:
` + kindList() + `.

docs/plan.schema.json describes the JSON.`,
		Example: `  fluxdag plan
  fluxdag plan --base HEAD --fail-on delete,rename,prune
  fluxdag plan --base HEAD --head worktree -o markdown
  fluxdag plan --destroy`,
		RunE: p.run,
	}
	f := c.Flags()
	f.StringVar(&p.base, "base", "", "the `REV` to compare with (default: where the head left origin's default branch)")
	f.StringVar(&p.head, "head", worktree, "the `REV` to be merged, or worktree")
	f.StringVar(&p.failOn, "fail-on", "", "`KINDS` of change, with commas between them, that exit 1")
	f.StringArrayVar(&p.clusters, "cluster", nil, "the `NAME` of a cluster to plan for; repeatable (default: all)")
	f.BoolVar(&p.destroy, "destroy", false, "give the order in which to delete nodes")
	f.VarP(p.format, "output", "o", "the output `format`: "+p.format.Words())
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

// planFlagError knows the flag by which graph calls the format.
func planFlagError(c *cobra.Command, err error) error {
	if strings.Contains(err.Error(), "unknown flag: --format") {
		return cli.Hint(err, "plan's format is given with -o: "+c.CommandPath()+" -o json")
	}
	return cli.FlagError(c, err)
}

func (p *planning) run(c *cobra.Command, nodes []string) error {
	if err := p.valid(c, nodes); err != nil {
		return err
	}
	if os.Getenv("GOGC") == "" { // a third of the time, for a third more of the memory
		defer debug.SetGCPercent(debug.SetGCPercent(400))
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

// valid refuses what contradicts itself.
func (p *planning) valid(c *cobra.Command, nodes []string) error {
	if len(p.tool.clusters) == 0 && p.Sides == nil {
		return p.validate()
	}
	switch set := c.Flags().Changed; {
	case !p.destroy && len(nodes) > 0:
		return cli.Hint(fmt.Errorf("plan takes no argument without --destroy, but was given %q", nodes[0]), "to plan for one cluster, use --cluster; to compare with a revision, --base")
	case p.destroy && (set("base") || set("fail-on")):
		return cli.Hint(errors.New("--destroy compares nothing"), "leave out --base and --fail-on")
	case p.destroy && p.format.String() != "text" && p.format.String() != "json":
		return cli.Hint(fmt.Errorf("--destroy has no format %s", p.format), "use text or json")
	}
	if p.failOn == "" {
		return nil
	}
	var err error
	if p.kinds, err = plan.ParseKinds(p.failOn); err != nil {
		return cli.Hint(fmt.Errorf("--fail-on: %w", err), "separate several by commas")
	}
	return nil
}

// compare prints the plan of one revision against another.
func (p *planning) compare(c *cobra.Command, r *revisions) error {
	base, head, err := r.resolve(p.base, p.head)
	if err != nil {
		return err
	}
	before, after, err := r.both(c, base, head)
	if err != nil {
		return err
	}
	if before, err = p.choose(before, after); err != nil {
		return err
	}
	if after, err = p.choose(after, before); err != nil {
		return err
	}
	out := plan.Compare(before, after)
	out.Base, out.Head = base, head
	if err := p.print(c.OutOrStdout(), out); err != nil {
		return fmt.Errorf("cannot print the plan: %w", err)
	}
	if out.Has(p.kinds...) || !out.Complete() {
		return cli.ErrFindings
	}
	return nil
}

func (p *planning) print(w io.Writer, out *plan.Plan) error {
	switch p.format.String() {
	case "json":
		return plan.JSON(w, out)
	case "markdown":
		return plan.Markdown(w, out)
	case "github":
		return plan.GitHub(w, out, p.prefix)
	}
	return plan.Text(w, out)
}

// choose returns the sides that --cluster names. others are those of the other revision.
func (p *planning) choose(sides, others []plan.Side) ([]plan.Side, error) {
	if len(p.clusters) == 0 {
		return sides, nil
	}
	var known []string
	for _, s := range slices.Concat(sides, others) {
		known = append(known, s.Name)
	}
	slices.Sort(known)
	for _, name := range p.clusters {
		if !slices.Contains(known, name) {
			return nil, cli.Hint(fmt.Errorf("unknown cluster %q", name), cmp.Or(cli.DidYouMean(name, known), "there are "+strings.Join(slices.Compact(known), ", ")))
		}
	}
	return slices.DeleteFunc(slices.Clone(sides), func(s plan.Side) bool { return !slices.Contains(p.clusters, s.Name) }), nil
}

// teardown prints the order in which to delete nodes.
func (p *planning) teardown(c *cobra.Command, r *revisions, nodes []string) error {
	head, err := r.revision(p.head)
	if err != nil {
		return err
	}
	sides, err := r.sides(c, head, "head")
	if err != nil {
		return err
	}
	if sides, err = p.choose(sides, nil); err != nil {
		return err
	}
	chosen, err := namedNodes(sides, nodes)
	if err != nil {
		return err
	}
	all := []plan.Teardown{}
	complete := true
	for i, s := range sides {
		if len(nodes) == 0 || len(chosen[i]) > 0 {
			all = append(all, plan.Destroy(s, chosen[i]))
			complete = complete && len(s.Unread) == 0
		}
	}
	print := plan.DestroyText
	if p.format.String() == "json" {
		print = plan.DestroyJSON
	}
	if err := print(c.OutOrStdout(), all); err != nil {
		return fmt.Errorf("cannot print the teardown: %w", err)
	}
	if !complete {
		return cli.ErrFindings
	}
	return nil
}

// namedNodes returns the keys of the nodes that are named, namespace/name or a name alone, by
// side.
func namedNodes(sides []plan.Side, nodes []string) ([][]string, error) {
	chosen := make([][]string, len(sides))
	for _, node := range nodes {
		var known []string
		found := false
		for i, s := range sides {
			for v := range s.Graph.Vertices() {
				if v.Key() == node || v.Object().Name == node {
					chosen[i], found = append(chosen[i], v.Key()), true
				}
				known = append(known, v.Object().Name)
			}
		}
		if !found {
			return nil, cli.Hint(fmt.Errorf("no cluster has a node %q", node), cmp.Or(cli.DidYouMean(node, known), "fluxdag graph lists the nodes"))
		}
	}
	return chosen, nil
}

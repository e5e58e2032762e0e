package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/cmd/internal/report"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/view"
)

// graphFlags say what of a graph is shown, and how.
type graphFlags struct {
	format   *cli.Choice
	part     view.Selection
	findings bool
	reading  []string // the flags about how a repository is read
}

// oneCluster refuses a second argument; the name of a cluster after a path goes with -C.
func oneCluster(c *cobra.Command, args []string) error {
	err := cli.AtMost(1)(c, args)
	if err != nil && len(args) == 2 && strings.ContainsRune(args[0], '/') {
		return cli.Hint(fmt.Errorf("%s takes one path or one cluster, but was given %q and %q", c.CommandPath(), args[0], args[1]),
			fmt.Sprintf("to draw one cluster of a repository: %s -C %s %s", c.CommandPath(), args[0], args[1]))
	}
	return err
}

func newGraph(t *tool) *cobra.Command {
	var flags graphFlags
	c := &cobra.Command{
		Use:   "graph [CLUSTER]",
		Short: "Draw the graph of a cluster",
		Long: `Draws the graph of the named cluster, or of all that are compiled in: level by
level each Kustomization, what makes it ready, what it waits for and what it gates.
Nothing is written, and without --findings nothing is checked.

` + graphLong,
		Example: `  fluxdag graph
  fluxdag graph tazlab-k8s --format json
  fluxdag graph tazlab-k8s --format html
  fluxdag graph --from infrastructure-auth --to infrastructure-bridge
  fluxdag graph --around infrastructure-configs --depth 2 --format mermaid
  fluxdag graph --reduce --findings --format svg`,
		Args:      cli.AtMost(1),
		ValidArgs: t.clusterNames(),
		RunE: func(c *cobra.Command, args []string) error {
			if err := cli.NotEmpty(c); err != nil {
				return err
			}
			if c.Flags().Changed("depth") && len(flags.part.Around) == 0 {
				return cli.Hint(errors.New("--depth goes with --around"), "name the node to look around with --around")
			}
			if flags.part.Depth < 0 {
				return cli.Hint(fmt.Errorf("--depth %d is less than nothing", flags.part.Depth), "use 1 for the direct neighbours")
			}
			return t.graph(c, args, &flags)
		},
	}
	if t.Load != nil {
		c.Use = "graph [CLUSTER|PATH]"
		c.Short = "Draw the graph of a cluster, or of the clusters in a repository"
		c.Long = `Draws the graph of the named cluster, or of those in the repository at PATH, read as
Flux reads it: level by level each Kustomization, what makes it ready, what it waits
for and what it gates. Nothing is written, and without --findings nothing is checked.

Without an argument it draws the compiled-in clusters where they are declared in the
repository around the current folder, and else that repository. What is no name of a
compiled-in cluster and has a slash or exists is a PATH; with -C it is relative to
DIR. Any other name is that of a cluster in the repository around the current folder.
What of a repository could not be read is reported on standard error, and exits 1 where
that leaves the graph incomplete.

` + graphLong
		c.Example += "\n  fluxdag graph . --format json"
		c.Args = oneCluster
	}
	if t.LoadFlags != nil {
		t.LoadFlags(c)
		c.Flags().VisitAll(func(f *pflag.Flag) { flags.reading = append(flags.reading, f.Name) })
	}
	flags.format = cli.Format(c, formatNames()...)
	c.Flags().StringSliceVar(&flags.part.From, "from", nil, "show this `NODE` and what it waits for; repeatable")
	c.Flags().StringSliceVar(&flags.part.To, "to", nil, "show this `NODE` and what waits for it; with --from, the paths from that one to this one")
	c.Flags().StringSliceVar(&flags.part.Around, "around", nil, "show this `NODE`, and the nearest that it waits for and that wait for it; repeatable")
	c.Flags().IntVar(&flags.part.Depth, "depth", 1, "with --around, how many `EDGES` away")
	c.Flags().BoolVar(&flags.part.Reduce, "reduce", false, "leave out the dependencies that others imply")
	c.Flags().BoolVar(&flags.findings, "findings", false, "check the clusters, and mark errors and warnings")
	c.SetFlagErrorFunc(graphFlagError)
	return c
}

// graphLong is what the help says of every program's graph.
const graphLong = `--from, --to and --around show a part. A NODE is namespace/name, or a name that one
namespace has. They go along dependencies only, not from a Kustomization to what it
applies. --findings marks what check finds in the declaration, or lint in the
repository; it changes no exit status.

svg is one picture, and html one page to look around in; both need nothing else, and
fold more than 250 nodes, those of all clusters together, by level and folder. mermaid
is for a README on GitHub, markdown the build chain as a document.
docs/graph.schema.json describes the JSON.`

// graphFlagError knows the flag by which plan calls the cluster.
func graphFlagError(c *cobra.Command, err error) error {
	if strings.Contains(err.Error(), "unknown flag: --cluster") {
		return cli.Hint(err, clusterHint(c))
	}
	return cli.FlagError(c, err)
}

// clusterHint says how graph is told which cluster to draw.
func clusterHint(c *cobra.Command) string {
	hint := "graph takes the cluster as its argument: " + c.CommandPath() + " NAME"
	if c.Flags().Lookup("root") != nil {
		hint += "; of a repository elsewhere, name that with -C"
	}
	return hint
}

func (t *tool) graph(c *cobra.Command, args []string, flags *graphFlags) error {
	clusters, found, err := t.graphs(c, args, flags)
	if err != nil {
		return err
	}
	report.Print(c.ErrOrStderr(), found...)
	if clusters, err = view.Select(clusters, flags.part); err != nil {
		return selectionError(err)
	}
	if t.Drawn != nil {
		t.Drawn(c, clusters)
	}
	if err := formatOf(flags.format.String())(c.OutOrStdout(), clusters); err != nil {
		return fmt.Errorf("cannot print the graph: %w", err)
	}
	if found.Has(dag.Error) {
		return cli.ErrFindings
	}
	return nil
}

// formatNames lists the formats, the default first.
func formatNames() []string {
	var names []string
	for _, f := range view.Formats() {
		names = append(names, f.Name)
	}
	return names
}

func formatOf(name string) func(io.Writer, []view.Cluster) error {
	formats := view.Formats()
	return formats[slices.IndexFunc(formats, func(f view.Format) bool { return f.Name == name })].Write
}

// selectionError says what to do about a node that is not there.
func selectionError(err error) error {
	if unknown, ok := errors.AsType[*view.UnknownNodeError](err); ok {
		return cli.Hint(err, cmp.Or(cli.DidYouMean(unknown.Name, unknown.Known), "fluxdag graph lists the nodes"))
	}
	if several, ok := errors.AsType[*view.AmbiguousNodeError](err); ok {
		return cli.Hint(err, "name one of them with its namespace, such as "+several.Keys[0])
	}
	if empty, ok := errors.AsType[*view.EmptySelectionError](err); ok {
		return cli.Hint(err, emptyHint(empty))
	}
	return err
}

// emptyHint says what to ask instead of what selects nothing.
func emptyHint(e *view.EmptySelectionError) string {
	switch {
	case len(e.Around) > 0:
		return "raise --depth, or leave out one of the flags"
	case e.Reversed:
		return fmt.Sprintf("--from is the node that waits: there is a path from %s to %s, so swap them: --from %s --to %s",
			strings.Join(e.To, " or "), strings.Join(e.From, " or "), strings.Join(e.To, ","), strings.Join(e.From, ","))
	}
	return fmt.Sprintf("neither waits for the other: --around %s shows what is near one of them", e.From[0])
}

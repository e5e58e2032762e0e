// Package cmd is the command line as a library, so that a repository compiles
// its own graph into its own tool:
//
//	package main
//
//	func main() { cmd.Main(staging.Cluster, production.Cluster) }
//
// Its verbs are generate, check, explain, graph, plan and version: what needs the declaration
// alone. Package cmd/full adds those that read repositories, at the price of a
// longer build. They exit 0 when all is well, 1 on findings or drift, and 2 when
// they could not do their work.
package cmd

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
	"github.com/tazlab/fluxdag/view"
)

// Main runs the command line on os.Args with the clusters that are compiled in,
// and exits.
func Main(clusters ...dag.Cluster) { MainWith(Extension{}, clusters...) }

// Extension is what a program adds to the command line. It is how package
// cmd/full brings verbs that link more than every user should have to compile.
type Extension struct {
	// Verbs are further commands.
	Verbs []*cobra.Command
	// Rules are those that the further verbs report by; explain knows them too.
	Rules []dag.Rule
	// Load lets graph take a path; without it, graph takes only the name of a
	// compiled-in cluster.
	Load Loader
	// LoadFlags gives graph the flags that Load goes by.
	LoadFlags func(*cobra.Command)
	// Drawn is called with the graphs that are about to be drawn: what it has to say of them
	// does not stand before an error that draws nothing.
	Drawn func(c *cobra.Command, clusters []view.Cluster)
	// Sides lets plan follow whole repositories: it reads the clusters of one. It is called
	// for the base first. Without it, plan knows the folders of the compiled-in clusters.
	Sides func(c *cobra.Command, s Snapshot) ([]plan.Side, error)
	// CheckSides refuses, of the revisions that Sides was called for and the clusters that it
	// found in them, what no flag should name; and says how to go on where there are none.
	CheckSides func(read []Snapshot, sides []plan.Side) error
	// PlanFlags gives plan the flags that Sides goes by.
	PlanFlags func(*cobra.Command)
	// CheckRules returns rules that check runs beside those of generate, which need not
	// pay for them.
	CheckRules func() ([]dag.Rule, error)
	// CheckFlags gives check the flags that CheckRules goes by.
	CheckFlags func(*cobra.Command)
}

// Snapshot is a revision of a repository.
type Snapshot struct {
	// Name is what the user calls it.
	Name string
	// Folder holds its files.
	Folder string
	// Repository is the folder that it is a revision of.
	Repository string
	// Declared are the names of the compiled-in clusters that are in one of the revisions, by
	// their folders in the snapshot, which may not be there. Where there are any, no folder
	// is taken for a cluster for its shape alone.
	Declared map[string]string
	// Submodules are the commits of those in the snapshot, by their folders, which are empty.
	Submodules map[string]string
	// Base are the clusters of the revision that this one is compared with, if any: where
	// Flux began there, it may still.
	Base []plan.Side
	// Differs reports whether a file, or anything below a folder, is not as in the base;
	// nil where there is none.
	Differs func(path string) bool
}

// Loader reads the clusters of the repository, or of the folder of one, at a path, or
// where that is empty of the repository around here, for a command whose standard error may
// show how far it is: all, or those of a name, with what lint finds in them where findings
// is set.
// The diagnostics say what could not be read: an error among them, that the graphs
// lack something. The error says that there is no graph at all: a [*NoClusterError] that
// none has the name.
type Loader func(c *cobra.Command, path, name string, findings bool) ([]view.Cluster, dag.Diagnostics, error)

// NoClusterError is of a name that no cluster has.
type NoClusterError struct {
	Name  string
	Known []string // the names of those that are there
}

// Error names it.
func (e *NoClusterError) Error() string { return fmt.Sprintf("unknown cluster %q", e.Name) }

// MainWith is [Main] with an extension.
func MainWith(x Extension, clusters ...dag.Cluster) {
	os.Exit(run(filepath.Base(os.Args[0]), os.Args[1:], os.Stdout, os.Stderr, &tool{clusters, x}))
}

// tool is what the verbs share.
type tool struct {
	clusters []dag.Cluster
	Extension
}

func run(program string, args []string, stdout, stderr io.Writer, t *tool) int {
	return cli.Run(newRoot(program, t), args, stdout, stderr)
}

func newRoot(program string, t *tool) *cobra.Command {
	root := &cobra.Command{
		Use:   "fluxdag",
		Short: "Flux's graph of Kustomizations, declared in Go",
		Long: `fluxdag checks the graph of Flux Kustomizations that is declared in Go, and
writes it as the YAML that Flux reads.

The declarations are compiled in. Exit status: 0 clean, 1 findings or drift,
2 failure.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cli.NoVerb,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
		Example: `  fluxdag check
  fluxdag generate --dry-run`,
	}
	if program == "flux-dag" { // a plugin of the flux command line
		root.Annotations = map[string]string{cobra.CommandDisplayNameAnnotation: "flux dag"}
	}
	cli.AddDirectory(root)
	root.SetFlagErrorFunc(cli.FlagError)
	root.AddCommand(newGenerate(t), newCheck(t), newExplain(t), newGraph(t), newPlan(t), newVersion())
	root.AddCommand(t.Verbs...)
	root.SetHelpCommand(newHelp())
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Example = "  fluxdag completion bash"
			c.Args, c.RunE = cli.NoVerb, func(c *cobra.Command, _ []string) error { return c.Help() }
		}
	}
	return root
}

// newHelp is cobra's help command, but that it refuses what is no command.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Print the help of a command",
		Example: `  fluxdag help generate`,
		RunE: func(c *cobra.Command, names []string) error {
			verb, rest, err := c.Root().Find(names)
			if err != nil || len(rest) > 0 {
				return cli.NoVerb(c.Root(), names)
			}
			return verb.Help()
		},
	}
}

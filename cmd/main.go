// Package cmd is the command line as a library, so that a repository compiles
// its own graph into its own tool:
//
//	package main
//
//	func main() { cmd.Main(staging.Cluster, production.Cluster) }
//
// The verbs are generate, check, explain and version. They exit 0 when all is
// well, 1 on findings or drift, and 2 when they could not do their work.
package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// Main runs the command line on os.Args with the clusters that are compiled in,
// and exits.
func Main(clusters ...dag.Cluster) {
	os.Exit(run(filepath.Base(os.Args[0]), os.Args[1:], os.Stdout, os.Stderr, clusters))
}

// The exit codes.
const (
	exitClean    = 0
	exitFindings = 1
	exitFailure  = 2
)

// errFindings ends a verb that has said all there is to say.
var errFindings = errors.New("findings")

// hinted is an error with one thing to do about it.
type hinted struct {
	error
	hint string
}

func run(program string, args []string, stdout, stderr io.Writer, clusters []dag.Cluster) int {
	out := &output{w: stdout}
	root := newRoot(program, clusters)
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(stderr)
	err := root.Execute()
	switch {
	case out.err != nil:
		err = fmt.Errorf("cannot write the output: %w", out.err)
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	}
	fmt.Fprintf(stderr, "%s: %v\n", root.DisplayName(), err)
	if hint := hintOf(err); hint != "" {
		fmt.Fprintf(stderr, "hint: %s\n", hint)
	}
	return exitFailure
}

// output remembers that writing failed, so that no verb need look.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(data []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(data)
	o.err = err
	return n, err
}

func hintOf(err error) string {
	if h, ok := errors.AsType[hinted](err); ok {
		return h.hint
	}
	if p, ok := errors.AsType[*gen.PathError](err); ok {
		return p.Hint
	}
	return ""
}

func newRoot(program string, clusters []dag.Cluster) *cobra.Command {
	t := &tool{clusters: clusters}
	root := &cobra.Command{
		Use:   "fluxdag",
		Short: "Flux's graph of Kustomizations, declared in Go",
		Long: `fluxdag checks the graph of Flux Kustomizations that is declared in Go, and
writes it as the YAML that Flux reads.

The declarations are compiled in. Exit status: 0 clean, 1 findings or drift,
2 failure.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          noVerb,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
		Example: `  fluxdag check
  fluxdag generate --dry-run`,
	}
	if program == "flux-dag" { // a plugin of the flux command line
		root.Annotations = map[string]string{cobra.CommandDisplayNameAnnotation: "flux dag"}
	}
	root.PersistentFlags().StringVarP(&t.directory, "directory", "C", "", "`DIR` that is the root of the repository (default: the nearest folder upwards with a go.mod or .git)")
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newGenerate(t), newCheck(t), newExplain(t), newVersion())
	root.SetHelpCommand(newHelp())
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Example = "  fluxdag completion bash"
			c.Args, c.RunE = noVerb, func(c *cobra.Command, _ []string) error { return c.Help() }
		}
	}
	return root
}

// flagError adds the flag or command spelt most like an unknown flag.
func flagError(c *cobra.Command, err error) error {
	hint := c.CommandPath() + " --help lists the flags"
	if name, unknown := strings.CutPrefix(err.Error(), "unknown flag: --"); unknown {
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		hint = cmp.Or(didYouMean("--"+name, names), hint)
		if verb, _, err := c.Root().Find([]string{name}); err == nil && verb != c.Root() {
			hint = "did you mean the command " + verb.CommandPath() + "?"
		}
	}
	return hinted{err, hint}
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
				return noVerb(c.Root(), names)
			}
			return verb.Help()
		},
	}
}

// noArgs refuses arguments to a command that takes none.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return hinted{fmt.Errorf("%s takes no argument, but was given %q", c.CommandPath(), args[0]), "leave it out"}
}

// noVerb refuses what is no verb, with the nearest one.
func noVerb(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var verbs []string
	for _, sub := range c.Commands() {
		verbs = append(verbs, sub.Name())
	}
	hint := cmp.Or(didYouMean(args[0], verbs), c.CommandPath()+" --help lists the commands")
	return hinted{fmt.Errorf("unknown command %q", args[0]), hint}
}

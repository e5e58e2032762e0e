package cmd

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/cmd/internal/report"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

type generateFlags struct {
	dryRun, stdout, adopt bool
	refuse                *dag.Severity
}

func newGenerate(t *tool) *cobra.Command {
	var flags generateFlags
	c := &cobra.Command{
		Use:   "generate [CLUSTER...]",
		Short: "Write the YAML of the declared clusters",
		Long: `Checks the declared clusters, all or those named, and writes one file for
each Kustomization into its cluster's folder. Files that are already right are left
alone, and files that fluxdag wrote earlier for nodes no longer declared are
removed. Every other file is left alone. Nothing is written when there is an
error. The folders must exist.

With --dry-run it exits 0 whether or not something would change, and 1 only where
generate would refuse; check is what exits 1 on drift.`,
		Example: `  fluxdag generate
  fluxdag generate tazlab-k8s --dry-run
  fluxdag generate tazlab-k8s --stdout`,
		ValidArgs: t.clusterNames(),
		RunE: func(c *cobra.Command, names []string) error {
			if flags.dryRun && flags.stdout {
				return cli.Hint(errors.New("--dry-run and --stdout exclude each other"), "use one of them")
			}
			return t.generate(c, names, flags)
		},
	}
	c.Flags().BoolVar(&flags.dryRun, "dry-run", false, "print what would change as a diff, and write nothing")
	c.Flags().BoolVar(&flags.stdout, "stdout", false, "print the YAML, and write nothing")
	c.Flags().BoolVar(&flags.adopt, "adopt", false, "replace files of the same names that fluxdag did not write")
	flags.refuse = report.FailOn(c, "the least `severity` that is refused: error, warning or information")
	return c
}

func (t *tool) generate(c *cobra.Command, names []string, flags generateFlags) error {
	stdout, stderr := c.OutOrStdout(), c.ErrOrStderr()
	all, err := t.load(c, names)
	if err != nil {
		return err
	}
	defer closeAll(all)
	found := findings(all)
	report.Print(stderr, found...)
	if found.Has(*flags.refuse) {
		fmt.Fprintf(stderr, "%s: nothing was written\n", report.Count(found))
		return cli.ErrFindings
	}
	var work []pending
	for _, l := range all {
		p, err := prepare(l)
		if err != nil {
			return err
		}
		work = append(work, p)
	}
	if flags.stdout {
		printFiles(stdout, work)
		return nil
	}
	if flags.dryRun {
		printChanges(stdout, work)
	}
	if refuse(stderr, work, flags.adopt) {
		return cli.ErrFindings
	}
	if flags.dryRun {
		return nil
	}
	return write(stdout, work, flags.adopt)
}

// pending is what remains to be done for one cluster.
type pending struct {
	loaded
	files   []gen.File
	changes []gen.Change
}

func prepare(l loaded) (pending, error) {
	files, err := gen.YAML(l.graph)
	if err != nil {
		return pending{}, err
	}
	documents, err := documents(l.graph)
	if err != nil {
		return pending{}, err
	}
	files = append(files, documents...)
	changes, err := l.folder.Compare(files)
	return pending{l, files, changes}, err
}

func printFiles(w io.Writer, work []pending) {
	for _, p := range work {
		for _, file := range p.files {
			if file.Node != "" { // a document is no YAML
				fmt.Fprintf(w, "---\n%s", file.Data)
			}
		}
	}
}

func printChanges(w io.Writer, work []pending) {
	for _, p := range work {
		removals := p.removals()
		for _, c := range p.changes {
			fmt.Fprint(w, c.Diff())
			switch said := removals[c.Path]; {
			case c.Kind == gen.Leftover:
				fmt.Fprintf(w, "would remove %s, which a killed run left\n", c.Path)
			case said != "":
				fmt.Fprintf(w, "would remove %s: %s\n", c.Path, said)
			}
		}
		fmt.Fprintf(w, "%s: %s, %s would change\n", p.graph.Name(), cli.Plural(len(p.files), "file"), number(len(p.changes), "none"))
	}
}

// refuse reports what stands in the way in any of the folders, and whether
// anything does: then none of them is written.
func refuse(w io.Writer, work []pending, adopt bool) bool {
	blocked := false
	for _, p := range work {
		for _, c := range gen.Blocking(p.changes, adopt) {
			report.Print(w, c.Diagnostic())
			blocked = true
		}
	}
	if blocked {
		fmt.Fprintln(w, "nothing was written")
	}
	return blocked
}

// write carries out the changes of all clusters, and only then says so: whoever reads
// the output may close it, which ends the program.
func write(w io.Writer, work []pending, adopt bool) error {
	var done strings.Builder
	defer func() { _, _ = io.WriteString(w, done.String()) }() // cli.Run looks whether that failed
	for _, p := range work {
		if err := p.folder.Write(p.changes, adopt); err != nil {
			return err
		}
		removals := p.removals()
		for _, c := range p.changes {
			switch said := removals[c.Path]; {
			case c.New != nil:
				fmt.Fprintln(&done, "wrote", c.Path)
			case said != "":
				fmt.Fprintf(&done, "removed %s: %s\n", c.Path, said)
			default:
				fmt.Fprintln(&done, "removed", c.Path)
			}
		}
		fmt.Fprintf(&done, "%s: %s, %s changed\n", p.graph.Name(), cli.Plural(len(p.files), "file"), number(len(p.changes), "none"))
	}
	return nil
}

// number writes how many, and zero as a word.
func number(n int, zero string) string {
	if n == 0 {
		return zero
	}
	return fmt.Sprint(n)
}

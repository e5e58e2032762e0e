package cmd

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

type generateFlags struct {
	dryRun, stdout, adopt bool
	failOn                failOn
}

func newGenerate(t *tool) *cobra.Command {
	flags := generateFlags{failOn: failOn(dag.Error)}
	c := &cobra.Command{
		Use:   "generate [CLUSTER...]",
		Short: "Write the YAML of the declared clusters",
		Long: `Checks the declared clusters, all or those named, and writes one file for
each Kustomization into its cluster's folder. Files that are already right are left
alone, and files that fluxdag wrote earlier for nodes no longer declared are
removed. Every other file is left alone. Nothing is written when there is an
error.`,
		Example: `  fluxdag generate
  fluxdag generate tazlab-k8s --dry-run
  fluxdag generate tazlab-k8s --stdout`,
		ValidArgs: t.clusterNames(),
		RunE: func(c *cobra.Command, names []string) error {
			if flags.dryRun && flags.stdout {
				return hinted{errors.New("--dry-run and --stdout exclude each other"), "use one of them"}
			}
			return t.generate(c.OutOrStdout(), c.ErrOrStderr(), names, flags)
		},
	}
	c.Flags().BoolVar(&flags.dryRun, "dry-run", false, "print what would change as a diff, and write nothing")
	c.Flags().BoolVar(&flags.stdout, "stdout", false, "print the YAML, and write nothing")
	c.Flags().BoolVar(&flags.adopt, "adopt", false, "replace files of the same names that fluxdag did not write")
	c.Flags().Var(&flags.failOn, "fail-on", "the least `severity` that is refused: error, warning or information")
	return c
}

func (t *tool) generate(stdout, stderr io.Writer, names []string, flags generateFlags) error {
	all, err := t.load(names)
	if err != nil {
		return err
	}
	defer closeAll(all)
	found := findings(all)
	for _, d := range found {
		fmt.Fprintln(stderr, d)
	}
	if found.Has(flags.failOn.severity()) {
		fmt.Fprintf(stderr, "%s: nothing was written\n", count(found))
		return errFindings
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
		return errFindings
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
	changes, err := l.folder.Compare(files)
	return pending{l, files, changes}, err
}

func printFiles(w io.Writer, work []pending) {
	for _, p := range work {
		for _, file := range p.files {
			fmt.Fprintf(w, "---\n%s", file.Data)
		}
	}
}

func printChanges(w io.Writer, work []pending) {
	for _, p := range work {
		for _, c := range p.changes {
			fmt.Fprint(w, c.Diff())
			if c.Kind == gen.Leftover {
				fmt.Fprintf(w, "would remove %s, which a killed run left\n", c.Path)
			}
		}
		fmt.Fprintf(w, "%s: %s, %s would change\n", p.graph.Name(), plural(len(p.files), "file"), number(len(p.changes), "none"))
	}
}

// refuse reports what stands in the way in any of the folders, and whether
// anything does: then none of them is written.
func refuse(w io.Writer, work []pending, adopt bool) bool {
	blocked := false
	for _, p := range work {
		for _, c := range gen.Blocking(p.changes, adopt) {
			fmt.Fprintln(w, c.Diagnostic())
			blocked = true
		}
	}
	if blocked {
		fmt.Fprintln(w, "nothing was written")
	}
	return blocked
}

func write(w io.Writer, work []pending, adopt bool) error {
	for _, p := range work {
		if err := p.folder.Write(p.changes, adopt); err != nil {
			return err
		}
		for _, c := range p.changes {
			verb := "wrote"
			if c.New == nil {
				verb = "removed"
			}
			fmt.Fprintln(w, verb, c.Path)
		}
		fmt.Fprintf(w, "%s: %s, %s changed\n", p.graph.Name(), plural(len(p.files), "file"), number(len(p.changes), "none"))
	}
	return nil
}

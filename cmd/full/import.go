package full

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/repo"
)

// importing is the verb import and its flags.
type importing struct {
	reading
	cluster, dir, output string
	verify               bool
}

func newImport() *cobra.Command {
	var i importing
	c := &cobra.Command{
		Use:   "import [PATH]",
		Short: "Turn a cluster of a repository of YAML into a typed declaration",
		Long: `Reads the repository at PATH as lint does, and prints the Go declaration of one of
its clusters: what most Kustomizations share as defaults, levels by what waits for
what, comments carried over, and what parents patch or substitute resolved.

Standard error says what could not be carried, which files the generated ones take
the place of, and what stays. A PATH of files that fluxdag generated gives back
their declaration.`,
		Example: `  fluxdag import ../fleet --cluster production
  fluxdag import ../fleet --cluster production --verify --output clusters/production`,
		Args: cli.AtMost(1),
	}
	i.flags(c)
	c.Flags().StringVar(&i.cluster, "cluster", "", "the `NAME` of the cluster to import, where there are several, and of its declaration")
	c.Flags().StringVar(&i.dir, "dir", "", "the `FOLDER` for the generated files (default: the one that Flux syncs)")
	c.Flags().StringVarP(&i.output, "output", "o", "", "write the declaration to this `FOLDER` instead of printing it; files of other content are not replaced")
	c.Flags().BoolVar(&i.verify, "verify", false, "prove on a copy that the repository with the generated files resolves to the same objects")
	c.RunE = func(c *cobra.Command, args []string) error { return i.run(c, args) }
	return c
}

func (i *importing) run(c *cobra.Command, args []string) error {
	if cluster, found, ok := plain(folder(c, args)); ok {
		if i.cluster != "" {
			cluster.Name, cluster.Dir = i.cluster, i.dir
		}
		return i.finish(c, dag.Resolve(cluster), nil, found)
	}
	loaded, err := i.load(c, args)
	if err != nil {
		return err
	}
	chosen, err := i.choose(loaded)
	if err != nil {
		return err
	}
	dir := i.dir
	if dir == "" {
		dir = chosen.Root
	}
	name := i.cluster
	if name == "" {
		name = chosen.Name
	}
	imported := chosen.Import(name, dir)
	i.advise(c.ErrOrStderr(), loaded, chosen, imported)
	if err := i.finish(c, imported.Graph, imported.Comments, lost(chosen)); err != nil || !i.verify {
		return err
	}
	return prove(c.ErrOrStderr(), loaded, chosen, imported)
}

// choose returns the cluster that is meant: by name, by the folder that it begins
// with, or the only one.
func (i *importing) choose(loaded *repo.Repository) (*repo.Cluster, error) {
	var names []string
	for _, c := range loaded.Clusters {
		if c.Name == i.cluster || c.Root == i.cluster {
			return c, nil
		}
		names = append(names, c.Name)
	}
	switch {
	case len(loaded.Clusters) == 1:
		return loaded.Clusters[0], nil // whatever it is to be called
	case i.cluster == "":
		return nil, cli.Hint(errors.New("the repository holds several clusters"), "name one with --cluster: "+strings.Join(names, ", "))
	}
	hint := cli.DidYouMean(i.cluster, names)
	if hint == "" {
		hint = "the repository holds " + strings.Join(names, ", ")
	}
	return nil, cli.Hint(fmt.Errorf("no cluster %q", i.cluster), hint)
}

// lost are the findings about what a declaration cannot carry.
func lost(c *repo.Cluster) dag.Diagnostics {
	return slices.DeleteFunc(c.Check(), func(d dag.Diagnostic) bool { return !slices.Contains([]string{"FD221", "FD222"}, d.Code) })
}

// finish writes the declaration, and says what it does not hold.
func (i *importing) finish(c *cobra.Command, g *dag.Graph, comments map[string]map[string][]string, found dag.Diagnostics) error {
	for _, d := range found {
		fmt.Fprintln(c.ErrOrStderr(), d)
	}
	files, err := gen.Go(g, gen.GoOptions{Comments: comments})
	if err != nil {
		return err
	}
	if i.output == "" {
		return printGo(c.OutOrStdout(), files)
	}
	return i.write(c.ErrOrStderr(), files)
}

func printGo(w io.Writer, files []gen.GoFile) error {
	for _, file := range files {
		if len(files) > 1 {
			fmt.Fprintf(w, "// === %s ===\n\n", file.Name)
		}
		if _, err := w.Write(file.Data); err != nil {
			return err
		}
	}
	return nil
}

// write writes the declaration; it replaces nothing.
func (i *importing) write(w io.Writer, files []gen.GoFile) error {
	for _, file := range files {
		target := filepath.Join(i.output, file.Name)
		switch data, err := os.ReadFile(target); {
		case err == nil && string(data) != string(file.Data):
			return cli.Hint(fmt.Errorf("%s exists, with other content: nothing was written", target), "move it away, or choose another --output")
		case err != nil && !errors.Is(err, os.ErrNotExist):
			return err
		}
	}
	if err := os.MkdirAll(i.output, 0o755); err != nil {
		return err
	}
	for _, file := range files {
		target := filepath.Join(i.output, file.Name)
		if err := os.WriteFile(target, file.Data, 0o644); err != nil {
			return err
		}
		fmt.Fprintln(w, "wrote", target)
	}
	return nil
}

// advise says what the user deletes and keeps.
func (i *importing) advise(w io.Writer, loaded *repo.Repository, chosen *repo.Cluster, imported *repo.Import) {
	fmt.Fprintf(w, "%s: %s for %s\n", chosen.Name, cli.Plural(imported.Graph.Len(), "Kustomization"), path.Join(imported.Graph.Dir(), "*.yaml"))
	if n := len(chosen.Graph.Boundaries()); n > 0 {
		fmt.Fprintf(w, "not followed: %s (fluxdag graph lists them)\n", cli.Plural(n, "boundary"))
	}
	if len(imported.Files) > 0 {
		fmt.Fprintln(w, "delete, in the commit that adds the generated files:")
	}
	for _, f := range imported.Files {
		fmt.Fprintf(w, "  %s\n", f)
		if f.Whole {
			for _, pos := range loaded.Lists(f.File) {
				fmt.Fprintf(w, "    and its entry at %s\n", pos)
			}
		}
	}
	for _, pos := range imported.Patches {
		fmt.Fprintf(w, "  the patch at %s, which would find nothing\n", pos)
	}
	for _, file := range imported.Emptied {
		fmt.Fprintf(w, "emptied: %s: keep it, with \"buildMetadata: [originAnnotations]\" in place of its resources\n", file)
	}
	for _, other := range loaded.Shared(chosen, imported) {
		fmt.Fprintf(w, "shared: %s\n", other)
	}
	for _, kept := range imported.Kept {
		fmt.Fprintf(w, "keep %s\n", kept)
	}
}

// prove reports whether the declaration leaves the cluster as it is.
func prove(w io.Writer, loaded *repo.Repository, chosen *repo.Cluster, imported *repo.Import) error {
	different, err := loaded.Verify(chosen, imported)
	if err != nil {
		return fmt.Errorf("cannot verify: %w", err)
	}
	if len(different) == 0 {
		fmt.Fprintf(w, "verified: with the generated files, %s resolves to the same objects\n", chosen.Name)
		return nil
	}
	const most = 20
	for _, d := range different[:min(len(different), most)] {
		fmt.Fprintln(w, "differs:", d)
	}
	fmt.Fprintf(w, "not verified: %s\n", cli.Plural(len(different), "difference"))
	return cli.ErrFindings
}

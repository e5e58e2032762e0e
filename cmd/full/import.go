package full

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/cmd/internal/report"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/repo"
)

// importing is the verb import and its flags.
type importing struct {
	reading
	cluster, dir, generate, output string
	verify, partial                bool
}

func newImport() *cobra.Command {
	var i importing
	c := &cobra.Command{
		Use:   "import [PATH]",
		Short: "Turn a cluster of a repository of YAML into a typed declaration",
		Long: `Reads the repository at PATH as lint does, and prints the Go declaration of one of
its clusters: what most Kustomizations share as defaults, levels by what waits for
what, comments carried over, and what parents patch or substitute resolved. The
files of the repository stay as they are.

Standard error says what could not be carried, which files the generated ones take
the place of, and what stays. A PATH of files that fluxdag generated gives back
their declaration.

--verify puts the generated files into a copy of the repository, deletes there what
they take the place of, and holds what Flux would find against what it finds now:
each Kustomization with its spec, labels and annotations, and the identity of every
object. It exits 1 where they differ, and says nothing about the order in which a
cluster gets there: docs/guide.md does.

Where the cluster cannot be read whole, the errors are on standard error, --output
writes nothing and the exit status is 1. --partial takes what could be read.`,
		Example: `  fluxdag import
  fluxdag import --cluster production --verify
  fluxdag import --cluster production --output clusters/production --generate "go run ../.."`,
		Args: cli.AtMost(1),
	}
	i.flags(c)
	c.Flags().StringVar(&i.cluster, "cluster", "", "the `NAME` of the cluster to import, where there are several, and of its declaration")
	c.Flags().StringVar(&i.dir, "dir", "", "the `FOLDER` for the generated files (default: the one that Flux syncs)")
	c.Flags().StringVar(&i.generate, "generate", "", "the `COMMAND` that go:generate runs with \"generate NAME\" (default: go run of cmd/manifests)")
	c.Flags().StringVarP(&i.output, "output", "o", "", "write the declaration to this `FOLDER` instead of printing it; files of other content are not replaced")
	c.Flags().BoolVar(&i.verify, "verify", false, "prove on a copy that the repository with the generated files resolves to the same objects")
	c.Flags().BoolVar(&i.partial, "partial", false, "import what could be read where the cluster could not be read whole")
	c.RunE = func(c *cobra.Command, args []string) error { return i.run(c, args) }
	return c
}

func (i *importing) run(c *cobra.Command, args []string) error {
	if cluster, found, ok := plain(here(c, args)); ok {
		cluster.Name, cluster.Dir = cmp.Or(i.cluster, cluster.Name), cmp.Or(i.dir, cluster.Dir)
		report.Print(c.ErrOrStderr(), found...)
		return i.finish(c, dag.Resolve(cluster), nil, slices.DeleteFunc(found, func(d dag.Diagnostic) bool { return !isHole(d) }))
	}
	if !i.verify {
		return i.repository(c, args)
	}
	return cli.InTemporary(func(dir string) error {
		i.temporary = dir
		return i.repository(c, args)
	})
}

// repository imports a cluster of a repository. What is to be done with its files is
// said only where they could be read.
func (i *importing) repository(c *cobra.Command, args []string) error {
	loaded, err := i.load(c, args)
	if err != nil {
		return err
	}
	chosen, err := i.choose(loaded)
	if err != nil {
		return err
	}
	imported := chosen.Import(cmp.Or(i.cluster, chosen.Name), cmp.Or(i.dir, chosen.Root))
	missing := holes(loaded, chosen.Check())
	report.Print(c.ErrOrStderr(), missing...)
	if len(missing) == 0 || i.partial {
		i.advise(c.ErrOrStderr(), loaded, chosen, imported)
	}
	report.Print(c.ErrOrStderr(), lost(chosen)...)
	if err := i.finish(c, imported.Graph, imported.Comments, missing); err != nil || !i.verify {
		return err
	}
	return prove(c.ErrOrStderr(), loaded, chosen, imported, missing)
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

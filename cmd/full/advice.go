package full

import (
	"fmt"
	"io"
	"maps"
	"path"
	"slices"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/repo"
)

// advise says what has to be done with the files that are there.
func advise(w io.Writer, loaded *repo.Repository, chosen *repo.Cluster, imported *repo.Import) {
	fmt.Fprintf(w, "%s: %s for %s\n", chosen.Name, cli.Plural(imported.Graph.Len(), "Kustomization"), path.Join(imported.Graph.Dir(), "*.yaml"))
	if n := len(chosen.Graph.Boundaries()); n > 0 {
		fmt.Fprintf(w, "not followed: %s (fluxdag graph lists them)\n", cli.Plural(n, "boundary"))
	}
	warn(w, chosen, imported)
	superseded(w, loaded, imported)
	if imported.Listing != "" {
		fmt.Fprintf(w, "list the generated files in %s, under resources\n", imported.Listing)
	}
	for _, file := range imported.Emptied {
		fmt.Fprintf(w, "keep %s: nothing is left in it, so write \"buildMetadata: [originAnnotations]\" in place of its resources\n", file)
	}
	for _, dir := range imported.Bare {
		fmt.Fprintf(w, "keep the folder %s: nothing is left in it, so give it a kustomization.yaml with \"buildMetadata: [originAnnotations]\"\n", dir)
	}
	for _, kept := range imported.Kept {
		fmt.Fprintf(w, "keep %s\n", kept)
	}
	for _, other := range loaded.Shared(chosen, imported) {
		fmt.Fprintf(w, "shared: %s\n", other)
	}
}

// warn names what changes where Kustomizations are no longer applied by another one but
// by the sync root: one that prunes deletes them, unless the sync root is the first to
// apply, and one that waits does not wait for them any more.
func warn(w io.Writer, chosen *repo.Cluster, imported *repo.Import) {
	loses := map[string][]string{}
	for v := range imported.Graph.Vertices() {
		for _, parent := range chosen.AppliedBy[v.Key()] {
			if parent != v.Key() && vertexOf(imported.Graph, parent) != nil {
				loses[parent] = append(loses[parent], v.Key())
			}
		}
	}
	for _, parent := range slices.Sorted(maps.Keys(loses)) {
		v, lost := vertexOf(imported.Graph, parent), loses[parent]
		if v.Object().Spec.Prune {
			fmt.Fprintf(w, "first, in a commit of its own: set prune: false on %s, which would delete what it no longer applies: %s\n", parent, few("", lost, width/2))
		}
		if after := imported.Graph.Dependents(v); v.Object().Spec.Wait && len(after) > 0 {
			fmt.Fprintf(w, "order: %s waits for what it applies, and no longer for %s: let what depends on it, such as %s, depend on that too\n", parent, few("", lost, width/2), after[0].Key())
		}
	}
}

func vertexOf(g *dag.Graph, key string) *dag.Vertex {
	namespace, name := path.Split(key)
	return g.Vertex(path.Clean(namespace), name)
}

// superseded lists what the generated files take the place of.
func superseded(w io.Writer, loaded *repo.Repository, imported *repo.Import) {
	if len(imported.Files) > 0 {
		fmt.Fprintln(w, "delete, in the commit that adds the generated files:")
	}
	for _, f := range imported.Files {
		fmt.Fprintf(w, "  %s\n", f)
		if !f.Whole {
			continue
		}
		for _, pos := range loaded.Lists(f.File) {
			fmt.Fprintf(w, "    and its entry at %s\n", pos)
		}
	}
	for _, pos := range imported.Patches {
		fmt.Fprintf(w, "  the patch at %s, which would find nothing\n", pos)
	}
}

// prove reports whether the declaration leaves the cluster as it is. Of what is missing
// nothing can be proved.
func prove(w io.Writer, loaded *repo.Repository, chosen *repo.Cluster, imported *repo.Import, missing dag.Diagnostics) error {
	if len(missing) > 0 {
		fmt.Fprintln(w, notRead)
		return cli.ErrFindings
	}
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
	if n := len(different) - most; n > 0 {
		fmt.Fprintf(w, "differs: %d more\n", n)
	}
	fmt.Fprintf(w, "not verified: %s\n", cli.Plural(len(different), "difference"))
	return cli.ErrFindings
}

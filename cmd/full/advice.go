package full

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/repo"
)

// advise says what has to be done with the files that are there, in the order in which
// it has to be done.
func (i *importing) advise(w io.Writer, loaded *repo.Repository, chosen *repo.Cluster, imported *repo.Import) {
	moved := movedBy(chosen, imported)
	for _, parent := range slices.Sorted(maps.Keys(moved)) {
		if chosen.Graph.Lookup(parent).Object().Spec.Prune {
			fmt.Fprintf(w, "first, in a commit of its own: set prune: false on %s, which would delete what it no longer applies: %s\n", parent, few("", moved[parent], width/2))
		}
	}
	fmt.Fprintf(w, "%s: %s for %s\n", chosen.Name, cli.Plural(imported.Graph.Len(), "Kustomization"), path.Join(imported.Graph.Dir(), "*.yaml"))
	superseded(w, loaded, imported)
	enlist(w, imported)
	i.explainGenerate(w)
	strand(w, chosen, imported)
	reorder(w, chosen, moved)
	for _, kept := range imported.Kept {
		fmt.Fprintf(w, "keep %s\n", kept)
	}
	for _, other := range loaded.Shared(chosen, imported) {
		fmt.Fprintf(w, "shared: %s\n", other)
	}
	if n := len(chosen.Graph.Boundaries()); n > 0 {
		fmt.Fprintf(w, "not followed: %s (%s lists them)\n", cli.Plural(n, "boundary"), i.graphCommand())
	}
}

// enlist says where the generated files go in, and how to keep what would be empty.
func enlist(w io.Writer, imported *repo.Import) {
	if imported.Listing != "" {
		fmt.Fprintf(w, "list the generated files in %s, under resources\n", imported.Listing)
	}
	for _, file := range imported.Emptied {
		fmt.Fprintf(w, "keep %s: nothing is left in it, so write \"buildMetadata: [originAnnotations]\" in place of its resources\n", file)
	}
	for _, dir := range imported.Bare {
		fmt.Fprintf(w, "keep the folder %s: nothing is left in it, so give it a kustomization.yaml with \"buildMetadata: [originAnnotations]\"\n", dir)
	}
}

// explainGenerate says what is missing for the go:generate line to work.
func (i *importing) explainGenerate(w io.Writer) {
	if i.generate == "" && !isDir(i.path, "cmd", "manifests") {
		fmt.Fprintln(w, "go:generate runs cmd/manifests, which is not there: write cmd/manifests/main.go, as main.go in docs/guide.md, with this cluster, or name another command with --generate")
	}
}

// strand names the namespaces that the sync root needs and does not apply.
func strand(w io.Writer, chosen *repo.Cluster, imported *repo.Import) {
	stranded := chosen.Stranded(imported)
	for _, by := range slices.Sorted(maps.Keys(stranded)) {
		names := stranded[by]
		are := "are"
		if len(names) == 1 {
			are = "is"
		}
		fmt.Fprintf(w, "namespaces: %s %s applied by %s: apply them from %s as well (before a rebuild from nothing: the Kustomizations would have no namespace to go to)\n",
			strings.Join(names, ", "), are, by, imported.Graph.Dir())
	}
}

// movedBy lists, by the Kustomization that applied them so far, those that the sync
// root is going to apply. One that prunes deletes them, unless the sync root is the
// first to apply, and one that waits does not wait for them any more.
func movedBy(chosen *repo.Cluster, imported *repo.Import) map[string][]string {
	moved := map[string][]string{}
	for v := range imported.Graph.Vertices() {
		for _, parent := range chosen.AppliedBy[v.Key()] {
			if parent != v.Key() && parent != chosen.SyncRoot() && chosen.Graph.Lookup(parent) != nil {
				moved[parent] = append(moved[parent], v.Key())
			}
		}
	}
	return moved
}

// reorder names what no longer waits for what has moved.
func reorder(w io.Writer, chosen *repo.Cluster, moved map[string][]string) {
	for _, parent := range slices.Sorted(maps.Keys(moved)) {
		v := chosen.Graph.Lookup(parent)
		if v.Object().Spec.Suspend {
			fmt.Fprintf(w, "suspended: %s, so that what it applied, %s, was left alone: it will be reconciled again\n", parent, few("", moved[parent], width/2))
		}
		if after := chosen.Graph.Dependents(v); v.Object().Spec.Wait && len(after) > 0 {
			fmt.Fprintf(w, "order: %s waits for what it applies, and no longer for %s: let what depends on it, such as %s, depend on that too\n", parent, few("", moved[parent], width/2), after[0].Key())
		}
	}
}

// superseded lists what the generated files take the place of: files, entries that name
// them, and what nothing uses without these.
func superseded(w io.Writer, loaded *repo.Repository, imported *repo.Import) {
	if len(imported.Files) > 0 {
		fmt.Fprintln(w, "delete, in the commit that adds the generated files:")
	}
	for _, f := range imported.Files {
		fmt.Fprintf(w, "  %s\n", f)
	}
	for _, u := range loaded.Unlisted(imported) {
		if len(u.Resources) > 0 {
			fmt.Fprintf(w, "  %s: %s %s\n", u.File, plural(len(u.Resources), "entry", "entries"), entries(u.Resources))
		}
		if len(u.Patches) > 0 {
			fmt.Fprintf(w, "  %s: %s %s, which would find nothing\n", u.File, plural(len(u.Patches), "patch", "patches"), entries(u.Patches))
		}
		for _, key := range u.Emptied {
			fmt.Fprintf(w, "  %s: the key %s, which is empty then\n", u.File, key)
		}
		for _, file := range u.Unused {
			fmt.Fprintf(w, "  %s, a patch that nothing uses then\n", file)
		}
	}
}

// entries writes each entry with where it stands in its file.
func entries(all []repo.Entry) string {
	var texts []string
	for _, e := range all {
		texts = append(texts, fmt.Sprintf("%s (%d:%d)", cmp.Or(e.Text, "inline"), e.Position.Line, e.Position.Column))
	}
	return strings.Join(texts, ", ")
}

func plural(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return several
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

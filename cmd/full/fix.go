package full

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/repo"
)

// place identifies an author's document.
type place struct {
	file  string
	index int
}

// mend carries out what --fix can: each document that some Kustomizations come
// from loses the entries that are superfluous for all of them.
func mend(c *cobra.Command, root string, loaded *repo.Repository, dryRun bool) error {
	edits := map[place][]gen.Dependency{}
	documents := map[place]*gen.Document{}
	for _, cluster := range loaded.Clusters {
		for v := range cluster.Graph.Vertices() {
			d := cluster.Documents[v.Key()]
			if d == nil {
				continue
			}
			at, own := place{d.File, d.Index}, superfluous(cluster.Graph, v, d)
			if documents[at] != nil {
				own = slices.DeleteFunc(edits[at], func(e gen.Dependency) bool { return !slices.Contains(own, e) })
			}
			documents[at], edits[at] = d, own
		}
	}
	// The last document of a file first: the lines of the others stay.
	order := slices.SortedFunc(maps.Keys(edits), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.file, b.file), -cmp.Compare(a.index, b.index))
	})
	changed := map[string][]byte{}
	var files []string
	for _, at := range order {
		if len(edits[at]) == 0 {
			continue
		}
		data := changed[at.file]
		if data == nil {
			var err error
			if data, err = os.ReadFile(filepath.Join(root, filepath.FromSlash(at.file))); err != nil {
				return err
			}
		}
		kept, err := editEach(c, documents[at], data, edits[at])
		if err != nil {
			return err
		}
		if changed[at.file] == nil {
			files = append(files, at.file)
		}
		changed[at.file] = kept
	}
	return writeFixes(c, root, files, changed, dryRun)
}

// editEach makes the edits that can be made, and says which cannot.
func editEach(c *cobra.Command, d *gen.Document, data []byte, edits []gen.Dependency) ([]byte, error) {
	var possible []gen.Dependency
	for _, e := range edits {
		if _, err := d.EditDependencies(data, []gen.Dependency{e}); err != nil {
			fmt.Fprintf(c.ErrOrStderr(), "%s: left as it is: %v\n", d.Position(fmt.Sprintf("spec.dependsOn[%d]", e.Index)), err)
			continue
		}
		possible = append(possible, e)
	}
	if len(possible) == 0 {
		return data, nil
	}
	return d.EditDependencies(data, possible)
}

func writeFixes(c *cobra.Command, root string, files []string, changed map[string][]byte, dryRun bool) error {
	for _, file := range files {
		old, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
		if err != nil {
			return err
		}
		if string(old) == string(changed[file]) {
			continue
		}
		if dryRun {
			fmt.Fprint(c.OutOrStdout(), udiff.Unified("a/"+file, "b/"+file, string(old), string(changed[file])))
			continue
		}
		if err := replace(root, file, changed[file]); err != nil {
			return err
		}
		fmt.Fprintln(c.ErrOrStderr(), "fixed", file)
	}
	return nil
}

func replace(root, file string, data []byte) error {
	folder, err := gen.OpenFolder(root, path.Dir(file))
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Replace(file, data)
}

// superfluous lists the entries of dependsOn that can go without changing when v
// is applied: those that its other dependencies imply, those that repeat one, and
// namespaces that are v's own.
func superfluous(g *dag.Graph, v *dag.Vertex, d *gen.Document) []gen.Dependency {
	spec, namespace := v.Object().Spec, v.Object().Namespace
	written := dependenciesOf(d)
	own := func(i int) bool {
		return i < len(written) && written[i] == [2]string{spec.DependsOn[i].Namespace, spec.DependsOn[i].Name}
	}
	key := func(i int) string {
		return cmp.Or(spec.DependsOn[i].Namespace, namespace) + "/" + spec.DependsOn[i].Name
	}
	implied := map[string]bool{}
	for _, u := range g.Dependencies(v) {
		implied[u.Key()] = slices.ContainsFunc(g.Dependencies(v), func(w *dag.Vertex) bool { return w != u && judged(v, w) && implies(g, w, u) })
	}
	seen := map[string]bool{}
	var edits []gen.Dependency
	for i, dep := range spec.DependsOn {
		switch {
		case !own(i) || dep.ReadyExpr != "":
		case seen[key(i)], implied[key(i)]:
			edits = append(edits, gen.Dependency{Index: i})
		case dep.Namespace == namespace:
			edits = append(edits, gen.Dependency{Index: i, Namespace: true})
		}
		seen[key(i)] = true
	}
	return edits
}

// dependenciesOf returns namespace and name of each dependency as the author wrote it: a
// parent's patch may have put others in their place.
func dependenciesOf(d *gen.Document) [][2]string {
	object, _ := d.Object() // none where it cannot be decoded
	spec, _ := object["spec"].(map[string]any)
	entries, _ := spec["dependsOn"].([]any)
	var written [][2]string
	for _, entry := range entries {
		m, _ := entry.(map[string]any)
		namespace, _ := m["namespace"].(string)
		name, _ := m["name"].(string)
		written = append(written, [2]string{namespace, name})
	}
	return written
}

// judged reports whether v waits for w by the built-in check; a readyExpr may hold
// earlier.
func judged(v, w *dag.Vertex) bool {
	for _, dep := range v.Object().Spec.DependsOn {
		if cmp.Or(dep.Namespace, v.Object().Namespace)+"/"+dep.Name == w.Key() && dep.ReadyExpr == "" {
			return true
		}
	}
	return false
}

// implies reports whether a path of built-in checks leads from w to u.
func implies(g *dag.Graph, w, u *dag.Vertex) bool {
	seen := map[*dag.Vertex]bool{w: true}
	for queue := []*dag.Vertex{w}; len(queue) > 0; queue = queue[1:] {
		for _, next := range g.Dependencies(queue[0]) {
			if !judged(queue[0], next) || seen[next] {
				continue
			}
			if next == u {
				return true
			}
			seen[next] = true
			queue = append(queue, next)
		}
	}
	return false
}

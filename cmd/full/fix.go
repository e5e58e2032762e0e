package full

import (
	"bytes"
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

// mending carries out what --fix can.
type mending struct {
	root    string
	edits   map[place][]gen.Dependency
	at      map[place]*gen.Document
	changed map[string][]byte // files
	counts  map[string]fixes  // by file
	kinds   *fixKinds
	left    dag.Diagnostics // what cannot be edited, and why
}

// mend takes out of the documents what is superfluous, or prints what it would take.
func mend(c *cobra.Command, root string, loaded *repo.Repository, kinds *fixKinds, dryRun bool) error {
	m := mending{root: root, kinds: kinds, edits: map[place][]gen.Dependency{}, at: map[place]*gen.Document{},
		changed: map[string][]byte{}, counts: map[string]fixes{}}
	m.collect(loaded)
	if err := m.edit(); err != nil {
		return err
	}
	m.left.Sort()
	for _, l := range m.left {
		fmt.Fprintf(c.ErrOrStderr(), "%s: left as it is: %s\n", l.Position, l.Message)
	}
	return m.write(c, dryRun)
}

// collect finds the entries that are superfluous for all Kustomizations that come from
// a document.
func (m *mending) collect(loaded *repo.Repository) {
	for _, cluster := range loaded.Clusters {
		implied := impliedEdges(cluster.Graph)
		for v := range cluster.Graph.Vertices() {
			d := cluster.Documents[v.Key()]
			if d == nil {
				continue
			}
			at, own := place{d.File, d.Index}, superfluous(implied[v], v, d, m.kinds)
			if m.at[at] != nil {
				own = slices.DeleteFunc(m.edits[at], func(e gen.Dependency) bool { return !slices.Contains(own, e) })
			}
			m.at[at], m.edits[at] = d, own
		}
	}
}

// edit changes the files in memory, of each the last document first: the lines of the
// others stay.
func (m *mending) edit() error {
	order := slices.SortedFunc(maps.Keys(m.edits), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.file, b.file), -cmp.Compare(a.index, b.index))
	})
	for _, at := range order {
		if len(m.edits[at]) == 0 {
			continue
		}
		data, known := m.changed[at.file]
		if !known {
			var err error
			if data, err = os.ReadFile(m.path(at.file)); err != nil {
				return err
			}
		}
		kept, err := m.document(m.at[at], data, m.edits[at])
		if err != nil {
			return err
		}
		m.changed[at.file] = kept
	}
	return nil
}

// document makes those edits of a document that can be made.
func (m *mending) document(d *gen.Document, data []byte, edits []gen.Dependency) ([]byte, error) {
	var possible []gen.Dependency
	for _, e := range edits {
		if _, err := d.EditDependencies(data, []gen.Dependency{e}); err != nil {
			m.left = append(m.left, dag.Diagnostic{Position: d.Position(fmt.Sprintf("spec.dependsOn[%d]", e.Index)), Message: err.Error()})
			continue
		}
		possible = append(possible, e)
	}
	if len(possible) == 0 {
		return data, nil
	}
	edited, err := d.EditDependencies(data, possible)
	if err != nil { // each alone could go, but not all of them
		m.left = append(m.left, dag.Diagnostic{Position: d.Position("spec.dependsOn"), Message: err.Error()})
		return data, nil
	}
	for _, e := range possible {
		m.count(d.File, e)
	}
	return edited, nil
}

func (m *mending) count(file string, e gen.Dependency) {
	n := m.counts[file]
	if e.Namespace {
		n.namespaces++
	} else {
		n.redundant++
	}
	m.counts[file] = n
}

func (m *mending) path(file string) string { return filepath.Join(m.root, filepath.FromSlash(file)) }

func (m *mending) write(c *cobra.Command, dryRun bool) error {
	for _, file := range slices.Sorted(maps.Keys(m.changed)) {
		old, err := os.ReadFile(m.path(file))
		switch {
		case err != nil:
			return err
		case bytes.Equal(old, m.changed[file]):
			continue
		case dryRun:
			fmt.Fprint(c.OutOrStdout(), udiff.Unified("a/"+file, "b/"+file, string(old), string(m.changed[file])))
			fmt.Fprintf(c.ErrOrStderr(), "would fix %s: %s\n", file, m.counts[file])
			continue
		}
		if err := replace(m.root, file, m.changed[file]); err != nil {
			return err
		}
		fmt.Fprintf(c.ErrOrStderr(), "fixed %s: %s\n", file, m.counts[file])
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

package repo

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
	"github.com/tazlab/fluxdag/view"
	"golang.org/x/tools/txtar"
)

// fixture is a repository in a txtar file. Its comment explains it, and gives options
// and what a txtar cannot hold, a line each:
//
//	root FOLDER, artifact-root FOLDER, var NAME=VALUE    as in Options
//	link PATH TARGET                                     a symbolic link
//	unreadable PATH                                      without any permission
//	want                                                 the rest is the expected graph, as brief writes it
type fixture struct {
	archive    *txtar.Archive
	options    Options
	unreadable bool
	want       string
}

// readFixture reads golden/NAME.txtar and writes the repository into a new folder.
func readFixture(t *testing.T, name string) (fixture, string) {
	t.Helper()
	archive, err := txtar.ParseFile(golden.Path(t, name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // so that nobody gets there
		t.Fatal(err)
	}
	unpack(t, dir, archive)
	f := fixture{archive: archive, options: Options{Vars: map[string]string{}}}
	comment, want, _ := strings.Cut(string(archive.Comment), "\nwant\n")
	f.want = want
	for line := range strings.Lines(comment) {
		f.directive(t, dir, strings.Fields(line))
	}
	return f, dir
}

func (f *fixture) directive(t *testing.T, dir string, words []string) {
	t.Helper()
	var err error
	switch {
	case len(words) == 2 && words[0] == "root":
		f.options.Roots = append(f.options.Roots, words[1])
	case len(words) == 2 && words[0] == "artifact-root":
		f.options.ArtifactRoot = words[1]
	case len(words) == 2 && words[0] == "var":
		name, value, _ := strings.Cut(words[1], "=")
		f.options.Vars[name] = value
	case len(words) == 3 && words[0] == "link":
		err = os.Symlink(words[2], filepath.Join(dir, words[1]))
	case len(words) == 2 && words[0] == "unreadable":
		f.unreadable = true
		err = os.Chmod(filepath.Join(dir, words[1]), 0)
		t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, words[1]), 0o755) })
	}
	if err != nil {
		t.Fatal(err)
	}
}

func unpack(t testing.TB, dir string, archive *txtar.Archive) {
	t.Helper()
	for _, file := range archive.Files {
		write(t, dir, file.Name, file.Data)
	}
}

func write(t testing.TB, dir, name string, data []byte) {
	t.Helper()
	target := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(target, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// loaded reads a fixture's repository, and holds that this writes nothing.
func loaded(t *testing.T, name string) (*Repository, fixture) {
	t.Helper()
	f, dir := readFixture(t, name)
	before := stamped(t, dir)
	r, err := f.load(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	if after := stamped(t, dir); !slices.Equal(before, after) {
		t.Errorf("Load wrote into the repository:\n%s\n%s", before, after)
	}
	return r, f
}

// load calls Load, as a user whom permissions hold back where that matters.
func (f fixture) load(t *testing.T, dir string) (*Repository, error) {
	t.Helper()
	if f.unreadable {
		defer asNobody(t)()
	}
	return Load(dir, f.options)
}

// stamped lists what a folder holds, with the times.
func stamped(t testing.TB, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(p string, entry fs.DirEntry, err error) error {
		if entry == nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		data, _ := os.ReadFile(p) // not of a folder, a link or what is unreadable
		all = append(all, fmt.Sprintln(p, info.Mode(), info.Size(), info.ModTime().UnixNano(), string(data)))
		return nil
	})
	if err != nil && !os.IsPermission(err) {
		t.Fatal(err)
	}
	return all
}

// findings prints all that lint would, cluster by cluster.
func findings(r *Repository) string {
	var b strings.Builder
	for _, c := range r.Clusters {
		for _, d := range c.Check() {
			fmt.Fprintf(&b, "%s: %s\n", c.Name, d)
		}
	}
	for _, d := range r.Findings {
		fmt.Fprintln(&b, d)
	}
	return b.String()
}

// viewed returns the JSON of the graph verb.
func viewed(t testing.TB, r *Repository) string {
	t.Helper()
	var clusters []view.Cluster
	for _, c := range r.Clusters {
		appliedBy := map[string]string{}
		for node, parents := range c.AppliedBy {
			appliedBy[node] = parents[0]
		}
		clusters = append(clusters, view.Cluster{Name: c.Name, Root: c.Root, Graph: c.Graph, AppliedBy: appliedBy})
	}
	var b bytes.Buffer
	if err := view.JSON(&b, clusters); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// brief writes clusters down in a form in which a person can write what is expected.
func brief(r *Repository) string {
	var b strings.Builder
	for _, c := range r.Clusters {
		fmt.Fprintf(&b, "cluster %s %s", c.Name, c.Root)
		if c.ArtifactRoot != "." {
			fmt.Fprintf(&b, " artifact %s", c.ArtifactRoot)
		}
		b.WriteString("\n")
		vertices := slices.SortedFunc(c.Graph.Vertices(), func(u, v *dag.Vertex) int { return strings.Compare(u.Key(), v.Key()) })
		for _, v := range vertices {
			fmt.Fprintf(&b, "%s %s %s:%d", v.Key(), v.Object().Spec.Path, v.Position().File, v.Position().Line)
			if parents := c.AppliedBy[v.Key()]; len(parents) > 0 {
				fmt.Fprintf(&b, " by %s", strings.Join(parents, ","))
			}
			b.WriteString("\n")
			for _, dep := range v.Object().Spec.DependsOn {
				to := dep.Namespace + "/" + dep.Name
				if dep.Namespace == "" {
					to = v.Object().Namespace + "/" + dep.Name
				}
				lost := ""
				if namespace, name, _ := strings.Cut(to, "/"); c.Graph.Vertex(namespace, name) == nil {
					lost = " not found"
				}
				fmt.Fprintf(&b, "  needs %s%s\n", to, lost)
			}
			for _, o := range c.Objects[v.Key()] {
				if !isKustomization(o.Group, o.Kind) && !isSource(o.Group, o.Kind) {
					fmt.Fprintf(&b, "  applies %s\n", o.ID())
				}
			}
		}
		for _, boundary := range c.Graph.Boundaries() {
			fmt.Fprintf(&b, "boundary %s %s: %s\n", boundary.Kind, boundary.Node, boundary.What)
		}
	}
	return b.String()
}

package cmd

import (
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tazlab/fluxdag/cmd/internal/git"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestListedAlone holds that no kustomization.yaml is to be edited for a teardown of one
// cluster that another one builds, and that what other clusters have is left out by a patch
// where nothing else does it.
func TestListedAlone(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("git", "init", "-q", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	repository, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		r := &revisions{git: repository, root: dir}
		f := fleet{dir: dir, lists: map[string][]string{}, nodes: map[string]string{}}
		sides := f.draw(t)
		clusters := building(sides)
		var all []plan.Teardown
		for _, s := range sides {
			s.Elsewhere = elsewhere(clusters, s.Name)
			all = append(all, plan.Destroy(s, nil))
		}
		if err := r.placeFiles(plan.Revision{}, clusters, all); err != nil {
			t.Fatal(err)
		}
		for _, d := range all {
			for _, stage := range d.Stages {
				for _, node := range stage.Nodes {
					f.hold(t, d.Name, node)
				}
			}
		}
	})
}

// fleet is a repository of clusters a and b, which may share folders.
type fleet struct {
	dir   string
	lists map[string][]string // by kustomization.yaml
	nodes map[string]string   // by file, its node
}

// draw writes the folders of both clusters, and some that either may build from.
func (f *fleet) draw(t *rapid.T) []plan.Side {
	for i, folder := range []string{"base", "common"} {
		f.fill(t, folder, []string{"../base"}[:i])
	}
	var sides []plan.Side
	for _, name := range []string{"a", "b"} {
		root := "clusters/" + name
		f.fill(t, root, []string{"../../base", "../../common", "../../base/base.yaml", "../../clusters/a"}[:3+len(sides)])
		reads := f.follow(root)
		c := dag.Cluster{Name: name, Dir: root, Defaults: dag.Defaults{Interval: time.Hour, Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}}
		for _, file := range reads {
			if node := f.nodes[file]; node != "" {
				c.Nodes = append(c.Nodes, dag.Declare(dag.Node{Name: node, Path: "./" + node}).At(dag.Position{File: file, Line: 1}))
			}
		}
		sides = append(sides, plan.Side{Name: name, Root: root, Graph: dag.Resolve(c), Reads: func(string) []string { return reads }})
	}
	return sides
}

// fill writes a folder with a node, and a kustomization.yaml that lists it and more, or not.
func (f *fleet) fill(t *rapid.T, folder string, others []string) {
	file := folder + "/" + path.Base(folder) + ".yaml"
	f.nodes[file] = path.Base(folder)
	list := []string{}
	for _, name := range append([]string{path.Base(file)}, others...) {
		if rapid.Bool().Draw(t, "listed") {
			list = append(list, name)
		}
	}
	name := folder + "/kustomization.yaml"
	f.lists[name] = list
	for at, text := range map[string]string{file: "kind: Kustomization\n", name: fmt.Sprintf("resources: [%s]\n", strings.Join(list, ", "))} {
		at = filepath.Join(f.dir, at)
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// follow lists the files and folders that the build of a folder reads.
func (f *fleet) follow(folder string) []string {
	reads := []string{folder}
	for _, name := range f.lists[folder+"/kustomization.yaml"] {
		if at := path.Join(folder, name); path.Ext(at) == "" {
			reads = append(reads, f.follow(at)...)
		} else {
			reads = append(reads, at)
		}
	}
	slices.Sort(reads)
	return slices.Compact(reads)
}

func (f *fleet) hold(t *rapid.T, cluster string, node plan.Removed) {
	other := map[string]string{"a": "clusters/b", "b": "clusters/a"}[cluster]
	reads := f.follow(other)
	for _, name := range node.Listed {
		if slices.Contains(reads, path.Dir(name)) {
			t.Fatalf("%s: %s is built by %s too", node.Node, name, other)
		}
	}
	shared := slices.Contains(reads, node.Position.File)
	if shared != (len(node.Clusters) > 0) || node.Alone != (shared && len(node.Listed) == 0) {
		t.Fatalf("%+v", node)
	}
}

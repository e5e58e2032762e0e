package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// openFolder opens the folder of a cluster's generated files.
func openFolder(root string, c dag.Cluster) (*gen.Folder, error) {
	dir := folderOf(c)
	folder, err := gen.OpenFolder(root, dir)
	if errors.Is(err, fs.ErrNotExist) {
		if near := cli.Nearest(path.Base(dir), siblings(root, dir)); near != "" {
			return nil, cli.Hint(err, "did you mean "+path.Join(path.Dir(dir), near)+"? Cluster.Name decides, or Cluster.Dir")
		}
	}
	return folder, err
}

// siblings names the folders beside dir, dir not among them.
func siblings(root, dir string) []string {
	parent := path.Dir(dir)
	entries, err := os.ReadDir(filepath.Join(root, filepath.FromSlash(parent)))
	if err != nil {
		return nil // it only helps
	}
	var dirs []string
	for _, e := range entries {
		if e.IsDir() && e.Name() != path.Base(dir) {
			dirs = append(dirs, e.Name())
		}
	}
	return dirs
}

// addNeighbours adds what stands beside the generated files to what the cluster
// says of itself.
func addNeighbours(c *dag.Cluster, folder *gen.Folder) {
	c.Externals, c.Unbuilt = slices.Clone(c.Externals), slices.Clone(c.Unbuilt)
	for _, ref := range folder.Neighbours() {
		if folder.Builds(ref.Position().File) {
			c.Externals = append(c.Externals, ref)
		} else {
			c.Unbuilt = append(c.Unbuilt, ref)
		}
	}
}

// shareNoFolder refuses clusters whose folders are one and the same under two
// names, through a symbolic link or a file system that ignores case: each would
// remove the other's files as stale. Those that are not selected count too, for
// the next run may select them.
func (t *tool) shareNoFolder(root string) error {
	var infos []fs.FileInfo
	for i, c := range t.clusters {
		info, err := os.Stat(filepath.Join(root, filepath.FromSlash(folderOf(c))))
		if err != nil {
			info = nil // whoever opens it says why
		}
		for j, other := range infos {
			if info != nil && other != nil && os.SameFile(info, other) {
				return sameFolder(t.clusters[j], t.clusters[i])
			}
		}
		infos = append(infos, info)
	}
	return nil
}

func sameFolder(a, b dag.Cluster) error {
	where := folderOf(a)
	if other := folderOf(b); other != where {
		where += " and " + other
	}
	return cli.Hint(fmt.Errorf("the clusters %q and %q have the same folder, %s", a.Name, b.Name, where), "set Cluster.Dir on one of them")
}

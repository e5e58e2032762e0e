package full

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/internal/terminal"
	"github.com/tazlab/fluxdag/repo"
	"github.com/tazlab/fluxdag/view"
)

// rootHint says how to name the root that graph did not find in a folder, where it can
// say so.
func (r *reading) rootHint(err error, dir string) error {
	if part, ok := errors.AsType[*partError](err); ok {
		return part.hint("draw", "fluxdag graph "+shellWord(part.root))
	}
	if !errors.Is(err, repo.ErrNoRoot) {
		return err
	}
	if root := anyRoot(dir); root != "" {
		return cli.Hint(err, "name the folder that Flux syncs, such as: "+r.graphCommand()+" --root "+shellWord(root))
	}
	return cli.Hint(err, "no file in it holds a Kustomization of Flux: name the root of a repository in which some do, and with --root the folder in it that Flux syncs")
}

// mostRead is up to how large a file is looked into for a Kustomization.
const mostRead = 1 << 20

// anyRoot returns the first of the highest folders with a Kustomization of Flux in a file;
// empty where there is none.
func anyRoot(dir string) string {
	best, depth := "", 0
	_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // what cannot be read was reported, or is no root
		case d.IsDir() && d.Name() == ".git":
			return fs.SkipDir
		case d.IsDir() || !gen.IsYAML(filepath.ToSlash(name)) || !holdsKustomization(name):
			return nil
		}
		rel, err := filepath.Rel(dir, filepath.Dir(name))
		if n := 1 + strings.Count(filepath.ToSlash(rel), "/"); err == nil && (best == "" || n < depth) {
			best, depth = filepath.ToSlash(rel), n
		}
		return nil
	})
	return best
}

func holdsKustomization(name string) bool {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > mostRead {
		return false
	}
	text, err := os.ReadFile(name)
	return err == nil && bytes.Contains(text, []byte("apiVersion: kustomize.toolkit.fluxcd.io/")) && bytes.Contains(text, []byte("kind: Kustomization"))
}

// hintAtRoots says how to draw one of several clusters of a repository.
func (r *reading) hintAtRoots(c *cobra.Command, drawn []view.Cluster) {
	if r.path == "" || len(r.roots) > 0 || len(drawn) < 2 {
		return
	}
	times := map[string]int{}
	for _, cluster := range drawn {
		times[cluster.Root]++
	}
	for _, cluster := range drawn {
		if times[cluster.Root] == 1 {
			fmt.Fprintf(c.ErrOrStderr(), "hint: %d clusters are drawn; one of them alone: %s --root %s\n", len(drawn), terminal.Escape(r.graphCommand()), terminal.Escape(shellWord(cluster.Root)))
			return
		}
	}
}

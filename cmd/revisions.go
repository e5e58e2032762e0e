package cmd

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/cmd/internal/git"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// revisions reads the clusters of revisions.
type revisions struct {
	*tool
	git       *git.Repository
	root      string // of the repository, or of the module in it where Sides is not set
	below     string // from there to what the compiled-in clusters are relative to
	temporary string

	listed map[string][]git.File // by commit
	blobs  map[string][]byte     // by object name; nil where it is no manifest of Flux
	names  []string              // of the files of the work tree
}

// open finds the repository. A program that follows whole repositories looks at all of
// it, one that does not at its own module.
func (p *planning) open(c *cobra.Command, temporary string) (*revisions, error) {
	root, err := cli.Root(c)
	if err != nil {
		if p.Sides != nil {
			root, err = ".", nil // then git says why
		} else {
			return nil, err
		}
	}
	r := &revisions{tool: p.tool, root: root, temporary: temporary, listed: map[string][]git.File{}, blobs: map[string][]byte{}}
	below := cli.BelowGit(root)
	if p.Sides != nil && cli.Directory(c) == "" && below != "" {
		r.below = below
		r.root = filepath.Join(root, strings.Repeat("../", 1+strings.Count(below, "/")))
	} else {
		p.prefix = below
	}
	r.git, err = git.Open(r.root)
	return r, err
}

// resolve finds the two revisions.
func (r *revisions) resolve(base, head string) (b, h plan.Revision, err error) {
	if h, err = r.revision(head); err != nil {
		return b, h, err
	}
	if base != "" {
		b, err = r.revision(base)
		return b, h, err
	}
	tip := h.Commit
	if tip == "" {
		if tip, err = r.git.Commit("HEAD"); err != nil {
			return b, h, err
		}
	}
	b.Name, b.Commit, err = r.git.Base(tip)
	return b, h, err
}

func (r *revisions) revision(name string) (plan.Revision, error) {
	if name == worktree {
		return plan.Revision{Name: name}, nil
	}
	commit, err := r.git.Commit(name)
	return plan.Revision{Name: name, Commit: commit}, err
}

// both reads the two sides.
func (r *revisions) both(c *cobra.Command, base, head plan.Revision) (before, after []plan.Side, err error) {
	if r.Sides == nil {
		return r.declaredSides(base, head)
	}
	if before, err = r.sides(c, base, "base"); err != nil {
		return nil, nil, err
	}
	after, err = r.sides(c, head, "head")
	return before, after, err
}

// sides reads one side.
func (r *revisions) sides(c *cobra.Command, rev plan.Revision, name string) ([]plan.Side, error) {
	if r.Sides == nil {
		_, after, err := r.declaredSides(rev, rev)
		return after, err
	}
	dir := filepath.Join(r.temporary, name)
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	if rev.Commit != "" {
		if err := r.git.Extract(rev.Commit, dir); err != nil {
			return nil, err
		}
		return r.Sides(c, dir)
	}
	if err := r.git.Copy(dir); err != nil {
		return nil, err
	}
	declared, err := r.overlay(dir)
	if err != nil {
		return nil, err
	}
	sides, err := r.Sides(c, dir)
	for i := range sides {
		if o, ok := declared[sides[i].Root]; ok {
			sides[i].Declared, sides[i].Moves, sides[i].Notes = true, o.graph.Moves(), drifted(o.differ)
		}
	}
	return sides, err
}

// overlaid is a compiled-in cluster whose files were put into a copy of the work tree.
type overlaid struct {
	graph  *dag.Graph
	differ int // files that the work tree does not have so
}

// overlay puts what generate would write into a copy of the work tree. It returns the
// compiled-in clusters by their folders.
func (r *revisions) overlay(dir string) (map[string]overlaid, error) {
	declared := map[string]overlaid{}
	at := filepath.Join(dir, filepath.FromSlash(r.below))
	for _, cluster := range r.clusters {
		g := dag.Resolve(cluster)
		if _, err := os.Stat(filepath.Join(r.root, filepath.FromSlash(r.below), filepath.FromSlash(g.Dir()))); err != nil {
			continue // generate would write nothing
		}
		if err := os.MkdirAll(filepath.Join(at, filepath.FromSlash(g.Dir())), 0o755); err != nil { // git keeps no empty folder
			return nil, err
		}
		n, err := generateInto(at, g)
		if err != nil {
			return nil, err
		}
		declared[path.Join(r.below, g.Dir())] = overlaid{g, n}
	}
	return declared, nil
}

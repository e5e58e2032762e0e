package cmd

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/cmd/internal/git"
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
	names  []string              // of the files of the work tree

	declared map[string]string // the names of the compiled-in clusters, by folder
	extracts []Snapshot        // what was read
	drifted  map[string]drift  // by the folders of the compiled-in clusters
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
	if err := cli.Exists(root); err != nil {
		return nil, err
	}
	r := &revisions{tool: p.tool, root: root, temporary: temporary, listed: map[string][]git.File{}, declared: map[string]string{}, drifted: map[string]drift{}}
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
	if base == worktree {
		return b, h, cli.Hint(errors.New("the work tree cannot be the base"), "name a revision: --base REV; the work tree is the head without --head")
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
		before, after, differs, err := r.declaredSides(base, head)
		settle(before, after, differs.has)
		return before, after, err
	}
	old, err := r.extract(base, "base")
	if err != nil {
		return nil, nil, err
	}
	now, declared, err := r.extractHead(head)
	if err != nil {
		return nil, nil, err
	}
	r.declare(old, now)
	if before, err = r.read(c, old, Snapshot{}); err != nil {
		return nil, nil, err
	}
	differs := differing{}
	addDiffering(differs, old.ids, now.ids, func(a, b string) bool { return a == b })
	if after, err = r.read(c, now, Snapshot{Base: before, Differs: differs.has}); err != nil {
		return nil, nil, err
	}
	for i := range after {
		o, ok := declared[after[i].Root]
		if !ok {
			continue
		}
		after[i].Declared, after[i].Moves = true, o.graph.Moves()
		older, err := r.older(base, o.graph, o.files, old.generated(after[i].Root))
		if err != nil {
			return nil, nil, err
		}
		after[i].Notes = slices.Concat(older, driftNote(o.drift))
	}
	for i := range before {
		reads := before[i].Reads
		before[i].Shares = now.shares
		before[i].Changed = func(node string) bool { return slices.ContainsFunc(reads(node), differs.has) }
	}
	for i := range after {
		after[i].Shares = old.shares
		after[i].Edited = func(file string) int {
			if !differs.has(file) {
				return 0
			}
			return firstOther(filepath.Join(old.dir, filepath.FromSlash(file)), filepath.Join(now.dir, filepath.FromSlash(file)))
		}
	}
	settle(before, after, differs.has)
	return before, after, nil
}

// firstOther returns the first line of a file that is not what it is in another one, or 0 where
// one of them cannot be read.
func firstOther(before, after string) int {
	old, err := os.ReadFile(before)
	now, failed := os.ReadFile(after)
	if err != nil || failed != nil {
		return 0
	}
	was, is := strings.Split(string(old), "\n"), strings.Split(strings.TrimSuffix(string(now), "\n"), "\n")
	for i := range is {
		if i >= len(was) || was[i] != is[i] {
			return i + 1
		}
	}
	return len(is)
}

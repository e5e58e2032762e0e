package full

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/cmd"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/plan"
	"github.com/tazlab/fluxdag/repo"
)

// rootsOf returns the values of --root that a revision has, relative to it. They may be
// absolute or relative to the current folder in the repository, as for the other verbs. What
// only the other revision has is for checkSides to see.
func (p *planning) rootsOf(s cmd.Snapshot) []string {
	var roots []string
	for _, root := range p.roots {
		if dir := rootOf(s, root); has(s, dir) {
			roots = append(roots, dir)
		}
	}
	return roots
}

// rootOf returns the folder of a revision that --root means.
func rootOf(s cmd.Snapshot, root string) string {
	dir := path.Clean(filepath.ToSlash(root))
	here := filepath.IsAbs(root) || strings.HasPrefix(dir+"/", "./") || strings.HasPrefix(dir+"/", "../")
	if !here && has(s, dir) {
		return dir
	}
	if rel, ok := below(s.Repository, root); ok {
		return filepath.ToSlash(rel)
	}
	return dir
}

// has reports whether a folder is in a revision.
func has(s cmd.Snapshot, dir string) bool { return filepath.IsLocal(dir) && isDir(s.Folder, dir) }

// checkSides refuses a --root or --artifact-root that no revision has, or that leads to
// nothing in any, and revisions without a cluster.
func (p *planning) checkSides(read []cmd.Snapshot, sides []plan.Side) error {
	inNone := func(dir string) bool {
		return !slices.ContainsFunc(read, func(s cmd.Snapshot) bool { return has(s, dir) })
	}
	if p.artifactRoot != "" && inNone(p.artifactRoot) {
		return cli.Hint(fmt.Errorf("--artifact-root %s: no such folder in %s", p.artifactRoot, namesOf(read)), "name a folder relative to the repository, or leave it out")
	}
	for _, root := range p.roots {
		dir := rootOf(read[len(read)-1], root)
		empty := !slices.ContainsFunc(sides, func(s plan.Side) bool { return s.Root == dir && (s.Graph.Len() > 0 || len(s.Unread) > 0) })
		switch {
		case inNone(dir):
			return p.rootless(fmt.Errorf("--root %s: no such folder in %s", root, namesOf(read)), read, dir)
		case empty:
			return p.rootless(fmt.Errorf("--root %s: no Kustomization of Flux begins there in %s", root, namesOf(read)), read, dir)
		}
	}
	if len(sides) == 0 {
		return p.rootless(fmt.Errorf("%w in %s: no gotk-sync.yaml, no FluxInstance and no Kustomization outside archives", repo.ErrNoRoot, namesOf(read)), read, "")
	}
	return nil
}

// rootless adds what --root should be: what is spelt like the folder that was named, or where
// Flux begins in a revision, or failing that, where a Kustomization is.
func (p *planning) rootless(err error, read []cmd.Snapshot, named string) error {
	var roots []string
	for _, s := range slices.Backward(read) {
		found, err := repo.Load(s.Folder, repo.Options{Declared: s.Declared})
		switch {
		case err == nil:
			for _, c := range found.Clusters {
				roots = append(roots, c.Root)
			}
		case errors.Is(err, repo.ErrNoRoot):
			roots = append(roots, anyRoot(s.Folder))
		}
	}
	roots = slices.DeleteFunc(roots, func(root string) bool { return root == "" || root == named })
	if len(roots) == 0 {
		return cli.Hint(err, "no file in it holds a Kustomization of Flux: name with -C the repository in which some do")
	}
	return cli.Hint(err, cmp.Or(cli.DidYouMean(named, roots), "name the folder that Flux syncs, such as: fluxdag plan --root "+shellWord(roots[0])))
}

// namesOf names the revisions.
func namesOf(read []cmd.Snapshot) string {
	var names []string
	for _, s := range read {
		names = append(names, s.Name)
	}
	return strings.Join(slices.Compact(names), " or ")
}

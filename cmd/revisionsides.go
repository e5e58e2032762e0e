package cmd

import (
	"path"
	"slices"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/plan"
)

// read reads the clusters of a snapshot. A cluster is declared where its files say so, or
// where it is compiled in.
func (r *revisions) read(c *cobra.Command, s *snapshot, in Snapshot) ([]plan.Side, error) {
	in.Name, in.Folder, in.Repository, in.Declared, in.Submodules = s.name, s.dir, r.root, r.declared, s.submodules
	r.extracts = append(r.extracts, in)
	sides, err := r.Sides(c, in)
	for i := range sides {
		_, compiled := in.Declared[sides[i].Root]
		sides[i].Declared = compiled || s.owns(sides[i])
	}
	return sides, err
}

// side reads one revision.
func (r *revisions) side(c *cobra.Command, rev plan.Revision) ([]plan.Side, error) {
	if r.Sides == nil {
		_, after, _, err := r.declaredSides(rev, rev)
		return after, err
	}
	s, _, err := r.extractHead(rev)
	if err != nil {
		return nil, err
	}
	r.declare(s)
	return r.read(c, s, Snapshot{})
}

// extractHead writes a revision into a folder of its own, as generate would leave it where
// it is the work tree. It returns the compiled-in clusters that were put into that as well.
func (r *revisions) extractHead(rev plan.Revision) (s *snapshot, declared map[string]overlaid, err error) {
	if s, err = r.extract(rev, "head"); err == nil && rev.Commit == "" {
		declared, err = r.overlay(s)
	}
	return s, declared, err
}

// declare notes where the compiled-in clusters lie, but for those that are in no revision:
// the program may be another repository's.
func (r *revisions) declare(snapshots ...*snapshot) {
	for _, cluster := range r.clusters {
		folder := path.Join(r.below, folderOf(cluster))
		if slices.ContainsFunc(snapshots, func(s *snapshot) bool { return s.holds(folder) }) {
			r.declared[folder] = cluster.Name
		}
	}
}

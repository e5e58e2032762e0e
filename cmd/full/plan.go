package full

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/plan"
	"github.com/tazlab/fluxdag/repo"
)

// sides reads the clusters of one revision, in a folder, for plan. A revision without a
// sync root has none.
func (r *reading) sides(c *cobra.Command, folder string) ([]plan.Side, error) {
	vars, err := r.variables()
	if err != nil {
		return nil, err
	}
	bar := newProgress(c.ErrOrStderr())
	defer bar.end()
	loaded, err := load(folder, repo.Options{Roots: r.roots, ArtifactRoot: r.artifactRoot, Vars: vars, Digests: true, Progress: bar.show})
	switch {
	case errors.Is(err, repo.ErrNoRoot):
		return nil, nil
	case err != nil:
		return nil, err
	}
	var sides []plan.Side
	for _, cluster := range loaded.Clusters {
		sides = append(sides, sideOf(loaded, cluster))
	}
	return sides, nil
}

// sideOf returns what plan needs to know of a cluster.
func sideOf(loaded *repo.Repository, c *repo.Cluster) plan.Side {
	s := plan.Side{Name: c.Name, Root: c.Root, Graph: c.Graph, Objects: map[string][]plan.Object{}, AppliedBy: c.AppliedBy, SyncRoot: c.SyncRoot()}
	for node, objects := range c.Objects {
		list := make([]plan.Object, 0, len(objects))
		for _, o := range objects {
			list = append(list, plan.Object{Group: o.Group, Kind: o.Kind, Namespace: o.Namespace, Name: o.Name, Digest: o.Digest(), Kept: o.Kept})
		}
		s.Objects[node] = list
	}
	s.Unread = holes(loaded, c)
	return s
}

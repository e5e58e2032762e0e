package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/plan"
)

// found refuses revisions in which there is nothing to plan: a check in CI that looks at
// the wrong folder would never fail.
func (r *revisions) found(sides []plan.Side, names ...string) error {
	if r.CheckSides != nil {
		if err := r.CheckSides(r.extracts, sides); err != nil {
			return err
		}
	}
	if slices.ContainsFunc(sides, func(s plan.Side) bool { return s.Graph != nil && s.Graph.Len() > 0 || len(s.Unread) > 0 }) {
		return nil
	}
	in := strings.Join(slices.Compact(names), " or ")
	if len(r.clusters) == 0 {
		return cli.Hint(errors.New("no Kustomization of Flux in "+in), "name the folder that Flux syncs: --root FOLDER")
	}
	var folders []string
	hint := ""
	for _, cluster := range r.clusters {
		dir := folderOf(cluster)
		folders = append(folders, dir)
		if near := cli.Nearest(path.Base(dir), siblings(r.root, path.Join(r.below, dir))); near != "" {
			hint = cmp.Or(hint, "did you mean "+path.Join(path.Dir(dir), near)+"? ")
		}
	}
	return cli.Hint(fmt.Errorf("no Kustomization of Flux in %s, in %s", strings.Join(folders, ", "), in),
		hint+"Cluster.Name decides the folder, or Cluster.Dir; -C names the repository")
}

package plan

import (
	"path"

	"github.com/tazlab/fluxdag/dag"
)

// pointAtEdits notes, of what is dangerous, the kustomization.yaml that the change edits where the
// file of the node stays as it is, as where that lists it no longer: GitHub shows a message only
// beside a line that the pull request changes.
func (c *comparison) pointAtEdits() {
	if c.head.Edited == nil {
		return
	}
	for i := range c.out.Changes {
		change := &c.out.Changes[i]
		if file := change.Position.File; file != "" && change.dangerous() && c.head.Edited(file) == 0 {
			change.edited = c.listing(file)
		}
	}
}

// listing finds the kustomization.yaml nearest above a file that is edited: it may have listed it.
func (c *comparison) listing(file string) dag.Position {
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		for _, name := range []string{"kustomization.yaml", "kustomization.yml", "Kustomization"} {
			above := path.Join(dir, name)
			if line := c.head.Edited(above); line > 0 {
				return dag.Position{File: above, Line: line, Column: 1}
			}
		}
		if dir == "." || dir == "/" {
			return dag.Position{}
		}
	}
}

package cmd

import (
	"fmt"
	"path"
	"path/filepath"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// drift is how the work tree differs from what generate would write of a compiled-in cluster.
type drift struct {
	graph *dag.Graph
	files []string // that are not there, or otherwise, or stale
}

// driftNote is the note that the work tree is not what the plan is about.
func driftNote(files []string) []string {
	if len(files) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("planned is what generate would write, which is not in the work tree yet (%s)", cli.Plural(len(files), "file"))}
}

// place moves the positions in files that generate has not written yet to the declarations of
// the nodes: whoever follows one, or annotates it, needs a line that is there.
func (r *revisions) place(p *plan.Plan) {
	at := locator{filepath.Join(r.root, filepath.FromSlash(r.below)), map[string]*source{}}
	for _, c := range p.Clusters {
		d := r.drifted[c.Root]
		waiting := map[string]bool{}
		for _, name := range d.files {
			waiting[name] = true
		}
		for i, change := range c.Changes {
			if !waiting[change.Position.File] {
				continue
			}
			if v := d.graph.Lookup(change.Node); v != nil && at.declares(v.Position()) {
				pos := at.field(v.Position(), "")
				pos.File = path.Join(r.below, pos.File)
				c.Changes[i].Position = pos
			}
		}
	}
}

// declares reports whether the source in the repository has a declaration there.
func (l *locator) declares(pos dag.Position) bool {
	if path.Ext(pos.File) != ".go" || !filepath.IsLocal(filepath.FromSlash(pos.File)) {
		return false
	}
	src := l.parse(pos.File)
	return src != nil && src.calls[pos.Line] != nil
}

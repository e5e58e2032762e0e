package gen

import (
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// DocumentFile returns a generated file that is no YAML: name is one of
// [dag.Cluster.Documents], and data what stands in it below the mark of ownership. Flux
// takes no notice of such files: it builds what ends in .yaml or .yml.
func DocumentFile(g *dag.Graph, name string, data []byte) File {
	mark := "<!-- " + strings.TrimPrefix(markStart, "# ") + source(g) + markEnd + " -->\n"
	return File{Path: path.Join(g.Dir(), name), Data: append([]byte(mark), data...)}
}

// source names what the owner edits: the file that declares all nodes, or the folder.
func source(g *dag.Graph) string {
	from := ""
	for v := range g.Vertices() {
		switch o := origin(g, v); {
		case from == "":
			from = o
		case from != o:
			return g.Dir()
		}
	}
	return from
}

// isDocument reports whether a file is one that [DocumentFile] may have made.
func isDocument(name string) bool {
	return slices.Contains([]string{".html", ".md", ".svg"}, path.Ext(name))
}

// bare returns a line that is a comment of HTML as one of YAML, so that one mark is
// looked for.
func bare(line string) string {
	if inside, is := strings.CutPrefix(line, "<!-- "); is {
		return "# " + strings.TrimSuffix(inside, " -->")
	}
	return line
}

// sayOfDocument corrects what is said of a file that Flux never reads.
func (c Change) sayOfDocument(d *dag.Diagnostic) {
	switch {
	case c.Conflict:
		d.Message, d.Hint = "holds merge-conflict markers", healHint
	case c.Kind == Stale:
		d.Message, d.Hint = "stale: no longer among Cluster.Documents", "run generate to remove it"
	}
}

package full

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/repo"
)

// linted is what lint says about one cluster as a whole.
type linted struct {
	Name         string `json:"name"`
	Root         string `json:"root"`
	ArtifactRoot string `json:"artifactRoot"`
	Nodes        int    `json:"nodes"`
	Levels       int    `json:"levels"`
	Edges        int    `json:"edges"`
	Objects      int    `json:"objects"`
	Boundaries   int    `json:"boundaries"`
	// Variables are those whose values only the cluster knows.
	Variables []string `json:"variables"`

	findings string
	graph    string // the command that shows more
	all      bool
}

func newLinted(c *repo.Cluster, found dag.Diagnostics, graph string, all bool) linted {
	l := linted{Name: c.Name, Root: c.Root, ArtifactRoot: c.ArtifactRoot, Nodes: c.Graph.Len(), Levels: len(c.Graph.Levels()),
		Boundaries: len(c.Graph.Boundaries()), Variables: []string{}, graph: graph, all: all}
	for v := range c.Graph.Vertices() {
		l.Edges += len(v.Object().Spec.DependsOn)
		l.Objects += len(c.Objects[v.Key()])
		l.Variables = append(l.Variables, c.Symbolic[v.Key()]...)
	}
	slices.Sort(l.Variables)
	l.Variables = slices.Compact(l.Variables)
	l.findings = l.judgement(found)
	return l
}

// judgement says how many findings there are. Where nothing could be built, that there
// are no more means nothing.
func (l linted) judgement(found dag.Diagnostics) string {
	switch {
	case l.Nodes == 0 || l.Objects > 0 || l.Boundaries == 0 || found.Has(dag.Error):
		return counted(found, l.all)
	case len(found) == 0:
		return nothingBuilt
	}
	return nothingBuilt + "; " + counted(found, l.all)
}

const nothingBuilt = "nothing could be built: what the Kustomizations apply lies behind the boundaries"

// width is that of the summary, where names do not force a wider one.
const width = 100

// Summary says what was looked at, and on lines of their own what is not known and
// how many findings there are.
func (l linted) Summary() string {
	at := l.Root
	if l.ArtifactRoot != "." {
		at += ", artifact " + l.ArtifactRoot
	}
	lines := []string{fmt.Sprintf("%s (%s): %s in %s, %s, %s", l.Name, at, cli.Plural(l.Nodes, "Kustomization"), cli.Plural(l.Levels, "level"),
		cli.Plural(l.Edges, "dependency"), cli.Plural(l.Objects, "object"))}
	if l.Boundaries > 0 {
		lines = append(lines, cli.Plural(l.Boundaries, "boundary")+", not followed: "+l.graph+" lists them")
	}
	if n := len(l.Variables); n > 0 {
		lines = append(lines, l.variables(cli.Plural(n, "variable")+" that only the cluster knows: "))
	}
	return strings.Join(append(lines, l.findings), "\n"+indent)
}

// variables lists those that only the cluster knows, or as many as have room.
func (l linted) variables(lead string) string {
	const hint = " (all with --all)"
	whole := lead + strings.Join(l.Variables, ", ")
	if l.all || len(indent)+len(whole) <= width {
		return whole
	}
	return few(lead, l.Variables, width-len(indent)-len(hint)) + hint
}

const indent = "  "

// few lists what has room behind lead in a line, at least the first name, and says
// how many more there are.
func few(lead string, names []string, room int) string {
	const more = " and 100 more"
	line := lead + names[0]
	for i, name := range names[1:] {
		rest := len(names) - 1 - i
		if end := len(line) + len(", ") + len(name); end > room || rest > 1 && end+len(more) > room {
			return fmt.Sprintf("%s and %d more", line, rest)
		}
		line += ", " + name
	}
	return line
}

package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// LocalChart is the chart of a HelmRelease that lies in the repository that is planned.
type LocalChart struct {
	// Packed tells apart what source-controller makes of it.
	Packed string
	// Files tells apart what lies in its folder.
	Files string
	// Templates are the files from which Helm makes objects, in lines: a hash of what is in it, and its path.
	Templates string
	// Asked tells apart what the HelmChart says.
	Asked string
	// Absent is set where there is none.
	Absent bool
}

// charts says what becomes of releases that a node goes on to apply, and whose charts in this
// repository change: of another name of a chart, what replaces the release is told.
func (c *comparison) charts(v *dag.Vertex, old, now []Object) {
	was := byIdentity(old)
	var gone, fewer, upgraded, still []Object
	var lost []string
	for _, o := range now {
		before, there := was[o.identity()]
		switch {
		case !there || o.Suspended || o.Local.same(before.Local) || before.Local.Packed == "" || o.Local.Packed == "" || len(before.changed(o)) > 0:
		case o.Local.Absent:
			gone = append(gone, o)
		case o.Local.Packed == before.Local.Packed && o.Local.Asked == before.Local.Asked: // else it is packed anew all the same
			still = append(still, o)
		default:
			if less := before.Local.without(o.Local); len(less) > 0 {
				fewer, lost = append(fewer, o), append(lost, less...)
			} else {
				upgraded = append(upgraded, o)
			}
		}
	}
	const from = "The charts of these releases, which lie in this repository, "
	c.chart(Unknown, v, fewer, from+"lack what they had: helm-controller upgrades the releases, and Helm deletes what came of "+few(lost, maxNamed)+", unless other templates make it.")
	c.chart(Content, v, upgraded, from+"change: helm-controller upgrades the releases. What of their templates makes less than before is not told here.")
	c.chart(Content, v, still, from+"change, but not their versions: source-controller makes no new chart of them, and nothing of this arrives until the version changes (reconcileStrategy: ChartVersion).")
	lacks := from + "are not there any more: the releases go on as they are, nothing of them is upgraded, and they are not ready"
	if len(gone) > 0 && v.Object().Spec.Wait {
		c.stick(v, lacks+fmt.Sprintf(", and so is this node (wait: true): %s.", few(named(gone), maxNamed)))
		return
	}
	c.chart(Content, v, gone, lacks+".")
}

func (c *comparison) chart(kind Kind, v *dag.Vertex, releases []Object, effect string) {
	if len(releases) > 0 {
		c.add(Change{Kind: kind, Node: v.Key(), Position: v.Position(), Objects: named(releases), Effect: effect})
	}
}

// same reports whether two charts are the same, by whatever HelmChart they are asked for.
func (l LocalChart) same(other LocalChart) bool {
	l.Asked = other.Asked
	return l == other
}

// without lists the templates that another version of the chart lacks, by any name: Helm compares objects,
// not files.
func (l LocalChart) without(next LocalChart) []string {
	kept := map[string]bool{}
	for _, line := range lines(next.Templates) {
		content, path, _ := strings.Cut(line, " ")
		kept[path], kept[chartOf(path)+" "+content] = true, true
	}
	var lost []string
	for _, line := range lines(l.Templates) {
		if content, path, _ := strings.Cut(line, " "); !kept[path] && !kept[chartOf(path)+" "+content] {
			lost = append(lost, path)
		}
	}
	slices.Sort(lost)
	return lost
}

// chartOf is the chart of a template: the one itself, or one below it.
func chartOf(path string) string { return path[:max(0, strings.LastIndex("/"+path, "/templates/"))] }

func lines(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '\n' })
}

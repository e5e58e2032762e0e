package plan

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// plain reports whether there is nothing to be said of each of the nodes, and whether a title
// has room for all of their names, where there is danger.
func (g group) plain() bool {
	if g.dangerous() && (len(g.members) > maxSteps || len(g.members) > 0 && len(g.title()) > maxTitle) {
		return false
	}
	return !slices.ContainsFunc(g.members, func(c Change) bool {
		return len(c.Objects) > 0 || len(g.Fields) < len(c.shown()) || c.gated() > 0 && g.dangerous()
	})
}

func (c Change) gated() int {
	if c.Gates == nil {
		return 0
	}
	return c.Gates.Count
}

// maxTitle is how many bytes of names stand in a title.
const maxTitle = 400

// maxCalm is how many nodes a text names of a change without danger.
const maxCalm = 30

// lines say what is to be said of the nodes: a line for each that loses objects, and one for
// all of which the same is to be said, in pieces of at most such a length.
func (g group) lines(fits func(string) bool, most int) [][]string {
	var lines [][]string
	var order, singles []string
	labels := map[string][]string{}
	for _, c := range g.members {
		if g.dangerous() && len(c.Objects) > 0 {
			lines = append(lines, []string{c.losing(fits)})
			continue
		}
		own := g.own(c)
		if labels[own] == nil {
			order = append(order, own)
		}
		labels[own] = append(labels[own], g.label(c))
	}
	for _, own := range order {
		names, lead := labels[own], own
		if len(names) == 1 && !g.dangerous() && len(own) < maxWidth/2 {
			singles = append(singles, names[0]+" ("+own+")")
			continue
		}
		if own != "" {
			lead += ": "
		}
		lines = append(lines, g.list(lead, names, most))
	}
	if len(singles) > 0 {
		lines = append(lines, g.list("", singles, most))
	}
	if n := len(lines); !g.dangerous() && n > maxCalm {
		lines = append(lines[:maxCalm], []string{fmt.Sprintf("and %d more", n-maxCalm)})
	}
	return lines
}

// list writes names, in pieces that are not cut off; without danger not all of them.
func (g group) list(lead string, names []string, most int) []string {
	more := ""
	if n := len(names); !g.dangerous() && n > maxCalm+1 {
		names, more = names[:maxCalm], fmt.Sprintf(" and %d more", n-maxCalm)
	}
	var pieces []string
	line := lead + names[0]
	for _, name := range names[1:] {
		if len(line)+len(name) > len(lead)+most {
			pieces, line = append(pieces, line+","), name
			continue
		}
		line += ", " + name
	}
	return append(pieces, line+more)
}

func (g group) label(c Change) string {
	if g.dangerous() && c.gated() > 0 {
		return fmt.Sprintf("%s (gates %d)", c.title(), c.gated())
	}
	return c.title()
}

// own is what is to be said of one node beside its name.
func (g group) own(c Change) string {
	var parts []string
	if len(c.shown()) > len(g.Fields) {
		f := c.shown()[0].short()
		path := strings.TrimSuffix(f.object(), " "+c.Node) + " " + f.name() // many are called like their node
		said := strings.TrimSpace(path) + ": " + f.change()
		if f.Old == restOnly || f.New == restOnly {
			said += " (… is the same in both)"
		}
		parts = append(parts, said)
	}
	if len(c.Objects) > 0 && !(len(parts) > 0 && len(c.Objects) == 1 && c.shown()[0].object() == c.Objects[0]) { // which is named by then
		var names []string // many are called like their node
		for _, o := range c.Objects {
			names = append(names, strings.TrimSuffix(o, " "+c.Node))
		}
		parts = append(parts, few(names, 2))
	}
	return strings.Join(parts, "; ")
}

// restOnly is a path of which all is left out but where it begins.
const restOnly = `"./…"`

// short leaves out the end of a path that stays the same.
func (f Field) short() Field {
	const end = `"`
	if f.Path != "spec.path" {
		return f
	}
	old, now := strings.TrimSuffix(f.Old, end), strings.TrimSuffix(f.New, end)
	for strings.Contains(old, "/") && strings.Contains(now, "/") && path.Base(old) == path.Base(now) {
		old, now = old[:strings.LastIndex(old, "/")], now[:strings.LastIndex(now, "/")]
		f.Old, f.New = old+"/…"+end, now+"/…"+end
	}
	return f
}

// losing names as many objects as fit, the gravest first.
func (c Change) losing(fits func(string) bool) string {
	tail := ""
	if c.gated() > 0 {
		tail = fmt.Sprintf("; gates %d", c.gated())
	}
	line := ""
	for n := maxNamed; n > 0; n-- {
		if line = c.title() + ": " + few(c.Objects, n) + tail; fits(line) {
			break
		}
	}
	return line
}

// total counts the objects of all nodes, and those with which more goes.
func (g group) total() string {
	counts, n := map[string]int{}, 0
	for _, c := range g.members {
		n += len(c.Objects)
		for _, o := range c.Objects {
			kind, _, _ := strings.Cut(o, " ")
			counts[kind]++
		}
	}
	var grave []string
	for _, w := range weights {
		if counts[w.kind] > 0 {
			grave = append(grave, fmt.Sprintf("%d %s", counts[w.kind], w.kind))
		}
	}
	said := plural(n, "object")
	if len(grave) > 0 {
		said += ", of them " + strings.Join(grave, ", ")
	}
	if slices.ContainsFunc(g.members, func(c Change) bool { return len(c.Objects) > maxNamed+1 }) {
		said += cutOff
	}
	return said
}

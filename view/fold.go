package view

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// fold returns a drawing of at most that many boxes, more or less, in which nodes of one
// lane and one folder are one box, or where there are too many lanes, those of several
// lanes one after the other. What is small enough is returned as it is.
func (d *drawing) fold(most int) *drawing {
	most = max(most, 1)
	if len(d.boxes) <= most {
		return d
	}
	lanes := (len(d.lanes) + most - 1) / most
	f := &drawing{Cluster: d.Cluster, found: d.found, limits: d.limits, namespace: d.namespace, usual: d.usual}
	groups, spans := mergeLanes(d.refine(d.byLane(lanes), most))
	for _, s := range spans {
		first, last := s.first*lanes, min((s.last+1)*lanes, len(d.lanes))-1
		title := d.lanes[first]
		if last > first {
			title += " to " + d.lanes[last]
		}
		f.lanes = append(f.lanes, title)
	}
	at := make([]int, len(d.boxes)) // the group of each box
	for g, group := range groups {
		for _, i := range group.members {
			at[i] = g
		}
		f.boxes = append(f.boxes, d.fill(group))
	}
	d.foldArrows(f, at)
	f.dropImplied()
	return f
}

// fill makes a group a box, and a group of one that node.
func (d *drawing) fill(g *group) box {
	if len(g.members) == 1 {
		single := d.boxes[g.members[0]]
		single.lane = g.lane
		return single
	}
	b := box{lane: g.lane, outside: g.outside, members: g.members, key: asWritten(g.folder, d.boxes[g.members[0]]), label: plural(len(g.members), "Kustomization")}
	if b.key != "" {
		b.label = fmt.Sprintf("%s (%d)", printable(b.key), len(g.members))
	}
	for _, part := range d.folders(g) {
		next := strings.TrimPrefix(strings.TrimPrefix(part.folder, g.folder), "/")
		if next, _, _ = strings.Cut(next, "/"); next != "" {
			b.parts = append(b.parts, printable(next))
		}
	}
	for _, i := range g.members {
		m := d.boxes[i]
		b.findings = append(b.findings, m.findings...)
		b.limits = append(b.limits, m.limits...)
		b.critical = b.critical || m.critical
		b.cycle = b.cycle || m.cycle
	}
	return b
}

// asWritten returns a folder with the ./ that the path of a box begins with.
func asWritten(folder string, b box) string {
	if folder != "" && b.vertex != nil && strings.HasPrefix(b.vertex.Object().Spec.Path, "./") {
		return "./" + folder
	}
	return folder
}

// foldArrows makes one arrow of all between two groups. What lies within a group is not
// drawn, and what is wrong with it is told of the group.
func (d *drawing) foldArrows(f *drawing, at []int) {
	index := map[[2]int]int{}
	for _, a := range d.arrows {
		from, to := at[a.from], at[a.to]
		if from == to && f.boxes[to].members != nil {
			f.boxes[to].findings = slices.Concat(f.boxes[to].findings, a.findings)
			continue
		}
		i, known := index[[2]int{from, to}]
		if !known {
			i = len(f.arrows)
			index[[2]int{from, to}] = i
			f.arrows = append(f.arrows, arrow{from: from, to: to})
		}
		g := &f.arrows[i]
		g.edges = append(g.edges, a.edges...)
		g.findings = append(g.findings, a.findings...)
		g.cycle, g.critical = g.cycle || a.cycle, g.critical || a.critical
	}
}

// dropImplied takes out the arrows between boxes that a path of others connects, but for
// those that say something more than that one waits for the other.
func (f *drawing) dropImplied() {
	lead := newLinks(len(f.boxes))
	for _, a := range f.arrows {
		lead.add(a.from, a.to, f.boxes)
	}
	implied := lead.implied()
	var kept []arrow
	for _, a := range f.arrows {
		if implied[[2]int{a.from, a.to}] && a.plain() {
			f.implied = append(f.implied, a)
		} else {
			kept = append(kept, a)
		}
	}
	f.arrows = kept
}

// plain reports whether nothing is special about an arrow.
func (a arrow) plain() bool {
	return !a.critical && a.note() == ""
}

// folderOf returns the path of a box, without what stands for the root.
func (b box) folderOf() string {
	if b.vertex == nil {
		return ""
	}
	return strings.TrimPrefix(path.Clean("/"+b.vertex.Object().Spec.Path), "/")
}

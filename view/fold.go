package view

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// deepest is how many folders of a path a group may be about.
const deepest = 8

// fold returns a drawing of at most that many boxes, more or less, in which nodes of
// one lane and one folder are one box, and where that does not do, nodes of one lane or
// of several lanes one after the other. What is small enough is returned as it is.
func (d *drawing) fold(most int) *drawing {
	most = max(most, 1)
	if len(d.boxes) <= most {
		return d
	}
	for depth := deepest; depth >= 0; depth-- {
		if f := d.group(1, depth); len(f.boxes) <= most {
			return f
		}
	}
	return d.group((len(d.lanes)+most-1)/most, 0)
}

// groupKey is what the members of a group have in common.
type groupKey struct {
	lane    int
	outside bool
	folder  string
}

// group folds the lanes, so many into one, by the first folders of the paths.
func (d *drawing) group(lanes, depth int) *drawing {
	f := &drawing{Cluster: d.Cluster, found: d.found, limits: d.limits, namespace: d.namespace, usual: d.usual}
	for i := 0; i < len(d.lanes); i += lanes {
		title := d.lanes[i]
		if last := min(i+lanes, len(d.lanes)) - 1; last > i {
			title += " to " + d.lanes[last]
		}
		f.lanes = append(f.lanes, title)
	}
	groups := map[groupKey]int{}
	at := make([]int, len(d.boxes)) // the group of each box
	for i, b := range d.boxes {
		key := groupKey{b.lane / lanes, b.outside, ""}
		if b.vertex != nil {
			key.folder = folderAt(b.vertex.Object().Spec.Path, depth)
		}
		g, known := groups[key]
		if !known {
			g = len(f.boxes)
			groups[key] = g
			f.boxes = append(f.boxes, box{lane: key.lane, outside: b.outside, key: asWritten(key.folder, b)})
		}
		at[i] = g
		f.boxes[g].members = append(f.boxes[g].members, i)
	}
	for i := range f.boxes {
		f.boxes[i] = d.fill(f.boxes[i])
	}
	d.foldArrows(f, at)
	return f
}

// folderAt returns the first folders of a path.
func folderAt(p string, depth int) string {
	parts := strings.Split(strings.TrimPrefix(path.Clean("/"+p), "/"), "/")
	return strings.Join(parts[:min(depth, len(parts))], "/")
}

// asWritten returns a folder with the ./ that the path of a box begins with.
func asWritten(folder string, b box) string {
	if folder != "" && b.vertex != nil && strings.HasPrefix(b.vertex.Object().Spec.Path, "./") {
		return "./" + folder
	}
	return folder
}

// fill gives a group its label, and a group of one that node.
func (d *drawing) fill(g box) box {
	if len(g.members) == 1 {
		single := d.boxes[g.members[0]]
		single.lane = g.lane
		return single
	}
	g.label = plural(len(g.members), "Kustomization")
	if g.key != "" {
		g.label = fmt.Sprintf("%s (%d)", printable(g.key), len(g.members))
	}
	for _, i := range g.members {
		b := d.boxes[i]
		g.findings = append(g.findings, b.findings...)
		g.limits = append(g.limits, b.limits...)
		g.critical = g.critical || b.critical
		g.cycle = g.cycle || b.cycle
	}
	return g
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

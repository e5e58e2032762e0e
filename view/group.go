package view

import (
	"slices"
	"strings"
)

// arrowsPerBox is how many arrows a folded picture may have for each box that it may have.
const arrowsPerBox = 2

// group is what becomes one box: nodes of a lane whose paths begin with the same folder.
type group struct {
	lane    int
	outside bool
	folder  string // the longest that all members have
	members []int
	whole   bool // not to be taken apart
}

// byLane makes a group of each lane, or of so many lanes one after the other.
func (d *drawing) byLane(lanes int) []*group {
	var groups []*group
	for i, b := range d.boxes {
		lane := b.lane / lanes
		if last := len(groups) - 1; last < 0 || groups[last].lane != lane || groups[last].outside != b.outside {
			groups = append(groups, &group{lane: lane, outside: b.outside, folder: b.folderOf()})
		}
		g := groups[len(groups)-1]
		g.add(i, b.folderOf())
	}
	return groups
}

// add takes a box in, and shortens the folder to what its path begins with too.
func (g *group) add(i int, folder string) {
	for !below(folder, g.folder) {
		g.folder = g.folder[:max(strings.LastIndexByte(g.folder, '/'), 0)]
	}
	g.members = append(g.members, i)
}

// below reports whether a path is that of a folder, or of one in it.
func below(path, folder string) bool {
	return folder == "" || path == folder || strings.HasPrefix(path, folder+"/")
}

// refine takes the largest group apart by the first folder in which its members differ, and
// again, as long as boxes and arrows stay few and a group holds more than its share.
func (d *drawing) refine(groups []*group, most int) []*group {
	for {
		largest := -1
		for i, g := range groups {
			if !g.whole && len(g.members) > len(d.boxes)/most && (largest < 0 || len(g.members) > len(groups[largest].members)) {
				largest = i
			}
		}
		if largest < 0 {
			return groups
		}
		g := groups[largest]
		parts := d.folders(g)
		g.whole = true
		if len(parts) < 2 || len(groups)-1+len(parts) > most {
			continue
		}
		if finer := slices.Concat(groups[:largest], parts, groups[largest+1:]); d.arrowsBetween(finer) <= arrowsPerBox*most {
			groups = finer
		}
	}
}

// folders takes a group apart by the first folder in which its members differ.
func (d *drawing) folders(g *group) []*group {
	var parts []*group
	index := map[string]*group{}
	for _, i := range g.members {
		folder := d.boxes[i].folderOf()
		next, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(folder, g.folder), "/"), "/")
		if index[next] == nil {
			index[next] = &group{lane: g.lane, outside: g.outside, folder: folder}
			parts = append(parts, index[next])
		}
		index[next].add(i, folder)
	}
	return parts
}

// arrowsBetween counts the arrows that groups would have.
func (d *drawing) arrowsBetween(groups []*group) int {
	at := make([]int, len(d.boxes))
	boxes := make([]box, len(groups))
	for g, group := range groups {
		boxes[g].lane = group.lane
		for _, i := range group.members {
			at[i] = g
		}
	}
	lead, n := newLinks(len(groups)), 0
	for _, a := range d.arrows {
		if from, to := at[a.from], at[a.to]; from != to && lead.add(from, to, boxes) {
			n++
		}
	}
	return n - len(lead.implied())
}

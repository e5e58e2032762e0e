package view

// manyLanes is from how many lanes on a folded picture is wider than a page can show.
const manyLanes = 8

// span is one lane that stands for others in a row.
type span struct{ first, last int }

// mergeLanes makes one lane, and one box, of lanes in a row that have a single box each:
// where there are many lanes, a chain of boxes that are named alike says no more than that.
// What is not in the graph keeps its lane. The groups come, and are returned, by lane.
func mergeLanes(groups []*group) ([]*group, []span) {
	boxes := map[int]int{} // of each lane
	for _, g := range groups {
		boxes[g.lane]++
	}
	single := func(g *group) bool { return len(boxes) > manyLanes && boxes[g.lane] == 1 && !g.outside }
	var merged []*group
	var spans []span
	for i, g := range groups {
		if i > 0 && single(groups[i-1]) && single(g) {
			for _, member := range g.members {
				merged[len(merged)-1].add(member, g.folder)
			}
			spans[len(spans)-1].last = g.lane
			continue
		}
		if i == 0 || g.lane != groups[i-1].lane {
			spans = append(spans, span{g.lane, g.lane})
		}
		merged = append(merged, g)
	}
	at := 0
	for _, g := range merged {
		for g.lane > spans[at].last {
			at++
		}
		g.lane = at
	}
	return merged, spans
}

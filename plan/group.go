package plan

import "strings"

// leastGrouped is from how many changes on that say the same they are told of as one.
const leastGrouped = 4

// grouped joins, for a person, changes that say the same of many nodes and nothing else, at
// the place of the first.
func grouped(changes []Change) []Change {
	nodes := map[string][]string{}
	for _, c := range changes {
		if same := c.sameness(); same != "" {
			nodes[same] = append(nodes[same], c.Node)
		}
	}
	var all []Change
	for _, c := range changes {
		same := c.sameness()
		switch alike := nodes[same]; {
		case same == "" || len(alike) < leastGrouped:
			all = append(all, c)
		case alike[0] == c.Node:
			all = append(all, Change{Kind: c.Kind, Node: few(alike, maxSteps), Fields: c.Fields, Effect: strings.ReplaceAll(c.Effect, c.Node, "each")})
		}
	}
	return all
}

// sameness is what a change says but for the node that it is of; nothing where there is more
// to it.
func (c Change) sameness() string {
	if c.From != "" || len(c.Objects)+len(c.Steps) > 0 || c.Gates != nil && c.Gates.Count > 0 {
		return ""
	}
	return string(c.Kind) + " " + strings.ReplaceAll(c.Effect, c.Node, "each") + text(c.Fields)
}

package plan

import (
	"fmt"
	"slices"
)

// inSeveral says of steps that several clusters have in common, since one file is part of all
// of them: a commit reaches every one, and nothing orders it before what another one waits for.
func inSeveral(clusters []ClusterPlan) {
	type written struct {
		kind             Kind
		file, node, from string
	}
	of := func(ch Change) written { return written{ch.Kind, ch.Position.File, ch.Node, ch.From} }
	names := map[written][]string{}
	for _, c := range clusters {
		for _, ch := range c.Changes {
			if len(ch.Steps) > 0 && ch.Position.File != "" {
				names[of(ch)] = append(names[of(ch)], c.Name)
			}
		}
	}
	for _, c := range clusters {
		for i := range c.Changes {
			ch := &c.Changes[i]
			if others := slices.DeleteFunc(slices.Clone(names[of(*ch)]), func(name string) bool { return name == c.Name }); len(ch.Steps) > 0 && len(others) > 0 {
				ch.Effect += fmt.Sprintf(" The same file is part of %s: before each commit, wait there too.", few(others, 5))
			}
		}
	}
}

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
	deletedToo(clusters, func(rename Change, cluster string) { names[of(rename)] = append(names[of(rename)], cluster) })
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
			if others := slices.DeleteFunc(unique(names[of(*ch)]), func(name string) bool { return name == c.Name }); len(ch.Steps) > 0 && len(others) > 0 {
				ch.Effect += fmt.Sprintf(" The same file is part of %s: before each commit, wait there too.", few(others, 5))
			}
		}
	}
}

// deletedToo takes the steps of a deletion that is a rename in another cluster, of which one file is
// part as well: they delete there what the steps of the rename keep. It tells of which cluster each
// such rename has to wait for too.
func deletedToo(clusters []ClusterPlan, also func(rename Change, cluster string)) {
	type written struct{ file, node string }
	renames, in := map[written]Change{}, map[written][]string{}
	for _, c := range clusters {
		for _, ch := range c.Changes {
			if at := (written{ch.old, ch.From}); ch.Kind == Rename && len(ch.Steps) > 0 && ch.old != "" {
				renames[at], in[at] = ch, append(in[at], c.Name)
			}
		}
	}
	for _, c := range clusters {
		for i := range c.Changes {
			ch := &c.Changes[i]
			at := written{ch.Position.File, ch.Node}
			rename, is := renames[at]
			if ch.Kind != Delete || !is {
				continue
			}
			also(rename, c.Name)
			ch.Steps = nil
			ch.Effect += fmt.Sprintf(" The same file is part of %s, where %s takes its place: go by the steps that are given there, by which nothing is deleted here either, and before each commit, wait here too.", few(in[at], 5), rename.Node)
			if slices.Contains(c.Added, rename.Node) {
				ch.Effect += fmt.Sprintf(" Here, that builds something else: does a patch of this cluster still name %s?", ch.Node)
			}
		}
	}
}

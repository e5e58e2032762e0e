package cmd

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// settle takes out of both sides of every cluster what could be read of neither and is
// the same in both: the change is not about it. A note says so. Of its nodes nothing is
// known. Where that is the folder that Flux begins with, nothing is known at all.
func settle(before, after []plan.Side, differs func(string) bool) {
	for i := range after {
		b := slices.IndexFunc(before, func(s plan.Side) bool { return s.Root == after[i].Root })
		if b < 0 {
			continue
		}
		same := func(d dag.Diagnostic) bool {
			equal := func(other dag.Diagnostic) bool { return d.Compare(other) == 0 }
			return !blinds(d, before[b]) && !blinds(d, after[i]) && slices.ContainsFunc(before[b].Unread, equal) && slices.ContainsFunc(after[i].Unread, equal) &&
				!touched(d, before[b], differs) && !touched(d, after[i], differs)
		}
		files := map[string]bool{}
		shared := slices.DeleteFunc(slices.Clone(after[i].Unread), func(d dag.Diagnostic) bool { return !same(d) })
		for _, d := range shared {
			files[d.Position.File] = true
		}
		if slices.ContainsFunc(after[i].Unread, func(d dag.Diagnostic) bool { return blinds(d, after[i]) && blinds(d, before[b]) }) {
			after[i].Notes = append(after[i].Notes, "what Flux begins with could be read on neither side: of what this change does to the cluster nothing is known here")
		}
		forget(&before[b], shared)
		forget(&after[i], shared)
		if len(files) > 0 {
			after[i].Notes = append(after[i].Notes, "what could not be read is the same on both sides, and nothing of it is in this plan: "+fewOf(files))
		}
	}
}

// blinds reports whether a finding leaves nothing of a cluster but its sync root: what that
// applies is not known.
func blinds(d dag.Diagnostic, s plan.Side) bool {
	if s.Graph == nil || d.Node != s.SyncRoot || d.Field != "spec.path" {
		return false
	}
	rest := s.Graph.Len()
	if s.Graph.Lookup(s.SyncRoot) != nil {
		rest--
	}
	return rest == 0
}

// fewOf names the first files, and how many more there are.
func fewOf(files map[string]bool) string {
	const most = 3
	names := slices.Sorted(maps.Keys(files))
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// touched reports whether anything that a finding is about differs between the sides.
func touched(d dag.Diagnostic, s plan.Side, differs func(string) bool) bool {
	files := []string{d.Position.File}
	for _, r := range d.Related {
		files = append(files, r.Position.File)
	}
	if d.Node != "" && s.Reads != nil {
		files = append(files, s.Reads(d.Node)...)
	}
	return slices.ContainsFunc(files, func(file string) bool { return file == "" || differs(file) })
}

func forget(s *plan.Side, shared dag.Diagnostics) {
	s.Unread = slices.DeleteFunc(slices.Clone(s.Unread), func(d dag.Diagnostic) bool {
		return slices.ContainsFunc(shared, func(other dag.Diagnostic) bool { return d.Compare(other) == 0 })
	})
	for _, d := range shared {
		delete(s.Objects, d.Node)
	}
}

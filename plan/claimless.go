package plan

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// claimless is the change of releases that may lose a claim by their values, as most charts take these.
// An upgrade deletes what the chart no longer makes, unless it is annotated (Update of Helm's kube client).
func (c *comparison) claimless(v *dag.Vertex, fields []Field) {
	var objects, by []string
	vanishing := map[string]int{} // the fields of a block of values that say how a claim is made
	for _, f := range fields {
		if strings.HasPrefix(f.name(), "values.") && f.unclaims(vanishing) {
			objects, by = append(objects, f.object()), append(by, f.object()+" by "+f.name())
		}
	}
	if len(by) > 0 {
		c.add(Change{Kind: Unknown, Node: v.Key(), Position: v.Position(), Objects: unique(objects),
			Effect: "A chart may make no claim any more for " + few(by, maxNamed) + ": Helm deletes one that it made, with the data, unless that has helm.sh/resource-policy: keep, or is of a StatefulSet."})
	}
}

// unclaims reports whether a value that is another one tells that a chart makes no claim any more. Of a
// block of values that is gone, one of which says that of the block.
func (f Field) unclaims(vanishing map[string]int) bool {
	i := strings.LastIndex(f.Path, ".")
	switch block, name := f.Path[:i], f.Path[i+1:]; {
	case name == "enabled":
		return f.Old == "true" && f.New == "false"
	case name == "existingClaim":
		return f.Old == "" && f.New != ""
	case name == "type":
		return f.Old == quoted("persistentVolumeClaim") && f.New != "" && f.New != f.Old
	case slices.Contains([]string{"size", "accessMode", "storageClass"}, name) && f.New == "":
		vanishing[block]++
		return vanishing[block] == 2
	}
	return false
}

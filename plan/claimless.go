package plan

import "strings"

// claimless says which releases may lose a claim by their values, as most charts take these.
// An upgrade deletes what the chart no longer makes, unless it is annotated (Update of Helm's kube client).
func claimless(fields []Field) string {
	var all []string
	for _, f := range fields {
		switch name := f.name()[strings.LastIndex(f.name(), ".")+1:]; {
		case !strings.HasPrefix(f.name(), "values."):
		case name == "enabled" && f.Old == "true" && f.New == "false", name == "existingClaim" && f.Old == "" && f.New != "":
			all = append(all, f.object()+" by "+f.name())
		}
	}
	if len(all) == 0 {
		return ""
	}
	return " A chart may make no claim any more for " + few(all, maxNamed) + ": Helm deletes one that it made, with the data, unless that has helm.sh/resource-policy: keep."
}

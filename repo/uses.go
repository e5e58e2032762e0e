package repo

import "slices"

// uses lists the variables for which a value of [Options.Vars] counts: those that the
// manifests ask for where substituteFrom may bring them from the cluster, and that the
// Kustomization does not set itself.
func (n *node) uses() []string {
	if n.vars == nil || len(n.vars.opaque) == 0 {
		return nil
	}
	own, _ := value(n.object, "spec", "postBuild", "substitute").(map[string]any)
	var names []string
	for name := range n.vars.used {
		if _, set := own[name]; !set && IsSymbolic("${"+name+"}") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

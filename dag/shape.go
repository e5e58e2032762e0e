package dag

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// checkShape records what is wrong with the cluster itself.
func (r *resolver) checkShape() {
	c := r.graph.cluster
	if c.Name == "" {
		r.shape("the cluster has no name", "set Cluster.Name")
	}
	if dir := c.dir(); path.IsAbs(dir) || dir == ".." || strings.HasPrefix(dir, "../") {
		r.shape("the folder "+quote(c.Dir)+" lies outside the repository", "set Cluster.Dir to a path relative to its root")
	}
	if checks, ok := c.Defaults.Ready.(Checks); ok && len(checks.checks) == 0 {
		r.shape("Defaults.Ready is dag.HealthChecks without an object: Flux would check nothing", "name the objects to check, or use dag.Applied()")
	}
	seen := map[string]bool{}
	for _, policy := range c.Policies {
		switch {
		case policy.Code == "" || policy.Check == nil:
			r.shape("the policy "+quote(cmp.Or(policy.Code, policy.Name))+" has no Code or no Check", "set both")
		case seen[policy.Code] || slices.ContainsFunc(Rules(), func(rule Rule) bool { return rule.Code == policy.Code }):
			r.shape("the policy "+policy.Name+" has the code "+policy.Code+", which another rule has", "give it a code of its own, FD4xx")
		}
		seen[policy.Code] = true
	}
}

// problem says why the key cannot be that of a Kustomization, or nothing.
func (k objectKey) problem() string {
	switch {
	case len(validation.IsDNS1123Label(k.namespace)) > 0:
		return "has no valid namespace"
	case len(validation.IsDNS1123Subdomain(k.name)) > 0:
		return "has no valid name"
	}
	return ""
}

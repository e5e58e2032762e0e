package dag

import (
	"cmp"
	"path"
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// checkShape records what is wrong with the cluster itself.
func (r *resolver) checkShape() {
	c := r.graph.cluster
	switch {
	case c.Name == "":
		r.shape("the cluster has no name", "set Cluster.Name")
	case !fileName.MatchString(c.Name):
		r.shape("the name of the cluster, "+quote(c.Name)+", cannot be that of a folder or an argument",
			"use letters, digits, '-', '_' and '.'; Cluster.Dir says where the files go")
	}
	if dir := c.dir(); c.Dir != "" && (path.IsAbs(dir) || dir == ".." || strings.HasPrefix(dir, "../")) {
		r.shape("the folder "+quote(c.Dir)+" lies outside the repository", "set Cluster.Dir to a path relative to its root")
	}
	if checks, ok := c.Defaults.Ready.(Checks); ok && len(checks.checks) == 0 {
		r.shape("Defaults.Ready is dag.HealthChecks without an object: Flux would check nothing", "name the objects to check, or use dag.Applied()")
	}
	r.checkPolicies()
	r.checkDocuments()
}

// policyCode is what distinguishes a cluster's own rules from the built-in ones.
var policyCode = regexp.MustCompile(`^FD4[0-9]{2}$`)

func (r *resolver) checkPolicies() {
	seen := map[string]bool{}
	for _, policy := range r.graph.cluster.Policies {
		name := "the policy " + quote(cmp.Or(policy.Code, policy.Name))
		if policy.Code == "" || policy.Check == nil {
			r.shape(name+" has no Code or no Check", "set both")
			continue
		}
		if !policyCode.MatchString(policy.Code) {
			r.shape(name+" has a code that is not of the form FD4xx: the others are the built-in rules'", "give it a code from FD400 to FD499")
		}
		if policy.Severity < Error || policy.Severity > Information {
			r.shape(name+" has no valid Severity", "set it to dag.Error, dag.Warning or dag.Information")
		}
		if seen[policy.Code] {
			r.shape(name+" stands in Policies twice, or another one has its code", "list it once, under a code of its own")
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

package repo

import (
	"sigs.k8s.io/kustomize/api/resource"
)

// Retention returns, as JSON, what of a StatefulSet's persistentVolumeClaimRetentionPolicy has
// Kubernetes delete claims, whenDeleted and whenScaled, and with which number its pods start, which
// decides that of another revision too. It is empty where nothing of it is written, as claims stay by
// default, and where [Options.Digests] is not set.
func (o *Object) Retention() string { return o.retention }

// retentionOf returns what [Object.Retention] does.
func retentionOf(res *resource.Resource) string {
	spec := member(res.YNode(), "spec")
	if group, _ := groupOf(res.GetApiVersion()); group != "apps" || res.GetKind() != "StatefulSet" {
		return ""
	}
	policy := map[string]string{}
	for _, name := range []string{"whenDeleted", "whenScaled"} {
		if when := member(member(spec, "persistentVolumeClaimRetentionPolicy"), name); when != nil && when.Value == "Delete" {
			policy[name] = when.Value
		}
	}
	if start := member(member(spec, "ordinals"), "start"); start != nil {
		policy["start"] = start.Value
	}
	if len(policy) == 0 {
		return ""
	}
	return written(policy)
}

package plan

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/tazlab/fluxdag/dag"
)

// maxShed is how many claims of one StatefulSet are named.
const maxShed = 50

// retention reads what [Object.Retention] holds.
func (o Object) retention() map[string]string {
	policy := map[string]string{}
	if o.Retention != "" {
		_ = json.Unmarshal([]byte(o.Retention), &policy) // what is no JSON deletes nothing
	}
	return policy
}

// sheds reports whether the claims that were made for a StatefulSet go with it.
func (o Object) sheds() bool {
	return o.retention()["whenDeleted"] == "Delete" && len(templatesOf(o)) > 0
}

// scaled says which claims Kubernetes deletes of StatefulSets that have fewer replicas from now on.
func (c *comparison) scaled(v *dag.Vertex, old, now []Object) {
	var fewer, claims []string
	before := byIdentity(old)
	for _, o := range now {
		if was, there := before[o.identity()]; there && o.Retention != "" && !o.Left {
			if lost := o.shed(was); len(lost) > 0 {
				fewer, claims = append(fewer, o.String()), append(claims, lost...)
			}
		}
	}
	if len(claims) > 0 {
		c.add(Change{Kind: Prune, Node: v.Key(), Position: v.Position(), Objects: claims, Effect: fmt.Sprintf(
			"%s %s fewer replicas, and Kubernetes deletes the claims of those that go (persistentVolumeClaimRetentionPolicy, whenScaled: Delete). Their data goes with them, unless the volume is kept (reclaimPolicy: Retain). To keep them, write whenScaled: Retain in a commit before.",
			few(fewer, 3), verb(len(fewer), "has", "have"))})
	}
}

// shed returns the claims that Kubernetes deletes of a StatefulSet that was another one before.
// Where no replicas are written there is one, unless something scales it: that is not known.
func (o Object) shed(was Object) []string {
	policy := o.retention()
	left, err := strconv.Atoi(factsOf(o)["replicas"])
	had, err2 := strconv.Atoi(cmp.Or(factsOf(was)["replicas"], "1"))
	templates := templatesOf(o)
	if err != nil || err2 != nil || policy["whenScaled"] != "Delete" || len(templates) == 0 {
		return nil
	}
	start, _ := strconv.Atoi(policy["start"]) // none is 0
	var claims []string
	for n := start + max(left, 0); n < start+had && len(claims) < maxShed; n++ {
		for _, template := range templates {
			claims = append(claims, fmt.Sprintf("PersistentVolumeClaim %s/%s-%s-%d", o.Namespace, template, o.Name, n))
		}
	}
	return claims
}

package plan

import (
	"encoding/json"
	"fmt"
	"math"
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

// scaled says which claims Kubernetes deletes of StatefulSets that have fewer replicas from now
// on, or others. One whose replicas are written no longer has one of them, as Kubernetes defaults a
// field that Flux alone wrote, unless something scales it.
func (c *comparison) scaled(v *dag.Vertex, old, now []Object) {
	var fewer, moved, unwritten shed
	before := byIdentity(old)
	for _, o := range now {
		was, there := before[o.identity()]
		if !there { // another node applied it
			was = c.base.fixed(v, o.identity())
			there = was.Kind != ""
		}
		if !there || o.Left || o.retention()["whenScaled"] != "Delete" {
			continue
		}
		had, known := was.pods(1)
		any, known2 := o.pods(math.MaxInt32)
		one, _ := o.pods(1)
		if !known || !known2 {
			continue
		}
		surely := o.claimsLost(had, any)
		if any.first == had.first {
			fewer.add(o, surely)
		} else {
			moved.add(o, surely)
		}
		unwritten.add(o, subtract(o.claimsLost(had, one), surely))
	}
	c.sheds(Prune, v, fewer, verb(len(fewer.sets), "has", "have")+" fewer replicas, and")
	c.sheds(Prune, v, moved, verb(len(moved.sets), "numbers its", "number their")+" pods anew (ordinals.start), and")
	c.sheds(Unknown, v, unwritten, verb(len(unwritten.sets), "does", "do")+" not say any more how many replicas there are. Where nothing scales "+verb(len(unwritten.sets), "it", "them")+", there is one, and")
}

// shed is what is said of StatefulSets together: their names, and the claims that go.
type shed struct{ sets, claims []string }

func (s *shed) add(o Object, claims []string) {
	if len(claims) > 0 {
		s.sets, s.claims = append(s.sets, o.String()), append(s.claims, claims...)
	}
}

// sheds is the change that says what they do, and so are without their claims.
func (c *comparison) sheds(kind Kind, v *dag.Vertex, s shed, does string) {
	if len(s.claims) > 0 {
		c.add(Change{Kind: kind, Node: v.Key(), Position: v.Position(), Objects: s.claims, Effect: fmt.Sprintf(
			"%s %s Kubernetes deletes the claims of those that go (persistentVolumeClaimRetentionPolicy, whenScaled: Delete). Their data goes with them, unless the volume is kept (reclaimPolicy: Retain). To keep them, write whenScaled: Retain in a commit before.",
			few(s.sets, 3), does)})
	}
}

// claimsLost returns the claims of the pods that a StatefulSet had, and has no more.
func (o Object) claimsLost(had, has ordinals) []string {
	templates := templatesOf(o)
	if len(templates) == 0 {
		return nil
	}
	var claims []string
	for n := had.first; n < had.end && len(claims) < maxShed; n++ {
		if has.first <= n && n < has.end {
			n = has.end - 1 // there may be very many
			continue
		}
		for _, template := range templates {
			claims = append(claims, fmt.Sprintf("PersistentVolumeClaim %s/%s-%s-%d", o.Namespace, template, o.Name, n))
		}
	}
	return claims
}

// ordinals are the numbers of the pods of a StatefulSet, the end left out.
type ordinals struct{ first, end int64 }

// pods are the pods of a StatefulSet, where that is known: so many where it does not say how many.
func (o Object) pods(unwritten int64) (ordinals, bool) {
	first, err := number(o.retention()["start"], 0)
	replicas, err2 := number(factsOf(o)["replicas"], unwritten)
	return ordinals{first, first + max(replicas, 0)}, err == nil && err2 == nil
}

// number reads a number of the API, or what is meant where none is written.
func number(s string, unwritten int64) (int64, error) {
	if s == "" {
		return unwritten, nil
	}
	return strconv.ParseInt(s, 10, 32)
}

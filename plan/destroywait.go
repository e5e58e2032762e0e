package plan

import (
	"fmt"
	"math"
	"time"
)

// waitGone returns the commands that end when Kustomizations are gone. They wait longer
// than Flux does for what the Kustomizations applied.
func (d *teardown) waitGone(keys []string) []string {
	timeout := max(15, minutes(d.longest(keys))+5)
	return perNamespace(keys, "kubectl wait", "kustomization/", fmt.Sprintf("--for=delete --timeout=%dm", timeout))
}

// waitPrepared returns the commands that end when Kustomizations have the deletionPolicy.
func waitPrepared(keys []string) []string {
	return perNamespace(keys, "kubectl wait", "kustomization/", "--for=jsonpath='{.spec.deletionPolicy}'=WaitForTermination --timeout=15m")
}

// longest is how long Flux waits at most for what the nodes applied to be gone.
func (d *teardown) longest(keys []string) time.Duration {
	var longest time.Duration
	for _, key := range keys {
		v := d.Graph.Lookup(key)
		if goes, _ := deletes(&v.Object().Spec); goes {
			longest = max(longest, v.Object().GetTimeout())
		}
	}
	return longest
}

// minutes rounds up.
func minutes(d time.Duration) int { return int(math.Ceil(d.Minutes())) }

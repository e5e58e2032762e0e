package plan

import (
	"fmt"
	"slices"
	"strings"
)

// withoutLost says what comes to a halt that is no node: releases that go without their chart's
// source, their values or what they depend on, and what Flux leaves behind when it deletes a
// node whose service account is not there.
func (c *comparison) withoutLost(lost []Object, by string) string {
	cluster := target(c.either(by))
	gone, awaited := map[string]bool{}, map[string]bool{}
	for _, o := range lost {
		if c.heirIn(cluster, o) != "" {
			continue
		}
		if o.Group == sourceGroup || o.Group == "" && o.Kind == "ServiceAccount" && cluster == "" {
			gone[o.String()] = true
		}
		for _, at := range o.awaited() {
			awaited[at] = true
		}
	}
	if len(gone)+len(awaited) == 0 {
		return ""
	}
	var releases, readers, waiting, accounts []string
	for v := range c.head.Graph.Vertices() {
		if c.vanishes(v.Key()) {
			continue
		}
		if name := v.Object().Spec.ServiceAccountName; name != "" && gone["ServiceAccount "+v.Object().Namespace+"/"+name] {
			accounts = append(accounts, v.Key())
		}
		if target(v) != cluster {
			continue
		}
		for _, o := range c.head.Objects[v.Key()] {
			if gone[o.Chart] && !o.release() {
				readers = append(readers, o.String())
			} else if gone[o.Chart] {
				releases = append(releases, o.String())
			} else if o.Awaits != "" && slices.ContainsFunc(strings.Fields(o.Awaits), func(at string) bool { return awaited[at] }) {
				waiting = append(waiting, o.String())
			}
		}
	}
	said := ""
	if slices.Sort(releases); len(releases) > 0 {
		said += fmt.Sprintf(" These find their chart no longer, so nothing of them is upgraded, and they are not ready: %s.", few(slices.Compact(releases), 5))
	}
	if slices.Sort(readers); len(readers) > 0 {
		said += fmt.Sprintf(" These find their source no longer, and do nothing: %s.", few(slices.Compact(readers), 5))
	}
	if slices.Sort(waiting); len(waiting) > 0 {
		said += fmt.Sprintf(" These do not go on without it, and are not ready: %s.", few(slices.Compact(waiting), 5))
	}
	if slices.Sort(accounts); len(accounts) > 0 {
		said += fmt.Sprintf(" These lose their service account: when one of them is deleted, all that it applied stays: %s.", few(accounts, 5))
	}
	return said
}

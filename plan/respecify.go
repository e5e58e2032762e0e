package plan

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// respecified are the commits that change the spec of a node and what it builds, and delete
// nothing of what its new spec keeps. Nothing orders the two in one commit, nor in two that are
// merged one after the other. Where the new spec prunes nothing at all, that goes first; else
// what both build is annotated to be kept, since few folders can be built by both.
func (c *comparison) respecified(key string, l loss, going []Object) []Instruction {
	before, now := c.base.Graph.Lookup(key), c.head.Graph.Lookup(key)
	if now == nil || !l.early && !l.late || c.idle(key) || c.inVain(key) || !c.reached(key) || target(now) != target(before) {
		return nil
	}
	if l.early {
		if steps := c.stopping(now, "What it takes out of what the node builds goes once that is resumed, of which no later plan can tell: leave that out, or where it is meant, let it through with "+letting(Prune, key)+"."); steps != nil {
			return steps
		}
	}
	lost := minus(going, c.head.build(key).Objects)
	var all []moved
	for _, o := range minus(going, lost) {
		all = append(all, moved{o, key})
	}
	if len(all) == 0 {
		return nil
	}
	steps := c.annotated(all, before, now)
	if left := notKept(lost); len(left) > 0 {
		steps[2].Do += fmt.Sprintf(" What it takes out altogether goes with that: leave it out, or where it is meant, let it through with %s: %s.", letting(Prune, key), few(named(left), maxSteps))
	}
	return steps
}

// letting is the option by which a check lets a step through that plan tells as a danger.
func letting(kind Kind, key string) string {
	return "--allow " + Allowance{Kind: kind, Node: key}.String()
}

// annotated are the commits that change the spec of a node while what it builds is kept.
func (c *comparison) annotated(all []moved, before, now *dag.Vertex) []Instruction {
	at := accessTo(now)
	steps := []Instruction{
		{Do: fmt.Sprintf("Commit and merge only this: %s on these, or in spec.commonMetadata.annotations of %s (%s): %s.", keeping, now.Key(), c.in(now), few(namedMoved(all), maxSteps))},
		{Do: "Wait until the cluster shows it." + at.told(), Run: at.waitForAll(all, untilKept)},
		{Do: fmt.Sprintf("Commit and merge what this change does to %s and what it builds, with the annotation.", now.Key())},
	}
	steps = append(steps, untilRespecified(before, now)...)
	return append(steps, Instruction{Do: "Commit and merge: take the annotation off again."})
}

// untilRespecified waits until a node has its new spec, where kubectl can tell it from the old one.
func untilRespecified(before, now *dag.Vertex) []Instruction {
	for _, f := range specFields(before, now) {
		if path, value := differing(f); path != "" {
			return []Instruction{{Do: "Wait until it has its new spec.", Run: waitFor(now.Key(), "jsonpath='{."+path+"}'="+shell(value))}}
		}
	}
	return nil
}

// differing finds a value that kubectl can wait for in what a field has become.
func differing(f Field) (path, value string) {
	var old, now any
	if json.Unmarshal([]byte(f.New), &now) != nil || !strings.HasPrefix(f.Path, "spec.") {
		return "", ""
	}
	_ = json.Unmarshal([]byte(f.Old), &old) // it may be new
	return leaf(f.Path, old, now)
}

// leaf returns the first value below a path that differs and that is a plain one.
func leaf(path string, old, now any) (string, string) {
	switch now := now.(type) {
	case map[string]any:
		before, _ := old.(map[string]any)
		for _, name := range sortedKeys(now) {
			if at, value := leaf(path+"."+strings.ReplaceAll(name, ".", `\.`), before[name], now[name]); at != "" {
				return at, value
			}
		}
	case []any:
		before, _ := old.([]any)
		for i := range now {
			var was any
			if i < len(before) {
				was = before[i]
			}
			if at, value := leaf(fmt.Sprintf("%s[%d]", path, i), was, now[i]); at != "" {
				return at, value
			}
		}
	case string:
		if now != old && now != "" && !strings.ContainsAny(now, "\n'{}") {
			return path, now
		}
	case bool:
		if now != old && now {
			return path, "true"
		}
	}
	return "", ""
}

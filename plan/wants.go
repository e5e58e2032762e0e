package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// want is what a HelmRelease is not ready without, and that nothing here has.
//
// helm-controller gets what is in its dependsOn first ("unable to get '…' dependency"), and then
// waits for the chart, which source-controller fetches from its source: before, nothing is installed
// or upgraded, and the release is not ready (reconcileRelease).
type want struct {
	release, what Object
	by            string // what may bring it, from beyond a boundary
	hint          string // what may have been meant
	certain       bool   // nothing brings it but a person
}

// sourced reports whether all that the releases of the base are not ready without is here: else more of
// that is made elsewhere, as where a repository holds the part of a team.
func (c *comparison) sourced() bool {
	if c.wholly == nil {
		all := true
		for _, o := range c.base.applied() {
			if o.release() {
				all = all && !slices.ContainsFunc(o.requires(), func(need Object) bool { return need.Group == sourceGroup && need.serves() && !c.there("", need) })
			}
		}
		c.wholly = &all
	}
	return *c.wholly
}

// wants are those of what a node applies. What the base uses is there. Secrets and ConfigMaps are often
// made by hand, and charts by controllers: of these nothing but a hint tells a slip.
func (c *comparison) wants(v *dag.Vertex) []want {
	if target(v) != "" || v.Object().Spec.Suspend || !c.tells() || c.generates() {
		return nil
	}
	var all []want
	for _, o := range c.head.Objects[v.Key()] {
		if !o.release() || o.Suspended {
			continue
		}
		for _, need := range o.requires() {
			if !c.foreign("", need) {
				continue
			}
			w := want{release: o, what: need, by: c.bringer(need.Namespace, nil), hint: c.hint(need)}
			w.certain = w.by == "" && (w.hint != "" || c.sourced())
			if w.hint != "" || w.by == "" && (need.release() || need.Group == sourceGroup && need.serves()) {
				all = append(all, w)
			}
		}
	}
	return all
}

// awaitsRelease reports whether a node is ready only when a HelmRelease is that it applies.
func awaitsRelease(v *dag.Vertex, o Object) bool {
	return v.Object().Spec.Wait || checks(v, target(v), o)
}

// mostWants bounds of how many releases of a node that is said.
const mostWants = 3

// wanting says which releases of a node lack something, where that is no cause for the node itself
// to stand still, or is not certain.
func (c *comparison) wanting(v *dag.Vertex) string {
	all := slices.DeleteFunc(c.wants(v), func(w want) bool { return w.certain && awaitsRelease(v, w.release) })
	said := ""
	for _, w := range all[:min(len(all), mostWants)] {
		then := "installed"
		if c.base.ownerIn("", w.release) != "" {
			then = "upgraded any more"
		}
		if w.by != "" {
			said += fmt.Sprintf(" %s names %s, which is not found here, and may come from %s: if it does not exist, the release is not %s.%s", w.release, w.what, w.by, then, w.hint)
		} else {
			said += fmt.Sprintf(" %s names %s, which is not found here: unless somebody makes that by hand, the release is not %s.%s", w.release, w.what, then, w.hint)
		}
	}
	if more := len(all) - mostWants; more > 0 {
		said += fmt.Sprintf(" So it is %s more.", plural(more, "time"))
	}
	return said
}

// hint says what may be meant by the name of an object that is nowhere: one of nearly that name, or
// of that name in another namespace, of what is no ConfigMap or Secret.
func (c *comparison) hint(o Object) string {
	said, asked := c.hints[o]
	if asked || len(c.hints) == mostSlips {
		return said
	}
	if c.hints == nil {
		c.hints = map[Object]string{}
	}
	meant, elsewhere := nearestTo(o.Name), ""
	if o.Kind == "Secret" { // those of siblings, which are made by hand, are often near
		meant.least = min(meant.least, 1)
	}
	offer := func(k identity) {
		switch {
		case k.Group != o.Group || k.Kind != o.Kind:
		case k.Namespace == o.Namespace:
			meant.offer(k.Name, k.String())
		case o.Group != "" && k.Name == o.Name && (elsewhere == "" || k.Namespace < elsewhere):
			elsewhere = k.Namespace
		}
	}
	for k := range c.knows[""] {
		offer(k)
	}
	for _, s := range []*side{c.base, c.head} {
		for what := range s.provided {
			if made, is := what.made(); is {
				offer(made)
			}
		}
	}
	switch {
	case meant.found != "":
		said = fmt.Sprintf(" Did you mean %s?", meant.found)
	case elsewhere != "":
		said = fmt.Sprintf(" There is one in namespace %s.", elsewhere)
	}
	c.hints[o] = said
	return said
}

package plan

import (
	"fmt"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// inheritance is what becomes of the objects of a node in whose place another one comes.
type inheritance struct {
	from, to *dag.Vertex
	// taken are applied by both, left by the old one and by no other, fresh by the new one.
	taken, left, fresh []Object
	// parted are applied by other nodes, which partedTo names.
	parted   []Object
	partedTo string
	// joined are new to the new one, and applied so far by other nodes, which joinedFrom names.
	joined     []Object
	joinedFrom string
	// unwritten are objects that the new one, or another, leaves as they are where they are there.
	unwritten []moved
	// known is set where these are all, apart where left is certain at least.
	known, apart bool
}

func (c *comparison) inherit(from, to *dag.Vertex) inheritance {
	old, whole := c.base.applies(from.Key())
	now, wholeNow := c.head.applies(to.Key())
	h := inheritance{from: from, to: to, known: whole && wholeNow, apart: wholeNow}
	if target(from) != target(to) {
		h.left = old
		c.merge(&h, now)
		return h
	}
	c.merge(&h, minus(now, old))
	gone := minus(old, now)
	h.taken = minus(old, gone)
	h.parted, h.partedTo = c.applied(gone, func(o Object) string { return c.builder(o, from.Key()) })
	h.left = slices.DeleteFunc(gone, func(o Object) bool { return c.builder(o, from.Key()) != "" })
	h.unwritten = c.unwritten(old, from.Key())
	return h
}

// merge parts what is new to the new one: what another node applies so far has its data.
func (c *comparison) merge(h *inheritance, fresh []Object) {
	h.joined, h.joinedFrom = c.applied(fresh, func(o Object) string { return c.base.owner(h.to, o) })
	h.fresh = minus(fresh, h.joined)
}

// renames reports whether the objects go over, as far as that is known: else it is another
// application, and the data of the old one has to be migrated.
func (h inheritance) renames() bool {
	switch {
	case h.apart && slices.ContainsFunc(h.left, Object.stateful):
		return false
	case h.known && len(h.left) > 0:
		return len(h.taken) > 0
	}
	return true
}

// differs says which objects only one of the two applies; nothing where there are none.
func (h inheritance) differs() string {
	said := ""
	if h.apart && len(h.left) > 0 {
		said = fmt.Sprintf(" Of it, %s does not apply %s: %s.", h.to.Key(), plural(len(h.left), "object"), few(named(h.left), maxNamed))
	}
	if h.apart && len(h.parted) > 0 {
		said += fmt.Sprintf(" Of it, %s by %s: %s.", areApplied(len(h.parted)), h.partedTo, few(named(h.parted), maxNamed))
	}
	if h.known && len(h.fresh) > 0 {
		empty := ""
		if slices.ContainsFunc(h.fresh, Object.stateful) {
			empty = ", without data at first"
		}
		said += fmt.Sprintf(" New in %s%s: %s.", h.to.Key(), empty, few(named(h.fresh), maxNamed))
	}
	if h.known && len(h.joined) > 0 {
		said += fmt.Sprintf(" Of what %s applies, %s so far by %s: %s.", h.to.Key(), areApplied(len(h.joined)), h.joinedFrom, few(named(h.joined), maxNamed))
	}
	return said
}

// migrate says that there are no steps that keep the data, and which fields make it so.
func (h inheritance) migrate() string {
	said := " So the objects are not renamed with it: their data has to be migrated."
	var naming []string
	for _, f := range renamedFields(h.from, h.to) {
		if slices.Contains([]string{"spec.postBuild", "spec.targetNamespace", "spec.namePrefix", "spec.nameSuffix", "spec.patches", "spec.components", "spec.kubeConfig", "spec.path"}, f.Path) {
			naming = append(naming, f.Path)
		}
	}
	if len(naming) > 0 {
		said += " To keep them, rename it without changing " + joined(naming) + "."
	}
	return said
}

// abandons says of the old one's objects, which stay, what becomes of those that the new one
// does not apply.
func (h inheritance) abandons() string {
	said := ""
	if h.apart && len(h.left) > 0 {
		said = fmt.Sprintf(" What %s does not apply stays, and nothing updates or deletes it any more: %s.", h.to.Key(), few(named(h.left), maxNamed))
		if slices.ContainsFunc(h.left, Object.stateful) {
			said += " Its data does not go over."
		}
		h.left = nil
	}
	more := ""
	if said += h.differs(); said != "" {
		more = "else "
	}
	if !h.known {
		said += fmt.Sprintf(" What %s%s applied, and %s does not, is not known here: it stays, with no owner.", more, h.from.Key(), h.to.Key())
	}
	return said
}

// maxDeletes is how many objects a printed command deletes.
const maxDeletes = 3

// rest are the steps behind a rename that see to what the new node does not apply.
func (c *comparison) rest(h inheritance) []Instruction {
	switch {
	case !h.known && h.to != nil && h.to.Object().Spec.Suspend:
		return nil // all of it has the old labels until that is resumed
	case !h.known:
		return append(relabelled(h.unwritten, h.from), stillLabelled(h.from))
	}
	steps := relabelled(h.unwritten, h.from)
	needed, left := c.needed(h.from.Key(), h.left)
	if len(needed) > 0 {
		steps = append(steps, Instruction{Do: "Let a node apply these, which nothing owns any more and others need, and do not delete them: " + few(needed, maxNamed) + "."})
	}
	if len(left) > 0 {
		steps = append(steps, discard(accessTo(h.from), left))
	}
	return steps
}

// discard is the step that deletes what nothing owns any more.
func discard(at access, left []Object) Instruction {
	names := few(named(left), maxNamed) + "."
	if slices.ContainsFunc(left, Object.stateful) {
		return Instruction{Do: "Migrate the data of these, which nothing owns any more, and delete them by hand: " + names + at.told()}
	}
	step := Instruction{Do: "Nothing owns these any more. Delete by hand what is not wanted: " + names}
	if len(left) > maxDeletes {
		step.Do += at.told()
		return step
	}
	var commands []string
	for _, o := range left {
		commands = append(commands, at.kubectl()+" delete "+o.resource())
	}
	step.Do, step.Run = step.Do+at.told(), strings.Join(commands, " && ")
	return step
}

// stillLabelled finds what a node applied and no other one has taken over.
func stillLabelled(v *dag.Vertex) Instruction {
	namespace, name := splitKey(v.Key())
	label, at := kustomizev1.GroupVersion.Group+"/", accessTo(v)
	return Instruction{Do: "Look for what still has the labels of the old one: nothing owns it any more." + at.told(),
		Run: at.kubectl() + ` get "$(` + at.kubectl() + ` api-resources --verbs=list -o name | paste -sd, -)" -A -l ` + shell(label+"name="+name+","+label+"namespace="+namespace)}
}

package plan

import (
	"fmt"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// What an annotation, or a label, has Flux leave as it is (kustomize.toolkit.fluxcd.io/ssa: IfNotPresent,
// or Ignore, or reconcile: disabled), it never writes to while it is there (fluxcd/pkg/ssa,
// shouldSkipApply). So no other node takes it over: the labels of the new owner never get onto it, nor an
// annotation of its file; and the old owner deletes what has its labels, whoever comes first (ssa,
// ResourceManager.Delete, by DeleteOptions.Inclusions).

// unwritten are the objects that nodes of head, other than by, leave as they are.
func (c *comparison) unwritten(objects []Object, by string) []moved {
	var all []moved
	for _, o := range objects {
		if to := c.builder(o, by); to != "" && c.head.spares[to][o.identity()] {
			all = append(all, moved{o, to})
		}
	}
	return all
}

// surelyGone are those of them that by deletes for certain: nobody but it can have made them.
func (c *comparison) surelyGone(objects []Object, by string) []moved {
	return slices.DeleteFunc(c.unwritten(objects, by), func(m moved) bool { return c.beside(m.Object, m.to) })
}

// leftThere says of what a node deletes that no other one takes it over.
func (c *comparison) leftThere(objects []Object, by string) string {
	all := c.surelyGone(objects, by)
	if len(all) == 0 {
		return ""
	}
	var heirs []string
	for _, m := range all {
		heirs = append(heirs, m.to)
	}
	heirs = unique(heirs)
	n := len(all)
	said := fmt.Sprintf(" Nobody takes over %s: %s %s %s, but Flux never writes to %s while %s there (%s), and so %s the labels of %s.",
		few(namedMoved(all), maxNamed), few(heirs, 3), verb(len(heirs), "applies", "apply"), it(n), it(n), verb(n, "it is", "they are"), sparing, verb(n, "it keeps", "they keep"), by)
	if slices.ContainsFunc(all, func(m moved) bool { return !m.Left }) {
		said += fmt.Sprintf(" To keep %s, move %s as in the base, and have Flux leave %s as %s in a commit behind.", it(n), it(n), it(n), verb(n, "it is", "they are"))
	}
	return said
}

// sparing is by what Flux leaves an object as it is.
const sparing = "kustomize.toolkit.fluxcd.io/ssa, or reconcile"

func it(n int) string { return verb(n, "it", "them") }

// relabel gives the step that keeps what no node takes over. What the base has Flux leave as well
// keeps the labels that a person gives it.
func (c *comparison) relabel(change *Change, objects []Object, by string) {
	all := slices.DeleteFunc(c.surelyGone(objects, by), func(m moved) bool { return !m.Left })
	if len(all) == 0 {
		return
	}
	steps := relabelled(all, c.either(by))
	steps[0].Do += " No plan can tell that it is done: let the change through with " + letting(change.Kind, by) + "."
	steps[0].moves = true
	if change.Steps == nil {
		steps = append(steps, Instruction{Do: "Commit and merge this change."})
	}
	change.Steps = append(steps, change.Steps...)
}

// relabelled is the step that gives objects the labels of their new owner.
func relabelled(all []moved, from *dag.Vertex) []Instruction {
	if len(all) == 0 {
		return nil
	}
	at, label := accessTo(from), kustomizev1.GroupVersion.Group+"/"
	var commands []string
	for _, m := range all {
		namespace, name := splitKey(m.to)
		commands = append(commands, at.kubectl()+" label --overwrite "+m.resource()+" "+label+"name="+shell(name)+" "+label+"namespace="+shell(namespace))
	}
	return []Instruction{{Do: fmt.Sprintf("Give %s by hand the labels of the new owner, since Flux does not: only the owner by these deletes %s.", few(namedMoved(all), maxSteps), it(len(all))) + at.told(), Run: strings.Join(commands, " && ")}}
}

// unchanging says which objects have another content in their files that Flux does not apply.
func (c *comparison) unchanging(v *dag.Vertex, left []Object) {
	if n := len(left); n > 0 && !v.Object().Spec.Suspend {
		c.add(Change{Kind: Content, Node: v.Key(), Position: v.Position(), Objects: named(left),
			Effect: fmt.Sprintf("%s %s other content in the files, which does not arrive: Flux never writes to %s while %s there (%s).", plural(n, "object"), verb(n, "has", "have"), it(n), verb(n, "it is", "they are"), sparing)})
	}
}

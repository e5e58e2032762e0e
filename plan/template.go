package plan

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// mates are the other nodes that a node's document makes too, as one does that lies in a component
// of several and has a variable in its name. What is written in it is written for all of them. What
// a declaration makes in a loop is another matter.
func (s *side) mates(v *dag.Vertex) []string {
	if s.makes == nil {
		s.makes = map[dag.Position][]string{}
		for u := range s.Graph.Vertices() {
			if at := u.Position(); at.Line > 0 && path.Ext(at.File) != ".go" {
				s.makes[at] = append(s.makes[at], u.Key())
			}
		}
	}
	return subtract(unique(s.makes[v.Position()]), []string{v.Key()})
}

// madeWith is that of a node of either side.
func (c *comparison) madeWith(v *dag.Vertex) []string {
	if c.head.Graph.Lookup(v.Key()) == v {
		return c.head.mates(v)
	}
	return c.base.mates(v)
}

// in names the file in which a node is changed, and what to mind of it.
func (c *comparison) in(v *dag.Vertex) string {
	return fileOf(v) + c.alone(v, "set it for this one alone, by a patch in what applies it")
}

// from names the file from which a node is deleted, and what to mind of it.
func (c *comparison) from(v *dag.Vertex) string {
	return fileOf(v) + c.alone(v, "leave out this one alone, by $patch: delete in what applies it")
}

func (c *comparison) alone(v *dag.Vertex, how string) string {
	if others := c.madeWith(v); len(others) > 0 {
		return fmt.Sprintf(" (that makes %s too: %s)", few(others, maxSteps), how)
	}
	return ""
}

// making are the nodes, not gone by then, that the document of one makes too.
func (d *teardown) making(v *dag.Vertex) []string {
	return slices.DeleteFunc(d.mates(v), func(key string) bool { return d.gone[key] })
}

// noteMade says of nodes to prepare that their documents make others, which are not to be prepared.
func (d *teardown) noteMade() {
	var alone []string
	for _, key := range d.out.Prepare {
		if len(subtract(d.mates(d.Graph.Lookup(key)), d.out.Prepare)) > 0 {
			alone = append(alone, key)
		}
	}
	if len(alone) > 0 {
		d.note("to set deletionPolicy first, leave the documents of these as they are, which make other nodes too: set it by a patch in what applies these alone: %s", strings.Join(alone, ", "))
	}
}

// aloneText says how to leave a node out whose document makes others that stay or go later. Patches
// are applied before variables are substituted (kustomize-controller, build).
func (r Removed) aloneText(few func(names []string, most int) string) string {
	where := "in a kustomization.yaml that makes only this one"
	if len(r.Patch) > 0 {
		where = "in spec.patches of " + few(r.Patch, maxNamed) + ", or " + where
	}
	return " too: leave it as it is. Leave out this one alone: by $patch: delete (of the name as it stands in the document) " + where + "; or without the component that brings it, where that brings nothing else"
}

package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// replaced says what becomes of such objects: they are deleted all the same, or Flux fails.
func (c *comparison) replaced(v *dag.Vertex) {
	var releases, guessed, resting, sets, forced, given, refused, classified, bound []replacement
	for _, r := range c.replacements(v) {
		switch {
		case r.guessed():
			guessed = append(guessed, r)
		case r.now.Group == helmGroup && r.now.Suspended:
			resting = append(resting, r)
		case r.now.Group == helmGroup:
			releases = append(releases, r)
		case r.now.Group == operatorGroup:
			sets = append(sets, r)
		case r.forced:
			forced = append(forced, r)
		case r.refused() && !v.Object().Spec.Suspend && c.giver(v.Key(), r) != "":
			given = append(given, r)
		case r.refused() && !v.Object().Spec.Suspend:
			refused = append(refused, r)
		case r.classified() && !v.Object().Spec.Suspend:
			classified = append(classified, r)
		case r.bound() && !v.Object().Spec.Suspend:
			bound = append(bound, r)
		}
	}
	c.replace(Prune, v, releases, "helm-controller uninstalls the release, with all that is in it, claims too, and installs another (ReleaseTargetChanged).")
	c.replace(Unknown, v, guessed, guessedEffect(guessed))
	c.replace(Prune, v, resting, "When it is resumed, helm-controller uninstalls the release, with all that is in it, claims too, and installs another (ReleaseTargetChanged): no plan of that commit can know it.")
	c.replace(Unknown, v, sets, setsEffect(sets))
	c.replace(Prune, v, forced, "Flux deletes these and creates them anew, with another content of what cannot be changed in place (force)"+interruption(nows(forced), true)+abandoned(forced))
	c.replace(Stuck, v, given, c.givenUp(v, given))
	c.replace(Stuck, v, refused, "The API server refuses to change "+immutableFields(refused)+": Flux fails, and applies nothing of this node any more until that is taken back."+instead(refused)+" Where the base was refused too, this may take that back: plan with the last commit that Flux applied as --base.", orphan(v, refused)...)
	c.replace(Content, v, classified, "These claims get a class written that had none written. Where the cluster gave them another one when they were made (its default class), the API server refuses that: Flux fails, and applies nothing of this node any more until it is taken back. kubectl get persistentvolumeclaim shows the class that they have.")
	c.replace(Content, v, bound, "These claims get a volume written that had none written. Where they are bound to another one, the API server refuses that: Flux fails, and applies nothing of this node any more until it is taken back. kubectl get persistentvolumeclaim shows the volume that they have.")
}

// givenUp says that a node fails at what another one still has to delete.
func (c *comparison) givenUp(v *dag.Vertex, all []replacement) string {
	if len(all) == 0 {
		return ""
	}
	_, givers := c.applied(nows(all), func(o Object) string { return c.base.owner(v, o) })
	it := verb(len(all), "it", "them")
	return fmt.Sprintf("The API server refuses to change %s: Flux fails, and applies nothing of this node until %s, which applied %s, has deleted %s: then it makes %s anew.%s Move %s as in the base, and change that in a commit of its own.",
		immutableFields(all), givers, it, it, it, abandoned(all), it)
}

func (c *comparison) replace(kind Kind, v *dag.Vertex, all []replacement, effect string, steps ...Instruction) {
	if len(all) == 0 {
		return
	}
	change := Change{Kind: kind, Node: v.Key(), Position: v.Position(), Effect: effect, Steps: steps}
	for _, r := range all {
		if r.now.Kind == "HelmRelease" {
			change.Fields = append(change.Fields, r.written()...)
		}
	}
	change.Objects = named(nows(all))
	c.twice(&change, v, nows(all))
	if c.head.has(v.Key()) {
		change.Effect += c.onlyEarly(v.Key(), all)
	}
	c.add(change)
}

// onlyEarly says what of a commit has to come after its files, so that a node replaces something.
func (c *comparison) onlyEarly(key string, all []replacement) string {
	bySpec := slices.ContainsFunc(all, func(r replacement) bool { return r.early && !r.late })
	byValue := slices.ContainsFunc(all, func(r replacement) bool { return r.early && r.late })
	const only = " It does so only if it sees the files before "
	switch {
	case bySpec && !c.reached(key):
		return " It does so by the spec that it has: the new one does not arrive."
	case bySpec && byValue:
		return only + "its new spec, or before the ConfigMaps of its variables: commit these alone, before the files."
	case bySpec:
		return only + "its new spec: commit that alone, before the files."
	case byValue:
		return only + "the ConfigMaps of its variables: commit these alone, before the files."
	}
	return ""
}

// replacements compares what the specs by which a node may run make of the files of head with
// what is there: what the node applied itself, or else what another one did.
func (c *comparison) replacements(v *dag.Vertex) []replacement {
	if len(c.base.fixtures()) == 0 { // as mostly
		return nil
	}
	all, known := c.replacing[v.Key()]
	if !known {
		all = c.findReplacements(v)
		c.replacing[v.Key()] = all
	}
	return all
}

func (c *comparison) findReplacements(v *dag.Vertex) []replacement {
	var all []replacement
	key, seen := v.Key(), map[identity]bool{}
	final := c.final(key)
	own := c.base.build(key).Objects
	var mine map[identity]Object
	for _, b := range c.seen(key) {
		if slices.Equal(own, b.Objects) {
			continue
		}
		if mine == nil {
			mine = byIdentity(own)
		}
		for _, now := range b.Objects {
			id := now.identity()
			was, there := mine[id]
			if !there {
				was = c.base.fixed(v, id)
			}
			if fields := was.changed(now); len(fields) > 0 && !seen[id] {
				seen[id] = true
				all = append(all, replacement{was, now, fields, was.Forced || now.Forced || c.forces(key), final[id].Fixed != now.Fixed, b.late})
			}
		}
	}
	return all
}

// final returns what a node applies once it has its new spec, by identity.
func (c *comparison) final(key string) map[identity]Object {
	if v := c.head.Graph.Lookup(key); v != nil && !v.Object().Spec.Suspend {
		return byIdentity(c.head.build(key).Objects)
	}
	return nil
}

// sight is what a node makes of the files of head: late, with variables of the base.
type sight struct {
	Build
	late bool
}

// seen are the builds that a node may apply from the files of head.
func (c *comparison) seen(key string) []sight {
	var all []sight
	for _, v := range c.acting(key) {
		all = append(all, sight{c.build(v), false})
		if c.head.Late != nil && v.Object().Spec.PostBuild != nil {
			if late, differs := c.head.Late(v); differs {
				all = append(all, sight{late, true})
			}
		}
	}
	return slices.DeleteFunc(all, func(b sight) bool { return b.Fails || b.Partial })
}

// forces reports whether one of the specs by which a node may run deletes what it cannot
// change.
func (c *comparison) forces(key string) bool {
	now := c.head.Graph.Lookup(key)
	return slices.ContainsFunc(c.acting(key), func(v *dag.Vertex) bool { return v.Object().Spec.Force }) ||
		now != nil && now.Object().Spec.Force && !now.Object().Spec.Suspend && c.reached(key)
}

// fixed returns what a side applies to the cluster of a node, where something in it cannot be
// changed in place; the last one where several nodes do.
func (s *side) fixed(v *dag.Vertex, id identity) Object { return s.fixtures()[target(v)][id] }

// fixtures are those of all nodes, by the cluster that they apply to.
func (s *side) fixtures() map[string]map[identity]Object {
	if s.immutable == nil {
		s.immutable = map[string]map[identity]Object{}
		for u := range s.Graph.Vertices() {
			for _, o := range s.build(u.Key()).Objects {
				if o.Fixed == "" {
					continue
				}
				at := target(u)
				if s.immutable[at] == nil {
					s.immutable[at] = map[identity]Object{}
				}
				s.immutable[at][o.identity()] = o
			}
		}
	}
	return s.immutable
}

func byIdentity(objects []Object) map[identity]Object {
	all := make(map[identity]Object, len(objects))
	for _, o := range objects {
		all[o.identity()] = o
	}
	return all
}

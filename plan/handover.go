package plan

import (
	"fmt"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

// moved is an object that another node applies from now on.
type moved struct {
	Object
	to string
}

// handOver are the commits that move objects from one node to others and delete none of
// them. What is annotated to be kept stays in whatever order the nodes come: suspending the
// one that loses it would stop a new one that it has to create, and what waits for it; and
// resumed too early, it deletes after all.
func (c *comparison) handOver(all []moved, from string) []Instruction {
	if !slices.ContainsFunc(all, func(m moved) bool { return !c.replaceable(m.Object) }) {
		return nil
	}
	all, taken := c.inlined(all, from)
	if !taken {
		return nil
	}
	at := accessTo(c.either(from))
	return append(append(c.resumeFirst(from), []Instruction{
		{Do: "Commit and merge only this: " + keeping + " on what moves, where it is now: " + few(namedMoved(all), maxSteps) + ".", moves: true},
		{Do: "Wait until the cluster shows it." + at.told(), Run: at.waitForAll(all, untilKept)},
		{Do: c.together(all, from)},
	}...), c.takeOff(all, from)...)
}

// replaceable reports whether nothing is lost where an object is deleted and made anew: the source
// of charts, of which no node takes its manifests.
func (c *comparison) replaceable(o Object) bool {
	if o.Group != sourceGroup || o.Kind != "HelmRepository" && o.Kind != "OCIRepository" {
		return false
	}
	return len(c.head.nodes(use{"", "source", o.String()})) == 0
}

// keeping is the annotation that keeps Flux from deleting something.
var keeping = "the annotation " + kustomizev1.GroupVersion.Group + "/prune: " + kustomizev1.DisabledValue

// untilKept is the condition that something has it in the cluster.
func untilKept(moved) string {
	return "jsonpath='{.metadata.annotations." + escapedPrune + "}'=" + kustomizev1.DisabledValue
}

// takeOff are the steps behind the commit that moves what is annotated to be kept.
func (c *comparison) takeOff(all []moved, from string) []Instruction {
	at := accessTo(c.either(from))
	return []Instruction{
		{Do: "Wait until it has its new owner." + at.told(), Run: at.waitForAll(all, func(m moved) string { return ownedBy(m.to, from) })},
		{Do: "Commit and merge: take the annotation off again."},
	}
}

var (
	escapedGroup = strings.ReplaceAll(kustomizev1.GroupVersion.Group, ".", `\.`)
	escapedPrune = escapedGroup + "/prune"
)

// ownedBy is the condition that an object has the labels of a new owner.
func ownedBy(to, from string) string {
	namespace, owner := splitKey(to)
	field, want := "name", owner
	if _, old := splitKey(from); old == owner {
		field, want = "namespace", namespace
	}
	return fmt.Sprintf("jsonpath='{.metadata.labels.%s/%s}'=%s", escapedGroup, field, shell(want))
}

// waitForAll waits for each of the objects: those of a namespace that are to have the same
// condition with one command.
func (a access) waitForAll(all []moved, condition func(moved) string) string {
	type together struct{ namespace, condition string }
	names := map[together][]string{}
	var order []together
	for _, m := range all {
		at := together{m.Namespace, condition(m)}
		if names[at] == nil {
			order = append(order, at)
		}
		names[at] = append(names[at], m.kindAndName())
	}
	var commands []string
	for _, at := range order {
		commands = append(commands, a.kubectl()+" wait "+strings.Join(slices.Compact(names[at]), " ")+inNamespace(at.namespace)+" --for="+at.condition+" --timeout=15m")
	}
	return strings.Join(commands, " && ")
}

// resource names an object to kubectl.
func (o Object) resource() string { return o.kindAndName() + inNamespace(o.Namespace) }

func (o Object) kindAndName() string {
	kind := strings.ToLower(o.Kind)
	if o.Group != "" && o.kustomization() == "" {
		kind += "." + o.Group
	}
	return shell(kind + "/" + o.Name)
}

func inNamespace(namespace string) string {
	if namespace == "" {
		return ""
	}
	return " -n " + shell(namespace)
}

func namedMoved(all []moved) []string {
	var objects []Object
	for _, m := range all {
		objects = append(objects, m.Object)
	}
	return named(objects)
}

// movers are the objects that other nodes apply from now on, the gravest first: those that
// they may apply in time, and those for which they wait for the node itself, where that still
// gets ready.
func (c *comparison) movers(objects []Object, by string) []moved {
	var all []moved
	for _, o := range objects {
		to := c.successorOf(o, by)
		if to != "" && !c.head.spares[to][o.identity()] && !c.remade(o, to) && c.inTurn(to, by) {
			all = append(all, moved{o, to})
		}
	}
	slices.SortFunc(all, func(a, b moved) int { return a.compare(b.Object) })
	return all
}

// inTurn reports whether a node gets to apply what another one loses, be it after that one.
func (c *comparison) inTurn(to, by string) bool {
	back := c.heldBack(to, by)
	return back == "" || back == by && c.head.has(by) && !c.idle(by) && !c.head.circling(by)
}

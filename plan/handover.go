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
func handOver(all []moved, from string) []Instruction {
	if len(all) == 0 {
		return nil
	}
	names := few(namedMoved(all), maxSteps)
	return append([]Instruction{
		{Do: "Commit and merge only this: the annotation " + kustomizev1.GroupVersion.Group + "/prune: " + kustomizev1.DisabledValue + " on what moves, where it is now: " + names + "."},
		{Do: "Wait until the cluster shows it." + first(all), Run: waitForAll(all, func(moved) string {
			return "jsonpath='{.metadata.annotations." + escapedPrune + "}'=" + kustomizev1.DisabledValue
		})},
		{Do: "Commit and merge the move of these alone, with the annotation: whoever comes first, none of them is deleted."},
	}, takeOff(all, from)...)
}

// takeOff are the steps behind the commit that moves what is annotated to be kept.
func takeOff(all []moved, from string) []Instruction {
	return []Instruction{
		{Do: "Wait until it has its new owner." + first(all), Run: waitForAll(all, func(m moved) string { return ownedBy(m.to, from) })},
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

// maxWaits is how many objects a command waits for.
const maxWaits = 3

// first says that a command waits for some of the objects only.
func first(all []moved) string {
	if len(all) <= maxWaits {
		return ""
	}
	return fmt.Sprintf(" The command does so for %d of the %d.", maxWaits, len(all))
}

// waitForAll waits for each of the first objects.
func waitForAll(all []moved, condition func(moved) string) string {
	var commands []string
	for _, m := range all[:min(len(all), maxWaits)] {
		commands = append(commands, "kubectl wait "+m.resource()+" --for="+condition(m)+" --timeout=15m")
	}
	return strings.Join(commands, " && ")
}

// resource names an object to kubectl.
func (o Object) resource() string {
	kind := strings.ToLower(o.Kind)
	if o.Group != "" && o.kustomization() == "" {
		kind += "." + o.Group
	}
	text := shell(kind + "/" + o.Name)
	if o.Namespace != "" {
		text += " -n " + shell(o.Namespace)
	}
	return text
}

func namedMoved(all []moved) []string {
	var objects []Object
	for _, m := range all {
		objects = append(objects, m.Object)
	}
	return named(objects)
}

// movers are the objects that other nodes apply from now on, the gravest first: those that
// they may apply in time, and those for which they wait for the node itself.
func (c *comparison) movers(objects []Object, by string) []moved {
	var all []moved
	for _, o := range objects {
		to := c.successorOf(o, by)
		if to == "" || c.remade(o, to) {
			continue
		}
		if back := c.heldBack(to, by); back == "" || back == by {
			all = append(all, moved{o, to})
		}
	}
	slices.SortFunc(all, func(a, b moved) int { return a.compare(b.Object) })
	return all
}

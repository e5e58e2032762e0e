package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

const forceAnnotation = "kustomize.toolkit.fluxcd.io/force: enabled"

// instead says of objects that the API server refuses to change what can be done, and what each
// way costs: that differs by kind.
func instead(all []replacement) string {
	var volumes, sets, relabelled, definitions, others []Object
	for _, r := range all {
		switch o := r.now; {
		case o.volume():
			volumes = append(volumes, o)
		case r.orphans():
			sets = append(sets, o)
		case o.Group == "apps" && o.Kind == "StatefulSet":
			relabelled = append(relabelled, o)
		case o.Kind == "CustomResourceDefinition":
			definitions = append(definitions, o)
		default:
			others = append(others, o)
		}
	}
	said := ""
	if n := len(volumes); n > 0 {
		said = fmt.Sprintf(" Every way around it deletes %s, with the data: another name, a deletion by hand, and the annotation %s. So take it back, or migrate the data first.", few(named(volumes), 3), forceAnnotation)
	}
	if n := len(sets); n > 0 {
		said += fmt.Sprintf(" Under another name %s %s with empty claims; with the annotation %s %s pods stop. The steps keep pods and claims as they are.", few(named(sets), 3), verb(n, "starts", "start"), forceAnnotation, verb(n, "its", "their"))
	}
	if n := len(relabelled); n > 0 {
		said += fmt.Sprintf(" Under another name %s %s with empty claims. Deleted first, by hand or by the annotation %s, %s pods stop, and the new ones find the claims.", few(named(relabelled), 3), verb(n, "starts", "start"), forceAnnotation, verb(n, "its", "their"))
	}
	if n := len(definitions); n > 0 {
		said += fmt.Sprintf(" A deletion of %s, by hand or by the annotation %s, takes along all custom resources. So take it back.", few(named(definitions), 3), forceAnnotation)
	}
	if n := len(others); n > 0 {
		said += fmt.Sprintf(" Give %s another name, or have %s deleted first, by hand or by the annotation %s%s", few(named(others), 3), verb(n, "it", "them"), forceAnnotation, untilThen(others))
	}
	return said
}

// untilThen says what objects cost that are deleted and made anew.
func untilThen(objects []Object) string {
	if staked(objects).works {
		return ": then workloads stop until Flux has made " + verb(len(objects), "it", "them") + " anew."
	}
	return "."
}

// orphans reports whether an object can be deleted without its pods and claims, which are those
// of the one that Flux makes anew: that finds them by the selector.
func (r replacement) orphans() bool {
	return r.now.Group == "apps" && r.now.Kind == "StatefulSet" && !slices.Contains(r.fields, "selector")
}

// orphan are the steps that have such objects made anew over their pods and claims.
func orphan(v *dag.Vertex, all []replacement) []Instruction {
	var steps []Instruction
	for _, r := range all {
		if !r.orphans() {
			continue
		}
		step := Instruction{Do: fmt.Sprintf("Once Flux fails, delete %s without its pods and claims: Flux makes it anew over them, at its next try.", r.now),
			Run: "kubectl delete statefulset " + shell(r.now.Name) + " -n " + shell(r.now.Namespace) + " --cascade=orphan"}
		if target(v) != "" {
			step = Instruction{Do: step.Do + " It is in the cluster that the kubeConfig of " + v.Key() + " leads to: kubectl delete --cascade=orphan there."}
		}
		steps = append(steps, step)
	}
	return steps
}

package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

const forceAnnotation = "kustomize.toolkit.fluxcd.io/force: enabled"

// instead says of objects that the API server refuses to change what can be done, and what each
// way costs: that differs by kind.
func instead(all []replacement) string {
	var volumes, retained, emptied, sets, relabelled, definitions, stored, classes, others []Object
	for _, r := range all {
		switch o := r.now; {
		case r.was.retained():
			retained = append(retained, o)
		case o.volume():
			volumes = append(volumes, o)
		case len(r.unclaimed()) > 0:
			emptied = append(emptied, o)
		case r.orphans():
			sets = append(sets, o)
		case o.Group == "apps" && o.Kind == "StatefulSet":
			relabelled = append(relabelled, o)
		case slices.Equal(r.fields, []string{storedVersion}):
			stored = append(stored, o)
		case o.Kind == "CustomResourceDefinition":
			definitions = append(definitions, o)
		case o.Group == "storage.k8s.io" && o.Kind == "StorageClass":
			classes = append(classes, o)
		default:
			others = append(others, o)
		}
	}
	said := ""
	if len(volumes) > 0 {
		said = fmt.Sprintf(" Every way around it deletes %s, with the data, unless the volume is kept (reclaimPolicy: Retain): another name, a deletion by hand, and the annotation %s. So take it back, or migrate the data first.", few(named(volumes), 3), forceAnnotation)
	}
	if n := len(retained); n > 0 {
		said += fmt.Sprintf(" What deletes the object deletes no data of %s (reclaimPolicy: Retain, which is the default of one that is written by hand): once Flux fails, delete %s by hand, or have the annotation %s do it, and Flux makes %s anew. While a claim is bound to %s, %s only with the claim.",
			few(named(retained), 3), verb(n, "it", "them"), forceAnnotation, verb(n, "it", "them"), verb(n, "it", "one"), verb(n, "it goes", "that goes"))
	}
	said += abandoned(all)
	if n := len(emptied); n > 0 {
		said += " So name the templates as before, or migrate the data first."
	}
	if n := len(sets); n > 0 {
		said += fmt.Sprintf(" Under another name %s %s with empty claims; with the annotation %s %s pods stop.", few(named(sets), 3), verb(n, "starts", "start"), forceAnnotation, verb(n, "its", "their"))
		if n < len(all) {
			said += fmt.Sprintf(" Deleted with --cascade=orphan, %s pods and claims stay as they are, but Flux makes nothing anew while it fails at something else of this node: mend that first.", verb(n, "its", "their"))
		} else {
			said += " The steps keep pods and claims as they are."
		}
	}
	if n := len(relabelled); n > 0 {
		said += fmt.Sprintf(" Under another name %s %s with empty claims. Deleted first, by hand or by the annotation %s, %s pods stop, and the new ones find the claims.", few(named(relabelled), 3), verb(n, "starts", "start"), forceAnnotation, verb(n, "its", "their"))
	}
	if n := len(definitions); n > 0 {
		said += fmt.Sprintf(" A deletion of %s, by hand or by the annotation %s, takes along all custom resources. So take it back.", few(named(definitions), 3), forceAnnotation)
	}
	if len(stored) > 0 {
		said += fmt.Sprintf(" Keep that version in %s, if only with storage: false, until every object is stored by another one and status.storedVersions no longer has it. A deletion, by hand or by the annotation %s, takes along all custom resources.", few(named(stored), 3), forceAnnotation)
	}
	if n := len(classes); n > 0 {
		said += fmt.Sprintf(" Once Flux fails, delete %s by hand, or have the annotation %s do it: %s no data, volumes and claims stay as they are, and Flux makes %s anew. Another name is no way for claims: their storageClassName cannot be changed.",
			few(named(classes), 3), forceAnnotation, verb(n, "it holds", "they hold"), verb(n, "it", "them"))
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
	return r.now.Group == "apps" && r.now.Kind == "StatefulSet" && !slices.Contains(r.fields, "selector") && len(r.unclaimed()) == 0
}

// unclaimed are the claim templates that a StatefulSet has no longer: a claim is called TEMPLATE-SET-N,
// so the pods of the one that is made anew do not find what those made.
func (r replacement) unclaimed() []string {
	return subtract(templatesOf(r.was), templatesOf(r.now))
}

func templatesOf(o Object) []string {
	return strings.Fields(fixedFields(o)[templateNames])
}

// abandoned says which claims StatefulSets leave behind that are made anew without their templates.
func abandoned(all []replacement) string {
	var claims []string
	for _, r := range all {
		for _, template := range r.unclaimed() {
			claims = append(claims, template+"-"+r.now.Name+"-N")
		}
	}
	if len(claims) == 0 {
		return ""
	}
	return fmt.Sprintf(" However it is made anew, its pods start without the claims %s, which nothing mounts any more, nor their data.", few(claims, 3))
}

// orphan are the steps that have such objects made anew over their pods and claims. There are
// none while Flux fails at anything else of the node: then it would make nothing anew.
func orphan(v *dag.Vertex, all []replacement) []Instruction {
	if slices.ContainsFunc(all, func(r replacement) bool { return !r.orphans() }) {
		return nil
	}
	if len(all) == 0 {
		return nil
	}
	steps := []Instruction{{Do: "Merge this change as it is: let it through with " + letting(Stuck, v.Key()) + "."}}
	for _, r := range all {
		step := Instruction{Do: fmt.Sprintf("Once Flux fails, delete %s without its pods and claims: Flux makes it anew over them, at its next try.", r.now),
			Run: "kubectl delete statefulset " + shell(r.now.Name) + " -n " + shell(r.now.Namespace) + " --cascade=orphan"}
		if target(v) != "" {
			step = Instruction{Do: step.Do + " It is in the cluster that the kubeConfig of " + v.Key() + " leads to: kubectl delete --cascade=orphan there."}
		}
		steps = append(steps, step)
	}
	return steps
}

package gen

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"k8s.io/apimachinery/pkg/util/validation"
)

// Why a dependency stands there by its name.
const (
	noteCycle   = "Named, because Go has no variables that refer to each other in a cycle (FD106, FD107)."
	noteMissing = "Found nowhere when this was written (FD105): say where it is declared, or delete it."
	noteInvalid = "dag.External takes no name that Kubernetes would not take (FD114)."
)

// dependencies writes dependsOn. All of it goes through Extra where one entry has
// no reference.
func (n *nodeWriter) dependencies() {
	const path = "spec.dependsOn"
	deps := n.object.Spec.DependsOn
	if len(deps) == 0 {
		return
	}
	if !n.referable(deps) {
		n.extra.DependsOn = deps
		n.notes = n.notes.with(path, noteInvalid)
		return
	}
	elements := make([]listElement, len(deps))
	for i, dep := range deps {
		at := fmt.Sprintf("%s[%d]", path, i)
		if n.missing[n.vertex.Key()+" "+at] {
			n.notes = n.notes.with(at, noteMissing)
		}
		elements[i] = listElement{value: n.reference(dep), notes: n.notes.takeBelow(at)}
	}
	n.add("DependsOn", listExpr(typeExpr(reflect.TypeFor[[]dag.Ref]()), "{", "}", elements), path)
}

// referable reports whether every dependency has a variable, or a name that
// dag.External takes.
func (n *nodeWriter) referable(deps []kustomizev1.DependencyReference) bool {
	for _, dep := range deps {
		if namespace := cmp.Or(dep.Namespace, n.object.Namespace); n.variable(dep) == "" && !isObjectName(namespace, dep.Name) {
			return false
		}
	}
	return true
}

// variable returns the variable that a dependency can be written as: that of a
// node on a lower level, so that no variables refer to each other in a cycle.
func (n *nodeWriter) variable(dep kustomizev1.DependencyReference) string {
	to := n.graph.Vertex(cmp.Or(dep.Namespace, n.object.Namespace), dep.Name)
	if to == nil || to.Level() >= n.vertex.Level() {
		return ""
	}
	return n.identifiers[to]
}

// reference writes one dependency: a variable, or a name.
func (n *nodeWriter) reference(dep kustomizev1.DependencyReference) expr {
	e := identExpr(n.variable(dep))
	if namespace := cmp.Or(dep.Namespace, n.object.Namespace); n.variable(dep) == "" {
		e = callExpr(dagExpr("External"), stringExpr(namespace+"/"+dep.Name))
		if n.graph.Vertex(namespace, dep.Name) != nil && !slices.Contains(n.notes["spec.dependsOn"], noteCycle) {
			n.notes = n.notes.with("spec.dependsOn", noteCycle)
		}
	}
	if dep.ReadyExpr != "" {
		e = callExpr(codeExpr(e.code.Dot("When"), e.width+len(".When")), stringExpr(dep.ReadyExpr))
	}
	return e
}

// isObjectName reports whether a Kustomization can have that name.
func isObjectName(namespace, name string) bool {
	return len(validation.IsDNS1123Label(namespace)) == 0 && len(validation.IsDNS1123Subdomain(name)) == 0
}

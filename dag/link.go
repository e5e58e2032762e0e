package dag

import (
	"cmp"
	"fmt"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

// references returns spec.dependsOn as the node's Refs say it.
func (r *resolver) references(v *Vertex) []kustomizev1.DependencyReference {
	refs := make([]kustomizev1.DependencyReference, 0, len(v.node.node.DependsOn))
	for i, ref := range v.node.node.DependsOn {
		if ref.isZero() {
			r.fault(fault{kind: faultReference, vertex: v, field: fmt.Sprintf("spec.dependsOn[%d]", i),
				message: fmt.Sprintf("DependsOn[%d] is a dag.Ref that refers to nothing", i),
				hint:    "use what dag.Declare returned"})
			continue
		}
		e := edge{origin: edgeExternal, key: ref.key(v.object.Namespace)}
		if ref.node == nil {
			if problem := e.key.problem(); problem != "" {
				e.origin = edgeFaulty
				r.fault(fault{kind: faultReference, vertex: v, field: fmt.Sprintf("spec.dependsOn[%d]", i),
					message: fmt.Sprintf("dag.External(%s) %s", quote(ref.external), problem), hint: "use dag.External(\"namespace/name\")"})
			}
		} else {
			e = edge{origin: edgeDeclared, key: objectKey{r.namespace(ref.node), ref.node.node.Name}}
			if to := r.listed[ref.node]; to != nil {
				e.key = to.key() // it may not have its new name yet
			} else {
				e.origin = edgeFaulty
				r.unlisted(v, i, ref.node, e.key)
			}
		}
		v.edges = append(v.edges, e)
		refs = append(refs, kustomizev1.DependencyReference{
			Name: e.key.name, Namespace: relative(e.key.namespace, v.object.Namespace), ReadyExpr: ref.readyExpr})
	}
	return refs
}

// unlisted faults the ith node that v depends on, which is not listed, once for all
// its dependents.
func (r *resolver) unlisted(v *Vertex, i int, d *declared, key objectKey) {
	related := Related{v.Position(), itemField("dependsOn", i, ""), v.Key() + " depends on it"}
	if i, known := r.missing[d]; known {
		r.graph.faults[i].related = append(r.graph.faults[i].related, related)
		return
	}
	r.missing[d] = len(r.graph.faults)
	r.fault(fault{kind: faultUnlisted, pos: d.pos, node: key.String(),
		message: "declared, and needed by other nodes, but not listed by the cluster: no file would be generated for it",
		hint:    "list it in the cluster's Levels or Nodes", related: []Related{related}})
}

// relative returns namespace, or nothing where Flux would assume it anyway.
func relative(namespace, own string) string {
	if namespace == own {
		return ""
	}
	return namespace
}

// link finds the vertices that dependsOn names. It goes by name for a Ref as well:
// so does Flux, and of several nodes with one name no order of theirs can choose.
func (r *resolver) link() {
	for _, v := range r.graph.vertices {
		if len(v.node.node.DependsOn) == 0 {
			for _, ref := range v.object.Spec.DependsOn {
				v.edges = append(v.edges, edge{origin: edgeNamed, key: objectKey{cmp.Or(ref.Namespace, v.object.Namespace), ref.Name}})
			}
		}
		for i := range v.edges {
			if e := &v.edges[i]; e.origin != edgeFaulty {
				e.to = r.graph.byKey[e.key]
			}
		}
	}
}

package plan

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// Flux deletes what a Kustomization applied as the ServiceAccount of its spec, and with its
// kubeConfig, as it applied it (kustomize-controller: finalize). Without the account it
// leaves everything, without its rights or the kubeConfig it tries for ever. To be
// reconciled, which it has to be to prune, a Kustomization also needs what it substitutes
// and decrypts with; to be deleted it does not, for then nothing is built.

// accountUses returns the account that a node runs as, in the cluster that Flux is in, and its
// rights in the one that it applies to.
func accountUses(v *dag.Vertex) []string {
	name, namespace := v.Object().Spec.ServiceAccountName, v.Object().Namespace
	if name == "" {
		return nil
	}
	at := target(v) + "|rights/"
	return []string{"|account/" + namespace + "/" + name, at + namespace + "/" + name, at + namespace + "/*", at + "*/*"}
}

// configUses returns what says how to reach the cluster of a node.
func configUses(v *dag.Vertex) []string {
	k, namespace := v.Object().Spec.KubeConfig, v.Object().Namespace
	switch {
	case k == nil:
		return nil
	case k.SecretRef != nil:
		return []string{"|config/Secret/" + namespace + "/" + k.SecretRef.Name}
	case k.ConfigMapRef != nil:
		return []string{"|config/ConfigMap/" + namespace + "/" + k.ConfigMapRef.Name}
	}
	return nil
}

// valueUses returns what a node substitutes, unless it goes on without, and decrypts with.
func valueUses(v *dag.Vertex) []string {
	spec, namespace := &v.Object().Spec, v.Object().Namespace
	var used []string
	if spec.PostBuild != nil {
		for _, ref := range spec.PostBuild.SubstituteFrom {
			if !ref.Optional {
				used = append(used, "|values/"+ref.Kind+"/"+namespace+"/"+ref.Name)
			}
		}
	}
	if spec.Decryption != nil && spec.Decryption.SecretRef != nil {
		used = append(used, "|values/Secret/"+namespace+"/"+spec.Decryption.SecretRef.Name)
	}
	return used
}

// need finds what nodes run with, and the bindings that give their accounts rights: with what
// those bind, or the Namespace that they are in, the rights go too.
func (d *teardown) need() {
	d.needs, d.needed = map[string][]string{}, map[string]bool{}
	for v := range d.Graph.Vertices() {
		if all := slices.Concat(accountUses(v), configUses(v), valueUses(v)); len(all) > 0 {
			d.needs[v.Key()] = all
			for _, what := range all {
				d.needed[what] = true
			}
		}
	}
	if len(d.needs) == 0 {
		return
	}
	bound := map[string][]string{} // by rights
	for v := range d.Graph.Vertices() {
		for _, o := range d.Objects[v.Key()] {
			for _, rights := range o.rights() {
				if rights = target(v) + "|" + rights; d.needed[rights] {
					bound[rights] = append(bound[rights], target(v)+"|role/"+o.Role, target(v)+"|namespace/"+o.Namespace)
				}
			}
		}
	}
	for key, all := range d.needs {
		for _, what := range all {
			d.needs[key] = append(d.needs[key], bound[what]...)
		}
	}
	for _, all := range bound {
		for _, what := range all {
			d.needed[what] = true
		}
	}
}

// rights are those that a binding gives.
func (o Object) rights() []string {
	var all []string
	for account := range strings.FieldsSeq(o.Grants) {
		all = append(all, "rights/"+account)
	}
	return all
}

// provides returns what an object may be that nodes run with.
func (o Object) provides() []string {
	name := o.Namespace + "/" + o.Name
	switch o.Group + "/" + o.Kind {
	case "/ServiceAccount":
		return []string{"account/" + name}
	case "/ConfigMap", "/Secret":
		return []string{"config/" + o.Kind + "/" + name, "values/" + o.Kind + "/" + name}
	case "bitnami.com/SealedSecret", "external-secrets.io/ExternalSecret": // which own the Secret
		return []string{"config/Secret/" + name, "values/Secret/" + name}
	case "cluster.x-k8s.io/Cluster": // for which Cluster API makes one
		return []string{"config/Secret/" + name + "-kubeconfig"}
	case "rbac.authorization.k8s.io/Role", "rbac.authorization.k8s.io/ClusterRole":
		return []string{"role/" + o.Kind + "/" + name}
	}
	return o.rights()
}

// runsWith reports whether something may take along what Flux needs to delete what a node
// applied.
func (d *teardown) runsWith(key string, t taking) bool {
	v := d.Graph.Lookup(key)
	means := slices.Concat(accountUses(v), configUses(v))
	return len(means) > 0 && (t.holds(key) || slices.Contains(d.needs[key], t.what) && t.kind() != "values")
}

// carries reports whether something can only be pruned when a node reconciles.
func (d *teardown) carries(key string) bool {
	return len(d.children[key]) > 0 || len(d.Graph.Dependents(d.Graph.Lookup(key))) > 0
}

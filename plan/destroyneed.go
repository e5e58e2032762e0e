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
func accountUses(v *dag.Vertex) []use {
	name, namespace := v.Object().Spec.ServiceAccountName, v.Object().Namespace
	if name == "" {
		return nil
	}
	at, key := target(v), namespace+"/"+name
	return []use{{"", "account", key}, {at, "rights", key}, {at, "rights", namespace + "/*"}, {at, "rights", "*/*"}}
}

// configUses returns what says how to reach the cluster of a node.
func configUses(v *dag.Vertex) []use {
	k, namespace := v.Object().Spec.KubeConfig, v.Object().Namespace
	switch {
	case k == nil:
		return nil
	case k.SecretRef != nil:
		return []use{{"", "config", "Secret/" + namespace + "/" + k.SecretRef.Name}}
	case k.ConfigMapRef != nil:
		return []use{{"", "config", "ConfigMap/" + namespace + "/" + k.ConfigMapRef.Name}}
	}
	return nil
}

// valueUses returns what a node substitutes, unless it goes on without, and decrypts with.
func valueUses(v *dag.Vertex) []use {
	spec, namespace := &v.Object().Spec, v.Object().Namespace
	var used []use
	if spec.PostBuild != nil {
		for _, ref := range spec.PostBuild.SubstituteFrom {
			if !ref.Optional {
				used = append(used, use{"", "values", ref.Kind + "/" + namespace + "/" + ref.Name})
			}
		}
	}
	if secret := decrypts(v); secret != (Object{}) {
		used = append(used, use{"", "values", "Secret/" + namespace + "/" + secret.Name})
	}
	return used
}

// rights are those that a binding gives.
func (o Object) rights(cluster string) []use {
	var all []use
	for account := range strings.FieldsSeq(o.Grants) {
		all = append(all, use{cluster, "rights", account})
	}
	return all
}

// provides returns what an object of a cluster may be that nodes run with.
func (o Object) provides(cluster string) []use {
	name := o.Namespace + "/" + o.Name
	switch o.Group + "/" + o.Kind {
	case "/ServiceAccount":
		return []use{{cluster, "account", name}}
	case "/ConfigMap", "/Secret":
		name = o.Kind + "/" + name
		return []use{{cluster, "config", name}, {cluster, "values", name}}
	case "bitnami.com/SealedSecret", "external-secrets.io/ExternalSecret": // which own the Secret
		name = "Secret/" + name
		return []use{{cluster, "config", name}, {cluster, "values", name}}
	case "cluster.x-k8s.io/Cluster": // for which Cluster API makes one
		return []use{{cluster, "config", "Secret/" + name + "-kubeconfig"}}
	case "rbac.authorization.k8s.io/Role", "rbac.authorization.k8s.io/ClusterRole":
		return []use{{cluster, "role", o.Kind + "/" + name}}
	}
	return o.rights(cluster)
}

// runsWith reports whether something that a node uses may take along what Flux needs to delete
// what that applied.
func (d *teardown) runsWith(key string, t taking) bool {
	v := d.Graph.Lookup(key)
	means := len(accountUses(v))+len(configUses(v)) > 0
	return means && (t.holds(key) || slices.Contains([]string{"account", "config", "rights", "role"}, t.as) || d.bound(v, t.use))
}

// carries reports whether something can only be pruned when a node reconciles.
func (d *teardown) carries(key string) bool {
	return len(d.children[key]) > 0 || len(d.Graph.Dependents(d.Graph.Lookup(key))) > 0
}

package plan

import "github.com/tazlab/fluxdag/dag"

// access is how a person reaches what a node applies. What one with a kubeConfig applies is in
// another cluster than the Kustomizations: there may be something of the same name in both.
type access struct{ where string }

func accessTo(v *dag.Vertex) access {
	k := v.Object().Spec.KubeConfig
	switch {
	case k == nil:
		return access{}
	case k.SecretRef != nil:
		return access{"the cluster that Secret " + v.Object().Namespace + "/" + k.SecretRef.Name + " leads to"}
	case k.ConfigMapRef != nil:
		return access{"the cluster that ConfigMap " + v.Object().Namespace + "/" + k.ConfigMapRef.Name + " leads to"}
	}
	return access{"the cluster of its kubeConfig"}
}

// kubectl is the command. Which context leads to another cluster only the person knows: copied
// as it is, it fails.
func (a access) kubectl() string {
	if a.where == "" {
		return "kubectl"
	}
	return "kubectl --context CONTEXT"
}

// meant says so where there is no command.
func (a access) meant() string {
	if a.where == "" {
		return ""
	}
	return " They are in " + a.where + "."
}

// told says which cluster is meant.
func (a access) told() string {
	if a.where == "" {
		return ""
	}
	return " CONTEXT stands for " + a.where + "."
}

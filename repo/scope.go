package repo

import (
	"bytes"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
)

// scope says whether objects of a kind lie in a namespace, as far as that is known for sure.
type scope int

const (
	unknownScope scope = iota
	clusterScope
	namespaceScope
)

// clusterKinds and namespacedKinds are kinds of Kubernetes by group (TestScopes).
var (
	clusterKinds = map[string][]string{
		"":                             {"ComponentStatus", "Namespace", "Node", "PersistentVolume"},
		"admissionregistration.k8s.io": {"MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration"},
		"apiextensions.k8s.io":         {"CustomResourceDefinition"},
		"apiregistration.k8s.io":       {"APIService"},
		"certificates.k8s.io":          {"CertificateSigningRequest"},
		"flowcontrol.apiserver.k8s.io": {"FlowSchema", "PriorityLevelConfiguration"},
		"networking.k8s.io":            {"IngressClass"},
		"node.k8s.io":                  {"RuntimeClass"},
		"policy":                       {"PodSecurityPolicy"},
		"rbac.authorization.k8s.io":    {"ClusterRole", "ClusterRoleBinding"},
		"scheduling.k8s.io":            {"PriorityClass"},
		"storage.k8s.io":               {"CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"},
	}
	namespacedKinds = map[string][]string{
		"": {"ConfigMap", "Endpoints", "Event", "LimitRange", "PersistentVolumeClaim", "Pod", "PodTemplate", "ReplicationController",
			"ResourceQuota", "Secret", "Service", "ServiceAccount"},
		"apps":                      {"ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"},
		"autoscaling":               {"HorizontalPodAutoscaler"},
		"batch":                     {"CronJob", "Job"},
		"coordination.k8s.io":       {"Lease"},
		"discovery.k8s.io":          {"EndpointSlice"},
		operatorGroup:               {"FluxInstance", "ResourceSet", "ResourceSetInputProvider"},
		"networking.k8s.io":         {"Ingress", "NetworkPolicy"},
		"policy":                    {"PodDisruptionBudget"},
		"rbac.authorization.k8s.io": {"Role", "RoleBinding"},
	}
)

// foreignClusterKinds are cluster-scoped kinds of others whose definitions mostly come with a
// chart, and that people give a namespace by the one of a folder.
var foreignClusterKinds = map[string][]string{
	"cert-manager.io":           {"ClusterIssuer"},
	"external-secrets.io":       {"ClusterExternalSecret", "ClusterSecretStore"},
	"gateway.networking.k8s.io": {"GatewayClass"},
	"snapshot.storage.k8s.io":   {"VolumeSnapshotClass", "VolumeSnapshotContent"},
}

// scopeOf returns the scope of a kind: by a definition in the repository, or since it is one
// of Kubernetes' or Flux's own, of which all lie in namespaces.
func (ix *index) scopeOf(group, kind string) scope {
	defined, known := ix.scopes[[2]string{group, kind}]
	switch {
	case known:
		return defined
	case slices.Contains(clusterKinds[group], kind), slices.Contains(foreignClusterKinds[group], kind):
		return clusterScope
	case slices.Contains(namespacedKinds[group], kind), fluxKinds[group][kind] != nil:
		return namespaceScope
	}
	return unknownScope
}

// homeless reports whether the API server refuses an object since it has no namespace.
func (ix *index) homeless(o *Object) bool {
	return o.Namespace == "" && !o.left && ix.scopeOf(o.Group, o.Kind) == namespaceScope
}

// strip takes a namespace out of an object that lies in none: so does the API server, by whose
// answer Flux remembers what it applied (fluxcd/pkg/ssa: ResourceManager.ApplyAll).
func (ix *index) strip(res *resource.Resource) {
	if group, _ := groupOf(res.GetApiVersion()); res.GetNamespace() != "" && ix.scopeOf(group, res.GetKind()) == clusterScope {
		_ = res.SetNamespace("") // it has metadata
	}
}

// define enters the scopes of the kinds that the definitions in a file define. It reads them
// as they are written: a large repository has megabytes of them.
func (ix *index) define(data []byte) {
	if !bytes.Contains(data, []byte("kind: CustomResourceDefinition")) {
		return
	}
	for _, document := range bytes.Split(data, []byte("\n---")) {
		group, kind, in := definition(string(document))
		if group != "" && kind != "" && in != unknownScope {
			ix.scopes[[2]string{group, kind}] = in
		}
	}
}

// definition returns what a CustomResourceDefinition says; nothing of one that is indented
// otherwise, or holds a template.
func definition(document string) (group, kind string, in scope) {
	var top, field string // where a line stands
	for line := range strings.Lines(document) {
		text := strings.TrimSpace(line)
		name, value, _ := strings.Cut(text, ":")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		switch indent := len(line) - len(strings.TrimLeft(line, " ")); {
		case text == "" || text[0] == '#':
		case indent == 0:
			if top, field = name, ""; name == "kind" && value != "CustomResourceDefinition" {
				return "", "", unknownScope
			}
		case indent == 2 && top == "spec":
			if field = name; name == "group" {
				group = value
			} else if name == "scope" {
				in = scopes[value]
			}
		case indent == 4 && top == "spec" && field == "names" && name == "kind":
			kind = value
		}
	}
	return group, kind, in
}

// scopes are the values of spec.scope.
var scopes = map[string]scope{"Cluster": clusterScope, "Namespaced": namespaceScope}

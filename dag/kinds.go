package dag

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// apiVersionPattern is how Kubernetes writes a version.
var apiVersionPattern = regexp.MustCompile(`^v[1-9][0-9]*((alpha|beta)[1-9][0-9]*)?$`)

// kindInfo is what health checks need to know of a kind.
type kindInfo struct {
	group      string
	namespaced bool
	versions   []string // those served, the preferred one first
}

// appsKinds are the kinds that an empty apiVersion can mean.
var appsKinds = []string{"Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "ControllerRevision"}

// knownKinds are the kinds of the groups of Kubernetes, Flux, cert-manager and External
// Secrets that people check the health of, and all of these. Of the kinds of other groups nothing is known: rules
// that need one stay quiet.
var knownKinds = func() map[schema.GroupKind]kindInfo {
	kinds := map[schema.GroupKind]kindInfo{}
	add := func(group string, namespaced bool, versions []string, names ...string) {
		for _, name := range names {
			kinds[schema.GroupKind{Group: group, Kind: name}] = kindInfo{group, namespaced, versions}
		}
	}
	v1 := []string{"v1"}
	add("", true, v1, "Pod", "Service", "ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim", "ReplicationController", "Endpoints",
		"Event", "LimitRange", "PodTemplate", "ResourceQuota")
	add("", false, v1, "Namespace", "Node", "PersistentVolume")
	add("apps", true, v1, appsKinds...)
	add("batch", true, v1, "Job", "CronJob")
	add("autoscaling", true, []string{"v2", "v1"}, "HorizontalPodAutoscaler")
	add("policy", true, v1, "PodDisruptionBudget")
	add("networking.k8s.io", true, v1, "Ingress", "NetworkPolicy")
	add("networking.k8s.io", false, v1, "IngressClass", "IPAddress", "ServiceCIDR")
	add("rbac.authorization.k8s.io", true, v1, "Role", "RoleBinding")
	add("rbac.authorization.k8s.io", false, v1, "ClusterRole", "ClusterRoleBinding")
	add("storage.k8s.io", true, v1, "CSIStorageCapacity")
	add("storage.k8s.io", false, v1, "StorageClass", "CSIDriver", "CSINode", "VolumeAttachment", "VolumeAttributesClass")
	add("apiextensions.k8s.io", false, v1, "CustomResourceDefinition")
	add("apiregistration.k8s.io", false, v1, "APIService")
	add("kustomize.toolkit.fluxcd.io", true, v1, "Kustomization")
	add("helm.toolkit.fluxcd.io", true, []string{"v2"}, "HelmRelease")
	add("source.toolkit.fluxcd.io", true, v1, "GitRepository", "OCIRepository", "Bucket", "HelmRepository", "HelmChart", "ExternalArtifact")
	add("cert-manager.io", true, v1, "Certificate", "CertificateRequest", "Issuer")
	add("cert-manager.io", false, v1, "ClusterIssuer")
	add("external-secrets.io", true, []string{"v1", "v1beta1"}, "ExternalSecret", "SecretStore")
	add("external-secrets.io", false, []string{"v1", "v1beta1"}, "ClusterExternalSecret", "ClusterSecretStore")
	add("external-secrets.io", true, []string{"v1alpha1"}, "PushSecret")
	add("external-secrets.io", false, []string{"v1alpha1"}, "ClusterPushSecret")
	return kinds
}()

// knownGroups are the groups of which knownKinds has every kind.
var knownGroups = func() []string {
	groups := map[string]bool{}
	for gk := range knownKinds {
		groups[gk.Group] = true
	}
	return slices.Sorted(maps.Keys(groups))
}()

// kindsOf lists the kinds of a group.
func kindsOf(group string) []string {
	var kinds []string
	for gk := range knownKinds {
		if gk.Group == group {
			kinds = append(kinds, gk.Kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}

// groupOf returns the group that Flux reads out of a health check's apiVersion.
func groupOf(c HealthCheck) string {
	if c.APIVersion == "" {
		return "apps"
	}
	group, _, grouped := strings.Cut(c.APIVersion, "/")
	if !grouped {
		return ""
	}
	return group
}

// lookUpKind returns what is known of a health check's kind.
func lookUpKind(c HealthCheck) (kindInfo, bool) {
	kind, ok := knownKinds[schema.GroupKind{Group: groupOf(c), Kind: c.Kind}]
	return kind, ok
}

// foreignToGroup reports whether a kind of Kubernetes is looked for in a group of
// Kubernetes that does not have it. In other groups anything may exist.
func foreignToGroup(group, kind string) bool {
	return homeOf(kind) != "" && !strings.Contains(group, ".")
}

// homeOf returns the apiVersion of a known kind, or nothing.
func homeOf(kind string) string {
	var homes []string
	for gk, info := range knownKinds {
		if gk.Kind == kind {
			homes = append(homes, schema.GroupVersion{Group: info.group, Version: info.versions[0]}.String())
		}
	}
	slices.Sort(homes)
	return strings.Join(homes, " or ")
}

// controllerWords are the words in a name or path that tell of CRDs,
// controllers and webhooks.
var controllerWords = []string{"crd", "crds", "operator", "operators", "controller", "controllers", "webhook", "webhooks"}

// controllerWord returns the first such word of text, or nothing.
func controllerWord(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/-_.", r) })
	if i := slices.IndexFunc(words, func(w string) bool { return slices.Contains(controllerWords, w) }); i >= 0 {
		return words[i]
	}
	return ""
}

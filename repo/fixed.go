package repo

import (
	"encoding/json"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// Fixed returns what of the object cannot be changed in place, as JSON: fields with their
// values, or hashes of them. It is empty where there is nothing of the kind, and where
// [Options.Digests] is not set. From empty an object is changed in place.
//   - Of a HelmRelease it is the release, which helm-controller uninstalls and installs anew
//     where that differs;
//   - of a ResourceSet it is what it makes by kind and name, and for which inputs, as the
//     operator deletes what it makes no longer; of a ResourceSetInputProvider what it looks for;
//     and of a FluxInstance its components, which are the controllers and their kinds;
//   - of kinds of Kubernetes the fields that the API server calls immutable: Flux fails to
//     apply another value unless the object is [Object.Forced], and then deletes it first. A
//     default is as none. How much a claim requests, and the address of a Service, are there as
//     they are written: the one may grow, and the other the API server sets itself. The names of
//     claim templates are there too, and of a definition those of its versions.
func (o *Object) Fixed() string { return o.fixed }

// requested is the field that holds how much a claim requests.
const requested = "requests.storage"

// templateNames is the field that holds the names of a StatefulSet's claim templates: the claims are
// called after them.
const templateNames = "volumeClaimTemplates.names"

// storedVersion is the field that holds the version by which a definition has objects stored, and
// definedVersions that which holds the names of all: the former must not leave the latter.
const (
	storedVersion   = "storage version"
	definedVersions = "versions"
)

// completions is the field that holds how many completions a Job writes.
const completions = "completions"

// Fleeting reports whether the object goes by itself, so that there may be nothing to be
// changed: a Job with ttlSecondsAfterFinished.
func (o *Object) Fleeting() bool { return o.fleeting }

// Left reports whether an annotation has Flux leave the object as it is, where it is there.
func (o *Object) Left() bool { return o.left }

// Forced reports whether Flux deletes the object and makes it anew where it cannot be changed
// in place: by an annotation or a label kustomize.toolkit.fluxcd.io/force: enabled, as
// spec.force of its Kustomization says of all (ssa: shouldForceApply).
func (o *Object) Forced() bool { return o.forced }

// immutable says which fields of a kind cannot be changed: those of the object itself, or of
// its spec, either these only or all but these. A value that is the default is as none.
type immutable struct {
	spec         bool
	only, allBut []string
	defaults     map[string]string
}

var (
	selector = immutable{spec: true, only: []string{"selector"}}
	roleRef  = immutable{only: []string{"roleRef"}}
)

// immutables follow the functions ValidateXUpdate of Kubernetes' pkg/apis (batch, core, apps,
// discovery, networking, node, rbac, resource, scheduling, storage), by group and kind.
var immutables = map[[2]string]immutable{
	{"batch", "Job"}: {spec: true, only: []string{"template", "selector", "completions", "completionMode", "podFailurePolicy", "successPolicy", "backoffLimitPerIndex", "managedBy"},
		defaults: map[string]string{"completionMode": "NonIndexed"}},
	{"", "PersistentVolumeClaim"}: {spec: true, allBut: []string{"resources", "volumeAttributesClassName"},
		defaults: map[string]string{"volumeMode": "Filesystem"}},
	{"", "PersistentVolume"}: {spec: true, allBut: []string{"capacity", "accessModes", "claimRef", "persistentVolumeReclaimPolicy",
		"storageClassName", "mountOptions", "nodeAffinity", "volumeAttributesClassName"}, defaults: map[string]string{"volumeMode": "Filesystem"}},
	{"apps", "StatefulSet"}: {spec: true, allBut: []string{"replicas", "template", "updateStrategy", "persistentVolumeClaimRetentionPolicy",
		"minReadySeconds", "ordinals", "revisionHistoryLimit"}, defaults: map[string]string{"podManagementPolicy": "OrderedReady"}},
	{"apiextensions.k8s.io", "CustomResourceDefinition"}: {spec: true, only: []string{"scope"}},
	{"apps", "Deployment"}:                               selector,
	{"apps", "DaemonSet"}:                                selector,
	{"apps", "ReplicaSet"}:                               selector,
	{"", "Service"}:                                      {spec: true, only: []string{"clusterIP"}},
	{"", "Secret"}:                                       {only: []string{"type"}, defaults: map[string]string{"type": "Opaque"}},
	{"rbac.authorization.k8s.io", "RoleBinding"}:         roleRef,
	{"rbac.authorization.k8s.io", "ClusterRoleBinding"}:  roleRef,
	{"", "Pod"}:                                          {spec: true, only: []string{"containers", "initContainers"}},
	{"", "ResourceQuota"}:                                {spec: true, only: []string{"scopes"}},
	{"discovery.k8s.io", "EndpointSlice"}:                {only: []string{"addressType"}},
	{"networking.k8s.io", "IngressClass"}:                {spec: true, only: []string{"controller"}},
	{"node.k8s.io", "RuntimeClass"}:                      {only: []string{"handler"}},
	{"resource.k8s.io", "ResourceClaimTemplate"}:         {only: []string{"spec"}},
	{"scheduling.k8s.io", "PriorityClass"}: {only: []string{"value", "preemptionPolicy"},
		defaults: map[string]string{"value": "0", "preemptionPolicy": "PreemptLowerPriority"}},
	{"storage.k8s.io", "CSIDriver"}:             {spec: true, only: []string{"attachRequired"}, defaults: map[string]string{"attachRequired": "true"}},
	{"storage.k8s.io", "VolumeAttributesClass"}: {only: []string{"driverName", "parameters"}},
	{"storage.k8s.io", "StorageClass"}: {only: []string{"provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"},
		defaults: map[string]string{"reclaimPolicy": "Delete", "volumeBindingMode": "Immediate"}},
}

// held are the fields that a Secret or a ConfigMap with immutable: true cannot change.
var held = []string{"data", "stringData", "binaryData", "immutable"}

// fixedOf returns what [Object.Fixed] does, but of a HelmRelease: that takes the whole
// cluster, see [cluster.settled].
func fixedOf(res *resource.Resource) string {
	if made, is := madeOf(res); is {
		return written(made)
	}
	group, _ := groupOf(res.GetApiVersion())
	rule, known := immutables[[2]string{group, res.GetKind()}]
	if group == "" && slices.Contains([]string{"Secret", "ConfigMap"}, res.GetKind()) && isTrue(member(res.YNode(), "immutable")) {
		rule.only, known = slices.Concat(rule.only, held), true
	}
	if !known {
		return ""
	}
	from := res.YNode()
	if rule.spec {
		from = member(from, "spec")
	}
	picked := rule.pick(res.GetKind(), from)
	switch gvk := group + "/" + res.GetKind(); gvk {
	case "/PersistentVolumeClaim":
		if size := member(member(member(from, "resources"), "requests"), "storage"); size != nil {
			picked[requested] = size.Value
		}
		if ref := picked["dataSourceRef"]; ref != "" { // the API server fills in the one from the other
			picked["dataSource"] = ref
			delete(picked, "dataSourceRef")
		}
	case "batch/Job":
		delete(picked, completions)
		if n := completionsOf(from); n != "" {
			picked[completions] = n
		}
	case "apps/StatefulSet":
		if names := namesIn(member(from, "volumeClaimTemplates")); names != "" {
			picked[templateNames] = names
		}
	case "/Service":
		if kind := member(from, "type"); kind != nil && kind.Value == "ExternalName" { // it has no address
			return ""
		}
		if picked["clusterIP"] != "" {
			picked["clusterIP"] = member(from, "clusterIP").Value
		}
	case "apiextensions.k8s.io/CustomResourceDefinition":
		if kind := member(member(from, "names"), "kind"); kind != nil {
			picked["names.kind"] = kind.Value
		}
		if stored, all := storedIn(member(from, "versions")); stored != "" {
			picked[storedVersion], picked[definedVersions] = stored, all
		}
	}
	return written(picked)
}

// completionsOf returns how many completions a Job writes; "none" where it has none, for which it
// needs its parallelism, and nothing where that is one by default.
func completionsOf(spec *kyaml.Node) string {
	if n := member(spec, completions); n != nil && n.Tag != kyaml.NodeTagNull {
		return n.Value
	}
	if n := member(spec, "parallelism"); n != nil && n.Tag != kyaml.NodeTagNull {
		return "none"
	}
	return ""
}

// written is what [Object.Fixed] returns.
func written(values map[string]string) string {
	data, _ := json.Marshal(values) // of strings
	return string(data)
}

// storedIn returns the version of a definition's list that objects are stored by, and the names of all.
func storedIn(list *kyaml.Node) (stored, all string) {
	if list == nil || list.Kind != kyaml.SequenceNode {
		return "", ""
	}
	var names []string
	for _, version := range list.Content {
		name := member(version, "name")
		if name == nil {
			continue
		}
		if names = append(names, name.Value); isTrue(member(version, "storage")) {
			stored = name.Value
		}
	}
	slices.Sort(names)
	return stored, strings.Join(names, " ")
}

// namesIn lists the names in the metadata of the elements of a list.
func namesIn(list *kyaml.Node) string {
	if list == nil || list.Kind != kyaml.SequenceNode {
		return ""
	}
	var names []string
	for _, element := range list.Content {
		if name := member(member(element, "metadata"), "name"); name != nil {
			names = append(names, name.Value)
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// isFleeting reports whether a resource is deleted by Kubernetes when it is done.
func isFleeting(res *resource.Resource) bool {
	return res.GetKind() == "Job" && member(member(res.YNode(), "spec"), "ttlSecondsAfterFinished") != nil
}

// pick returns hashes of the fields of a kind's mapping that cannot be changed.
func (rule immutable) pick(kind string, from *kyaml.Node) map[string]string {
	picked := map[string]string{}
	if from == nil {
		return picked
	}
	for i := 0; i+1 < len(from.Content); i += 2 {
		name, value := from.Content[i].Value, from.Content[i+1]
		counts := slices.Contains(rule.only, name) || rule.only == nil && !slices.Contains(rule.allBut, name)
		if !counts || value.Tag == kyaml.NodeTagNull || rule.isDefault(name, value) || isEmpty(name, value) {
			continue
		}
		data, err := kyaml.NewRNode(value).MarshalJSON()
		if err != nil {
			data = []byte(err.Error())
		}
		picked[name] = hash(string(liken(kind, name, semantic(kind, name, data))))
	}
	return picked
}

func (rule immutable) isDefault(name string, value *kyaml.Node) bool {
	standard, known := rule.defaults[name]
	return known && value.Kind == kyaml.ScalarNode && value.Value == standard
}

// isEmpty reports whether a value is as none. Of a claim's class it is not: that asks for none
// at all.
func isEmpty(name string, value *kyaml.Node) bool {
	if value.Kind == kyaml.ScalarNode {
		return value.Value == "" && name != "storageClassName"
	}
	return len(value.Content) == 0
}

func isTrue(n *kyaml.Node) bool { return n != nil && n.Kind == kyaml.ScalarNode && n.Value == "true" }

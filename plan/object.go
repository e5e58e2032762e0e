package plan

import (
	"cmp"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

// The API groups of what Flux reconciles beside Kustomizations.
const (
	sourceGroup   = "source.toolkit.fluxcd.io"
	helmGroup     = "helm.toolkit.fluxcd.io"
	operatorGroup = "fluxcd.controlplane.io"
)

// Object is one object that a node applies.
type Object struct {
	Group, Kind, Namespace, Name string
	// Grants are the ServiceAccounts to which a binding of a role gives rights, as
	// namespace/name with spaces between them, * for all; Role is what it binds, as
	// Kind/namespace/name.
	Grants, Role string
	// Suspended is set where it is a source that fetches nothing, or a HelmRelease that
	// helm-controller leaves alone.
	Suspended bool
	// Digest tells contents apart; empty where it is not known.
	Digest string
	// Kept is set where an annotation keeps Flux from deleting it.
	Kept bool
	// Sealed is set of a Secret with encrypted data: without spec.decryption Flux applies nothing
	// of what it stands among.
	Sealed bool
	// Ciphered is set of a Secret with encrypted values that Flux applies as they stand there without
	// spec.decryption: it loses sight of their being encrypted.
	Ciphered bool
	// Flux is set of what Flux itself runs by: its controllers, or what brings them. Instance is set
	// of that with which the Flux Operator uninstalls Flux.
	Flux, Instance bool
	// Chart is the source of a HelmRelease's chart, or that which a HelmChart or an
	// ImageUpdateAutomation names, as "Kind namespace/name".
	Chart string
	// Awaits is what a HelmRelease is never ready without beside its chart, each as
	// Kind/namespace/name, with spaces between them.
	Awaits string
	// Classes are the StorageClasses that it names, with spaces between them.
	Classes string
	// Makes are the StorageClasses that the chart of a HelmRelease makes, by its values, with spaces
	// between them.
	Makes string
	// Defines is the kind of which a CustomResourceDefinition is one, as group/Kind.
	Defines string
	// Fixed holds the fields that cannot be changed in place, where there are any: their values,
	// or something that tells these apart, as JSON.
	Fixed string
	// Facts holds fields of which most changes are, such as images and versions, by their paths,
	// as JSON.
	Facts string
	// Version is that of its API. Serves are those that a CustomResourceDefinition serves, with
	// spaces between them; empty where it does not list them.
	Version, Serves string
	// Retention is what of a StatefulSet has Kubernetes delete claims, whenDeleted and whenScaled, and
	// the start of its ordinals, as JSON.
	Retention string
	// Forced is set where an annotation has Flux create it anew then.
	Forced bool
	// Fleeting is set where it goes by itself, as a Job may.
	Fleeting bool
	// Left is set where an annotation has Flux leave it as it is, where it is there.
	Left bool
	// Acts tells apart, of a Kustomization, what decides which objects it applies and
	// deletes; where it is empty, Digest does.
	Acts string
	// Installs and Stores are the namespaces into which a HelmRelease installs, and where it
	// keeps its records, where these are others than its own.
	Installs, Stores string
	// Syncs is the path that the Flux Operator has Flux sync by it, of a FluxInstance or of the values
	// of its chart.
	Syncs string
	// Patched tells apart the patches by which the operator changes the Kustomization that it makes of
	// that, or its source.
	Patched string
	// Filled is set where Flux substitutes variables in it. Literal are those that stand in it as they
	// are, where it substitutes nothing, with spaces between them.
	Filled  bool
	Literal string
	// Away is set of a HelmRelease that installs into another cluster, by its own kubeConfig.
	Away bool
	// Strict is set of a HelmRelease that is not installed over what another release made.
	Strict bool
	// Local is a HelmRelease's chart where that lies in the repository.
	Local LocalChart
}

// owned is an object and the node that applies it.
type owned struct {
	Object
	by string
}

// namespaces are those with which an object goes, or what it installs.
func (o Object) namespaces() []string {
	return slices.DeleteFunc([]string{o.Namespace, o.Installs, o.Stores}, func(name string) bool { return name == "" })
}

// String returns Kind namespace/name.
func (o Object) String() string { return o.identity().String() }

// identity is what identifies an object in its cluster.
type identity struct{ Group, Kind, Namespace, Name string }

func (o Object) identity() identity { return identity{o.Group, o.Kind, o.Namespace, o.Name} }

// String returns Kind namespace/name.
func (i identity) String() string {
	return i.kind() + " " + strings.TrimPrefix(i.Namespace+"/"+i.Name, "/")
}

// kind is the kind, with its group where it is a custom one that has the name of one of
// Kubernetes' own.
func (i identity) kind() string {
	if slices.Contains(coreKinds, i.Kind) && (Object{Group: i.Group}).custom() {
		return i.Kind + "." + i.Group
	}
	return i.Kind
}

// coreKinds are those of Kubernetes that other groups have too, or may have.
var coreKinds = []string{
	"ConfigMap", "CronJob", "Deployment", "Ingress", "Job", "Namespace", "NetworkPolicy", "Node", "PersistentVolume", "PersistentVolumeClaim",
	"Pod", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "Secret", "Service", "ServiceAccount", "StatefulSet",
}

func (o Object) compare(p Object) int {
	return cmp.Or(cmp.Compare(o.grave(), p.grave()), strings.Compare(o.Kind, p.Kind), strings.Compare(o.Namespace, p.Namespace),
		strings.Compare(o.Name, p.Name), strings.Compare(o.Group, p.Group))
}

// named returns the objects as text, the gravest first.
func named(objects []Object) []string {
	sorted := slices.SortedFunc(slices.Values(objects), Object.compare)
	names := make([]string, 0, len(sorted))
	for _, o := range sorted {
		names = append(names, o.String())
	}
	return slices.Compact(names)
}

// kustomization returns the key of a Kustomization; nothing for any other object.
func (o Object) kustomization() string {
	if o.Group != kustomizev1.GroupVersion.Group || o.Kind != kustomizev1.KustomizationKind {
		return ""
	}
	return o.Namespace + "/" + o.Name
}

// distinct are what is said of objects, in order, each once.
func distinct(objects []Object, of func(Object) string) []string {
	var all []string
	for _, o := range objects {
		all = append(all, of(o))
	}
	return unique(all)
}

func (o Object) inGroup() string { return o.Group }

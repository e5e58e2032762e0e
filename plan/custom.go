package plan

import (
	"slices"
	"strings"
)

// custom reports whether an object is one of which only its controller knows what it stands for, and
// which that may have to finalize. Of those that projects of Kubernetes define, most stand for
// nothing but themselves, such as an HTTPRoute.
func (o Object) custom() bool {
	return o.defined() && (!strings.HasSuffix(o.Group, ".k8s.io") || slices.Contains(ownKinds, o.Kind))
}

// ownKinds are those of Kubernetes' projects that stand for more.
var ownKinds = []string{"Gateway", "VolumeGroupSnapshot", "VolumeGroupSnapshotContent", "VolumeSnapshot", "VolumeSnapshotContent"}

// defined reports whether an object is of a kind that is there by a definition which neither Kubernetes
// nor Flux brings. The group of a definition has a dot (apiextensions-apiserver,
// ValidateCustomResourceDefinition).
func (o Object) defined() bool {
	return strings.Contains(o.Group, ".") && !ofFlux(o.Group) && !slices.Contains(ownGroups, o.Group)
}

// ofFlux reports whether an API group is one of the controllers of Flux, which carry a teardown out too.
func ofFlux(group string) bool { return strings.HasSuffix(group, ".toolkit.fluxcd.io") }

// ownGroups are those groups of Kubernetes itself that have a dot in their name, and those that its
// API servers serve without a definition (metrics).
var ownGroups = []string{
	"admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "authentication.k8s.io", "authorization.k8s.io",
	"certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "flowcontrol.apiserver.k8s.io",
	"internal.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io", "rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io",
	"storage.k8s.io", "storagemigration.k8s.io",
	"metrics.k8s.io", "custom.metrics.k8s.io", "external.metrics.k8s.io",
}

package repo

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// The API groups of Flux that are looked at.
const (
	kustomizeGroup = "kustomize.toolkit.fluxcd.io"
	sourceGroup    = "source.toolkit.fluxcd.io"
	helmGroup      = "helm.toolkit.fluxcd.io"
	operatorGroup  = "fluxcd.controlplane.io"
)

// Object is one object that a Kustomization applies.
type Object struct {
	Group, Version, Kind, Namespace, Name string
	// Position is where the author wrote it, as far as kustomize tells.
	Position dag.Position
	// Kept is set where an annotation keeps Flux from deleting the object.
	Kept bool

	body      map[string]any // of the kinds that are looked into; else nil
	document  *gen.Document  // the author's, where it was found
	shared    bool           // by its annotations others may own it as well
	serves    []servedKind   // of a CRD that is Flux's
	digest    string         // of its content, where Options ask for it
	fixed     string         // see Fixed
	facts     string         // see Facts
	classes   []string       // see Classes
	makes     []string       // see Makes
	versions  []string       // see Serves
	retention string         // see Retention
	forced    bool           // see Forced
	acts      string         // see Acts
	grants    []string       // see Grants
	role      ID             // see Role
	sealed    bool           // see Sealed
	ciphered  bool           // one that is applied encrypted
	fleeting  bool           // see Fleeting
	left      bool           // see Left
	defines   string         // see Defines
	homeless  bool           // see Homeless
	local     LocalChart     // see LocalChart
	filled    bool           // see Filled
	literal   []string       // see Literal
}

// ID identifies an object in its cluster, whatever the version.
type ID struct{ Group, Kind, Namespace, Name string }

// ID returns what identifies the object in its cluster.
func (o *Object) ID() ID { return ID{o.Group, o.Kind, o.Namespace, o.Name} }

// Digest returns a hash of the object's content, where [Options.Digests] asks for it.
func (o *Object) Digest() string { return o.digest }

// Kustomization returns the object as it is applied where it is a Kustomization of Flux, and
// else nil. It is shared: treat it as read-only.
func (o *Object) Kustomization() map[string]any {
	if !isKustomization(o.Group, o.Kind) || o.body == nil {
		return nil
	}
	if text(o.body, "metadata", "namespace") == o.Namespace {
		return o.body
	}
	metadata, _ := o.body["metadata"].(map[string]any)
	metadata = maps.Clone(metadata)
	metadata["namespace"] = o.Namespace // it lies where its parent does
	body := maps.Clone(o.body)
	body["metadata"] = metadata
	return body
}

// Sealed reports whether the object is a Secret of which SOPS encrypted values in data: without
// spec.decryption Flux applies nothing of what it stands among (kustomize-controller:
// IsEncryptedSecret). One with stringData alone is applied, encrypted.
func (o *Object) Sealed() bool { return o.sealed }

// Ciphered reports whether the object is a Secret of which SOPS encrypted values, and that Flux
// applies with the encrypted text without spec.decryption.
func (o *Object) Ciphered() bool { return o.ciphered }

// Homeless reports whether the object needs a namespace and has none: the API server refuses
// it, so that it is in no cluster, and Flux applies nothing of what it stands among.
func (o *Object) Homeless() bool { return o.homeless }

// String returns Kind namespace/name.
func (id ID) String() string {
	return id.Kind + " " + strings.TrimPrefix(id.Namespace+"/"+id.Name, "/")
}

// key identifies a namespaced object of a known kind.
type key struct{ namespace, name string }

func (k key) String() string { return k.namespace + "/" + k.name }

func (o *Object) key() key { return key{o.Namespace, o.Name} }

func groupOf(apiVersion string) (group, version string) {
	group, version, grouped := strings.Cut(apiVersion, "/")
	if !grouped {
		return "", group
	}
	return group, version
}

// text returns a string field of a decoded object, or nothing.
func text(object map[string]any, fields ...string) string {
	s, _ := value(object, fields...).(string)
	return s
}

// value returns a field of a decoded object, or nil.
func value(object map[string]any, fields ...string) any {
	var v any = object
	for _, field := range fields {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[field]
	}
	return v
}

// list returns the mappings of a list of a decoded object.
func list(object map[string]any, fields ...string) []map[string]any {
	items, _ := value(object, fields...).([]any)
	var mappings []map[string]any
	for _, item := range items {
		if m, ok := item.(map[string]any); ok {
			mappings = append(mappings, m)
		}
	}
	return mappings
}

// source identifies the source of a Kustomization.
type source struct{ kind, namespace, name string }

func sourceOf(object map[string]any, namespace string) source {
	return source{text(object, "spec", "sourceRef", "kind"),
		cmp.Or(text(object, "spec", "sourceRef", "namespace"), namespace), text(object, "spec", "sourceRef", "name")}
}

func (s source) String() string { return s.kind + " " + s.namespace + "/" + s.name }

// isSource reports whether objects of a kind are sources of Kustomizations.
func isSource(group, kind string) bool {
	return group == sourceGroup && (kind == "GitRepository" || kind == "OCIRepository" || kind == "Bucket" || kind == "ExternalArtifact")
}

// makesFlux reports whether a ResourceSet makes objects that others depend on:
// which ones, the Flux operator decides in the cluster.
func makesFlux(resourceSet map[string]any) bool {
	template := text(resourceSet, "spec", "resourcesTemplate")
	return slices.ContainsFunc(list(resourceSet, "spec", "resources"), func(o map[string]any) bool {
		group, _ := groupOf(text(o, "apiVersion"))
		return group == kustomizeGroup || group == helmGroup
	}) || strings.Contains(template, kustomizeGroup+"/v") || strings.Contains(template, helmGroup+"/v")
}

// isKustomization reports whether an object is one of Flux's, not kustomize's own.
func isKustomization(group, kind string) bool {
	return group == kustomizeGroup && kind == "Kustomization"
}

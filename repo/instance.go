package repo

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/gen"
)

// instanceRoot returns the sync root of a FluxInstance, or of values for the
// flux-instance chart.
func instanceRoot(d *gen.Document) (syncRoot, bool) {
	object, err := d.Object()
	if err != nil {
		return syncRoot{}, false
	}
	namespace, fields := d.Namespace(), instanceFields(d.APIVersion(), d.Kind())
	spec, _ := value(object, fields...).(map[string]any)
	if fields == nil || !syncs(spec) {
		return syncRoot{}, false
	}
	kind, where := text(spec, "sync", "kind"), text(spec, "sync", "path")
	namespace = cmp.Or(namespace, "flux-system")
	name := cmp.Or(text(spec, "sync", "name"), namespace)
	r := syncRoot{path: cleanPath(where), source: source{kind, namespace, name}, pos: d.Position(strings.Join(append(fields, "sync.path"), "."))}
	// The Flux operator makes these objects (its flux-sync manifests).
	r.fetches = instanceSource(kind, spec)
	r.object = map[string]any{
		"apiVersion": kustomizeGroup + "/v1", "kind": "Kustomization",
		"metadata": map[string]any{"name": name, "namespace": namespace},
		"spec": map[string]any{
			"interval": cmp.Or(text(spec, "sync", "interval"), "10m"), "path": where, "prune": true,
			"sourceRef": map[string]any{"kind": kind, "name": name},
		},
	}
	return r, true
}

// instanceSource returns the source that a FluxInstance syncs from: what sync.ref names
// depends on its kind.
func instanceSource(kind string, spec map[string]any) map[string]any {
	url, ref := value(spec, "sync", "url"), value(spec, "sync", "ref")
	switch kind {
	case "Bucket":
		spec = map[string]any{"endpoint": url, "bucketName": ref}
	case "OCIRepository":
		spec = map[string]any{"url": url, "ref": map[string]any{"tag": ref}}
	default:
		spec = map[string]any{"url": url, "ref": map[string]any{"name": ref}}
	}
	return map[string]any{"kind": kind, "spec": spec}
}

// instanceFields leads to what is the spec of a FluxInstance in an object of a kind, or in
// values; nil where there is none.
func instanceFields(apiVersion, kind string) []string {
	switch group, _ := groupOf(apiVersion); {
	case group == operatorGroup && kind == "FluxInstance":
		return []string{"spec"}
	case group == helmGroup && kind == "HelmRelease":
		return []string{"spec", "values", "instance"}
	case kind == "" && apiVersion == "":
		return []string{"instance"}
	}
	return nil
}

// Syncs returns the path that the Flux Operator has Flux sync by the object, relative to the
// artifact: by a FluxInstance, or by values of the chart for it, in a HelmRelease or in a
// ConfigMap. It is empty where there is none.
func (o *Object) Syncs() string {
	if spec := o.instanceSpec(); spec != nil {
		return cleanPath(text(spec, "sync", "path"))
	}
	return ""
}

// instanceSpec returns what is the spec of a FluxInstance that syncs in the object, or in values that
// it holds; nil where there is none.
func (o *Object) instanceSpec() map[string]any {
	if o.Group == "" && o.Kind == "ConfigMap" {
		return specOfValues(o.body)
	}
	fields := instanceFields(o.Group+"/"+o.Version, o.Kind)
	spec, _ := value(o.body, fields...).(map[string]any)
	if fields == nil || !syncs(spec) {
		return nil
	}
	return spec
}

// specOfValues returns it of the values that a ConfigMap holds.
func specOfValues(configMap map[string]any) map[string]any {
	data, _ := value(configMap, "data").(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(data)) {
		s, _ := data[name].(string)
		if !strings.Contains(s, "instance:") {
			continue
		}
		documents, _ := gen.Parse("", []byte(s))
		for i := range documents {
			object, err := documents[i].Object()
			spec, _ := value(object, instanceFields("", "")...).(map[string]any)
			if err == nil && documents[i].Kind() == "" && documents[i].APIVersion() == "" && syncs(spec) {
				return spec
			}
		}
	}
	return nil
}

// syncs reports whether the spec of a FluxInstance says what is synced.
func syncs(spec map[string]any) bool {
	where := text(spec, "sync", "path")
	return text(spec, "sync", "kind") != "" && where != "" && !IsSymbolic(where)
}

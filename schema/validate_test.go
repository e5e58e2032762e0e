package schema

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type anyMap = map[string]any

// object returns a Kustomization that every version admits.
func object() anyMap {
	return anyMap{
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
		"metadata": anyMap{"name": "apps", "namespace": "flux-system"},
		"spec":     anyMap{"interval": "1h", "prune": true, "sourceRef": anyMap{"kind": "GitRepository", "name": "flux-system"}},
	}
}

// with returns a Kustomization with one field set, or deleted where v is absent.
func with(path string, v any) anyMap {
	o := object()
	at := o
	keys := strings.Split(path, ".")
	for _, key := range keys[:len(keys)-1] {
		next, ok := at[key].(anyMap)
		if !ok {
			next = anyMap{}
			at[key] = next
		}
		at = next
	}
	if at[keys[len(keys)-1]] = v; v == absent {
		delete(at, keys[len(keys)-1])
	}
	return o
}

var absent any = struct{ absent bool }{true}

func load(t testing.TB, flux string) *Schema {
	t.Helper()
	s, err := Load(flux)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// notReached stands beside every error that keeps the CRD's rules from running.
const notReached = "<nil>: FieldValueInvalid"

func TestValidate(t *testing.T) {
	s := load(t, Default)
	for name, c := range map[string]struct {
		object anyMap
		want   []string
	}{
		"plain":                 {object(), nil},
		"server's metadata":     {with("metadata.creationTimestamp", nil), nil},
		"generation":            {with("metadata.generation", -7), nil},
		"status goes":           {with("status.observedGeneration", "no number"), nil},
		"unknown in status":     {with("status.x", 1), nil},
		"server's own":          {with("metadata.creationTimestamp", "no time"), nil},
		"null":                  {with("spec.timeout", nil), []string{notReached, "spec.timeout: FieldValueTypeInvalid"}},
		"null with a default":   {with("spec.force", nil), nil},
		"required":              {with("spec.interval", absent), []string{notReached, "spec.interval: FieldValueRequired"}},
		"null where required":   {with("spec.sourceRef", nil), []string{notReached, "spec.sourceRef: FieldValueTypeInvalid"}},
		"no spec":               {with("spec", absent), nil},
		"pattern":               {with("spec.interval", "1d"), []string{"spec.interval: FieldValueInvalid"}},
		"enum":                  {with("spec.deletionPolicy", "Keep"), []string{notReached, "spec.deletionPolicy: FieldValueNotSupported"}},
		"type":                  {with("spec.prune", "yes"), []string{notReached, "spec.prune: FieldValueTypeInvalid"}},
		"minLength":             {with("spec.targetNamespace", ""), []string{"spec.targetNamespace: FieldValueInvalid"}},
		"maxLength":             {with("spec.namePrefix", strings.Repeat("a", 201)), []string{notReached, "spec.namePrefix: FieldValueTooLong"}},
		"map of texts":          {with("spec.postBuild.substitute.PORT", 80), []string{notReached, "spec.postBuild.substitute.PORT: FieldValueTypeInvalid"}},
		"rule":                  {with("spec.kubeConfig", anyMap{}), []string{"spec.kubeConfig: FieldValueInvalid"}},
		"in a list":             {with("spec.dependsOn", []any{anyMap{"namespace": "x"}}), []string{notReached, "spec.dependsOn[0].name: FieldValueRequired"}},
		"unknown":               {with("spec.dependOn", 1), []string{`unknown field "spec.dependOn"`}},
		"unknown at the root":   {with("specs", 1), []string{`unknown field "specs"`}},
		"unknown in metadata":   {with("metadata.label", 1), []string{`unknown field "metadata.label"`}},
		"unknown in a list":     {with("spec.dependsOn", []any{anyMap{"name": "a", "ns": "b"}}), []string{`unknown field "spec.dependsOn[0].ns"`}},
		"name":                  {with("metadata.name", "Apps_"), []string{"metadata.name: FieldValueInvalid"}},
		"long name":             {with("metadata.name", strings.Repeat("a", 254)), []string{"metadata.name: FieldValueInvalid"}},
		"no name":               {with("metadata.name", absent), []string{notReached, "metadata.name: FieldValueRequired"}},
		"generated name":        {with("metadata", anyMap{"generateName": "apps-", "namespace": "a"}), nil},
		"no namespace":          {with("metadata.namespace", absent), []string{notReached, "metadata.namespace: FieldValueRequired"}},
		"namespace":             {with("metadata.namespace", "a.b"), []string{"metadata.namespace: FieldValueInvalid"}},
		"no metadata":           {with("metadata", absent), []string{notReached, "metadata.name: FieldValueRequired", "metadata.namespace: FieldValueRequired"}},
		"label":                 {with("metadata.labels", anyMap{"team": "a b"}), []string{"metadata.labels: FieldValueInvalid"}},
		"annotation":            {with("metadata.annotations", anyMap{"a/b/c": ""}), []string{"metadata.annotations: FieldValueInvalid"}},
		"label is no text":      {with("metadata.labels", anyMap{"port": 80}), []string{"json: cannot unmarshal number into Go struct field ObjectMeta.labels of type string"}},
		"metadata is no object": {with("metadata", "x"), []string{"json: cannot unmarshal string into Go value of type v1.ObjectMeta"}},
		"kind":                  {with("kind", "Deployment"), []string{"kind: FieldValueInvalid"}},
		"no kind":               {with("kind", absent), []string{"kind is missing"}},
		"version":               {with("apiVersion", "kustomize.toolkit.fluxcd.io/v1beta2"), []string{"apiVersion: FieldValueInvalid"}},
		"no JSON":               {with("spec.path", math.NaN()), []string{"json: unsupported value: NaN"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, v := range s.Validate(c.object) {
				got = append(got, v.Cause())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestMessage holds texts that people search for.
func TestMessage(t *testing.T) {
	for flux, want := range map[string]Violation{
		"2.9":  {"spec.kubeConfig", "FieldValueInvalid", "Invalid value: exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified"},
		"2.10": {"spec.kubeConfig", "FieldValueInvalid", "Invalid value: exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified"},
		"2.6":  {"spec.kubeConfig.secretRef", "FieldValueRequired", "Required value"},
	} {
		if diff := cmp.Diff([]Violation{want}, load(t, flux).Validate(with("spec.kubeConfig", anyMap{}))); diff != "" {
			t.Errorf("Flux %s (-want +got):\n%s", flux, diff)
		}
	}
}

// TestValidateLeavesTheObject: what was read is used for more than this.
func TestValidateLeavesTheObject(t *testing.T) {
	o := with("status.x", []any{anyMap{"spec": nil}})
	load(t, Default).Validate(o)
	if diff := cmp.Diff(with("status.x", []any{anyMap{"spec": nil}}), o); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkValidate(b *testing.B) {
	s := load(b, Default)
	o := with("spec.dependsOn", []any{anyMap{"name": "a"}, anyMap{"name": "b", "namespace": "c"}})
	for b.Loop() {
		s.Validate(o)
	}
}

package repo

import "testing"

// TestKept holds what Flux leaves when it prunes: by an annotation or a label, of the object
// or of all that a Kustomization applies, which goes before the object's own.
func TestKept(t *testing.T) {
	const name = "kustomize.toolkit.fluxcd.io/prune: "
	for name, test := range map[string]struct {
		common, own string
		want        bool
	}{
		"nothing":             {"{}", "{}", false},
		"annotation":          {"{}", "{annotations: {" + name + "disabled}}", true},
		"label in any case":   {"{}", "{labels: {" + name + "Disabled}}", true},
		"another value":       {"{}", "{annotations: {" + name + "enabled}}", false},
		"common annotation":   {"{annotations: {" + name + "disabled}}", "{}", true},
		"common label":        {"{labels: {" + name + "disabled}}", "{}", true},
		"common goes before":  {"{annotations: {" + name + "enabled}}", "{annotations: {" + name + "disabled}}", false},
		"the other kind does": {"{annotations: {" + name + "enabled}}", "{labels: {" + name + "disabled}}", true},
	} {
		o := onlyObject(t, "  commonMetadata: "+test.common+"\n", "apiVersion: v1\nkind: Service\nmetadata: "+withName(test.own)+"\n")
		if o.Kept != test.want {
			t.Errorf("%s: %t", name, o.Kept)
		}
	}
}

// withName gives metadata in flow style a name.
func withName(metadata string) string {
	if metadata == "{}" {
		return "{name: a, namespace: default}"
	}
	return "{name: a, namespace: default, " + metadata[1:]
}

// onlyObject returns the one object that a Kustomization with more in its spec applies.
func onlyObject(t *testing.T, more, manifest string) *Object {
	t.Helper()
	r, err := Load(writeTree(t, map[string]string{
		"clusters/prod/flux-system/gotk-sync.yaml": gotkSync,
		"clusters/prod/apps.yaml":                  kustomization("apps", "./apps", more),
		"apps/a.yaml":                              manifest,
	}), Options{Digests: true})
	if err != nil {
		t.Fatal(err)
	}
	objects := r.Clusters[0].Objects["flux-system/apps"]
	if len(objects) != 1 {
		t.Fatalf("%d objects", len(objects))
	}
	return objects[0]
}

// TestStrict holds which HelmReleases are not installed over what another release made.
func TestStrict(t *testing.T) {
	for spec, want := range map[string]bool{"{install: {disableTakeOwnership: true}}": true, "{install: {disableTakeOwnership: false}}": false, "{upgrade: {disableTakeOwnership: true}}": false} {
		if o := onlyObject(t, "", "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: b}\nspec: "+spec+"\n"); o.Strict() != want {
			t.Error(spec)
		}
	}
}

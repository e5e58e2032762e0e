package repo

import (
	"strings"
	"testing"
)

// TestClasses holds which StorageClasses an object names.
func TestClasses(t *testing.T) {
	for _, test := range []struct{ apiVersion, kind, body, want string }{
		{"v1", "PersistentVolumeClaim", "spec: {storageClassName: fast}", "fast"},
		{"v1", "PersistentVolumeClaim", "spec: {storageClassName: ''}", ""},
		{"apps/v1", "StatefulSet", "spec: {volumeClaimTemplates: [{spec: {storageClassName: slow}}, {spec: {storageClassName: fast}}, {spec: {storageClassName: slow}}]}", "fast slow"},
		{"postgresql.cnpg.io/v1", "Cluster", "spec: {storage: {storageClass: fast}, walStorage: {storageClass: null}}", "fast"},
		{"volsync.backube/v1alpha1", "ReplicationSource", "spec: {restic: {cacheStorageClassName: fast}}", "fast"},
		{"helm.toolkit.fluxcd.io/v2", "HelmRelease", "spec: {values: {a: {storageClass: '-'}, b: {storageClass: fast}, c: {storageClass: {name: made}}}}", "fast"},
		{"v1", "PersistentVolume", "spec: {storageClassName: fast}", ""},
	} {
		o := onlyObject(t, "", "apiVersion: "+test.apiVersion+"\nkind: "+test.kind+"\nmetadata: {name: a, namespace: default}\n"+test.body+"\n")
		if got := strings.Join(o.Classes(), " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.kind, got, test.want)
		}
	}
}

// TestMakes holds which StorageClasses the chart of a release makes, by its values.
func TestMakes(t *testing.T) {
	for _, test := range []struct{ values, want string }{
		{"storageClass: {name: block, isDefault: true}", "block"},
		{"pools: [{storageClass: {enabled: true, name: block, reclaimPolicy: Delete}}, {storageClass: {name: off, enabled: false, parameters: {}}}]", "block"},
		{"storageClasses: [{name: b, defaultClass: true}, {name: a, provisioner: x}, {name: b, parameters: {}}]", "a b"},
		{"hostpathClass: {name: local, isDefaultClass: false}", "local"},
		{"storageClass: {name: used}", ""},
		{"persistence: {storageClass: used, name: data, parameters: {}}", ""},
		{"ingressClass: {name: nginx, enabled: true}", ""},
		{"storageClass: {name: '${CLASS}', isDefault: true}", ""},
	} {
		o := onlyObject(t, "", "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: default}\nspec: {values: {"+test.values+"}}\n")
		if got := strings.Join(o.Makes(), " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.values, got, test.want)
		}
	}
}

package repo

import "testing"

// TestFacts holds which fields of an object are told of with their values.
func TestFacts(t *testing.T) {
	for _, test := range []struct{ apiVersion, kind, body, want string }{
		{"apps/v1", "Deployment", "spec: {replicas: 2, template: {spec: {containers: [{name: a, image: x:1, args: [b]}, {name: c, image: y}]}}}",
			`{"containers.a.image":"x:1","containers.c.image":"y","replicas":"2"}`},
		{"batch/v1", "CronJob", "spec: {suspend: true, jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: x:1}]}}}}}",
			`{"containers.a.image":"x:1","suspend":"true"}`},
		{"helm.toolkit.fluxcd.io/v2", "HelmRelease", "spec: {suspend: true, chart: {spec: {chart: a, version: 1.x}}, values: {image: {repository: b, tag: c}, password: d}}",
			`{"suspend":"true","values.image.tag":"c","version":"1.x"}`},
		{"helm.toolkit.fluxcd.io/v2", "HelmRelease", "spec: {values: {persistence: {enabled: false, size: 8Gi, password: a, data: {enabled: true}}, ingress: {enabled: true}, db: {existingClaim: c, storageClass: d}}}",
			`{"values.db.existingClaim":"c","values.db.storageClass":"d","values.persistence.data.enabled":"true","values.persistence.enabled":"false","values.persistence.size":"8Gi"}`},
		{"example.com/v1", "Thing", "spec: {persistence: {enabled: false}, storageClass: a}", ""},
		{"source.toolkit.fluxcd.io/v1", "GitRepository", "spec: {url: a, ref: {branch: main, tag: null}}", `{"ref.branch":"main","url":"a"}`},
		{"source.toolkit.fluxcd.io/v1", "HelmRepository", "spec: {url: 'https://u:p@example.com/a@b'}", `{"url":"https://xxxxx@example.com/a@b"}`},
		{"source.toolkit.fluxcd.io/v1", "GitRepository", "spec: {url: 'ssh://git@example.com:22/a'}", `{"url":"ssh://git@example.com:22/a"}`},
		{"example.com/v1", "Probe", "spec: {url: a}", ""},
		{"v1", "ConfigMap", "spec: {image: a}", ""},
		{"v1", "Service", "spec: {ports: [{port: 80}]}", ""},
	} {
		o := onlyObject(t, "", "apiVersion: "+test.apiVersion+"\nkind: "+test.kind+"\nmetadata: {name: a, namespace: default}\n"+test.body+"\n")
		if got := o.Facts(); got != test.want {
			t.Errorf("%s: %s, want %s", test.kind, got, test.want)
		}
	}
}

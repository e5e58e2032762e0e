package schema

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrongFieldsReady(t *testing.T) {
	for expr, want := range map[string][]string{
		"dep.status.ready == true":                                                     {"1:12 dep.status.ready"},
		"has(dep.status.ready) && dep.status.ready == 1":                               {"1:16 dep.status.ready tested"},
		"has(dep.status.foo) ? dep.status.foo == 1 : true":                             {"1:16 dep.status.foo tested"},
		"dep.status.foo == 1 || has(dep.status.foo)":                                   {"1:12 dep.status.foo tested"},
		"dep.status.a == 1 || dep.status.a == 2 || dep.status.b":                       {"1:12 dep.status.a", "1:54 dep.status.b"},
		"has(dep.status.foo.bar)":                                                      {"1:16 dep.status.foo"}, // it is foo that is read
		"'ready' in dep.status && dep.status['ready']":                                 {"1:2 dep.status.ready tested"},
		"'x' in dep.metadata.labels && 'x' in dep.metadata.finalizers && dep in [dep]": nil,
		"dep.status.?ready.orValue(false) == true":                                     {"1:13 dep.status.ready optional"},
		"dep.?stat.ready.orValue(false) && dep.stat.x":                                 {"1:6 dep.stat"},
		"!has(self.spec.pathh)":                                                        {"1:16 self.spec.pathh tested near path"},
		"dep.status['redy'] == 1":                                                      {"1:13 dep.status.redy"},
		"dep.status.conditions[0]['reasons'] != ''":                                    {"1:27 dep.status.conditions[…].reasons near reason"},
		"dep.status.conditions.type == 'Ready'":                                        {"1:23 dep.status.conditions.type"},
		"dep.status.?history[?0].?digests.hasValue()":                                  {"1:26 dep.status.history[…].digests optional near digest"},
		"dep.metadata.labels.any == 'x' && dep.metadata.label == {}":                   {"1:48 dep.metadata.label near labels"},
		"has(dep.metadata.meta)":                                                       {"1:18 dep.metadata.meta tested"},
		"dep.spec.path == self.spec.path":                                              nil,
		"dep.spec.postBuild.substitute.x == 'y'":                                       nil,
		"dep.status.conditions.exists(dep, dep.message == 'x')":                        nil, // a variable of its own
		"dep.status.conditions.map(c, dep.status.x).size() > 0":                        {"1:41 dep.status.x"},
		"dep[self.kind] == 1":                                                          nil,
		"dep.metadata.managedFields[0].fieldsV1.anything == 1":                         nil,
		"dep.metadata.creationTimestamp != ''":                                         nil,
		"self.kind == 'x' && self.apiVersion == 'y' && self.knd == 'z'":                {"1:52 self.knd near kind"},
		"dep.kind == 'x' && dep.apiVersion == 'y'":                                     {"1:5 dep.kind", "1:24 dep.apiVersion"}, // it is read as a typed object
		"true &&\n\n  dep.status.ready == 1":                                           {"3:14 dep.status.ready"},
		"{'a': dep.b}.a == [dep.c][0]":                                                 {"1:11 dep.b", "1:24 dep.c"},
	} {
		compareFields(t, expression{text: expr}, want)
	}
}

func TestWrongFieldsMacros(t *testing.T) {
	const typ = "dep.status.conditions[…].typ near type"
	for expr, want := range map[string][]string{
		"dep.status.conditions.exists(e, e.typ == 'Ready')":                                                     {"1:35 " + typ},
		"dep.status.conditions.exists_one(e, e.typ == 'Ready')":                                                 {"1:39 " + typ},
		"dep.status.conditions.all(e, has(e.typ) && e.typ == 'Ready')":                                          {"1:36 dep.status.conditions[…].typ tested near type"},
		"dep.status.conditions.map(e, e.typ).size() > 0":                                                        {"1:32 " + typ},
		"dep.status.conditions.map(e, e.typ == 'a', e.status).size() > 0":                                       {"1:32 " + typ},
		"dep.status.conditions.filter(e, e.type == 'a')[0].typ == 'a'":                                          {"1:51 " + typ},
		"dep.status.conditions.filter(e, true).exists(c, c.typ == 'a')":                                         {"1:51 " + typ},
		"dep.status.?conditions.orValue([]).exists(e, e.typ == 'a')":                                            {"1:48 " + typ},
		"dep.status.?conditions.optMap(all, all.exists(e, e.?typ.hasValue())).orValue(false)":                   {"1:53 dep.status.conditions[…].typ optional near type"},
		"dep.status.?conditions.optMap(all, all.exists(e, e.typ == 'a')).orValue(false)":                        {"1:52 dep.status.conditions[…].typ near type"},
		"self.spec.dependsOn.exists(d, d.nmae == 'x')":                                                          {"1:33 self.spec.dependsOn[…].nmae near name"},
		"self.spec.dependsOn.exists(d, d.name == dep.metadata.name)":                                            nil,
		"dep.status.conditions.exists(e, dep.status.history.exists(e, e.digest == e.typ))":                      {"1:76 dep.status.history[…].typ"},
		"dep.status.conditions.exists(e, dep.status.history.exists(h, e.typ == h.digest))":                      {"1:64 " + typ},
		"dep.status.conditions.map(e, e.type).exists(e, e == 'Ready')":                                          nil, // texts
		"dep.status.conditions.map(e, {'typ': e.type}).exists(e, e.typ == 'Ready')":                             nil,
		"dep.metadata.labels.exists(k, k == 'a' && dep.metadata.labels[k] == 'b')":                              nil, // keys
		"dep.metadata.exists(k, k.size() > 0)":                                                                  nil,
		"[dep].exists(d, d.nothing == 1)":                                                                       nil, // not followed
		"dep.status.conditions.exists(e, [1].exists(dep, e.typ == 'a'))":                                        {"1:51 " + typ},
		"dep.spec.healthCheckExprs.exists(e, e.curent == '')":                                                   {"1:39 dep.spec.healthCheckExprs[…].curent near current"},
		"dep.status.history.all(h, h.metadata.any == 'x') && dep.metadata.ownerReferences.all(o, o.uidd == '')": {"1:91 dep.metadata.ownerReferences[…].uidd near uid"},
	} {
		compareFields(t, expression{text: expr}, want)
	}
}

func TestWrongFieldsHealth(t *testing.T) {
	for _, c := range []struct {
		apiVersion, kind, expr string
		want                   []string
	}{
		{"apps/v1", "Deployment", "status.redyReplicas > 0", []string{"1:8 status.redyReplicas near readyReplicas"}},
		{"apps/v1", "Deployment", "spec.anything && data.x", []string{"1:18 data"}}, // of what is at the top, status alone is judged
		{"apps/v1", "Deployment", "dep.status.x && self.y && metadata.z", []string{"1:1 dep", "1:17 self"}},
		{"apps/v1", "Deployment", "object.status.x == name", []string{"1:1 object", "1:20 name"}}, // of metadata
		{"apps/v1", "Deployment", "stauts.x && apiVersion == kind", []string{"1:1 stauts near status"}},
		{"apps/v1", "Deployment", "sets.contains([1], [1]) && type(spec.x) == string && optional.of(1).hasValue()", nil},
		{"apps/v1", "Deployment", "type(spec.x) == google.protobuf.Timestamp || null == null_type", nil},
		{"apps/v1", "Deployment", "data.size() > 0", []string{"1:1 data"}},
		{"apps/v1", "Deployment", "status.conditions.exists(e, e.typ == 'Available')", []string{"1:31 status.conditions[…].typ near type"}},
		{"v1", "ConfigMap", "data.ready == 'yes' && dat.x", []string{"1:24 dat near data"}},
		{"kustomize.toolkit.fluxcd.io/v1", "Kustomization", "metadata.name == kind && dep.x", []string{"1:26 dep"}},
		{"example.com/v1", "Database", "dep.status.x && object.y", nil},
		{"apps/v1beta1", "Deployment", "status.phase == ''", []string{"1:8 status.phase"}},
		{"apps/v1", "StatefulSet", "status.updateRevision == status.currentRevision", nil},
		{"apps/v1", "DaemonSet", "status.readyReplicas > 0", []string{"1:8 status.readyReplicas"}},
		{"batch/v1", "CronJob", "status.succeeded > 0", []string{"1:8 status.succeeded"}},
		{"v1", "Pod", "status.phase == 'Running' && status.hostIP != ''", nil},
		{"v1", "Namespace", "status.phases == 'Active'", []string{"1:8 status.phases near phase"}},
		{"v1", "Secret", "status == 1", []string{"1:1 status"}},
		{"v1", "Service", "status.loadBalancer.ingress[0].ipp != ''", []string{"1:32 status.loadBalancer.ingress[…].ipp near ip"}},
		{"v1", "PersistentVolumeClaim", "status.capacity.storage == '1Gi' && status.capacity['x'].y == 1", nil},
		{"autoscaling/v2", "HorizontalPodAutoscaler", "status.currentCPUUtilizationPercentage > 0", nil}, // of v1
		{"apiextensions.k8s.io/v1", "CustomResourceDefinition", "status.acceptedName.kind == ''", []string{"1:8 status.acceptedName near acceptedNames"}},
		{"kustomize.toolkit.fluxcd.io/v1beta2", "Kustomization", "status.inventory.entry == 1", []string{"1:18 status.inventory.entry"}},
		{"example.com/v1", "Deployment", "status.redyReplicas > 0", nil},
		{"apps/v1", "", "status.redyReplicas > 0", nil}, // every kind of the group
		{"", "", "status.x", nil},
	} {
		compareFields(t, expression{text: c.expr, health: true, apiVersion: c.apiVersion, kind: c.kind}, c.want)
	}
}

func compareFields(t *testing.T, e expression, want []string) {
	t.Helper()
	parsed, err := e.parse()
	if err != nil {
		if want != nil {
			t.Errorf("%s: %v", e.text, err)
		}
		return
	}
	_, roots := judged{Schema: load(t, Default)}.rootsOf(e)
	var got []string
	for _, w := range wrongFields(e.text, parsed, roots) {
		text := fmt.Sprintf("%d:%d %s", w.line, w.column, w.path)
		switch w.use {
		case isTested:
			text += " tested"
		case isOptional:
			text += " optional"
		}
		if w.near != "" {
			text += " near " + w.near
		}
		got = append(got, text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s %s (-want +got):\n%s", e.kind, e.text, diff)
	}
}

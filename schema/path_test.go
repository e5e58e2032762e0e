package schema

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrongFieldsReady(t *testing.T) {
	for expr, want := range map[string][]string{
		"dep.status.ready == true":                                   {"1:12 dep.status.ready"},
		"has(dep.status.ready) && dep.status.ready == 1":             {"1:16 dep.status.ready", "1:37 dep.status.ready"},
		"!has(self.spec.pathh)":                                      {"1:16 self.spec.pathh near path"},
		"dep.status['redy'] == 1":                                    {"1:13 dep.status.redy"},
		"dep.status.conditions[0]['reasons'] != ''":                  {"1:27 dep.status.conditions[…].reasons near reason"},
		"dep.status.conditions.type == 'Ready'":                      {"1:23 dep.status.conditions.type"},
		"dep.status.?history[?0].?digests.hasValue()":                {"1:26 dep.status.history[…].digests near digest"},
		"dep.metadata.labels.any == 'x' && dep.metadata.label == {}": {"1:48 dep.metadata.label near labels"},
		"has(dep.metadata.meta)":                                     {"1:18 dep.metadata.meta"},
		"dep.spec.path == self.spec.path":                            nil,
		"dep.spec.postBuild.substitute.x == 'y'":                     nil,
		"dep.status.conditions.exists(dep, dep.nothing == 'x')":      nil, // a variable of its own
		"dep.status.conditions.map(c, dep.status.x).size() > 0":      {"1:41 dep.status.x"},
		"dep[self.kind] == 1":                                        nil,
		"dep.metadata.managedFields[0].fieldsV1.anything == 1":       nil,
		"dep.metadata.creationTimestamp != ''":                       nil,
		"dep.kind == 'x' && dep.apiVersion == 'y' && dep.knd == 'z'": {"1:49 dep.knd near kind"},
		"true &&\n\n  dep.status.ready == 1":                         {"3:14 dep.status.ready"},
		"{'a': dep.b}.a == [dep.c][0]":                               {"1:11 dep.b", "1:24 dep.c"},
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
		{"apps/v1", "Deployment", "spec.anything && data.x", nil}, // status alone is judged
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
		if w.near != "" {
			text += " near " + w.near
		}
		got = append(got, text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s %s (-want +got):\n%s", e.kind, e.text, diff)
	}
}

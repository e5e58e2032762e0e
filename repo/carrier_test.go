package repo

import "testing"

// TestObjectFlux holds what Flux itself is taken to run by.
func TestObjectFlux(t *testing.T) {
	release := func(name string, spec map[string]any) Object {
		return Object{Group: helmGroup, Kind: "HelmRelease", Name: name, body: map[string]any{"spec": spec}}
	}
	chart := func(name string) map[string]any {
		return map[string]any{"chart": map[string]any{"spec": map[string]any{"chart": name}}}
	}
	syncs := map[string]any{"values": map[string]any{"instance": map[string]any{"sync": map[string]any{"path": "clusters/a"}}}}
	for _, c := range []struct {
		name   string
		object Object
		want   bool
	}{
		{"an instance", Object{Group: operatorGroup, Kind: "FluxInstance", Name: "flux"}, true},
		{"a report of it", Object{Group: operatorGroup, Kind: "FluxReport", Name: "flux"}, false},
		{"a controller", Object{Group: "apps", Kind: "Deployment", Name: "kustomize-controller"}, true},
		{"another Deployment", Object{Group: "apps", Kind: "Deployment", Name: "web"}, false},
		{"values of an instance", release("any", syncs), true},
		{"a chart", release("any", chart("flux-operator")), true},
		{"the name of another chart", release("flux-operator", chart("web")), false},
		{"a chart by its source", release("any", map[string]any{"chartRef": map[string]any{"name": "flux-instance"}}), true},
		{"another release", release("web", chart("web")), false},
	} {
		if got := c.object.Flux(); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}

// TestObjectInstance holds with what the Flux Operator uninstalls Flux.
func TestObjectInstance(t *testing.T) {
	off := map[string]any{operatorGroup + "/reconcile": "Disabled"}
	for _, c := range []struct {
		name   string
		object Object
		want   bool
	}{
		{"an instance", Object{Group: operatorGroup, Kind: "FluxInstance"}, true},
		{"one that is let be", Object{Group: operatorGroup, Kind: "FluxInstance", body: map[string]any{"metadata": map[string]any{"annotations": off}}}, false},
		{"its chart", Object{Group: helmGroup, Kind: "HelmRelease", Name: "flux-instance"}, true},
		{"its chart, let be", Object{Group: helmGroup, Kind: "HelmRelease", Name: "flux-instance", body: map[string]any{"spec": map[string]any{"values": map[string]any{"commonAnnotations": off}}}}, false},
		{"the operator", Object{Group: helmGroup, Kind: "HelmRelease", Name: "flux-operator"}, false},
		{"a controller", Object{Group: "apps", Kind: "Deployment", Name: "kustomize-controller"}, false},
	} {
		if got := c.object.Instance(); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}

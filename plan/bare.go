package plan

import "slices"

// bareGroups are groups of custom resources that hold no data: what is lost with one comes back
// with the next, but for the kinds in with.
var bareGroups = []struct {
	group string
	with  []string
}{
	{"acme.cert-manager.io", nil},
	{"cert-manager.io", nil},
	{"cilium.io", nil},
	{"external-secrets.io", []string{"PushSecret", "ClusterPushSecret"}}, // delete what they pushed (deletionPolicy)
	{"gateway.envoyproxy.io", nil},
	{"gateway.networking.k8s.io", nil},
	{"grafana.integreatly.org", []string{"Grafana"}},
	{"keda.sh", nil},
	{"kyverno.io", nil},
	{"metallb.io", nil},
	{"monitoring.coreos.com", []string{"Alertmanager", "Prometheus", "PrometheusAgent", "ThanosRuler"}},
	{"networking.istio.io", nil},
	{"observability.giantswarm.io", nil},
	{"pyrra.dev", nil},
	{"security.istio.io", nil},
	{"traefik.containo.us", nil},
	{"traefik.io", nil},
}

// bare reports whether a custom resource is of a kind that is known to hold no data.
func (o Object) bare() bool {
	for _, g := range bareGroups {
		if g.group == o.Group {
			return !slices.Contains(g.with, o.Kind)
		}
	}
	return false
}

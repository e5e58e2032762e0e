package gen

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/tazlab/fluxdag/dag"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"pgregory.net/rapid"
)

// nasty are strings that some YAML reader takes for something else, or that are
// hard to lay out.
var nasty = []string{
	"yes", "no", "on", "off", "y", "n", "null", "~", "true", "False", "0x1f", "0o17", "017", "1_000", "1:20", "1e3", ".inf", ".NaN",
	"1.0", "-1", "+1", "2026-11-24", "2026-11-24T10:00:00Z", "", " ", " lead", "trail ", "a: b", "a #b", "- a", "? a", "&a", "*a", "!a", "%a", "@a", "`a",
	"{a}", "[a]", "'", `"`, `\`, "<<", "=", "---", "...", "--- a", "a\nb", "a\n", "a\n\n", "\na", "\t\n", "  a\n b", "a\n  b\n", "a \nb", "\ta", "a\tb", "a\r\nb", "a\rb",
	"\x00", "\x07", "\x1b[0m", "\x7f", "\u0085", "\u00a0", "\u2028", "\ufeff", "\ufffe", "é", "日本語", "😀", "${VAR}", "${a:=b}", "|", ">", "|-\n a", "#", "a:", ":a", "key: |\n  x\n",
	strings.Repeat("long ", 60), strings.Repeat("x", 300),
}

func randomString(t *rapid.T) string {
	if rapid.Bool().Draw(t, "nasty") {
		return rapid.SampledFrom(nasty).Draw(t, "string")
	}
	return rapid.StringN(0, 40, 120).Draw(t, "string")
}

// fill gives every field of a value something, by reflection, so that a field
// which a newer API adds is tested without a change here.
func fill(v reflect.Value, text func() string) {
	switch v.Interface().(type) {
	case metav1.Duration:
		v.Set(reflect.ValueOf(metav1.Duration{Duration: 90 * time.Minute}))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), text)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), text)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 2 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(key, text)
			fill(value, text)
			v.SetMapIndex(key, value)
		}
	case reflect.String:
		v.SetString(text())
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("a field of kind " + v.Kind().String() + ": fill does not know it")
	}
}

// randomText draws a text of some lines, among them such as the header of a file
// gives a meaning to.
func randomText(t *rapid.T) string {
	lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		if rapid.Bool().Draw(t, "header") {
			return rapid.SampledFrom([]string{
				"", "Level: x", "Level:", " Level: x", "fluxdag:allow FD212 no", "fluxdag: allow", "fluxdag:", "Fluxdag:Allow x y", `\`, `\"`, `\"a"`, `"a"`, `\Level: x`, "#", "# a", "trail ", "trail\t", "\tlead", "  lead",
				markStart + "x" + markEnd, "---", "...", "<<<<<<< a", "{{ x }}", "apiVersion: v1",
			}).Draw(t, "line")
		}
		return randomString(t)
	}), 0, 5).Draw(t, "lines")
	return strings.Join(lines, "\n")
}

// randomSpec draws a spec of which some fields are set, each to what fill makes of
// it, but for those that a node has by name.
func randomSpec(t *rapid.T) kustomizev1.KustomizationSpec {
	var spec kustomizev1.KustomizationSpec
	named := []string{"interval", "retryInterval", "timeout", "prune", "sourceRef", "targetNamespace", "path", "wait", "healthChecks", "healthCheckExprs", "dependsOn", "postBuild"}
	v := reflect.ValueOf(&spec).Elem()
	for i := range v.NumField() {
		if name := jsonName(v.Type().Field(i)); !slices.Contains(named, name) && rapid.IntRange(0, 3).Draw(t, name) == 0 {
			fill(v.Field(i), func() string { return randomString(t) })
		}
	}
	return spec
}

// randomReadiness draws one of all there are, or none.
func randomReadiness(t *rapid.T) dag.Readiness {
	checks := []dag.HealthCheck{{APIVersion: "apps/v1", Kind: "Deployment", Name: randomString(t), Namespace: "x"}, {Kind: "Deployment", Name: "b"}}
	exprs := []dag.HealthCheckExpr{{APIVersion: "v1", Kind: "X", HealthCheckExpressions: kustomize.HealthCheckExpressions{Current: randomString(t)}}}
	return rapid.SampledFrom([]dag.Readiness{nil, dag.Applied(), dag.WaitAll(), dag.WaitAll(exprs...), dag.HealthChecks(checks...), dag.HealthChecks(checks[0]).Exprs(exprs...)}).Draw(t, "ready")
}

func randomDuration(t *rapid.T) time.Duration {
	return rapid.SampledFrom([]time.Duration{0, 0, time.Millisecond, 90 * time.Second, time.Hour, 36*time.Hour + time.Second, -time.Minute, time.Microsecond}).Draw(t, "duration")
}

// randomNode draws a node that says anything, with a name and dependencies of its own.
func randomNode(t *rapid.T, name string, dependsOn []dag.Ref) dag.Node {
	texts := func() map[string]string {
		return rapid.MapOfN(rapid.Custom(randomString), rapid.Custom(randomString), 0, 2).Draw(t, "texts")
	}
	n := dag.Node{
		Name: name, DependsOn: dependsOn, Description: randomText(t), Path: randomString(t), Ready: randomReadiness(t),
		Labels: texts(), Annotations: texts(), Substitute: texts(), TargetNamespace: randomString(t), Extra: randomSpec(t),
		Interval: randomDuration(t), RetryInterval: randomDuration(t), Timeout: randomDuration(t),
	}
	if rapid.Bool().Draw(t, "more") {
		n.Namespace = rapid.SampledFrom([]string{"flux-system", "apps"}).Draw(t, "namespace")
		n.File = "other-" + name + rapid.SampledFrom([]string{".yaml", ".yml"}).Draw(t, "ext")
		n.Prune = new(rapid.Bool().Draw(t, "prune"))
		n.Source = dag.Source{Kind: "OCIRepository", Name: randomString(t), Namespace: "sources"}
		n.SubstituteFrom = []dag.SubstituteReference{{Kind: "ConfigMap", Name: randomString(t), Optional: rapid.Bool().Draw(t, "optional")}}
		n.Allow = map[string]string{"FD212": randomString(t) + " because", "FD111": "a  b"}
	}
	return n
}

// outside is what the nodes of a random graph may depend on beside each other.
var outside = []dag.Ref{dag.External("other/thing")}

// randomGraph draws a graph of any nodes. Its levels are in order and some share a
// name; some graphs have none. Some dependencies lead out of the graph.
func randomGraph(t *rapid.T) *dag.Graph {
	c := dag.Cluster{Name: "c", Externals: outside, Dir: rapid.SampledFrom([]string{"", ".", "a/b"}).Draw(t, "dir"), Defaults: defaults}
	c.Defaults.Ready, c.Defaults.Timeout = randomReadiness(t), randomDuration(t)
	var all []dag.Ref
	names := rapid.SliceOfN(rapid.SampledFrom([]string{"Base", "Apps", "x: y", "a  b", ""}), 1, 5).Draw(t, "levels")
	for i, name := range names {
		level := dag.Level{Name: name}
		for j := range rapid.IntRange(1, 4).Draw(t, "nodes") {
			var deps []dag.Ref
			for range rapid.IntRange(0, 3).Draw(t, "edges") {
				if len(all) > 0 {
					deps = append(deps, rapid.SampledFrom(all).Draw(t, "to").When(randomString(t)))
				}
			}
			if rapid.IntRange(0, 5).Draw(t, "outside") == 0 {
				deps = append(deps, outside...)
			}
			level.Nodes = append(level.Nodes, dag.Declare(randomNode(t, fmt.Sprintf("n%d-%d", i, j), deps)))
		}
		all = append(all, level.Nodes...)
		c.Levels = append(c.Levels, level)
	}
	if rapid.Bool().Draw(t, "without levels") {
		c.Levels, c.Nodes = nil, all
	}
	return dag.Resolve(c)
}

package e2e

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/e2e/internal/admission"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
	"github.com/tazlab/fluxdag/gen"
)

// TestGeneratedIsAdmitted declares graphs of anything that can be declared. Where the
// rules find no error, the API server must admit every file that generate writes: the
// rules of generate alone, which does not link the CRD.
func TestGeneratedIsAdmitted(t *testing.T) {
	t.Parallel()
	server, err := admission.NewServer(suite.Plane.Config)
	if err != nil {
		t.Fatal(err)
	}
	const graphs = 4000
	accepted, files := 0, 0
	for i := range graphs {
		g := declared(rand.New(rand.NewPCG(7, uint64(i))))
		if g.Check().Has(dag.Error) {
			continue
		}
		accepted++
		written, err := gen.YAML(g)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range written {
			files++
			admitted(t, server, file)
		}
	}
	if accepted < graphs/10 {
		t.Errorf("only %d of %d graphs are accepted: that proves little", accepted, graphs)
	}
	t.Logf("%d graphs accepted, %d files", accepted, files)
	table.Add(proof.Row{Claim: "What generate writes for a graph that it accepts, the API server admits",
		Observed: fmt.Sprintf("%d graphs of anything, %d accepted, %d files admitted", graphs, accepted, files)})
}

func admitted(t *testing.T, server *admission.Server, file gen.File) {
	t.Helper()
	data, err := yaml.YAMLToJSON(file.Data)
	if err != nil {
		t.Fatal(err)
	}
	c := admission.Case{Case: file.Path}
	if err := json.Unmarshal(data, &c.Object); err != nil {
		t.Fatal(err)
	}
	c.Object["metadata"].(map[string]any)["namespace"] = "default" // the one that is there
	for _, ask := range []func() error{
		func() error { return server.Create(suite.Plane.Context(), &c) },
		func() error { return server.Apply(suite.Plane.Context(), &c) },
	} {
		if err := ask(); err != nil {
			t.Fatal(err)
		}
		if !c.Admitted {
			t.Errorf("generate writes what the API server refuses: %s\n%s", c.Short(), file.Data)
			return
		}
	}
}

// values are texts that a field may hold, and some that most may not.
var values = []string{"a", "apps", "a-b", "x.y", "1", "true", "", "A_b", "a b", "é", "${X}", "./apps", "flux-system", "a/b", "GitRepository", "ConfigMap", "Secret", "sops", "v1", "apps/v1",
	"Deployment", "Always", "Orphan", "null", "~", "1h", "# a", "- a", strings.Repeat("a", 63), strings.Repeat("a", 64), strings.Repeat("a", 253), strings.Repeat("a", 254)}

// often are values that fit most fields, so that graphs of many fields are accepted.
var often = []string{"a", "apps", "a-b", "x.y", "flux-system"}

func text(r *rand.Rand) string {
	if r.IntN(25) > 0 {
		return often[r.IntN(len(often))]
	}
	return values[r.IntN(len(values))]
}

// declared is a graph of one to three nodes with anything in their fields.
func declared(r *rand.Rand) *dag.Graph {
	c := dag.Cluster{Name: "c", Defaults: dag.Defaults{Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}}
	for i := range 1 + r.IntN(3) {
		n := dag.Node{Name: fmt.Sprintf("n%d", i), Path: "./apps", Ready: dag.Applied()}
		if r.IntN(6) == 0 {
			n.Name = text(r)
		}
		if r.IntN(3) == 0 {
			n.Labels, n.Annotations = map[string]string{text(r): text(r)}, map[string]string{text(r): text(r)}
		}
		if r.IntN(4) == 0 {
			n.TargetNamespace = text(r)
		}
		if r.IntN(4) == 0 {
			n.Timeout = []time.Duration{time.Second, time.Millisecond, 90 * time.Minute, time.Microsecond, -time.Second, 1500 * time.Millisecond}[r.IntN(6)]
		}
		for _, ref := range c.Nodes {
			if r.IntN(2) == 0 {
				n.DependsOn = append(n.DependsOn, ref)
			}
		}
		n.Extra = extra(r)
		c.Nodes = append(c.Nodes, dag.Declare(n).At(dag.Position{File: "dag.go", Line: i + 1}))
	}
	return dag.Resolve(c)
}

// extra fills some fields of the spec, whichever the API has.
func extra(r *rand.Rand) kustomizev1.KustomizationSpec {
	var spec kustomizev1.KustomizationSpec
	v := reflect.ValueOf(&spec).Elem()
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		switch name {
		case "interval", "timeout", "prune", "sourceRef", "targetNamespace", "path", "wait", "dependsOn":
			continue // declared by name
		}
		if r.IntN(8) == 0 {
			fill(r, v.Field(i), name)
		}
	}
	return spec
}

// fill gives a value something, by reflection. Fields with few values get one of them
// most times, so that enough is admitted.
func fill(r *rand.Rand, v reflect.Value, field string) {
	if d, ok := v.Addr().Interface().(*metav1.Duration); ok {
		d.Duration = []time.Duration{time.Minute, time.Hour, 0, -time.Minute, time.Nanosecond}[r.IntN(5)]
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			if r.IntN(4) > 0 {
				fill(r, v.Field(i), name)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(r, v.Elem(), field)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(3), 3))
		for i := range v.Len() {
			fill(r, v.Index(i), field)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range r.IntN(3) {
			v.SetMapIndex(reflect.ValueOf(text(r)), reflect.ValueOf(text(r)))
		}
	case reflect.String:
		v.SetString(text(r))
		if few := map[string][]string{"provider": {"sops"}, "deletionPolicy": {"Orphan", "Delete", "MirrorPrune"}, "kind": {"ConfigMap", "Deployment", "Secret"},
			"buildMetadata": {"originAnnotations"}, "substituteStrategy": {"Always"}}[field]; few != nil && r.IntN(10) > 0 {
			v.SetString(few[r.IntN(len(few))])
		}
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	}
}

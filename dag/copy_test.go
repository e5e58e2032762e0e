package dag

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// filledNode returns a node of which every field has a value.
func filledNode(t *testing.T) Node {
	t.Helper()
	n := Node{
		Labels: map[string]string{"a": "1"}, Annotations: map[string]string{"a": "1"},
		DependsOn: []Ref{External("a"), External("b")}, Ready: Applied(), Prune: new(true),
		Substitute: map[string]string{"A": "1"}, SubstituteFrom: []SubstituteReference{{Kind: "Secret", Name: "s"}},
		Extra: filled(t), Omit: []string{"images", "patches"}, Allow: Allow("FD212", "why"),
		Name: "n", Namespace: "ns", Description: "d", File: "f.yaml", Path: "./p", Interval: 1, RetryInterval: 2, Timeout: 3,
		Source: Source{Kind: "Bucket", Name: "b"}, TargetNamespace: "t",
	}
	v := reflect.ValueOf(n)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("%s has no value", v.Type().Field(i).Name)
		}
	}
	return n
}

// spoil overwrites whatever a copy would share: the elements of slices and maps and
// what pointers lead to.
func spoil(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				spoil(v.Field(i))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			spoil(v.Elem())
			v.Elem().SetZero()
		}
	case reflect.Slice:
		for i := range v.Len() {
			spoil(v.Index(i))
			v.Index(i).SetZero()
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			v.SetMapIndex(key, reflect.Zero(v.Type().Elem()))
		}
	}
}

// TestDeclareCopies holds that nothing which happens to a node after Declare shows.
func TestDeclareCopies(t *testing.T) {
	n := filledNode(t)
	ref := node(1, n)
	spoil(reflect.ValueOf(&n).Elem())
	if n.Prune == nil || *n.Prune || len(n.Allow["FD212"]) > 0 || n.Extra.Images[0].Name != "" {
		t.Fatal("the test spoils nothing")
	}
	got, want := ref.node.node, filledNode(t)
	got.Ready, want.Ready = nil, nil
	same := cmp.Comparer(func(a, b Ref) bool { return a.external == b.external })
	if diff := cmp.Diff(want, got, same); diff != "" {
		t.Errorf("the node is shared (-declared +kept):\n%s", diff)
	}
}

// TestReadinessCopies holds the same of the lists that a Readiness is made of.
func TestReadinessCopies(t *testing.T) {
	exprs, checks := []HealthCheckExpr{expr}, []HealthCheck{check("apps/v1", "Deployment")}
	for name, ready := range map[string]Readiness{
		"WaitAll": WaitAll(exprs...), "HealthChecks": HealthChecks(checks...).Exprs(exprs...),
	} {
		want := specOf(Defaults{}, Node{Name: "n", Ready: ready})
		exprs[0], checks[0] = HealthCheckExpr{}, HealthCheck{}
		if diff := cmp.Diff(want, specOf(Defaults{}, Node{Name: "n", Ready: ready})); diff != "" {
			t.Errorf("%s is shared (-before +after):\n%s", name, diff)
		}
		exprs[0], checks[0] = expr, check("apps/v1", "Deployment")
	}
}

package dag

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/google/go-cmp/cmp"
)

type spec = kustomizev1.KustomizationSpec

// filled returns a spec of which every field has a value, and every string one
// of its own, so that a mix-up shows.
func filled(t *testing.T) spec {
	t.Helper()
	var s spec
	fill(t, reflect.ValueOf(&s).Elem(), "spec")
	return s
}

// fill gives v and everything below it a value that is not zero. A kind of field
// that the API never had must be given one here first.
func fill(t *testing.T, v reflect.Value, path string) {
	t.Helper()
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(t, v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(t, key, path+".key")
		fill(t, value, path+".value")
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString(path)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int64:
		v.SetInt(int64(len(path))) // a duration, of a length of its own
	default:
		t.Fatalf("%s: no value for a %s", path, v.Type())
	}
}

// specOf resolves a single node and returns its object's spec.
func specOf(d Defaults, n Node) spec {
	g := Resolve(Cluster{Name: "c", Defaults: d, Nodes: []Ref{node(1, n)}})
	return g.vertices[0].Object().Spec
}

// messages returns what one rule says of a cluster of a single node.
func messages(code string, d Defaults, n Node) []string {
	var found []string
	for _, finding := range Resolve(Cluster{Name: "c", Defaults: d, Nodes: []Ref{node(1, n)}}).Check() {
		if finding.Code == code {
			found = append(found, finding.Message)
		}
	}
	return found
}

// TestEveryFieldThroughExtra holds that nothing of the spec is lost, whether the
// node says it or the defaults do, and that the graph does not share it with the
// declaration.
func TestEveryFieldThroughExtra(t *testing.T) {
	for _, c := range []struct {
		name string
		say  func(spec) (Defaults, Node)
	}{
		{"by the node", func(s spec) (Defaults, Node) { return Defaults{}, Node{Name: "n", Extra: s} }},
		{"by the defaults", func(s spec) (Defaults, Node) { return Defaults{Extra: s}, Node{Name: "n"} }},
		{"by both", func(s spec) (Defaults, Node) { return Defaults{Extra: s}, Node{Name: "n", Extra: s} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			said := filled(t)
			d, n := c.say(said)
			got := specOf(d, n)
			if diff := cmp.Diff(filled(t), got); diff != "" {
				t.Errorf("(-said +resolved):\n%s", diff)
			}
			said.Images[0].Name, said.PostBuild.Substitute["later"], said.Decryption.Provider = "later", "", "later"
			if diff := cmp.Diff(filled(t), got); diff != "" {
				t.Errorf("the declaration is shared (-said +resolved):\n%s", diff)
			}
			if found := messages("FD113", d, n); len(found) > 0 {
				t.Errorf("clashes: %v", found)
			}
		})
	}
}

// fieldNames walks the type for the names of the fields that take their default
// on their own: those of the spec, and those of postBuild in its place.
func fieldNames() []string {
	var names []string
	top := reflect.TypeFor[spec]()
	for i := range top.NumField() {
		name := yamlName(top.Field(i))
		if name != "postBuild" {
			names = append(names, name)
			continue
		}
		members := reflect.TypeFor[kustomizev1.PostBuild]()
		for j := range members.NumField() {
			names = append(names, name+"."+yamlName(members.Field(j)))
		}
	}
	return names
}

func yamlName(f reflect.StructField) string {
	return strings.Split(f.Tag.Get("json"), ",")[0]
}

// without returns the full spec less one field.
func without(t *testing.T, name string) spec {
	t.Helper()
	s := filled(t)
	v := reflect.ValueOf(&s).Elem()
	for _, part := range strings.Split(name, ".") {
		v = reflect.Indirect(v)
		for i := range v.NumField() {
			if yamlName(v.Type().Field(i)) == part {
				v = v.Field(i)
				break
			}
		}
	}
	v.SetZero()
	return s
}

// TestOmit holds that a node can leave out every field that the defaults set and
// the API server does not require, and that alone.
func TestOmit(t *testing.T) {
	full := Defaults{Extra: filled(t)}
	for _, name := range fieldNames() {
		n := Node{Name: "n", Omit: []string{name}}
		found := messages("FD113", full, n)
		if slices.Contains([]string{"interval", "prune", "sourceRef"}, name) {
			if diff := cmp.Diff([]string{"Omit names " + name + ", which the API server requires"}, found); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
			continue
		}
		if diff := cmp.Diff(without(t, name), specOf(full, n)); diff != "" || len(found) > 0 {
			t.Errorf("%s: %v (-want +got):\n%s", name, found, diff)
		}
	}
}

// TestOmitAllOfPostBuild holds that no empty postBuild is left.
func TestOmitAllOfPostBuild(t *testing.T) {
	members := slices.DeleteFunc(fieldNames(), func(name string) bool { return !strings.HasPrefix(name, "postBuild.") })
	got := specOf(Defaults{Extra: filled(t)}, Node{Name: "n", Omit: members})
	if diff := cmp.Diff(without(t, "postBuild"), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// namedFields are the fields of the spec that Node has by name, each with a value
// and with what it says in the spec.
var namedFields = []struct {
	name  string
	value any
	says  []string
}{
	{"Path", "./named", []string{"path"}},
	{"DependsOn", []Ref{External("named")}, []string{"dependsOn"}},
	{"Ready", WaitAll(), []string{"healthCheckExprs", "healthChecks", "wait"}},
	{"Interval", time.Minute, []string{"interval"}},
	{"RetryInterval", time.Minute, []string{"retryInterval"}},
	{"Timeout", time.Minute, []string{"timeout"}},
	{"Prune", new(false), []string{"prune"}},
	{"Source", Source{Kind: "Bucket", Name: "named"}, []string{"sourceRef"}},
	{"TargetNamespace", "named", []string{"targetNamespace"}},
	{"Substitute", map[string]string{"NAMED": ""}, []string{"postBuild.substitute"}},
	{"SubstituteFrom", []SubstituteReference{{Kind: "Secret", Name: "named"}}, []string{"postBuild.substituteFrom"}},
}

// set gives the field of that name its value.
func set(in any, name string, value any) {
	reflect.ValueOf(in).Elem().FieldByName(name).Set(reflect.ValueOf(value))
}

// TestNamedFieldsClash holds that a field which is set by name and in Extra is
// reported, and that the named value is the one that counts, as it does against
// the defaults.
func TestNamedFieldsClash(t *testing.T) {
	for _, f := range namedFields {
		alone := Node{Name: "n"}
		set(&alone, f.name, f.value)
		both := alone
		both.Extra = filled(t)
		var want []string
		for _, name := range f.says {
			want = append(want, name+" is set both by name and in Extra")
		}
		if diff := cmp.Diff(want, messages("FD113", Defaults{}, both)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.name, diff)
		}
		against := specOf(Defaults{Extra: filled(t)}, alone)
		if diff := cmp.Diff(against, specOf(Defaults{}, both)); diff != "" {
			t.Errorf("%s (-against the defaults +against Extra):\n%s", f.name, diff)
		}
		if cmp.Equal(against, filled(t)) {
			t.Errorf("%s says nothing", f.name)
		}
	}
}

// TestNamedDefaultsClash holds the same of the defaults.
func TestNamedDefaultsClash(t *testing.T) {
	for _, f := range namedFields {
		if _, ok := reflect.TypeFor[Defaults]().FieldByName(f.name); !ok {
			continue // Path and DependsOn are each node's own
		}
		d := Defaults{Extra: filled(t)}
		set(&d, f.name, f.value)
		var want []string
		for _, name := range f.says {
			want = append(want, "Defaults sets "+name+" both by name and in Extra")
		}
		if diff := cmp.Diff(want, messages("FD116", d, Node{Name: "n"})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.name, diff)
		}
	}
}

// TestNamedFieldsAreAll holds that namedFields knows every field of Node and of
// Defaults that stands in the spec.
func TestNamedFieldsAreAll(t *testing.T) {
	want := []string{"Name", "Namespace", "Labels", "Annotations", "Description", "File", "Extra", "Omit", "Allow"}
	for _, f := range namedFields {
		want = append(want, f.name)
	}
	for _, of := range []reflect.Type{reflect.TypeFor[Node](), reflect.TypeFor[Defaults]()} {
		for i := range of.NumField() {
			if name := of.Field(i).Name; !slices.Contains(want, name) {
				t.Errorf("%s.%s is not tested", of.Name(), name)
			}
		}
	}
}

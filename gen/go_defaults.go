package gen

import (
	"reflect"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// shared is what the nodes of a graph share; each part is empty where they share
// nothing.
type shared struct {
	namespace string
	ready     sharedValue
	settings  map[string]sharedValue // by path
}

// sharedValue is one default: a key that is equal for equal values, and a spec
// that has the value, nil where there is no default.
type sharedValue struct {
	key  string
	spec *kustomizev1.KustomizationSpec
}

// count tells how often each value occurs.
type count struct {
	nodes map[string]int // by key; the empty key stands for what is no default
	first map[string]*kustomizev1.KustomizationSpec
	lack  int // nodes without a value
}

func newCount() *count {
	return &count{nodes: map[string]int{}, first: map[string]*kustomizev1.KustomizationSpec{}}
}

func (c *count) add(key string, spec *kustomizev1.KustomizationSpec) {
	if c.nodes[key]++; c.nodes[key] == 1 {
		c.first[key] = spec
	}
}

// majority returns the value of more than half of the nodes, where saying it
// once is shorter: each node without a value has to say so then.
func (c *count) majority(nodes int) sharedValue {
	for key, n := range c.nodes {
		if key != "" && 2*n > nodes && 1+c.lack < n {
			return sharedValue{key, c.first[key]}
		}
	}
	return sharedValue{}
}

// factorOut finds what the nodes of the graph share.
func (w *goWriter) factorOut() shared {
	all := shared{settings: map[string]sharedValue{}}
	namespaces, ready := newCount(), newCount()
	for v := range w.graph.Vertices() {
		spec := &v.Object().Spec
		namespaces.add(v.Object().Namespace, spec)
		key := readyKey(spec)
		if _, sayable := readyExpr(&literals{}, spec); !sayable {
			key = ""
		}
		ready.add(key, spec)
	}
	all.namespace = namespaces.majority(w.graph.Len()).key
	all.ready = ready.majority(w.graph.Len())
	for _, s := range settings() {
		if value := w.countSetting(s).majority(w.graph.Len()); value.spec != nil {
			all.settings[s.path] = value
		}
	}
	return all
}

// countSetting counts the values of one setting.
func (w *goWriter) countSetting(s setting) *count {
	values := newCount()
	for v := range w.graph.Vertices() {
		value, set := w.value(s, v)
		switch {
		case set:
			values.add(s.key(value), &v.Object().Spec)
		case s.required():
			values.lack = w.graph.Len() // no node can say "none"
		default:
			values.lack++
		}
	}
	return values
}

// value returns a setting of a vertex, and whether the vertex has it. The false
// of a prune that was never said is none.
func (w *goWriter) value(s setting, v *dag.Vertex) (reflect.Value, bool) {
	value, set := s.value(&v.Object().Spec)
	if s.goName == "Prune" {
		set = !v.Lacks(s.path)
	}
	return value, set
}

// reported returns what a built-in rule finds, by node and field: what the objects
// of a graph do not tell.
func reported(g *dag.Graph, code string) map[string]bool {
	found := map[string]bool{}
	for _, rule := range dag.Rules() {
		if rule.Code == code {
			for _, d := range rule.Check(g) {
				found[d.Node+" "+d.Field] = true
			}
		}
	}
	return found
}

// expr writes the Defaults of the cluster, and false where nothing is shared.
func (all shared) expr() (expr, bool) {
	l, fields := &literals{}, map[string]listElement{}
	add := func(name string, value expr) { fields[name] = fieldElement(name, value) }
	if all.namespace != "" {
		add("Namespace", stringExpr(all.namespace))
	}
	if all.ready.spec != nil {
		e, _ := readyExpr(l, all.ready.spec)
		add("Ready", e)
	}
	var extra kustomizev1.KustomizationSpec
	for _, s := range settings() {
		if shared, ok := all.settings[s.path]; ok {
			if value, _ := s.value(shared.spec); s.isNamed(value) {
				add(s.goName, s.expr(l, value))
			} else {
				s.copyTo(&extra, shared.spec)
			}
		}
	}
	if !reflect.ValueOf(extra).IsZero() {
		add("Extra", l.literal(reflect.ValueOf(extra), "spec", false))
	}
	return expr{code: listCode(dagExpr("Defaults"), "{", "}", inOrder[dag.Defaults](fields), true)}, len(fields) > 0
}

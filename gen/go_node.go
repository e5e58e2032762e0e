package gen

import (
	"cmp"
	"maps"
	"reflect"
	"slices"

	"github.com/dave/jennifer/jen"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// nodeWriter writes the declaration of one node.
type nodeWriter struct {
	*goWriter
	literals
	vertex *dag.Vertex
	object *kustomizev1.Kustomization
	fields map[string]listElement        // by the name of the field of dag.Node
	extra  kustomizev1.KustomizationSpec // what has no field by name
	omit   []string
}

// inOrder returns the fields of a literal in the order of the fields of its type.
func inOrder[T any](fields map[string]listElement) []listElement {
	var elements []listElement
	for _, f := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		if e, said := fields[f.Name]; said {
			elements = append(elements, e)
		}
	}
	return elements
}

// declaration returns the statement that declares v, and the comments above it.
func (w *goWriter) declaration(v *dag.Vertex) *jen.Statement {
	n := &nodeWriter{goWriter: w, vertex: v, object: v.Object(), fields: map[string]listElement{},
		literals: literals{maps.Clone(w.options.Comments[v.Key()])}}
	n.metadata()
	n.dependencies()
	n.readiness()
	n.settings()
	n.rest()
	statement := &jen.Statement{}
	for _, line := range n.notes.rest() {
		statement.Comment(line).Line()
	}
	literal := expr{code: listCode(dagExpr("Node"), "{", "}", inOrder[dag.Node](n.fields), true)}
	return statement.Var().Id(w.identifiers[v]).Op("=").Add(callExpr(dagExpr("Declare"), literal).code)
}

// add adds a field, with the comments at the paths that it comes from.
func (n *nodeWriter) add(name string, value expr, paths ...string) {
	e := fieldElement(name, value)
	for _, path := range paths {
		e.notes = append(e.notes, n.notes.take(path)...)
	}
	n.fields[name] = e
}

// addText adds a text that is not empty.
func (n *nodeWriter) addText(name, text string, paths ...string) {
	if text != "" {
		n.add(name, stringExpr(text), paths...)
	}
}

// addMap adds a map that is not empty.
func (n *nodeWriter) addMap(name string, m map[string]string, path string) {
	if len(m) > 0 {
		n.add(name, n.literal(reflect.ValueOf(m), path, false), path)
	}
}

func (n *nodeWriter) metadata() {
	name := n.object.Name
	n.add("Name", stringExpr(name), "metadata.name")
	if namespace := n.object.Namespace; namespace != cmp.Or(n.shared.namespace, "flux-system") {
		n.addText("Namespace", namespace, "metadata.namespace")
	}
	n.addMap("Labels", n.object.Labels, "metadata.labels")
	n.addMap("Annotations", n.object.Annotations, "metadata.annotations")
	n.addText("Description", n.vertex.Description())
	if file := n.vertex.File(); file != name+".yaml" {
		n.addText("File", file)
	}
	n.addText("Path", n.object.Spec.Path, "spec.path")
}

// readiness writes Ready where it differs from the default.
func (n *nodeWriter) readiness() {
	spec := &n.object.Spec
	byDefault := cmp.Or(n.shared.ready.key, appliedKey)
	if readyKey(spec) == byDefault {
		return
	}
	if e, ok := readyExpr(&n.literals, spec); ok {
		n.add("Ready", e, "spec.wait", "spec.healthChecks", "spec.healthCheckExprs")
		return
	}
	n.extra.Wait, n.extra.HealthChecks, n.extra.HealthCheckExprs = spec.Wait, spec.HealthChecks, spec.HealthCheckExprs
	if spec.Wait {
		n.notes = n.notes.with("spec.healthChecks", noteWaitAndChecks)
	} else {
		n.notes = n.notes.with("spec.healthCheckExprs", noteIdleExprs)
	}
}

// settings writes every setting that differs from its default.
func (n *nodeWriter) settings() {
	for _, s := range settings() {
		value, set := n.value(s, n.vertex)
		byDefault, shared := n.shared.settings[s.path]
		switch {
		case set && shared && s.key(value) == byDefault.key, !set && !shared:
		case set && s.isNamed(value):
			n.add(s.goName, s.expr(&n.literals, value), s.paths()...)
		case set:
			s.copyTo(&n.extra, &n.object.Spec)
		default:
			if none, ok := s.none(); ok {
				n.add(s.goName, none)
			} else {
				n.omit = append(n.omit, s.omit)
			}
		}
	}
}

// rest writes what has no field of its own.
func (n *nodeWriter) rest() {
	if !reflect.ValueOf(n.extra).IsZero() {
		n.add("Extra", n.literal(reflect.ValueOf(n.extra), "spec", false), "spec")
	}
	if len(n.omit) > 0 {
		slices.Sort(n.omit)
		n.add("Omit", n.literal(reflect.ValueOf(n.omit), "omit", false))
	}
	allow := n.vertex.Allow()
	if len(allow) == 1 {
		for code, reason := range allow {
			n.add("Allow", callExpr(dagExpr("Allow"), stringExpr(code), stringExpr(reason)))
		}
		return
	}
	n.addMap("Allow", allow, "metadata.allow")
}

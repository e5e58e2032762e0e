package schema

import (
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// Source says what is known of the Kustomizations of a graph beside the graph.
type Source struct {
	// Body returns a vertex as the API server gets it; nil where that is not known.
	Body func(*dag.Vertex) map[string]any
	// Unknown reports whether a text holds what only the cluster knows. Nothing is said
	// of such a value. Nil: no text does.
	Unknown func(string) bool
	// Inside returns where a place in the text of a field stands, by line and column from
	// 1; false where that is not known. Nil: it never is.
	Inside func(v *dag.Vertex, field string, line, column int) (dag.Position, bool)
}

// Rules returns the rules that judge the Kustomizations of a graph by the schema.
func (s *Schema) Rules(of Source) []dag.Rule {
	perVertex := func(check func(judged) dag.Diagnostics) func(*dag.Graph) []dag.Diagnostic {
		return func(g *dag.Graph) []dag.Diagnostic {
			var found []dag.Diagnostic
			for v := range g.Vertices() {
				if j, ok := s.judged(of, v); ok {
					found = append(found, check(j)...)
				}
			}
			return found
		}
	}
	rules := Rules()
	rules[0].Check = perVertex(judged.violations)
	rules[1].Check = perVertex(judged.syntax)
	rules[2].Check = perVertex(judged.fields)
	return rules
}

// judged is one Kustomization, and what is known of it.
type judged struct {
	*Schema
	Source
	vertex *dag.Vertex
	body   map[string]any
}

// judged returns false for what this schema is not about: FD333 reports old versions.
// What has no namespace gets one from whoever applies it, or none at all (FD339).
func (s *Schema) judged(of Source, v *dag.Vertex) (judged, bool) {
	body := of.Body(v)
	if body == nil || body["apiVersion"] != s.apiVersion() || body["kind"] != s.kind {
		return judged{}, false
	}
	return judged{s, of, v, namespaced(body, v.Object().Namespace)}, true
}

// namespaced returns the object with a namespace where it has none.
func namespaced(body map[string]any, namespace string) map[string]any {
	meta, ok := body["metadata"].(map[string]any)
	if !ok || meta["namespace"] != nil || namespace == "" {
		return body
	}
	return withField(body, "metadata", withField(meta, "namespace", namespace))
}

// withField returns a copy of a mapping with one more field.
func withField(m map[string]any, name string, v any) map[string]any {
	out := map[string]any{name: v}
	for key, value := range m {
		if key != name {
			out[key] = value
		}
	}
	return out
}

// violations are the findings of FD224.
func (j judged) violations() dag.Diagnostics {
	var found dag.Diagnostics
	all := j.validateAll(j.body)
	if len(all) == 0 {
		return nil
	}
	unknown := j.unknownFields()
	for _, v := range j.distinct(all) {
		if at := dotted(v.Field); !concerns(unknown, at) && !j.unknown(at) {
			found = append(found, j.vertex.Report(at, j.advice(v), "%s", j.told(v)))
		}
	}
	return found
}

// dotted writes a path as positions are looked up: the API server writes keys that are
// no fields in brackets, like indices.
func dotted(path string) string {
	var b strings.Builder
	for i, part := range strings.Split(path, "[") {
		key, rest, closed := strings.Cut(part, "]")
		switch {
		case i == 0:
			b.WriteString(part)
		case closed && strings.Trim(key, "0123456789") != "":
			b.WriteString("." + key + rest)
		default:
			b.WriteString("[" + part)
		}
	}
	return b.String()
}

// Package admission makes Kustomizations, good and bad, from the CRD itself, and asks a
// real API server what it thinks of them.
package admission

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// Case is an object, and what the API server said of it.
type Case struct {
	Case     string         `json:"case"`
	Object   map[string]any `json:"object"`
	Admitted bool           `json:"admitted"`
	// Causes are the fields at fault, each with the reason, sorted; those of fields
	// that there are not are the API server's own words.
	Causes []string `json:"causes,omitempty"`
}

// change puts a value in a place of an object; absent removes what is there.
type change struct {
	name  string
	path  []any // keys, and indexes of lists
	value any
}

type absent struct{}

// Cases makes the cases of a CRD's schema: every field with values of each kind, at and
// beyond its bounds, missing, and beside one that there is not; and n objects with
// several of these changes at once. They are the same for the same schema.
func Cases(schema map[string]any, n int) []Case {
	spec, _ := schema["properties"].(map[string]any)["spec"].(map[string]any)
	changes := append(metadata(), field([]any{"spec"}, spec)...)
	changes = append(changes, top()...)
	var all []Case
	add := func(name string, object map[string]any) {
		all = append(all, Case{Case: fmt.Sprintf("%d %s", len(all), name), Object: plain(object)})
	}
	add("minimal", minimal())
	add("full", full(spec))
	for _, c := range changes {
		object := minimal()
		c.apply(object, spec)
		add(c.name, object)
	}
	r := rand.New(rand.NewPCG(5, 2026))
	for i := range n {
		object, names := full(spec), []string{}
		if i < n/4 { // these are short
			object = minimal()
		}
		for range 1 + r.IntN(3) {
			c := changes[r.IntN(len(changes))]
			c.apply(object, spec)
			names = append(names, c.name)
		}
		add(strings.Join(names, ", "), object)
	}
	large := minimal()
	large["metadata"].(map[string]any)["annotations"] = map[string]any{"k": strings.Repeat("a", 256<<10)}
	add("annotations beyond what they may hold in all", large)
	return all
}

// plain gives an object the types that JSON has.
func plain(object map[string]any) map[string]any {
	data, err := json.Marshal(object)
	if err != nil {
		panic(err)
	}
	var copied map[string]any
	if err := json.Unmarshal(data, &copied); err != nil {
		panic(err)
	}
	return copied
}

func minimal() map[string]any {
	return map[string]any{
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
		"metadata": map[string]any{"name": "apps", "namespace": "default"},
		"spec": map[string]any{"interval": "1h", "prune": true,
			"sourceRef": map[string]any{"kind": "GitRepository", "name": "flux-system"}},
	}
}

// full has every field of the spec.
func full(spec map[string]any) map[string]any {
	object := minimal()
	object["spec"] = sample(spec)
	// The CRD admits one of the two.
	if kubeConfig, ok := object["spec"].(map[string]any)["kubeConfig"].(map[string]any); ok && len(kubeConfig) > 1 {
		delete(kubeConfig, "configMapRef")
	}
	return object
}

// sample is a value that a schema admits.
func sample(schema map[string]any) any {
	switch schema["type"] {
	case "object":
		object := map[string]any{}
		for name, s := range properties(schema) {
			object[name] = sample(s)
		}
		if values, ok := schema["additionalProperties"].(map[string]any); ok {
			object["key"] = sample(values)
		}
		return object
	case "array":
		return []any{sample(schema["items"].(map[string]any))}
	case "boolean":
		return true
	case "integer":
		return 1
	}
	if enum, ok := schema["enum"].([]any); ok {
		return enum[0]
	}
	if pattern, ok := schema["pattern"].(string); ok {
		return rapid.StringMatching(pattern).Example(1)
	}
	return "text"
}

// properties are the fields of an object, by name.
func properties(schema map[string]any) map[string]map[string]any {
	all := map[string]map[string]any{}
	fields, _ := schema["properties"].(map[string]any)
	for name, s := range fields {
		all[name], _ = s.(map[string]any)
	}
	return all
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// apply makes the change. What is above it, and missing, is made as the schema has it;
// what another change took away, stays away.
func (c change) apply(object map[string]any, spec map[string]any) {
	var at any = object
	schema := map[string]any{"type": "object", "properties": map[string]any{"spec": spec, "metadata": map[string]any{"type": "object"}}}
	for i, step := range c.path {
		last := i == len(c.path)-1
		var below map[string]any
		switch step := step.(type) {
		case string:
			m, ok := at.(map[string]any)
			if !ok {
				return
			}
			below = properties(schema)[step]
			if last {
				set(m, step, c.value)
				return
			}
			if _, there := m[step]; !there {
				m[step] = lean(below)
			}
			at = m[step]
		case int:
			list, ok := at.([]any)
			if !ok || len(list) == 0 {
				return
			}
			below, _ = schema["items"].(map[string]any)
			if last {
				list[0] = copied(c.value)
				return
			}
			at = list[0]
		}
		schema = below
	}
}

func set(m map[string]any, key string, value any) {
	if _, remove := value.(absent); remove {
		delete(m, key)
		return
	}
	m[key] = copied(value)
}

// copied keeps a change that is made inside of a value from reaching other cases.
func copied(value any) any { return plain(map[string]any{"": value})[""] }

// lean is a value that a schema admits, with nothing but what is required.
func lean(schema map[string]any) any {
	switch schema["type"] {
	case "object":
		object := map[string]any{}
		required, _ := schema["required"].([]any)
		for _, name := range required {
			object[name.(string)] = sample(properties(schema)[name.(string)])
		}
		return object
	case "array":
		return []any{lean(schema["items"].(map[string]any))}
	}
	return sample(schema)
}

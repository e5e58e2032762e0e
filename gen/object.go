package gen

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Object returns the document as Kubernetes decodes it: by the rules of YAML 1.1,
// where an unquoted yes, on or off is a boolean, with aliases and merge keys
// resolved. Numbers are int64 or float64. Its error is about a scalar or key that
// has no value in JSON, and names its line.
func (d Document) Object() (map[string]any, error) { return mapping(d.Node) }

func mapping(n *yaml.Node) (map[string]any, error) {
	object := make(map[string]any, len(n.Content)/2)
	var failed error
	eachMember(n, func(key, v *yaml.Node) bool {
		if key = resolveAlias(key); key.Kind != yaml.ScalarNode {
			failed = &valueError{key, "a key must be a scalar"}
			return false
		}
		name := keyName(key)
		if _, said := object[name]; !said {
			object[name], failed = value(v)
		}
		return failed == nil
	})
	return object, failed
}

// valueError is about a scalar or a key.
type valueError struct {
	node    *yaml.Node
	problem string
}

func (e *valueError) Error() string { return fmt.Sprintf("line %d: %s", e.node.Line, e.problem) }

// value decodes a node.
func value(n *yaml.Node) (any, error) {
	switch n = resolveAlias(n); n.Kind {
	case yaml.MappingNode:
		return mapping(n)
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			var err error
			if list[i], err = value(item); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	return scalar(n)
}

// scalar decodes a scalar.
func scalar(n *yaml.Node) (any, error) {
	tag := n.ShortTag()
	if tag == "!!bool" || tag == "!!str" && n.Style == 0 {
		if b, old := oldBoolean(n.Value); old {
			return b, nil
		}
	}
	if tag == "!!str" || tag == "!!timestamp" || tag == "!!merge" {
		return n.Value, nil
	}
	var v any
	if err := n.Decode(&v); err != nil {
		return nil, &valueError{n, strings.TrimPrefix(err.Error(), "yaml: ")}
	}
	switch v := v.(type) {
	case int:
		return int64(v), nil
	case uint64:
		return float64(v), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, &valueError{n, n.Value + " has no value in JSON"}
		}
	}
	return v, nil
}

// oldBoolean returns the value of a word that is a boolean only in YAML 1.1, which
// knows yes, Yes and YES, but not yEs.
func oldBoolean(s string) (value, ok bool) {
	if len(s) > 3 || !slices.Contains(oldBooleans, strings.ToLower(s)) || s != strings.ToUpper(s) && s[1:] != strings.ToLower(s[1:]) {
		return false, false
	}
	return strings.ContainsAny(s[:1], "yY") || strings.EqualFold(s, "on"), true
}

// keyName returns a key as Kubernetes reads it: an unquoted y is true.
func keyName(key *yaml.Node) string {
	key = resolveAlias(key)
	if key.Style == 0 && plainWord(key.Value) {
		return key.Value
	}
	switch v, _ := scalar(key); v := v.(type) {
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 32)
	}
	return key.Value
}

// plainWord reports at once that nearly every key is a string.
func plainWord(s string) bool {
	return len(s) > 5 && (s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z')
}

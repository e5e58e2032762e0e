package gen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// toNode encodes a typed object through its JSON tags and returns it as a YAML
// tree in block style, fields in the order of the type.
func toNode(object any) (*yaml.Node, error) {
	data, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	if bytes.Contains(data, []byte(`\ufffd`)) && replaced.Match(data) {
		return nil, errNotUTF8
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return nextNode(decoder)
}

// nextNode reads one JSON value. It goes by tokens because decoding into a map
// would lose the order of the fields.
func nextNode(decoder *json.Decoder) (*yaml.Node, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	switch t := token.(type) {
	case json.Delim:
		return nextCollection(decoder, t)
	case string:
		return stringNode(t), nil
	case json.Number:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: t.String()}, nil
	case bool:
		return boolNode(t), nil
	case nil:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}, nil
	}
	return nil, fmt.Errorf("unexpected JSON token %v", token)
}

// nextCollection reads the rest of an object or array.
func nextCollection(decoder *json.Decoder, open json.Delim) (*yaml.Node, error) {
	node := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if open == '[' {
		node = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	}
	for decoder.More() {
		child, err := nextNode(decoder) // a key, in a mapping, and then its value
		if err != nil {
			return nil, err
		}
		node.Content = append(node.Content, child)
	}
	_, err := decoder.Token()
	return node, err
}

func boolNode(b bool) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: fmt.Sprint(b)}
}

// oldBooleans are strings to the YAML that writes them and booleans to the YAML
// 1.1 that Kubernetes reads. The encoder sees to every other string itself.
var oldBooleans = []string{"y", "yes", "on", "n", "no", "off"}

func stringNode(s string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	if slices.Contains(oldBooleans, strings.ToLower(s)) || strings.Contains(s, "\n") && !literal(s) {
		node.Style = yaml.DoubleQuotedStyle
	}
	return node
}

// literal reports whether a text of several lines can stand as a block: not
// every reader takes one with tabs, with white space first or with control characters.
func literal(s string) bool {
	return !strings.ContainsAny(s, "\t\r") && !strings.HasPrefix(s, " ") && !strings.HasPrefix(s, "\n") &&
		printable(s) == strings.ReplaceAll(s, "\n", " ")
}

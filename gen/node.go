package gen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
	sigsyaml "sigs.k8s.io/yaml"
)

// toNode encodes a typed object through its JSON tags and returns it as a YAML
// tree in block style, fields in the order of the type.
func toNode(object any) (*yaml.Node, error) {
	data, err := json.Marshal(object)
	if err != nil {
		return nil, err
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

func stringNode(s string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	switch {
	case strings.Contains(s, "\n") && literal(s):
		node.Style = yaml.LiteralStyle
	case !plain(s):
		node.Style = yaml.DoubleQuotedStyle
	}
	return node
}

// literal reports whether s reads better, and safely, as a block of its own
// lines.
func literal(s string) bool {
	return !strings.ContainsAny(s, "\t\r") && !strings.HasPrefix(s, " ") && !strings.HasPrefix(s, "\n") &&
		!strings.Contains(s, " \n") && printable(s) == strings.ReplaceAll(s, "\n", " ")
}

// word matches strings that no YAML reader takes for anything else, but for the
// reserved ones: names, paths, kinds and durations. It saves nearly all of them
// the question below.
var word = regexp.MustCompile(`^(?:(?:\./)?[A-Za-z][A-Za-z0-9._/-]*|(?:[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h))+)$`)

// reserved are the words that YAML 1.1 gives a meaning, in any case of letters.
var reserved = map[string]bool{
	"y": true, "yes": true, "on": true, "true": true, "n": true, "no": true, "off": true, "false": true, "null": true,
}

// plain reports whether s can stand without quotes. Kubernetes reads YAML 1.1,
// where 0o7 and 1:20 are no strings, so its own reader is asked about
// everything that is not plainly a word.
func plain(s string) bool {
	if word.MatchString(s) {
		return !reserved[strings.ToLower(s)]
	}
	var value any
	if err := sigsyaml.Unmarshal([]byte(s), &value); err != nil {
		return false
	}
	return value == s && strings.TrimSpace(s) == s
}

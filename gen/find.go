package gen

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// find walks to a field and returns where it stands, its value, and whether it is
// there at all; if it is not, the former are those of what is nearest around it.
func (d Document) find(field string) (at, value *yaml.Node, found bool) {
	at, value = d.Node, d.Node
	for field != "" {
		key, next, rest := step(value, field)
		if next == nil {
			return at, value, false
		}
		at, value, field = key, resolveAlias(next), rest
	}
	return at, value, true
}

// step goes one step down a path of fields: the node that stands for it, its
// value, and the rest of the path. Keys may hold dots and brackets, so the longest
// key with which the path begins is meant.
func step(n *yaml.Node, path string) (at, value *yaml.Node, rest string) {
	if n.Kind == yaml.SequenceNode {
		return element(n, path)
	}
	longest := -1
	eachMember(n, func(key, v *yaml.Node) bool {
		name := keyName(key)
		after, ok := strings.CutPrefix(path, name)
		if ok && len(name) > longest && (after == "" || after[0] == '.' || after[0] == '[') {
			longest, at, value, rest = len(name), key, v, strings.TrimPrefix(after, ".")
		}
		return true
	})
	return at, value, rest
}

// element takes "[2].name" apart.
func element(n *yaml.Node, path string) (at, value *yaml.Node, rest string) {
	inside, rest, closed := strings.Cut(strings.TrimPrefix(path, "["), "]")
	i, err := strconv.Atoi(inside)
	if path[0] != '[' || !closed || err != nil || i < 0 || i >= len(n.Content) {
		return nil, nil, ""
	}
	return n.Content[i], n.Content[i], strings.TrimPrefix(rest, ".")
}

// member returns the key and the value of a member of a mapping, or nil.
func member(n *yaml.Node, name string) (key, value *yaml.Node) {
	eachMember(n, func(k, v *yaml.Node) bool {
		if keyName(k) == name {
			key, value = k, v
			return false
		}
		return true
	})
	return key, value
}

// eachMember visits the members of a mapping, first its own and then those that it
// merges, until visit returns false. A member that is said twice is visited twice;
// the first one counts.
func eachMember(n *yaml.Node, visit func(key, value *yaml.Node) bool) bool {
	if n = resolveAlias(n); n == nil || n.Kind != yaml.MappingNode {
		return true
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if !isMerge(n.Content[i]) && !visit(n.Content[i], n.Content[i+1]) {
			return false
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if isMerge(n.Content[i]) && !eachMerged(n.Content[i+1], visit) {
			return false
		}
	}
	return true
}

// eachMerged visits what a merge key brings: a mapping, or several of which the
// first that has a member counts.
func eachMerged(n *yaml.Node, visit func(key, value *yaml.Node) bool) bool {
	n = resolveAlias(n)
	if n.Kind != yaml.SequenceNode {
		return eachMember(n, visit)
	}
	for _, from := range n.Content {
		if !eachMember(from, visit) {
			return false
		}
	}
	return true
}

func isMerge(key *yaml.Node) bool {
	return key.Kind == yaml.ScalarNode && key.Value == "<<" && key.ShortTag() == "!!merge"
}

// resolveAlias returns what an alias stands for.
func resolveAlias(n *yaml.Node) *yaml.Node {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

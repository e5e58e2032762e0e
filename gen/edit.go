package gen

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Dependency is an entry of spec.dependsOn that is to be changed: removed whole,
// or, with Namespace, only its namespace.
type Dependency struct {
	Index     int
	Namespace bool
}

// EditDependencies returns the content of a file without those entries of the
// document's spec.dependsOn. It takes out lines and touches no other byte. It
// refuses, and says why, where an entry does not stand in lines of its own, or has
// a comment that would be lost.
func (d Document) EditDependencies(data []byte, edits []Dependency) ([]byte, error) {
	key, sequence := d.ownDependencies()
	if sequence == nil {
		return nil, fmt.Errorf("dependsOn is not written here in block style")
	}
	if bytes.ContainsAny(bytes.ReplaceAll(data, []byte("\r\n"), nil), "\r\u0085\u2028\u2029") {
		return nil, fmt.Errorf("the file has line ends that YAML counts and editors do not")
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	drop := map[int]bool{} // line numbers
	removed := 0
	for _, e := range edits {
		if e.Index >= len(sequence.Content) {
			return nil, fmt.Errorf("dependsOn has no entry %d", e.Index)
		}
		first, last, err := entryLines(lines, sequence.Content[e.Index], e.Namespace)
		if err != nil {
			return nil, err
		}
		for line := first; line <= last; line++ {
			drop[line] = true
		}
		if !e.Namespace {
			removed++
		}
	}
	if removed == len(sequence.Content) {
		if strings.TrimSpace(string(lines[key.Line-1])) != "dependsOn:" {
			return nil, fmt.Errorf("the line of dependsOn holds more than the key")
		}
		drop[key.Line] = true
	}
	var out []byte
	for i, line := range lines {
		if !drop[i+1] {
			out = append(out, line...)
		}
	}
	return out, d.verify(out, edits)
}

// ownDependencies returns the key and the list of spec.dependsOn where the
// document itself has it, not through an alias or a merge.
func (d Document) ownDependencies() (key, sequence *yaml.Node) {
	n := d.Node
	for _, name := range []string{"spec", "dependsOn"} {
		i := slices.IndexFunc(n.Content, func(k *yaml.Node) bool { return k.Value == name })
		if n.Kind != yaml.MappingNode || i < 0 || i%2 != 0 {
			return nil, nil
		}
		key, n = n.Content[i], n.Content[i+1]
	}
	if n.Kind != yaml.SequenceNode || n.Style&yaml.FlowStyle != 0 || n.Anchor != "" {
		return nil, nil
	}
	return key, n
}

// entryLines returns the first and the last line of an entry, or of its namespace.
func entryLines(lines [][]byte, item *yaml.Node, namespace bool) (first, last int, err error) {
	if item.Kind != yaml.MappingNode || item.Style&yaml.FlowStyle != 0 || item.Anchor != "" {
		return 0, 0, fmt.Errorf("the entry is not a mapping in block style")
	}
	for i, n := range append([]*yaml.Node{item}, item.Content...) {
		if !namespace && n.HeadComment+n.LineComment+n.FootComment != "" {
			return 0, 0, fmt.Errorf("the entry has a comment")
		}
		if i > 0 && (n.Kind != yaml.ScalarNode || n.Anchor != "" || strings.Contains(n.Value, "\n")) {
			return 0, 0, fmt.Errorf("the entry holds more than names")
		}
	}
	first, last = item.Line, item.Content[len(item.Content)-1].Line
	dash := strings.TrimSpace(string(lines[first-1]))
	if !strings.HasPrefix(dash, "- ") {
		return 0, 0, fmt.Errorf("the entry does not begin on a line of its own")
	}
	if !namespace {
		return first, last, nil
	}
	for i := 0; i < len(item.Content); i += 2 {
		k, v := item.Content[i], item.Content[i+1]
		switch {
		case k.Value != "namespace":
		case k.Line != v.Line || k.Line == first:
			return 0, 0, fmt.Errorf("the namespace does not stand on a line of its own")
		case k.HeadComment+k.LineComment+k.FootComment+v.LineComment+v.FootComment != "":
			return 0, 0, fmt.Errorf("the namespace has a comment")
		default:
			return k.Line, k.Line, nil
		}
	}
	return 0, 0, fmt.Errorf("the entry has no namespace")
}

// verify holds the edited file against what the edits mean.
func (d Document) verify(data []byte, edits []Dependency) error {
	want, err := d.Object()
	if err != nil {
		return err
	}
	spec, _ := want["spec"].(map[string]any)
	entries, _ := spec["dependsOn"].([]any)
	var kept []any
	for i, entry := range entries {
		m, _ := entry.(map[string]any)
		switch {
		case slices.Contains(edits, Dependency{Index: i}):
			continue
		case slices.Contains(edits, Dependency{Index: i, Namespace: true}):
			delete(m, "namespace")
		}
		kept = append(kept, entry)
	}
	if spec["dependsOn"] = kept; kept == nil {
		delete(spec, "dependsOn")
	}
	documents, _ := Parse(d.File, data)
	for _, edited := range documents {
		if got, err := edited.Object(); err == nil && edited.Index == d.Index && reflect.DeepEqual(got, want) {
			return nil
		}
	}
	return fmt.Errorf("the lines could not be taken out without changing something else")
}

// Replace replaces a file of the folder, whoever owns it, as atomically as
// [Folder.Write] does. The name is slash-separated and relative to the root.
func (f *Folder) Replace(name string, data []byte) error {
	if err := f.replace(name, data); err != nil {
		return &PathError{name, "cannot be written", "make the folder " + f.dir + " writable", err}
	}
	return nil
}

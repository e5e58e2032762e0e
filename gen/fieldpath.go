package gen

import (
	"slices"
	"strconv"
	"strings"
)

// fieldPath is the way to the field that is being decoded. It is written down only where
// something is wrong with that, which is rare.
type fieldPath []fieldStep

// fieldStep is a member of a mapping, or an element of a list.
type fieldStep struct {
	key   string
	index int // -1 of a member
}

func (p *fieldPath) enter(key string) { *p = append(*p, fieldStep{key, -1}) }

func (p *fieldPath) enterItem(i int) { *p = append(*p, fieldStep{index: i}) }

func (p *fieldPath) leave() { *p = (*p)[:len(*p)-1] }

// String writes the path as [Document.Position] takes it, such as "spec.dependsOn[0].name".
func (p fieldPath) String() string {
	var b strings.Builder
	for i, s := range p {
		switch {
		case s.index >= 0:
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		case i > 0:
			b.WriteString("." + s.key)
		default:
			b.WriteString(s.key)
		}
	}
	return b.String()
}

// sortedKeys returns the keys of a mapping in order. A file has a dozen small ones.
func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

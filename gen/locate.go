package gen

import (
	"sync"

	"github.com/tazlab/fluxdag/dag"
)

// locator returns a function that does what Position does without keeping the tree: the
// trees of a large cluster are most of the memory of a run, while few positions are asked
// for. It parses the text anew for the first field.
func (d Document) locator() func(field string) dag.Position {
	if d.root == nil { // the item of a List, whose text is that of the whole List
		return d.Position
	}
	object, file, text, first := d.Position(""), d.File, d.text, d.first
	again := sync.OnceValue(func() Document {
		p := parser{file: file}
		p.document(chunk{text, first})
		return p.documents[0]
	})
	return func(field string) dag.Position {
		if field == "" {
			return object
		}
		return again().Position(field)
	}
}

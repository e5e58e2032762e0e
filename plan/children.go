package plan

import (
	"fmt"
	"strings"
)

// withChildren says with a node that is renamed what it costs that the nodes which it applied
// go with it, so that their own changes need not, and are told of as one.
func (c *comparison) withChildren() {
	children := map[string][]*Change{}
	for i := range c.out.Changes {
		change := &c.out.Changes[i]
		if change.Kind == Prune && c.pairs[change.parent] != "" {
			children[change.parent] = append(children[change.parent], change)
		}
	}
	for i := range c.out.Changes {
		change := &c.out.Changes[i]
		some := children[change.From]
		if change.Kind != Rename {
			continue
		}
		if len(change.Steps) > 0 { // by now it is known whether there are any
			keptToo(some, change.From)
		}
		if len(some) < leastGrouped {
			continue
		}
		var objects []Object
		for _, child := range some {
			lost := notKept(c.takesAlong(child.Node))
			child.Effect = strings.Replace(child.Effect, saying(c.tolls(lost, child.Node)), "", 1)
			objects = append(objects, lost...)
		}
		change.Effect += fmt.Sprintf(" With it go %s that it applied, and all that these applied%s.", plural(len(some), "Kustomization"), price(objects))
	}
}

// keptToo says of nodes that go with one that is renamed that its steps keep them too.
func keptToo(children []*Change, parent string) {
	for _, child := range children {
		if child.likewise {
			child.Effect += fmt.Sprintf(" The steps that rename %s without loss keep it too.", parent)
		}
	}
}

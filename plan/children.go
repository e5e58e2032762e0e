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
		if change.Kind != Prune || !c.base.has(change.Node) {
			continue
		}
		if by := c.end(change.Node).by; c.pairs[by] != "" && change.is(ofFollower) {
			children[by] = append(children[by], change)
		}
	}
	for i := range c.out.Changes {
		change := &c.out.Changes[i]
		some := children[change.From]
		if change.Kind != Rename || len(some) < leastGrouped {
			continue
		}
		var objects []Object
		for _, child := range some {
			lost := notKept(c.takesAlong(child.Node))
			child.Effect = strings.Replace(child.Effect, toll(lost), "", 1)
			objects = append(objects, lost...)
		}
		change.Effect += fmt.Sprintf(" With it go %s that it applied, and all that these applied%s.", plural(len(some), "Kustomization"), price(objects))
	}
}

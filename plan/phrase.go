package plan

import (
	"slices"
	"strings"
)

// phrase is a part of an effect that names objects.
type phrase struct {
	// said is what it says of them, many what is said of several changes that are alike but for
	// the names.
	said, many string
	// among is said once of several changes, behind all else, where any of them has such a phrase.
	among string
}

// saying is what phrases say.
func saying(phrases []phrase) string {
	var b strings.Builder
	for _, p := range phrases {
		b.WriteString(p.said)
	}
	return b.String()
}

// unnamed is the effect without the names of objects, where many move like this: the line of each
// node has them.
func (c Change) unnamed() string {
	effect := c.Effect
	for _, p := range c.phrases {
		effect = strings.Replace(effect, p.said, p.many, 1)
	}
	return effect
}

// among is what is said once of changes that are told of as one.
func among(members []Change) string {
	var all []string
	for _, c := range members {
		for _, p := range c.phrases {
			if p.among != "" && !slices.Contains(all, p.among) {
				all = append(all, p.among)
			}
		}
	}
	return strings.Join(all, "")
}

// costs says with a change what goes with objects that a node loses, and where another node
// applies the same in another namespace. Such a change mostly is one of many, of all that is in a
// namespace: these are told of as one.
func (c *comparison) costs(change *Change, lost []Object, by string) {
	costs, moves := c.tolls(c.orphaned(lost, by), by), c.resettled(lost, by)
	if len(moves) > 0 && change.Kind == Delete {
		change.phrases = slices.Concat(costs, moves)
	}
	change.Effect += saying(costs) + saying(moves)
}

package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// leastGrouped is from how many changes on that say the same they are told of as one; those
// with steps, and those that are stuck for one cause, already from two on.
const leastGrouped = 3

// group is one change, or several that say the same of their nodes. Then the Change holds what
// is common to them.
type group struct {
	Change
	members []Change
	runs    [][]string // the commands of each step
}

// grouped joins, for a person, changes that say the same of many nodes, at the place of the
// first.
func grouped(changes []Change) []group {
	alike := map[string][]Change{}
	same := make([]string, len(changes))
	for i, c := range changes {
		same[i] = c.sameness()
		alike[same[i]] = append(alike[same[i]], c)
	}
	var all []group
	for i, c := range changes {
		switch members := alike[same[i]]; {
		case len(members) >= leastGrouped || len(members) > 1 && (len(c.Steps) > 0 || c.Kind == Stuck):
			all = append(all, oneGroup(members))
			alike[same[i]] = nil
		case len(members) > 0:
			all = append(all, group{Change: c})
		}
	}
	return all
}

// sameness is what a change says but for the names of nodes and objects, and but for the
// values of a field, where it has only one.
func (c Change) sameness() string {
	var fields strings.Builder
	for _, f := range c.shown() {
		fields.WriteString(" " + f.name())
		if len(c.shown()) > 1 {
			fields.WriteString(f.Old + " " + f.New)
		}
	}
	for _, step := range c.Steps {
		word, _, _ := strings.Cut(step.Do, " ")
		fields.WriteString(" " + word)
	}
	return fmt.Sprint(c.Kind, c.Allowed, " ", c.From != "", " ", c.common(), fields.String())
}

// common is the effect without the name of the node.
func (c Change) common() string {
	effect := c.unnamed()
	if c.From != "" {
		effect = rename(rename(effect, c.From, "the old one"), c.Node, "the new one")
	}
	return rename(effect, c.Node, "each")
}

// rename puts another word in the place of a node's name, where that stands alone. An object
// behind its kind is often called like its node.
func rename(s, name, word string) string {
	var b strings.Builder
	for i := strings.Index(s, name); i >= 0 && name != ""; i = strings.Index(s, name) {
		rest := s[i+len(name):]
		source := strings.HasSuffix(s[:i], "Repository ") || strings.HasSuffix(s[:i], "Bucket ") // others have it too
		if behindKind(s[:i]) && word == "each" && !source {
			b.WriteString(s[:i] + "of its name")
			s = rest
			continue
		}
		if source || behindKind(s[:i]) || i > 0 && inName(s[i-1]) || rest != "" && inName(rest[0]) || len(rest) > 1 && rest[0] == '.' && inName(rest[1]) {
			b.WriteString(s[:i+len(name)])
			s = rest
			continue
		}
		b.WriteString(s[:i] + word)
		s = rest
	}
	return b.String() + s
}

// kind matches what ends with a word that may be the kind of an object.
var kind = regexp.MustCompile(`(?:^|[ (])([A-Z][A-Za-z]+) $`)

// behindKind reports whether what follows is the name of an object, and not of a node with
// which a sentence goes on.
func behindKind(before string) bool {
	match := kind.FindStringSubmatch(before)
	return match != nil && !slices.Contains(openings, match[1])
}

// openings are words with which sentences begin.
var openings = []string{"And", "For", "If", "It", "Kustomizations", "Of", "Once", "Since", "Until", "What", "When", "Where", "Whether", "While", "With"}

func inName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '/'
}

func oneGroup(members []Change) group {
	first := members[0]
	g := group{Change: Change{Kind: first.Kind, Allowed: first.Allowed, traits: first.traits, Node: few(nodes(members), maxSteps), Effect: ofMany(first.common())}, members: members}
	g.Effect += among(members)
	g.join()
	if !slices.ContainsFunc(members, func(c Change) bool { return !slices.Equal(c.shown(), first.shown()) }) {
		g.Fields = first.Fields
	}
	return g
}

// ofMany writes the beginning of an effect as one of several nodes.
func ofMany(effect string) string {
	for one, many := range map[string]string{"It ": "Each ", "Its objects ": "Their objects ", "Flux reconciles it ": "Flux reconciles them "} {
		if rest, found := strings.CutPrefix(effect, one); found {
			return many + rest
		}
	}
	return effect
}

func nodes(members []Change) []string {
	var names []string
	for _, c := range members {
		names = append(names, c.title())
	}
	return names
}

package plan

import (
	"regexp"
	"slices"
	"strings"
)

// movedLead is how it is said that another node applies the same in another namespace. Such a
// change mostly is one of many, of all that is in a namespace.
const movedLead = " This looks like a move: "

// movedNames are the names in what is said of such a change, and what is said of many.
var movedNames = []struct {
	names *regexp.Regexp
	many  string
}{
	{regexp.MustCompile(`With HelmRelease .+? the release is uninstalled`), "With a HelmRelease the release is uninstalled"},
	{regexp.MustCompile(`(The data of )(PersistentVolumeClaim) .+?( goes with it, unless the volume)`), "${1}each $2$3"},
	{madeOfNames, ""},
	{regexp.MustCompile(`(This looks like a move: )\S+( applies the same in another namespace, )`), "${1}another node$2"},
}

// madeOfNames matches what is said of custom resources.
var madeOfNames = regexp.MustCompile(` What controllers made of .+? may go, with any data\.`)

// newNames matches the objects that are without data at first.
var newNames = regexp.MustCompile(`(new, and without data at first: )(.+?)(\. So let)`)

// unnamed is the effect without the names of objects, where many move like this: the line of each
// node has them.
func (c Change) unnamed() string {
	if !c.moves() {
		return c.Effect
	}
	effect := c.Effect
	for _, m := range movedNames {
		effect = m.names.ReplaceAllString(effect, m.many)
	}
	return newNames.ReplaceAllStringFunc(effect, func(said string) string {
		parts := newNames.FindStringSubmatch(said)
		var kinds []string
		for _, object := range strings.Split(parts[2], ", ") {
			kind, _, _ := strings.Cut(object, " ")
			kinds = append(kinds, kind)
		}
		slices.Sort(kinds)
		return parts[1] + "each " + strings.Join(slices.Compact(kinds), ", ") + parts[3]
	})
}

func (c Change) moves() bool { return c.Kind == Delete && strings.Contains(c.Effect, movedLead) }

// madeAmong says what may go with custom resources of such changes, where one has any.
func madeAmong(members []Change) string {
	if slices.ContainsFunc(members, func(c Change) bool { return c.moves() && madeOfNames.MatchString(c.Effect) }) {
		return " What controllers made of custom resources among them may go, with any data."
	}
	return ""
}

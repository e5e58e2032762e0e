package plan

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// mostSlips bounds the Secrets that are looked up by what is spelt like them: each is compared with
// all others, and who names more new ones at once has no slip but other names.
const mostSlips = 100

// namer is what names a Secret, or makes one.
type namer struct {
	node   *dag.Vertex // that decrypts with it
	source identity    // that is fetched with it
	own    bool        // by the name of that
	base   bool
}

// namers are all that names Secrets, on both sides.
type namers struct {
	of    map[Object][]namer
	in    map[string][]Object // those of a namespace
	asked map[Object]bool     // for what is spelt like them
}

func (c *comparison) namers() *namers {
	if c.secrets != nil {
		return c.secrets
	}
	c.secrets = &namers{map[Object][]namer{}, map[string][]Object{}, map[Object]bool{}}
	for _, s := range []*side{c.base, c.head} {
		for v := range s.Graph.Vertices() {
			c.secrets.add(decrypts(v), namer{node: v, base: s == c.base})
			for _, o := range s.Objects[v.Key()] {
				c.secrets.add(o.credential(), namer{source: o.identity(), own: o.credential().Name == o.Name, base: s == c.base})
				for _, what := range o.provides("") {
					if key, is := strings.CutPrefix(what.name, "Secret/"); is && what.as == "values" {
						namespace, name := splitKey(key)
						c.secrets.add(Object{Kind: "Secret", Namespace: namespace, Name: name}, namer{base: s == c.base})
					}
				}
			}
		}
	}
	return c.secrets
}

func (n *namers) add(secret Object, by namer) {
	if secret == (Object{}) {
		return
	}
	if n.of[secret] == nil {
		n.in[secret.Namespace] = append(n.in[secret.Namespace], secret)
	}
	n.of[secret] = append(n.of[secret], by)
}

// slipOf returns the Secret that may be meant by one that nothing else names which counts; nothing
// where something does, so that it is there.
func (c *comparison) slipOf(secret Object, counts func(namer) bool) string {
	all := c.namers()
	named := func(o Object) bool { return slices.ContainsFunc(all.of[o], counts) }
	if named(secret) || !all.asked[secret] && len(all.asked) == mostSlips {
		return ""
	}
	all.asked[secret] = true
	meant := nearestTo(secret.Name)
	for _, other := range all.in[secret.Namespace] {
		if named(other) {
			meant.offer(other.Name, other.String())
		}
	}
	return meant.found
}

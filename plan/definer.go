package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// definer reports whether a HelmRelease is taken, by its name or that of its chart, for one of a
// chart that is there for the definitions that it holds. Helm leaves those in the folder crds/ of
// a chart when the release is uninstalled; such charts mostly have them in templates.
func (o Object) definer() bool {
	return o.release() && !o.Suspended && slices.ContainsFunc(append(o.names(), o.helm().Chart), func(name string) bool {
		words := strings.Split(name, "-")
		return slices.Contains(words, "crds") || slices.Contains(words, "crd")
	})
}

// withoutDefiner says what goes with the definitions of such a chart.
func (c *comparison) withoutDefiner(o Object, at string) string {
	said := fmt.Sprintf(" By its name %s is taken for a chart of definitions: with the release go those in its templates, and with these all custom resources of them", o)
	customs, owners, alike := c.undefinedIn(at, o)
	switch n := len(customs); {
	case n == 0:
		return said + "."
	case alike:
		return said + fmt.Sprintf(": perhaps these, of which no file has the definition: %s of %s.", few(named(customs), 5), few(owners, 3))
	default:
		return said + fmt.Sprintf(". Which these are is not known: of %s here no file has the definition.", plural(n, "custom resource"))
	}
}

// undefinedIn are the custom resources of a cluster that stay, and of which no file of either side has
// the definition, with their nodes: those whose API group has most words in common with the release.
// Where none has any, those that go neither, they are all, and not alike.
func (c *comparison) undefinedIn(at string, o Object) (customs []Object, owners []string, alike bool) {
	undefined := func(v *dag.Vertex, custom Object) bool {
		return target(v) == at && custom.defined() && !c.definedIn(at, custom)
	}
	most := 0
	for v, custom := range c.base.applied() {
		if undefined(v, custom) {
			most = max(most, custom.calledAfter(o))
		}
	}
	var all []owned
	for v, custom := range c.staying() {
		if undefined(v, custom) && custom.calledAfter(o) >= most {
			all = append(all, owned{custom, v.Key()})
		}
	}
	customs, owners = ofOwned(all)
	return customs, owners, most > 0
}

func (c *comparison) definedIn(at string, o Object) bool {
	kind := at + "|" + o.Group + "/" + o.Kind
	_, before := c.base.definitions()[kind]
	_, now := c.head.definitions()[kind]
	return before || now
}

// calledAfter counts the words that the name of a release, or that of its chart, has in common with an
// object's API group.
func (o Object) calledAfter(release Object) int {
	n := 0
	labels := strings.Split(o.Group, ".")
	words := strings.Split(strings.Join(append(release.names(), release.helm().Chart), "-"), "-")
	for _, word := range unique(strings.FieldsFunc(strings.Join(labels[:len(labels)-1], "-"), func(r rune) bool { return r == '-' })) {
		if slices.Contains(words, word) && !slices.Contains(general, word) {
			n++
		}
	}
	return n
}

// general are the words that tell nothing of what a group, or a chart of definitions, is for: as in
// crd.projectcalico.org, operator.tigera.io, gateway.networking.k8s.io.
var general = []string{"api", "controller", "crd", "crds", "k8s", "kubernetes", "operator", "x"}

package plan

import (
	"fmt"
	"slices"
	"strings"
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
	customs, owners := c.undefinedIn(at, o)
	if len(customs) == 0 {
		return said + "."
	}
	return said + fmt.Sprintf(": perhaps these, of which no file has the definition: %s of %s.", few(named(customs), 5), few(owners, 3))
}

// undefinedIn are the custom resources of a cluster that stay, and of which no file of either side has
// the definition, with their nodes: those whose API group has a word of a release's name, where
// there are any.
func (c *comparison) undefinedIn(at string, o Object) (customs []Object, owners []string) {
	var alike, all []served
	for v, custom := range c.staying() {
		if target(v) != at || !custom.defined() || c.definedIn(at, custom) {
			continue
		}
		s := served{custom, v.Key()}
		if all = append(all, s); custom.calledAfter(o) {
			alike = append(alike, s)
		}
	}
	if len(alike) > 0 {
		all = alike
	}
	return ofServed(all)
}

func (c *comparison) definedIn(at string, o Object) bool {
	kind := at + "|" + o.Group + "/" + o.Kind
	_, before := c.base.definitions()[kind]
	_, now := c.head.definitions()[kind]
	return before || now
}

// calledAfter reports whether a word of a release's name is one of an object's API group.
func (o Object) calledAfter(release Object) bool {
	groups := strings.FieldsFunc(o.Group, func(r rune) bool { return r == '.' || r == '-' })
	return slices.ContainsFunc(strings.Split(release.Name, "-"), func(word string) bool { return slices.Contains(groups, word) })
}

// defined reports whether an object is of a kind that is there by a definition: of a group that
// is neither one of Kubernetes nor one of Flux, which are not defined by charts of definitions.
func (o Object) defined() bool {
	return strings.Contains(o.Group, ".") && !strings.HasSuffix(o.Group, ".fluxcd.io") && !slices.Contains(ownGroups, o.Group)
}

// ownGroups are those groups of Kubernetes itself that have a dot in their name.
var ownGroups = []string{
	"admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "authentication.k8s.io", "authorization.k8s.io",
	"certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "flowcontrol.apiserver.k8s.io",
	"networking.k8s.io", "node.k8s.io", "rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io",
	"storagemigration.k8s.io",
}

package plan

import (
	"fmt"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// locked says that Flux fetches nothing from a source which a node applies. The node itself stands
// still only where it waits for that, or is built from it.
func (c *comparison) locked(v *dag.Vertex) {
	switch source, said := c.unknownSecret(v); {
	case said == "":
	case v.Object().Spec.Wait || checks(v, "", source):
		c.stickUnready(v, said)
	case source.String() == c.rootSource():
		c.stickLast(v, said, surely)
	default:
		c.stickLast(v, said, always)
	}
}

// unknownSecret says that a source which a node applies names another Secret than before, that is
// not found, where one of nearly that name is known. Such Secrets are made by hand: nothing else
// tells a slip from a new one.
func (c *comparison) unknownSecret(v *dag.Vertex) (source Object, said string) {
	if target(v) != "" || c.head.Build == nil {
		return Object{}, ""
	}
	var before map[identity]Object
	for _, o := range c.head.Objects[v.Key()] {
		secret, root := o.credential(), o.String() == c.rootSource()
		if o.Group != sourceGroup || o.Suspended || o.Left || strings.Contains(secret.String(), "${") {
			continue
		}
		if before == nil {
			before = byIdentity(c.base.Objects[v.Key()])
		}
		old, had := before[o.identity()]
		was := old.credential()
		if was == secret || root && secret.Name == o.Name { // which flux bootstrap makes
			continue
		}
		meant, longer := "", ""
		if had {
			longer = " any more"
		}
		if secret.Name != "" {
			meant = c.meantSecret(secret, o, root)
		}
		switch {
		case secret.Name == "" && o.Kind == "GitRepository" && strings.HasPrefix(factsOf(o)["url"], "ssh://"):
			said = fmt.Sprintf("It applies %s, which names no Secret any more: by ssh Flux fetches nothing without one (\"'identity' is required\").", o)
		case meant == "":
			continue
		default:
			said = fmt.Sprintf("It applies %s, which names %s, and that is not found here: unless somebody makes it by hand, Flux fetches nothing from there%s. Did you mean %s?", o, secret, longer, meant)
		}
		if root {
			said += " The cluster is built from it: no further commit arrives, not even the one that mends this. Then the mended file has to be applied by hand."
		}
		return o, said
	}
	return Object{}, ""
}

// credential is the Secret that a source names; none where it names none.
func (o Object) credential() Object {
	if o.Group != sourceGroup {
		return Object{}
	}
	if name := factsOf(o)["secretRef"]; name != "" {
		return Object{Kind: "Secret", Namespace: o.Namespace, Name: name}
	}
	return Object{}
}

// meantSecret returns the Secret that a source may mean by a name that nothing else knows.
//
// What only that source named before does not count, for then the commit that mends a slip looks like
// one; but for the Secret that flux bootstrap makes.
func (c *comparison) meantSecret(secret, of Object, root bool) string {
	return c.slipOf(secret, func(n namer) bool {
		return n.source != of.identity() || n.base && root && n.own
	})
}

// unknownAccount says that a node runs as another service account than before, where that was
// in the files and the new one is nowhere.
func (c *comparison) unknownAccount(v *dag.Vertex) string {
	name, namespace := v.Object().Spec.ServiceAccountName, v.Object().Namespace
	before := c.base.Graph.Lookup(v.Key())
	if name == "" || name == "default" || before == nil || target(v) != "" {
		return ""
	}
	was := before.Object().Spec.ServiceAccountName
	if was == name || was == "" || len(c.base.providers(use{"", "account", namespace + "/" + was})) == 0 {
		return ""
	}
	if !c.absent(Object{Kind: "ServiceAccount", Namespace: namespace, Name: name}, nil) {
		return ""
	}
	said := fmt.Sprintf("It runs as ServiceAccount %s/%s, which is nowhere: unless somebody makes it by hand, it has no rights, and nothing of it is applied or deleted.", namespace, name)
	if near(was, name) {
		said += fmt.Sprintf(" Did you mean ServiceAccount %s/%s?", namespace, was)
	}
	return said
}

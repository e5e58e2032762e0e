package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// unhealthy says that a node waits for a HelmRelease which this change keeps from ever becoming
// ready; nothing where none is.
func (c *comparison) unhealthy(v *dag.Vertex) string {
	spec := &v.Object().Spec
	if !spec.Wait && len(spec.HealthChecks) == 0 {
		return ""
	}
	for _, o := range c.head.Objects[v.Key()] {
		if o.Group != helmGroup || o.Suspended || !spec.Wait && !checks(v, target(v), o) {
			continue
		}
		if what := c.misses(v, o); what != "" {
			return fmt.Sprintf("It waits for %s, which does not get ready without %s, and that is nowhere: unless somebody makes it by hand, this node is ready no longer, and what depends on it waits.", o, what)
		}
		if what, by := c.lacks(target(v), o); by != "" {
			return fmt.Sprintf("It waits for %s, which does not get ready without %s, and %s applies that no longer: once Flux has deleted it, this node is ready no longer, and what depends on it waits.", o, what, by)
		}
	}
	return ""
}

// lacks returns what a HelmRelease of a cluster is not ready without and goes with this change,
// and the node that deletes it.
func (c *comparison) lacks(cluster string, o Object) (what, by string) {
	for _, need := range o.requires() {
		if need.Group == "" {
			_, by = c.provider(need.values(cluster))
		} else {
			by = c.deleter(cluster, need)
		}
		if by != "" {
			return need.String(), by
		}
	}
	return "", ""
}

// misses returns what a HelmRelease of a node is not ready without and that is nowhere, where it
// stands for something of that kind that the base has; nothing where something may bring it.
func (c *comparison) misses(v *dag.Vertex, o Object) string {
	cluster := target(v)
	if cluster != "" {
		return ""
	}
	before, found := byIdentity(c.base.Objects[c.base.ownerIn(cluster, o)])[o.identity()]
	if !found {
		return ""
	}
	was, is := before.requires(), o.requires()
	for _, need := range is {
		if slices.Contains(was, need) || !c.absent(need, nil) {
			continue
		}
		if slices.ContainsFunc(was, func(p Object) bool {
			return p.Group == need.Group && p.Kind == need.Kind && !slices.Contains(is, p) && c.there(cluster, p) && (p.Group != "" || near(p.Name, need.Name))
		}) {
			return need.String()
		}
	}
	return ""
}

// requires are the objects that a HelmRelease is not ready without.
func (o Object) requires() []Object {
	var all []Object
	if kind, at, found := strings.Cut(o.Chart, " "); found {
		namespace, name := splitKey(at)
		all = append(all, Object{Group: sourceGroup, Kind: kind, Namespace: namespace, Name: name})
	}
	for _, at := range strings.Fields(o.Awaits) {
		kind, key, _ := strings.Cut(at, "/")
		namespace, name := splitKey(key)
		need := Object{Kind: kind, Namespace: namespace, Name: name}
		if kind == "HelmRelease" {
			need.Group = helmGroup
		}
		all = append(all, need)
	}
	return all
}

// values is how a ConfigMap or a Secret is used for its values.
func (o Object) values(cluster string) use {
	return use{cluster, "values", o.Kind + "/" + o.Namespace + "/" + o.Name}
}

// unprovided says that a node takes variables from what is nowhere, where the base took them
// from what is known. Other ConfigMaps and Secrets are often made outside the repository.
func (c *comparison) unprovided(v *dag.Vertex) string {
	spec, namespace := &v.Object().Spec, v.Object().Namespace
	if spec.Suspend || c.head.Build == nil || c.base.Graph.Len() == 0 {
		return ""
	}
	if spec.PostBuild == nil {
		return c.keyless(v)
	}
	for _, ref := range spec.PostBuild.SubstituteFrom {
		at := Object{Kind: ref.Kind, Namespace: namespace, Name: ref.Name}.values("")
		if ref.Optional || strings.Contains(at.name, "${") || c.made(at) || c.asked(at) {
			continue
		}
		if c.replaces(v, ref.Kind) && c.bringer(namespace, v) == "" {
			return fmt.Sprintf("It takes variables from %s %s/%s, which is nowhere: unless somebody makes it by hand, its build fails (\"post build failed\"), and nothing of it is applied or deleted.", ref.Kind, namespace, ref.Name)
		}
	}
	return c.keyless(v)
}

// keyless says that a node decrypts with a Secret that it names for the first time, and that is
// nowhere, where other nodes name one of nearly that name. Such Secrets are made by hand: nothing
// else tells a slip from a new one.
func (c *comparison) keyless(v *dag.Vertex) string {
	secret := decrypts(v)
	if before := c.base.Graph.Lookup(v.Key()); secret == (Object{}) || before != nil && decrypts(before) == secret || !c.foreign("", secret) {
		return ""
	}
	meant := c.slipOf(secret, func(n namer) bool { return n.node != nil && (n.base || n.node != v) })
	if meant == "" {
		return ""
	}
	return fmt.Sprintf("It decrypts with %s, which is not found here: unless somebody makes it by hand, its build fails, and nothing of it is applied or deleted. Did you mean %s?", secret, meant)
}

// decrypts returns the Secret with which a node decrypts; none where it names none.
func decrypts(v *dag.Vertex) Object {
	if d := v.Object().Spec.Decryption; d != nil && d.SecretRef != nil {
		return Object{Kind: "Secret", Namespace: v.Object().Namespace, Name: d.SecretRef.Name}
	}
	return Object{}
}

// asked reports whether a node of the base takes variables from a ConfigMap or Secret, or decrypts
// with it: so that is there, by whomever it was made.
func (c *comparison) asked(what use) bool {
	return len(c.base.nodes(what))+len(c.base.nodes(use{what.cluster, "optional", what.name})) > 0
}

// replaces reports whether a node took variables from something of a kind that is known, and
// takes them from that no longer.
func (c *comparison) replaces(v *dag.Vertex, kind string) bool {
	before := c.base.Graph.Lookup(v.Key())
	if before == nil || before.Object().Spec.PostBuild == nil {
		return false
	}
	still := map[string]bool{}
	for _, ref := range v.Object().Spec.PostBuild.SubstituteFrom {
		still[ref.Kind+"/"+ref.Name] = true
	}
	for _, ref := range before.Object().Spec.PostBuild.SubstituteFrom {
		if ref.Kind == kind && !still[ref.Kind+"/"+ref.Name] && len(c.base.providers(Object{Kind: kind, Namespace: v.Object().Namespace, Name: ref.Name}.values(""))) > 0 {
			return true
		}
	}
	return false
}

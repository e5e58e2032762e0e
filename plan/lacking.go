package plan

import (
	"fmt"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// unhealthy says that a node waits for a HelmRelease which this change keeps from ever becoming
// ready; nothing where none is.
func (c *comparison) unhealthy(v *dag.Vertex) string {
	if spec := &v.Object().Spec; !spec.Wait && len(spec.HealthChecks) == 0 {
		return ""
	}
	for _, w := range c.wants(v) {
		if w.certain && awaitsRelease(v, w.release) {
			until := "never ready"
			if c.base.has(v.Key()) {
				until = "ready no longer"
			}
			return fmt.Sprintf("It waits for %s, which does not get ready without %s, and that is nowhere: unless somebody makes it by hand, this node is %s, and what depends on it waits.%s", w.release, w.what, until, w.hint)
		}
	}
	for _, o := range c.head.Objects[v.Key()] {
		if !o.release() || o.Suspended || !awaitsRelease(v, o) {
			continue
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

// made returns the ConfigMap or Secret of Flux's own cluster that is used for its values.
func (u use) made() (identity, bool) {
	kind, key, _ := strings.Cut(u.name, "/")
	namespace, name := splitKey(key)
	return identity{Kind: kind, Namespace: namespace, Name: name}, u.cluster == "" && u.as == "values"
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

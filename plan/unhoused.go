package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// spaces is what is known of the Namespaces of a cluster.
type spaces struct {
	made map[string]bool // by a node of either side
	used map[string]bool // in the base
	// managed is set where all that the base uses are made by its nodes, and hosted where all are
	// in which its Kustomizations lie: then one that nothing makes is hardly made by hand.
	managed, hosted bool
}

// builtin are the Namespaces that Kubernetes and Flux make themselves.
var builtin = []string{"default", "kube-system", "kube-public", "kube-node-lease", "flux-system"}

// spacesOf returns what is known of the Namespaces of the cluster to which a node applies.
func (c *comparison) spacesOf(v *dag.Vertex) *spaces {
	if c.housing == nil {
		c.housing = map[string]*spaces{}
		for _, s := range []*side{c.base, c.head} {
			for u := range s.Graph.Vertices() {
				c.house(s, u)
			}
		}
		for _, at := range c.housing {
			at.managed, at.hosted = len(at.used) > 0, len(at.used) > 0
			for name := range at.used {
				at.managed = at.managed && (at.made[name] || slices.Contains(builtin, name))
			}
			for name := range at.made {
				at.managed = at.managed && !strings.Contains(name, "${")
			}
			for u := range c.base.Graph.Vertices() {
				name := u.Object().Namespace
				at.hosted = at.hosted && (at.made[name] || slices.Contains(builtin, name))
			}
		}
	}
	return c.housing[target(v)]
}

func (c *comparison) house(s *side, u *dag.Vertex) {
	at := c.housing[target(u)]
	if at == nil {
		at = &spaces{made: map[string]bool{}, used: map[string]bool{}}
		c.housing[target(u)] = at
	}
	if s == c.base && target(u) == "" {
		at.used[u.Object().Namespace] = true
	}
	for _, o := range s.Objects[u.Key()] {
		if name := o.namespace(); name != "" {
			at.made[name] = true
		}
		if o.release() && o.Installs != "" { // which may make it
			at.made[o.Installs] = true
		}
		if s == c.base && o.Namespace != "" {
			at.used[o.Namespace] = true
		}
	}
}

// unhoused are objects of a node of head in Namespaces that nothing makes and the base does not
// use, one of each.
func (c *comparison) unhoused(v *dag.Vertex) []Object {
	if v.Object().Spec.Suspend || c.head.Build == nil || c.base.Graph.Len() == 0 {
		return nil
	}
	at := c.spacesOf(v)
	var all []Object
	for _, o := range c.head.Objects[v.Key()] {
		name := o.Namespace
		if !o.inNamespace() || at.made[name] || at.used[name] || slices.Contains(builtin, name) || strings.Contains(name, "${") {
			continue
		}
		if !slices.ContainsFunc(all, func(p Object) bool { return p.Namespace == name && p.Kind == o.Kind }) {
			all = append(all, o)
		}
	}
	return all
}

// inNamespace reports whether an object certainly lies in its Namespace: of kinds that it does
// not know, kustomize gives one also to those that have none.
func (o Object) inNamespace() bool {
	without := []string{"Namespace", "Node", "PersistentVolume", "IngressClass", "ClusterRole", "ClusterRoleBinding", "ComponentStatus"}
	groups := []string{"", "apps", "batch", "autoscaling", "policy", "networking.k8s.io", "rbac.authorization.k8s.io"}
	return o.Namespace != "" && !slices.Contains(without, o.Kind) && (slices.Contains(groups, o.Group) || strings.HasSuffix(o.Group, ".toolkit.fluxcd.io"))
}

// housed names what may make the Namespace of an object all the same; nothing where the node
// fails for it.
func (c *comparison) housed(v *dag.Vertex, o Object) string {
	if by := c.bringer(o.Namespace, c.head.Graph.Lookup(o.kustomization())); by != "" {
		return by
	}
	at := c.spacesOf(v)
	if managed := at.managed || o.kustomization() != "" && at.hosted; !managed || target(v) != "" && len(c.head.Graph.Boundaries()) > 0 {
		return "outside of the repository"
	}
	return ""
}

// outcast says that a node fails for a Namespace that nothing makes.
func (c *comparison) outcast(v *dag.Vertex) string {
	for _, o := range c.unhoused(v) {
		if c.housed(v, o) != "" {
			continue
		}
		said := fmt.Sprintf("It applies %s into Namespace %s, which nothing makes, neither here nor in the base: unless somebody makes it by hand, Flux fails (namespaces %[2]q not found), and applies nothing of this node.", o, o.Namespace)
		if o.kustomization() != "" {
			said += " Until that is mended, no commit changes what it applies."
		}
		return said
	}
	return ""
}

// strange says that a Namespace of a node has to come from outside.
func (c *comparison) strange(v *dag.Vertex) string {
	for _, o := range c.unhoused(v) {
		if by := c.housed(v, o); by != "" {
			return fmt.Sprintf(" Nothing here makes Namespace %[1]s, which has to come from %[2]s: else Flux fails (namespaces %[1]q not found), and applies nothing of this node.", o.Namespace, by)
		}
	}
	return ""
}

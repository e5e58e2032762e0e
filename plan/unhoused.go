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
	// came are the nodes of head that make one, where none of the base does, nor a release may.
	came   map[string][]*dag.Vertex
	before map[string]bool // made by the base, or where a release may make them
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
				if at.before[name] {
					delete(at.came, name)
				}
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
		at = &spaces{made: map[string]bool{}, used: map[string]bool{}, came: map[string][]*dag.Vertex{}, before: map[string]bool{}}
		c.housing[target(u)] = at
	}
	if s == c.base && target(u) == "" {
		at.used[u.Object().Namespace] = true
	}
	for _, o := range s.Objects[u.Key()] {
		if name := o.namespace(); name != "" {
			at.made[name] = true
			at.before[name] = at.before[name] || s == c.base
			at.came[name] = append(at.came[name], u)
		}
		if o.release() && o.Installs != "" { // which may make it
			at.made[o.Installs], at.before[o.Installs] = true, true
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
		if !o.inNamespace() || at.made[name] && c.tooLate(v, name) == "" || at.used[name] || slices.Contains(builtin, name) || strings.Contains(name, "${") {
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
	if by := c.bringer(o.Namespace, c.head.node(v, o)); by != "" {
		return by
	}
	if c.tooLate(v, o.Namespace) != "" { // so it is to come from here
		return ""
	}
	at := c.spacesOf(v)
	if managed := at.managed || o.kustomization() != "" && target(v) == "" && at.hosted; !managed || target(v) != "" && len(c.head.Graph.Boundaries()) > 0 {
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
		made := "nothing makes, neither here nor in the base"
		if by := c.tooLate(v, o.Namespace); by != "" {
			made = fmt.Sprintf("only %s makes, and that comes after it", by)
		}
		said := fmt.Sprintf("It applies %s into Namespace %s, which %s: unless somebody makes it by hand, Flux fails (namespaces %[2]q not found), and applies nothing of this node.", o, o.Namespace, made)
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
		if late := c.tooLate(v, o.Namespace); late != "" {
			return fmt.Sprintf(" Only %s makes Namespace %[2]s, and that comes after it: unless somebody has made it by hand, Flux fails (namespaces %[2]q not found), and applies nothing of this node.", late, o.Namespace)
		} else if by := c.housed(v, o); by != "" {
			return fmt.Sprintf(" Nothing here makes Namespace %[1]s, which has to come from %[2]s: else Flux fails (namespaces %[1]q not found), and applies nothing of this node.", o.Namespace, by)
		}
	}
	return ""
}

// tooLate names the nodes that make a Namespace which the base does not have, where all of them
// come after a node: what it fails for does not come.
func (c *comparison) tooLate(v *dag.Vertex, namespace string) string {
	if len(c.base.Graph.Boundaries())+len(c.base.Unread) > 0 { // which may have made it
		return ""
	}
	makers := c.spacesOf(v).came[namespace]
	var keys []string
	for _, u := range makers {
		if u == v || !c.after(u, v, map[*dag.Vertex]bool{}) {
			return ""
		}
		keys = append(keys, u.Key())
	}
	return few(unique(keys), 2)
}

// after reports whether a node of head certainly applies nothing new before another one is
// ready: it has waited for that before, or is new and waits for it, or is applied only by it or
// by such.
func (c *comparison) after(u, v *dag.Vertex, seen map[*dag.Vertex]bool) bool {
	if seen[u] {
		return false
	}
	seen[u] = true
	before := c.base.Graph.Lookup(u.Key())
	for _, dep := range u.Object().Spec.DependsOn {
		d := c.head.awaited(u, dep)
		if d == nil || dep.ReadyExpr != "" || before != nil && (!dependsOn(before, d.Key()) || judges(before, d.Key())) {
			continue
		}
		if d == v || c.after(d, v, seen) {
			return true
		}
	}
	appliers := c.head.AppliedBy[u.Key()]
	return before == nil && len(appliers) > 0 && !slices.ContainsFunc(appliers, func(name string) bool {
		w := c.head.Graph.Lookup(name)
		return w == nil || w != v && (c.base.has(name) || !c.after(w, v, seen))
	})
}

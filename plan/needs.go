package plan

import (
	"cmp"
	"fmt"

	"github.com/tazlab/fluxdag/dag"
)

// need is an object without which Flux does not reconcile a node, or never calls it ready.
type need struct {
	of     string // the cluster that holds it, see target
	object Object
	as     use    // what an object provides that does in its place, see there; nothing where none does
	what   string // what the node does with it
	then   string // what becomes of the node without
}

// needs lists what a node of head needs.
func needs(v *dag.Vertex) []need {
	spec, namespace := &v.Object().Spec, v.Object().Namespace
	var all []need
	local := func(as, kind, name, what, then string) {
		all = append(all, need{"", Object{Kind: kind, Namespace: namespace, Name: name}, use{"", as, kind + "/" + namespace + "/" + name}, what, then})
	}
	if spec.PostBuild != nil {
		for _, ref := range spec.PostBuild.SubstituteFrom {
			if !ref.Optional {
				local("values", ref.Kind, ref.Name, "It takes variables from", "its build fails (\"post build failed\"), and nothing of it is applied or deleted")
			}
		}
	}
	switch k := spec.KubeConfig; {
	case k != nil && k.SecretRef != nil:
		local("config", "Secret", k.SecretRef.Name, "It reaches its cluster by", "Flux fails to (\"unable to read KubeConfig secret\")")
	case k != nil && k.ConfigMapRef != nil:
		local("config", "ConfigMap", k.ConfigMapRef.Name, "It reaches its cluster by", "Flux fails to")
	}
	if d := spec.Decryption; d != nil && d.SecretRef != nil {
		local("values", "Secret", d.SecretRef.Name, "It decrypts with", "its build fails, and nothing of it is applied or deleted")
	}
	if !spec.Wait {
		for _, check := range spec.HealthChecks {
			group, _ := splitKey(cmp.Or(check.APIVersion, "apps/v1"))
			if group == check.APIVersion { // of the core: there is a version only
				group = ""
			}
			all = append(all, need{target(v), Object{Group: group, Kind: check.Kind, Namespace: check.Namespace, Name: check.Name}, use{}, "Its healthChecks name", "it is ready no longer, and what depends on it waits, unless something else makes that, such as a chart"})
		}
	}
	return all
}

// deprived says which nodes need an object that goes with this change, and is applied by
// nobody else.
func (c *comparison) deprived(v *dag.Vertex) {
	if key := v.Key(); len(c.acting(key)) == 0 || c.vanishes(key) || c.stopped(key) {
		return
	}
	if why := cmp.Or(c.unprovided(v), c.misnamed(v), c.outcast(v), c.unknownAccount(v)); why != "" {
		c.stick(v, why)
		return
	}
	if c.fails[v.Key()] { // for another reason, which is told
		return
	}
	for _, n := range needs(v) {
		o, by := n.object, ""
		if n.as == (use{}) {
			by = c.deleter(n.of, o)
		} else {
			o, by = c.provider(n.as)
		}
		if by == "" {
			continue
		}
		needed := n.object.String()
		if o.identity() != n.object.identity() {
			needed += ", which is made of " + o.String()
		}
		said := fmt.Sprintf("%s %s, which %s applies no longer: once Flux has deleted that, %s.", n.what, needed, by, n.then)
		if n.as == (use{}) {
			c.stickUnready(v, said)
		} else {
			c.stickLast(v, said, lastBy(by, v.Key()))
		}
		return
	}
	if c.outrun(v) {
		return
	}
	if why := c.undefined(v); why != "" {
		c.stickLast(v, why, perhaps)
	} else if why := c.versionless(v); why != "" {
		c.stick(v, why)
	} else if why := cmp.Or(c.unhealthy(v), c.unmade(v)); why != "" {
		c.stickUnready(v, why)
	} else {
		c.locked(v)
	}
}

// deleter returns the node that deletes an object which it applied in a cluster, where nobody
// in head applies that; else nothing.
func (c *comparison) deleter(cluster string, o Object) string {
	if by := c.base.ownerIn(cluster, o); by != "" && c.heirIn(cluster, o) == "" && c.lostBy(by)[o.identity()] {
		return by
	}
	return ""
}

// lostBy are the objects that a node of the base deletes.
func (c *comparison) lostBy(by string) map[identity]bool {
	lost, known := c.deleted[by]
	if known {
		return lost
	}
	var objects []Object
	switch {
	case c.head.has(by):
		objects = c.loses(by).objects
	case !c.hidden(by) && c.goes(by):
		objects = c.takesAlong(by)
	}
	lost = map[identity]bool{}
	for _, o := range notKept(objects) {
		lost[o.identity()] = true
	}
	c.deleted[by] = lost
	return lost
}

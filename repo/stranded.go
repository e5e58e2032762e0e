package repo

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// SyncRoot returns the key of the Kustomization that the cluster begins with; empty
// where its folder is applied by hand, or by something outside the repository.
func (c *Cluster) SyncRoot() string { return c.rootKey }

// ByHand returns what is applied with the root's folder itself, where nothing in the
// repository syncs that: what a person applies, or something outside. The Kustomizations
// that are nodes of the graph are left out.
func (c *Cluster) ByHand() []*Object {
	return slices.DeleteFunc(slices.Clone(c.byHand), func(o *Object) bool {
		return isKustomization(o.Group, o.Kind) && c.Graph.Lookup(o.key().String()) != nil
	})
}

// Stranded returns, by the Kustomizations that apply them, the namespaces in which
// Kustomizations of an import lie and which the sync root does not apply itself.
// On an empty cluster the sync root fails to apply these Kustomizations ("namespaces
// not found"), so that what would apply the namespaces never gets there. The namespace
// of the sync root itself, and those of every new cluster, are there before it.
func (c *Cluster) Stranded(i *Import) map[string][]string {
	found := map[string][]string{}
	own, _, _ := strings.Cut(cmp.Or(c.rootKey, "flux-system/"), "/")
	given := []string{own, "default", "kube-system", "kube-public", "kube-node-lease"}
	for _, namespace := range namespacesOf(i.Graph) {
		appliers := c.appliersOf(namespace)
		if slices.Contains(given, namespace) || len(appliers) == 0 || slices.Contains(appliers, c.rootKey) || c.appliesByHand(namespace) {
			continue
		}
		found[appliers[0]] = append(found[appliers[0]], namespace)
	}
	return found
}

// namespacesOf lists the namespaces of a graph's nodes, in order.
func namespacesOf(g *dag.Graph) []string {
	var all []string
	for v := range g.Vertices() {
		all = append(all, v.Object().Namespace)
	}
	return sortedUnique(all)
}

// appliersOf lists the Kustomizations that apply a namespace to this cluster, in order.
func (c *Cluster) appliersOf(namespace string) []string {
	var all []string
	for owner, inventory := range c.Objects {
		if v := c.Graph.Lookup(owner); v != nil && v.Object().Spec.KubeConfig == nil && holdsNamespace(inventory, namespace) {
			all = append(all, owner)
		}
	}
	return sortedUnique(all)
}

// appliesByHand reports whether a namespace is applied with the root's folder.
func (c *Cluster) appliesByHand(namespace string) bool { return holdsNamespace(c.byHand, namespace) }

func holdsNamespace(inventory []*Object, name string) bool {
	return slices.ContainsFunc(inventory, func(o *Object) bool { return o.ID() == ID{Kind: "Namespace", Name: name} })
}

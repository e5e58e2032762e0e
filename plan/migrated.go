package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// A cluster that was bootstrapped goes over to the Flux Operator as its guide has it
// (docs/guides/operator/operator-migration.md): a FluxInstance with the same sync is applied, and then
// the files go that Flux was bootstrapped with. By then the operator has applied all of them itself,
// without the labels by which Flux knows its own (fluxinstance_controller.go, ApplyCleanupOptions), and
// with annotations by which Flux leaves them alone (internal/builder/templates.go: ssa: Ignore, prune:
// Disabled). So Flux deletes none of them.

// bootstrapped reports whether the sync Kustomization of a cluster is applied by itself, as flux
// bootstrap has it.
func (s *side) bootstrapped() bool {
	return s.SyncRoot != "" && slices.Contains(s.AppliedBy[s.SyncRoot], s.SyncRoot)
}

// instance returns by what the Flux Operator makes the sync Kustomization of a cluster.
func (s *side) instance() (Object, bool) {
	for _, key := range sortedKeys(s.Objects) {
		if o, there := s.syncing(s.Objects[key]); there {
			return o, true
		}
	}
	return Object{}, false
}

// syncing returns the one of some objects by which it does so.
func (s *side) syncing(objects []Object) (Object, bool) {
	if i := slices.IndexFunc(objects, func(o Object) bool { return o.syncs(s.Side) }); i >= 0 {
		return objects[i], true
	}
	return Object{}, false
}

// migrate finds a cluster that ends its migration to the Flux Operator, which was there in the base:
// what that makes is kept, and the sync Kustomization is no part of what it applies itself.
func (c *comparison) migrate() {
	root := c.base.SyncRoot
	if !c.base.bootstrapped() || c.head.SyncRoot != root || c.moved || !c.head.made(root) {
		return
	}
	if _, there := c.base.instance(); !there {
		return
	}
	c.migrated = true
	c.base.AppliedBy, c.base.Objects = maps.Clone(c.base.AppliedBy), maps.Clone(c.base.Objects)
	c.base.AppliedBy[root] = slices.DeleteFunc(slices.Clone(c.base.AppliedBy[root]), func(name string) bool { return name == root })
	objects := slices.Clone(c.base.Objects[root])
	source, namespace := sourceObject(c.base.Graph.Lookup(root)).identity(), c.base.Graph.Lookup(root).Object().Namespace
	for i, o := range objects {
		objects[i].Kept = o.Kept || o.identity() == source || o.identity() == nodeObject(root).identity() || o.installed(namespace)
	}
	c.base.Objects[root] = objects
}

// installed reports whether an object is one of those that flux bootstrap installs in a namespace, and
// the Flux Operator after it, under the same names (flux2, manifests; gotk-components.yaml).
func (o Object) installed(namespace string) bool {
	within := func(names ...string) bool { return o.Namespace == namespace && slices.Contains(names, o.Name) }
	switch o.Kind {
	case "CustomResourceDefinition":
		return strings.HasSuffix(o.Name, ".toolkit.fluxcd.io")
	case "Namespace":
		return o.Name == namespace
	case "ClusterRole", "ClusterRoleBinding":
		return o.Namespace == "" && slices.Contains([]string{"cluster-reconciler-", "crd-controller-", "flux-edit-", "flux-view-"}, strings.TrimSuffix(o.Name, namespace))
	case "NetworkPolicy":
		return within("allow-egress", "allow-scraping", "allow-webhooks")
	case "ResourceQuota":
		return within("critical-pods-" + namespace)
	case "Deployment", "Service", "ServiceAccount":
		return within("helm-controller", "image-automation-controller", "image-reflector-controller", "kustomize-controller", "notification-controller", "source-controller", "source-watcher", "webhook-receiver")
	}
	return false
}

// goesOverToOperator says on what it depends that Flux deletes nothing of it: no file shows whether the
// operator runs, and without it all goes.
func (c *comparison) goesOverToOperator(v *dag.Vertex) {
	if key := v.Key(); c.migrated && key == c.base.SyncRoot {
		instance, _ := c.head.instance()
		c.add(Change{Kind: Unknown, Node: key, Position: v.Position(), Effect: fmt.Sprintf(
			"It leaves the files, as the Flux Operator makes it by %s: where the operator has taken it over, Flux deletes nothing of what it was bootstrapped with. Look before this is merged: flux trace kustomization %s has to say \"Not managed by Flux\". If it does not, this node, which applies itself, deletes itself and everything that it applied. If it does, let this through with %s.",
			instance, c.traced(), letting(Unknown, key))})
	}
}

// noteMigratedAtOnce says what becomes of such a cluster where the FluxInstance comes with the same commit.
func (c *comparison) noteMigratedAtOnce(instance Object) string {
	return fmt.Sprintf("%s leaves the files in the commit that brings %s, by which the Flux Operator is to make it: it applies itself, and so deletes itself and everything that it applied, unless the operator has taken it over before (flux trace kustomization %s says \"Not managed by Flux\"). So commit %[2]s alone, and delete the files of it when the operator has taken it over%[4]s",
		c.base.SyncRoot, instance, c.traced(), c.unlessBroken())
}

// traced names the sync Kustomization to the flux command.
func (c *comparison) traced() string {
	namespace, name := splitKey(c.base.SyncRoot)
	if namespace == "flux-system" {
		return name
	}
	return name + " -n " + namespace
}

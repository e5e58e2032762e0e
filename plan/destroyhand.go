package plan

import (
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// byHand says why the commit that takes a node out does not delete it. Of several that
// apply it, each has to prune it: the last one that applied it does.
func (d *teardown) byHand(v *dag.Vertex) string {
	key := v.Key()
	if keptItself(v) {
		return key + " has prune: disabled in its metadata"
	}
	for _, parent := range d.parents[key] {
		if why := d.unpruned(parent, key); why != "" {
			return why
		}
	}
	if len(d.parents[key]) == 0 {
		return "nothing here is known to apply it"
	}
	return ""
}

// unpruned says why one that applies a node does not prune it.
func (d *teardown) unpruned(parent, key string) string {
	v := d.Graph.Lookup(parent)
	switch {
	case parent == key:
		return key + " applies itself"
	case d.stuck[parent] != "":
		return parent + " " + d.stuck[parent]
	case !v.Object().Spec.Prune:
		return parent + " has prune: false"
	case d.gone[parent]:
		return parent + " goes at the same time"
	}
	return ""
}

// deleteLeft returns the commands that delete what a commit leaves. What still reconciles
// has to see the commit first, or it creates it anew.
func (d *teardown) deleteLeft(keys []string) []string {
	var parents, commands []string
	for _, key := range keys {
		for _, parent := range d.parents[key] {
			if parent != key && d.stuck[parent] == "" {
				parents = append(parents, parent)
			}
		}
	}
	for _, parent := range unique(parents) {
		commands = append(commands, "flux reconcile kustomization "+namedArgs(parent)+" --with-source")
	}
	return append(commands, perNamespace(keys, "kubectl delete kustomization", "", "--ignore-not-found --wait=false")...)
}

// perNamespace returns commands about Kustomizations, one a namespace.
func perNamespace(keys []string, command, prefix, options string) []string {
	names := map[string][]string{}
	for _, key := range keys {
		namespace, name := splitKey(key)
		names[namespace] = append(names[namespace], shell(prefix+name))
	}
	var commands []string
	for _, namespace := range sortedKeys(names) {
		commands = append(commands, command+" "+strings.Join(names[namespace], " ")+" -n "+shell(namespace)+" "+options)
	}
	return commands
}

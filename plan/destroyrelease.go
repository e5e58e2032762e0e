package plan

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// Released is a node of which HelmReleases go before it does: with them it applies the Namespaces
// that hold the records of the releases, and would delete all at once. Without its records a
// release is not uninstalled, and what it made outside of the Namespace stays.
type Released struct {
	Node     string       `json:"node"`
	Position dag.Position `json:"position"`
	// Clusters are the others that its file is part of.
	Clusters []string `json:"clusters,omitempty"`
	// Makes are the other nodes that its document makes too.
	Makes []string `json:"makes,omitempty"`
	// Objects are the HelmReleases.
	Objects []string `json:"objects"`
}

// release adds a stage in which HelmReleases go that some nodes would delete together with the
// Namespaces of their records. The nodes still run then.
func (d *teardown) release(keys []string) {
	stage := Removal{Nodes: []Removed{}, Delete: []string{}, Wait: []string{}}
	for _, key := range keys {
		objects := d.recorded(key)
		if len(objects) == 0 {
			continue
		}
		v := d.Graph.Lookup(key)
		at := accessTo(v)
		stage.Releases = append(stage.Releases, Released{key, v.Position(), d.builtElsewhere(key), d.making(v), named(objects)})
		if why := d.stuck[key]; why != "" || !v.Object().Spec.Prune {
			if why == "" {
				stage.Delete = append(stage.Delete, "flux reconcile kustomization "+namedArgs(key)+" --with-source")
			}
			stage.Delete = append(stage.Delete, at.perNamespace(objects, "delete", "--ignore-not-found --wait=false")...)
		}
		stage.Wait = append(stage.Wait, at.perNamespace(objects, "wait", "--for=delete --timeout=15m")...)
	}
	if len(stage.Releases) > 0 {
		d.out.Stages = append(d.out.Stages, stage)
	}
}

// recorded are the HelmReleases of a node in Namespaces, or with records there, that it applies
// too and deletes.
func (d *teardown) recorded(key string) []Object {
	var own []string
	for _, t := range d.takes[key] {
		if t.as == "namespace" && t.cluster == target(d.Graph.Lookup(key)) && t.own {
			own = append(own, t.name)
		}
	}
	if len(own) == 0 {
		return nil
	}
	var all []Object
	for _, o := range d.Objects[key] {
		in := func(name string) bool { return slices.Contains(own, name) }
		if o.Group == helmGroup && o.Kind == "HelmRelease" && !o.Kept && !o.Suspended && slices.ContainsFunc(o.namespaces(), in) {
			all = append(all, o)
		}
	}
	return all
}

// perNamespace returns commands about objects, one a namespace.
func (a access) perNamespace(objects []Object, verb, options string) []string {
	names := map[string][]string{}
	for _, o := range objects {
		names[o.Namespace] = append(names[o.Namespace], o.kindAndName())
	}
	var commands []string
	for _, namespace := range sortedKeys(names) {
		commands = append(commands, a.kubectl()+" "+verb+" "+strings.Join(unique(names[namespace]), " ")+inNamespace(namespace)+" "+options)
	}
	return commands
}

const releasing = "leave the HelmReleases out of what these build, by $patch: delete in their spec.patches; with the Namespaces go the records without which they are not uninstalled"

// text names the node, and what goes of it.
func (r Released) text(few func(names []string, most int) string) string {
	text := r.Node
	if r.Position.File != "" {
		text += " (" + r.Position.String() + ")"
	}
	text += ": " + few(r.Objects, maxNamed)
	if len(r.Clusters) > 0 {
		text += "; its file is part of " + few(r.Clusters, maxNamed) + " too: set them in a kustomization.yaml that no other cluster builds"
	}
	if len(r.Makes) > 0 {
		text += "; its document makes " + few(r.Makes, maxNamed) + " too: set them by a patch in what applies this one alone"
	}
	return text
}

package repo

import (
	"maps"
	"reflect"

	"github.com/tazlab/fluxdag/dag"
)

// Outcome is what Flux would make of a Kustomization at a revision.
type Outcome struct {
	// Objects are what it would apply, as far as that is known. Where it Fails they are
	// what the rest would give without what is broken.
	Objects []*Object
	// Absent is set where there is nothing to build: the path is not there or is a file, or
	// there is no spec. Flux says "kustomization path not found" or the like, applies nothing
	// and deletes nothing, for as long as the Kustomization is there with this spec.
	Absent bool
	// Fails is set where the path is there but cannot be built as it stands: a manifest is
	// broken, a variable cannot be substituted, an object has no namespace. Flux applies and deletes nothing until that
	// is mended. It is never set together with Absent.
	Fails bool
	// Beyond says what else it would apply that is not known here: all of another source,
	// all of a path that holds a variable, and what kustomize would download.
	Beyond []dag.Boundary
	// Values is for its objects what [Cluster.Values] is for those of a node.
	Values string
}

// Applies returns what a Kustomization would apply from the files of this revision if it
// ran in this cluster as it is given, which need not be in the graph: Flux goes on with the
// spec that it has until a new one arrives. Nothing is found of it, and nothing changes.
// The folder that was loaded must still be there; what [Options.Cache] holds of this load
// is not built again. Several goroutines may ask.
func (c *Cluster) Applies(kustomization map[string]any) Outcome {
	return c.appliesAt(c.site, kustomization)
}

// AppliesBefore is what [Cluster.Applies] is, as long as the ConfigMaps that give its
// variables are those of an earlier revision: another Kustomization applies them, perhaps
// later. It reports whether any of them differs; where one has to be there that was not,
// Flux waits for it, and none counts.
func (c *Cluster) AppliesBefore(kustomization map[string]any, earlier *Cluster) (Outcome, bool) {
	site, differs := *c.site, false
	site.configMaps = maps.Clone(c.site.configMaps)
	for _, ref := range list(kustomization, "spec", "postBuild", "substituteFrom") {
		at := key{text(kustomization, "metadata", "namespace"), text(ref, "name")}
		was, there := earlier.site.configMaps[at]
		if text(ref, "kind") != "ConfigMap" || reflect.DeepEqual(was, c.site.configMaps[at]) {
			continue
		}
		if optional, _ := ref["optional"].(bool); !there && !optional {
			return Outcome{}, false
		}
		differs = true
		if delete(site.configMaps, at); there {
			site.configMaps[at] = was
		}
	}
	if !differs {
		return Outcome{}, false
	}
	return c.appliesAt(&site, kustomization), true
}

// AppliesAfter is what [Cluster.Applies] is behind an earlier revision, by a spec that may come from
// it: a ConfigMap that has to be there, and that no file holds any more, still has its values, or
// else Flux builds nothing (fluxcd/pkg/kustomize: LoadVariables).
func (c *Cluster) AppliesAfter(kustomization map[string]any, earlier *Cluster) Outcome {
	site := *c.site
	for _, ref := range list(kustomization, "spec", "postBuild", "substituteFrom") {
		at := key{text(kustomization, "metadata", "namespace"), text(ref, "name")}
		was, there := earlier.site.configMaps[at]
		_, stays := c.site.configMaps[at]
		if optional, _ := ref["optional"].(bool); text(ref, "kind") == "ConfigMap" && there && !stays && !optional {
			site.configMaps = maps.Clone(site.configMaps)
			site.configMaps[at] = was
		}
	}
	return c.appliesAt(&site, kustomization)
}

func (c *Cluster) appliesAt(site *cluster, kustomization map[string]any) Outcome {
	n := &node{object: kustomization, key: key{text(kustomization, "metadata", "namespace"), text(kustomization, "metadata", "name")}}
	site.prepare(n)
	site.expandOnce(n)
	o := n.outcome()
	o.Objects = site.settled(n)
	o.Values = c.valuesOf(n.key.String(), o.Objects, kustomization, n.vars.opaque)
	return o
}

// site returns what a build needs to know of the cluster, without what was built.
func (c *cluster) site() *cluster {
	return &cluster{options: c.options, memory: c.memory, index: c.index, tree: c.tree, root: c.root,
		configMaps: c.configMaps, secrets: c.secrets, sources: c.sources, generators: c.generators, artifacts: c.artifacts, boundaries: c.boundaries, owners: c.owners}
}

// outcome tells what was found when a node was expanded.
func (n *node) outcome() Outcome {
	o := Outcome{Objects: n.inventory}
	for _, b := range n.bounds {
		if b.Kind != "missing" {
			o.Beyond = append(o.Beyond, b)
		}
	}
	for _, cut := range n.built.cuts {
		if cut.remote {
			o.Beyond = append(o.Beyond, n.remoteBoundary(cut))
		}
	}
	o.Absent = n.boundary && len(o.Beyond) == 0
	o.Fails = !o.Absent && (len(n.lost)+len(n.rejected)+len(n.homeless) > 0 || n.vars.failed)
	return o
}

// remoteBoundary is what lies behind an entry that kustomize would download, or in a submodule.
func (n *node) remoteBoundary(c cut) dag.Boundary {
	if c.pos.File == "" {
		c.pos = n.locate("spec.path")
	}
	return dag.Boundary{Kind: "remote", Node: n.name(), What: c.entry, Position: c.pos}
}

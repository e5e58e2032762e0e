package gen

import (
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"pgregory.net/rapid"
)

// asWritten returns the graph that the declaration of a cluster stands for: with
// the levels that it gets, each node in the file that holds it.
func asWritten(c dag.Cluster, refs map[string]dag.Ref) *dag.Graph {
	g := dag.Resolve(c)
	levels := goLevels(g)
	files := fileNames(levels)
	c.Nodes, c.Levels = nil, nil
	for i, level := range levels {
		listed := dag.Level{Name: level.name}
		for _, v := range level.nodes {
			file := "dag.go"
			if g.Len() > oneFileNodes {
				file = files[i] + ".go"
			}
			ref := refs[v.Key()].At(dag.Position{File: path.Join(g.Dir(), file)})
			listed.Nodes = append(listed.Nodes, ref)
		}
		c.Levels = append(c.Levels, listed)
	}
	return dag.Resolve(c)
}

// inLevels declares some clusters with levels of their own, a few without names.
func inLevels(t *rapid.T, c dag.Cluster, refs map[string]dag.Ref) dag.Cluster {
	if rapid.Bool().Draw(t, "computed levels") {
		return c
	}
	c.Nodes = nil
	for i, nodes := range dag.Resolve(dag.Cluster{Name: c.Name, Defaults: c.Defaults, Nodes: slices.Collect(maps.Values(refs))}).Levels() {
		level := dag.Level{Name: rapid.SampledFrom([]string{"", "Base", "Linux", "Workloads & Storage", fmt.Sprint("Level ", i+1)}).Draw(t, "level")}
		for _, v := range nodes {
			level.Nodes = append(level.Nodes, refs[v.Key()])
		}
		c.Levels = append(c.Levels, level)
	}
	return c
}

// everyField is a cluster with a node for every field of the spec, by reflection,
// and one that has them all.
func everyField(name string) (dag.Cluster, map[string]dag.Ref) {
	c, refs := dag.Cluster{Name: name}, map[string]dag.Ref{}
	var full kustomizev1.KustomizationSpec
	n := 0
	fill(reflect.ValueOf(&full).Elem(), func() string { n++; return fmt.Sprintf("value%d", n) })
	add := func(name string, spec kustomizev1.KustomizationSpec) {
		ref := dag.Declare(dag.Node{Name: name, Extra: spec})
		refs["flux-system/"+name] = ref
		c.Nodes = append(c.Nodes, ref)
	}
	for i := range reflect.TypeFor[kustomizev1.KustomizationSpec]().NumField() {
		var spec kustomizev1.KustomizationSpec
		reflect.ValueOf(&spec).Elem().Field(i).Set(reflect.ValueOf(full).Field(i))
		add(fmt.Sprint("field-", i), spec)
	}
	add("all", full)
	return c, refs
}

// manyComments are comments of all lengths at the fields of nodes that drawCluster
// draws, some of which the declaration does not have.
func manyComments() map[string]map[string][]string {
	all := map[string]map[string][]string{}
	for i, text := range nasty {
		at := map[string][]string{}
		for k, path := range []string{"", "metadata.name", "metadata.labels.c", "spec", "spec.path", "spec.dependsOn", "spec.dependsOn[0]", "spec.dependsOn[1].name",
			"spec.interval", "spec.sourceRef.name", "spec.wait", "spec.healthChecks[0]", "spec.healthCheckExprs[0].current", "spec.patches[1].target",
			"spec.images", "spec.postBuild", "spec.postBuild.substitute.B", "spec.timeout", "status", "a\nb"} {
			if (i+k)%3 == 0 {
				at[path] = []string{text, nasty[(i+k)%len(nasty)]}
			}
		}
		all[fmt.Sprint("flux-system/infra-", i)] = at
	}
	return all
}

// TestGoCompiles is law 3: the declaration of a graph, compiled and run, generates
// the YAML of the graph byte for byte, and has the same findings. Whatever
// comments it carries change nothing.
func TestGoCompiles(t *testing.T) {
	t.Parallel()
	var graphs []*dag.Graph
	for i, most := range slices.Concat(slices.Repeat([]int{3, 12}, 40), []int{200, 300}) {
		graphs = append(graphs, rapid.Custom(func(t *rapid.T) *dag.Graph {
			c, refs := drawCluster(t, fmt.Sprintf("cluster-%d", i), most)
			return asWritten(inLevels(t, c, refs), refs)
		}).Example(i))
	}
	graphs = append(graphs, asWritten(everyField("every-field")))
	compare(t, graphs, compiled(t, graphs, GoOptions{Comments: manyComments()}))
}

package repo

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// Classes returns the StorageClasses that the object names, each once: of its claims, of those
// that are made for it, or in the values of a HelmRelease. There are none where
// [Options.Digests] is not set.
func (o *Object) Classes() []string { return o.classes }

// classless are kinds that have such fields for other reasons: as a label, or in a schema.
var classless = []string{"CustomResourceDefinition", "ConfigMap", "Secret", "PersistentVolume", "StorageClass"}

// classesOf returns what [Object.Classes] does.
func classesOf(res *resource.Resource) []string {
	if slices.Contains(classless, res.GetKind()) {
		return nil
	}
	var all []string
	classesIn(member(res.YNode(), "spec"), &all)
	slices.Sort(all)
	return slices.Compact(all)
}

// classesIn collects the StorageClasses that are named below a node.
func classesIn(n *kyaml.Node, all *[]string) {
	if n == nil {
		return
	}
	if n.Kind == kyaml.SequenceNode {
		for _, element := range n.Content {
			classesIn(element, all)
		}
	}
	if n.Kind != kyaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i].Value, n.Content[i+1]
		switch {
		case value.Kind != kyaml.ScalarNode:
			classesIn(value, all)
		case !namesClass(name) || value.Tag == kyaml.NodeTagNull:
		case value.Value != "" && value.Value != "-" && !strings.ContainsAny(value.Value, " ${}"): // "-" is none, to charts
			*all = append(*all, value.Value)
		}
	}
}

// namesClass reports whether a field of that name holds a StorageClass.
func namesClass(field string) bool {
	return field == "storageClass" || strings.HasSuffix(strings.ToLower(field), "storageclassname")
}

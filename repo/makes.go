package repo

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// Makes returns the StorageClasses that the values of a HelmRelease name with more about them than
// their name, so that its chart makes them, each once. There are none where [Options.Digests]
// is not set.
func (o *Object) Makes() []string { return o.makes }

// ofClasses are fields that charts have for a StorageClass which they make.
var ofClasses = []string{"allowvolumeexpansion", "defaultclass", "isdefault", "isdefaultclass", "mountoptions", "parameters", "provisioner", "reclaimpolicy", "volumebindingmode"}

// makesOf returns what [Object.Makes] does.
func makesOf(res *resource.Resource) []string {
	if res.GetKind() != "HelmRelease" {
		return nil
	}
	var all []string
	madeIn(member(member(res.YNode(), "spec"), "values"), "", &all)
	slices.Sort(all)
	return slices.Compact(all)
}

// madeIn collects the classes that are made below a node, which is the value of a field.
func madeIn(n *kyaml.Node, field string, all *[]string) {
	switch {
	case n == nil:
	case n.Kind == kyaml.SequenceNode:
		for _, element := range n.Content {
			madeIn(element, field, all)
		}
	case n.Kind == kyaml.MappingNode:
		if name := className(n); name != "" && strings.Contains(strings.ToLower(field), "class") {
			*all = append(*all, name)
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			madeIn(n.Content[i+1], n.Content[i].Value, all)
		}
	}
}

// className is the name in a mapping that says what only a StorageClass has; none where it is
// switched off.
func className(n *kyaml.Node) string {
	name, says := "", false
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch key, value := strings.ToLower(n.Content[i].Value), n.Content[i+1]; {
		case key == "name" && value.Kind == kyaml.ScalarNode && !strings.ContainsAny(value.Value, " ${}"):
			name = value.Value
		case (key == "enabled" || key == "create") && value.Value == "false":
			return ""
		case slices.Contains(ofClasses, key):
			says = true
		}
	}
	if !says {
		return ""
	}
	return name
}

package repo

import (
	"slices"

	"sigs.k8s.io/kustomize/api/resource"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// dropLabels takes away the labels of a build that are no mapping, as the controller does
// when it sets its own (ssa's SetOwnerLabels), and remembers those at which it panics before
// that, where it substitutes variables: kyaml reads the labels as pairs.
func (b *built) dropLabels() {
	for _, r := range b.resources.all() {
		metadata := member(r.YNode(), kyaml.MetadataField)
		labels := member(metadata, kyaml.LabelsField)
		if labels == nil || labels.Kind == kyaml.MappingNode {
			continue
		}
		if len(labels.Content)%2 > 0 {
			if b.unpaired == nil {
				b.unpaired = map[*resource.Resource]bool{}
			}
			b.unpaired[r] = true
		}
		i := slices.Index(metadata.Content, labels) // its key stands before it
		metadata.Content = slices.Delete(metadata.Content, i-1, i+1)
	}
}

// panics reports an object whose labels make the controller panic.
func (n *node) panics(res *resource.Resource) {
	if _, substitutes := value(n.object, "spec", "postBuild").(map[string]any); substitutes && n.built.unpaired[res] {
		n.vars.failed = true
		n.report(substitutionFailure, "spec.postBuild", "write metadata.labels as a mapping",
			"Flux panics where it substitutes variables in %s %s: its labels are a list", res.GetKind(), res.GetName())
	}
}

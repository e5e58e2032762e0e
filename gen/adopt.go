package gen

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"go.yaml.in/yaml/v3"
)

// judgeForeign says whether a file without our mark may be adopted. Replacing it
// takes every other object in it out of the repository, and Flux prunes what is
// gone; so only a file that holds nothing but the node's own object may.
func judgeForeign(change *Change) {
	others, err := otherObjects(change.Old, change.Node)
	switch {
	case err != nil:
		change.Reason = fmt.Sprintf("not written by fluxdag, and stands where a generated file must go; it cannot be read (%s), so what it holds would be lost", strings.TrimPrefix(err.Error(), "yaml: "))
	case len(others) > 0:
		change.Reason = "not written by fluxdag, and stands where a generated file must go; it also holds " + strings.Join(others, ", ") +
			", which Flux would prune if the file were replaced"
	default:
		change.adoptable = true
	}
}

// otherObjects lists the objects of a YAML stream that are not the Kustomization
// with that namespace/name, in the order in which they stand.
func otherObjects(data []byte, own string) ([]string, error) {
	var others []string
	for decoder := yaml.NewDecoder(bytes.NewReader(data)); ; {
		var document yaml.Node
		switch err := decoder.Decode(&document); {
		case errors.Is(err, io.EOF):
			return others, nil
		case err != nil:
			return nil, err
		}
		found, err := strangers(&document, own)
		if err != nil {
			return nil, err
		}
		others = append(others, found...)
	}
}

// manifest is what tells one object from another.
type manifest struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string `yaml:"kind"`
	Metadata   struct {
		Name      string `yaml:"name"`
		Namespace string `yaml:"namespace"`
	} `yaml:"metadata"`
	Items []yaml.Node `yaml:"items"`
}

// strangers lists the objects of one document, or of one item of a List. What is
// no mapping, or says neither apiVersion nor kind, is no object.
func strangers(node *yaml.Node, own string) ([]string, error) {
	if node.Kind == yaml.DocumentNode {
		node = node.Content[0]
	}
	if node.Kind != yaml.MappingNode {
		return nil, nil
	}
	var object manifest
	if err := node.Decode(&object); err != nil {
		return nil, err
	}
	if object.APIVersion == "" && object.Kind == "" || object.is(own) {
		return nil, nil
	}
	if object.Items == nil || !strings.HasSuffix(object.Kind, "List") {
		return []string{strings.TrimSpace(object.Kind + " " + object.key())}, nil
	}
	var others []string
	for i := range object.Items {
		found, err := strangers(&object.Items[i], own)
		if err != nil {
			return nil, err
		}
		others = append(others, found...)
	}
	return others, nil
}

// is reports whether the object is the Kustomization with that key. Where it says
// no namespace, something else does, so the name has to do.
func (m manifest) is(key string) bool {
	group, _, _ := strings.Cut(m.APIVersion, "/")
	namespace, name, _ := strings.Cut(key, "/")
	return m.Kind == kustomizev1.KustomizationKind && group == kustomizev1.GroupVersion.Group &&
		m.Metadata.Name == name && (m.Metadata.Namespace == "" || m.Metadata.Namespace == namespace)
}

func (m manifest) key() string {
	return strings.TrimPrefix(m.Metadata.Namespace+"/"+m.Metadata.Name, "/")
}

package gen

import (
	"errors"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"go.yaml.in/yaml/v3"
)

// Document is one document of a YAML stream that holds a mapping.
//
// Every walk through Node ends, aliases followed: [Parse] refuses an alias that
// contains itself, and those that blow a document up.
type Document struct {
	// File is the path that was given to Parse.
	File string
	// Index counts the documents of the stream from 0 as kustomize does: one that is
	// empty, or holds nothing but comments or null, does not count.
	Index int
	// Node is the mapping. Its lines and columns are those of the file.
	Node *yaml.Node

	text  []byte // of the document, in UTF-8
	first int    // the line of the file on which text begins
	root  *yaml.Node
}

// APIVersion returns apiVersion, or nothing where it is no string.
func (d Document) APIVersion() string { return d.textAt("apiVersion") }

// Kind returns kind, or nothing where it is no string.
func (d Document) Kind() string { return d.textAt("kind") }

// Name returns metadata.name, or nothing where it is no string.
func (d Document) Name() string { return d.textAt("metadata", "name") }

// Namespace returns metadata.namespace, or nothing where it is no string.
func (d Document) Namespace() string { return d.textAt("metadata", "namespace") }

// textAt returns the string at a path of keys.
func (d Document) textAt(keys ...string) string {
	n := d.Node
	for _, key := range keys {
		_, n = member(n, key)
	}
	if n = resolveAlias(n); n == nil || n.Kind != yaml.ScalarNode {
		return ""
	}
	if s, err := scalar(n); err == nil {
		text, _ := s.(string)
		return text
	}
	return ""
}

// Line returns the line of the file on which the object begins.
func (d Document) Line() int { return d.Node.Line }

// IsKustomization reports whether the document is a Kustomization of Flux, of any
// version; that of kustomize itself is none.
func (d Document) IsKustomization() bool {
	group, _, _ := strings.Cut(d.APIVersion(), "/")
	return d.Kind() == kustomizev1.KustomizationKind && group == kustomizev1.GroupVersion.Group
}

// Items returns the objects that a List holds, one after the other, and the
// document itself where it is no List.
func (d Document) Items() []Document {
	_, items := member(d.Node, "items")
	items = resolveAlias(items)
	if !strings.HasSuffix(d.Kind(), "List") || items == nil || items.Kind != yaml.SequenceNode {
		return []Document{d}
	}
	var all []Document
	for _, item := range items.Content {
		if item = resolveAlias(item); item.Kind == yaml.MappingNode {
			inner := d
			inner.Node, inner.root = item, nil
			all = append(all, inner.Items()...)
		}
	}
	return all
}

// Position returns where a field stands, such as "spec.dependsOn[0].name" or
// "metadata.name": the key of a member, and the beginning of an element. A field
// that the document does not say is looked for in what is around it, up to the
// object itself, which is also what "" means. It follows aliases and merge keys to
// where the text stands.
func (d Document) Position(field string) dag.Position {
	at, _, _ := d.find(field)
	return dag.Position{File: d.File, Line: at.Line, Column: at.Column}
}

// Has reports whether the document itself says a field, with a value other than
// null.
func (d Document) Has(field string) bool {
	_, value, found := d.find(field)
	return found && (value.Kind != yaml.ScalarNode || value.ShortTag() != "!!null")
}

// undecodable reports the error of Object.
func (d Document) undecodable(err error) dag.Diagnostic {
	at, problem := d.Node, err.Error()
	if e, ok := errors.AsType[*valueError](err); ok {
		at, problem = e.node, e.problem
	}
	return dag.Diagnostic{Code: fieldType.Code, Severity: fieldType.Severity, Position: dag.Position{File: d.File, Line: at.Line, Column: at.Column},
		Message: problem + ": the object cannot be decoded", Hint: "write a text or a number"}
}

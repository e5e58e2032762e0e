package gen

import (
	"cmp"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// Rules documents the findings that [Change.Diagnostic], [Folder.Rules], [Orphans], [Parse], [NodeOf] and
// [Read] return, ordered by code. They have no Check: they are about files, not
// about a graph.
func Rules() []dag.Rule {
	rules := []dag.Rule{syntax, duplicate, template, limit, badSuppression, unknownField, fieldType, unlistedFile, brokenNeighbour, orphanedFolder}
	for _, d := range drift {
		rules = append(rules, d.rule)
	}
	slices.SortFunc(rules, func(a, b dag.Rule) int { return cmp.Compare(a.Code, b.Code) })
	return rules
}

var syntax = dag.Rule{
	Code: "FD305", Name: "yaml-syntax", Severity: dag.Error,
	Summary: "A file cannot be parsed as YAML.",
	Flux:    "The build of every Kustomization whose folder holds the file fails, and the cluster stays at the last revision that could be built: \"failed to decode Kubernetes YAML\" where Flux makes the kustomization.yaml, else \"kustomize build failed\".",
	Fix:     "Mend the YAML at that place.",
	Source:  "kustomize: kyaml's reader; the YAML specification",
}

var duplicate = dag.Rule{
	Code: "FD306", Name: "duplicate-key", Severity: dag.Error,
	Summary: "A mapping has the same key twice.",
	Flux:    "kustomize fails the build: mapping key \"already defined at line\".",
	Fix:     "Delete one of the two.",
	Source:  "kustomize: kyaml's reader",
}

var template = dag.Rule{
	Code: "FD307", Name: "template", Severity: dag.Information,
	Summary: "A file is a template that makes YAML, and no YAML itself.",
	Flux:    "Flux fails the build when the file lies in a folder that it builds; most such files are rendered first, and lie elsewhere.",
	Fix:     "Nothing, if no Kustomization builds it. Else render it before it is committed.",
	Source:  "the marks of Go templates, Jinja and ERB where YAML allows no value that begins so",
}

var limit = dag.Rule{
	Code: "FD308", Name: "reader-limit", Severity: dag.Error,
	Summary: "A file is larger, deeper or expands to more than fluxdag reads.",
	Flux:    "Flux has limits of its own: an object of more than 3 MiB is refused by the API server.",
	Fix:     "Split the file, or use fewer aliases.",
	Source:  "gen.Parse: 10 MiB and 1,048,576 nodes a file, 1,000 levels a document, 100,000 nodes by its aliases, 100 findings a file",
}

var badSuppression = dag.Rule{
	Code: "FD309", Name: "bad-suppression", Severity: dag.Warning,
	Summary: "A comment looks like a suppression and is none.",
	Flux:    "Flux never sees it: but what it was to suppress is reported.",
	Fix:     "Write \"# fluxdag:allow CODE why\".",
	Source:  "gen.Read",
}

var unknownField = dag.Rule{
	Code: "FD221", Name: "unknown-field", Severity: dag.Error,
	Summary: "A Kustomization has a field that there is not.",
	Flux:    "Flux applies on the server's side, and the API server refuses the object: field not declared in schema. kubectl apply drops the field with a warning.",
	Fix:     "Correct the spelling, or delete the field.",
	Source:  "the Kustomization CRD",
}

var fieldType = dag.Rule{
	Code: "FD222", Name: "field-type", Severity: dag.Error, Milder: []dag.Severity{dag.Warning},
	Summary: "A field has a value of the wrong type, or one that cannot be decoded.",
	Flux: "The API server refuses the object, and with it the whole folder that holds it: \"failed to create typed patch object\" for a wrong type, \"Invalid value\" for a text that is no duration, say. " +
		"A duration of more than 292 years is admitted, and stops the controller for the whole cluster: it can no longer read the list, \"failed to list *v1.Kustomization: time: invalid duration\". " +
		"An interval of zero is admitted too: the node is reconciled when something of it changes, and never by itself (warning).",
	Fix:    "Write a value of the type that the message names; quote a text that looks like a number.",
	Source: "the Kustomization CRD",
}

package dag

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

var nameRules = []Rule{{
	Code: "FD101", Name: "name-syntax", Severity: Error,
	Summary: "A name, namespace, label or annotation is not one that Kubernetes admits.",
	Flux:    "The API server refuses the object (\"Invalid value\"), and with it the whole folder that holds it; in commonMetadata it is what the node applies that is refused.",
	Fix:     "Use lower-case letters, digits and '-'; names may also hold '.'. Keys and label values may hold capitals and '_' too.",
	Source:  "Kubernetes: Object Names and IDs (RFC 1123 subdomain for names, label for namespaces); Labels and Selectors; Annotations",
	Check:   perVertex(func(v *Vertex) []Diagnostic { return append(checkNameSyntax(v), checkMetadata(v)...) }),
	OfValue: true,
}, {
	Code: "FD102", Name: "name-length", Severity: Error,
	Summary: "The name is longer than 63 characters.",
	Flux:    "The API server admits the Kustomization, but the controller writes its name into the label kustomize.toolkit.fluxcd.io/name of everything that it applies, and every apply fails: metadata.labels: Invalid value.",
	Fix:     "Shorten the name.",
	Source:  "kustomize-controller: the owner labels that the resource manager sets",
	Check:   perVertex(checkNameLength),
}, {
	Code: "FD103", Name: "duplicate-node", Severity: Error, Milder: []Severity{Warning},
	Summary: "Two declarations have the same namespace and name, or a node is listed twice.",
	Flux:    "kustomize refuses to build the folder (\"may not add resource with an already registered id\"), so none of its Kustomizations is updated any more. A second object in a file that the folder's kustomization.yaml leaves out is a warning: built by another Kustomization, the two overwrite each other at every reconciliation.",
	Fix:     "Rename one of them, or delete it.",
	Source:  "kustomize: api/resmap, resWrangler.Append",
	Check:   checkDuplicateNodes,
}, {
	Code: "FD104", Name: "file-name", Severity: Error,
	Summary: "Two nodes would be written to the same file, or to a file name that cannot be used.",
	Flux:    "Only one of the two would reach the cluster. A file called kustomization.yaml is read as kustomize's own configuration of the folder.",
	Fix:     "Set Node.File to a name of its own, ending in .yaml.",
	Source:  "fluxcd/pkg/kustomize: Generator.GenerateManifest",
	Check:   checkFiles,
}}

// perVertex makes a rule's check of a check of one vertex.
func perVertex(check func(*Vertex) []Diagnostic) func(*Graph) []Diagnostic {
	return func(g *Graph) []Diagnostic {
		var found []Diagnostic
		for _, v := range g.vertices {
			found = append(found, check(v)...)
		}
		return found
	}
}

func checkNameSyntax(v *Vertex) []Diagnostic {
	var found []Diagnostic
	if v.object.Name == "" {
		found = append(found, v.Report("metadata.name", v.hint("set Node.Name, Path and what else it needs", "set metadata.name"), "the node has no name"))
	} else if problems := validation.IsDNS1123Subdomain(v.object.Name); len(problems) > 0 {
		found = append(found, v.Report("metadata.name", "use at most 63 lower-case letters, digits, '-' and '.', starting and ending with a letter or digit",
			"the name %s is not valid: the API server refuses the object", quote(v.object.Name)))
	}
	if problems := validation.IsDNS1123Label(v.object.Namespace); len(problems) > 0 {
		found = append(found, v.Report("metadata.namespace", "use at most 63 lower-case letters, digits and '-'",
			"the namespace %s is not valid: the API server refuses the object", quote(v.object.Namespace)))
	}
	if target := v.object.Spec.TargetNamespace; target != "" && len(target) <= 63 && len(validation.IsDNS1123Label(target)) > 0 {
		found = append(found, v.Report("spec.targetNamespace", "use lower-case letters, digits and '-'",
			"the target namespace %s is not valid: the API server refuses whatever Flux applies", quote(target)))
	}
	return found
}

func checkNameLength(v *Vertex) []Diagnostic {
	if n := len(v.object.Name); n > validation.LabelValueMaxLength {
		return []Diagnostic{v.Report("metadata.name", "shorten the name",
			"the name has %d characters: Flux writes it into a label, which holds %d, and every apply fails (metadata.labels: Invalid value)",
			n, validation.LabelValueMaxLength)}
	}
	return nil
}

func checkDuplicateNodes(g *Graph) []Diagnostic {
	var found []Diagnostic
	for i, v := range g.byID {
		if v.object.Name == "" {
			continue // FD101
		}
		if i > 0 && g.byID[i-1].key() == v.key() {
			first := g.byKey[v.key()]
			d := v.Report("metadata.name", "rename one of them, or delete it",
				"declared twice: kustomize refuses to build a folder with two objects of one name, and Flux stops updating all of it")
			d.Related = []Related{{Position: first.Position(), Message: "the other declaration"}}
			found = append(found, d)
		}
		found = append(found, g.checkOutside(v)...)
	}
	return append(found, g.faultsOf(faultRelisted)...)
}

// checkOutside reports the other files that define v. One that stands where v's
// own goes is the generator's business.
func (g *Graph) checkOutside(v *Vertex) []Diagnostic {
	var built, unbuilt []Related
	for _, place := range g.externals[v.key()] {
		switch related := (Related{Position: place.pos, Message: "the other object"}); {
		case place.pos.File == path.Join(g.Dir(), v.file):
		case place.unbuilt:
			unbuilt = append(unbuilt, related)
		default:
			built = append(built, related)
		}
	}
	var found []Diagnostic
	if len(built) > 0 {
		d := v.Report("metadata.name", "rename the node, or delete the other object",
			"declared here and in another file: kustomize refuses to build a folder with two objects of one name, and Flux stops updating all of it")
		d.Related = built
		found = append(found, d)
	}
	if len(unbuilt) > 0 {
		d := v.Report("metadata.name", "delete the other object, or rename the node if Flux builds both",
			"declared here and in another file, which the folder's kustomization.yaml leaves out: if Flux builds both, each undoes the other")
		d.Severity, d.Related = Warning, unbuilt
		found = append(found, d)
	}
	return found
}

func checkFiles(g *Graph) []Diagnostic {
	var found []Diagnostic
	owner := map[string]*Vertex{}
	for _, v := range slices.SortedFunc(slices.Values(g.byID), compareDeclared) {
		if v.object.Name == "" {
			continue // FD101
		}
		if problem := fileProblem(v.file); problem != "" && (v.node.node.File != "" || len(validation.IsDNS1123Subdomain(v.object.Name)) == 0) { // else FD101

			found = append(found, v.Report("File", "set Node.File to a plain file name ending in .yaml", "the file name %s %s", quote(v.file), problem))
		}
		// Some file systems take a.yaml and A.yaml for one file.
		folded := strings.ToLower(v.file)
		if first := owner[folded]; first == nil {
			owner[folded] = v
		} else if first.key() != v.key() { // else FD103
			also := "so would " + first.Key()
			if first.file != v.file {
				also = first.Key() + " to " + first.file + ", the same file on some file systems"
			}
			d := v.Report("File", "set Node.File on one of them", "would be written to %s, and %s: only one of them would reach the cluster", v.file, also)
			d.Related = []Related{{Position: first.Position(), Message: first.Key() + " is declared here"}}
			found = append(found, d)
		}
	}
	return found
}

// fileName is what every file system, git and kustomize take as it is.
var fileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

func fileProblem(file string) string {
	switch ext := path.Ext(file); {
	case strings.ContainsAny(file, `/\`):
		return "is a path: every file lies in the cluster's folder"
	case ext != ".yaml" && ext != ".yml":
		return "does not end in .yaml: Flux would not read it"
	case slices.Contains([]string{"kustomization.yaml", "kustomization.yml"}, file):
		return "is kustomize's own: Flux would take the object for the configuration of the folder"
	case !fileName.MatchString(file):
		return "has other characters than letters, digits, '-', '_' and '.', or begins with one of the last three"
	}
	return ""
}

// faultsOf returns what Resolve found of those kinds.
func (g *Graph) faultsOf(kind faultKind) []Diagnostic {
	var found []Diagnostic
	for _, f := range g.faults {
		if f.kind != kind {
			continue
		}
		d := Diagnostic{Position: f.pos, Node: f.node, Field: f.field, Message: f.message, Hint: f.hint, Related: f.related}
		if f.vertex != nil {
			d.Position, d.Node = f.vertex.node.at(f.field), f.vertex.Key()
		}
		found = append(found, d)
	}
	return found
}

func itemField(list string, i int, member string) string {
	field := fmt.Sprintf("spec.%s[%d]", list, i)
	if member != "" {
		field += "." + member
	}
	return field
}

package dag

import (
	"path"
	"strings"
)

var pathRules = []Rule{{
	Code: "FD213", Name: "path-syntax", Severity: Error, Milder: []Severity{Warning},
	Summary: "spec.path is not a relative directory with forward slashes.",
	Flux:    "A file fails the build with \"not a directory\", a backslash, or a blank at either end, with \"kustomization path not found\". An absolute path is taken below the root of the source all the same, and one that climbs above the root is cut off there (warning). An empty path builds the whole source.",
	Fix:     "Write the directory relative to the root of the source, as ./apps/web.",
	Source:  "kustomize-controller: KustomizationReconciler.reconcile (securejoin); flux2 issues 2245 and 1303",
	Check:   perVertex(checkPath),
	OfValue: true,
}}

func checkPath(v *Vertex) []Diagnostic {
	p := v.object.Spec.Path
	if p == "" && v.object.Name == "" {
		return nil // FD101 says that the node is empty
	}
	hint, message, severity := pathProblem(p)
	if message == "" {
		return nil
	}
	d := v.Report("spec.path", hint, "%s", message)
	d.Severity = severity
	return []Diagnostic{d}
}

func pathProblem(p string) (hint, message string, severity Severity) {
	clean := path.Clean("./" + p)
	switch {
	case p == "":
		return "write ./ if the whole source is meant", "no path: Flux builds every manifest of the source", Warning
	case strings.TrimSpace(p) != p:
		return "write " + quote(strings.TrimSpace(p)), "the path " + quote(p) + " begins or ends with white space: Flux says \"kustomization path not found\"", Error
	case strings.Contains(p, `\`):
		return "use forward slashes", "the path \"" + p + "\" has a backslash: Flux says \"kustomization path not found\"", Error
	case clean == ".." || strings.HasPrefix(clean, "../"):
		return "write the directory relative to the root of the source", "the path " + quote(p) + " leaves the source: Flux cuts it off at the root, and builds another directory or says \"kustomization path not found\"", Warning
	case strings.HasSuffix(clean, ".yaml") || strings.HasSuffix(clean, ".yml"):
		return fileHint(clean), "the path " + quote(p) + " names a file: Flux says \"not a directory\", or \"kustomization path not found\" where it does not exist", Error
	case path.IsAbs(p):
		return "write " + quote("."+path.Clean(p)), "the path " + quote(p) + " is absolute: Flux takes it below the root of the source all the same", Warning
	case strings.Contains("/"+p+"/", "/../"):
		return "write " + quote(dotted(clean)), "the path " + quote(p) + " goes up and down again: Flux builds " + quote(dotted(clean)), Warning
	}
	return "", "", 0
}

// fileHint names the directories that may be meant by a file: that of a
// kustomization.yaml, and else the one that holds the file or is called like it.
func fileHint(file string) string {
	hint := "name the directory, " + quote(dotted(path.Dir(file)))
	if base := path.Base(file); base != "kustomization.yaml" && base != "kustomization.yml" {
		hint += " or " + quote(dotted(strings.TrimSuffix(file, path.Ext(file))))
	}
	return hint
}

func dotted(p string) string {
	if p == "." {
		return "./"
	}
	return "./" + p
}

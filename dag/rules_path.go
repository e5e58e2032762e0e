package dag

import (
	"path"
	"strings"
)

var pathRules = []Rule{{
	Code: "FD213", Name: "path-syntax", Severity: Error,
	Summary: "spec.path is not a relative directory with forward slashes.",
	Flux:    "A file fails the build with \"not a directory\", a backslash with \"kustomization path not found\". An absolute path, and one that climbs above the root, is taken below the root of the source all the same. An empty path builds the whole source.",
	Fix:     "Write the directory relative to the root of the source, as ./apps/web.",
	Source:  "kustomize-controller: KustomizationReconciler.reconcile (securejoin); flux2 issues 2245 and 1303",
	Check:   perVertex(checkPath),
	ofValue: true,
}}

func checkPath(v *Vertex) []Diagnostic {
	p := v.object.Spec.Path
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
	case strings.Contains(p, `\`):
		return "use forward slashes", "the path \"" + p + "\" has a backslash: Flux says \"kustomization path not found\"", Error
	case clean == ".." || strings.HasPrefix(clean, "../"):
		return "write the directory relative to the root of the source", "the path " + quote(p) + " leaves the source: Flux cuts it off at the root and builds another directory, or says \"kustomization path not found\"", Error
	case strings.HasSuffix(clean, ".yaml") || strings.HasSuffix(clean, ".yml"):
		return "name the directory, " + quote(dotted(path.Dir(clean))), "the path " + quote(p) + " names a file: Flux fails with \"not a directory\"", Error
	case path.IsAbs(p):
		return "write " + quote("."+path.Clean(p)), "the path " + quote(p) + " is absolute: Flux takes it below the root of the source all the same", Warning
	case strings.Contains("/"+p+"/", "/../"):
		return "write " + quote(dotted(clean)), "the path " + quote(p) + " goes up and down again: Flux builds " + quote(dotted(clean)), Warning
	}
	return "", "", 0
}

func dotted(p string) string {
	if p == "." {
		return "./"
	}
	return "./" + p
}

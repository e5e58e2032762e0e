package repo

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// chosenRoots returns the roots that the user names, or nil.
func (l *loader) chosenRoots() ([]syncRoot, error) {
	var roots []syncRoot
	for _, p := range l.options.Roots {
		clean := cleanPath(p)
		if len(l.index.below(clean)) == 0 {
			return nil, fmt.Errorf("the root %s holds no YAML file of the repository", quote(p))
		}
		roots = append(roots, l.chosen(clean))
	}
	return roots, nil
}

// chosen returns the root that a folder is, of which that is known.
func (l *loader) chosen(clean string) syncRoot {
	for _, known := range slices.Concat(l.index.roots(), l.index.candidates()) {
		if path.Join(l.artifactRoot(known), known.path) == clean {
			return known
		}
	}
	r := syncRoot{path: clean, source: l.index.usualSource(clean), pos: dag.Position{File: clean}}
	if prefix := cleanPath(l.options.ArtifactRoot); prefix != "." && under(prefix, clean) {
		r.path = cleanPath(strings.TrimPrefix(clean, prefix))
	}
	return r
}

// nameDeclared gives the roots that are declared their names.
func (l *loader) nameDeclared(roots []syncRoot) {
	for i, r := range roots {
		if name := l.options.Declared[path.Join(l.artifactRoot(r), r.path)]; name != "" {
			roots[i].name = name
		}
	}
}

// loadDeclared follows the declared clusters that no other root reaches, and returns all
// roots.
func (l *loader) loadDeclared(known []syncRoot) []syncRoot {
	for _, dir := range slices.Sorted(maps.Keys(l.options.Declared)) {
		files := l.index.below(dir)
		taken := slices.ContainsFunc(known, func(k syncRoot) bool { return k.path == dir })
		if taken || len(files) == 0 || slices.ContainsFunc(files, l.reached) {
			continue
		}
		known = append(known, l.chosen(dir))
		l.nameDeclared(known[len(known)-1:])
		l.load(known[len(known)-1])
	}
	return known
}

// loadCandidates follows what only looks like a root, where nothing reaches it.
func (l *loader) loadCandidates(known []syncRoot) {
	for _, r := range l.index.candidates() {
		taken := slices.ContainsFunc(known, func(k syncRoot) bool { return k.path == r.path })
		if !taken && !l.reached(r.pos.File) && !quietFolder(r.pos.File) {
			known = append(known, r)
			nameRoots(known)
			l.load(known[len(known)-1])
		}
	}
	roots := l.siblings(known)
	if len(l.clusters) == 0 && len(l.options.Declared) == 0 {
		roots = l.index.folders()
	}
	known = append(known, roots...)
	nameRoots(known)
	for _, r := range known[len(known)-len(roots):] {
		l.load(r)
	}
}

// siblings returns the folders beside a known root's that hold Kustomizations which
// nothing reaches: where one folder is a cluster, so are the others, though what
// starts them is kept elsewhere.
func (l *loader) siblings(known []syncRoot) []syncRoot {
	var found []syncRoot
	taken := map[string]bool{}
	for _, r := range known {
		taken[r.path] = true
	}
	for _, r := range known {
		parent := path.Dir(r.path)
		if parent == "." || r.source == (source{}) {
			continue
		}
		for _, dir := range l.index.directories() {
			if path.Dir(dir) != parent || taken[dir] || quietFolder(dir+"/x") || !l.leads(dir) {
				continue
			}
			taken[dir] = true
			found = append(found, syncRoot{path: dir, source: r.source, fetches: r.fetches, pos: dag.Position{File: dir}})
		}
	}
	return found
}

// leads reports whether a folder directly holds a Kustomization that nothing
// reaches and whose path exists.
func (l *loader) leads(dir string) bool {
	for _, file := range l.index.flux {
		if path.Dir(file) != dir || l.reached(file) {
			continue
		}
		for _, d := range l.index.objects(file) {
			object, err := d.Object()
			if err == nil && d.IsKustomization() && text(object, "spec", "path") != "" && l.isDir(cleanPath(text(object, "spec", "path"))) {
				return true
			}
		}
	}
	return false
}

// artifactRoot returns the folder of the repository that the root's source holds.
// For a Git repository it is all of it. What is pushed as an OCI artifact may be a
// folder: the one under which the paths of the Kustomizations exist.
func (l *loader) artifactRoot(r syncRoot) string {
	if l.options.ArtifactRoot != "" {
		return cleanPath(l.options.ArtifactRoot)
	}
	if r.object == nil || l.isDir(r.path) && (r.source.kind == "GitRepository" || r.source.kind == "") {
		return "."
	}
	best, most := ".", 0
	for _, dir := range l.index.directories() {
		if l.isDir(path.Join(dir, r.path)) {
			if n := l.existingPaths(dir); n > most {
				best, most = dir, n
			}
		}
	}
	return best
}

// existingPaths counts the Kustomizations below dir whose path exists below it.
func (l *loader) existingPaths(dir string) int {
	n := 0
	for _, file := range l.index.flux {
		if !under(dir, file) {
			continue
		}
		for _, d := range l.index.objects(file) {
			if group, _ := groupOf(d.APIVersion()); !isKustomization(group, d.Kind()) {
				continue
			}
			if object, err := d.Object(); err == nil && text(object, "spec", "path") != "" && l.isDir(path.Join(dir, cleanPath(text(object, "spec", "path")))) {
				n++
			}
		}
	}
	return n
}

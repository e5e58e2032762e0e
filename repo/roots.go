package repo

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// syncRoot is where Flux begins in a cluster.
type syncRoot struct {
	name   string // of the cluster
	path   string // slash-separated, relative to the artifact's root
	prefix string // the artifact's root, relative to the repository
	source source // zero where it is not known
	ignore string // the source's spec.ignore

	fetches map[string]any // the source's object, as far as it is known

	object   map[string]any // the Kustomization that syncs the path; nil where a person applies the folder
	document *gen.Document  // that of object
	pos      dag.Position
}

// roots finds the sync roots that leave no doubt: those of a FluxInstance (also in
// the values of its Helm chart) and those that flux bootstrap wrote.
func (ix *index) roots() []syncRoot {
	var found []syncRoot
	for _, file := range ix.flux {
		documents := ix.objects(file)
		for i := range documents {
			if r, ok := instanceRoot(&documents[i]); ok {
				found = append(found, r)
			}
		}
	}
	for _, file := range ix.files {
		if base := path.Base(file); base == "gotk-sync.yaml" || base == "gotk-sync.yml" {
			found = append(found, ix.bootstrapRoots(file)...)
		}
	}
	return uniqueRoots(found)
}

// bootstrapRoots returns the sync roots of a file that flux bootstrap wrote. In a
// template repository it is empty until then: the folder around flux-system is
// what bootstrap would sync.
func (ix *index) bootstrapRoots(file string) []syncRoot {
	var found []syncRoot
	documents := ix.objects(file)
	for i := range documents {
		if r, ok := selfRoot(&documents[i], documents); ok {
			found = append(found, r)
		}
	}
	if len(documents) == 0 && path.Base(path.Dir(file)) == "flux-system" {
		found = append(found, syncRoot{path: path.Dir(path.Dir(file)), source: source{"GitRepository", "flux-system", "flux-system"}, pos: dag.Position{File: file}})
	}
	return found
}

// selfRoot returns the sync root that a Kustomization is when it stands beside
// its source and syncs the folder that holds it.
func selfRoot(d *gen.Document, neighbours []gen.Document) (syncRoot, bool) {
	object, err := d.Object()
	if group, _ := groupOf(d.APIVersion()); err != nil || !isKustomization(group, d.Kind()) || d.Name() == "" {
		return syncRoot{}, false
	}
	namespace := cmp.Or(d.Namespace(), "flux-system")
	r := syncRoot{path: cleanPath(text(object, "spec", "path")), source: sourceOf(object, namespace), object: object, document: d, pos: d.Position("")}
	if !under(r.path, path.Dir(d.File)) {
		return syncRoot{}, false
	}
	for i := range neighbours {
		s := &neighbours[i]
		if group, _ := groupOf(s.APIVersion()); isSource(group, s.Kind()) && s.Kind() == r.source.kind && s.Name() == r.source.name {
			if source, err := s.Object(); err == nil {
				r.fetches, r.ignore = source, text(source, "spec", "ignore")
			}
			if text(object, "metadata", "namespace") == "" {
				setText(object, namespace, "metadata", "namespace")
			}
			return r, true
		}
	}
	return syncRoot{}, false
}

// candidates returns the sync roots that show only by their shape, to be tried
// where no other root reaches their file: an older habit was to apply such a pair
// by hand.
func (ix *index) candidates() []syncRoot {
	var found []syncRoot
	neighbours := map[string][]gen.Document{}
	for _, file := range ix.flux {
		neighbours[path.Dir(file)] = append(neighbours[path.Dir(file)], ix.objects(file)...)
	}
	for _, file := range ix.flux {
		documents := ix.objects(file)
		for i := range documents {
			// The whole artifact holds every file: that proves nothing.
			if r, ok := selfRoot(&documents[i], neighbours[path.Dir(file)]); ok && r.path != "." {
				found = append(found, r)
			}
		}
	}
	return uniqueRoots(found)
}

// folders returns the folders that somebody must apply by hand, where nothing
// else says how a cluster begins: those of the Kustomizations that no other one's
// path holds. Of folders inside each other the outer one is meant.
func (ix *index) folders() []syncRoot {
	var objects []*gen.Document
	for _, file := range ix.flux {
		if quietFolder(file) {
			continue
		}
		documents := ix.objects(file)
		for i := range documents {
			if group, _ := groupOf(documents[i].APIVersion()); isKustomization(group, documents[i].Kind()) && documents[i].Name() != "" {
				objects = append(objects, &documents[i])
			}
		}
	}
	pathOf := map[*gen.Document]string{}
	for _, d := range objects {
		if object, err := d.Object(); err == nil {
			pathOf[d] = cleanPath(text(object, "spec", "path"))
		}
	}
	var dirs []string
	leads := map[string]bool{}
	for i, d := range objects {
		dir := path.Dir(d.File)
		if slices.ContainsFunc(objects, func(o *gen.Document) bool { return o != d && holds(pathOf[o], dir) }) {
			continue
		}
		if !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
		if slices.ContainsFunc(objects, func(o *gen.Document) bool { return o != objects[i] && holds(pathOf[d], path.Dir(o.File)) }) {
			leads[dir] = true
		}
	}
	if len(leads) > 0 { // the others lead nowhere
		dirs = slices.DeleteFunc(dirs, func(dir string) bool { return !leads[dir] })
	}
	var found []syncRoot
	for _, dir := range dirs {
		inner := slices.ContainsFunc(dirs, func(outer string) bool { return outer != dir && under(outer, dir) })
		if !inner {
			found = append(found, syncRoot{path: dir, source: ix.usualSource(dir), pos: dag.Position{File: dir}})
		}
	}
	return found
}

// usualSource returns the source of most Kustomizations in a folder.
func (ix *index) usualSource(dir string) source {
	count := map[source]int{}
	var best source
	for _, file := range ix.flux {
		if path.Dir(file) != dir {
			continue
		}
		for _, d := range ix.objects(file) {
			object, err := d.Object()
			if group, _ := groupOf(d.APIVersion()); err != nil || !isKustomization(group, d.Kind()) {
				continue
			}
			s := sourceOf(object, cmp.Or(d.Namespace(), "flux-system"))
			if s.kind == "ExternalArtifact" || s.name == "" {
				continue // made in the cluster
			}
			if count[s]++; count[s] > count[best] {
				best = s
			}
		}
	}
	return best
}

// holds reports whether a spec.path leads to a folder; the whole artifact, which
// leads to every one, is no sign of anything.
func holds(specPath, dir string) bool { return specPath != "." && under(specPath, dir) }

// uniqueRoots drops the roots that sync the same path, and names the others.
func uniqueRoots(found []syncRoot) []syncRoot {
	slices.SortStableFunc(found, func(a, b syncRoot) int {
		// A written Kustomization tells more than an instance.
		return cmp.Or(strings.Compare(a.path, b.path), boolCompare(b.document != nil, a.document != nil), a.pos.Compare(b.pos))
	})
	return slices.CompactFunc(found, func(a, b syncRoot) bool { return a.path == b.path })
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// cleanPath returns spec.path without decoration; "." is the whole artifact.
func cleanPath(p string) string {
	p = strings.TrimPrefix(path.Clean("/"+p), "/")
	return cmp.Or(p, ".")
}

// under reports whether a path lies in a folder or is it.
func under(folder, p string) bool {
	return folder == "." || p == folder || strings.HasPrefix(p, folder+"/")
}

// setText sets a string field of a decoded object.
func setText(object map[string]any, s string, fields ...string) {
	for _, field := range fields[:len(fields)-1] {
		m, ok := object[field].(map[string]any)
		if !ok {
			m = map[string]any{}
			object[field] = m
		}
		object = m
	}
	object[fields[len(fields)-1]] = s
}

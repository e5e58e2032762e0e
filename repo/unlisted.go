package repo

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// Unlisted is what has to go from a kustomization.yaml with an import.
type Unlisted struct {
	File string
	// Resources are the entries that name a file which is deleted, and Patches those
	// that would find nothing.
	Resources, Patches []Entry
	// Emptied are the keys under which nothing is left, but for resources, of which
	// [Import.Emptied] tells.
	Emptied []string
	// Unused are the patch files that nothing uses any more.
	Unused []string
}

// Entry is an entry of a kustomization.yaml.
type Entry struct {
	// Text is what was written: a path, or nothing for an inline patch.
	Text     string
	Position dag.Position
}

// Unlisted returns what has to go from each kustomization.yaml with an import, by
// file.
func (r *Repository) Unlisted(i *Import) []Unlisted {
	going := map[dag.Position]bool{}
	files := map[string]bool{}
	enter := func(positions []dag.Position) {
		for _, at := range positions {
			going[at], files[at.File] = true, true
		}
	}
	for _, f := range i.Files {
		if f.Whole {
			enter(r.Lists(f.File))
		}
	}
	enter(i.Patches)
	var found []Unlisted
	for _, file := range slices.Sorted(maps.Keys(files)) {
		found = append(found, r.index.unlisted(file, going))
	}
	for n := range found {
		for _, p := range found[n].Patches {
			if file := path.Join(path.Dir(found[n].File), p.Text); p.Text != "" && !slices.Contains(found[n].Unused, file) && !r.index.used(file, going) {
				found[n].Unused = append(found[n].Unused, file)
			}
		}
	}
	return found
}

// unlisted sorts out the entries of one kustomization.yaml that go.
func (ix *index) unlisted(file string, going map[dag.Position]bool) Unlisted {
	u := Unlisted{File: file}
	left := map[string]int{}
	for _, e := range ix.entries(file) {
		key := e.key()
		if _, known := left[key]; !known {
			left[key] = 0
		}
		switch {
		case !going[e.Position]:
			left[key]++
		case key == "resources":
			u.Resources = append(u.Resources, e.Entry)
		default:
			u.Patches = append(u.Patches, e.Entry)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(left)) {
		if key != "resources" && left[key] == 0 {
			u.Emptied = append(u.Emptied, key)
		}
	}
	return u
}

// used reports whether a kustomization.yaml names a file in an entry that stays.
func (ix *index) used(file string, going map[dag.Position]bool) bool {
	return slices.ContainsFunc(ix.kustomizationFiles(), func(k string) bool {
		return slices.ContainsFunc(ix.entries(k), func(e field) bool {
			return e.Text != "" && !going[e.Position] && path.Join(path.Dir(k), e.Text) == file
		})
	})
}

// field is an entry of a kustomization.yaml with where it stands: resources[0].
type field struct {
	Entry
	name string
}

func (f field) key() string { key, _, _ := strings.Cut(f.name, "["); return key }

// entries lists the entries of a kustomization.yaml by which it names files.
func (ix *index) entries(file string) []field {
	var all []field
	for _, d := range ix.documents(file) {
		object := objectOf(&d)
		enter := func(key string, i int, text string) {
			name := key + "[" + itoa(i) + "]"
			if strings.Contains(text, "\n") {
				text = "" // an inline patch
			}
			all = append(all, field{Entry{text, d.Position(name)}, name})
		}
		for _, key := range []string{"resources", "patchesStrategicMerge"} {
			for i, text := range anyStrings(object[key]) {
				enter(key, i, text)
			}
		}
		for _, key := range []string{"patches", "patchesJson6902"} {
			for i, p := range list(object, key) {
				enter(key, i, text(p, "path"))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b field) int { return cmp.Compare(a.Position.Line, b.Position.Line) })
	return all
}

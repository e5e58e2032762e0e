package gen

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"go.yaml.in/yaml/v3"
)

// kustomizationNames are the files that make a folder kustomize's own.
var kustomizationNames = []string{"kustomization.yaml", "kustomization.yml", "Kustomization"}

// build is what Flux builds when it is pointed at the folder of the generated
// files: what its kustomization.yaml lists, or without one every YAML file below
// it, as fluxcd/pkg/kustomize's Generator finds them.
type build struct {
	folder *Folder
	// governor is the kustomization.yaml of the folder, or empty; at is where it
	// lists its resources.
	governor string
	at       dag.Position
	// files are what the build reads as manifests, with the place that lists
	// each, unknown where it was only found. A listed one need not exist.
	files map[string]dag.Position
	// broken are folders, and kustomization.yamls, that cannot be built.
	broken []dag.Diagnostic
	seen   map[string]bool
}

// newBuild looks at the folder as it is.
func newBuild(f *Folder) *build {
	b := &build{folder: f, files: map[string]dag.Position{}, seen: map[string]bool{}}
	if b.governor = b.kustomizationOf(f.dir); b.governor != "" {
		b.at = dag.Position{File: b.governor, Line: 1}
		b.include(b.governor)
		return b
	}
	_ = fs.WalkDir(f.root.FS(), f.dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // whoever needs it says why
		case entry.IsDir() && name != f.dir:
			if governor := b.kustomizationOf(name); governor != "" {
				b.include(governor)
				return fs.SkipDir
			}
		case entry.Type().IsRegular() && IsYAML(name):
			b.files[name] = dag.Position{}
		}
		return nil
	})
	return b
}

// IsYAML reports whether kustomize takes a file for a manifest, by its name.
func IsYAML(name string) bool { return slices.Contains([]string{".yaml", ".yml"}, path.Ext(name)) }

// IsKustomization reports whether a file is a kustomization.yaml by its name, as kustomize
// takes it for one.
func IsKustomization(name string) bool {
	return slices.Contains(kustomizationNames, path.Base(name))
}

// kustomizationOf returns the kustomization.yaml of a folder, or nothing.
func (b *build) kustomizationOf(dir string) string {
	for _, base := range kustomizationNames {
		if info, err := b.folder.root.Stat(path.Join(dir, base)); err == nil && info.Mode().IsRegular() {
			return path.Join(dir, base)
		}
	}
	return ""
}

// include takes in what a kustomization.yaml lists.
func (b *build) include(name string) {
	if b.seen[name] {
		return
	}
	b.seen[name] = true
	data, err := b.folder.root.ReadFile(name)
	if err != nil {
		return
	}
	var lists struct{ Resources, Bases, Components yaml.Node }
	if line := conflictLine(data); line > 0 {
		b.broken = append(b.broken, conflicted(name, line))
		return
	}
	if err := yaml.Unmarshal(data, &lists); err != nil {
		b.broken = append(b.broken, unparsable(name, err))
		return
	}
	if name == b.governor && lists.Resources.Line > 0 {
		b.at.Line = lists.Resources.Line
	}
	for _, list := range []yaml.Node{lists.Resources, lists.Bases, lists.Components} {
		for _, entry := range list.Content {
			b.includeEntry(path.Dir(name), entry.Value, dag.Position{File: name, Line: entry.Line, Column: entry.Column})
		}
	}
}

// includeEntry takes in one entry: a file, a folder, or something remote, of which
// nothing is known.
func (b *build) includeEntry(dir, entry string, at dag.Position) {
	target := path.Join(dir, entry)
	info, err := b.folder.root.Stat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist) && IsYAML(entry) && !strings.ContainsAny(entry, ":?"):
		b.files[target] = at
	case err != nil:
		// remote, out of reach, or neither file nor folder
	case !info.IsDir():
		b.files[target] = at
	default:
		if governor := b.kustomizationOf(target); governor != "" {
			b.include(governor)
		} else {
			d := broken(at, "lists the folder "+target+", which has no kustomization.yaml", "list its files")
			b.broken = append(b.broken, d)
		}
	}
}

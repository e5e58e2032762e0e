package repo

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	kustypes "sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// manifest returns the kustomization.yaml that the controller builds with, and
// its path. It is not written anywhere.
func (t *tree) manifest(object map[string]any, dir string, b *built) (data []byte, file string, err error) {
	defer recovered(&err)
	if t.index.openAPI { // which the generator reads, and run replaces
		buildLock.Lock()
		defer buildLock.Unlock()
	}
	existing := t.kustomizationFile(dir)
	b.generated = existing == ""
	if b.generated {
		data, file, err = t.generate(object, dir)
	} else {
		data, file, _, err = kustomize.NewGenerator(t.root, unstructured.Unstructured{Object: object}).GenerateManifest(dir)
	}
	if err != nil {
		return nil, "", err
	}
	if existing != "" {
		b.cuts = append(b.cuts, t.read(existing).cuts...)
	}
	if b.generated {
		b.cuts = append(b.cuts, t.submodulesIn(dir)...)
	}
	data, cuts, err := t.localOnly(file, data)
	if err != nil {
		return nil, "", err
	}
	for _, c := range cuts {
		if !slices.ContainsFunc(b.cuts, func(known cut) bool { return known.entry == c.entry }) {
			c.pos.Line, c.pos.Column = 0, 0 // a line of the generated file tells nobody anything
			b.cuts = append(b.cuts, c)
		}
	}
	var k kustypes.Kustomization
	if err := yaml.Unmarshal(data, &k); err != nil {
		return nil, "", err
	}
	if !slices.Contains(k.BuildMetadata, kustypes.OriginAnnotations) {
		k.BuildMetadata = append(k.BuildMetadata, kustypes.OriginAnnotations)
	}
	data, err = yaml.Marshal(k)
	return data, file, err
}

// generate returns the kustomization.yaml of a folder that has none. Only this list of
// files is subject to what the source leaves out. Flux's library stumbles over links
// that leave the repository, which are in no artifact: where there are links, it is
// shown a copy of the folder, and where others take less than what the source holds.
func (t *tree) generate(object map[string]any, dir string) (data []byte, file string, err error) {
	root, shown := t.root, dir
	if t.picks != nil || t.linksBelow(dir) {
		if root, err = os.MkdirTemp("", "fluxdag-build-"); err != nil {
			return nil, "", err
		}
		defer os.RemoveAll(root)
		shown = filepath.Join(root, "x")
		if err := copyTree(dir, shown, false, t.hidden); err != nil {
			return nil, "", cause(err)
		}
	}
	generator := kustomize.NewGenerator(root, unstructured.Unstructured{Object: object})
	if left := append(t.ignoredBelow(dir), t.rejectedBelow(dir)...); len(left) > 0 {
		generator = kustomize.NewGeneratorWithIgnore(root, strings.Join(left, "\n"), unstructured.Unstructured{Object: object})
	}
	data, file, _, err = generator.GenerateManifest(shown)
	return data, filepath.Join(dir, filepath.Base(file)), err
}

// linksBelow reports whether there are symbolic links in a folder or below it.
func (t *tree) linksBelow(dir string) bool {
	found := errors.New("found")
	return filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.Type().IsRegular() && !entry.IsDir() { // a pipe would never end
			return found
		}
		return nil
	}) == found
}

// rejectedBelow lists, as patterns relative to dir, the files below it that
// failed a build.
func (t *tree) rejectedBelow(dir string) []string {
	prefix := t.rel(dir) + "/"
	t.index.mu.Lock()
	defer t.index.mu.Unlock()
	var patterns []string
	for rel := range t.index.rejected {
		if below, ok := strings.CutPrefix(rel, strings.TrimPrefix(prefix, "./")); ok {
			patterns = append(patterns, "/"+escapePattern(below))
		}
	}
	slices.Sort(patterns)
	return patterns
}

// swallowed lists what the kustomization.yaml that Flux generates for dir names: the
// YAML files below it, and, in place of what they hold, the folders that have a
// kustomization.yaml of their own.
func (t *tree) swallowed(dir string) (files, folders []string) {
	root := t.rel(dir)
	for _, file := range t.index.below(root) {
		if t.picks != nil && !t.stat(filepath.Join(t.base, filepath.FromSlash(file))).exists {
			continue
		}
		if folder := t.ownFolder(root, file); folder == "" {
			files = append(files, file)
		} else if !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	return files, folders
}

// ownFolder returns the outermost folder between root and a file that has a
// kustomization.yaml, absolute, or nothing.
func (t *tree) ownFolder(root, file string) string {
	var found string
	for dir := path.Dir(file); dir != root && dir != "."; dir = path.Dir(dir) {
		if abs := filepath.Join(t.base, filepath.FromSlash(dir)); t.kustomizationFile(abs) != "" {
			found = abs
		}
	}
	return found
}

// sources lists the files that a build of dir reads, as far as its
// kustomization.yaml files say.
func (t *tree) sources(dir string, seen map[string]bool) []string {
	if seen[dir] {
		return nil
	}
	seen[dir] = true
	file := t.kustomizationFile(dir)
	if file == "" {
		files, folders := t.swallowed(dir)
		for _, folder := range folders {
			files = append(files, t.sources(folder, seen)...)
		}
		return files
	}
	files := []string{t.rel(file)}
	c := t.read(file)
	for _, left := range c.cuts { // by this build, or by one beside it
		if left.target != "" {
			files = append(files, left.target)
		}
	}
	var k kustypes.Kustomization
	if yaml.Unmarshal(c.data, &k) != nil {
		return files
	}
	//lint:ignore SA1019 repositories still have the field
	for _, entry := range slices.Concat(k.Resources, k.Bases, k.Components, k.Transformers, k.Generators) {
		target := filepath.Join(filepath.Dir(file), filepath.FromSlash(entry))
		switch s := t.stat(target); {
		case s.dir:
			files = append(files, t.sources(target, seen)...)
		case s.exists:
			files = append(files, t.rel(target))
		}
	}
	return files
}

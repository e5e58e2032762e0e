package repo

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/tazlab/fluxdag/gen"
	kustypes "sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// editor does to a copy what the user is told to do.
type editor struct {
	root  string
	index *index
	names map[string]bool // of the Kustomizations whose documents go
	built map[string]bool // the kustomization.yaml files of the cluster
	gone  map[string]bool // files that are deleted
}

func (e *editor) apply(i *Import, files []gen.File) error {
	for _, file := range i.Files {
		if err := e.remove(file); err != nil {
			return err
		}
	}
	for _, k := range e.index.kustomizationFiles() {
		if err := e.unlist(k); err != nil {
			return err
		}
	}
	for _, dir := range i.Bare {
		// Something without an effect: kustomize refuses an empty file.
		data := []byte("buildMetadata: [" + kustypes.OriginAnnotations + "]\n")
		if err := os.WriteFile(filepath.Join(e.root, filepath.FromSlash(dir), "kustomization.yaml"), data, 0o644); err != nil {
			return err
		}
	}
	removeEmpty(e.root)
	var names []string
	for _, file := range files {
		target := filepath.Join(e.root, filepath.FromSlash(file.Path))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, file.Data, 0o644); err != nil {
			return err
		}
		names = append(names, file.Path)
	}
	if i.Listing == "" {
		return nil
	}
	return e.list(i.Listing, names)
}

// removeEmpty removes the folders without files, which Git does not keep.
func removeEmpty(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if entry.IsDir() {
			removeEmpty(filepath.Join(dir, entry.Name()))
		}
	}
	_ = os.Remove(dir) // which fails where something is left
}

// remove takes documents out of a file.
func (e *editor) remove(f SupersededFile) error {
	target := filepath.Join(e.root, filepath.FromSlash(f.File))
	if f.Whole {
		return os.Remove(target)
	}
	var kept bytes.Buffer
	for _, d := range e.index.documents(f.File) {
		if slices.ContainsFunc(f.Documents, func(s Superseded) bool { return s.Index == d.Index }) {
			continue
		}
		data, err := yaml.Marshal(objectOf(&d))
		if err != nil {
			return err
		}
		kept.WriteString("---\n")
		kept.Write(data)
	}
	return os.WriteFile(target, kept.Bytes(), 0o644)
}

// unlist drops what is gone from a kustomization.yaml. Where nothing is left in it, it
// stays and says something without an effect: kustomize refuses an empty one, and
// without one the folder would be swallowed whole.
func (e *editor) unlist(file string) error {
	target := filepath.Join(e.root, filepath.FromSlash(file))
	data, err := os.ReadFile(target)
	if err != nil {
		return err
	}
	var k kustypes.Kustomization
	if yaml.Unmarshal(data, &k) != nil {
		return nil // it does not build now either
	}
	dir := path.Dir(file)
	kept := slices.DeleteFunc(slices.Clone(k.Resources), func(entry string) bool { return e.gone[path.Join(dir, entry)] })
	patches := slices.DeleteFunc(slices.Clone(k.Patches), func(p kustypes.Patch) bool {
		return p.Target == nil && e.built[file] && e.index.losesTarget(dir, p, e.names)
	})
	//lint:ignore SA1019 repositories still have the field
	merges := slices.DeleteFunc(slices.Clone(k.PatchesStrategicMerge), func(p kustypes.PatchStrategicMerge) bool {
		return e.built[file] && e.index.losesTarget(dir, kustypes.Patch{Path: string(p)}, e.names)
	})
	//lint:ignore SA1019 repositories still have the field
	if len(kept)+len(patches)+len(merges) == len(k.Resources)+len(k.Patches)+len(k.PatchesStrategicMerge) {
		return nil
	}
	//lint:ignore SA1019 repositories still have the field
	k.Resources, k.Patches, k.PatchesStrategicMerge = kept, patches, merges
	if len(k.Resources) == 0 && len(k.BuildMetadata) == 0 {
		k.BuildMetadata = []string{kustypes.OriginAnnotations}
	}
	data, err = yaml.Marshal(k)
	if err != nil {
		return err
	}
	return os.WriteFile(target, data, 0o644)
}

// losesTarget reports whether a patch without a target is for a Kustomization of one
// of those names, which it would no longer find.
func (ix *index) losesTarget(dir string, p kustypes.Patch, names map[string]bool) bool {
	documents := ix.documents(path.Join(dir, p.Path))
	if p.Path == "" {
		documents, _ = gen.Parse("patch", []byte(p.Patch))
	}
	return slices.ContainsFunc(documents, func(d gen.Document) bool { return d.IsKustomization() && names[d.Name()] })
}

// list adds files to a kustomization.yaml.
func (e *editor) list(file string, names []string) error {
	target := filepath.Join(e.root, filepath.FromSlash(file))
	data, err := os.ReadFile(target)
	if err != nil {
		return err
	}
	var k kustypes.Kustomization
	if err := yaml.Unmarshal(data, &k); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for _, name := range names {
		rel, err := filepath.Rel(path.Dir(file), name)
		if err != nil {
			return err
		}
		k.Resources = append(k.Resources, filepath.ToSlash(rel))
	}
	if data, err = yaml.Marshal(k); err != nil {
		return err
	}
	return os.WriteFile(target, data, 0o644)
}

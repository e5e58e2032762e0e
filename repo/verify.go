package repo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/tazlab/fluxdag/gen"
	kustypes "sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

func itoa(i int) string { return strconv.Itoa(i) }

// Verify proves that an imported declaration leaves the cluster as it is: in a copy
// of the repository, without the superseded documents and with the generated files,
// Flux finds the same Kustomizations, and each of them applies the same objects with
// the same content. It returns the differences, in order.
func (r *Repository) Verify(c *Cluster, i *Import) ([]string, error) {
	files, err := gen.YAML(i.Graph)
	if err != nil {
		return nil, err
	}
	temporary, err := os.MkdirTemp(r.options.Temporary, "fluxdag-verify-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temporary)
	if err := copyTree(r.index.base, temporary, true); err != nil {
		return nil, err
	}
	e := editor{root: temporary, index: r.index, names: i.names}
	if err := e.apply(c, i, files); err != nil {
		return nil, err
	}
	o := *r.options
	o.Roots, o.Progress, o.digests = []string{c.Root}, nil, true
	if c.ArtifactRoot != "." {
		o.ArtifactRoot = c.ArtifactRoot
	}
	before, err := Load(r.index.base, o)
	if err != nil {
		return nil, err
	}
	after, err := Load(temporary, o)
	if err != nil {
		return nil, err
	}
	return differences(before.Clusters[0], after.Clusters[0]), nil
}

// differences compares two clusters: the objects of the Kustomizations, and all
// that is applied.
func differences(before, after *Cluster) []string {
	var found []string
	a, b := objectsOf(before), objectsOf(after)
	for _, id := range slices.Sorted(maps.Keys(a)) {
		switch now, there := b[id]; {
		case !there:
			found = append(found, id+" is no longer applied")
		case now.owners != a[id].owners:
			found = append(found, id+" is applied by "+now.owners+", not by "+a[id].owners)
		case now.content != a[id].content && isKustomizationID(id):
			found = append(found, id+" differs: "+a[id].content+" became "+now.content)
		case now.content != a[id].content:
			found = append(found, id+" has other content")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(after.AppliedBy)) {
		if by := after.AppliedBy[key]; len(by) > 1 && len(before.AppliedBy[key]) <= 1 {
			found = append(found, "Kustomization "+key+" is applied twice, by "+strings.Join(by, " and "))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b)) {
		if _, there := a[id]; !there {
			found = append(found, id+" is applied as well")
		}
	}
	failing := failures(before)
	for _, failure := range failures(after) {
		if !slices.Contains(failing, failure) {
			found = append(found, failure+" can no longer be built")
		}
	}
	return found
}

// failures lists the paths that cannot be built.
func failures(c *Cluster) []string {
	var found []string
	for _, b := range c.Graph.Boundaries() {
		if b.Kind == "missing" {
			found = append(found, b.What+" of "+b.Node)
		}
	}
	return sortedUnique(found)
}

// objectsOf returns every object that a cluster applies, with a digest and who
// applies it; of Kustomizations the spec, as a declaration moves them.
func objectsOf(c *Cluster) map[string]applied {
	all := map[string]applied{}
	enter := func(owner string, inventory []*Object) {
		for _, o := range inventory {
			if !isKustomization(o.Group, o.Kind) {
				id := strings.TrimSpace(o.Group + " " + o.ID().String())
				all[id] = applied{all[id].content + o.Version + " " + o.digest, strings.TrimSpace(all[id].owners + " " + owner)}
			}
		}
	}
	enter("hand", c.byHand)
	for _, owner := range slices.Sorted(maps.Keys(c.Objects)) {
		enter(owner, c.Objects[owner])
	}
	for v := range c.Graph.Vertices() {
		object := v.Object().DeepCopy()
		for i, dep := range object.Spec.DependsOn {
			if dep.Namespace == object.Namespace {
				object.Spec.DependsOn[i].Namespace = ""
			}
		}
		spec, _ := json.Marshal(map[string]any{"spec": object.Spec, "labels": object.Labels, "annotations": object.Annotations}) // of a typed object
		all[kustomizeGroup+" Kustomization "+v.Key()] = applied{content: string(spec)}
	}
	return all
}

func isKustomizationID(id string) bool {
	return strings.HasPrefix(id, kustomizeGroup+" Kustomization ")
}

// applied is an object as it is compared: what is applied, and by whom.
type applied struct{ content, owners string }

// copyTree copies the regular files of a repository, and the links where they are
// wanted, but not its history.
func copyTree(from, to string, links bool) error {
	return filepath.WalkDir(from, func(p string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, p)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case entry.IsDir() && entry.Name() == ".git":
			return fs.SkipDir
		case entry.IsDir():
			return os.MkdirAll(target, 0o755)
		case entry.Type()&fs.ModeSymlink != 0 && !links:
			return nil
		case entry.Type()&fs.ModeSymlink != 0:
			link, err := os.Readlink(p)
			if err != nil {
				return err
			}
			return os.Symlink(link, target)
		case !entry.Type().IsRegular():
			return nil
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o644)
	})
}

// editor does to a copy what the user is told to do.
type editor struct {
	root  string
	index *index
	names map[string]bool // of the Kustomizations whose documents go
	gone  map[string]bool // files that are deleted
}

func (e *editor) apply(c *Cluster, i *Import, files []gen.File) error {
	e.gone = map[string]bool{}
	for _, file := range i.Files {
		if err := e.remove(file); err != nil {
			return err
		}
	}
	for _, k := range e.index.files {
		if !isKustomizationFile(k) {
			continue
		}
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
		e.gone[f.File] = true
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
	patches := slices.DeleteFunc(slices.Clone(k.Patches), func(p kustypes.Patch) bool { return p.Target == nil && e.index.losesTarget(dir, p, e.names) })
	//lint:ignore SA1019 repositories still have the field
	merges := slices.DeleteFunc(slices.Clone(k.PatchesStrategicMerge), func(p kustypes.PatchStrategicMerge) bool {
		return e.index.losesTarget(dir, kustypes.Patch{Path: string(p)}, e.names)
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

package repo

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
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
	if err := copyTree(r.index.base, temporary, true, func(string, bool) bool { return false }); err != nil {
		return nil, err
	}
	e := editor{root: temporary, index: r.index, names: i.names, built: c.built, gone: deleted(i.Files)}
	if err := e.apply(i, files); err != nil {
		return nil, err
	}
	o := *r.options
	o.Roots, o.Progress, o.Digests = []string{c.Root}, nil, true
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
	return slices.Concat(uncarried(before.Clusters[0], i), differences(before.Clusters[0], after.Clusters[0]), newDefects(before.Clusters[0], after.Clusters[0])), nil
}

// uncarried lists the fields of what is imported that no declaration can hold.
func uncarried(c *Cluster, i *Import) []string {
	var found []string
	for _, d := range c.findings {
		if (d.Code == "FD221" || d.Code == "FD222") && i.Graph.Lookup(d.Node) != nil {
			found = append(found, d.Node+": "+d.Field+" is not carried: "+d.Message)
		}
	}
	return sortedUnique(found)
}

// newDefects lists what is wrong after an import and was not before: an equal text may
// mean something else where it stands now.
func newDefects(before, after *Cluster) []string {
	serious := func(d dag.Diagnostic) bool { return d.Severity == dag.Error || d.Code == undefinedVariable.Code }
	old := map[string]bool{}
	for _, d := range before.Check() {
		old[d.Code+d.Node] = true
	}
	var found []string
	for _, d := range after.Check() {
		if serious(d) && !old[d.Code+d.Node] {
			found = append(found, d.Node+": "+d.Message+" ("+d.Code+")")
		}
	}
	return sortedUnique(found)
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
// wanted, but not its history, nor what is hidden.
func copyTree(from, to string, links bool, hidden func(p string, dir bool) bool) error {
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
		case p != from && hidden(p, entry.IsDir()):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
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

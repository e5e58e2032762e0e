package repo

import (
	"cmp"
	"encoding/json"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// LocalChart is the chart of a HelmRelease that lies in this repository.
type LocalChart struct {
	// Packed tells apart what source-controller makes of it. That is a new chart where its name
	// or version is another one, or with reconcileStrategy: Revision where anything is.
	Packed string
	// Files tells apart what lies in its folder.
	Files string
	// Templates are the files from which Helm makes objects, in lines: a hash of what is in it, and its path.
	Templates string
	// Asked tells apart what the HelmChart says: where that changes, source-controller packs the chart
	// anew, whatever its version.
	Asked string
	// Absent is set where there is none: its folder is not in the artifact, or holds no
	// Chart.yaml.
	Absent bool

	name string // its own
}

// LocalChart returns the chart of a HelmRelease where that lies in this repository, and
// [Options.Digests] is set.
func (o *Object) LocalChart() LocalChart { return o.local }

// chartSpec returns what says where the chart of a HelmRelease is: its own, or that of the
// HelmChart that it names.
func (c *cluster) chartSpec(n *node, release *Object) (spec map[string]any, namespace string) {
	if spec, _ := value(release.body, "spec", "chart", "spec").(map[string]any); spec != nil {
		return spec, release.Namespace
	}
	ref, _ := value(release.body, "spec", "chartRef").(map[string]any)
	id := ID{sourceGroup, text(ref, "kind"), cmp.Or(text(ref, "namespace"), release.Namespace), text(ref, "name")}
	if id.Kind != "HelmChart" {
		return nil, ""
	}
	spec, _ = c.bodyOf(n, id)["spec"].(map[string]any)
	return spec, id.Namespace
}

// localChart returns the chart of a HelmRelease where that lies in this repository.
func (c *cluster) localChart(n *node, release *Object) (LocalChart, bool) {
	spec, namespace := c.chartSpec(n, release)
	from := source{text(spec, "sourceRef", "kind"), cmp.Or(text(spec, "sourceRef", "namespace"), namespace), text(spec, "sourceRef", "name")}
	path := text(spec, "chart")
	packs := from.kind == "GitRepository" || from.kind == "Bucket"
	if !packs || path == "" || IsSymbolic(path) || n.remote() || c.root.source == (source{}) || !c.sameSource(from) {
		return LocalChart{}, false
	}
	chart := c.tree.chart(path)
	if text(spec, "reconcileStrategy") == "Revision" && !chart.Absent {
		chart.Packed = chart.Files
	}
	asked, _ := json.Marshal(spec)
	interval := cmp.Or(text(spec, "interval"), text(release.body, "spec", "interval"))
	chart.Asked = hash(string(asked) + interval)
	return chart, true
}

// chartFolders lists the folders of the charts of a node that lie in this repository.
func (c *cluster) chartFolders(n *node) []string {
	var folders []string
	for _, o := range n.inventory {
		if !o.isRelease() {
			continue
		}
		if _, local := c.localChart(n, o); local {
			spec, _ := c.chartSpec(n, o)
			dir := c.tree.abs(text(spec, "chart"))
			_, within := c.tree.submodule(dir)
			folders = append(folders, cmp.Or(within, c.tree.rel(dir)))
		}
	}
	return folders
}

// chart reads the chart in a folder of the artifact.
func (t *tree) chart(path string) LocalChart {
	dir := t.abs(path)
	t.mu.Lock()
	chart, known := t.charts[dir]
	t.mu.Unlock()
	if known {
		return chart
	}
	chart = t.readChart(dir)
	t.mu.Lock()
	t.charts[dir] = chart
	t.mu.Unlock()
	return chart
}

func (t *tree) readChart(dir string) LocalChart {
	if what, _ := t.submodule(dir); what != "" {
		return LocalChart{Packed: what, Files: what}
	}
	if file := t.stat(dir); file.exists && !file.dir { // packed already
		data, _ := t.index.read(t.rel(dir))
		return LocalChart{Packed: hash(data), Files: hash(data)}
	}
	about := filepath.Join(dir, "Chart.yaml")
	data, err := t.index.read(t.rel(about))
	if !t.stat(about).exists || err != nil {
		return LocalChart{Packed: "absent", Absent: true}
	}
	var meta struct{ Name, Version string }
	_ = yaml.Unmarshal(data, &meta) // without a name, what is known is that of the folder
	files, templates := t.chartFiles(dir)
	return LocalChart{Packed: meta.Name + " " + meta.Version, Files: hash(files), Templates: strings.Join(templates, "\n"), name: meta.Name}
}

// chartFiles lists the files of a chart with hashes of their content, and the names of those
// from which Helm makes objects.
func (t *tree) chartFiles(dir string) (files, templates []string) {
	_ = filepath.WalkDir(dir, func(p string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !t.stat(p).exists {
			return nil
		}
		rel, _ := filepath.Rel(dir, p)
		rel = filepath.ToSlash(rel)
		data, _ := t.index.read(t.rel(p))
		files = append(files, rel+" "+hash(data))
		if strings.Contains("/"+rel, "/templates/") && !strings.HasPrefix(filepath.Base(p), "_") && !strings.HasSuffix(rel, ".txt") {
			templates = append(templates, hash(data)+" "+rel)
		}
		return nil
	})
	slices.Sort(templates)
	return files, templates
}

package repo

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// Import is a cluster of a repository as a declaration would have it.
type Import struct {
	// Graph holds the Kustomizations that the declaration takes over: all but the
	// sync root, which flux bootstrap or the Flux operator writes.
	Graph *dag.Graph
	// Comments are those of the authors' documents, for [gen.GoOptions].
	Comments map[string]map[string][]string
	// Files hold the documents that the generated files take the place of.
	Files []SupersededFile
	// Listing is the kustomization.yaml that has to list the generated files; empty
	// where Flux builds their folder without one.
	Listing string
	// Emptied are the kustomization.yaml files that nothing is left in.
	Emptied []string
	// Bare are the folders that some Kustomization's path names and that no file is left
	// in: Git forgets them.
	Bare []string
	// Patches are the entries of kustomization.yaml files that patch a Kustomization
	// without a target: kustomize refuses one that finds nothing.
	Patches []dag.Position
	// Kept names the Kustomizations that stay as they are, and why.
	Kept []string

	names map[string]bool // of the superseded documents
}

// Superseded is a document that has to go when the declaration takes over.
type Superseded struct {
	File string
	// Index is its place in the file, from 0, and Line where it begins.
	Index, Line int
}

// Import returns what a declaration of the cluster takes over, under a name and
// with a folder for the generated files.
func (c *Cluster) Import(name, dir string) *Import {
	i := &Import{names: map[string]bool{}, Comments: map[string]map[string][]string{}}
	cluster := dag.Cluster{Name: name, Dir: dir}
	var taken []*dag.Vertex
	var superseded []Superseded
	type place struct {
		file  string
		index int
	}
	kept := map[place]string{}    // the documents that stay, and for whom
	reason := map[string]string{} // why a Kustomization stays
	for v := range c.Graph.Vertices() {
		d := c.Documents[v.Key()]
		reason[v.Key()] = c.stays(v.Key(), d)
		if d != nil && v.Key() != c.rootKey && reason[v.Key()] != "" {
			kept[place{d.File, d.Index}] = v.Key()
		}
	}
	for v := range c.Graph.Vertices() {
		d, why := c.Documents[v.Key()], reason[v.Key()]
		if why == "" && kept[place{d.File, d.Index}] != "" {
			why = "its document makes " + kept[place{d.File, d.Index}] + " as well, which stays"
		}
		if why != "" {
			i.Kept = append(i.Kept, v.Key()+": "+why)
			continue
		}
		taken = append(taken, v)
		if s := (Superseded{File: d.File, Index: d.Index, Line: d.Line()}); !slices.Contains(superseded, s) {
			i.names[d.Name()] = true
			superseded = append(superseded, s) // once, however many objects come of it
		}
	}
	i.Files = c.files(superseded)
	names := c.fileNames(taken, dir, i.Files)
	for n, v := range taken {
		d := c.Documents[v.Key()]
		declaration := c.declarations[v.Key()]
		if c.rootSubstitutes && !unsubstituted(c.bodies[v.Key()]) {
			declaration, _ = gen.NodeOf(escaped(c.bodies[v.Key()]).(map[string]any))
			declaration.Name, declaration.Namespace = v.Object().Name, v.Object().Namespace
		}
		if declaration.File = names[n]; names[n] == declaration.Name+".yaml" {
			declaration.File = ""
		}
		cluster.Nodes = append(cluster.Nodes, dag.DeclareAt(declaration, d.Position))
		i.Comments[v.Key()] = carried(d.Comments())
	}
	i.Graph = dag.Resolve(cluster)
	i.Bare = c.bare(i.Files)
	i.Listing = c.listing(i.Graph.Dir())
	i.Emptied, i.Patches = slices.DeleteFunc(c.emptied(i.Files), func(k string) bool { return k == i.Listing }), c.patches(i.names)
	return i
}

// stays says why a Kustomization is not taken over, or nothing.
func (c *Cluster) stays(key string, d *gen.Document) string {
	switch {
	case key == c.rootKey:
		return "the sync root, which bootstrap or the Flux operator writes"
	case d == nil:
		return "no file of the repository holds it as an object of its own"
	case !slices.ContainsFunc(c.index.documents(d.File), func(whole gen.Document) bool { return whole.Node == d.Node }):
		return "an item of a List, at " + d.Position("").String()
	}
	for _, parent := range c.AppliedBy[key] {
		if parent == c.rootKey {
			continue
		}
		for _, name := range c.Symbolic[parent] {
			if mentions(c.bodies[key], "${"+name+"}") {
				return "it holds ${" + name + "}, which only " + parent + " can substitute"
			}
		}
	}
	return ""
}

// unsubstituted reports whether Flux leaves the variables of an object alone.
func unsubstituted(object map[string]any) bool {
	const name = kustomizeGroup + "/substitute"
	return text(object, "metadata", "labels", name) == "disabled" || text(object, "metadata", "annotations", name) == "disabled"
}

// mentions reports whether a text is part of any string in a decoded value.
func mentions(v any, text string) bool {
	switch v := v.(type) {
	case string:
		return strings.Contains(v, text)
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return mentions(item, text) })
	case map[string]any:
		for name, item := range v {
			if strings.Contains(name, text) || mentions(item, text) {
				return true
			}
		}
	}
	return false
}

// escaped returns a decoded value as it has to be written for a sync root that
// substitutes variables: what is there now has been substituted already.
func escaped(v any) any {
	switch v := v.(type) {
	case string:
		return strings.ReplaceAll(v, "${", "$${")
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = escaped(item)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[name] = escaped(item)
		}
		return out
	}
	return v
}

// fileNames returns the names of the generated files: that of the Kustomization where it
// is free, which it is not when another one has it or a file that stays.
func (c *Cluster) fileNames(nodes []*dag.Vertex, dir string, gone []SupersededFile) []string {
	count, used := map[string]int{"kustomization": 2}, map[string]bool{}
	for _, v := range nodes {
		count[v.Object().Name]++
	}
	for _, file := range c.index.files {
		if path.Dir(file) == path.Clean(dir) && !slices.ContainsFunc(gone, func(f SupersededFile) bool { return f.File == file && f.Whole }) {
			used[path.Base(file)] = true
		}
	}
	names := make([]string, len(nodes))
	for i, v := range nodes {
		o := v.Object()
		name := o.Name + ".yaml"
		for n := 1; used[name] || n == 1 && count[o.Name] > 1; n++ {
			if name = o.Namespace + "-" + o.Name + ".yaml"; n > 1 {
				name = fmt.Sprintf("%s-%s-%d.yaml", o.Namespace, o.Name, n)
			}
		}
		names[i], used[name] = name, true
	}
	return names
}

// SupersededFile is a file with the documents that go from it.
type SupersededFile struct {
	File      string
	Documents []Superseded
	// Whole is set where nothing is left in the file.
	Whole bool
}

// files groups superseded documents by file.
func (c *Cluster) files(superseded []Superseded) []SupersededFile {
	slices.SortFunc(superseded, func(a, b Superseded) int { return cmp.Or(strings.Compare(a.File, b.File), a.Index-b.Index) })
	var files []SupersededFile
	for _, s := range superseded {
		if len(files) == 0 || files[len(files)-1].File != s.File {
			files = append(files, SupersededFile{File: s.File})
		}
		last := &files[len(files)-1]
		last.Documents = append(last.Documents, s)
		last.Whole = len(last.Documents) == len(c.index.documents(s.File))
	}
	return files
}

// String says what to do with the file.
func (f SupersededFile) String() string {
	if f.Whole {
		return f.File
	}
	var lines []string
	for _, d := range f.Documents {
		lines = append(lines, itoa(d.Line))
	}
	if len(lines) == 1 {
		return f.File + ": only the document at line " + lines[0]
	}
	return f.File + ": only the documents at lines " + strings.Join(lines, ", ")
}

// carried drops the comments that are for programs, or that the declaration says
// in another way.
func carried(comments map[string][]string) map[string][]string {
	for field, lines := range comments {
		lines = slices.DeleteFunc(lines, func(line string) bool {
			return strings.HasPrefix(line, "yaml-language-server:") || strings.HasPrefix(line, "fluxdag:allow ") || strings.TrimSpace(line) == ""
		})
		if comments[field] = lines; len(lines) == 0 {
			delete(comments, field)
		}
	}
	return comments
}

// objectOf decodes a document; nil where it cannot be.
func objectOf(d *gen.Document) map[string]any {
	object, err := d.Object()
	if err != nil {
		return nil
	}
	return object
}

// Shared tells of the documents of an import from which other clusters are made as
// well: without them those clusters change.
func (r *Repository) Shared(c *Cluster, i *Import) []string {
	var found []string
	for _, other := range r.Clusters {
		for _, file := range i.Files {
			if other != c && other.documented(file.File) {
				found = append(found, file.File+" is part of the cluster "+other.Name+" too: import that one in the same commit")
			}
		}
	}
	return found
}

// documented reports whether a Kustomization of the cluster is written in a file.
func (c *Cluster) documented(file string) bool {
	for _, d := range c.Documents {
		if d.File == file {
			return true
		}
	}
	return false
}

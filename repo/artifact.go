package repo

import (
	"cmp"
	"encoding/json"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
)

// artifact is an ExternalArtifact that an ArtifactGenerator of the cluster makes (source-watcher).
type artifact struct {
	generator *Object
	output    map[string]any // what the generator says of it

	tree *tree  // what it holds, where that is files of the root's source in the order that they have there; else nil
	at   string // the folder of the artifact that is the root of tree
	rule string // tells apart what such a tree holds
}

// arrange looks at what the generators that are known copy: of a source that is applied later, it is
// not yet known whether it is this repository.
func (c *cluster) arrange() {
	if len(c.generators) == 0 {
		return
	}
	before := c.artifacts
	c.artifacts = map[source]*artifact{}
	for _, g := range c.generators {
		complete := true
		for _, output := range list(g.body, "spec", "artifacts") {
			s := source{"ExternalArtifact", g.Namespace, text(output, "name")}
			a := &artifact{generator: g, output: output}
			switch known, old := c.artifacts[s], before[s]; {
			case known != nil: // two overwrite each other
				known.tree = nil
				continue
			case old != nil && old.generator == g && old.tree != nil:
				a = old
			case complete: // it makes one after the other, and none any more once one fails
				complete = c.view(a)
			}
			c.artifacts[s] = a
		}
	}
}

// artifactOf returns what an ArtifactGenerator makes as a source, or nil.
func (c *cluster) artifactOf(s source) *artifact {
	if a := c.artifacts[s]; a != nil || s.kind != "ExternalArtifact" {
		return a
	}
	for _, g := range c.generators {
		for _, output := range list(g.body, "spec", "artifacts") {
			name := captures.ReplaceAllString(text(output, "name"), "*")
			if match, _ := path.Match(name, s.name); match && g.Namespace == s.namespace && text(g.body, "spec", "pathPattern") != "" {
				return &artifact{generator: g, output: output}
			}
		}
	}
	return nil
}

// followed returns the artifact that a node is built from, where it is known what that holds.
func (c *cluster) followed(n *node) *artifact {
	a := c.artifacts[sourceOf(n.object, n.key.namespace)]
	if n.virtual || a == nil || a.tree == nil || !under(a.at, cleanPath(n.path())) {
		return nil
	}
	return a
}

// placed returns the folder that a node builds, and the artifact in which it lies.
func (c *cluster) placed(n *node) (t *tree, dir string) {
	a := c.followed(n)
	if a == nil {
		return c.tree, c.tree.abs(n.path())
	}
	inside := cleanPath(n.path())
	if a.at != "." {
		inside = strings.TrimPrefix(inside, a.at)
	}
	return a.tree, a.tree.abs(inside)
}

// view gives an artifact its tree, where every copy takes files of the root's source and leaves them
// where they are below one folder. It reports whether the generator goes on behind it, as far as is known.
func (c *cluster) view(a *artifact) bool {
	spec := a.generator.body
	// A generator that is disabled leaves the artifact as it is (source-watcher: ArtifactGenerator.IsDisabled).
	if text(spec, "spec", "pathPattern") != "" || a.disabled() || IsSymbolic(text(a.output, "name")) {
		return true
	}
	var copies []copying
	common, at := "", ""
	for i, op := range list(a.output, "copy") {
		made, does := c.copying(a, op)
		if does != copiesFiles {
			return does != fails
		}
		if from, to := unshared(made.from, made.to); i == 0 {
			common, at = from, to
		} else if from != common || to != at {
			return true
		}
		copies = append(copies, made)
	}
	root := c.tree.abs(common)
	if what, _ := c.tree.submodule(root); what != "" || len(copies) == 0 || !c.tree.stat(root).dir {
		return true
	}
	if t, err := c.tree.part(root, copies); err == nil {
		rule, _ := json.Marshal([]any{common, at, a.output["copy"]}) // of decoded YAML
		a.tree, a.at, a.rule = t, at, string(rule)
	}
	return true
}

// unshared drops the folders at the end that two paths share.
func unshared(from, to string) (string, string) {
	for from != "." && to != "." && path.Base(from) == path.Base(to) {
		from, to = path.Dir(from), path.Dir(to)
	}
	return from, to
}

const generatorAnnotation = extensionsGroup + "/reconcile"

func (a *artifact) disabled() bool {
	return strings.EqualFold(text(a.generator.body, "metadata", "annotations", generatorAnnotation), "disabled")
}

// origin returns the source that a copy takes from, and what of it.
func (a *artifact) origin(op map[string]any) (from source, pattern string) {
	alias, pattern, _ := strings.Cut(strings.TrimPrefix(text(op, "from"), "@"), "/")
	for _, s := range list(a.generator.body, "spec", "sources") {
		if text(s, "alias") == alias {
			return source{text(s, "kind"), cmp.Or(text(s, "namespace"), a.generator.Namespace), text(s, "name")}, pattern
		}
	}
	return source{}, pattern
}

// own reports whether a copy takes from the root's source.
func (c *cluster) own(s source) bool {
	return (s.kind == "GitRepository" || s.kind == "OCIRepository" || s.kind == "Bucket") && c.sameSource(s)
}

// copied says what an artifact is made of, and whether all of that is in this repository. It is the
// same in two revisions where that is known to be the same, and where what is built from it is known;
// nothing where it does not follow the repository.
func (c *cluster) copied(a *artifact, known map[source]map[string]any) (what string, own bool) {
	const files = "files of this repository"
	switch {
	case a.tree != nil:
		return files, true
	case a.disabled():
		return "", false
	}
	all, own := []any{a.output["copy"], text(a.generator.body, "spec", "pathPattern")}, true
	for _, op := range list(a.output, "copy") {
		from, pattern := a.origin(op)
		if all = append(all, from.String(), fetches(known, from, nil)); c.own(from) {
			all = append(all, c.tree.hashes(beginning(pattern)))
		} else {
			own = false
		}
	}
	if !own {
		return "copies " + hash(all), false
	}
	return files + " " + hash(all), true
}

// beginning is the part of a pattern before the first name that is none.
func beginning(pattern string) string {
	var names []string
	for name := range strings.SplitSeq(pattern, "/") {
		if strings.ContainsAny(name, "*?[]{}$") {
			break
		}
		names = append(names, name)
	}
	return path.Join(names...)
}

// hashes lists all files of the artifact in a folder with hashes of their content, or just that
// file.
func (t *tree) hashes(folder string) []string {
	var all []string
	_ = filepath.WalkDir(t.abs(folder), func(p string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && entry.Name() == ".git" {
			return fs.SkipDir
		}
		if err == nil && entry.Type().IsRegular() && t.stat(p).exists {
			data, _ := t.index.read(t.rel(p))
			all = append(all, t.rel(p)+" "+hash(data))
		}
		return nil
	})
	return all
}

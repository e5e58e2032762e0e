package repo

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"go.yaml.in/yaml/v3"
)

// cut is an entry that was taken out of a kustomization.yaml, so that the rest
// of it can be built.
type cut struct {
	pos    dag.Position
	entry  string
	remote bool   // kustomize would download it, or it is in a submodule
	data   bool   // it is no manifest, but what a ConfigMap or Secret holds
	reason string // why the build fails, where it is not remote
	target string // the file that is broken, where one is
}

// remotePattern matches what kustomize clones or downloads (git.NewRepoSpecFromURL
// and the file loader): everything with a scheme, a user or GitHub's name.
var remotePattern = regexp.MustCompile(`(?i)^(git::|gh:|[a-z][a-z0-9+.-]*://|[a-z0-9._-]+@[^/]+[:/]|(www\.)?github\.com[:/])`)

// scalarLists are the fields of a kustomization.yaml that list files or folders.
var scalarLists = []string{
	"resources", "bases", "components", "crds", "configurations",
	"generators", "transformers", "validators", "patchesStrategicMerge",
}

// pathLists are those whose items name a file in path.
var pathLists = []string{"patches", "patchesJson6902", "replacements"}

// localOnly takes out of a kustomization.yaml what kustomize would download, and
// the resources for which its build would fail, and says what it took. The
// bytes stay as they are where there is nothing to take.
func (t *tree) localOnly(file string, data []byte) ([]byte, []cut, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil || len(document.Content) == 0 {
		return data, nil, nil // kustomize reports it
	}
	if problem := inlineDefect(&document); problem != "" {
		return nil, nil, fmt.Errorf("a text in %s cannot be read: %s", t.rel(file), problem)
	}
	f := filter{tree: t, dir: filepath.Dir(file), file: t.rel(file)}
	written := resolved(document.Content[0])
	document.Content[0] = written
	root := written
	for _, name := range scalarLists {
		f.list(root, name, f.scalar)
	}
	for _, name := range pathLists {
		f.list(root, name, func(_ string, item *yaml.Node) bool { return f.path(member(item, "path")) })
	}
	f.generators(root)
	if len(f.cuts) == 0 {
		return data, nil, nil
	}
	// kustomize refuses a file that says nothing.
	setMember(root, "buildMetadata", &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: "originAnnotations"}}})
	dropComments(&document)
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	if encoder.Encode(&document) != nil || encoder.Close() != nil {
		return data, nil, nil
	}
	return b.Bytes(), f.cuts, nil
}

// resolved returns a tree without aliases and merge keys: what an alias stands for is
// where the alias was, so that an entry is seen however it is written. [index.bound]
// has seen to it that this is no bomb.
func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		target := *resolved(n.Alias)
		target.Line, target.Column = n.Line, n.Column
		return &target
	}
	out := *n
	out.Anchor, out.Content = "", make([]*yaml.Node, 0, len(n.Content))
	var merged []*yaml.Node
	for i, child := range n.Content {
		switch {
		case n.Kind == yaml.MappingNode && i%2 == 0 && child.ShortTag() == "!!merge":
			merged = append(merged, resolved(n.Content[i+1]))
		case n.Kind == yaml.MappingNode && i%2 == 1 && n.Content[i-1].ShortTag() == "!!merge":
		default:
			out.Content = append(out.Content, resolved(child))
		}
	}
	for _, m := range merged {
		merge(&out, m)
	}
	return &out
}

// merge adds the members of a mapping, or of a list of them, that another one lacks.
func merge(into, from *yaml.Node) {
	if from.Kind == yaml.SequenceNode {
		for _, m := range from.Content {
			merge(into, m)
		}
		return
	}
	for i := 0; i+1 < len(from.Content); i += 2 {
		if member(into, from.Content[i].Value) == nil {
			into.Content = append(into.Content, from.Content[i], from.Content[i+1])
		}
	}
}

type filter struct {
	tree      *tree
	dir, file string
	cuts      []cut
}

// list removes the items of a list for which drop says so.
func (f *filter) list(mapping *yaml.Node, name string, drop func(list string, item *yaml.Node) bool) {
	list := member(mapping, name)
	if list == nil || list.Kind != yaml.SequenceNode {
		return
	}
	kept := list.Content[:0:0]
	for _, item := range list.Content {
		if !drop(name, item) {
			kept = append(kept, item)
		}
	}
	list.Content = kept
}

// remote cuts what kustomize would download, and what is in a submodule.
func (f *filter) remote(item *yaml.Node) bool {
	if item == nil || item.Kind != yaml.ScalarNode || strings.Contains(item.Value, "\n") {
		return false
	}
	c := cut{entry: item.Value, remote: true}
	if !remotePattern.MatchString(item.Value) {
		if c.entry, c.target = f.submodule(item.Value); c.entry == "" {
			return false
		}
	}
	f.cut(item, c)
	return true
}

// submodule names the submodule in which the path of an entry lies, if it lies in one.
func (f *filter) submodule(entry string) (what, folder string) {
	return f.tree.submodule(filepath.Join(f.tree.base, filepath.FromSlash(f.target(entry))))
}

func (f *filter) scalar(list string, item *yaml.Node) bool {
	if f.remote(item) {
		return true
	}
	if list != "resources" && list != "bases" && list != "components" || item.Kind != yaml.ScalarNode {
		return f.path(item)
	}
	if reason := f.broken(list, item.Value); reason != "" {
		target := f.target(item.Value)
		if own := f.tree.kustomizationFile(filepath.Join(f.tree.base, filepath.FromSlash(target))); own != "" {
			target = f.tree.rel(own)
		}
		f.cut(item, cut{entry: item.Value, reason: reason, target: target})
		return true
	}
	return false
}

// target returns the path that an entry names, relative to the repository.
func (f *filter) target(entry string) string {
	if path.IsAbs(entry) {
		return f.tree.rel(path.Clean(entry))
	}
	return f.tree.rel(filepath.Join(f.dir, filepath.FromSlash(entry)))
}

// path looks at an entry that is read as YAML, but that is no resource. Without it the
// rest is built, as far as that goes.
func (f *filter) path(item *yaml.Node) bool {
	if f.remote(item) {
		return true
	}
	if item == nil || item.Kind != yaml.ScalarNode || strings.Contains(item.Value, "\n") {
		return false
	}
	reason := f.unreadable(item.Value)
	if reason != "" {
		f.cut(item, cut{entry: item.Value, reason: reason, target: f.target(item.Value)})
	}
	return reason != ""
}

// unreadable says why the file of an entry fails every build, or nothing. The files that
// are called YAML have been looked at.
func (f *filter) unreadable(entry string) string {
	rel := f.target(entry)
	if !gen.IsYAML(rel) && f.tree.stat(filepath.Join(f.tree.base, filepath.FromSlash(rel))).exists {
		if data, err := f.tree.index.read(rel); err == nil {
			f.tree.index.bound(rel, data)
		}
	}
	return f.tree.index.unreadable(rel)
}

// broken says why a build of this entry would fail, or nothing.
func (f *filter) broken(list, entry string) string {
	t := f.tree
	target := filepath.Join(t.base, filepath.FromSlash(f.target(entry)))
	switch s := t.stat(target); {
	case !s.exists && t.linked(target):
		return "is a symbolic link, which Flux leaves out of its artifact"
	case !s.exists:
		return "does not exist"
	case s.dir && t.kustomizationFile(target) == "":
		return "is a folder without a kustomization.yaml"
	case s.dir && t.within(target, f.dir):
		return "contains this kustomization.yaml: a cycle"
	case s.dir:
		if why := t.index.unreadable(t.rel(t.kustomizationFile(target))); why != "" {
			return "has a kustomization.yaml that " + why
		}
		return ""
	case list == "components":
		return "is a file: a component is a folder"
	}
	return f.unreadable(entry)
}

// within reports whether dir lies in the folder parent or is it.
func (t *tree) within(parent, dir string) bool {
	rel, err := filepath.Rel(parent, dir)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) && t.stat(parent).dir
}

// linked reports whether a path of the artifact is a symbolic link, or lies in one.
func (t *tree) linked(p string) bool {
	for ; p != t.root && p != filepath.Dir(p); p = filepath.Dir(p) {
		if info, err := os.Lstat(p); err == nil && info.Mode()&os.ModeSymlink != 0 {
			return true
		}
	}
	return false
}

func (f *filter) cut(item *yaml.Node, c cut) {
	c.pos = dag.Position{File: f.file, Line: item.Line, Column: item.Column}
	f.cuts = append(f.cuts, c)
}

// dropComments removes the comments, which the encoder would write in places where
// they swallow what follows.
func dropComments(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	for _, child := range n.Content {
		dropComments(child)
	}
}

// member returns the value of a key, or nil.
func member(mapping *yaml.Node, key string) *yaml.Node {
	if mapping == nil || mapping.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1]
		}
	}
	return nil
}

func setMember(mapping *yaml.Node, key string, value *yaml.Node) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			mapping.Content[i+1] = value
			return
		}
	}
	mapping.Content = append(mapping.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, value)
}

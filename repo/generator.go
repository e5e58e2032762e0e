package repo

import (
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// fetchedPattern matches the files that kustomize downloads (loader.IsRemoteFile).
var fetchedPattern = regexp.MustCompile(`(?i)^https?://`)

// unfetched begins what stands in a ConfigMap or Secret for a file that kustomize would
// download, or that is in a submodule. What follows tells its URL or commit from others.
const unfetched = "not fetched: "

// generators looks at the files of the generators of a kustomization.yaml.
func (f *filter) generators(root *yaml.Node) {
	for _, name := range []string{"configMapGenerator", "secretGenerator"} {
		list := member(root, name)
		if list == nil {
			continue
		}
		for _, generator := range list.Content {
			f.list(generator, "files", func(_ string, item *yaml.Node) bool { return f.source(generator, item, true) })
			f.list(generator, "envs", func(_ string, item *yaml.Node) bool { return f.source(generator, item, false) })
			if env := member(generator, "env"); env != nil && f.source(generator, env, false) {
				env.Value = ""
			}
		}
	}
}

// source looks at a file of a generator, in "key=file" where it is keyed, and reports whether
// something else takes its place. A URL gives the object its content and nothing else: that
// alone is not known, and another one is other content.
func (f *filter) source(generator, item *yaml.Node, keyed bool) bool {
	key, file := hash(item.Value), item.Value
	if keyed {
		var named bool
		if key, file, named = strings.Cut(item.Value, "="); !named {
			key, file = path.Base(item.Value), item.Value
		}
	}
	target := ""
	if !fetchedPattern.MatchString(file) {
		what, folder := f.submodule(file)
		if what == "" {
			f.tree.copies(filepath.Join(f.tree.base, filepath.FromSlash(f.target(file))))
			return false
		}
		target, file = folder, what+" "+file
	}
	if keyed && (key == "" || strings.Contains(file, "=")) {
		return false // kustomize refuses it
	}
	f.cut(item, cut{entry: file, remote: true, data: true, target: target})
	literals := member(generator, "literals")
	if literals == nil || literals.Kind != yaml.SequenceNode {
		literals = &yaml.Node{Kind: yaml.SequenceNode}
		setMember(generator, "literals", literals)
	}
	literals.Content = append(literals.Content, &yaml.Node{Kind: yaml.ScalarNode, Style: yaml.DoubleQuotedStyle, Value: key + "=" + unfetched + hash(file)})
	return true
}

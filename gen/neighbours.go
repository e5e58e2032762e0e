package gen

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"go.yaml.in/yaml/v3"
)

// Neighbours returns the Kustomizations that other files in the folder and
// below it define, such as flux-system/gotk-sync.yaml, for
// [dag.Cluster.Externals]. Files of ours and what cannot be read or parsed are
// passed over: this only helps to resolve names.
func (f *Folder) Neighbours() []dag.Ref {
	var refs []dag.Ref
	_ = fs.WalkDir(f.root.FS(), f.dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if ext := path.Ext(name); !entry.Type().IsRegular() || ext != ".yaml" && ext != ".yml" {
			return nil
		}
		if data, err := f.root.ReadFile(name); err == nil && !Owned(data) {
			refs = append(refs, kustomizations(name, data)...)
		}
		return nil
	})
	return refs
}

var (
	separator   = regexp.MustCompile(`(?m)^---(?:[ \t].*)?\r?\n?`)
	kindLine    = regexp.MustCompile(`(?m)^["']?kind["']?:[ \t]*["']?` + kustomizev1.KustomizationKind + `\b`)
	versionLine = regexp.MustCompile(`(?m)^["']?apiVersion["']?:[ \t]*["']?` + regexp.QuoteMeta(kustomizev1.GroupVersion.Group) + `/`)
)

// kustomizations finds the Kustomization objects of a YAML stream. It parses
// only documents that look like one: gotk-components.yaml, which lies beside
// every cluster, has ten thousand lines that are none.
func kustomizations(name string, data []byte) []dag.Ref {
	var refs []dag.Ref
	line, start := 0, 0
	document := func(end int) {
		text := data[start:end]
		if kindLine.Match(text) && versionLine.Match(text) {
			if key, at := objectName(text); key != "" {
				refs = append(refs, dag.External(key).At(dag.Position{File: name, Line: line + at}))
			}
		}
	}
	for _, at := range separator.FindAllIndex(data, -1) {
		document(at[0])
		line += bytes.Count(data[start:at[1]], []byte("\n"))
		start = at[1]
	}
	document(len(data))
	return refs
}

// objectName returns namespace/name of a document and the line of the name, or
// nothing where one of them is not said: a namespace may come from elsewhere.
func objectName(text []byte) (string, int) {
	var object struct {
		Metadata struct {
			Name      yaml.Node `yaml:"name"`
			Namespace string    `yaml:"namespace"`
		} `yaml:"metadata"`
	}
	if err := yaml.Unmarshal(text, &object); err != nil {
		return "", 0
	}
	meta := object.Metadata
	if meta.Name.Value == "" || meta.Namespace == "" || strings.Contains(meta.Name.Value, "$") {
		return "", 0
	}
	return meta.Namespace + "/" + meta.Name.Value, meta.Name.Line
}

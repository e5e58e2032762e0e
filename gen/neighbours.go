package gen

import (
	"io/fs"
	"path"
	"regexp"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"k8s.io/apimachinery/pkg/util/validation"
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

// validKey reports whether a Kustomization can have that key: a variable in it is
// filled in elsewhere.
func validKey(namespace, name string) bool {
	return len(validation.IsDNS1123Label(namespace))+len(validation.IsDNS1123Subdomain(name)) == 0
}

var (
	kindLine    = regexp.MustCompile(`(?m)^["']?kind["']?:[ \t]*["']?` + kustomizev1.KustomizationKind + `\b`)
	versionLine = regexp.MustCompile(`(?m)^["']?apiVersion["']?:[ \t]*["']?` + regexp.QuoteMeta(kustomizev1.GroupVersion.Group) + `/`)
)

// kustomizations finds the Kustomization objects of a YAML stream whose namespace is
// said: it may come from elsewhere. It parses only documents that look like one:
// gotk-components.yaml, which lies beside every cluster, has ten thousand lines that
// are none.
func kustomizations(name string, data []byte) []dag.Ref {
	if !versionLine.Match(data) {
		return nil
	}
	p := parser{file: name}
	text, _ := p.decode(data)
	for c := range chunks(text) {
		if kindLine.Match(c.text) && versionLine.Match(c.text) {
			p.document(c)
		}
	}
	var refs []dag.Ref
	for _, d := range p.documents {
		if d.IsKustomization() && validKey(d.Namespace(), d.Name()) {
			refs = append(refs, dag.External(d.Namespace()+"/"+d.Name()).At(d.Position("metadata.name")))
		}
	}
	return refs
}

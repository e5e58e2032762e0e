package gen

import (
	"cmp"
	"path"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

// dir returns the folder of the files that are ours, or of all where none is: the
// nearest one that is common to them.
func (r *reader) dir() string {
	ours := slices.ContainsFunc(r.nodes, func(n *read) bool { return n.ours })
	var common []string
	for i, n := range r.nodes {
		if n.ours != ours {
			continue
		}
		parts := strings.Split(path.Dir(path.Clean(n.position().File)), "/")
		if i == 0 || common == nil {
			common = parts
		}
		same := 0
		for same < min(len(common), len(parts)) && common[same] == parts[same] {
			same++
		}
		common = common[:same]
	}
	return cmp.Or(path.Join(common...), ".")
}

// nameFiles sets the file of every node: that in which one of ours lies, and a name
// that no other node has for all others.
func (r *reader) nameFiles() {
	namespaces := map[string]string{}
	shared := map[string]bool{}
	for _, n := range r.nodes {
		name := strings.ToLower(n.node.Name)
		if other, known := namespaces[name]; known && other != n.namespace() {
			shared[name] = true
		}
		namespaces[name] = n.namespace()
	}
	for _, n := range r.nodes {
		switch base := path.Base(n.position().File); {
		case n.ours && base != n.node.Name+".yaml":
			n.node.File = base
		case !n.ours && (shared[strings.ToLower(n.node.Name)] || n.node.Name == strings.ToLower(kustomizev1.KustomizationKind)):
			n.node.File = n.namespace() + "-" + n.node.Name + ".yaml"
		}
	}
}

package repo

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"

	"go.yaml.in/yaml/v3"
	"sigs.k8s.io/kustomize/api/resmap"
)

// aimed are the lists of a kustomization.yaml whose items fail a build where what they are
// about is not in it: patches without a target, which name their object, and others that do.
var aimed = []string{"patches", "patchesStrategicMerge", "replacements", "vars", "configMapGenerator", "secretGenerator"}

// missed matches what kustomize says where what an item is about is not there.
var missed = regexp.MustCompile(`no matches for Id|nothing selected by|does not exist; cannot merge or replace|in the set of known resources`)

// withoutFetched builds once more what failed, where something of it would be downloaded:
// without the patches and the like that may be about that. Those that can stay do. It fails
// where that is not why.
func (t *tree) withoutFetched(fs *buildFS, dir string) (resmap.ResMap, error) {
	fs.loose = &loose{tree: t, left: map[string]bool{}}
	attempt := func() (resmap.ResMap, error) {
		m, _, refused, err := t.runOnce(fs, dir)
		if err == nil && len(refused) > 0 {
			err = errOffline
		}
		return m, err
	}
	m, err := attempt()
	if err != nil || len(fs.loose.known) == 0 {
		return nil, errWhole
	}
	for _, item := range fs.loose.known {
		delete(fs.loose.left, item)
		switch more, err := attempt(); {
		case err == nil:
			m = more
		case missed.MatchString(err.Error()):
			fs.loose.left[item] = true
		default:
			return nil, err
		}
	}
	return m, nil
}

// loose takes out of the kustomization.yaml files of a build what may be about something that
// is not fetched.
type loose struct {
	tree  *tree
	known []string // the items that may be, in the order in which they were met
	left  map[string]bool
}

// file returns a kustomization.yaml without the items that are left out. An item that is met
// for the first time is.
func (l *loose) file(p string, data []byte) []byte {
	var document yaml.Node
	if yaml.Unmarshal(data, &document) != nil || len(document.Content) == 0 {
		return data
	}
	root := document.Content[0]
	if kind := member(root, "kind"); (kind == nil || kind.Value != "Component") && !l.tree.fetches(p) {
		return data // a component is about what stands around it
	}
	for _, name := range aimed {
		list := member(root, name)
		if list == nil || list.Kind != yaml.SequenceNode {
			continue
		}
		kept := list.Content[:0:0]
		for i, item := range list.Content {
			if !isAimed(name, item) || !l.leaves(fmt.Sprintf("%s %s %d", p, name, i)) {
				kept = append(kept, item)
			}
		}
		list.Content = kept
	}
	dropComments(&document)
	var b bytes.Buffer
	if encoder := yaml.NewEncoder(&b); encoder.Encode(&document) != nil || encoder.Close() != nil {
		return data
	}
	return b.Bytes()
}

func (l *loose) leaves(item string) bool {
	if !slices.Contains(l.known, item) {
		l.known = append(l.known, item)
		l.left[item] = true
	}
	return l.left[item]
}

// isAimed reports whether an item of a list fails a build that does not have its object.
func isAimed(list string, item *yaml.Node) bool {
	switch list {
	case "patches":
		return member(item, "target") == nil
	case "configMapGenerator", "secretGenerator":
		behavior := member(item, "behavior")
		return behavior != nil && behavior.Value != "create"
	}
	return true
}

// fetches reports whether a kustomization.yaml, or one that it takes in, names something that
// kustomize would download.
func (t *tree) fetches(file string) bool {
	return slices.ContainsFunc(t.sources(filepath.Dir(file), map[string]bool{}), func(rel string) bool {
		return isKustomizationFile(rel) && slices.ContainsFunc(t.read(filepath.Join(t.base, filepath.FromSlash(rel))).cuts, func(c cut) bool { return c.remote })
	})
}

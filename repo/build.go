package repo

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	kustypes "sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// built is what one build gave.
type built struct {
	resources resources
	files     []string                    // every kustomization.yaml that it read
	reads     []string                    // every file that it read or looked for in vain, and the folders around; nil where that is not known
	cuts      []cut                       // what had to be left out, but for the content of ConfigMaps and Secrets
	warnings  []string                    // kustomize's own
	generated bool                        // there was no kustomization.yaml
	refused   []string                    // what the build would have downloaded, and failed without
	unpaired  map[*resource.Resource]bool // whose labels are a list that is no pairs, see dropLabels
	err       error
}

// build builds the path of a Kustomization as the controller does. Files that
// cannot be parsed are left out, told of in cuts, and the rest is built.
func (t *tree) build(object map[string]any, dir string) built {
	left := map[string]bool{} // which files were left out, and have not helped
	for {
		b := t.buildOnce(object, dir)
		if b.err == nil || !t.findBroken(dir, left) {
			return b
		}
	}
}

// buildOnce is one attempt.
func (t *tree) buildOnce(object map[string]any, dir string) built {
	var b built
	manifest, file, err := t.manifest(object, dir, &b)
	if err != nil {
		b.err = err
		return b
	}
	fs := newBuildFS(t, file, manifest)
	t.run(fs, dir, &b)
	if b.err == nil {
		b.err = duplicateKeys(b.resources)
	}
	b.reads = fs.inFiles(dir, object)
	b.files = []string{t.rel(file)}
	for p := range fs.read {
		b.files = append(b.files, t.rel(p))
	}
	for _, touched := range fs.cutFiles() {
		b.cuts = append(b.cuts, t.read(touched).cuts...)
	}
	if b.err != nil && slices.ContainsFunc(b.cuts, func(c cut) bool { return c.remote }) {
		if m, err := t.withoutFetched(fs, dir); err == nil {
			b.resources, b.err = resources{m}, nil
		}
	}
	b.cuts = slices.DeleteFunc(b.cuts, func(c cut) bool {
		if c.data && c.target != "" && b.reads != nil {
			b.reads = append(b.reads, c.target)
		}
		return c.data
	})
	b.dropLabels()
	return b
}

// run runs kustomize: in pieces where that gives the same, and else at once.
func (t *tree) run(fs *buildFS, dir string, b *built) {
	if pieces, err := t.inPieces(fs, func(piece *buildFS) (resmap.ResMap, error) {
		m, warnings, refused, err := t.runOnce(piece, dir)
		if len(refused) > 0 {
			err = errWhole
		}
		b.warnings = append(b.warnings, warnings...)
		return m, err
	}); err == nil {
		b.resources = pieces
		return
	}
	var m resmap.ResMap
	if m, b.warnings, b.refused, b.err = t.runOnce(fs, dir); m != nil {
		b.resources = resources{m}
	}
}

func (t *tree) runOnce(fs *buildFS, dir string) (m resmap.ResMap, warnings, refused []string, err error) {
	if !t.index.together {
		return run(fs, dir, t.index.openAPI)
	}
	m, err = runTogether(fs, dir)
	return m, fs.deprecations(), nil, err
}

// findBroken looks for the files that make a build of dir fail, and reports
// whether it found one that is not yet among those left out. Another build may have
// found it before this one.
func (t *tree) findBroken(dir string, left map[string]bool) bool {
	found := false
	for _, rel := range t.sources(dir, map[string]bool{}) {
		t.index.examine(rel)
		if t.index.unreadable(rel) != "" && !left[rel] {
			left[rel], found = true, true
		}
	}
	return found
}

// buildLock guards what kustomize keeps in global variables, and standard error,
// onto which it prints its warnings.
var buildLock sync.Mutex

// run runs kustomize as Flux's own kustomize.Build does, but that it keeps the
// schema of Kubernetes between builds: loading it is most of a small build.
func run(fs *buildFS, dir string, customSchema bool) (m resmap.ResMap, warnings, refused []string, err error) {
	buildLock.Lock()
	defer buildLock.Unlock()
	defer recovered(&err)
	if customSchema {
		openapi.ResetOpenAPI()
		_ = openapi.Schema()
		defer func() { openapi.ResetOpenAPI() }()
	}
	warnings = captured(func() {
		network := goOffline()
		defer func() { refused = network.end() }()
		m, err = kustomizer().Run(fs, dir)
	})
	return m, warnings, refused, err
}

func kustomizer() *krusty.Kustomizer {
	return krusty.MakeKustomizer(&krusty.Options{LoadRestrictions: kustypes.LoadRestrictionsNone, PluginConfig: kustypes.DisabledPluginConfig()})
}

// duplicateKeys fails where the controller does that writes the objects out: kustomize
// itself lets a key stand twice in a mapping that nothing has changed.
func duplicateKeys(r resources) error {
	for _, r := range r.all() {
		if key := duplicateKey(r.YNode()); key != "" {
			return fmt.Errorf("%s %s: mapping key %q already defined", r.GetKind(), r.GetName(), key)
		}
	}
	return nil
}

func duplicateKey(n *kyaml.Node) string {
	if n.Kind == kyaml.MappingNode {
		keys := make(map[string]bool, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			if key := n.Content[i].Value; keys[key] {
				return key
			}
			keys[n.Content[i].Value] = true
		}
	}
	for _, child := range n.Content {
		if key := duplicateKey(child); key != "" {
			return key
		}
	}
	return ""
}

// recovered turns a panic, with which kustomize answers some input, into an
// error.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("kustomize panicked: %v", r)
	}
}

// cutFiles lists the files from which something was left out, in order.
func (f *buildFS) cutFiles() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Sorted(maps.Keys(f.touched))
}

package repo

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	kustypes "sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"
)

// built is what one build gave.
type built struct {
	resources resources
	files     []string // every kustomization.yaml that it read
	reads     []string // every file that it read or looked for in vain, and the folders around; nil where that is not known
	cuts      []cut    // what had to be left out
	warnings  []string // kustomize's own
	generated bool     // there was no kustomization.yaml
	refused   []string // what the build would have downloaded, and failed without
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
	if !t.together {
		return run(fs, dir, t.index.openAPI)
	}
	m, err = runTogether(fs, dir)
	return m, fs.deprecations(), nil, err
}

// manifest returns the kustomization.yaml that the controller builds with, and
// its path. It is not written anywhere.
func (t *tree) manifest(object map[string]any, dir string, b *built) (data []byte, file string, err error) {
	defer recovered(&err)
	if t.index.openAPI { // which the generator reads, and run replaces
		buildLock.Lock()
		defer buildLock.Unlock()
	}
	existing := t.kustomizationFile(dir)
	b.generated = existing == ""
	if b.generated {
		data, file, err = t.generate(object, dir)
	} else {
		data, file, _, err = kustomize.NewGenerator(t.root, unstructured.Unstructured{Object: object}).GenerateManifest(dir)
	}
	if err != nil {
		return nil, "", err
	}
	if existing != "" {
		b.cuts = append(b.cuts, t.read(existing).cuts...)
	}
	data, cuts, err := t.localOnly(file, data)
	if err != nil {
		return nil, "", err
	}
	for _, c := range cuts {
		if !slices.ContainsFunc(b.cuts, func(known cut) bool { return known.entry == c.entry }) {
			c.pos.Line, c.pos.Column = 0, 0 // a line of the generated file tells nobody anything
			b.cuts = append(b.cuts, c)
		}
	}
	var k kustypes.Kustomization
	if err := yaml.Unmarshal(data, &k); err != nil {
		return nil, "", err
	}
	if !slices.Contains(k.BuildMetadata, kustypes.OriginAnnotations) {
		k.BuildMetadata = append(k.BuildMetadata, kustypes.OriginAnnotations)
	}
	data, err = yaml.Marshal(k)
	return data, file, err
}

// generate returns the kustomization.yaml of a folder that has none. Only this list of
// files is subject to what the source leaves out. Flux's library stumbles over links
// that leave the repository, which are in no artifact: where there are links, it is
// shown a copy of the folder.
func (t *tree) generate(object map[string]any, dir string) (data []byte, file string, err error) {
	root, shown := t.root, dir
	if t.linksBelow(dir) {
		if root, err = os.MkdirTemp("", "fluxdag-build-"); err != nil {
			return nil, "", err
		}
		defer os.RemoveAll(root)
		shown = filepath.Join(root, "x")
		if err := copyTree(dir, shown, false); err != nil {
			return nil, "", cause(err)
		}
	}
	generator := kustomize.NewGenerator(root, unstructured.Unstructured{Object: object})
	if left := append(t.ignoredBelow(dir), t.rejectedBelow(dir)...); len(left) > 0 {
		generator = kustomize.NewGeneratorWithIgnore(root, strings.Join(left, "\n"), unstructured.Unstructured{Object: object})
	}
	data, file, _, err = generator.GenerateManifest(shown)
	return data, filepath.Join(dir, filepath.Base(file)), err
}

// linksBelow reports whether there are symbolic links in a folder or below it.
func (t *tree) linksBelow(dir string) bool {
	found := errors.New("found")
	return filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.Type().IsRegular() && !entry.IsDir() { // a pipe would never end
			return found
		}
		return nil
	}) == found
}

// rejectedBelow lists, as patterns relative to dir, the files below it that
// failed a build.
func (t *tree) rejectedBelow(dir string) []string {
	prefix := t.rel(dir) + "/"
	t.index.mu.Lock()
	defer t.index.mu.Unlock()
	var patterns []string
	for rel := range t.index.rejected {
		if below, ok := strings.CutPrefix(rel, strings.TrimPrefix(prefix, "./")); ok {
			patterns = append(patterns, "/"+escapePattern(below))
		}
	}
	slices.Sort(patterns)
	return patterns
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

// swallowed lists what the kustomization.yaml that Flux generates for dir names: the
// YAML files below it, and, in place of what they hold, the folders that have a
// kustomization.yaml of their own.
func (t *tree) swallowed(dir string) (files, folders []string) {
	root := t.rel(dir)
	for _, file := range t.index.below(root) {
		if folder := t.ownFolder(root, file); folder == "" {
			files = append(files, file)
		} else if !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	return files, folders
}

// ownFolder returns the outermost folder between root and a file that has a
// kustomization.yaml, absolute, or nothing.
func (t *tree) ownFolder(root, file string) string {
	var found string
	for dir := path.Dir(file); dir != root && dir != "."; dir = path.Dir(dir) {
		if abs := filepath.Join(t.base, filepath.FromSlash(dir)); t.kustomizationFile(abs) != "" {
			found = abs
		}
	}
	return found
}

// sources lists the files that a build of dir reads, as far as its
// kustomization.yaml files say.
func (t *tree) sources(dir string, seen map[string]bool) []string {
	if seen[dir] {
		return nil
	}
	seen[dir] = true
	file := t.kustomizationFile(dir)
	if file == "" {
		files, folders := t.swallowed(dir)
		for _, folder := range folders {
			files = append(files, t.sources(folder, seen)...)
		}
		return files
	}
	files := []string{t.rel(file)}
	c := t.read(file)
	for _, left := range c.cuts { // by this build, or by one beside it
		if left.target != "" {
			files = append(files, left.target)
		}
	}
	var k kustypes.Kustomization
	if yaml.Unmarshal(c.data, &k) != nil {
		return files
	}
	//lint:ignore SA1019 repositories still have the field
	for _, entry := range slices.Concat(k.Resources, k.Bases, k.Components, k.Transformers, k.Generators) {
		target := filepath.Join(filepath.Dir(file), filepath.FromSlash(entry))
		switch s := t.stat(target); {
		case s.dir:
			files = append(files, t.sources(target, seen)...)
		case s.exists:
			files = append(files, t.rel(target))
		}
	}
	return files
}

package repo

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	securefs "github.com/fluxcd/pkg/kustomize/filesys"
	"github.com/fluxcd/pkg/sourceignore"
	"github.com/fluxcd/pkg/sourceignore/gitignore"
	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// tree is what a source's artifact holds: the repository, or a folder of it. It
// is only ever read, and each file once, however many builds use it.
type tree struct {
	base   string // absolute, the root of the repository
	root   string // absolute, the root of the artifact
	secure filesys.FileSystem
	ignore gitignore.Matcher
	index  *index

	submodules map[string]string // that it holds, and that are not here: their commits

	// picks reports whether a path is in the artifact, beside what ignore says; nil where it is.
	picks func(p string, dir bool) bool

	mu       sync.Mutex
	stats    map[string]stat
	contents map[string]content
	dirs     map[string]confirmed
	copied   map[string]bool // the files of generators, which are no manifests
	charts   map[string]LocalChart
}

type stat struct{ exists, dir bool }

type content struct {
	data []byte
	cuts []cut
	err  error
	// age is how many files were known to be broken when the cuts were made.
	age int
}

type confirmed struct {
	dir  filesys.ConfirmedDir
	file string
	err  error
}

// newTree opens the artifact that lies in the folder prefix of a repository, and
// that leaves out what the source's spec.ignore says.
func newTree(base, prefix, ignore string, ix *index) (*tree, error) {
	root := filepath.Join(base, filepath.FromSlash(prefix))
	secure, err := securefs.MakeFsOnDiskSecure(root)
	if err != nil {
		return nil, fmt.Errorf("cannot open the artifact's root: %w", err)
	}
	domain := strings.Split(root, string(filepath.Separator))
	patterns, err := sourceignore.LoadIgnorePatterns(root, domain)
	if err != nil {
		patterns = nil // an unreadable folder is a finding of its own
	}
	patterns = append(patterns, sourceignore.ReadPatterns(strings.NewReader(ignore), domain)...)
	matcher := sourceignore.NewDefaultMatcher(nil, domain)
	if len(patterns) > 0 { // they take the place of the default ones (source-controller: SourceIgnoreFilter)
		matcher = sourceignore.NewMatcher(append(sourceignore.VCSPatterns(domain), patterns...))
	}
	return &tree{
		base: base, root: root, secure: secure, index: ix,
		ignore:   matcher,
		stats:    map[string]stat{},
		contents: map[string]content{},
		dirs:     map[string]confirmed{},
		copied:   map[string]bool{},
		charts:   map[string]LocalChart{},
	}, nil
}

// abs returns the absolute form of a path in the artifact, which cannot leave
// it: Flux joins spec.path in the same way (securejoin).
func (t *tree) abs(p string) string {
	return filepath.Join(t.root, filepath.FromSlash(path.Clean("/"+p)))
}

// rel returns an absolute path relative to the repository, slash-separated, as
// it stands in positions.
func (t *tree) rel(abs string) string {
	rel, err := filepath.Rel(t.base, abs)
	if err != nil {
		return filepath.ToSlash(abs)
	}
	return filepath.ToSlash(rel)
}

// stat tells what stands at a path of the artifact. Symbolic links are in none
// (source-controller: Storage.Archive).
func (t *tree) stat(p string) stat {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lookup(filepath.Clean(p))
}

func (t *tree) lookup(p string) stat {
	if s, known := t.stats[p]; known {
		return s
	}
	var s stat
	switch parent := filepath.Dir(p); {
	case p == t.root:
		s = stat{exists: true, dir: true}
	case parent != p && t.lookup(parent).dir:
		if info, err := os.Lstat(p); err == nil {
			s = stat{exists: info.IsDir() || info.Mode().IsRegular(), dir: info.IsDir()}
		}
		if s.exists && t.ignored(p, s.dir) && !(s.dir && t.leads(p)) {
			s = stat{}
		}
		if s.exists && t.hidden(p, s.dir) {
			s = stat{}
		}
	}
	t.stats[p] = s
	return s
}

// kustomizationFile returns the kustomization.yaml of a folder, by any of the
// names that kustomize knows, or nothing.
func (t *tree) kustomizationFile(dir string) string {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		if s := t.stat(filepath.Join(dir, name)); s.exists && !s.dir {
			return filepath.Join(dir, name)
		}
	}
	return ""
}

// read returns a file; a kustomization.yaml comes without what cannot be built
// here.
func (t *tree) read(p string) content {
	age := t.index.age() // before anything is decided by what is broken
	t.mu.Lock()
	c, known := t.contents[p]
	t.mu.Unlock()
	if known && (c.age == age || !isKustomizationFile(p)) {
		return c
	}
	c = content{age: age}
	if !t.stat(p).exists {
		c.err = &fs.PathError{Op: "open", Path: p, Err: fs.ErrNotExist}
	} else {
		c.data, c.err = t.index.limited(t.rel(p), t.isCopied(p))
	}
	if c.err == nil && isKustomizationFile(p) {
		c.data, c.cuts, c.err = t.localOnly(p, c.data)
	}
	t.mu.Lock()
	t.contents[p] = c
	t.mu.Unlock()
	return c
}

func (t *tree) isCopied(p string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.copied[p]
}

func (t *tree) copies(p string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.copied[p] = true
}

func (t *tree) confirm(p string) confirmed {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, known := t.dirs[p]
	if !known {
		if c.dir, c.file, c.err = t.secure.CleanedAbs(p); c.err == nil && !t.lookup(filepath.Clean(p)).exists {
			c.err = &fs.PathError{Op: "open", Path: p, Err: fs.ErrNotExist}
		}
		t.dirs[p] = c
	}
	return c
}

func isKustomizationFile(p string) bool {
	return slices.Contains(konfig.RecognizedKustomizationFileNames(), filepath.Base(p))
}

// buildFS is the file system of one build: the tree, with the kustomization.yaml
// that the controller would write laid over it.
type buildFS struct {
	filesys.FileSystem // Flux's own, for what is not cached
	tree               *tree
	manifest           string // path
	data               []byte

	mu      sync.Mutex
	touched map[string]bool // the files that the build read and that lack something
	read    map[string]bool // every kustomization.yaml that it read, but the manifest
	all     map[string]bool // every file that it read or looked for in vain, but the manifest
	globbed bool            // it read by a pattern

	loose *loose // what is left out, where it fails without what it would download
}

func newBuildFS(t *tree, manifest string, data []byte) *buildFS {
	return &buildFS{FileSystem: securefs.MakeFsInMemory(t.secure), tree: t, manifest: manifest, data: data, touched: map[string]bool{}, read: map[string]bool{}, all: map[string]bool{}}
}

// Exists reports whether something stands at a path.
func (f *buildFS) Exists(p string) bool {
	there := p == f.manifest || f.tree.stat(p).exists
	f.missed(p, there)
	return there
}

// IsDir reports whether a folder stands at a path.
func (f *buildFS) IsDir(p string) bool {
	dir := p != f.manifest && f.tree.stat(p).dir
	f.missed(p, dir)
	return dir
}

// missed remembers a path that was looked for, where it is not there: the build is
// another one once it is.
func (f *buildFS) missed(p string, there bool) {
	if there || p == f.manifest {
		return
	}
	f.mu.Lock()
	f.all[p] = true
	f.mu.Unlock()
}

// ReadFile returns a file.
func (f *buildFS) ReadFile(p string) ([]byte, error) {
	if p == f.manifest {
		return f.loosened(p, f.data), nil
	}
	c := f.tree.read(p)
	f.mu.Lock()
	f.all[p] = true
	if isKustomizationFile(p) {
		f.read[p] = true
		if len(c.cuts) > 0 {
			f.touched[p] = true
		}
	}
	f.mu.Unlock()
	if c.err != nil {
		return nil, c.err
	}
	return f.loosened(p, slices.Clone(c.data)), nil
}

func (f *buildFS) loosened(p string, data []byte) []byte {
	if f.loose == nil || !isKustomizationFile(p) {
		return data
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.loose.file(p, data)
}

// CleanedAbs returns the folder and the file of a path.
func (f *buildFS) CleanedAbs(p string) (filesys.ConfirmedDir, string, error) {
	if p == f.manifest {
		c := f.tree.confirm(filepath.Dir(p))
		return c.dir, filepath.Base(p), c.err
	}
	c := f.tree.confirm(p)
	f.missed(p, c.err == nil)
	return c.dir, c.file, c.err
}

// Glob returns the paths that a pattern matches, which may be none.
func (f *buildFS) Glob(pattern string) ([]string, error) {
	if !strings.ContainsAny(pattern, `*?[\`) {
		if f.Exists(pattern) {
			return []string{pattern}, nil
		}
		return nil, nil
	}
	f.globbed = true
	found, err := f.FileSystem.Glob(pattern)
	return slices.DeleteFunc(found, func(p string) bool { return f.tree.picks != nil && !f.tree.stat(p).exists }), err
}

// realPath returns the absolute path of a folder without symbolic links.
func realPath(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(real); err != nil {
		return "", err
	} else if !info.IsDir() {
		return "", fmt.Errorf("%s is not a folder", dir)
	}
	return real, nil
}

package repo

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"

	"github.com/fluxcd/pkg/sourceignore"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// index is the repository's YAML files: which there are, which may hold objects
// of Flux, and, parsed when somebody asks, their documents.
type index struct {
	base  string
	files []string // slash-separated, relative to the repository, in order
	flux  []string // those that name an API group of Flux

	ignores []string // the files that say what a source leaves out

	submodules map[string]string // see [Options.Submodules]
	recurses   bool              // whether some source may fetch what is in them

	ranges map[string][2]int // by folder, where in files those below it begin and end

	// openAPI is set where a kustomization.yaml names a schema of its own, which
	// kustomize would keep for all later builds.
	openAPI bool

	scopes map[[2]string]scope // by group and kind, of what definitions in the repository define

	together bool // builds run beside each other, see [tree.beside]

	mu       sync.Mutex
	parsed   map[string]parsed
	rejected map[string]dag.Diagnostic // files that fail every build, and why
	findings dag.Diagnostics           // folders and files that cannot be read
	patches  map[string]bool           // files that a kustomization.yaml uses as patches; nil until asked for
}

type parsed struct {
	documents []gen.Document
	objects   []gen.Document // those, with the items of Lists in place of the Lists
	named     map[documentName][]*gen.Document
	findings  dag.Diagnostics
}

// fluxWords are in every file that [index.flux] lists.
var fluxWords = [][]byte{[]byte("kustomize.toolkit.fluxcd.io/"), []byte("fluxcd.controlplane.io/"), []byte("source.toolkit.fluxcd.io/"), []byte("instance:")}

// newIndex walks the repository. It follows no symbolic link, so that no loop
// can hold it.
func newIndex(base string) *index {
	ix := &index{base: base, ranges: map[string][2]int{}, scopes: map[[2]string]scope{}, parsed: map[string]parsed{}, rejected: map[string]dag.Diagnostic{}}
	_ = filepath.WalkDir(base, func(p string, entry fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(base, p)
		rel = filepath.ToSlash(rel)
		switch {
		case err != nil:
			ix.findings = append(ix.findings, finding(unreadablePath, dag.Position{File: rel}, "", "make it readable", "cannot be read: %v", cause(err)))
			return nil
		case entry.IsDir() && slices.Contains([]string{".git", "node_modules"}, entry.Name()):
			return fs.SkipDir
		case entry.Name() == sourceignore.IgnoreFile:
			ix.ignores = append(ix.ignores, rel)
			return nil
		case !entry.Type().IsRegular() || !gen.IsYAML(rel):
			return nil
		}
		ix.listed(rel)
		data, err := ix.read(rel)
		if err != nil {
			ix.findings = append(ix.findings, finding(unreadablePath, dag.Position{File: rel}, "", "make it readable", "cannot be read: %v", cause(err)))
			return nil
		}
		ix.bound(rel, data)
		ix.define(data)
		if isKustomizationFile(rel) && bytes.Contains(data, []byte("openapi:")) {
			ix.openAPI = true
		}
		ix.recurses = ix.recurses || bytes.Contains(data, []byte("recurseSubmodules"))
		if slices.ContainsFunc(fluxWords, func(word []byte) bool { return bytes.Contains(data, word) }) {
			ix.flux = append(ix.flux, rel)
		}
		return nil
	})
	return ix
}

// names reports whether a file mentions an API group.
func (ix *index) names(rel, group string) bool {
	data, err := ix.read(rel)
	return err == nil && bytes.Contains(data, []byte(group+"/"))
}

// kustomizationFiles lists the files that kustomize takes for its own.
func (ix *index) kustomizationFiles() []string {
	return slices.DeleteFunc(slices.Clone(ix.files), func(file string) bool { return !isKustomizationFile(file) })
}

// below lists the YAML files below a folder.
func (ix *index) below(dir string) []string {
	if dir == "." {
		return ix.files
	}
	r := ix.ranges[dir]
	return ix.files[r[0]:r[1]:r[1]]
}

// listed enters a file under the folders that it lies in: the walk visits what is below
// one without a break.
func (ix *index) listed(file string) {
	ix.files = append(ix.files, file)
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		r, known := ix.ranges[dir]
		if !known {
			r[0] = len(ix.files) - 1
		}
		ix.ranges[dir] = [2]int{r[0], len(ix.files)}
	}
}

// maxRead is one byte more than gen.Parse takes, which then says so.
const maxRead = 10<<20 + 1

// read returns a file, or as much of it as gen.Parse needs to see that it is too
// large.
func (ix *index) read(rel string) ([]byte, error) {
	file, err := os.Open(filepath.Join(ix.base, filepath.FromSlash(rel)))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	data := make([]byte, min(info.Size(), maxRead))
	n, err := io.ReadFull(file, data)
	if err == io.ErrUnexpectedEOF { // it has shrunk
		err = nil
	}
	return data[:n], err
}

// limited returns a file that kustomize may read: it has no limits of its own. What it
// only copies into a ConfigMap or Secret may be no YAML at all.
func (ix *index) limited(rel string, copied bool) ([]byte, error) {
	data, err := ix.read(rel)
	if err != nil {
		return nil, err
	}
	if len(data) >= maxRead {
		return nil, fmt.Errorf("%s is larger than %d MiB, and not read", rel, (maxRead-1)>>20)
	}
	if copied || !gen.IsYAML(rel) && path.Ext(rel) != ".json" {
		return data, nil
	}
	if ix.bound(rel, data); ix.unreadable(rel) != "" {
		return nil, fmt.Errorf("%s %s", rel, ix.unreadable(rel))
	}
	return data, nil
}

// maxMembers is how many members of a mapping are left to kustomize, whose time grows
// with their square: these take it a second.
const maxMembers = 10_000

// documents returns the documents of a file; none where it is not there.
func (ix *index) documents(rel string) []gen.Document { return ix.parse(rel).documents }

// documentName is what a document of a file is found by.
type documentName struct {
	group, kind string
	name        string // empty: any
}

// objects returns the objects of a file, those in Lists too.
func (ix *index) objects(rel string) []gen.Document { return ix.parse(rel).objects }

// name enters an object.
func (p *parsed) name(d *gen.Document) {
	group, _ := groupOf(d.APIVersion())
	names := []string{""}
	if name := d.Name(); name != "" {
		names = append(names, name)
	}
	for _, name := range names {
		key := documentName{group, d.Kind(), name}
		p.named[key] = append(p.named[key], d)
	}
}

// named returns those of the objects that have a name.
func (ix *index) named(rel string, name documentName) []*gen.Document {
	return ix.parse(rel).named[name]
}

func (ix *index) parse(rel string) parsed {
	ix.mu.Lock()
	p, known := ix.parsed[rel]
	ix.mu.Unlock()
	if known {
		return p
	}
	if data, err := ix.read(rel); err == nil {
		p.documents, p.findings = gen.Parse(rel, data)
	}
	for _, d := range p.documents {
		p.objects = append(p.objects, d.Items()...)
	}
	p.named = map[documentName][]*gen.Document{}
	for i := range p.objects {
		p.name(&p.objects[i])
	}
	ix.mu.Lock()
	ix.parsed[rel] = p
	ix.mu.Unlock()
	return p
}

// examine parses a file of a build that failed, and rejects it where it would fail
// every build.
func (ix *index) examine(rel string) {
	for _, d := range ix.parse(rel).findings {
		if d.Severity == dag.Error || d.Code == "FD307" {
			ix.reject(rel, d)
			return
		}
	}
}

func (ix *index) reject(rel string, why dag.Diagnostic) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if _, known := ix.rejected[rel]; !known {
		ix.rejected[rel] = why
	}
}

// age is how many files are known to fail builds.
func (ix *index) age() int {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	return len(ix.rejected)
}

// unreadable says why a file fails every build, or nothing.
func (ix *index) unreadable(rel string) string {
	if d, rejected := ix.defect(rel); rejected {
		return "cannot be parsed: " + d.Message
	}
	return ""
}

// defect returns the finding for which a file fails every build.
func (ix *index) defect(rel string) (dag.Diagnostic, bool) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	d, rejected := ix.rejected[rel]
	return d, rejected
}

// cause is an error of the file system without the machine's path.
func cause(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

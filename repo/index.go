package repo

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// index is the repository's YAML files: which there are, which may hold objects
// of Flux, and, parsed when somebody asks, their documents.
type index struct {
	base  string
	files []string // slash-separated, relative to the repository, in order
	flux  []string // those that name an API group of Flux

	// openAPI is set where a kustomization.yaml names a schema of its own, which
	// kustomize would keep for all later builds.
	openAPI bool

	mu       sync.Mutex
	parsed   map[string]parsed
	rejected map[string]string // files that failed a build, and why
	findings dag.Diagnostics   // folders and files that cannot be read
}

type parsed struct {
	documents []gen.Document
	findings  dag.Diagnostics
}

// fluxWords are in every file that [index.flux] lists.
var fluxWords = [][]byte{[]byte("kustomize.toolkit.fluxcd.io/"), []byte("fluxcd.controlplane.io/"), []byte("source.toolkit.fluxcd.io/"), []byte("instance:")}

// newIndex walks the repository. It follows no symbolic link, so that no loop
// can hold it.
func newIndex(base string) *index {
	ix := &index{base: base, parsed: map[string]parsed{}, rejected: map[string]string{}}
	_ = filepath.WalkDir(base, func(p string, entry fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(base, p)
		rel = filepath.ToSlash(rel)
		switch {
		case err != nil:
			ix.findings = append(ix.findings, finding(unreadablePath, dag.Position{File: rel}, "", "make it readable", "cannot be read: %v", cause(err)))
			return nil
		case entry.IsDir() && slices.Contains([]string{".git", "node_modules"}, entry.Name()):
			return fs.SkipDir
		case !entry.Type().IsRegular() || !isYAML(rel):
			return nil
		}
		ix.files = append(ix.files, rel)
		data, err := ix.read(rel)
		if err != nil {
			ix.findings = append(ix.findings, finding(unreadablePath, dag.Position{File: rel}, "", "make it readable", "cannot be read: %v", cause(err)))
			return nil
		}
		if isKustomizationFile(rel) && bytes.Contains(data, []byte("openapi:")) {
			ix.openAPI = true
		}
		if slices.ContainsFunc(fluxWords, func(word []byte) bool { return bytes.Contains(data, word) }) {
			ix.flux = append(ix.flux, rel)
		}
		return nil
	})
	return ix
}

// below lists the YAML files below a folder.
func (ix *index) below(dir string) []string {
	if dir == "." {
		return ix.files
	}
	var files []string
	for _, file := range ix.files {
		if strings.HasPrefix(file, dir+"/") {
			files = append(files, file)
		}
	}
	return files
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

// documents returns the documents of a file; none where it is not there.
func (ix *index) documents(rel string) []gen.Document { return ix.parse(rel).documents }

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
	ix.mu.Lock()
	ix.parsed[rel] = p
	ix.mu.Unlock()
	return p
}

// reject parses a file that a build read, and remembers when it is the reason
// that the build failed.
func (ix *index) reject(rel string) bool {
	for _, d := range ix.parse(rel).findings {
		if d.Severity == dag.Error || d.Code == "FD307" {
			ix.mu.Lock()
			_, known := ix.rejected[rel]
			ix.rejected[rel] = "cannot be parsed: " + d.Message
			ix.mu.Unlock()
			return !known
		}
	}
	return false
}

// unreadable says why a file fails every build, or nothing.
func (ix *index) unreadable(rel string) string {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	return ix.rejected[rel]
}

func isYAML(name string) bool {
	ext := path.Ext(name)
	return ext == ".yaml" || ext == ".yml"
}

// cause is an error of the file system without the machine's path.
func cause(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

package gen

import (
	"cmp"
	"iter"
	"path"
	"runtime"
	"slices"
	"sync"

	"github.com/tazlab/fluxdag/dag"
)

// Read returns the cluster that a set of files holds: files that [YAML] generated,
// and those of folders without a kustomization.yaml. It reads every Kustomization
// of Flux, in streams and Lists too, and passes over all other objects.
//
// What our own files say in comments is read back: level, description and
// suppressions. The order of the levels is in no file: they are put in one in which
// dependencies lie in earlier levels. In a foreign file the comment above the object
// is its description; [Document.Comments] tells of all the others, which have no
// place in a declaration.
//
// The findings are those of [Parse], [NodeOf] and [Document.Allow]. A field that
// cannot be carried (FD222) is missing in the node, so where it is required FD201 is
// reported as well.
func Read(files []File) (dag.Cluster, dag.Diagnostics) { return ReadSeq(slices.Values(files)) }

// ReadSeq is [Read] for files that come one by one, in any order: it parses while the
// others are still on their way.
func ReadSeq(files iter.Seq[File]) (dag.Cluster, dag.Diagnostics) {
	results := readAll(files)
	slices.SortStableFunc(results, func(a, b *reader) int { return cmp.Compare(a.path, b.path) })
	var all reader
	for _, r := range results {
		all.nodes = append(all.nodes, r.nodes...)
		all.found = append(all.found, r.found...)
	}
	all.found.Sort()
	return all.cluster(), all.found
}

// largeFile is the size from which on one file is read at a time, so that reading
// several at once needs no more memory than the largest one does.
const largeFile = 256 << 10

// readAll reads the files on all processors, and returns what each holds in their order.
// A few goroutines read them all: the parser needs a deep stack, which every new one would
// have to grow first.
func readAll(files iter.Seq[File]) []*reader {
	type job struct {
		into *reader
		file File
	}
	jobs := make(chan job, 64)
	var large sync.Mutex
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for j := range jobs {
				if len(j.file.Data) >= largeFile {
					large.Lock()
				}
				j.into.file(j.file)
				if len(j.file.Data) >= largeFile {
					large.Unlock()
				}
			}
		})
	}
	var results []*reader
	for f := range files {
		r := &reader{path: f.Path}
		results = append(results, r)
		jobs <- job{r, f}
	}
	close(jobs)
	workers.Wait()
	return results
}

// reader collects what files declare.
type reader struct {
	path  string
	nodes []*read
	found dag.Diagnostics
}

// read is a Kustomization as it was read.
type read struct {
	node   dag.Node
	locate func(field string) dag.Position
	ours   bool
	level  string
	ref    dag.Ref
}

func (r *reader) file(file File) {
	docs, found := Parse(file.Path, file.Data)
	r.found = append(r.found, found...)
	for _, doc := range docs {
		for _, object := range doc.Items() {
			if object.IsKustomization() {
				r.object(object)
			}
		}
	}
}

func (r *reader) object(doc Document) {
	object, err := doc.Object()
	if err != nil {
		r.found = append(r.found, doc.undecodable(err))
		return
	}
	node, problems := NodeOf(object)
	allow, bad := doc.Allow()
	node.Allow = allow
	one := &read{node: node, locate: doc.locator(), ours: marked(doc.text)}
	if one.ours {
		one.level, one.node.Description = readHeader(doc.text)
	} else {
		one.node.Description = doc.about()
	}
	r.nodes = append(r.nodes, one)
	r.found = slices.Concat(r.found, doc.Diagnose(one.key(), problems), bad)
}

// key returns namespace/name as Resolve will see it.
func (r *read) key() string { return r.namespace() + "/" + r.node.Name }

// position returns where the object stands.
func (r *read) position() dag.Position { return r.locate("") }

func (r *read) namespace() string { return cmp.Or(r.node.Namespace, defaultNamespace) }

// defaultNamespace is that of dag.Defaults.
const defaultNamespace = "flux-system"

// cluster returns what the nodes declare.
func (r *reader) cluster() dag.Cluster {
	c := dag.Cluster{Dir: r.dir()}
	c.Name = path.Base(c.Dir)
	switch {
	case c.Dir == ".":
		c.Name = "cluster"
	case c.Dir == "clusters/"+c.Name:
		c.Dir = ""
	}
	r.nameFiles()
	var refs []dag.Ref
	leveled := false
	for _, n := range r.nodes {
		n.ref = dag.DeclareAt(n.node, n.locate)
		refs = append(refs, n.ref)
		leveled = leveled || n.level != ""
	}
	if !leveled {
		c.Nodes = refs
		return c
	}
	c.Levels = r.levels(dag.Resolve(dag.Cluster{Name: c.Name, Dir: c.Dir, Nodes: refs}))
	return c
}

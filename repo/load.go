package repo

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// Options say what a repository does not.
type Options struct {
	// Roots are folders that are synced or applied by hand, slash-separated and
	// relative to the repository. Where there are any, no other root is looked for.
	Roots []string
	// ArtifactRoot is the folder that the root's source holds, where that is not
	// the whole repository and cannot be told from the paths.
	ArtifactRoot string
	// Vars are values for variables that only the cluster knows.
	Vars map[string]string
	// Temporary is the folder in which [Repository.Verify] makes its copy; the
	// system's where it is empty.
	Temporary string
	// Progress is told, from one goroutine, how many Kustomizations of a cluster
	// are built and how many are known so far.
	Progress func(cluster string, built, known int)

	digests bool // of every object, for Verify
}

func (o *Options) progress(cluster string, built, known int) {
	if o.Progress != nil {
		o.Progress(cluster, built, known)
	}
}

// Repository is what a repository holds, as Flux sees it.
type Repository struct {
	Clusters []*Cluster
	// Findings are those that belong to no cluster.
	Findings dag.Diagnostics

	index   *index
	options *Options
}

// Cluster is one cluster of a repository.
type Cluster struct {
	// Name tells it from the others: the telling folder of its root's path.
	Name string
	// Root is the folder where Flux begins, relative to the repository.
	Root string
	// ArtifactRoot is the folder that the root's source holds, relative to the
	// repository; "." is all of it.
	ArtifactRoot string
	// Graph has a node for every Kustomization, with defaults and patches applied
	// and variables substituted, as it is in the cluster.
	Graph *dag.Graph
	// Objects are what each Kustomization applies, by namespace/name.
	Objects map[string][]*Object
	// AppliedBy names the Kustomizations that apply a Kustomization, both by
	// namespace/name; one that is made outside the repository has none.
	AppliedBy map[string][]string
	// Documents are the authors' documents of the Kustomizations that have one.
	Documents map[string]*gen.Document
	// Symbolic lists the variables whose values only the cluster knows, by the
	// Kustomization that substitutes them.
	Symbolic map[string][]string

	byHand       []*Object // what a person applies with the root
	findings     dag.Diagnostics
	index        *index
	rootKey      string              // of the sync root, where it is a node
	judged       map[string]bool     // the Kustomizations whose path was looked at
	declarations map[string]dag.Node // as the graph has them
}

// ErrNoRoot says that a repository has no object of Flux to begin with.
var ErrNoRoot = errors.New("no sync root found")

// Load reads the repository in a folder. It fails only where the folder cannot
// be read or where no sync root is found ([ErrNoRoot]); everything else is a
// finding, and the rest goes on.
func Load(dir string, o Options) (*Repository, error) {
	base, err := realPath(dir)
	if err != nil {
		return nil, err
	}
	l := &loader{options: &o, index: newIndex(base), trees: map[string]*tree{}}
	roots, err := l.chosenRoots()
	if err != nil {
		return nil, err
	}
	if roots == nil {
		roots = l.index.roots()
	}
	nameRoots(roots)
	for _, r := range roots {
		l.load(r)
	}
	if len(o.Roots) == 0 {
		l.loadCandidates(roots)
		l.dropSuperseded()
	}
	if len(l.clusters) == 0 {
		return nil, ErrNoRoot
	}
	return l.finish(), nil
}

type loader struct {
	options  *Options
	index    *index
	trees    map[string]*tree // by root and spec.ignore
	clusters []*cluster
}

// chosenRoots returns the roots that the user names, or nil.
func (l *loader) chosenRoots() ([]syncRoot, error) {
	var roots []syncRoot
	for _, p := range l.options.Roots {
		clean := cleanPath(p)
		if len(l.index.below(clean)) == 0 {
			return nil, fmt.Errorf("the root %s holds no YAML file of the repository", quote(p))
		}
		r := syncRoot{path: clean, source: l.index.usualSource(clean), pos: dag.Position{File: clean}}
		if prefix := cleanPath(l.options.ArtifactRoot); prefix != "." && under(prefix, clean) {
			r.path = cleanPath(strings.TrimPrefix(clean, prefix))
		}
		for _, known := range slices.Concat(l.index.roots(), l.index.candidates()) {
			if path.Join(l.artifactRoot(known), known.path) == clean {
				r = known
				break
			}
		}
		roots = append(roots, r)
	}
	return roots, nil
}

// loadCandidates follows what only looks like a root, where nothing reaches it.
func (l *loader) loadCandidates(known []syncRoot) {
	for _, r := range l.index.candidates() {
		taken := slices.ContainsFunc(known, func(k syncRoot) bool { return k.path == r.path })
		if !taken && !l.reached(r.pos.File) && !quietFolder(r.pos.File) {
			known = append(known, r)
			nameRoots(known)
			l.load(known[len(known)-1])
		}
	}
	roots := l.siblings(known)
	if len(l.clusters) == 0 {
		roots = l.index.folders()
	}
	known = append(known, roots...)
	nameRoots(known)
	for _, r := range known[len(known)-len(roots):] {
		l.load(r)
	}
}

// siblings returns the folders beside a known root's that hold Kustomizations which
// nothing reaches: where one folder is a cluster, so are the others, though what
// starts them is kept elsewhere.
func (l *loader) siblings(known []syncRoot) []syncRoot {
	var found []syncRoot
	taken := map[string]bool{}
	for _, r := range known {
		taken[r.path] = true
	}
	for _, r := range known {
		parent := path.Dir(r.path)
		if parent == "." || r.source == (source{}) {
			continue
		}
		for _, dir := range l.index.directories() {
			if path.Dir(dir) != parent || taken[dir] || quietFolder(dir+"/x") || !l.leads(dir) {
				continue
			}
			taken[dir] = true
			found = append(found, syncRoot{path: dir, source: r.source, url: r.url, pos: dag.Position{File: dir}})
		}
	}
	return found
}

// leads reports whether a folder directly holds a Kustomization that nothing
// reaches and whose path exists.
func (l *loader) leads(dir string) bool {
	for _, file := range l.index.flux {
		if path.Dir(file) != dir || l.reached(file) {
			continue
		}
		for _, d := range l.index.objects(file) {
			object, err := d.Object()
			if err == nil && d.IsKustomization() && text(object, "spec", "path") != "" && l.isDir(cleanPath(text(object, "spec", "path"))) {
				return true
			}
		}
	}
	return false
}

func (l *loader) reached(file string) bool {
	return slices.ContainsFunc(l.clusters, func(c *cluster) bool { return c.reached[file] })
}

// load follows one root.
func (l *loader) load(r syncRoot) {
	r.prefix = l.artifactRoot(r)
	artifact := r.prefix + "\x00" + r.ignore
	t := l.trees[artifact]
	if t == nil {
		var err error
		if t, err = newTree(l.index.base, r.prefix, r.ignore, l.index); err != nil {
			l.index.findings = append(l.index.findings, finding(unreadablePath, dag.Position{File: r.prefix}, "", "make it readable", "%v", err))
			return
		}
		l.trees[artifact] = t
	}
	c := &cluster{
		options: l.options, index: l.index, tree: t, root: r,
		nodes: map[key]*node{}, owners: map[ID][]owner{}, configMaps: map[key]map[string]any{}, secrets: map[key]bool{},
		urls: map[source]string{}, reached: map[string]bool{},
	}
	c.follow(c.start())
	l.clusters = append(l.clusters, c)
}

// start returns the node that the cluster begins with.
func (c *cluster) start() *node {
	r := c.root
	if r.object != nil {
		k := key{text(r.object, "metadata", "namespace"), text(r.object, "metadata", "name")}
		return &node{key: k, object: r.object, document: r.document, pos: r.pos}
	}
	object := map[string]any{
		"apiVersion": kustomizeGroup + "/v1", "kind": "Kustomization",
		"metadata": map[string]any{"name": "", "namespace": "flux-system"},
		"spec":     map[string]any{"path": "./" + r.path},
	}
	return &node{key: key{"flux-system", ""}, object: object, pos: r.pos, virtual: true}
}

// artifactRoot returns the folder of the repository that the root's source holds.
// For a Git repository it is all of it. What is pushed as an OCI artifact may be a
// folder: the one under which the paths of the Kustomizations exist.
func (l *loader) artifactRoot(r syncRoot) string {
	if l.options.ArtifactRoot != "" {
		return cleanPath(l.options.ArtifactRoot)
	}
	if r.object == nil || l.isDir(r.path) && (r.source.kind == "GitRepository" || r.source.kind == "") {
		return "."
	}
	best, most := ".", 0
	for _, dir := range l.index.directories() {
		if l.isDir(path.Join(dir, r.path)) {
			if n := l.existingPaths(dir); n > most {
				best, most = dir, n
			}
		}
	}
	return best
}

// existingPaths counts the Kustomizations below dir whose path exists below it.
func (l *loader) existingPaths(dir string) int {
	n := 0
	for _, file := range l.index.flux {
		if !under(dir, file) {
			continue
		}
		for _, d := range l.index.objects(file) {
			if group, _ := groupOf(d.APIVersion()); !isKustomization(group, d.Kind()) {
				continue
			}
			if object, err := d.Object(); err == nil && text(object, "spec", "path") != "" && l.isDir(path.Join(dir, cleanPath(text(object, "spec", "path")))) {
				n++
			}
		}
	}
	return n
}

// finish turns what was followed into graphs.
func (l *loader) finish() *Repository {
	r := &Repository{Findings: slices.Clone(l.index.findings), index: l.index, options: l.options}
	for _, c := range l.clusters {
		r.Clusters = append(r.Clusters, c.finish())
	}
	slices.SortStableFunc(r.Clusters, func(a, b *Cluster) int { return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Name, b.Name)) })
	r.Findings = append(r.Findings, l.fileFindings()...)
	r.Findings.Sort()
	return r
}

package repo

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// Options say what a repository does not.
type Options struct {
	// Roots are folders that are synced or applied by hand, slash-separated and
	// relative to the repository. Where there are any, no other root is looked for.
	Roots []string
	// Declared are the names of clusters that are known from elsewhere, by their folders in
	// the repository, which need not be there. Where there are any, no folder is taken for
	// a cluster only because of its shape.
	Declared map[string]string
	// Submodules are the commits of submodules, by their folders, which are empty; nil where
	// they are not known: then it is those of .gitmodules whose folders are.
	Submodules map[string]string
	// ArtifactRoot is the folder that the root's source holds, where that is not
	// the whole repository and cannot be told from the paths.
	ArtifactRoot string
	// Vars are values for variables that only the cluster knows.
	Vars map[string]string
	// Flux is the minor version of Flux that runs, such as "2.9"; the newest that is
	// known where it is empty. It decides what a variable without a value becomes, and
	// which versions of an API are served.
	Flux string
	// Temporary is the folder in which [Repository.Verify] makes its copy; the
	// system's where it is empty.
	Temporary string
	// Progress is told, from one goroutine, how many Kustomizations of a cluster
	// are built and how many are known so far.
	Progress func(cluster string, built, known int)

	// Digests asks for [Object.Digest] and [Object.Fixed].
	Digests bool
	// Cache keeps what was built, for a load of another revision of the repository with the
	// same options; nil keeps nothing.
	Cache *Cache
	// Differs reports, to a load that finds something in the Cache, whether a file, or
	// anything below a folder, is not as in the load before.
	Differs func(path string) bool
}

// Strict reports whether a variable without a value fails a build in a minor version of Flux, the
// newest where that is empty: the feature gate StrictPostBuildSubstitutions of
// kustomize-controller, on since Flux 2.9.
func Strict(flux string) bool { return flux == "" || minor(flux) >= 9 }

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
	// Uses lists the variables for which a value of [Options.Vars] counts, by the
	// Kustomization that substitutes them.
	Uses map[string][]string

	misspelt     map[string]dag.Position // what was meant for a Kustomization (FD342)
	byHand       []*Object               // what a person applies with the root
	findings     dag.Diagnostics
	index        *index
	built        map[string]bool // every kustomization.yaml that some build read
	rootKey      string          // of the sync root, where it is a node
	source       string          // see Source
	reads        map[string][]string
	sources      map[string]string   // see Sources
	ignores      map[string]string   // see Ignores
	suspended    map[string]bool     // see Suspended
	copies       map[string]bool     // see Copies
	opaque       map[string][]string // the ConfigMaps and Secrets that a node substitutes from, and that are not known
	contents     map[string]string   // hashes of those that are applied
	site         *cluster            // see Applies
	judged       map[string]bool     // the Kustomizations whose path was looked at
	declarations map[string]dag.Node // as the graph has them
	bodies       map[string]map[string]any
	// rootSubstitutes is set where the sync root has variables.
	rootSubstitutes bool
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
	if l.index.submodules = o.Submodules; o.Submodules == nil {
		l.index.submodules = emptySubmodules(base)
	}
	l.memory = o.Cache.begin(l.index, o.Differs)
	roots, err := l.chosenRoots()
	if err != nil {
		return nil, err
	}
	if roots == nil {
		roots = l.index.roots()
	}
	l.nameDeclared(roots)
	nameRoots(roots)
	for _, r := range roots {
		l.load(r)
	}
	if len(o.Roots) == 0 {
		roots = l.loadDeclared(roots)
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
	memory   *memory
	index    *index
	trees    map[string]*tree // by root and spec.ignore
	clusters []*cluster
}

func (l *loader) reached(file string) bool {
	return slices.ContainsFunc(l.clusters, func(c *cluster) bool { return c.reached[file] })
}

// load follows one root.
func (l *loader) load(r syncRoot) {
	r.prefix = l.artifactRoot(r)
	submodules := l.index.submodulesOf(r)
	artifact := fmt.Sprintf("%s\x00%s\x00%t", r.prefix, r.ignore, submodules != nil)
	t := l.trees[artifact]
	if t == nil {
		var err error
		if t, err = newTree(l.index.base, r.prefix, r.ignore, l.index); err != nil {
			l.index.findings = append(l.index.findings, finding(unreadablePath, dag.Position{File: r.prefix}, "", "make it readable", "%v", err))
			return
		}
		t.submodules = submodules
		l.trees[artifact] = t
	}
	c := &cluster{
		options: l.options, memory: l.memory, index: l.index, tree: t, root: r,
		nodes: map[key]*node{}, owners: map[ID][]owner{}, configMaps: map[key]map[string]any{}, secrets: map[key]bool{},
		sources: map[source]map[string]any{}, reached: map[string]bool{}, built: map[string]bool{},
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

package repo

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// cluster is what is found from one sync root on.
type cluster struct {
	options *Options
	memory  *memory
	index   *index
	tree    *tree
	root    syncRoot
	former  source // see Succeeds

	nodes      map[key]*node
	order      []*node                // as they were found
	owners     map[ID][]owner         // who applies what
	configMaps map[key]map[string]any // their data
	secrets    map[key]bool
	releases   []*Object
	sources    map[source]map[string]any // those that are applied
	generators []*Object                 // the ArtifactGenerators that are applied
	artifacts  map[source]*artifact      // what they make, see arrange
	boundaries []dag.Boundary
	misspelt   map[string]dag.Position // what was meant for a Kustomization, by namespace/name
	findings   dag.Diagnostics         // about no node
	built      map[string]bool         // every kustomization.yaml that some build read
	reached    map[string]bool         // files that some build used
}

// owner is a Kustomization that applies an object.
type owner struct {
	node   *node
	object *Object
}

// node is one Kustomization of a cluster.
type node struct {
	key      key
	object   map[string]any // as it is in the cluster
	document *gen.Document  // as its author wrote it; nil where nobody did
	pos      dag.Position   // where there is no document
	virtual  bool           // stands for a folder that somebody applies by hand
	appliers []*node        // the Kustomizations that apply it, in order

	vars      *variables
	like      string // the same for nodes that apply the same, see cacheKey
	boundary  bool   // what it applies is not known
	judged    bool   // its path was looked at
	built     built
	prebuilt  *built // the same, before its turn
	inventory []*Object
	rejected  []string // files that were left out of a generated kustomization.yaml
	bounds    []dag.Boundary
	idle      []idle    // patches that match nothing
	homeless  []*Object // what the API server refuses for want of a namespace
	lost      []string  // files and folders that could not be built
	findings  []dag.Diagnostic
}

// Position returns where a field was written, as exactly as is known.
func (n *node) locate(field string) dag.Position {
	if n.document != nil {
		return n.document.Position(field)
	}
	return n.pos
}

func (n *node) path() string { return text(n.object, "spec", "path") }

// remote reports whether the node applies to another cluster.
func (n *node) remote() bool { return value(n.object, "spec", "kubeConfig") != nil }

// follow builds the root and then, wave by wave, what the builds bring.
func (c *cluster) follow(root *node) {
	queue := []*node{c.add(root)}
	for len(queue) > 0 {
		c.arrange()
		wave, rest := c.ready(queue)
		c.expandAll(wave, rest)
		for _, n := range wave {
			rest = append(rest, c.take(n)...)
			c.options.progress(c.root.name, len(c.order)-len(rest), len(c.order))
		}
		if queue = rest; len(queue) == 0 {
			queue = c.reconsidered()
		}
	}
}

// reconsidered returns the nodes that were left because of a source which something
// built later turned out to be this repository, ready to be built after all.
func (c *cluster) reconsidered() []*node {
	var queue []*node
	c.arrange()
	for _, n := range c.order {
		i := slices.IndexFunc(n.bounds, func(b dag.Boundary) bool { return b.Kind == "source" })
		if i < 0 || !n.boundary || !c.sameSource(sourceOf(n.object, n.key.namespace)) && c.followed(n) == nil {
			continue
		}
		left := n.bounds[i]
		c.boundaries = slices.DeleteFunc(c.boundaries, func(b dag.Boundary) bool { return b == left })
		n.bounds, n.boundary = slices.Delete(n.bounds, i, i+1), false
		queue = append(queue, n)
	}
	return queue
}

// add takes a node into the cluster.
func (c *cluster) add(n *node) *node {
	c.nodes[n.key] = n
	c.order = append(c.order, n)
	return n
}

// prepare works out what a node is built with besides files. No node of the same wave
// changes that.
func (c *cluster) prepare(n *node) {
	n.vars = c.variablesOf(n)
	n.like = c.cacheKey(n)
}

// expand builds what a node applies. It touches nothing but the node. One that
// applies itself, as the sync root does, is built as what it makes of itself.
func (c *cluster) expand(n *node) {
	const most = 5 // a patch may append something each time
	for range most {
		c.expandOnce(n)
		i := slices.IndexFunc(n.inventory, func(o *Object) bool { return isKustomization(o.Group, o.Kind) && o.key() == n.key })
		if i < 0 || n.virtual || n.remote() || reflect.DeepEqual(n.object["spec"], n.inventory[i].body["spec"]) {
			return
		}
		own := n.inventory[i]
		*n = node{key: n.key, object: own.body, document: cmp.Or(n.document, own.document), pos: n.pos, appliers: n.appliers}
		c.prepare(n)
	}
	c.expandOnce(n)
}

// expandOnce builds a node that is prepared.
func (c *cluster) expandOnce(n *node) {
	if b, beyond := c.beyond(n); beyond {
		n.boundary = true
		n.bound(b)
		return
	}
	if _, has := n.object["spec"]; !has { // it has no source: Flux builds nothing
		n.boundary = true
		return
	}
	n.judged = true
	t, dir := c.placed(n)
	if what, folder := t.submodule(dir); what != "" {
		n.boundary, n.built.reads = true, []string{folder}
		n.bound(n.remoteBoundary(cut{entry: what}))
		return
	}
	switch s := t.stat(dir); {
	case !s.exists:
		n.boundary = true
		c.absentPath(n)
		return
	case !s.dir:
		n.boundary = true
		n.report(pathIsFile, "spec.path", "name the folder that holds it, "+quote(parentOf(n.path())),
			"the path %s is a file: Flux fails with \"not a directory\"", quote(n.path()))
		return
	}
	if n.prebuilt == nil && c.memory.recall(n) {
		c.reportWarnings(n, c.tree.rel(dir))
		return
	}
	if n.prebuilt != nil {
		n.built, n.prebuilt = *n.prebuilt, nil
	} else {
		n.built = t.build(n.object, dir)
	}
	c.reportBuild(n, dir)
	c.collect(n, dir)
	n.built.resources = nil
	c.memory.keep(n)
}

// take enters what a node applies into the cluster, and returns the nodes that
// are new.
func (c *cluster) take(n *node) []*node {
	var found []*node
	for _, b := range n.bounds {
		c.addBoundary(b)
	}
	for _, file := range n.rejected {
		c.reached[file] = true
	}
	for _, file := range n.built.files {
		c.built[file] = true
	}
	for _, cut := range n.built.cuts {
		c.reached[cut.pos.File], c.reached[cut.target] = true, true
		if cut.remote {
			c.addBoundary(n.remoteBoundary(cut))
		}
	}
	for _, o := range n.inventory {
		c.reached[o.Position.File] = true
		if n.remote() {
			continue
		}
		c.owners[o.ID()] = append(c.owners[o.ID()], owner{n, o})
		switch {
		case isKustomization(o.Group, o.Kind):
			if child := c.child(n, o); child != nil {
				found = append(found, child)
			}
		case o.Group == "" && o.Kind == "ConfigMap":
			data, _ := value(o.body, "data").(map[string]any)
			c.configMaps[o.key()] = data
		case o.Group == "" && o.Kind == "Secret":
			c.secrets[o.key()] = true
		case o.isRelease():
			c.releases = append(c.releases, o)
		case o.Group == extensionsGroup && o.Kind == "ArtifactGenerator":
			if !slices.ContainsFunc(c.generators, func(g *Object) bool { return g.ID() == o.ID() }) {
				c.generators = append(c.generators, o)
			}
		case isSource(o.Group, o.Kind):
			c.sources[source{o.Kind, o.Namespace, o.Name}] = o.body
		case o.Group == operatorGroup && o.Kind == "ResourceSet" && makesFlux(o.body):
			c.addBoundary(dag.Boundary{Kind: "generated", Node: n.name(), What: "ResourceSet " + o.key().String(), Position: o.Position})
		}
	}
	return found
}

// child returns the node of a Kustomization that parent applies, or nil where it
// is known or where its name is not.
func (c *cluster) child(parent *node, o *Object) *node {
	if IsSymbolic(o.Name) || IsSymbolic(o.Namespace) {
		c.addBoundary(dag.Boundary{Kind: "variable", Node: parent.name(), What: "Kustomization " + o.key().String(), Position: o.Position})
		return nil
	}
	if known := c.nodes[o.key()]; known != nil {
		if known.object == nil || known.document == nil && !known.virtual {
			known.document, known.pos = o.document, o.Position
		}
		known.appliers = append(known.appliers, parent)
		return nil
	}
	return c.add(&node{key: o.key(), object: o.body, document: o.document, pos: o.Position, appliers: []*node{parent}})
}

func (n *node) name() string {
	if n.virtual {
		return ""
	}
	return n.key.String()
}

// bound says where knowledge of what the node applies ends.
func (n *node) bound(b dag.Boundary) { n.bounds = append(n.bounds, b) }

func (c *cluster) addBoundary(b dag.Boundary) {
	if !slices.Contains(c.boundaries, b) {
		c.boundaries = append(c.boundaries, b)
	}
}

// open reports whether something may be applied that is not known here.
func (c *cluster) open() bool { return len(c.boundaries) > 0 }

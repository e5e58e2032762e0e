package dag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Resolve applies the defaults, links the references and returns the graph. It
// takes any declaration, however wrong: what is wrong with it is told by
// [Graph.Check], each finding by a rule with a code. Its time is linear in nodes
// and edges.
func Resolve(c Cluster) *Graph {
	r := &resolver{
		graph:   &Graph{cluster: c, externals: map[objectKey][]outside{}},
		listed:  make(map[*declared]*Vertex, len(c.Nodes)),
		missing: map[*declared]int{},
	}
	r.graph.cluster.Boundaries = slices.SortedFunc(slices.Values(c.Boundaries), Boundary.compare)
	var clashes []string
	r.defaults, clashes = c.Defaults.partial()
	for _, name := range clashes {
		r.shape("Defaults sets "+name+" both by name and in Extra", "set it once, by name where there is one")
	}
	r.graph.hasDefaults = r.defaults.said != 0
	r.list()
	r.move()
	r.order(compareListed)
	r.build()
	r.settle()
	r.link()
	r.graph.arrange()
	return r.graph
}

type resolver struct {
	graph    *Graph
	defaults *partial
	listed   map[*declared]*Vertex
	missing  map[*declared]int // the fault of a node that is not listed
}

// clusterPosition is where findings about the cluster itself point.
func (g *Graph) clusterPosition() Position { return Position{File: g.Dir()} }

func (r *resolver) fault(f fault) { r.graph.faults = append(r.graph.faults, f) }

func (r *resolver) shape(message, hint string) {
	r.fault(fault{kind: faultShape, pos: r.graph.clusterPosition(), message: message, hint: hint})
}

// list makes a vertex of every listed node.
func (r *resolver) list() {
	c := r.graph.cluster
	if len(c.Levels) > 0 && len(c.Nodes) > 0 {
		r.shape("the cluster sets both Levels and Nodes", "list every node in Levels, or every node in Nodes")
	}
	for i, level := range c.Levels {
		for _, ref := range level.Nodes {
			r.listNode(ref, i, level.Name)
		}
	}
	for _, ref := range c.Nodes {
		r.listNode(ref, -1, "")
	}
	r.outside("Externals", c.Externals, false)
	r.outside("Unbuilt", c.Unbuilt, true)
	r.checkShape()
	if len(r.graph.vertices) == 0 {
		r.shape("the cluster has no node: generating it would remove every generated file, and Flux would prune what they applied",
			"list the nodes in Levels")
	}
}

// outside records where Kustomizations are that the cluster does not declare.
func (r *resolver) outside(list string, refs []Ref, unbuilt bool) {
	for i, ref := range refs {
		key := ref.key(r.graph.cluster.Defaults.namespace())
		if ref.external == "" || key.problem() != "" {
			r.fault(fault{kind: faultReference, pos: cmp.Or(ref.pos, r.graph.clusterPosition()),
				message: fmt.Sprintf("%s[%d] is not the name of a Kustomization elsewhere", list, i),
				hint:    "use dag.External(\"namespace/name\")"})
			continue
		}
		r.graph.externals[key] = append(r.graph.externals[key], outside{ref.pos, unbuilt})
	}
	for _, places := range r.graph.externals {
		slices.SortStableFunc(places, func(a, b outside) int { return a.pos.Compare(b.pos) })
	}
}

func (r *resolver) listNode(ref Ref, level int, levelName string) {
	where := levelTitle(level, levelName)
	switch {
	case ref.isZero():
		r.fault(fault{kind: faultReference, pos: r.graph.clusterPosition(),
			message: where + " lists a dag.Ref that refers to nothing", hint: "list what dag.Declare returned"})
		return
	case ref.node == nil:
		r.fault(fault{kind: faultReference, pos: ref.pos,
			message: fmt.Sprintf("%s lists %s, which is external: nothing can be generated for it", where, ref.external),
			hint:    "list what dag.Declare returned, or move the reference to Cluster.Externals"})
		return
	}
	if first := r.listed[ref.node]; first != nil {
		message := "listed in " + first.levelTitle() + " and again in " + where
		if first.levelTitle() == where {
			message = "listed twice in " + where
		}
		r.fault(fault{kind: faultRelisted, vertex: first, message: message, hint: "list it once"})
		return
	}
	n := ref.node.node
	v := &Vertex{node: ref.node, file: cmp.Or(n.File, n.Name+".yaml"), declaredLevel: level, levelName: levelName}
	v.setKey(objectKey{r.namespace(ref.node), n.Name})
	r.listed[ref.node] = v
	r.graph.vertices = append(r.graph.vertices, v)
}

func (r *resolver) namespace(d *declared) string {
	return cmp.Or(d.node.Namespace, r.graph.cluster.Defaults.namespace())
}

// build fills in the object of every vertex.
func (r *resolver) build() {
	for _, v := range r.graph.vertices {
		alone := r.alone(v)
		if alone && v.share() {
			continue
		}
		faults := len(r.graph.faults)
		if r.buildOne(v); alone && len(r.graph.faults) == faults {
			v.node.alone.CompareAndSwap(nil, v.object) // else another graph was quicker
			v.share()
		}
	}
	for _, i := range r.missing {
		slices.SortFunc(r.graph.faults[i].related, Related.compare)
	}
}

// alone reports whether the object of a vertex depends on what its node says alone. Then
// the graphs of several clusters that list it, as the two sides of a plan, share the object.
func (r *resolver) alone(v *Vertex) bool {
	return r.defaults.said == 0 && v.moved == notMoved && len(v.node.node.DependsOn)+len(v.node.node.Omit) == 0
}

// share takes the object that another graph made of the node, where there is one.
func (v *Vertex) share() bool {
	shared := v.node.alone.Load()
	if shared == nil || v.key() != (objectKey{shared.Namespace, shared.Name}) {
		return false
	}
	v.object = shared
	return true
}

func (r *resolver) buildOne(v *Vertex) {
	n := &v.node.node
	own, clashes := n.partial(r.references(v))
	for _, name := range clashes {
		r.fault(fault{kind: faultClash, vertex: v, field: "spec." + name,
			message: name + " is set both by name and in Extra", hint: "set it once, by name where there is one",
			related: []Related{{v.Position(), "Extra", "it is also set here"}}})
	}
	for i, name := range n.Omit {
		if problem := omitProblem(name, own, r.defaults); problem != "" {
			r.fault(fault{kind: faultClash, vertex: v, field: fmt.Sprintf("Omit[%d]", i), message: "Omit names " + problem, hint: "drop the entry from Omit"})
		}
	}
	v.inherited = own.inherit(r.defaults, n.Omit)
	r.require(v, own.said)
	tidy(&own.spec)
	own.spec.DeepCopyInto(&v.object.Spec)
	v.object.Spec.Suspend = v.object.Spec.Suspend || v.moved.suspended()
	v.object.TypeMeta = metav1.TypeMeta{APIVersion: kustomizev1.GroupVersion.String(), Kind: kustomizev1.KustomizationKind}
	v.object.Labels = cloneMap(n.Labels)
	v.object.Annotations = cloneMap(n.Annotations)
}

// require faults a vertex without a field that the API server requires.
func (r *resolver) require(v *Vertex, said fieldSet) {
	for _, name := range requiredFields {
		if said.has(name) {
			continue
		}
		v.lacks = append(v.lacks, "spec."+name)
		goName := map[string]string{"interval": "Interval", "prune": "Prune", "sourceRef": "Source"}[name]
		r.fault(fault{kind: faultRequired, vertex: v, field: "spec." + name,
			message: v.hint("spec."+name+" is required and set neither by the node nor by the cluster's defaults", "spec."+name+" is required and not set: the API server refuses the object"),
			hint:    v.hint("set Defaults."+goName+", or "+goName+" on the node", "set spec."+name)})
	}
}

func (k objectKey) compare(l objectKey) int {
	return cmp.Or(strings.Compare(k.namespace, l.namespace), strings.Compare(k.name, l.name))
}

func cloneMap(m map[string]string) map[string]string {
	if len(m) == 0 {
		return nil
	}
	clone := make(map[string]string, len(m))
	for k, v := range m {
		clone[k] = v
	}
	return clone
}

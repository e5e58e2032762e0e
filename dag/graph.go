package dag

import (
	"fmt"
	"iter"
	"slices"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Graph is the dependency graph of one cluster. It is immutable and safe for
// concurrent use. Its vertices have one order, by level (longest path) and then
// by namespace and name, whatever the order of the declaration.
type Graph struct {
	cluster  Cluster
	vertices []*Vertex // in order
	byID     []*Vertex // by namespace and name: byID[i].id == i
	byKey    map[objectKey]*Vertex
	byName   map[string]*Vertex // byKey, by namespace/name
	deps     [][]int32          // adjacency by vertex id, without repeats and self-loops
	rdeps    [][]int32
	levels   [][]*Vertex
	cycles   [][]*Vertex

	externals   map[objectKey][]outside
	faults      []fault
	moves       []Move
	hasDefaults bool // the cluster's Defaults says anything of the spec
}

// outside is a place that is said to define a Kustomization of the cluster.
type outside struct {
	pos     Position
	unbuilt bool // Cluster.Unbuilt says so
}

// fault is a defect that shows only while the declaration is resolved. A rule
// reports it.
type fault struct {
	kind    faultKind
	vertex  *Vertex // nil: not about a listed node
	node    string  // whose, where vertex is nil
	field   string
	message string
	hint    string
	pos     Position // where vertex is nil
	related []Related
}

type faultKind int

const (
	faultClash faultKind = iota + 1
	faultReference
	faultUnlisted
	faultRelisted
	faultShape
	faultRequired
	faultMove
)

// Name returns the name of the cluster.
func (g *Graph) Name() string { return g.cluster.Name }

// Dir returns the folder of the generated files, slash-separated and relative
// to the root of the repository.
func (g *Graph) Dir() string { return g.cluster.dir() }

// Vertices returns all vertices in order: those without dependencies first, then
// level by level, by namespace and name within a level.
func (g *Graph) Vertices() iter.Seq[*Vertex] { return slices.Values(g.vertices) }

// Len returns the number of vertices.
func (g *Graph) Len() int { return len(g.vertices) }

// Vertex returns the vertex with that namespace and name, or nil.
func (g *Graph) Vertex(namespace, name string) *Vertex {
	return g.byKey[objectKey{namespace, name}]
}

// Lookup returns the vertex with that [Vertex.Key], namespace/name, or nil.
func (g *Graph) Lookup(key string) *Vertex { return g.byName[key] }

// Levels returns the vertices by level: level 0 depends on nothing, and every
// other level holds what directly depends on the one before it. The vertices of
// a cycle share a level.
func (g *Graph) Levels() [][]*Vertex { return clone(g.levels) }

// Vertex is one Kustomization of a resolved graph.
type Vertex struct {
	id     int
	object *kustomizev1.Kustomization // that of other graphs too, see resolver.alone
	name   string                     // namespace/name
	node   *declared
	file   string
	level  int
	moved  movement

	lacks     []string // required fields that nobody sets
	inherited fieldSet // what comes from the defaults

	declaredLevel int // index into Cluster.Levels, -1 without levels
	levelName     string
	edges         []edge
}

// edge is one entry of dependsOn.
type edge struct {
	origin edgeOrigin
	key    objectKey
	to     *Vertex // nil where the graph holds no such vertex
}

type edgeOrigin int

const (
	edgeDeclared edgeOrigin = iota + 1 // a Ref that Declare returned
	edgeExternal                       // a Ref that External returned
	edgeNamed                          // a name in Extra.DependsOn
	edgeFaulty                         // reported as a fault already
)

// Key returns namespace/name.
func (v *Vertex) Key() string { return v.name }

// setKey names the Kustomization.
func (v *Vertex) setKey(k objectKey) {
	v.object, v.name = &kustomizev1.Kustomization{ObjectMeta: metav1.ObjectMeta{Namespace: k.namespace, Name: k.name}}, k.String()
}

func (v *Vertex) key() objectKey { return objectKey{v.object.Namespace, v.object.Name} }

// Object returns the Kustomization as it is written out, defaults included. It
// is shared: treat it as read-only.
func (v *Vertex) Object() *kustomizev1.Kustomization { return v.object }

// Description returns the node's description.
func (v *Vertex) Description() string { return v.node.node.Description }

// File returns the name of the vertex's file in [Graph.Dir].
func (v *Vertex) File() string { return v.file }

// Position returns where the node was declared.
func (v *Vertex) Position() Position { return v.node.pos }

// Allow returns the suppressions of the node.
func (v *Vertex) Allow() map[string]string { return v.node.node.Allow }

// Level returns the length of the longest path to a vertex without
// dependencies.
func (v *Vertex) Level() int { return v.level }

// DeclaredLevel returns the index and the name of the level that lists the node;
// the index is -1 when the cluster is declared without levels.
func (v *Vertex) DeclaredLevel() (int, string) { return v.declaredLevel, v.levelName }

// hint returns what to say of the declaration, or of the YAML of a node that a
// reader declared.
func (v *Vertex) hint(inGo, inYAML string) string {
	if v.node.locate != nil {
		return inYAML
	}
	return inGo
}

// Lacks reports whether neither the node nor the defaults set a field that the API
// server requires, such as "spec.prune", whose zero value the object then has.
func (v *Vertex) Lacks(field string) bool { return slices.Contains(v.lacks, field) }

// Report returns a finding about the vertex, for rules: field is the path of
// the field concerned or empty, hint one change that mends it. [Graph.Check]
// fills in code and severity.
func (v *Vertex) Report(field, hint, format string, args ...any) Diagnostic {
	return Diagnostic{
		Position: v.node.at(field),
		Node:     v.Key(),
		Field:    field,
		Message:  fmt.Sprintf(format, args...),
		Hint:     hint,
	}
}

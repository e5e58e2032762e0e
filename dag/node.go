package dag

import (
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

// Source names the source that a node's path lies in (spec.sourceRef).
type Source = kustomizev1.CrossNamespaceSourceReference

// SubstituteReference names a ConfigMap or Secret that holds variables
// (spec.postBuild.substituteFrom).
type SubstituteReference = kustomizev1.SubstituteReference

// Node declares one Kustomization.
//
// A zero field takes the cluster's default ([Defaults]); any other value
// replaces the default whole. An empty, non-nil slice or map is such a value:
// it says "none".
type Node struct {
	// Name is metadata.name, and names the generated file. Required; at most
	// 63 characters, because Flux writes it into a label.
	Name string
	// Namespace is metadata.namespace.
	Namespace string
	// Labels and Annotations are the object's own metadata.
	Labels, Annotations map[string]string
	// Description says what the node brings and why it is there. It stands as
	// a comment on top of the generated file. White space around it is cut off.
	Description string
	// File is the name of the generated file; Name + ".yaml" when empty.
	File string

	// Path is the directory of the source to build, relative, with forward
	// slashes. Empty means the root of the source.
	Path string
	// DependsOn are the nodes that must be ready before this one is applied.
	DependsOn []Ref
	// Ready says when the node counts as ready; [Applied] when neither the node
	// nor the cluster's defaults say anything.
	Ready Readiness

	// Interval is the time between two reconciliations.
	Interval time.Duration
	// RetryInterval is the time to the next attempt after a failure; Flux
	// takes Interval when it is unset.
	RetryInterval time.Duration
	// Timeout bounds build, apply and health checks; Flux takes Interval less
	// 30 s when it is unset, and never less than 30 s.
	Timeout time.Duration
	// Prune says whether Flux deletes what disappears from the build. Required,
	// here or in the defaults: write new(true) or new(false).
	Prune *bool
	// Source is where Path lies.
	Source Source
	// TargetNamespace overrides the namespace of everything that is applied.
	TargetNamespace string
	// Substitute are variables and their values (postBuild.substitute).
	Substitute map[string]string
	// SubstituteFrom are the objects to take variables from; later ones win.
	SubstituteFrom []SubstituteReference

	// Extra holds every other field of the spec. A field that is also set by
	// name is an error (FD113).
	Extra kustomizev1.KustomizationSpec
	// Omit lists spec fields, by their YAML names, that this node leaves out
	// although the cluster's defaults set them: Omit: []string{"decryption"}.
	Omit []string
	// Allow suppresses findings about this node: the code of a rule, and the
	// reason why its finding is accepted. An error cannot be suppressed.
	Allow map[string]string
}

// declared is a node as Declare saw it. Its address is its identity.
type declared struct {
	node   Node
	pos    Position
	locate func(field string) Position               // nil where pos is all that is known
	alone  atomic.Pointer[kustomizev1.Kustomization] // see resolver.alone
}

// at returns where a field of the node was said, or the node where that is not known.
func (d *declared) at(field string) Position {
	if d.locate == nil {
		return d.pos
	}
	return d.locate(field)
}

// Ref refers to a Kustomization: one that was declared, or one that lives
// outside the declaration. It is opaque, and its zero value refers to nothing.
type Ref struct {
	node      *declared
	external  string
	readyExpr string
	pos       Position
}

// Declare declares a node and remembers where: the file and line of the call
// are the position of every finding about the node. The node is copied, so
// changing n afterwards has no effect.
func Declare(n Node) Ref {
	d := &declared{node: n.clone(), pos: caller(1)}
	register(d)
	return Ref{node: d}
}

// DeclareAt declares a node that stands in some other file than Go source, for
// readers: locate returns the position of a field of the object, such as
// "spec.dependsOn[0]", and that of the object itself for "". Findings about the
// node point at the field that they are about. locate must be safe for concurrent
// use and always give the same answer. The node is not recorded for [Unlisted].
func DeclareAt(n Node, locate func(field string) Position) Ref {
	return Ref{node: &declared{node: n.clone(), pos: locate(""), locate: locate}}
}

// clone returns a copy that shares nothing with n.
func (n Node) clone() Node {
	n.Description = strings.TrimSpace(n.Description)
	n.Labels, n.Annotations = maps.Clone(n.Labels), maps.Clone(n.Annotations)
	n.Substitute, n.Allow = maps.Clone(n.Substitute), maps.Clone(n.Allow)
	n.DependsOn, n.Omit = slices.Clone(n.DependsOn), slices.Clone(n.Omit)
	n.SubstituteFrom = slices.Clone(n.SubstituteFrom)
	n.Extra = *n.Extra.DeepCopy()
	if n.Prune != nil {
		n.Prune = new(*n.Prune)
	}
	return n
}

// External refers to a Kustomization that this declaration does not contain,
// by "namespace/name"; a name alone lies in the namespace of the node that
// depends on it. A node of the cluster that has that name is meant all the same.
//
//go:noinline
func External(name string) Ref {
	// Inlined into the initialisation of a package-level variable, the call would
	// have no line.
	return Ref{external: name, pos: caller(1)}
}

// When returns the same reference with a CEL expression that says when the
// dependency is ready (readyExpr; its variables are dep and self). In Flux it
// replaces the built-in check unless the feature gate AdditiveCELDependencyCheck is on.
func (r Ref) When(expr string) Ref {
	r.readyExpr = expr
	return r
}

// At sets the position of the declaration that r refers to, for programs whose
// External or Declare stands for what was written in some other file.
func (r Ref) At(pos Position) Ref {
	if r.node != nil {
		r.node.pos, r.node.locate = pos, nil
	}
	r.pos = pos
	return r
}

// Position returns where the node was declared, or where the external reference
// was made.
func (r Ref) Position() Position {
	if r.node != nil {
		return r.node.pos
	}
	return r.pos
}

// isZero reports whether r refers to nothing.
func (r Ref) isZero() bool { return r.node == nil && r.external == "" }

// key splits the name of an external reference, with the namespace that holds
// where it gives none.
func (r Ref) key(namespace string) objectKey {
	if ns, name, ok := strings.Cut(r.external, "/"); ok {
		return objectKey{ns, name}
	}
	return objectKey{namespace, r.external}
}

// objectKey identifies a Kustomization in its cluster.
type objectKey struct{ namespace, name string }

func (k objectKey) String() string { return k.namespace + "/" + k.name }

package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// What a node names and nothing here applies may be applied all the same: by hand, or by what
// lies beyond a boundary. The base tells of the first: what its nodes use is there. Of the
// second only those boundaries count that can bring something into the namespace.

// bringer is what may apply objects that are not known here.
type bringer struct {
	node string // that is why; empty where none is known
	into string // the only namespace into which it applies anything; empty for all
	what string
}

// bringers are those of Flux's own cluster.
func (c *comparison) bringers() []bringer {
	if c.bring != nil {
		return c.bring
	}
	c.bring = []bringer{}
	add := func(node, kind, what string) {
		b := bringer{node: node, what: what}
		if u := c.head.Graph.Lookup(node); u != nil {
			if target(u) != "" || kind == "source" && (!c.sourceKnown(u) || c.sourcePruned(u)) {
				return
			}
			b.into = u.Object().Spec.TargetNamespace
		}
		c.bring = append(c.bring, b)
	}
	for _, b := range c.head.Graph.Boundaries() {
		add(b.Node, b.Kind, b.Kind+" "+b.What)
	}
	for _, d := range c.head.Unread {
		add(d.Node, "", "what cannot be read")
	}
	return c.bring
}

// bringer names what may apply objects into a namespace that are not known here, but for a node
// itself; nothing where all is known.
func (c *comparison) bringer(namespace string, but *dag.Vertex) string {
	for _, b := range c.bringers() {
		if (b.into == "" || b.into == namespace) && (but == nil || b.node != but.Key()) {
			return b.what
		}
	}
	return ""
}

// sourceKnown reports whether the source of a node of head is there as far as can be told: a
// node applies it, the base builds from it, or the cluster begins with it. What a controller
// makes is taken to be there.
func (c *comparison) sourceKnown(v *dag.Vertex) bool {
	s, name := v.Object().Spec.SourceRef, sourceName(v)
	if s.Kind == "ExternalArtifact" || s.Name == "" || strings.Contains(name, "${") || c.head.Build == nil || c.base.Graph.Len() == 0 {
		return true
	}
	if _, applied := c.head.Fetches[name]; applied {
		return true
	}
	if c.used == nil {
		c.used = map[string]bool{}
		for u := range c.base.Graph.Vertices() {
			c.used[sourceName(u)] = true
		}
		if root := c.head.Graph.Lookup(c.head.SyncRoot); root != nil {
			c.used[sourceName(root)] = true
		}
	}
	return c.used[name]
}

// sourceless says that the source of a node is nowhere, or goes with this change; nothing where
// it may be there.
func (c *comparison) sourceless(v *dag.Vertex) string {
	switch s := sourceOf(v); {
	case v.Object().Spec.Suspend:
		return ""
	case c.sourceGoes(v):
		return fmt.Sprintf("Its source, %s, goes with this change: once Flux has deleted that, it builds nothing of this node (\"not found\"), and applies and deletes nothing of it.", sourceName(v))
	case c.sourceKnown(v):
		return ""
	case c.bringer(s.Namespace, v) == "":
		return fmt.Sprintf("Its source, %s, is nowhere: unless somebody makes it by hand, Flux builds nothing of this node (\"not found\"), and applies and deletes nothing of it.%s", sourceName(v), cmp.Or(c.inOther(v), c.meant(v, "the source "+sourceName(v)+" ")))
	case c.meant(v, "the source "+sourceName(v)+" ") != "":
		return c.doubtfulSource(v)
	}
	return ""
}

// inOther says where a source of that kind and name is, where a node looks for it in its own
// namespace.
func (c *comparison) inOther(v *dag.Vertex) string {
	wanted := v.Object().Spec.SourceRef
	if wanted.Namespace != "" {
		return ""
	}
	for _, s := range []*side{c.head, c.base} {
		for _, name := range sortedKeys(s.Fetches) {
			kind, key, _ := strings.Cut(name, " ")
			if namespace, of := splitKey(key); kind == wanted.Kind && of == wanted.Name {
				return fmt.Sprintf(" There is one in namespace %[1]s: set spec.sourceRef.namespace: %[1]s.", namespace)
			}
		}
	}
	return ""
}

// sourceGoes reports whether the source of a node goes, and nothing else brings it.
func (c *comparison) sourceGoes(v *dag.Vertex) bool {
	return c.sourcePruned(v) && c.bringer(sourceOf(v).Namespace, v) == ""
}

// sourcePruned reports whether the node of the base that applied the source of a node deletes it.
func (c *comparison) sourcePruned(v *dag.Vertex) bool {
	name := sourceName(v)
	pruned, known := c.pruned[name]
	if _, applied := c.base.Fetches[name]; applied && !known && c.head.Build != nil && !c.gone {
		_, still := c.head.Fetches[name]
		s := sourceOf(v)
		pruned = !still && c.prunesSource(Object{Group: sourceGroup, Kind: s.Kind, Namespace: s.Namespace, Name: s.Name})
		c.pruned[name] = pruned
	}
	return pruned
}

func (c *comparison) prunesSource(o Object) bool {
	by := c.base.ownerIn("", o)
	v := c.base.Graph.Lookup(by)
	if v == nil || !v.Object().Spec.Prune || v.Object().Spec.Suspend || c.fails[by] || c.head.build(by).breaks() {
		return false
	}
	if goes, _ := deletes(&v.Object().Spec); !goes && !c.head.has(by) {
		return false
	}
	return !slices.ContainsFunc(c.base.build(by).Objects, func(p Object) bool { return p.identity() == o.identity() && p.Kept })
}

// missing are the dependencies of a node that this change takes away, and those that it
// names for the first time and that are nowhere. One that goes on running without a file is
// there, and so is one that goes only when something is mended; others may come from beyond
// a boundary.
func (c *comparison) missing(v *dag.Vertex) (gone, never []string) {
	if !slices.ContainsFunc(v.Object().Spec.DependsOn, func(dep kustomizev1.DependencyReference) bool { return c.head.awaited(v, dep) == nil }) {
		return nil, nil // as nearly always
	}
	for _, key := range dependencies(v) {
		switch {
		case c.head.has(key):
		case c.base.has(key):
			if e := c.end(key); e.gone && !c.pending(e) {
				if to := c.pairs[key]; to != "" {
					key += " (now " + to + ")"
				}
				gone = append(gone, key)
			}
		case c.nowhere(v, key):
			never = append(never, key)
		}
	}
	return gone, never
}

// nowhere reports whether a dependency that a node names for the first time is not there, and
// cannot come from beyond a boundary either.
func (c *comparison) nowhere(v *dag.Vertex, key string) bool {
	namespace, _ := splitKey(key)
	return c.unheard(v, key) && c.bringer(namespace, nil) == ""
}

// unheard reports whether a node names a dependency for the first time that is not found here.
func (c *comparison) unheard(v *dag.Vertex, key string) bool {
	if c.head.has(key) || c.base.has(key) || c.head.Build == nil || strings.Contains(key, "${") {
		return false
	}
	before := c.base.Graph.Lookup(v.Key())
	return before == nil || !dependsOn(before, key)
}

// neverThere says that dependencies of a node are nowhere.
func (c *comparison) neverThere(v *dag.Vertex, never []string) string {
	said := fmt.Sprintf("It depends on %s, which is nowhere: Flux does not reconcile it.", strings.Join(never, ", "))
	if meant := c.meant(v, "depends on "+never[0]+","); meant != "" && len(never) == 1 {
		return said + meant
	}
	if at := c.inOtherNamespaces(v, never); len(at) > 0 {
		return said + fmt.Sprintf(" There is %s: give that entry of dependsOn its namespace.", strings.Join(at, ", "))
	}
	return said + " \"fluxdag lint\" says what may have been meant."
}

// meant says what was meant by a name that a finding is about, where that is known.
func (c *comparison) meant(v *dag.Vertex, about string) string {
	for _, d := range c.head.Slips[v.Key()] {
		if strings.HasPrefix(d.Message, about) {
			return " " + strings.ToUpper(d.Hint[:1]) + d.Hint[1:]
		}
	}
	return ""
}

// doubtful says what a node names for the first time that is not found here, and may come from
// beyond a boundary.
func (c *comparison) doubtful(v *dag.Vertex) (said string, slip bool) {
	if v.Object().Spec.Suspend {
		return "", false
	}
	if !c.sourceKnown(v) && c.sourceless(v) == "" {
		said = " " + c.doubtfulSource(v)
	}
	for _, key := range dependencies(v) {
		namespace, _ := splitKey(key)
		if !c.unheard(v, key) {
			continue
		}
		if by := c.bringer(namespace, nil); by != "" {
			meant := c.meant(v, "depends on "+key+",")
			said += fmt.Sprintf(" %s is not found here, and may come from %s: if it does not exist, Flux does not reconcile this node (\"dependency not found\").%s", key, by, meant)
			slip = slip || meant != ""
		}
	}
	return said, slip
}

func (c *comparison) doubtfulSource(v *dag.Vertex) string {
	return fmt.Sprintf("Its source, %s, is not found here, and may come from %s: if it does not exist, Flux applies nothing of this node.%s",
		sourceName(v), c.bringer(sourceOf(v).Namespace, v), c.meant(v, "the source "+sourceName(v)+" "))
}

// doubts adds what is doubtful of a node to what is said of it.
func (c *comparison) doubts() {
	for v := range c.head.Graph.Vertices() {
		c.strange(v)
		said, slip := c.doubtful(v)
		i := slices.IndexFunc(c.out.Changes, func(ch Change) bool {
			return ch.Node == v.Key() && slices.Contains([]Kind{Add, Edge, Rename, Move, Source}, ch.Kind)
		})
		switch {
		case said == "":
		case slip && !c.stops[v.Key()]:
			c.stick(v, said[1:])
		case i >= 0:
			c.out.Changes[i].Effect += said
		}
	}
}

// besides says what a node names in vain beside its source.
func (c *comparison) besides(v *dag.Vertex, never []string) string {
	if len(never) == 0 {
		return ""
	}
	return " " + c.neverThere(v, never)
}

// inOtherNamespaces are the nodes that an entry of dependsOn without a namespace may mean, where
// the node is in another one.
func (c *comparison) inOtherNamespaces(v *dag.Vertex, never []string) []string {
	var at []string
	for _, dep := range v.Object().Spec.DependsOn {
		if dep.Namespace != "" || !slices.Contains(never, dependency(v, dep)) {
			continue
		}
		for u := range c.head.Graph.Vertices() {
			if u.Object().Name == dep.Name {
				at = append(at, u.Key())
			}
		}
	}
	return unique(at)
}

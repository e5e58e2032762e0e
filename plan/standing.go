package plan

import (
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// stillness is why Flux does not reconcile a node of head with this revision.
type stillness int

// What stands still, and what does not.
const (
	moving    stillness = iota
	suspended           // it is, or its source is
	stuck               // see stick; or it could not be built before either
	waits               // for what is stuck, or is not there, directly or not
	held                // it waits for what is suspended, directly or not
	applied             // Flux applies it, and it is never ready: see stickUnready
	last                // Flux may reconcile it with this revision, and does with no later one: see stickLast
)

// standing is where a node of head stands: the one answer to whether Flux reconciles it.
type standing struct {
	still stillness
	// on is what it waits for: the first that stands still by itself.
	on string
	// direct is set where it depends on that itself.
	direct bool
	// certain is set where it does not reconcile by its old spec either, so that what is told
	// of it comes later.
	certain bool
}

// stands finds for every node of head where it stands. It is asked once all are known that
// are stuck.
func (c *comparison) stands() {
	for _, change := range c.out.Changes {
		if change.Kind == Stuck && !c.stopped(change.Node) {
			c.stops[change.Node] = halted
		}
	}
	c.standings = make(map[string]standing, c.head.Graph.Len())
	for v := range c.head.Graph.Vertices() {
		c.standing(v)
	}
}

func (c *comparison) standing(v *dag.Vertex) standing {
	key := v.Key()
	s, known := c.standings[key]
	if !known {
		c.standings[key] = standing{still: stuck, on: key} // where nodes wait for each other
		s = c.findStanding(v)
		c.standings[key] = s
	}
	return s
}

func (c *comparison) findStanding(v *dag.Vertex) standing {
	key, live := v.Key(), v
	before := c.base.Graph.Lookup(key)
	if before != nil && !c.reached(key) {
		live = before
	}
	switch {
	case live.Object().Spec.Suspend:
		return standing{still: suspended, on: key, certain: before == nil || before.Object().Spec.Suspend}
	case c.stops[key] == halted, live == v && c.head.circling(key):
		return standing{still: stuck, on: key, certain: c.idle(key)}
	case c.breaksAsBefore(v):
		return standing{still: stuck, on: key, certain: true}
	case before == nil && !c.reached(key):
		return standing{still: waits, on: key, certain: true}
	}
	var found standing
	for _, dep := range live.Object().Spec.DependsOn {
		if d := c.head.awaited(live, dep); d != nil && d != v {
			found = worse(found, c.behind(v, d, dep))
		}
	}
	switch {
	case (c.stops[key] == neverReady || c.stops[key].once()) && found.still != moving:
		return standing{still: stuck, on: key, certain: c.idle(key)}
	case c.stops[key] == neverReady:
		return standing{still: applied, on: key}
	case c.stops[key].once():
		return standing{still: last, on: key}
	}
	if found.still == moving && c.head.pauses(v) && c.base.pauses(v) {
		return standing{still: suspended, on: sourceName(v), certain: true}
	}
	return found
}

// worse is the graver of two standings: that which is certain first.
func worse(a, b standing) standing {
	switch {
	case b.still == moving, a.certain && !b.certain:
		return a
	case a.still == moving, b.certain && !a.certain, b.still < a.still:
		return b
	}
	return a
}

// behind is where a node stands for one that it depends on. A suspended one stays ready, but at
// the revision that it has: so it holds what builds from the same source, and where it has
// never run, all. What waits is not ready itself (kustomize-controller: checkDependencies).
func (c *comparison) behind(v, on *dag.Vertex, dep kustomizev1.DependencyReference) standing {
	s := c.standing(on)
	before, same := c.base.Graph.Lookup(v.Key()), sourceOf(on) == sourceOf(v)
	depended := before != nil && dependsOn(before, on.Key()) && dep.ReadyExpr == "" && !judges(before, on.Key())
	out := standing{on: s.on, certain: s.certain && (depended || before == nil)}
	switch s.still {
	case moving:
		return standing{}
	case last:
		if c.head.pauses(on) { // which has this revision already
			return standing{}
		}
		out.still, out.direct, out.certain = waits, true, false
	case suspended:
		if on.Key() != s.on || dep.ReadyExpr != "" || !same && c.base.has(on.Key()) {
			return standing{} // or its source is, of which it has the newest revision
		}
		out.still, out.direct = held, true
	case stuck, applied:
		out.still, out.direct, out.certain = waits, true, out.certain && same
	default:
		out.still = s.still
	}
	if out.still == held && !out.certain && before != nil {
		out.certain = s.certain && c.heldOld(before, map[string]bool{})
	}
	return out
}

// breaksAsBefore reports whether a node cannot be built, and could not in the base.
func (c *comparison) breaksAsBefore(v *dag.Vertex) bool {
	acting := c.acting(v.Key())
	return len(acting) > 0 && c.build(acting[len(acting)-1]).breaks() && c.brokeBefore(v) && !c.away(v)
}

// reconciles reports whether Flux reconciles a node of head with this revision.
func (c *comparison) reconciles(key string) bool {
	still := c.standings[key].still
	return still == moving || still == applied || still == last
}

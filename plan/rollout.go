package plan

import (
	"cmp"
	"maps"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// Rollout is how a change reaches the cluster. Flux reconciles every node of a source
// with a new revision; what is listed here changes. Every node of head is counted in
// Reconciles or listed in Suspended, Stuck, Waiting or Cycles.
type Rollout struct {
	// Reconciles is how many nodes Flux reconciles, Unchanged how many of them it finds
	// as they were: the others are in Stages.
	Reconciles int `json:"reconciles"`
	Unchanged  int `json:"unchanged"`
	// Behind is how many of the unchanged ones wait, directly or not, for one that changes.
	Behind int `json:"behind"`
	// Partial says that not all of head could be read, so that there may be more nodes.
	Partial bool `json:"partial,omitempty"`
	// Stages are the levels at which something changes, in order.
	Stages []Stage `json:"stages"`
	// Suspended are nodes that Flux does not reconcile.
	Suspended []string `json:"suspended"`
	// Stuck are nodes that Flux reconciles no longer, and Waiting those that wait for one
	// that is never ready, directly or not.
	Stuck   []string `json:"stuck"`
	Waiting []string `json:"waiting"`
	// Cycles are nodes that wait for each other: none of them is ever ready.
	Cycles [][]string `json:"cycles"`
}

// changes reports whether there is anything to tell of it.
func (r Rollout) changes() bool { return len(r.Stages)+len(r.Stuck)+len(r.Cycles) > 0 }

// Stage is what changes at one level: all of it waits for the stages before.
type Stage struct {
	Level int    `json:"level"`
	Nodes []Step `json:"nodes"`
}

// Step is one node that changes.
type Step struct {
	Node  string `json:"node"`
	Kinds []Kind `json:"kinds"`
	// Gates is what waits for it; nil where there are too many changes to say.
	Gates *Gates `json:"gates,omitempty"`
}

func (c *comparison) rollout() Rollout {
	r := Rollout{Partial: c.doubt(onlyHead), Stages: []Stage{}, Suspended: []string{}, Stuck: []string{}, Waiting: []string{}, Cycles: [][]string{}}
	never := maps.Clone(c.stops)
	for _, cycle := range c.rings() {
		var keys []string
		for _, v := range cycle {
			keys = append(keys, v.Key())
			never[v.Key()] = true
		}
		r.Cycles = append(r.Cycles, keys)
	}
	if c.head.SyncGone && c.syncDeletes() {
		return r // nothing is reconciled any more
	}
	steps := c.steps()
	waiting := c.behind(func(key string) bool { return never[key] })
	circling := map[string]bool{}
	for _, key := range slices.Concat(r.Cycles...) {
		circling[key] = true
	}
	for _, level := range c.head.Graph.Levels() {
		for _, v := range level {
			switch key := v.Key(); {
			case v.Object().Spec.Suspend:
				r.Suspended = append(r.Suspended, key)
			case circling[key]:
			case never[key]:
				r.Stuck = append(r.Stuck, key)
			case waiting[key]:
				r.Waiting = append(r.Waiting, key)
			default:
				r.roll(v, steps[key])
			}
		}
	}
	for key := range c.behind(func(key string) bool { return steps[key] != nil && !never[key] && !waiting[key] }) {
		if steps[key] == nil && !never[key] && !waiting[key] && !c.head.Graph.Lookup(key).Object().Spec.Suspend {
			r.Behind++
		}
	}
	return r
}

// steps are the nodes that change, with what does. What is said of one that does not, such
// as that it has taken over from another, is none of it.
func (c *comparison) steps() map[string]*Step {
	unchanged := map[string]bool{}
	for _, key := range c.out.Unchanged {
		unchanged[key] = true
	}
	steps := map[string]*Step{}
	for _, change := range c.out.Changes {
		if !c.head.has(change.Node) || unchanged[change.Node] {
			continue
		}
		if steps[change.Node] == nil {
			steps[change.Node] = &Step{Node: change.Node, Gates: change.Gates}
		}
		step := steps[change.Node]
		if !slices.Contains(step.Kinds, change.Kind) {
			step.Kinds = append(step.Kinds, change.Kind)
		}
	}
	return steps
}

// roll enters one node.
func (r *Rollout) roll(v *dag.Vertex, step *Step) {
	r.Reconciles++
	if step == nil {
		r.Unchanged++
		return
	}
	if n := len(r.Stages); n == 0 || r.Stages[n-1].Level != v.Level() {
		r.Stages = append(r.Stages, Stage{Level: v.Level()})
	}
	stage := &r.Stages[len(r.Stages)-1]
	stage.Nodes = append(stage.Nodes, *step)
	slices.SortStableFunc(step.Kinds, func(a, b Kind) int { return cmp.Compare(rank[a], rank[b]) })
}

// behind returns the nodes that wait, directly or not, for some. The graph's order has
// dependencies first, so one pass is enough, but for cycles.
func (c *comparison) behind(some func(key string) bool) map[string]bool {
	waits := map[string]bool{}
	for v := range c.head.Graph.Vertices() {
		if slices.ContainsFunc(c.head.Graph.Dependencies(v), func(d *dag.Vertex) bool { return waits[d.Key()] || some(d.Key()) }) {
			waits[v.Key()] = true
		}
	}
	return waits
}

package plan

import (
	"cmp"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// Rollout is how a change reaches the cluster. Flux reconciles every node of a source
// with a new revision; what is listed here changes. Every node of head is counted in
// Reconciles or listed in Suspended, Stuck, Waiting, Held or Cycles; Unready and Last are among
// those that are counted.
type Rollout struct {
	// Reconciles is how many nodes Flux reconciles, Unchanged how many of them it finds
	// as they were: the others are in Stages.
	Reconciles int `json:"reconciles"`
	Unchanged  int `json:"unchanged"`
	// Behind is how many of the unchanged ones wait, directly or not, for one that changes.
	Behind int `json:"behind"`
	// Unseen is how many more nodes of the base go on running: what applies them cannot be built in
	// head, so that it does not show them.
	Unseen int `json:"unseen,omitempty"`
	// Partial says that not all of head could be read, so that there may be more nodes.
	Partial bool `json:"partial,omitempty"`
	// Stages are the levels at which something changes, in order.
	Stages []Stage `json:"stages"`
	// Suspended are nodes that Flux does not reconcile.
	Suspended []string `json:"suspended"`
	// Stuck are nodes that Flux reconciles no longer, Waiting those that wait for one that is
	// never ready, and Held those that wait for one that is suspended, directly or not.
	Stuck   []string `json:"stuck"`
	Waiting []string `json:"waiting"`
	Held    []string `json:"held"`
	// Unready are nodes that Flux reconciles, and that are never ready: what changes of them is
	// in Stages, and what depends on them in Waiting.
	Unready []string `json:"unready"`
	// Last are nodes that Flux may reconcile with this revision, and does with no later one: what
	// changes of them is in Stages as well.
	Last []string `json:"last"`
	// Cycles are nodes that wait for each other: none of them is ever ready.
	Cycles [][]string `json:"cycles"`
}

// changes reports whether there is anything to tell of it.
func (r Rollout) changes() bool {
	return len(r.Stages)+len(r.Stuck)+len(r.Waiting)+len(r.Held)+len(r.Cycles) > 0
}

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
	r := Rollout{Partial: c.doubt(onlyHead), Stages: []Stage{}, Suspended: []string{}, Stuck: []string{}, Waiting: []string{}, Held: []string{}, Unready: []string{}, Last: []string{}, Cycles: [][]string{}}
	for _, cycle := range c.head.rings() {
		var keys []string
		for _, v := range cycle {
			keys = append(keys, v.Key())
		}
		r.Cycles = append(r.Cycles, keys)
	}
	if c.ended() {
		return r // nothing is reconciled any more
	}
	steps := c.steps()
	for _, level := range c.head.Graph.Levels() {
		for _, v := range level {
			r.enter(v, c.standings[v.Key()].still, c.head.circling(v.Key()), steps[v.Key()])
		}
	}
	for v := range c.base.Graph.Vertices() {
		if c.hidden(v.Key()) && !v.Object().Spec.Suspend {
			r.Unseen++
		}
	}
	for key := range c.behindAll(func(key string) bool { return steps[key] != nil && c.reconciles(key) }) {
		if steps[key] == nil && c.reconciles(key) {
			r.Behind++
		}
	}
	return r
}

// enter enters one node where it belongs.
func (r *Rollout) enter(v *dag.Vertex, still stillness, circling bool, step *Step) {
	switch key := v.Key(); {
	case still == suspended:
		r.Suspended = append(r.Suspended, key)
	case circling:
	case still == stuck:
		r.Stuck = append(r.Stuck, key)
	case still == waits:
		r.Waiting = append(r.Waiting, key)
	case still == held:
		r.Held = append(r.Held, key)
	case still == applied:
		r.Unready = append(r.Unready, key)
		r.roll(v, step)
	case still == last:
		r.Last = append(r.Last, key)
		r.roll(v, step)
	default:
		r.roll(v, step)
	}
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
		unarrived := change.ofFile() && c.base.has(change.Node) && !c.reached(change.Node)
		if !c.head.has(change.Node) || unchanged[change.Node] || unarrived {
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
	for key, step := range steps { // what stops it later is no change now
		if c.standings[key].still == last && slices.Equal(step.Kinds, []Kind{Stuck}) {
			delete(steps, key)
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

// behindAll returns the nodes that wait, directly or not, for some. The graph's order has
// dependencies first, so one pass is enough, but for cycles.
func (c *comparison) behindAll(some func(key string) bool) map[string]bool {
	waits := map[string]bool{}
	for v := range c.head.Graph.Vertices() {
		if slices.ContainsFunc(c.head.Graph.Dependencies(v), func(d *dag.Vertex) bool { return waits[d.Key()] || some(d.Key()) }) {
			waits[v.Key()] = true
		}
	}
	return waits
}

package repo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// event is something that has to happen to a Kustomization: it is created, it has
// applied its objects, it is ready.
type event struct {
	what byte // 'c', 'a' or 'r'
	node int  // index into cluster.order
}

func (e event) name() string { return fmt.Sprintf("%c%d", e.what, e.node) }

// waitFor is the graph of which event waits for which other one, of all that Flux waits
// for: dependencies, health checks, and the parent that applies a Kustomization.
type waitFor struct {
	cluster *cluster
	number  map[*node]int
	edges   map[event][]event
	why     map[[2]event]string
}

// checkWaits reports Kustomizations that wait for each other in a way that no rule about
// dependsOn, health checks or children alone sees.
func (c *cluster) checkWaits(reported []dag.Diagnostic) []dag.Diagnostic {
	w := &waitFor{cluster: c, number: map[*node]int{}, edges: map[event][]event{}, why: map[[2]event]string{}}
	for i, n := range c.order {
		w.number[n] = i
	}
	for i, n := range c.order {
		if !n.virtual {
			w.add(i, n)
		}
	}
	known := map[string]bool{}
	for _, d := range reported {
		if d.Code == healthDeadlock.Code || d.Code == parentWait.Code {
			known[d.Node] = true
		}
	}
	var found []dag.Diagnostic
	for _, cycle := range w.cycles() {
		told := slices.ContainsFunc(cycle, func(e event) bool { return known[c.order[e.node].name()] })
		if d, ok := w.report(cycle); ok && !told {
			found = append(found, d)
		}
	}
	return found
}

// add enters what one node waits for.
func (w *waitFor) add(i int, n *node) {
	created, applied, ready := event{'c', i}, event{'a', i}, event{'r', i}
	w.wait(applied, created, "")
	w.wait(ready, applied, "")
	if len(n.appliers) == 1 && n.appliers[0] != n && !n.appliers[0].virtual {
		w.wait(created, event{'a', w.number[n.appliers[0]]}, n.name()+" is applied only by "+n.appliers[0].name())
	}
	for _, dep := range list(n.object, "spec", "dependsOn") {
		d := w.cluster.nodes[key{cmp.Or(text(dep, "namespace"), n.key.namespace), text(dep, "name")}]
		if d != nil && text(dep, "readyExpr") == "" {
			w.wait(applied, event{'r', w.number[d]}, n.name()+" depends on "+d.name())
		}
	}
	if n.remote() {
		return // its health checks look elsewhere
	}
	if wait, _ := value(n.object, "spec", "wait").(bool); wait {
		for _, o := range n.inventory {
			w.child(ready, n, o.ID())
		}
		return
	}
	for _, check := range list(n.object, "spec", "healthChecks") {
		group, _ := groupOf(cmp.Or(text(check, "apiVersion"), "apps/v1"))
		id := ID{group, text(check, "kind"), text(check, "namespace"), text(check, "name")}
		w.child(ready, n, id)
		if owners := w.cluster.owners[id]; len(owners) == 1 && owners[0].node != n && !owners[0].node.virtual {
			o := owners[0].node
			w.wait(ready, event{'a', w.number[o]}, n.name()+" waits for "+id.String()+", which only "+o.name()+" applies")
		}
	}
}

// child lets a node wait for a Kustomization among what it checks.
func (w *waitFor) child(ready event, n *node, id ID) {
	child := w.cluster.nodes[key{id.Namespace, id.Name}]
	if isKustomization(id.Group, id.Kind) && child != nil && child != n {
		w.wait(ready, event{'r', w.number[child]}, n.name()+" waits until "+child.name()+" is ready")
	}
}

func (w *waitFor) wait(from, to event, why string) {
	w.edges[from] = append(w.edges[from], to)
	w.why[[2]event{from, to}] = why
}

// cycles finds the circles of the graph, as those of a graph of events.
func (w *waitFor) cycles() [][]event {
	events := map[string]event{}
	declared := dag.Cluster{Name: "events"}
	for i := range w.cluster.order {
		for _, what := range []byte("car") {
			e := event{what, i}
			events[e.name()] = e
			n := dag.Node{Name: e.name(), Namespace: "e"}
			for _, to := range w.edges[e] {
				n.DependsOn = append(n.DependsOn, dag.External("e/"+to.name()))
			}
			declared.Nodes = append(declared.Nodes, dag.DeclareAt(n, func(string) dag.Position { return dag.Position{File: "e", Line: i + 1} }))
		}
	}
	var cycles [][]event
	for _, cycle := range dag.Resolve(declared).Cycles() {
		var path []event
		for _, v := range cycle {
			path = append(path, events[v.Object().Name])
		}
		cycles = append(cycles, path)
	}
	return cycles
}

// report tells of a circle; one of dependencies alone is FD106's or FD107's.
func (w *waitFor) report(cycle []event) (dag.Diagnostic, bool) {
	var steps []string
	var related []dag.Related
	other := false
	for i, e := range cycle {
		why := w.why[[2]event{e, cycle[(i+1)%len(cycle)]}]
		if why == "" {
			continue
		}
		n := w.cluster.order[e.node]
		other = other || !strings.Contains(why, " depends on ")
		steps = append(steps, why)
		related = append(related, dag.Related{Position: n.locate(""), Message: why})
	}
	first := w.cluster.order[cycle[slices.IndexFunc(cycle, func(e event) bool { return e.what != 'c' })].node]
	d := finding(deadlock, first.locate("metadata.name"), first.name(), "remove one of these", "none of these is ever ready: %s", strings.Join(steps, ", "))
	d.Related = related
	if strings.Contains(d.Message, " is applied only by ") { // somebody may have applied it by hand, once
		d.Severity = dag.Warning
		d.Message = "on a cluster that is built from nothing, " + d.Message
	}
	return d, other
}

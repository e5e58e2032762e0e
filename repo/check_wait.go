package repo

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/agext/levenshtein"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/internal/sibling"
)

// checkReleaseDependencies explains dependencies that lead nowhere because a
// HelmRelease, not a Kustomization, has the name.
func (c *cluster) checkReleaseDependencies(g *dag.Graph) []dag.Diagnostic {
	var found []dag.Diagnostic
	for _, n := range c.order {
		for i, dep := range list(n.object, "spec", "dependsOn") {
			at := key{cmp.Or(text(dep, "namespace"), n.key.namespace), text(dep, "name")}
			if c.nodes[at] != nil {
				continue
			}
			owners := c.owners[ID{helmGroup, "HelmRelease", at.namespace, at.name}]
			if len(owners) == 0 {
				continue
			}
			by := owners[0].node.name()
			d := finding(releaseDependency, n.locate(fmt.Sprintf("spec.dependsOn[%d]", i)), n.name(), "depend on "+by+", and let it wait",
				"depends on %s, which is a HelmRelease, applied by %s: dependsOn reaches only Kustomizations, and Flux says \"dependency '%s' not found\"", at, by, at)
			d.Related = []dag.Related{{Position: owners[0].object.Position, Message: "the HelmRelease"}}
			found = append(found, d)
		}
	}
	return found
}

// checkSources reports sources that nothing applies and that are spelt almost like one
// that is. Any other may be made outside the repository.
func (c *cluster) checkSources() []dag.Diagnostic {
	near := map[*node]source{}
	suspect := map[string]bool{}
	for _, n := range c.order {
		s := sourceOf(n.object, n.key.namespace)
		if _, applied := c.sources[s]; applied || n.virtual || s == c.root.source || s.name == "" || s.kind == "ExternalArtifact" || IsSymbolic(s.String()) {
			continue
		}
		if known := c.nearestSource(s); known != (source{}) {
			near[n], suspect[s.String()] = known, true
		}
	}
	elsewhere := slices.ContainsFunc(c.boundaries, func(b dag.Boundary) bool { return !suspect[b.What] })
	var found []dag.Diagnostic
	for _, n := range c.order {
		if near[n] == (source{}) {
			continue
		}
		d := finding(unknownSource, n.locate("spec.sourceRef.name"), n.name(), "did you mean "+near[n].String()+"?",
			"the source %s is applied by nothing in the repository: if it does not exist, Flux says that it is \"not found\", and tries again for ever", sourceOf(n.object, n.key.namespace))
		if elsewhere { // it may come from there
			d.Severity = dag.Information
		}
		found = append(found, d)
	}
	return found
}

// nearestSource returns the known source of the same kind that is spelt most like s.
func (c *cluster) nearestSource(s source) source {
	known := slices.Collect(maps.Keys(c.sources))
	if c.root.source.name != "" {
		known = append(known, c.root.source)
	}
	var best source
	least := 1 + min(2, len(s.name)/4)
	slices.SortFunc(known, func(a, b source) int { return cmp.Compare(a.String(), b.String()) })
	for _, k := range known {
		d := levenshtein.Distance(k.name, s.name, nil)
		if k.kind == s.kind && d < least && (d > 0 || k.namespace != s.namespace) && !sibling.Names(k.name, s.name) {
			best, least = k, d
		}
	}
	return best
}

// checkDeadlocks reports nodes that wait for what only comes after them.
func (c *cluster) checkDeadlocks(g *dag.Graph) []dag.Diagnostic {
	var found []dag.Diagnostic
	for _, n := range c.order {
		v := g.Vertex(n.key.namespace, n.key.name)
		if n.virtual || v == nil {
			continue
		}
		var after map[*dag.Vertex]bool // asked for only where something waits
		later := func(m *node) bool {
			if after == nil {
				after = map[*dag.Vertex]bool{}
				for _, d := range g.Descendants(v) {
					after[d] = true
				}
			}
			w := g.Vertex(m.key.namespace, m.key.name)
			return w != nil && after[w]
		}
		found = append(found, c.ignoredHealthChecks(n, v)...)
		found = append(found, c.healthDeadlocks(n, v, later)...)
		found = append(found, c.childDeadlocks(n, v, later)...)
	}
	return found
}

// ignoredHealthChecks reports health checks beside wait: true: those on objects that
// wait covers as well are only superfluous, the others are not checked at all.
func (c *cluster) ignoredHealthChecks(n *node, v *dag.Vertex) []dag.Diagnostic {
	spec := v.Object().Spec
	if !spec.Wait || len(spec.HealthChecks) == 0 {
		return nil
	}
	d := v.Report("spec.healthChecks", "keep either wait: true or healthChecks", "")
	d.Code, d.Severity = "FD207", dag.Information
	partial := n.boundary || slices.ContainsFunc(n.built.cuts, func(c cut) bool { return c.remote })
	var lost []string
	for _, check := range spec.HealthChecks {
		group, _ := groupOf(cmp.Or(check.APIVersion, "apps/v1"))
		id := ID{group, check.Kind, check.Namespace, check.Name}
		if !partial && !slices.ContainsFunc(n.inventory, func(o *Object) bool { return isChecked(o, id) }) {
			lost = append(lost, id.String())
		}
	}
	d.Message = "wait: true makes Flux ignore healthChecks: what they name is applied here, so wait covers it"
	switch {
	case partial:
		d.Message = "wait: true makes Flux ignore healthChecks"
	case len(lost) > 0:
		d.Severity = dag.Warning
		d.Hint = "drop wait: true, or move what is to be waited for into this path"
		d.Message = "wait: true makes Flux ignore healthChecks: nothing waits for " + names(lost) + ", which is not among what this node applies"
		if deputy := n.deputy(); deputy != nil {
			// Flux waits for the release, and Helm for most of what it installs.
			d.Severity = dag.Information
			d.Hint = "drop wait: true where waiting for the " + deputy.Kind + " is not enough"
			d.Message = "wait: true makes Flux ignore healthChecks: it waits for " + deputy.Kind + " " + deputy.key().String() + ", and for " + names(lost) + " only where that does"
		}
	}
	return []dag.Diagnostic{d}
}

// isChecked reports whether a health check names the object. kustomize gives objects
// of a kind that it does not know a namespace, also where the kind has none; a name of
// which only the cluster knows a part may be any.
func isChecked(o *Object, id ID) bool {
	of := o.ID()
	if id.Namespace == "" {
		of.Namespace = ""
	}
	return of == id || of.Group == id.Group && of.Kind == id.Kind && IsSymbolic(of.Namespace+"/"+of.Name)
}

// deputy returns an object that the node applies and that brings others, or nil.
func (n *node) deputy() *Object {
	for _, o := range n.inventory {
		if o.isRelease() || isKustomization(o.Group, o.Kind) {
			return o
		}
	}
	return nil
}

// healthDeadlocks looks at the health checks that Flux does not ignore.
func (c *cluster) healthDeadlocks(n *node, v *dag.Vertex, later func(*node) bool) []dag.Diagnostic {
	spec := v.Object().Spec
	if spec.Wait {
		return nil
	}
	var found []dag.Diagnostic
	for i, check := range spec.HealthChecks {
		group, _ := groupOf(cmp.Or(check.APIVersion, "apps/v1"))
		owners := c.owners[ID{group, check.Kind, check.Namespace, check.Name}]
		if len(owners) == 0 || slices.ContainsFunc(owners, func(o owner) bool { return o.node == n || !later(o.node) }) {
			continue
		}
		by := owners[0].node
		d := finding(healthDeadlock, n.locate(fmt.Sprintf("spec.healthChecks[%d]", i)), n.name(), "move the health check to "+by.name(),
			"waits for %s %s/%s, which only %s applies, and that depends on this node: neither is ever ready", check.Kind, check.Namespace, check.Name, by.name())
		d.Related = []dag.Related{{Position: c.place(owners[0].object), Message: "applied by " + by.name()}}
		found = append(found, d)
	}
	return found
}

// childDeadlocks looks at the Kustomizations among what a waiting node applies.
func (c *cluster) childDeadlocks(n *node, v *dag.Vertex, later func(*node) bool) []dag.Diagnostic {
	if !v.Object().Spec.Wait || n.remote() { // those are in another cluster
		return nil
	}
	var found []dag.Diagnostic
	for _, o := range n.inventory {
		child := c.nodes[o.key()]
		if !isKustomization(o.Group, o.Kind) || child == nil || child == n || !later(child) {
			continue
		}
		d := finding(parentWait, n.locate("spec.wait"), n.name(), "set wait: false here, or drop the dependency of "+child.name(),
			"waits for everything that it applies, among it %s, which depends on this node: neither is ever ready", child.name())
		d.Field = "spec.wait"
		d.Related = []dag.Related{{Position: child.locate("spec.dependsOn"), Message: child.name() + " depends on it"}}
		found = append(found, d)
	}
	return found
}

// checkReleases gives the dependsOn of HelmReleases the rules of a graph.
func (c *cluster) checkReleases() []dag.Diagnostic {
	releases := map[key]*Object{}
	for _, o := range c.releases {
		releases[o.key()] = o
	}
	var found []dag.Diagnostic
	cycles := dag.Cluster{Name: "releases"}
	for _, o := range c.releases {
		for i, dep := range list(o.body, "spec", "dependsOn") {
			at := key{cmp.Or(text(dep, "namespace"), o.Namespace), text(dep, "name")}
			if at == o.key() {
				found = append(found, finding(releaseCycle, o.locate(fmt.Sprintf("spec.dependsOn[%d]", i)), c.ownerName(o), "delete the entry",
					"the HelmRelease %s depends on itself: it is never installed", at))
			}
			if releases[at] == nil && !IsSymbolic(at.String()) {
				d := finding(releaseMissing, o.locate(fmt.Sprintf("spec.dependsOn[%d]", i)), c.ownerName(o), c.sameName(at),
					"the HelmRelease %s depends on %s, which is not found: it waits for ever", o.key(), at)
				if c.open() {
					d.Severity = dag.Information
				}
				found = append(found, d)
			}
		}
		cycles.Nodes = append(cycles.Nodes, releaseNode(o))
	}
	for _, cycle := range dag.Resolve(cycles).Cycles() {
		path := ""
		for _, v := range cycle {
			path += v.Key() + " -> "
		}
		first := releases[key{cycle[0].Object().Namespace, cycle[0].Object().Name}]
		found = append(found, finding(releaseCycle, first.locate("spec.dependsOn"), c.ownerName(first), "remove one of these dependencies",
			"HelmReleases depend on each other: %s%s: none of them is ever installed", path, cycle[0].Key()))
	}
	return found
}

// sameName is a hint for a HelmRelease that is not found.
func (c *cluster) sameName(at key) string {
	for _, o := range c.releases {
		if o.Name == at.name {
			return "add namespace: " + o.Namespace + ", if " + o.key().String() + " is meant"
		}
	}
	return "correct the name, or its namespace"
}

// releaseNode is a HelmRelease as a vertex of a graph of its own.
func releaseNode(o *Object) dag.Ref {
	n := dag.Node{Name: o.Name, Namespace: o.Namespace}
	for _, dep := range list(o.body, "spec", "dependsOn") {
		n.DependsOn = append(n.DependsOn, dag.External(cmp.Or(text(dep, "namespace"), o.Namespace)+"/"+text(dep, "name")))
	}
	return dag.DeclareAt(n, o.locate)
}

// ownerName names the Kustomization that applies an object.
func (c *cluster) ownerName(o *Object) string {
	for _, owner := range c.owners[o.ID()] {
		return owner.node.name()
	}
	return ""
}

// locate returns where a field of the object was written.
func (o *Object) locate(field string) dag.Position {
	if o.document != nil {
		return o.document.Position(field)
	}
	return o.Position
}

// place returns where the name of an object was written, of any kind.
func (c *cluster) place(o *Object) dag.Position {
	if o.document != nil {
		return o.Position
	}
	for _, d := range c.index.objects(o.Position.File) {
		if d.Kind() == o.Kind && d.Name() == o.Name {
			return d.Position("metadata.name")
		}
	}
	return o.Position
}

package dag

import kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"

// byName depends on Kustomizations as a file does, by namespace and name, which
// the compiler cannot check.
func byName(keys ...[2]string) kustomizev1.KustomizationSpec {
	var spec kustomizev1.KustomizationSpec
	for _, k := range keys {
		spec.DependsOn = append(spec.DependsOn, kustomizev1.DependencyReference{Namespace: k[0], Name: k[1]})
	}
	return spec
}

var edgeCases = ruleCases{
	"FD105": {
		fires: func() []Cluster {
			// Beyond a boundary there may be anything.
			open := unleveled(
				node(21, Node{Name: "database"}),
				node(22, Node{Name: "web", Extra: byName([2]string{"", "databse"}, [2]string{"team", "tenant"})}),
			)
			open.Name = "open"
			open.Boundaries = []Boundary{{Kind: "source", Node: "flux-system/web", What: "GitRepository team/apps"}}
			return append([]Cluster{open}, one(
				node(1, Node{Name: "database"}),
				node(2, Node{Name: "web", Extra: byName([2]string{"", "databse"})}),
				node(3, Node{Name: "api", Extra: byName([2]string{"", "database"}, [2]string{"team", "nowhere"})}),
				// What is spelt like it, but waits for the node itself, is not proposed; nor is the node.
				node(4, Node{Name: "metrics-a", Extra: byName([2]string{"", "metrics-c"})}),
				node(5, Node{Name: "metrics-b", Extra: byName([2]string{"", "metrics-a"})}),
				node(6, Node{Name: "metrics-dd", Extra: byName([2]string{"", "metrics-b"})}),
			)...)
		},
		quiet: func() []Cluster {
			c := unleveled(
				node(1, Node{Name: "database"}),
				node(2, Node{Name: "short", Extra: byName([2]string{"", "database"})}),
				node(3, Node{Name: "long", Extra: byName([2]string{"flux-system", "database"})}),
				node(4, Node{Name: "outside", Extra: byName([2]string{"", "flux-system"}, [2]string{"team", "tenant"})}),
				// An external is somebody else's claim, and FD117's.
				node(5, Node{Name: "unseen", DependsOn: []Ref{External("elsewhere")}}),
			)
			c.Externals = []Ref{External("flux-system/flux-system"), External("team/tenant")}
			return []Cluster{c}
		},
	},
	"FD106": {
		fires: func() []Cluster {
			return one(
				node(1, Node{Name: "web", DependsOn: []Ref{External("web")}}),
				node(2, Node{Name: "api", Namespace: "team", Extra: byName([2]string{"team", "api"})}),
				node(3, Node{Name: "judged", DependsOn: []Ref{External("judged").When("true")}}),
			)
		},
		quiet: func() []Cluster {
			return one(
				node(1, Node{Name: "web", DependsOn: []Ref{External("team/web")}}),
				node(2, Node{Name: "web", Namespace: "team", File: "team-web.yaml"}),
			)
		},
	},
	"FD107": {fires: cycles, quiet: nearlyCycles},
	"FD111": {fires: redundantEdges, quiet: nearlyRedundantEdges},
	"FD112": {
		fires: func() []Cluster {
			db := node(1, Node{Name: "db"})
			return one(db,
				node(2, Node{Name: "by-ref", DependsOn: []Ref{db, db, db.When("true")}}),
				node(3, Node{Name: "by-both", DependsOn: []Ref{db, External("flux-system/db")}}),
				node(4, Node{Name: "by-name", Extra: byName([2]string{"", "db"}, [2]string{"flux-system", "db"})}),
				node(5, Node{Name: "outside", DependsOn: []Ref{External("elsewhere"), External("elsewhere")}}),
			)
		},
		quiet: func() []Cluster {
			return one(
				node(1, Node{Name: "db"}),
				node(2, Node{Name: "db", Namespace: "team", File: "team-db.yaml"}),
				node(3, Node{Name: "web", DependsOn: []Ref{External("db"), External("team/db")}}),
			)
		},
	},
	"FD117": {fires: misspeltExternals, quiet: otherExternals},
}

// cycles are one of three, which is reported along dependsOn from the earliest
// declaration on, one of two, with a node behind it that is not its own cycle, and
// one over two sources, which the controller sorts apart. The source of the second
// names its namespace, as those of the others need not.
func cycles() []Cluster {
	d := node(4, Node{Name: "d", DependsOn: []Ref{External("e")}})
	e := node(5, Node{Name: "e", Extra: byName([2]string{"", "d"}),
		Source: Source{Kind: "GitRepository", Name: "flux-system", Namespace: "flux-system"}})
	return one(
		node(3, Node{Name: "c", DependsOn: []Ref{External("b")}}),
		node(2, Node{Name: "b", DependsOn: []Ref{External("a")}}),
		node(1, Node{Name: "a", DependsOn: []Ref{External("c")}}),
		d, e, node(6, Node{Name: "f", DependsOn: []Ref{e}}),
		node(7, Node{Name: "here", DependsOn: []Ref{External("there")}}),
		node(8, Node{Name: "there", DependsOn: []Ref{External("here")}, Source: Source{Kind: "Bucket", Name: "flux-system"}}),
	)
}

// nearlyCycles have two ways between the same nodes, but none back: the last
// name lies in another namespace.
func nearlyCycles() []Cluster {
	a := node(1, Node{Name: "a", DependsOn: []Ref{External("team/d")}})
	b := node(2, Node{Name: "b", DependsOn: []Ref{a}})
	c := node(3, Node{Name: "c", DependsOn: []Ref{a}})
	return one(a, b, c,
		node(4, Node{Name: "d", DependsOn: []Ref{b, c}}),
		node(5, Node{Name: "d", Namespace: "team", File: "team-d.yaml"}),
	)
}

// redundantEdges are implied over one node, and over a longer path.
func redundantEdges() []Cluster {
	a := node(1, Node{Name: "a"})
	b := node(2, Node{Name: "b", DependsOn: []Ref{a}})
	c := node(3, Node{Name: "c", DependsOn: []Ref{a, b}})
	return one(a, b, c,
		node(4, Node{Name: "d", Extra: byName([2]string{"", "a"}, [2]string{"", "c"})}),
	)
}

// nearlyRedundantEdges are a diamond, and an edge that says more than the path
// beside it does.
func nearlyRedundantEdges() []Cluster {
	a := node(1, Node{Name: "a"})
	b := node(2, Node{Name: "b", DependsOn: []Ref{a}})
	c := node(3, Node{Name: "c", DependsOn: []Ref{a}})
	g := node(7, Node{Name: "g", DependsOn: []Ref{a.When("true")}})
	other := node(9, Node{Name: "i", DependsOn: []Ref{a}, Source: Source{Kind: "OCIRepository", Name: "elsewhere"}})
	return one(a, b, c,
		node(4, Node{Name: "d", DependsOn: []Ref{b, c}}),
		node(5, Node{Name: "e", DependsOn: []Ref{a.When("dep.status.inventory.entries.size() > 0"), b}}),
		// What an expression judges, or what has another revision, implies nothing.
		node(6, Node{Name: "f", DependsOn: []Ref{a, b.When("true")}}),
		node(8, Node{Name: "h", DependsOn: []Ref{a, g}}),
		node(10, Node{Name: "j", DependsOn: []Ref{a, other}}),
		other, g,
	)
}

// misspeltExternals are as far from what is known as a misspelling may be, a third
// of the name, of which another namespace counts as one letter; and one letter
// further, which is another name, and only information.
func misspeltExternals() []Cluster {
	c := unleveled(
		node(1, Node{Name: "metric"}),
		node(2, Node{Name: "log"}),
		node(3, Node{Name: "known", DependsOn: []Ref{External("flux-systm")}}),
		node(4, Node{Name: "third", DependsOn: []Ref{External("metros")}}),
		node(5, Node{Name: "namespace", DependsOn: []Ref{External("team/metric")}}),
		node(6, Node{Name: "both", DependsOn: []Ref{External("team/metrix")}}),
		node(7, Node{Name: "short", DependsOn: []Ref{External("lag")}}),
		node(8, Node{Name: "cachea", DependsOn: []Ref{External("cacheb")}}), // not itself
		node(9, Node{Name: "cachecc"}),
		node(10, Node{Name: "over", DependsOn: []Ref{External("metals")}}),
		node(11, Node{Name: "both-over", DependsOn: []Ref{External("team/metros")}}),
		node(12, Node{Name: "short-over", DependsOn: []Ref{External("dc")}}),
		node(13, Node{Name: "nowhere", DependsOn: []Ref{External("platform/crossplane")}}),
	)
	c.Externals = []Ref{External("flux-system/flux-system")}
	return []Cluster{c}
}

// otherExternals are found, in one of the lists or in the graph.
func otherExternals() []Cluster {
	c := unleveled(
		node(1, Node{Name: "metric"}),
		node(2, Node{Name: "known", DependsOn: []Ref{External("flux-system"), External("metric")}}),
		node(3, Node{Name: "misspelt", DependsOn: []Ref{External("metrics")}}), // but somebody says that it is there
		node(4, Node{Name: "unbuilt", DependsOn: []Ref{External("team/old")}}),
	)
	c.Externals = []Ref{External("flux-system/flux-system"), External("flux-system/metrics")}
	c.Unbuilt = []Ref{External("team/old")}
	return []Cluster{c}
}

package dag

var levelCases = ruleCases{
	"FD108": {fires: wrongLevels, quiet: earlierLevels},
	"FD109": {fires: laterLevels, quiet: nextLevels},
	"FD110": {
		fires: func() []Cluster {
			db := node(1, Node{Name: "db"})
			cache := node(4, Node{Name: "cache", Namespace: "team"})
			return one( // once each, with everything that needs it
				node(2, Node{Name: "web", DependsOn: []Ref{db}}),
				node(3, Node{Name: "api", DependsOn: []Ref{cache, db}}),
			)
		},
		quiet: func() []Cluster {
			db := node(1, Node{Name: "db"})
			return one(
				node(2, Node{Name: "web", DependsOn: []Ref{db}}), db, // whatever the order
				node(3, Node{Name: "api", DependsOn: []Ref{External("elsewhere")}}),
			)
		},
	},
}

// wrongLevels hold a node that depends on its own level, and one that depends
// on a later one, with the levels' names and without.
func wrongLevels() []Cluster {
	ns := node(1, Node{Name: "ns"})
	db := node(2, Node{Name: "db", DependsOn: []Ref{ns}})
	last := node(5, Node{Name: "last", DependsOn: []Ref{db}})
	return []Cluster{leveled(
		level("Base", ns),
		level("Apps", db,
			node(3, Node{Name: "web", DependsOn: []Ref{db}}),
			node(4, Node{Name: "api", DependsOn: []Ref{last}}),
		),
		level("Late", last),
	), leveled(level("", node(6, Node{Name: "unnamed", DependsOn: []Ref{ns}})), level("", ns))}
}

// earlierLevels keep what they claim. A cluster without levels claims nothing,
// and the edges of a cycle are FD107's alone.
func earlierLevels() []Cluster {
	ns := node(1, Node{Name: "ns"})
	db := node(2, Node{Name: "db", DependsOn: []Ref{ns}})
	cache := node(3, Node{Name: "cache", DependsOn: []Ref{ns, External("elsewhere")}})
	pool := node(4, Node{Name: "pool", DependsOn: []Ref{db}})
	web := node(5, Node{Name: "web", DependsOn: []Ref{cache, pool}})
	a := node(6, Node{Name: "a", DependsOn: []Ref{External("b")}})
	b := node(7, Node{Name: "b", DependsOn: []Ref{a}})
	return []Cluster{
		leveled(level("Base", ns), level("Data", db, cache), level("Pools", pool), level("Apps", web)),
		unleveled(web, pool, cache, db, ns),
		leveled(level("Base", a, b)),
	}
}

// laterLevels hold a node that waits for nothing and one that waits for less
// than its level says. What stands behind them is where it belongs.
func laterLevels() []Cluster {
	ns := node(1, Node{Name: "ns"})
	db := node(2, Node{Name: "db", DependsOn: []Ref{ns}})
	free := node(3, Node{Name: "free"})
	early := node(4, Node{Name: "early", DependsOn: []Ref{ns}})
	return []Cluster{leveled(
		level("Base", ns),
		level("Data", db, free),
		level("Apps", early),
		level("Late", node(5, Node{Name: "behind", DependsOn: []Ref{early, db}})),
	), leveled(level("", ns), level(""), level("", node(6, Node{Name: "unnamed", DependsOn: []Ref{ns}})))}
}

// nextLevels stand right behind the last of their dependencies, and a cluster
// without levels has none to be late in. How early a node could be is unknown where
// it waits for something outside, and where FD108 asks for it or its neighbour to
// move.
func nextLevels() []Cluster {
	ns := node(1, Node{Name: "ns"})
	db := node(2, Node{Name: "db", DependsOn: []Ref{ns}})
	web := node(3, Node{Name: "web", DependsOn: []Ref{db, External("elsewhere")}})
	return []Cluster{
		leveled(level("Base", ns), level("Data", db), level("Apps", web)),
		leveled(level("Base", ns), level("Data"), level("Apps", node(4, Node{Name: "outside", DependsOn: []Ref{External("elsewhere")}}))),
		leveled(level("Base"), level("Data", db, ns)),
		unleveled(ns, db, web),
	}
}

//go:build unix

package cmd

import (
	"slices"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/dag"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// cases are the clusters that FLUXDAG_CASE chooses from. Each is declared only
// when it is chosen, because dag.Unlisted sees every node that was declared.
// They all have the name c.
var cases = map[string]func() dag.Cluster{
	"two": two, "findings": findingsCase, "information": information,
	"cycle-external": cycleExternal, "cycle-extra": cycleExtra,
	"missing": missing, "duplicate": duplicate, "relisted": relisted,
	"positions": positions, "renamed": renamed, "levels": levels, "policy": policy, "unlisted": unlisted, "empty": empty,
	"move-prepare": func() dag.Cluster { return moved(dag.Moved{From: "database", Prepare: true}) },
	"move":         func() dag.Cluster { return moved(dag.Moved{From: "database"}) },
	"move-typo":    func() dag.Cluster { return moved(dag.Moved{From: "databse"}) },
	"prepare-typo": func() dag.Cluster { return moved(dag.Moved{From: "databse", Prepare: true}) },
	"move-done":    func() dag.Cluster { return moved() },
	"move-cycle":   func() dag.Cluster { return withCycle(moved()) },
	"external":     external, "external-misspelt": externalMisspelt,
	"external-level": externalLevel, "neighbour": neighbour,
	"same-name":    func() dag.Cluster { return dag.Cluster{Name: "tazlab-k8s", Dir: "clusters/c"} },
	"same-folder":  func() dag.Cluster { return dag.Cluster{Name: "c", Dir: "clusters/tazlab-k8s"} },
	"name-path":    func() dag.Cluster { return dag.Cluster{Name: "./c"} },
	"dir-outside":  func() dag.Cluster { return dag.Cluster{Name: "c", Dir: "../outside"} },
	"dir-absolute": func() dag.Cluster { return dag.Cluster{Name: "c", Dir: "/clusters/c"} },
	"dir-unclean":  func() dag.Cluster { return dag.Cluster{Name: "c", Dir: "./clusters/c/"} },
}

// node declares a node on that line of a made-up file, so that no transcript
// depends on the lines of this one.
func node(line int, n dag.Node) dag.Ref { return dag.Declare(n).At(place(line)) }

// outside refers to a Kustomization by name, from that line.
func outside(line int, name string) dag.Ref { return dag.External(name).At(place(line)) }

func place(line int) dag.Position { return dag.Position{File: "clusters/c/dag.go", Line: line} }

// named is spec.dependsOn as Extra holds it: by name.
func named(names ...string) kustomizev1.KustomizationSpec {
	var spec kustomizev1.KustomizationSpec
	for _, name := range names {
		spec.DependsOn = append(spec.DependsOn, kustomizev1.DependencyReference{Name: name})
	}
	return spec
}

func level(name string, nodes ...dag.Ref) dag.Level { return dag.Level{Name: name, Nodes: nodes} }

func cluster(levels ...dag.Level) dag.Cluster {
	return dag.Cluster{
		Name: "c",
		Defaults: dag.Defaults{
			Interval: time.Hour,
			Timeout:  5 * time.Minute,
			Prune:    new(true),
			Source:   dag.Source{Kind: "GitRepository", Name: "flux-system"},
		},
		Levels: levels,
	}
}

func two() dag.Cluster {
	database := node(10, dag.Node{Name: "database", Path: "./database", Ready: dag.WaitAll()})
	web := node(16, dag.Node{Name: "web", Path: "./web", DependsOn: []dag.Ref{database}})
	return cluster(level("Storage", database), level("Applications", web))
}

// renamed is two, with another name for the database and without web.
func renamed() dag.Cluster {
	return cluster(level("Storage", node(10, dag.Node{Name: "postgres", Path: "./database", Ready: dag.WaitAll()})))
}

// moved is two, with another name for the database.
func moved(moves ...dag.Moved) dag.Cluster {
	postgres := node(10, dag.Node{Name: "postgres", Path: "./database", Ready: dag.WaitAll()})
	web := node(16, dag.Node{Name: "web", Path: "./web", DependsOn: []dag.Ref{postgres}})
	c := cluster(level("Storage", postgres), level("Applications", web))
	for _, m := range moves {
		m.To = postgres
		c.Moved = append(c.Moved, m)
	}
	return c
}

// withCycle adds nodes that wait for each other.
func withCycle(c dag.Cluster) dag.Cluster {
	c.Levels = append(c.Levels, level("Circle", node(30, dag.Node{Name: "chicken", Path: "./chicken", DependsOn: []dag.Ref{outside(31, "egg")}}),
		node(33, dag.Node{Name: "egg", Path: "./egg", DependsOn: []dag.Ref{outside(34, "chicken")}})))
	return c
}

// findingsCase has a warning and an information.
func findingsCase() dag.Cluster {
	database := node(10, dag.Node{Name: "database", Path: "./database", Ready: dag.WaitAll(), Timeout: 2 * time.Hour})
	backup := node(17, dag.Node{Name: "backup", Path: "./backup", DependsOn: []dag.Ref{database}})
	web := node(23, dag.Node{Name: "web", Path: "./web", DependsOn: []dag.Ref{database, backup}})
	shop := node(29, dag.Node{Name: "shop", Path: "./shop", DependsOn: []dag.Ref{web}})
	return cluster(level("Storage", database), level("Safety", backup), level("Applications", web), level("Business", shop))
}

// information has one, and nothing worse.
func information() dag.Cluster {
	database := node(10, dag.Node{Name: "database", Path: "./database"})
	backup := node(16, dag.Node{Name: "backup", Path: "./backup", DependsOn: []dag.Ref{database}})
	web := node(22, dag.Node{Name: "web", Path: "./web", DependsOn: []dag.Ref{database, backup}})
	return cluster(level("Storage", database), level("Safety", backup), level("Applications", web))
}

// cycleExternal goes through External, which Go cannot see.
func cycleExternal() dag.Cluster {
	database := node(10, dag.Node{Name: "database", Path: "./database", DependsOn: []dag.Ref{outside(13, "flux-system/secrets")}})
	backup := node(16, dag.Node{Name: "backup", Path: "./backup", DependsOn: []dag.Ref{database}})
	secrets := node(22, dag.Node{Name: "secrets", Path: "./secrets", DependsOn: []dag.Ref{backup}})
	return cluster(level("Storage", database), level("Safety", backup), level("Secrets", secrets))
}

// cycleExtra goes through names in Extra.
func cycleExtra() dag.Cluster {
	database := node(10, dag.Node{Name: "database", Path: "./database", Extra: named("web")})
	web := node(16, dag.Node{Name: "web", Path: "./web", Extra: named("database")})
	self := node(22, dag.Node{Name: "self", Path: "./self", Extra: named("self")})
	return cluster(level("Everything", database, web, self))
}

func missing() dag.Cluster {
	database := node(10, dag.Node{Name: "database", Path: "./database"})
	web := node(16, dag.Node{Name: "web", Path: "./web", Extra: named("databse", "certificates")})
	return cluster(level("Everything", database, web))
}

func duplicate() dag.Cluster {
	return cluster(level("Applications",
		node(10, dag.Node{Name: "web", Path: "./web"}),
		node(16, dag.Node{Name: "web", Path: "./shop"})))
}

func relisted() dag.Cluster {
	web := node(10, dag.Node{Name: "web", Path: "./web"})
	shop := node(16, dag.Node{Name: "shop", Path: "./shop", DependsOn: []dag.Ref{web}})
	return cluster(level("Applications", web), level("Business", shop, web))
}

// levels has a dependency in a later level, one in the same, and a node that
// stands too late.
func levels() dag.Cluster {
	database := node(10, dag.Node{Name: "database", Path: "./database"})
	web := node(16, dag.Node{Name: "web", Path: "./web", DependsOn: []dag.Ref{database}})
	shop := node(22, dag.Node{Name: "shop", Path: "./shop", DependsOn: []dag.Ref{web}})
	backup := node(28, dag.Node{Name: "backup", Path: "./backup", DependsOn: []dag.Ref{database}})
	return cluster(level("Applications", web, shop), level("Storage", database), level("Business"), level("Safety", backup))
}

// positions has findings about what only the declaration says, about the defaults, a
// cycle and a node that is not listed; golden/cli/position-fields.txtar has the source.
func positions() dag.Cluster {
	a := node(21, dag.Node{Name: "a", Path: "./a", DependsOn: []dag.Ref{outside(24, "elsewhere"), outside(24, "b")}, Allow: dag.Allow("fd204", "typo")})
	hidden := node(33, dag.Node{Name: "hidden", Path: "./hidden"})
	b := node(28, dag.Node{Name: "b", Path: "./b", File: "a.yaml", DependsOn: []dag.Ref{a, hidden}})
	c := node(38, dag.Node{Name: "c", Path: "./c", Omit: []string{"timeout", "images"}, Interval: time.Minute,
		Extra: kustomizev1.KustomizationSpec{Interval: metav1.Duration{Duration: time.Hour}},
		Allow: map[string]string{"FD111": "spelt out", "FD204": "a lab"}})
	clu := cluster(level("One", a), level("Two", b), level("Three", c))
	clu.Defaults.Source.Kind, clu.Defaults.Prune = "HelmRepository", nil
	clu.Policies = []dag.Rule{{Code: "FD1"}}
	clu.Externals = []dag.Ref{outside(17, "elsewhere")}
	return clu
}

// policy is TazLab with a node that waits in level 3.
func policy() dag.Cluster {
	c := tazlabk8s.Cluster
	c.Name = "c"
	c.Levels = slices.Clone(c.Levels)
	gitea := node(97, dag.Node{
		Name: "apps-gitea", Path: "./apps/cluster/gitea", Ready: dag.WaitAll(),
		DependsOn: []dag.Ref{outside(100, "infrastructure-configs")},
	})
	c.Levels[3].Nodes = append(slices.Clone(c.Levels[3].Nodes), gitea)
	return c
}

// unlisted lists neither backup nor database, which web needs.
func unlisted() dag.Cluster {
	database := node(10, dag.Node{Name: "database", Path: "./database"})
	node(16, dag.Node{Name: "backup", Path: "./backup", DependsOn: []dag.Ref{database}})
	return cluster(level("Applications", node(22, dag.Node{Name: "web", Path: "./web", DependsOn: []dag.Ref{database}})))
}

func empty() dag.Cluster { return cluster(level("Storage"), level("Applications")) }

func external() dag.Cluster {
	return cluster(level("Applications", node(10, dag.Node{
		Name: "web", Path: "./web", DependsOn: []dag.Ref{outside(13, "flux-system/flux-system")}})))
}

func externalMisspelt() dag.Cluster {
	return cluster(level("Applications", node(10, dag.Node{
		Name: "web", Path: "./web", DependsOn: []dag.Ref{outside(13, "flux-system/flux-sytem")}})))
}

// externalLevel has a node in level 1 that depends on nothing in level 0.
func externalLevel() dag.Cluster {
	database := node(10, dag.Node{Name: "database", Path: "./database"})
	web := node(16, dag.Node{Name: "web", Path: "./web", DependsOn: []dag.Ref{outside(19, "tenants/certificates")}})
	c := cluster(level("Storage", database), level("Applications", web))
	c.Externals = []dag.Ref{outside(25, "tenants/certificates")}
	return c
}

// neighbour has a node of the same name as Flux's own Kustomization.
func neighbour() dag.Cluster {
	return cluster(level("Applications",
		node(10, dag.Node{Name: "flux-system", Path: "./flux"}),
		node(16, dag.Node{Name: "web", Path: "./web"})))
}

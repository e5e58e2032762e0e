// Command samples writes pictures of made-up fleets into a folder, for the browser suite:
// every format of every sample, as NAME.FORMAT, and NAME.json for what they should hold.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/view"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: samples FOLDER")
	}
	tazlab := dag.Resolve(tazlabk8s.Cluster)
	for name, clusters := range map[string][]view.Cluster{
		"12":      {{Name: tazlab.Name(), Root: tazlab.Dir(), Graph: tazlab}},
		"150":     {fleet(150)},
		"1000":    {fleet(1000)},
		"hostile": {hostile()},
		"cycle":   {cycle()},
		"ring":    {ring()},
		"alone":   {alone()},
		"limits":  {limits()},
		"two":     {{Name: tazlab.Name(), Root: tazlab.Dir(), Graph: tazlab}, fleet(20)},
		"many":    many(),
		"sites":   sites(),
	} {
		for _, f := range view.Formats() {
			if err := write(filepath.Join(os.Args[1], name+"."+f.Name), f, clusters); err != nil {
				log.Fatal(err)
			}
		}
	}
}

// many is what a repository of several places holds: clusters that are small and alike.
func many() []view.Cluster {
	var all []view.Cluster
	for i := range 8 {
		base := dag.Declare(dag.Node{Name: "infrastructure", Path: "./infrastructure", Ready: dag.WaitAll()})
		refs := []dag.Ref{base}
		for k := range 1 + i%4 {
			refs = append(refs, dag.Declare(dag.Node{Name: fmt.Sprintf("app-%d", k), Path: "./apps", DependsOn: []dag.Ref{base}}))
		}
		all = append(all, resolve(fmt.Sprintf("place-%d", i), refs))
	}
	return all
}

// sites are too many clusters to be read in one picture.
func sites() []view.Cluster {
	var all []view.Cluster
	for i := range 10 {
		all = append(all, fleet(30+i))
	}
	return all
}

func write(name string, f view.Format, clusters []view.Cluster) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := f.Write(file, clusters); err != nil {
		return err
	}
	return file.Close()
}

// resolve makes a cluster of nodes, with what check says of them.
func resolve(name string, refs []dag.Ref, limits ...dag.Boundary) view.Cluster {
	g := dag.Resolve(dag.Cluster{Name: name, Nodes: refs, Boundaries: limits, Defaults: dag.Defaults{Interval: time.Hour, Timeout: 5 * time.Minute, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}})
	return view.Cluster{Name: name, Root: g.Dir(), Graph: g, Findings: g.Check()}
}

// hostile is a graph whose names would break out of a page if they could.
func hostile() view.Cluster {
	names := []string{`"quoted"`, `<b>bold</b>`, `</script><script>window.broken=1</script>`, `'single' & "double"`, "שלום עולם", "مرحبا-بالعالم",
		"\u202egnp.exe", `]]>--><svg onload=alert(1)>`, "日本語の名前", `back\slash`, "`tick`", "a|b#c;d", "a-very-long-name-" + fmt.Sprintf("%080d", 7), "- list", "1. list", "end"}
	var refs []dag.Ref
	for i, name := range names {
		n := dag.Node{Name: name, Path: "./" + name, Description: "brings " + name}
		if i > 0 {
			n.DependsOn = []dag.Ref{refs[i/3], dag.External("elsewhere/" + name)}
		}
		refs = append(refs, dag.Declare(n).At(dag.Position{File: name, Line: i + 1}))
	}
	var limits []dag.Boundary
	appliedBy := map[string]string{}
	for i, name := range names {
		limits = append(limits, dag.Boundary{Node: "flux-system/" + name, Kind: "remote", What: "https://" + name, Position: dag.Position{File: name, Line: 1}})
		appliedBy["flux-system/"+name] = "flux-system/" + names[i/2]
	}
	limits = append(limits, dag.Boundary{Node: "flux-system/" + names[1], Kind: names[2], What: names[6]}, dag.Boundary{Kind: names[1], What: names[2]})
	c := resolve(`<i>"hostile"</i> & שלום`, refs, limits...)
	c.AppliedBy = appliedBy
	return c
}

// alone is what many repositories at home look like: a few chains, and much that waits for
// nothing, in many namespaces.
func alone() view.Cluster {
	var refs []dag.Ref
	for i := range 70 {
		n := dag.Node{Name: fmt.Sprintf("app-%02d", i), Namespace: []string{"default", "media", "network"}[i%7%3], Path: fmt.Sprintf("./apps/app-%02d", i)}
		if i%9 == 1 {
			n.DependsOn = refs[i-1:]
		}
		refs = append(refs, dag.Declare(n))
	}
	return resolve("alone", refs)
}

// limits is a graph that ends in many places: tenants from sources of their own.
func limits() view.Cluster {
	var refs []dag.Ref
	var limits []dag.Boundary
	appliedBy := map[string]string{}
	for i, name := range []string{"flux-system", "tenants", "policies", "team-a", "team-b", "team-c", "charts"} {
		n := dag.Node{Name: name, Path: "./" + name, Ready: dag.WaitAll()}
		if i > 1 {
			n.DependsOn = []dag.Ref{refs[i/2]}
			limits = append(limits, dag.Boundary{Node: "flux-system/" + name, Kind: "source", What: "GitRepository flux-system/" + name, Position: dag.Position{File: "tenants/" + name + ".yaml", Line: 12, Column: 3}})
		}
		refs = append(refs, dag.Declare(n).At(dag.Position{File: "tenants/" + name + ".yaml", Line: 1}))
		appliedBy["flux-system/"+name] = "flux-system/" + []string{"flux-system", "tenants"}[min(i/3, 1)]
	}
	limits = append(limits, dag.Boundary{Node: "flux-system/team-a", Kind: "remote", What: "https://example.com/crds.yaml"}, dag.Boundary{Kind: "variable", What: "${CLUSTER}"})
	c := resolve("limits", refs, limits...)
	c.AppliedBy, c.SyncRoot = appliedBy, "flux-system/flux-system"
	return c
}

// cycle is a graph that never becomes ready.
func cycle() view.Cluster {
	node := func(name string, after ...dag.Ref) dag.Ref {
		return dag.Declare(dag.Node{Name: name, Path: "./" + name, DependsOn: after})
	}
	base := node("base")
	a := node("a", base, dag.External("c"))
	b := node("b", a)
	c := node("c", b)
	return resolve("cycle", []dag.Ref{base, a, b, c, node("d", c, dag.External("gone")), node("self", dag.External("self"))})
}

// ring is a cycle of four of which others depend, and a second one through one of them.
func ring() view.Cluster {
	node := func(name string, after ...string) dag.Ref {
		n := dag.Node{Name: name, Path: "./apps/base/" + name, Ready: dag.WaitAll()}
		for _, to := range after {
			n.DependsOn = append(n.DependsOn, dag.External(to))
		}
		return dag.Declare(n)
	}
	return resolve("ring", []dag.Ref{node("db", "infra-configs"), node("flux-system"), node("infra-configs", "infra-controllers"),
		node("infra-controllers", "shop"), node("shop", "db", "metrics"), node("metrics", "shop"), node("blog", "db"), node("cache", "shop")})
}

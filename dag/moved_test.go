package dag

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func moving(moves []Moved, refs ...Ref) Cluster {
	c := unleveled(refs...)
	c.Moved = moves
	return c
}

// badMoves are wrong in one way each, but for the last.
func badMoves() []Cluster {
	web, api := node(1, Node{Name: "web"}), node(2, Node{Name: "api"})
	return []Cluster{
		moving([]Moved{{From: "old"}}, web, api),
		moving([]Moved{{From: "old", To: External("web").At(at(3))}}, web, api),
		moving([]Moved{{From: "old", To: node(4, Node{Name: "unlisted"})}}, web, api),
		moving([]Moved{{To: web}}, web, api),
		moving([]Moved{{From: "Old", To: web}}, web, api),
		moving([]Moved{{From: "flux-system/web", To: web}}, web, api),
		moving([]Moved{{From: "api", To: web}}, web, api),
		moving([]Moved{{From: "old", To: web}, {From: "older", To: web}, {From: "old", To: api}}, web, api),
	}
}

// goodMoves are of another name, of another namespace, only prepared, and not the only ones.
func goodMoves() []Cluster {
	db := node(1, Node{Name: "db"})
	web := node(2, Node{Name: "web", Namespace: "shop", DependsOn: []Ref{db}})
	return []Cluster{
		moving([]Moved{{From: "database", To: db}}, db, web),
		moving([]Moved{{From: "flux-system/web", To: web}, {From: "data", To: db, Prepare: true}}, db, web),
	}
}

// TestMoved holds what a rename makes of a graph.
func TestMoved(t *testing.T) {
	db := node(1, Node{Name: "db"})
	web := node(2, Node{Name: "web", DependsOn: []Ref{db}})
	describe := func(c Cluster) []string {
		var lines []string
		for v := range Resolve(c).Vertices() {
			line := v.Key() + " in " + v.File()
			if v.Object().Spec.Suspend {
				line += ", suspended"
			}
			for _, dep := range v.Object().Spec.DependsOn {
				line += ", waits for " + dep.Name
			}
			lines = append(lines, line)
		}
		slices.Sort(lines)
		return lines
	}
	for name, c := range map[string]struct {
		moves []Moved
		want  []string
	}{
		"prepared": {[]Moved{{From: "data", To: db, Prepare: true}},
			[]string{"flux-system/data in data.yaml, suspended", "flux-system/web in web.yaml, waits for data"}},
		"moved": {[]Moved{{From: "data", To: db}},
			[]string{"flux-system/data in data.yaml, suspended", "flux-system/db in db.yaml", "flux-system/web in web.yaml, waits for db"}},
		"dependent": {[]Moved{{From: "site", To: web}},
			[]string{"flux-system/db in db.yaml", "flux-system/site in site.yaml, suspended, waits for db", "flux-system/web in web.yaml, waits for db"}},
		"namespace": {[]Moved{{From: "shop/db", To: db}},
			[]string{"flux-system/db in db.yaml", "flux-system/web in web.yaml, waits for db", "shop/db in shop.db.yaml, suspended"}},
		"file": {[]Moved{{From: "data", To: db, File: "d.yaml"}},
			[]string{"flux-system/data in d.yaml, suspended", "flux-system/db in db.yaml", "flux-system/web in web.yaml, waits for db"}},
		"done": {nil, []string{"flux-system/db in db.yaml", "flux-system/web in web.yaml, waits for db"}},
	} {
		if diff := cmp.Diff(c.want, describe(moving(c.moves, db, web))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	got := Resolve(moving([]Moved{{From: "x", To: web, Prepare: true}, {From: "data", To: db}}, db, web)).Moves()
	if diff := cmp.Diff([]Move{{"flux-system/data", "flux-system/db", false}, {"flux-system/x", "flux-system/web", true}}, got); diff != "" {
		t.Errorf("moves (-want +got):\n%s", diff)
	}
}

package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestTwice holds what is told of a HelmRelease that comes beside another one of the same release,
// which goes on: once, as a warning, with the change that makes it so.
func TestTwice(t *testing.T) {
	suspended := func(o plan.Object) plan.Object { o.Suspended, o.Digest = true, "suspended"; return o }
	stored := func(o plan.Object, in string) plan.Object {
		o.Fixed = strings.Replace(o.Fixed, `"storageNamespace":"`+o.Namespace, `"storageNamespace":"`+in, 1)
		return o
	}
	x, y, z := releaseOf("a", "x", "db/x"), releaseOf("a", "y", "db/x"), releaseOf("b", "x", "db/x")
	elsewhere, away := releaseOf("a", "y", "web/x"), stored(z, "a")
	away.Away = true
	type objects = []plan.Object
	const every, own = "HelmRelease a/y is of the same Helm release as HelmRelease a/x of flux-system/web, which goes on: each upgrades it over what the other did, at every interval",
		"HelmRelease b/x is of the same Helm release as HelmRelease a/x of flux-system/web, which goes on: each keeps records of its own"
	for name, c := range map[string]struct {
		had, has    objects // of data
		beside, now objects // of web
		want        string
	}{
		"with its records":        {nil, objects{y}, objects{x}, objects{x}, every},
		"with its own":            {nil, objects{z}, objects{x}, objects{x}, own},
		"elsewhere, its records":  {nil, objects{elsewhere}, objects{x}, objects{x}, "in common with HelmRelease a/x of flux-system/web, which goes on: each uninstalls what the other installed"},
		"stored with it":          {nil, objects{stored(z, "a")}, objects{x}, objects{x}, "HelmRelease b/x is of the same Helm release as HelmRelease a/x of flux-system/web, which goes on: each upgrades it"},
		"resumed":                 {objects{suspended(y)}, objects{y}, objects{x}, objects{x}, every},
		"both in one node":        {nil, objects{x, y}, nil, nil, "HelmRelease a/x is of the same Helm release as HelmRelease a/y, which goes on"},
		"with another one's name": {objects{elsewhere}, objects{y}, objects{x}, objects{x}, every},
		"suspended":               {nil, objects{suspended(y)}, objects{x}, objects{x}, ""},
		"beside a suspended one":  {nil, objects{y}, objects{suspended(x)}, objects{suspended(x)}, ""},
		"it goes":                 {nil, objects{y}, objects{x}, objects{}, ""},
		"it was so":               {objects{y}, objects{func() plan.Object { o := y; o.Digest = "new"; return o }()}, objects{x}, objects{x}, ""},
		"another release":         {nil, objects{releaseOf("a", "y", "db/y")}, objects{x}, objects{x}, ""},
		"in another cluster":      {nil, objects{away}, objects{x}, objects{x}, ""},
	} {
		base, head := pair(nil), pair(nil)
		base.Objects = map[string][]plan.Object{"flux-system/data": c.had, "flux-system/web": c.beside}
		head.Objects = map[string][]plan.Object{"flux-system/data": c.has, "flux-system/web": c.now}
		p := plan.Compare([]plan.Side{base}, []plan.Side{head})
		var said []string
		for _, change := range p.Clusters[0].Changes {
			if strings.Contains(change.Effect, "which goes on") {
				said = append(said, change.Effect)
			}
		}
		switch {
		case len(said) == 0 && c.want == "":
		case len(said) != 1 || c.want == "" || strings.Count(said[0], c.want) != 1 || strings.Count(said[0], "which goes on") != 1:
			t.Errorf("%s: %q", name, said)
		case name == "with another one's name", name == "elsewhere, its records":
			if !p.Has(plan.Prune) {
				t.Errorf("%s: no prune", name)
			}
		case !strings.Contains(written(t, p, plan.Text), "CONTENT flux-system/data"):
			t.Errorf("%s: no warning", name)
		}
	}
	base, head := without(), pair(nil)
	base.Objects = map[string][]plan.Object{"flux-system/web": {x}}
	head.Objects = map[string][]plan.Object{"flux-system/web": {x}, "flux-system/data": {y}}
	head.Build = func(v *dag.Vertex) plan.Build { return plan.Build{Objects: head.Objects[v.Key()]} }
	if text := written(t, plan.Compare([]plan.Side{base}, []plan.Side{head}), plan.Text); !strings.Contains(text, "ADD flux-system/data") || !strings.Contains(text, "same Helm release") {
		t.Error(text)
	}
}

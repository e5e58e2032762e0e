package dag

import (
	"strings"
	"testing"
	"time"

	"github.com/tazlab/fluxdag/golden"
)

// TestCondense holds what becomes one finding at Defaults, and what does not: a value
// that is the node's own, in part or whole, and a defect that only one node takes.
func TestCondense(t *testing.T) {
	missing := unleveled(node(1, Node{Name: "a"}), node(2, Node{Name: "b"}))
	missing.Defaults.Prune, missing.Defaults.Source = nil, Source{Kind: "GitRepository"}

	some := unleveled(node(3, Node{Name: "a"}), node(4, Node{Name: "b"}), node(5, Node{Name: "c"}), node(6, Node{Name: "d"}),
		node(7, Node{Name: "own", Prune: new(true)}))
	some.Defaults.Prune = nil

	two := unleveled(node(8, Node{Name: "a"}), node(9, Node{Name: "b"}), node(10, Node{Name: "own", Interval: time.Hour}))
	two.Defaults.Interval = 0

	single := unleveled(node(11, Node{Name: "a"}), node(12, Node{Name: "own", Prune: new(true)}))
	single.Defaults.Prune = nil

	none := unleveled(node(13, Node{Name: "a"}), node(14, Node{Name: "b"}))
	none.Defaults = Defaults{}

	source := unleveled(node(15, Node{Name: "a"}), node(16, Node{Name: "b"}), fromSource(17, "bucket"))
	source.Defaults.Source = Source{Kind: "HelmRepository", Name: "x"}

	timeout := unleveled(node(18, Node{Name: "a"}), node(19, Node{Name: "b"}), node(20, Node{Name: "own", Interval: 30 * time.Minute}))
	timeout.Defaults.Timeout = 2 * time.Hour

	names := unleveled(node(21, Node{Name: "a"}), node(22, Node{Name: "b"}), node(23, Node{Name: "c", Namespace: "Own"}))
	names.Defaults.Namespace, names.Defaults.Substitute = "Team_A", map[string]string{"domain.name": "", "ok": ""}

	allowed := unleveled(node(24, Node{Name: "a"}), node(25, Node{Name: "b"}), node(26, Node{Name: "c", Allow: Allow("FD204", "a lab")}))
	allowed.Defaults.Interval = time.Second

	var b strings.Builder
	for _, c := range []Cluster{missing, some, two, single, none, source, timeout, names, allowed} {
		g := Resolve(c)
		for _, d := range g.Condense(g.Check()) {
			b.WriteString(d.String() + "\n")
		}
	}
	golden.Check(t, "condensed.txt", b.String())
}

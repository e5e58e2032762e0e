package plan

import (
	"errors"
	"strings"
	"testing"
)

// TestAllowed holds that what is allowed is told apart from what says the same and is not, in
// every format, and that only the latter counts.
func TestAllowed(t *testing.T) {
	var p Plan
	var changes []Change
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		changes = append(changes, Change{Kind: Delete, Node: "apps/" + name, Effect: "Flux deletes everything that apps/" + name + " applied."})
	}
	p.Clusters = []ClusterPlan{{Name: "prod", Changes: changes}}
	for _, name := range []string{"a", "c", "e"} {
		some, err := ParseAllowance("delete=prod:apps/" + name)
		if err == nil {
			err = p.Allow(some...)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if !p.Has(Delete) {
		t.Error("what is not allowed does not count")
	}
	for _, f := range []struct {
		name  string
		print func(*strings.Builder) error
	}{
		{"text", func(b *strings.Builder) error { return Text(b, &p) }},
		{"markdown", func(b *strings.Builder) error { return Markdown(b, &p) }},
		{"github", func(b *strings.Builder) error { return GitHub(b, &p, "") }},
	} {
		var b strings.Builder
		if err := f.print(&b); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(b.String(), "(allowed)"); n != 1 || strings.Count(strings.ToLower(b.String()), "delete") < 2 {
			t.Errorf("%s: the two groups are not told apart:\n%s", f.name, b.String())
		}
	}
	if err := p.Allow(Allowance{Delete, "", "apps/b"}, Allowance{Delete, "", "apps/d"}, Allowance{Delete, "", "apps/f"}); err != nil || p.Has(Delete) {
		t.Errorf("%v; counts though all are allowed: %t", err, p.Has(Delete))
	}
}

// TestInstead holds what is named in the place of what does not happen: what does happen to that
// node, the most dangerous first.
func TestInstead(t *testing.T) {
	p := Plan{Clusters: []ClusterPlan{{Name: "prod", Changes: []Change{
		{Kind: Rename, Node: "apps/new", From: "apps/old", Allowed: true}, {Kind: Prune, Node: "apps/a"}, {Kind: Stuck, Node: "apps/new"}, {Kind: Stuck, Node: "apps/a"}, {Kind: Edge, Node: "apps/a"}, {Kind: Edge, Node: "apps/b"},
	}}}}
	for _, c := range []struct {
		kind       Kind
		node, want string
	}{
		{Delete, "apps/a", "prune=apps/a stuck=apps/a"},
		{Delete, "apps/b", "edge=apps/b"},
		{Stuck, "apps/old", "stuck=apps/new"},
		{Prune, "apps/c", "prune=apps/a"},
	} {
		var refused *NotAllowedError
		if !errors.As(p.Allow(Allowance{c.kind, "", c.node}), &refused) {
			t.Fatalf("%s=%s is allowed", c.kind, c.node)
		}
		var got []string
		for _, a := range refused.Instead {
			got = append(got, a.String())
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s=%s: %q, want %q", c.kind, c.node, got, c.want)
		}
	}
}

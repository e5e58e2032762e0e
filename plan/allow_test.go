package plan

import (
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

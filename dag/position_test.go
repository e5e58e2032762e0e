package dag

import (
	"testing"
	"time"
)

// TestSourceFile holds that a file is named the same whatever path the compiler
// saw: an absolute one of some checkout, or that of a build with -trimpath.
func TestSourceFile(t *testing.T) {
	main := build().mainModule
	if main == "" {
		t.Fatal("the test does not know its own module")
	}
	for _, c := range []struct{ function, file, want string }{
		{main + "/clusters/prod.init", "/home/me/checkout/clusters/prod/dag.go", "clusters/prod/dag.go"},
		{main + "/clusters/prod.init", main + "/clusters/prod/dag.go", "clusters/prod/dag.go"},
		{main + "/clusters/prod.init", `C:/work/clusters/prod/dag.go`, "clusters/prod/dag.go"},
		{main + "/clusters/k8s%2eio.init.0.func1", "/x/clusters/k8s.io/dag.go", "clusters/k8s.io/dag.go"},
		{main + "/clusters.Tenant[...]", "/x/clusters/tenant.go", "clusters/tenant.go"},
		{main + "/clusters.(*fleet).nodes", "/x/clusters/fleet.go", "clusters/fleet.go"},
		{main + ".init", "/x/dag.go", "dag.go"},
		{main + "/dag_test.TestX", "/x/dag/x_test.go", "dag/x_test.go"},
		{"example.com/shared/tenants.New", "/root/go/pkg/mod/example.com/shared@v1.2.3/tenants/new.go", "example.com/shared/tenants/new.go"},
		{main + "-other/a.init", "/x/a/dag.go", main + "-other/a/dag.go"},
	} {
		if got := sourceFile(c.function, c.file); got != c.want {
			t.Errorf("sourceFile(%q, %q) = %q, want %q", c.function, c.file, got, c.want)
		}
	}
}

// TestDeclareRemembersWhere holds the line of a call, in a function and in a literal of
// several lines too.
func TestDeclareRemembersWhere(t *testing.T) {
	make := func() Ref { return Declare(Node{Name: "b"}) }
	for name, c := range map[string]struct {
		ref  Ref
		line int
	}{
		"plain": {Declare(Node{ // line 41
			Name: "a",
		}), 41},
		"in a function": {make(), 36},
		"external":      {External("x/y"), 45},
		"elsewhere":     {Declare(Node{}).At(Position{File: "x.yaml", Line: 3, Column: 7}), 3},
	} {
		pos := c.ref.Position()
		if pos.Line != c.line || name != "elsewhere" && pos.File != "dag/position_test.go" {
			t.Errorf("%s: %s, want line %d", name, pos, c.line)
		}
	}
}

func TestFormatDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", time.Hour: "1h", 90 * time.Minute: "1h30m", 10 * time.Minute: "10m", 10 * time.Second: "10s", time.Hour + time.Second: "1h0m1s",
		24 * time.Hour: "24h", 1500 * time.Millisecond: "1.5s", 20 * time.Hour: "20h", 100 * time.Minute: "1h40m", time.Millisecond: "1ms", -time.Hour: "-1h",
	} {
		got := FormatDuration(d)
		if back, err := time.ParseDuration(got); got != want || err != nil || back != d {
			t.Errorf("FormatDuration(%d) = %q, want %q; it reads as %v, %v", d, got, want, back, err)
		}
	}
}

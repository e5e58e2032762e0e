package plan_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
	"github.com/tazlab/fluxdag/plan"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"
)

// randomPlan draws a plan of several clusters, with notes and what could not be read.
func randomPlan(t *rapid.T) *plan.Plan {
	var base, head []plan.Side
	for i := range rapid.IntRange(0, 3).Draw(t, "clusters") {
		b, h := randomSide(t, true), randomSide(t, true)
		b.Root, h.Root = fmt.Sprint("clusters/", i), fmt.Sprint("clusters/", i)
		h.Declared = rapid.Bool().Draw(t, "declared")
		h.Notes = []string{rapid.SampledFrom(names).Draw(t, "note")}
		h.Unread = dag.Diagnostics{{Code: "FD305", Severity: dag.Error, Position: dag.Position{File: rapid.SampledFrom(names).Draw(t, "file")}, Message: rapid.SampledFrom(names).Draw(t, "message")}}
		if rapid.IntRange(0, 4).Draw(t, "both") > 0 {
			base = append(base, b)
		}
		head = append(head, h)
	}
	p := plan.Compare(base, head)
	p.Base, p.Head = plan.Revision{Name: rapid.SampledFrom(names).Draw(t, "revision"), Commit: "0123456789abcdef"}, plan.Revision{Name: "worktree"}
	return p
}

func written(t interface{ Fatal(...any) }, p *plan.Plan, format func(io.Writer, *plan.Plan) error) string {
	var b bytes.Buffer
	if err := format(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestTextFits holds that a text fits into 88 columns wherever its words do, and that no
// name gives the terminal orders.
func TestTextFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := randomPlan(t)
		text := written(t, p, plan.Text)
		for line := range strings.Lines(text) {
			line = strings.TrimSuffix(line, "\n")
			if uniseg.StringWidth(line) > 88 && len(strings.Fields(line)) > 2 && !strings.HasPrefix(line, "       kubectl ") { // a command is not broken
				t.Fatalf("%q is too wide", line)
			}
		}
		if strings.ContainsAny(text, "\u202e\x1b\r") {
			t.Fatalf("%q", text)
		}
	})
}

// TestSchema holds that the JSON is what docs/plan.schema.json says, and has no member
// that it does not mention.
func TestSchema(t *testing.T) {
	schema := golden.Schema(t, "plan.schema.json")
	valid := func(t interface{ Fatal(...any) }, text string) {
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); err != nil {
			t.Fatal(err, text)
		}
	}
	rapid.Check(t, func(t *rapid.T) { valid(t, written(t, randomPlan(t), plan.JSON)) })
	rapid.Check(t, func(t *rapid.T) {
		var b bytes.Buffer
		if err := plan.DestroyJSON(&b, []plan.Teardown{plan.Destroy(randomSide(t, true), nil)}); err != nil {
			t.Fatal(err)
		}
		valid(t, b.String())
	})
}

// TestMarkdown holds that a comment, rendered, has no element but ours, whatever the
// names are.
func TestMarkdown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { onlyOurs(t, randomPlan(t)) })
}

// FuzzMarkdown does so with any name, which has to be shown as it is.
func FuzzMarkdown(f *testing.F) {
	for _, name := range append(names, "&lt;", "\\*x\\*", "http://a.b", "www.a.b", "a@b.c", ":tada:", "~~x~~", "- x\n- y", "1. x", "\x00", "\xff", "![a](b)", "$x$", "[^1]", "<!-- x") {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if len(name) > 200 || strings.TrimSpace(name) != name || strings.Contains(name, "  ") || name == "" {
			return
		}
		node := dag.Declare(dag.Node{Name: name, Path: "./" + name, Prune: new(true)})
		base := []plan.Side{{Name: name, Root: name, Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: []dag.Ref{node}})}}
		head := []plan.Side{{Name: name, Root: name, Notes: []string{name}, Graph: dag.Resolve(dag.Cluster{Name: "c"})}}
		p := plan.Compare(base, head)
		shown := onlyOurs(t, p)
		if printed := strings.ToValidUTF8(name, ""); printed == name && !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r > '~' }) && !strings.Contains(shown, "flux-system/"+name) {
			t.Errorf("%q is not shown in\n%s", name, shown)
		}
	})
}

// onlyOurs renders Markdown as GitHub does, and returns the text in it. Changes with steps
// have numbered lists, and nothing else has.
func onlyOurs(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, p *plan.Plan) string {
	text := written(t, p, plan.Markdown)
	lists := 0
	for _, c := range p.Clusters {
		for _, change := range c.Changes {
			lists += 2 * min(len(change.Steps), 1)
		}
	}
	var page bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := md.Convert([]byte(text), &page); err != nil {
		t.Fatal(err)
	}
	var shown strings.Builder
	depth, comments := 0, 0
	for z := nethtml.NewTokenizer(&page); ; {
		switch z.Next() {
		case nethtml.ErrorToken:
			return shown.String()
		case nethtml.TextToken:
			raw := string(z.Text())
			if depth == 0 && strings.ContainsAny(raw, "@#") {
				t.Fatalf("%q may call for people in\n%s", raw, text)
			}
			shown.WriteString(raw)
		case nethtml.CommentToken:
			if comments++; z.Token().String() != plan.Marker || comments > 1 {
				t.Fatalf("a comment in\n%s", text)
			}
		case nethtml.StartTagToken, nethtml.EndTagToken, nethtml.SelfClosingTagToken:
			token := z.Token()
			switch token.DataAtom {
			case atom.Code:
				depth += map[nethtml.TokenType]int{nethtml.StartTagToken: 1, nethtml.EndTagToken: -1}[token.Type]
			case atom.B, atom.Br, atom.Details, atom.Summary, atom.H3, atom.H4, atom.Ul, atom.Li, atom.P:
			case atom.Ol:
				if lists--; lists < 0 { // two tokens each
					t.Fatalf("%s in\n%s", token, text)
				}
			default:
				t.Fatalf("%s in\n%s", token, text)
			}
			if len(token.Attr) > 0 {
				t.Fatalf("%s in\n%s", token, text)
			}
		}
	}
}

// TestMarkdownFits holds that no comment is larger than GitHub takes.
func TestMarkdownFits(t *testing.T) {
	for name, n := range map[string]int{"short": 20, "long": 2000} {
		var base, head []plan.Side
		for i := range 3 {
			root := fmt.Sprint("clusters/", i)
			base = append(base, plan.Side{Name: root, Root: root, Graph: dag.Resolve(dag.Cluster{Name: "c"})})
			c, objects := dag.Cluster{Name: "c", Defaults: dag.Defaults{Prune: new(true)}}, map[string][]plan.Object{}
			for j := range 500 { // each says something of its own, or they would be told of as one
				name := fmt.Sprint(strings.Repeat("<", n), j)
				n := dag.Node{Name: name, DependsOn: c.Nodes[max(0, j-1):j]}
				c.Nodes = append(c.Nodes, dag.Declare(n))
				objects["flux-system/"+name] = []plan.Object{{Kind: "ConfigMap", Namespace: "x", Name: name}}
			}
			head = append(head, plan.Side{Name: root, Root: root, Graph: dag.Resolve(c), Objects: objects})
		}
		for _, p := range []*plan.Plan{plan.Compare(base, head), plan.Compare(head, base)} {
			text := written(t, p, plan.Markdown)
			if len(text) > 60_000 {
				t.Errorf("%s: %d bytes", name, len(text))
			}
			if !strings.Contains(text, "had no room here") {
				t.Errorf("%s: nothing says that there is more", name)
			}
			onlyOurs(t, p)
		}
	}
}

// TestGitHub holds that every line is a command of ours or the summary, and that GitHub shows
// all of them.
func TestGitHub(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := written(t, randomPlan(t), github)
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "::error ") && !strings.HasPrefix(line, "::warning ") && !strings.HasPrefix(line, "::notice ") && !strings.HasPrefix(line, "plan: ") {
				t.Fatalf("%q", line)
			}
			if strings.Count(line, "::") < 2 && !strings.HasPrefix(line, "plan: ") {
				t.Fatalf("%q", line)
			}
		}
		for _, level := range []string{"error", "warning", "notice"} {
			if n := strings.Count("\n"+text, "\n::"+level+" "); n > 10 {
				t.Fatalf("%d of %s in\n%s", n, level, text)
			}
		}
	})
}

func github(w io.Writer, p *plan.Plan) error { return plan.GitHub(w, p, "deploy") }

// TestGitHubNamesAll holds that the worst comes first, with what it deletes, and that what has
// no annotation of its own is told of in the last one.
func TestGitHubNamesAll(t *testing.T) {
	var changes []plan.Change
	for i := range 30 {
		changes = append(changes, plan.Change{Kind: plan.Prune, Node: fmt.Sprint("x/", i), Effect: fmt.Sprint("Effect ", i, "."), Objects: []string{"PersistentVolumeClaim x/data"}})
	}
	changes = append(changes, plan.Change{Kind: plan.Delete, Node: "x/gone", Effect: "All."}, plan.Change{Kind: plan.Content, Node: "x/same", Effect: "Harmless."})
	text := written(t, &plan.Plan{Clusters: []plan.ClusterPlan{{Name: "c", Root: "c", Changes: changes}}}, github)
	if !strings.HasPrefix(text, "::error title=c%3A delete::x/gone: All.\n") || !strings.Contains(text, "x/0: Effect 0.%0Aobjects: PersistentVolumeClaim x/data\n") {
		t.Error(text)
	}
	for i := range 30 {
		if !strings.Contains(text, fmt.Sprint("x/", i, ": Effect ", i, ".")) {
			t.Errorf("nothing of %d", i)
		}
	}
	if strings.Contains(text, "Harmless") || strings.Count(text, "::notice ") != 1 {
		t.Error("what is harmless is told of, or there is more than one summary")
	}
}

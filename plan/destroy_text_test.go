package plan_test

import (
	"fmt"
	"html"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestDestroyLong holds that long texts stay readable: no line is wider than a terminal but
// for a word, a long command can be copied whole, and where a list is cut short it says,
// once, how to see the rest.
func TestDestroyLong(t *testing.T) {
	nodes, objects := map[string]dag.Node{}, []plan.Object{}
	for i := range 60 {
		nodes[fmt.Sprintf("an-application-with-a-long-name-%d", i)] = dag.Node{}
		objects = append(objects, plan.Object{Group: "example.com", Kind: "Database", Namespace: "data", Name: fmt.Sprint(i)})
	}
	s := applied(nodes, nil)
	s.Objects["flux-system/an-application-with-a-long-name-0"] = objects
	out := plan.Destroy(s, nil)
	for i := range 20 {
		out.Stages[0].Nodes[i].Listed = []string{fmt.Sprintf("apps/%d/kustomization.yaml", i)}
	}
	var b strings.Builder
	if err := plan.DestroyText(&b, []plan.Teardown{out}); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for line := range strings.Lines(text) {
		if line = strings.TrimSuffix(line, "\n"); len(line) > 88 && !strings.Contains(line, "'{") {
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
	if n := strings.Count(text, "-o json shows all"); n != 1 || !strings.Contains(text, "    and 12 more\n") {
		t.Errorf("%d times:\n%s", n, text)
	}
	pasted := strings.ReplaceAll(text, " \\\n", " ")
	for _, command := range append(out.Prepared, out.Stages[0].Wait...) {
		if !strings.Contains(strings.Join(strings.Fields(pasted), " "), command) {
			t.Errorf("%s is not in\n%s", command, text)
		}
	}
}

// TestDestroyTimeout holds that a wait does not end before that of Flux does.
func TestDestroyTimeout(t *testing.T) {
	for timeout, want := range map[time.Duration]string{time.Minute: "15m", 10 * time.Minute: "15m", 10*time.Minute + time.Second: "16m", time.Hour: "65m"} {
		s := applied(map[string]dag.Node{"web": {Timeout: timeout}}, nil)
		wait := plan.Destroy(s, nil).Stages[0].Wait
		if diff := cmp.Diff([]string{"kubectl wait kustomization/web -n flux-system --for=delete --timeout=" + want}, wait); diff != "" {
			t.Errorf("%s: %s", timeout, diff)
		}
	}
}

// TestDestroyMarkdown holds that a list of any size fits into an issue and says what it leaves
// out, that commands in it are whole, and that nothing in it calls for people.
func TestDestroyMarkdown(t *testing.T) {
	for _, n := range []int{1, 40, 4000} {
		nodes := map[string]dag.Node{}
		for i := range n {
			nodes[fmt.Sprintf("an-application-with-a-long-name-%d", i)] = dag.Node{}
		}
		s := applied(nodes, nil)
		s.Name = "@you <b>#1"
		out := plan.Destroy(s, nil)
		var b strings.Builder
		if err := plan.DestroyMarkdown(&b, []plan.Teardown{out, out}); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		if short := strings.Contains(text, "had no room here"); len(text) > 60_000 || short != (n == 4000) {
			t.Errorf("%d nodes: %d bytes, %t", n, len(text), short)
		}
		if strings.Contains(text, "@") || strings.Contains(text, "<b>") || !strings.Contains(text, "- [ ] Delete flux-system/an-application") {
			t.Error(text[:600])
		}
		for _, command := range out.Stages[0].Wait {
			if n < 4000 && !strings.Contains(text, "<br><code>"+command+"</code>") {
				t.Errorf("%s is not in it", command)
			}
		}
	}
}

// TestDestroyUncut holds that a note is shown to its end in each format, and what is named is
// told apart from Kubernetes' own.
func TestDestroyUncut(t *testing.T) {
	s := applied(map[string]dag.Node{"web": {}}, nil)
	for i := range 300 {
		s.Objects["flux-system/web"] = append(s.Objects["flux-system/web"], plan.Object{Group: "example.com", Kind: fmt.Sprintf("Kind%d", i), Namespace: "web", Name: "x"})
	}
	s.Objects["flux-system/web"] = append(s.Objects["flux-system/web"], plan.Object{Group: "talos.dev", Kind: "ServiceAccount", Namespace: "web", Name: "x"})
	out := []plan.Teardown{plan.Destroy(s, nil)}
	for name, write := range map[string]func(io.Writer, []plan.Teardown) error{"text": plan.DestroyText, "markdown": plan.DestroyMarkdown} {
		var b strings.Builder
		if err := write(&b, out); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
		if !strings.Contains(text, "Kind98, Kind99, ServiceAccount.talos.dev ") || strings.Contains(text, "…") {
			t.Errorf("%s: %s", name, text)
		}
	}
	if summary := out[0].Summary(); summary != "1 node, in 1 stage, a commit of its own" {
		t.Error(summary)
	}
	if summary := (plan.Teardown{}).Summary(); summary != "nothing to delete" {
		t.Error(summary)
	}
}

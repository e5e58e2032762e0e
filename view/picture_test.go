package view_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/tazlab/fluxdag/view"
	"pgregory.net/rapid"
)

// counts returns how many nodes and arrows a picture of the cluster has: an arrow
// stands for all dependencies between the same two.
func counts(c view.Cluster) (nodes, arrows int) {
	outside, pairs := map[string]bool{}, map[string]bool{}
	for v := range c.Graph.Vertices() {
		nodes++
		known := map[string]bool{v.Key(): true}
		for _, to := range c.Graph.Dependencies(v) {
			known[to.Key()] = true
		}
		for _, ref := range v.Object().Spec.DependsOn {
			namespace := ref.Namespace
			if namespace == "" {
				namespace = v.Object().Namespace
			}
			key := namespace + "/" + ref.Name
			outside[key] = outside[key] || !known[key]
			pairs[v.Key()+" "+key] = true
		}
	}
	for _, is := range outside {
		if is {
			nodes++
		}
	}
	return nodes, len(pairs)
}

// limited returns how many nodes have a boundary, and one more for the legend where any has.
func limited(c view.Cluster) int {
	n, nodes := 0, map[string]bool{}
	for _, b := range c.Graph.Boundaries() {
		nodes[b.Node] = true
	}
	for v := range c.Graph.Vertices() {
		if nodes[v.Key()] {
			n++
		}
	}
	return n + min(n, 1)
}

// TestPicturesHoldEverything holds that every node and every edge is in every picture
// once, whatever the names are.
func TestPicturesHoldEverything(t *testing.T) {
	node := map[string]*regexp.Regexp{
		"dot":     regexp.MustCompile(`(?m)^\t+n[0-9]+\[`),
		"mermaid": regexp.MustCompile(`(?m)^    n[0-9]+(\[|\(\[)"`),
		"svg":     regexp.MustCompile(`<g class="node[ "]`),
		"html":    regexp.MustCompile(`<g class="node[ "]`),
	}
	arrow := map[string]*regexp.Regexp{
		"dot":     regexp.MustCompile(`(?m)^\tn[0-9]+->n[0-9]+\[`),
		"mermaid": regexp.MustCompile(`(?m)^  n[0-9]+ -->.* n[0-9]+$`),
		"svg":     regexp.MustCompile(`<path class="edge[ "]`),
		"html":    regexp.MustCompile(`<path class="edge[ "]`),
	}
	rapid.Check(t, func(t *rapid.T) {
		c := randomCluster(t, anyName)
		nodes, arrows := counts(c)
		for _, f := range view.Formats() {
			if node[f.Name] == nil {
				continue
			}
			out := written(t, f, c)
			if got := len(node[f.Name].FindAllString(out, -1)); got != nodes {
				t.Fatalf("%s has %d nodes, not %d:\n%s", f.Name, got, nodes, out)
			}
			if got, want := strings.Count(out, `class="limit"`), limited(c); strings.Contains(out, "<svg") && got != want {
				t.Fatalf("%s marks %d boxes and entries as not followed, not %d:\n%s", f.Name, got, want, out)
			}
			if got := len(arrow[f.Name].FindAllString(out, -1)); got != arrows {
				t.Fatalf("%s has %d arrows, not %d:\n%s", f.Name, got, arrows, out)
			}
		}
	})
}

// TestPicturesAreHarmless holds that no name brings a control character, a bidirectional
// override or a tag of its own into a picture.
func TestPicturesAreHarmless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := randomCluster(t, anyName)
		for _, f := range view.Formats() {
			if f.Name == "json" { // encoding/json quotes what a parser needs quoted
				continue
			}
			out := written(t, f, c)
			if i := strings.IndexFunc(out, func(r rune) bool { return r != '\n' && r != '\t' && !unicode.IsPrint(r) }); i >= 0 {
				t.Fatalf("%s: %q", f.Name, out[max(0, i-20):min(len(out), i+20)])
			}
			if slices.Contains([]string{"svg", "html", "mermaid"}, f.Name) && (strings.Contains(out, "<b>") || strings.Count(out, "</script>") > 2) {
				t.Fatalf("%s has a tag of a name:\n%s", f.Name, out)
			}
		}
	})
}

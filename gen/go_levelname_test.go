package gen

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"pgregory.net/rapid"
)

// namesOf returns the names of the computed levels of a graph. A node is written
// "namespace/name path"; all of a level depend on the first of the one before.
func namesOf(levels [][]string) []string {
	var nodes []dag.Ref
	var below []dag.Ref
	for _, level := range levels {
		var first []dag.Ref
		for _, text := range level {
			key, path, _ := strings.Cut(text, " ")
			namespace, name, _ := strings.Cut(key, "/")
			ref := dag.Declare(dag.Node{Namespace: namespace, Name: name, Path: path, DependsOn: below})
			nodes, first = append(nodes, ref), append(first, ref)
		}
		below = first[:1]
	}
	var names []string
	for _, level := range goLevels(dag.Resolve(dag.Cluster{Name: "x", Nodes: nodes})) {
		names = append(names, level.name)
	}
	return names
}

// some returns n nodes, with numbers for the %d of a format.
func some(n int, format string) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(format, i)
	}
	return all
}

// TestLevelNames holds when a level has a name, each case beside one that just has none.
func TestLevelNames(t *testing.T) {
	wide := slices.Concat(some(4, "net/net%d ./apps/net/%[1]d"), some(20, "ns%d/one%[1]d ./apps/other/%[1]d/app"))
	for _, c := range []struct {
		about  string
		levels [][]string
		want   string // of the last level
	}{
		{"its namespace", [][]string{wide, some(5, "media/m%d ./apps/m%[1]d")}, "Media"},
		{"an element of its paths", [][]string{wide, some(5, "a%d/m%[1]d ./apps/media/m%[1]d/app")}, "Media"},
		{"leading words of its names", [][]string{wide, some(5, "a%d/home-assistant-m%[1]d ./apps/m%[1]d")}, "Home Assistant"},
		{"the namespace before the path", [][]string{wide, some(5, "databases/m%d ./apps/databases/cloudnative-pg/m%[1]d")}, "Databases"},
		{"nine in ten", [][]string{wide, append(some(9, "media/m%d ./m%[1]d"), "default/atuin ./atuin")}, "Media"},
		{"eight in nine", [][]string{wide, append(some(8, "media/m%d ./m%[1]d"), "default/atuin ./atuin")}, ""},
		{"two topics", [][]string{wide, append(some(5, "media/m%d ./m%[1]d"), some(5, "web/w%d ./w%[1]d")...)}, ""},
		{"the last words of its names", [][]string{wide, some(5, "a%d/m%[1]d-exporter ./apps/m%[1]d")}, ""},
		{"how its folders are laid out", [][]string{some(20, "ns%d/one%[1]d ./apps/%[1]d"), some(5, "default/m%d ./m%[1]d/app")}, ""},
		{"what most of the graph is about", [][]string{some(4, "media/n%d ./n%[1]d"), some(5, "media/m%d ./m%[1]d")}, ""},
		{"more than half of a topic", [][]string{wide, some(5, "net/m%d ./m%[1]d")}, "Net"},
		{"half of a topic", [][]string{wide, some(4, "net/m%d ./m%[1]d")}, ""},
		{"what as many names end in", [][]string{slices.Concat(wide, some(5, "a%d/n%[1]d-mcp ./n%[1]d")), some(5, "mcp/m%d ./m%[1]d")}, ""},
		{"one node", [][]string{wide, {"media/plex-server ./apps/media/plex"}}, "Plex Server"},
		{"three nodes", [][]string{wide, {"a/atuin ./atuin", "b/plex ./plex", "c/vault ./vault"}}, "Atuin, Plex & Vault"},
		{"three nodes of which two share", [][]string{wide, {"media/atuin ./atuin", "media/plex ./plex", "z/vault ./vault"}}, "Atuin, Plex & Vault"},
		{"three nodes that share", [][]string{wide, {"media/atuin ./atuin", "media/plex ./plex", "media/vault ./vault"}}, "Media"},
		{"two long names", [][]string{wide, {"a/envoy-gateway-proxy ./a", "b/rook-ceph-cluster ./b"}}, ""},
		{"four nodes", [][]string{wide, {"a/b ./b", "c/d ./d", "e/f ./f", "g/h ./h"}}, ""},
		{"one level", [][]string{some(5, "media/m%d ./m%[1]d")}, ""},
		{"the name of another", [][]string{wide, {"a/vault ./1"}, {"b/vault ./2"}}, ""},
	} {
		if names := namesOf(c.levels); names[len(names)-1] != c.want {
			t.Errorf("a level of %s: got %q, want %q last", c.about, names, c.want)
		}
	}
}

// TestLevelNamesHold holds that no level has a name that is not its own: names are
// unique, the order of the nodes does not matter, and nine in ten of the nodes
// mention all words of the name; or it is of theirs.
func TestLevelNamesHold(t *testing.T) {
	word := rapid.SampledFrom([]string{"media", "web", "db", "app", "net", "vault"})
	rapid.Check(t, func(t *rapid.T) {
		var levels [][]string
		for i := range rapid.IntRange(1, 4).Draw(t, "levels") {
			var nodes []string
			for k := range rapid.IntRange(1, 12).Draw(t, "nodes") {
				nodes = append(nodes, fmt.Sprintf("%s/%s-n%d-%d ./%s/%s", word.Draw(t, "namespace"), word.Draw(t, "name"), i, k, word.Draw(t, "path"), word.Draw(t, "leaf")))
			}
			levels = append(levels, nodes)
		}
		names, seen := namesOf(levels), map[string]bool{"": true}
		for i, name := range names {
			if name != "" && seen[name] {
				t.Fatalf("%q names two levels", name)
			}
			seen[name] = true
			having := 0
			for _, node := range levels[i] {
				if !slices.ContainsFunc(nameWords(strings.ToLower(name)), func(w string) bool { return !strings.Contains(node, w) }) {
					having++
				}
			}
			if name != "" && len(levels[i]) > 3 && 10*having < 9*len(levels[i]) {
				t.Fatalf("%q names %q", name, levels[i])
			}
			slices.Reverse(levels[i][1:])
		}
		if again := namesOf(levels); !slices.Equal(again, names) {
			t.Fatalf("in another order %q, not %q", again, names)
		}
	})
}

func TestFileNames(t *testing.T) {
	names := []string{"", "Media", "media!", "Level 1", "Policy", "Kopiur Repository & Rook Ceph", "Identity & Secrets", "äö", "Linux_test"}
	var levels []goLevel
	for _, name := range names {
		levels = append(levels, goLevel{name: name})
	}
	want := []string{"level-0", "media", "level-2", "level-3", "level-4", "level-5", "identity-secrets", "level-7", "linux-test"}
	if diff := cmp.Diff(want, fileNames(levels)); diff != "" {
		t.Error(diff)
	}
}

func TestClusterPhrase(t *testing.T) {
	for name, want := range map[string]string{
		"": "the cluster", "cluster": "the cluster", "production": "the cluster production", "home-cluster": "home-cluster",
		"cluster-00": "cluster-00", "prod.": `the cluster "prod."`, "my cluster": `the cluster "my cluster"`, "clusters": "the cluster clusters",
	} {
		if got := clusterPhrase(name); got != want {
			t.Errorf("%q: got %s, want %s", name, got, want)
		}
	}
}

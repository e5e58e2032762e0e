package dag

import (
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

var nameCases = ruleCases{
	"FD101": {
		fires: func() []Cluster {
			return one(
				node(1, Node{}),
				node(12, Node{}), // and no finding beside it
				node(2, Node{Name: "Web_App"}),
				node(3, Node{Name: "-web"}),
				node(4, Node{Name: "ns-case", Namespace: "Team_A"}),
				node(5, Node{Name: "ns-dot", Namespace: "team.a"}),
				node(6, Node{Name: "ns-long", Namespace: strings.Repeat("n", 64)}),
				node(7, Node{Name: "target", TargetNamespace: "Team.A"}),
				node(8, Node{Name: "label", Labels: map[string]string{"my key": "a", "team": "a b", "-x": "y"}}),
				node(9, Node{Name: "annotation", Annotations: map[string]string{"a/b/c": "anything goes: here", "": ""}}),
				node(10, Node{Name: "size", Annotations: map[string]string{"a": strings.Repeat("x", 256<<10)}}),
				node(11, Node{Name: "common", Extra: common("team", "a/b", "Bad key", "x")}),
			)
		},
		quiet: func() []Cluster {
			return one(
				node(1, Node{Name: "0"}),
				node(2, Node{Name: "web.v1-2"}), // a name may hold what a namespace may not
				node(3, Node{Name: "ns-digit", Namespace: "1"}),
				node(4, Node{Name: "ns-long", Namespace: strings.Repeat("n", 63)}),
				node(5, Node{Name: "target", TargetNamespace: "team-a"}),
				node(6, Node{Name: "target-long", TargetNamespace: strings.Repeat("N", 64)}), // FD216 asks for less first
				node(7, Node{Name: "label", Labels: map[string]string{"sharding.fluxcd.io/key": "B_1.x", "a": ""}}),
				node(8, Node{Name: "annotation", Annotations: map[string]string{"kustomize.toolkit.fluxcd.io/Reconcile": "a b\n"}}),
				node(9, Node{Name: "size", Annotations: map[string]string{"a": strings.Repeat("x", 256<<10-1)}}),
				node(10, Node{Name: "common", Extra: common("team", "a", "Note", "a b")}),
			)
		},
	},
	"FD102": {
		fires: func() []Cluster { return one(node(1, Node{Name: strings.Repeat("a", 64)})) },
		quiet: func() []Cluster { return one(node(1, Node{Name: strings.Repeat("a", 63)})) },
	},
	"FD103": {fires: duplicateNodes, quiet: nearlyDuplicateNodes},
	"FD104": {
		fires: func() []Cluster {
			return one(
				node(1, Node{Name: "slash", File: "sub/slash.yaml"}),
				node(2, Node{Name: "backslash", File: `sub\backslash.yaml`}),
				node(3, Node{Name: "json", File: "json.json"}),
				node(4, Node{Name: "bare", File: "bare"}),
				node(5, Node{Name: "own", File: "kustomization.yaml"}),
				node(6, Node{Name: "own-short", File: "kustomization.yml"}),
				node(7, Node{Name: "hidden", File: ".hidden.yaml"}),
				node(12, Node{Name: "lines", File: "a\nb.yaml"}),
				node(13, Node{Name: "blank", File: "my app.yaml"}),
				node(14, Node{Name: "Capital"}), // FD101 alone
				node(8, Node{Name: "web"}),
				node(9, Node{Name: "web", Namespace: "team"}),
				node(10, Node{Name: "lower", File: "api.yaml"}),
				node(11, Node{Name: "upper", File: "API.yaml"}), // one file on macOS and Windows
			)
		},
		quiet: func() []Cluster {
			return one(
				node(1, Node{Name: "web"}),
				node(2, Node{Name: "web", Namespace: "team", File: "web.yml"}),
				node(3, Node{Name: "kustomization-api"}),
				node(4, Node{Name: "api.v1"}), // api.v1.yaml
				node(5, Node{Name: "db", File: "x.yaml"}),
				node(7, Node{Name: "capital", File: "Kustomization.yaml"}), // kustomize knows it only without an extension
				node(8, Node{Name: "twice", Namespace: "team", File: "twice.yaml"}),
				node(9, Node{Name: "twice", Namespace: "team", File: "twice.yaml"}), // FD103
			)
		},
	},
}

// common gives everything that a node applies a label and an annotation.
func common(label, value, annotation, text string) kustomizev1.KustomizationSpec {
	return kustomizev1.KustomizationSpec{CommonMetadata: &kustomizev1.CommonMetadata{
		Labels: map[string]string{label: value}, Annotations: map[string]string{annotation: text}}}
}

// duplicateNodes are the ways to have a node twice: two declarations, one
// declaration beside another file, and one declaration listed twice, in levels
// with and without a name and in none.
func duplicateNodes() []Cluster {
	beside := unleveled(node(4, Node{Name: "db"}))
	beside.Externals = []Ref{
		External("db").At(Position{File: "clusters/c/other.yaml", Line: 7}),
		External("db").At(Position{File: "clusters/c/another.yaml", Line: 9}),
		External("db").At(Position{File: "clusters/c/db.yaml", Line: 4}), // does not hide the others
	}
	old := unleveled(node(6, Node{Name: "queue"}))
	old.Unbuilt = []Ref{External("queue").At(Position{File: "clusters/c/old/queue.yaml", Line: 4})}
	twice := node(5, Node{Name: "cache"})
	return []Cluster{
		unleveled(
			node(1, Node{Name: "web"}),
			node(2, Node{Name: "web"}),
			node(3, Node{Name: "web", Namespace: "flux-system"}),
		),
		beside, old,
		leveled(level("Base", twice), level("Apps", twice)),
		leveled(level("", twice), level("", twice)),
		unleveled(twice, twice),
	}
}

// nearlyDuplicateNodes have one name in two namespaces, and a node whose own
// generated file is found beside the declaration.
func nearlyDuplicateNodes() []Cluster {
	c := unleveled(
		node(1, Node{Name: "web"}),
		node(2, Node{Name: "web", Namespace: "team", File: "team-web.yaml"}),
		node(3, Node{Name: "db"}),
		node(4, Node{Name: "api", File: "rest.yaml"}),
	)
	c.Externals = []Ref{
		External("other/web").At(Position{File: "clusters/c/other.yaml", Line: 7}),
		External("db").At(Position{File: "clusters/c/db.yaml", Line: 4}),
		External("api").At(Position{File: "clusters/c/rest.yaml", Line: 4}),
	}
	return []Cluster{c}
}

package dag

import "strings"

var pathCases = ruleCases{
	"FD213": {
		fires: func() []Cluster {
			return one(
				node(1, Node{Name: "none", Omit: []string{"path"}}),
				node(2, Node{Name: "backslash", Path: `.\apps\web`}),
				node(3, Node{Name: "file", Path: "./apps/web.yaml"}),
				node(4, Node{Name: "root-file", Path: "web.yml"}),
				node(12, Node{Name: "own-file", Path: "./apps/kustomization.yaml"}),
				node(13, Node{Name: "own-root", Path: "kustomization.yml"}),
				node(14, Node{Name: "blank", Path: "./apps/web "}),
				node(15, Node{Name: "blank-line", Path: "\n./apps/web"}),
				node(5, Node{Name: "absolute", Path: "/apps/web"}),
				node(6, Node{Name: "root", Path: "/"}),
				node(7, Node{Name: "above", Path: "../shared"}),
				node(8, Node{Name: "parent", Path: ".."}),
				node(9, Node{Name: "climbs", Path: "./apps/../../shared"}),
				node(10, Node{Name: "detour", Path: "./apps/../web"}),
				node(11, Node{Name: "back", Path: "apps/.."}),
			)
		},
		quiet: func() []Cluster {
			return one(
				node(1, Node{Name: "whole", Path: "./"}),
				node(2, Node{Name: "dot", Path: "."}),
				node(3, Node{Name: "plain", Path: "apps/web"}),
				node(4, Node{Name: "slash", Path: "./apps/web/"}),
				node(5, Node{Name: "dots", Path: "./..apps/web../a..b"}),
				node(6, Node{Name: "suffix", Path: "./apps.yaml.d/yaml"}),
				node(7, Node{Name: "blank", Path: "./my apps"}),
			)
		},
	},
}

var variableCases = ruleCases{
	"FD214": {
		fires: func() []Cluster {
			c := unleveled(
				node(1, Node{Name: "web", Substitute: map[string]string{"1ST": "", "WITH-DASH": "", "": "", "ÄHNLICH": "", "OK": ""}}),
				node(2, Node{Name: "shared"}),
			)
			c.Defaults.Substitute = map[string]string{"domain.name": ""}
			return []Cluster{c}
		},
		quiet: func() []Cluster {
			return one(node(1, Node{Name: "web", Substitute: map[string]string{"_": "", "a": "", "Z9": "", "_1": "", "SOME_NAME": ""}}))
		},
	},
	"FD215": {
		fires: func() []Cluster {
			return one(
				node(1, Node{Name: "kind", SubstituteFrom: []SubstituteReference{{Kind: "ConfigMap", Name: "a"}, {Kind: "configmap", Name: "b"}}}),
				node(2, Node{Name: "name", SubstituteFrom: []SubstituteReference{{Kind: "Secret", Name: strings.Repeat("n", 254)}}}),
			)
		},
		quiet: func() []Cluster {
			return one(node(1, Node{Name: "web", SubstituteFrom: []SubstituteReference{
				{Kind: "ConfigMap", Name: "a", Optional: true},
				{Kind: "Secret", Name: strings.Repeat("n", 253)},
			}}))
		},
	},
}

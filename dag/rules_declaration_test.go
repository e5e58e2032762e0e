package dag

import (
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

var declarationCases = ruleCases{
	"FD113": {fires: clashes, quiet: nearlyClashes},
	"FD114": {
		fires: func() []Cluster {
			web := node(1, Node{Name: "web", DependsOn: []Ref{{}, External("").When("true")}})
			elsewhere := unleveled(node(5, Node{Name: "db", DependsOn: []Ref{
				External("Team/web"), External("/web"), External("team/"), External("a/b/c"), External("team/Web")}}))
			elsewhere.Externals = []Ref{{}, external(6, "Tenant"), node(7, Node{Name: "declared"}), external(8, "x/y/z")}
			return []Cluster{
				unleveled(web, Ref{}, external(2, "flux-system/flux-system")),
				leveled(level("Base", node(3, Node{Name: "api"}), Ref{}, external(4, "tenant"))),
				leveled(level("", Ref{}, node(9, Node{Name: "named"}))),
				elsewhere,
			}
		},
		quiet: func() []Cluster {
			c := unleveled(node(1, Node{Name: "web", DependsOn: []Ref{external(2, "flux-system").When("true")}}))
			c.Externals = []Ref{external(3, "flux-system")}
			return []Cluster{c}
		},
	},
	"FD115": {
		fires: func() []Cluster {
			return one(
				node(1, Node{Name: "idle", Allow: Allow("FD204", "a lab")}),
				node(2, Node{Name: "unknown", Allow: Allow("FD999", "a lab")}),
				node(3, Node{Name: "silent", Allow: Allow("FD204", "")}),
				node(4, Node{Name: "Error", Allow: Allow("FD101", "a lab")}),
				node(5, Node{Name: "mute", Interval: time.Second, Allow: Allow("FD204", "")}),
				node(6, Node{Name: "itself", Allow: Allow("FD115", "a lab")}),
				node(7, Node{Name: "file", Allow: Allow("FD301", "a lab")}),
				node(8, Node{Name: "lower", Allow: Allow("fd204", "a lab")}),
				node(9, Node{Name: "short", Allow: Allow("FD22", "a lab")}),
				node(10, Node{Name: "by-name", Allow: Allow("interval-under-minute", "a lab")}),
			)
		},
		quiet: usedSuppressions,
	},
	"FD118": {fires: badMoves, quiet: goodMoves},
	"FD119": {fires: goodMoves, quiet: func() []Cluster { return badMoves()[:7] }},
	"FD116": {
		fires: func() []Cluster {
			twice := unleveled(node(1, Node{Name: "a"}))
			twice.Defaults.Extra.SourceRef = twice.Defaults.Source
			both := unleveled(node(2, Node{Name: "b"}))
			both.Levels = []Level{level("Base", node(3, Node{Name: "c"}))}
			return append([]Cluster{twice, both, leveled(level("Base")), {Name: "empty", Dir: "deploy/empty"}}, shapes()...)
		},
		quiet: func() []Cluster {
			return []Cluster{
				leveled(level("Base", node(1, Node{Name: "a"})), level("Empty")),
				unleveled(node(2, Node{Name: "b"})),
				shape(func(c *Cluster) { c.Dir = "./deploy/../c/" }),
				shape(func(c *Cluster) { c.Dir = "..c" }),
				shape(func(c *Cluster) { c.Name = "Prod_eu.1-a" }),
				shape(func(c *Cluster) { c.Dir = "." }), // the whole repository
				shape(func(c *Cluster) { c.Defaults.Ready = HealthChecks(check("apps/v1", "Deployment")) }),
				shape(func(c *Cluster) { c.Documents = []string{"README.md", "graph.svg", "a.b-c_d.html"} }),
				shape(func(c *Cluster) {
					c.Policies = []Rule{{Code: "FD400", Check: nothing, Severity: Error}, {Code: "FD499", Check: nothing, Severity: Information}}
				}),
			}
		},
	},
}

// shape is a cluster with one node that is changed by f.
func shape(f func(*Cluster)) Cluster {
	c := unleveled(node(1, Node{Name: "a"}))
	f(&c)
	return c
}

func nothing(*Graph) []Diagnostic { return nil }

// shapes are wrong in one way each.
func shapes() []Cluster {
	policy := reports()
	policy.Code, policy.Name, policy.Severity = "FD401", "no-policy", Warning
	builtIn, nameless, idle, file, mild, worse := policy, policy, policy, policy, policy, policy
	builtIn.Code, nameless.Code, idle.Check, file.Code = "FD101", "", nil, "FD301"
	mild.Severity, worse.Severity = 0, Information+1
	return []Cluster{
		shape(func(c *Cluster) { c.Name = "" }),
		shape(func(c *Cluster) { c.Name = "./c" }),
		shape(func(c *Cluster) { c.Name = "../.." }),
		shape(func(c *Cluster) { c.Name, c.Dir = "my cluster", "deploy" }),
		shape(func(c *Cluster) { c.Dir = "../out" }),
		shape(func(c *Cluster) { c.Dir = "clusters/../.." }),
		shape(func(c *Cluster) { c.Dir = "/abs" }),
		shape(func(c *Cluster) { c.Defaults.Ready = HealthChecks() }),
		shape(func(c *Cluster) { c.Policies = []Rule{builtIn} }),
		shape(func(c *Cluster) { c.Policies = []Rule{nameless} }),
		shape(func(c *Cluster) { c.Policies = []Rule{idle} }),
		shape(func(c *Cluster) { c.Policies = []Rule{policy, policy} }),
		shape(func(c *Cluster) { c.Policies = []Rule{file} }),
		shape(func(c *Cluster) { c.Policies = []Rule{mild} }),
		shape(func(c *Cluster) { c.Policies = []Rule{worse} }),
		shape(func(c *Cluster) { c.Documents = []string{"../README.md"} }),
		shape(func(c *Cluster) { c.Documents = []string{"graph.pdf"} }),
		shape(func(c *Cluster) { c.Documents = []string{"graph.svg", "graph.svg"} }),
	}
}

// clashes set two values where there is one, by name, in Extra or by Omit.
func clashes() []Cluster {
	strategy := kustomizev1.KustomizationSpec{PostBuild: &kustomizev1.PostBuild{Substitute: map[string]string{"B": "2"}}}
	interval := kustomizev1.KustomizationSpec{}
	interval.Interval.Duration = time.Hour // even the same value: nobody would know which one counts
	return one(
		node(1, Node{Name: "both", Interval: time.Hour, Extra: interval}),
		node(2, Node{Name: "member", Substitute: map[string]string{"A": "1"}, Extra: strategy}),
		node(3, Node{Name: "unknown", Omit: []string{"intervall"}}),
		node(4, Node{Name: "required", Interval: time.Hour, Omit: []string{"interval"}}),
		node(5, Node{Name: "own", Path: "./web", Omit: []string{"path"}}),
		node(6, Node{Name: "absent", Omit: []string{"timeout"}}),
		node(7, Node{Name: "parent", Substitute: map[string]string{"A": "1"}, Omit: []string{"postBuild"}}),
		node(8, Node{Name: "neither", Omit: []string{"postBuild"}}),
	)
}

// nearlyClashes set different members of one field, or the same field on the
// node and in the defaults, where the node's counts.
func nearlyClashes() []Cluster {
	strategy := kustomizev1.KustomizationSpec{PostBuild: &kustomizev1.PostBuild{SubstituteStrategy: "Always"}}
	c := unleveled(
		node(1, Node{Name: "member", Substitute: map[string]string{"A": "1"}, Extra: strategy}),
		node(2, Node{Name: "own", Path: "./web", Timeout: time.Minute}),
		node(3, Node{Name: "less", Omit: []string{"timeout", "serviceAccountName", "postBuild"}}),
	)
	c.Defaults.Substitute = map[string]string{"B": "2"}
	c.Defaults.Timeout = 5 * time.Minute
	c.Defaults.Extra.ServiceAccountName = "deployer"
	return []Cluster{c}
}

// usedSuppressions suppress a warning, an information, the milder finding of a
// rule that knows errors as well, and a finding of the cluster's own policy.
func usedSuppressions() []Cluster {
	db := node(1, Node{Name: "db"})
	web := node(2, Node{Name: "web", DependsOn: []Ref{db}})
	c := unleveled(db, web,
		node(3, Node{Name: "often", Interval: time.Second, Allow: Allow("FD204", "a lab")}),
		node(4, Node{Name: "spelt-out", DependsOn: []Ref{db, web}, Allow: Allow("FD111", "says what it reads")}),
		node(5, Node{Name: "absolute", Path: "/apps", Allow: Allow("FD213", "as the old repository had it")}),
		node(6, Node{Name: "policy", Allow: Allow("FD401", "agreed")}),
	)
	c.Policies = []Rule{{Code: "FD401", Name: "no-policy", Severity: Warning, Check: func(g *Graph) []Diagnostic {
		return []Diagnostic{g.Vertex("flux-system", "policy").Report("", "", "against the policy")}
	}}}
	return []Cluster{c}
}

package dag

var declarationRules = []Rule{{
	Code: "FD113", Name: "field-clash", Severity: Error,
	Summary: "A field is set both by name and in Extra, or Omit leaves out what is not there to be left out.",
	Flux:    "Flux never sees it: only one of the two values could be written.",
	Fix:     "Set the field once, by name where there is one.",
	Source:  "the declaration (Node.Extra, Node.Omit)",
	Check:   func(g *Graph) []Diagnostic { return g.faultsOf(faultClash) },
}, {
	Code: "FD114", Name: "bad-reference", Severity: Error,
	Summary: "A dag.Ref refers to nothing, or an external one stands where a node is listed.",
	Flux:    "Flux never sees it: there is nothing to write.",
	Fix:     "Use the dag.Ref that dag.Declare returned.",
	Source:  "the declaration (Node.DependsOn, Level.Nodes, Cluster.Nodes)",
	Check:   func(g *Graph) []Diagnostic { return g.faultsOf(faultReference) },
}, unusedSuppression, {
	Code: "FD116", Name: "cluster-shape", Severity: Error,
	Summary: "The cluster itself is declared in a way that cannot be generated.",
	Flux:    "An empty cluster would remove every generated file, and Flux would prune everything that they applied.",
	Fix:     "Give the cluster its nodes, in Levels or in Nodes, and a folder inside the repository.",
	Source:  "the declaration (Cluster)",
	Check:   func(g *Graph) []Diagnostic { return g.faultsOf(faultShape) },
}, {
	Code: "FD118", Name: "bad-move", Severity: Error,
	Summary: "An entry of Moved does not say which Kustomization became which node.",
	Flux:    "Flux never sees it: but without the old Kustomization, suspended, a rename deletes everything that it applied.",
	Fix:     "Name in From the Kustomization that is no longer declared, and in To the node that it became.",
	Source:  "the declaration (Cluster.Moved); docs/guide.md, Renaming without loss",
	Check:   func(g *Graph) []Diagnostic { return g.faultsOf(faultMove) },
}, {
	Code: "FD119", Name: "open-move", Severity: Information,
	Summary: "A rename is under way.",
	Flux:    "The old Kustomization is suspended: it applies and prunes nothing, and what it applied stays when it is deleted. It is in the cluster until its file is gone.",
	Fix:     "When the new Kustomization is ready in the cluster, delete the entry from Moved.",
	Source:  "kustomize-controller: finalizerShouldDeleteResources; e2e: TestMoved",
	Check:   checkOpenMoves,
}}

// unusedSuppression is reported by Graph.Check itself, which alone knows what
// was suppressed.
var unusedSuppression = Rule{
	Code: "FD115", Name: "unused-suppression", Severity: Warning,
	Summary: "A suppression suppresses nothing.",
	Flux:    "Flux never sees it: but a suppression without an effect hides that the finding came back, or never was.",
	Fix:     "Delete the entry from Allow, or give it a reason.",
	Source:  "the declaration (Node.Allow)",
}

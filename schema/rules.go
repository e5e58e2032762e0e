package schema

import "github.com/tazlab/fluxdag/dag"

// Rules documents what [Schema.Rules] finds, ordered by code.
func Rules() []dag.Rule { return []dag.Rule{violation, syntax, statusField} }

var violation = dag.Rule{
	Code: "FD224", Name: "schema-violation", Severity: dag.Error,
	Summary: "The API server refuses the object, by the CRD of the Flux version that --flux-version names.",
	Flux: "The Kustomization that applies the object fails, and applies nothing else either: \"dry-run failed (Invalid): Kustomization.kustomize.toolkit.fluxcd.io\", " +
		"with the message of the finding, or \"must be of type\" of a field without a value. A field that there is not, or a wrong type, is refused sooner: \"failed to create typed patch object\".",
	Fix:     "Write what the message asks for, or upgrade Flux where the hint names a newer one that has it. What another rule says of the same field is not said again.",
	Source:  "the Kustomization CRD, and Kubernetes' own validation: structural schema, defaults, metadata, x-kubernetes-validations",
	OfValue: true, GivesWay: true,
}

var syntax = dag.Rule{
	Code: "FD225", Name: "expression-syntax", Severity: dag.Error,
	Summary: "A CEL expression cannot be compiled: readyExpr of a dependency, or one of healthCheckExprs.",
	Flux: "The controller stalls the node until its spec changes: \"Reconciliation failed terminally due to configuration error\", and behind it " +
		"\"failed to evaluate dependency\" with \"failed to parse the CEL expression\" or \"CEL expression output type mismatch: expected bool\" for readyExpr, and " +
		"\"failed to create custom status evaluator for healthchecks[0]: failed to parse the expression Current\" for healthCheckExprs. " +
		"readyExpr is compiled: it knows self and dep only, and must give a bool (write == true behind a field). healthCheckExprs are parsed, with no check of names and types, and made a program: " +
		"now() > 1 and 'a'.matches('[') parse, and stall the node with \"failed to create CEL program\".",
	Fix:     "Mend the expression at that place.",
	Source:  "kustomize-controller: KustomizationReconciler.evalReadyExpr; fluxcd/pkg/runtime/cel: NewExpression, NewStatusEvaluator",
	OfValue: true,
}

var statusField = dag.Rule{
	Code: "FD226", Name: "status-field", Severity: dag.Warning,
	Summary: "A CEL expression names a field that the object cannot have.",
	Flux: "Reading the field fails: \"failed to evaluate the CEL expression\" and \"no such key\". A dependent never starts, and what has a health check is never ready. " +
		"has() of the field is always false. Judged are self and dep of readyExpr by the CRD, status and the names of variables in healthCheckExprs for Kustomizations and kinds of Kubernetes, " +
		"and what macros such as exists() go through in these. Of other kinds nothing is said.",
	Fix:     "Correct the name of the field. In healthCheckExprs the variables are the fields of the object, such as status; self and dep are those of readyExpr.",
	Source:  "the Kustomization CRD and the types of k8s.io/api; fluxcd/pkg/runtime/cel: EvaluateBoolean",
	OfValue: true,
}

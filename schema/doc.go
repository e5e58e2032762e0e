// Package schema judges Kustomizations as the API server and the controller would,
// without either: by the CRD of a Flux version, whose every check it runs with
// Kubernetes' own code, and by parsing CEL expressions as the controller does.
//
// It links Kubernetes' validation and CEL, so nothing that users compile often may
// import it. Nothing is read or compiled before [Load].
package schema

package dag

import (
	"fmt"
	"slices"
	"strings"
)

var specRules = []Rule{{
	Code: "FD201", Name: "required-field", Severity: Error,
	Summary: "A field that the API server requires is not set.",
	Flux:    "The API server refuses the object: Required value.",
	Fix:     "Set the field on the node or in the cluster's defaults.",
	Source:  "the Kustomization CRD",
	Check:   checkRequired,
}, {
	Code: "FD216", Name: "field-length", Severity: Error,
	Summary: "targetNamespace, namePrefix or nameSuffix is too long.",
	Flux:    "The API server refuses the object: targetNamespace has at most 63 characters, namePrefix and nameSuffix at most 200.",
	Fix:     "Shorten the value.",
	Source:  "the Kustomization CRD",
	Check:   perVertex(checkLengths),
}, {
	Code: "FD217", Name: "kubeconfig-choice", Severity: Error,
	Summary: "kubeConfig has not exactly one of secretRef and configMapRef.",
	Flux:    "The API server refuses the object: exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified.",
	Fix:     "Set one of the two.",
	Source:  "fluxcd/pkg/apis/meta: KubeConfigReference (CEL rules of the CRD)",
	Check:   perVertex(checkKubeConfig),
}, {
	Code: "FD218", Name: "source-kind", Severity: Error,
	Summary: "sourceRef.kind is no kind of source.",
	Flux:    "The API server refuses the object: Unsupported value.",
	Fix:     "Use GitRepository, OCIRepository, Bucket or ExternalArtifact.",
	Source:  "kustomize-controller/api: CrossNamespaceSourceReference",
	Check:   perVertex(checkSourceKind),
}, {
	Code: "FD219", Name: "unknown-value", Severity: Error,
	Summary: "A field with a fixed set of values has another one.",
	Flux:    "The API server refuses the object: Unsupported value.",
	Fix:     "Use one of the values that the message names.",
	Source:  "the Kustomization CRD: deletionPolicy, decryption.provider, postBuild.substituteStrategy, buildMetadata",
	Check:   perVertex(checkEnums),
}, {
	Code: "FD220", Name: "suspended-dependency", Severity: Warning,
	Summary: "A suspended node has dependents.",
	Flux:    "The suspended node stays at its revision, so from the next commit of the same source on its dependents wait for it: \"dependency is not ready\".",
	Fix:     "Resume the node, or take it out of its dependents' DependsOn.",
	Source:  "kustomize-controller: checkDependencies",
	Check:   checkSuspended,
}}

func checkRequired(g *Graph) []Diagnostic {
	found := g.faultsOf(faultRequired)
	for _, v := range g.vertices {
		for _, field := range missingMembers(v) {
			found = append(found, v.Report("spec."+field, "set it", "spec.%s is not set: the API server refuses the object", field))
		}
		if checks, ok := v.node.node.Ready.(Checks); ok && len(checks.checks) == 0 {
			found = append(found, v.Report("spec.healthChecks", "name the objects to check, or use dag.Applied()",
				"Ready is dag.HealthChecks without an object: Flux would check nothing"))
		}
	}
	return found
}

// missingMembers lists the required members that are empty.
func missingMembers(v *Vertex) []string {
	var missing []string
	require := func(field, value string) {
		if value == "" {
			missing = append(missing, field)
		}
	}
	spec := &v.object.Spec
	if spec.SourceRef != (Source{}) {
		require("sourceRef.kind", spec.SourceRef.Kind)
		require("sourceRef.name", spec.SourceRef.Name)
	}
	for i, c := range spec.HealthChecks {
		require(fmt.Sprintf("healthChecks[%d].kind", i), c.Kind)
		require(fmt.Sprintf("healthChecks[%d].name", i), c.Name)
	}
	for i, e := range spec.HealthCheckExprs {
		require(fmt.Sprintf("healthCheckExprs[%d].apiVersion", i), e.APIVersion)
		require(fmt.Sprintf("healthCheckExprs[%d].current", i), e.Current)
	}
	if spec.PostBuild != nil {
		for i, ref := range spec.PostBuild.SubstituteFrom {
			require(fmt.Sprintf("postBuild.substituteFrom[%d].kind", i), ref.Kind)
			require(fmt.Sprintf("postBuild.substituteFrom[%d].name", i), ref.Name)
		}
	}
	if spec.Decryption != nil {
		require("decryption.provider", spec.Decryption.Provider)
	}
	return missing
}

func checkLengths(v *Vertex) []Diagnostic {
	spec := &v.object.Spec
	var found []Diagnostic
	for _, f := range []struct {
		name, value string
		most        int
	}{{"targetNamespace", spec.TargetNamespace, 63}, {"namePrefix", spec.NamePrefix, 200}, {"nameSuffix", spec.NameSuffix, 200}} {
		if n := len([]rune(f.value)); n > f.most {
			found = append(found, v.Report("spec."+f.name, "shorten it",
				"%s has %d characters: the API server refuses more than %d", f.name, n, f.most))
		}
	}
	return found
}

func checkKubeConfig(v *Vertex) []Diagnostic {
	k := v.object.Spec.KubeConfig
	if k == nil || (k.SecretRef == nil) != (k.ConfigMapRef == nil) {
		return nil
	}
	which := "neither secretRef nor configMapRef"
	if k.SecretRef != nil {
		which = "both secretRef and configMapRef"
	}
	return []Diagnostic{v.Report("spec.kubeConfig", "set exactly one of the two", "kubeConfig has %s: the API server refuses the object", which)}
}

func checkSourceKind(v *Vertex) []Diagnostic {
	return oneOf(v, "sourceRef.kind", v.object.Spec.SourceRef.Kind, "GitRepository", "OCIRepository", "Bucket", "ExternalArtifact")
}

func checkEnums(v *Vertex) []Diagnostic {
	spec := &v.object.Spec
	found := oneOf(v, "deletionPolicy", spec.DeletionPolicy, "MirrorPrune", "Delete", "WaitForTermination", "Orphan")
	if spec.Decryption != nil {
		found = append(found, oneOf(v, "decryption.provider", spec.Decryption.Provider, "sops")...)
	}
	if spec.PostBuild != nil {
		found = append(found, oneOf(v, "postBuild.substituteStrategy", string(spec.PostBuild.SubstituteStrategy), "WithVariables", "Always")...)
	}
	for i, option := range spec.BuildMetadata {
		found = append(found, oneOf(v, fmt.Sprintf("buildMetadata[%d]", i), string(option), "originAnnotations", "transformerAnnotations")...)
	}
	return found
}

// oneOf reports a value that is neither empty nor allowed.
func oneOf(v *Vertex, field, value string, allowed ...string) []Diagnostic {
	if value == "" || slices.Contains(allowed, value) {
		return nil
	}
	return []Diagnostic{v.Report("spec."+field, "use "+strings.Join(allowed, ", "),
		"%s is %s: the API server refuses the object", field, quote(value))}
}

func checkSuspended(g *Graph) []Diagnostic {
	var found []Diagnostic
	for _, v := range g.vertices {
		if v.object.Spec.Suspend && len(g.rdeps[v.id]) > 0 {
			found = append(found, v.Report("spec.suspend", "resume it, or take it out of its dependents' DependsOn",
				"suspended, and %s: from the next commit on they wait for it (\"dependency '%s' is not ready\")",
				dependText(len(g.rdeps[v.id])), v.Key()))
		}
	}
	return found
}

func dependText(n int) string {
	if n == 1 {
		return "1 node depends on it"
	}
	return fmt.Sprintf("%d nodes depend on it", n)
}

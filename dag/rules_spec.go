package dag

import (
	"fmt"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

// requiredField is the code of the rule that Condense knows.
const requiredField = "FD201"

var specRules = []Rule{{
	Code: requiredField, Name: "required-field", Severity: Error,
	Summary: "A field that the API server or Flux requires is not set.",
	Flux:    "The API server refuses the object (Required value), or, where it admits an empty text, the reconciliation fails. Without any spec the object is admitted, and has no source: \"kind '' not supported\".",
	Fix:     "Set the field on the node or in the cluster's defaults.",
	Source:  "the Kustomization CRD",
	Check:   checkRequired,
	OfValue: true,
}, {
	Code: "FD216", Name: "field-length", Severity: Error,
	Summary: "targetNamespace, namePrefix or nameSuffix is too long.",
	Flux:    "The API server refuses the object (\"Too long\"): targetNamespace has at most 63 characters, namePrefix and nameSuffix at most 200.",
	Fix:     "Shorten the value.",
	Source:  "the Kustomization CRD",
	Check:   perVertex(checkLengths),
	OfValue: true,
}, {
	Code: "FD217", Name: "kubeconfig-choice", Severity: Error,
	Summary: "kubeConfig does not have exactly one of secretRef and configMapRef.",
	Flux:    "The API server refuses the object: exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified.",
	Fix:     "Set one of the two.",
	Source:  "fluxcd/pkg/apis/meta: KubeConfigReference (CEL rules of the CRD)",
	Check:   perVertex(checkKubeConfig),
	OfValue: true,
}, {
	Code: "FD218", Name: "source-kind", Severity: Error,
	Summary: "sourceRef.kind is not a kind of source.",
	Flux:    "The API server refuses the object: Unsupported value.",
	Fix:     "Use GitRepository, OCIRepository, Bucket or ExternalArtifact.",
	Source:  "kustomize-controller/api: CrossNamespaceSourceReference",
	Check:   perVertex(checkSourceKind),
	OfValue: true,
}, {
	Code: "FD219", Name: "unknown-value", Severity: Error,
	Summary: "A field with a fixed set of values has another one.",
	Flux:    "The API server refuses the object: Unsupported value.",
	Fix:     "Use one of the values that the message names.",
	Source:  "the Kustomization CRD: deletionPolicy, decryption.provider, postBuild.substituteStrategy, buildMetadata",
	Check:   perVertex(checkEnums),
	OfValue: true,
}, {
	Code: "FD220", Name: "suspended-dependency", Severity: Warning,
	Summary: "A suspended node has dependents of the same source.",
	Flux:    "The suspended node stays at its revision, so from the next commit on its dependents of the same source wait for it: \"dependency 'namespace/name' revision is not up to date\". A readyExpr takes the place of that check.",
	Fix:     "Resume the node, or take it out of its dependents' DependsOn.",
	Source:  "kustomize-controller: checkDependencies",
	Check:   checkSuspended,
}}

func checkRequired(g *Graph) []Diagnostic {
	found := g.faultsOf(faultRequired)
	for _, v := range g.vertices {
		for _, field := range missingMembers(v) {
			found = append(found, v.Report("spec."+field, "set it", "spec.%s is empty, and Flux cannot do without it", field))
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
	require := func(value, format string, args ...any) {
		if value == "" {
			missing = append(missing, fmt.Sprintf(format, args...))
		}
	}
	spec := &v.object.Spec
	if spec.SourceRef != (Source{}) { // else it is missing whole
		require(spec.SourceRef.Kind, "sourceRef.kind")
		require(spec.SourceRef.Name, "sourceRef.name")
	}
	for i, dep := range spec.DependsOn {
		if v.edges[i].origin != edgeFaulty { // else FD114
			require(dep.Name, "dependsOn[%d].name", i)
		}
	}
	for i, c := range spec.HealthChecks {
		require(c.Kind, "healthChecks[%d].kind", i)
		require(c.Name, "healthChecks[%d].name", i)
	}
	for i, e := range spec.HealthCheckExprs {
		require(e.APIVersion, "healthCheckExprs[%d].apiVersion", i)
		require(e.Current, "healthCheckExprs[%d].current", i)
	}
	for i, p := range spec.Patches {
		require(p.Patch, "patches[%d].patch", i)
	}
	for i, image := range spec.Images {
		require(image.Name, "images[%d].name", i)
	}
	for i, rule := range spec.Ignore {
		require(strings.Join(rule.Paths, ""), "ignore[%d].paths", i)
	}
	requireReferences(&v.object.Spec, require)
	return missing
}

// requireReferences asks for the names in the references to Secrets and ConfigMaps.
func requireReferences(spec *kustomizev1.KustomizationSpec, require func(value, format string, args ...any)) {
	if spec.PostBuild != nil {
		for i, ref := range spec.PostBuild.SubstituteFrom {
			require(ref.Kind, "postBuild.substituteFrom[%d].kind", i)
			require(ref.Name, "postBuild.substituteFrom[%d].name", i)
		}
	}
	if spec.Decryption != nil {
		require(spec.Decryption.Provider, "decryption.provider")
		if spec.Decryption.SecretRef != nil {
			require(spec.Decryption.SecretRef.Name, "decryption.secretRef.name")
		}
	}
	if k := spec.KubeConfig; k != nil {
		if k.SecretRef != nil {
			require(k.SecretRef.Name, "kubeConfig.secretRef.name")
		}
		if k.ConfigMapRef != nil {
			require(k.ConfigMapRef.Name, "kubeConfig.configMapRef.name")
		}
	}
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
	return []Diagnostic{v.Report("spec."+field, "use "+alternatives(allowed),
		"%s is %s: the API server refuses the object", field, quote(value))}
}

func checkSuspended(g *Graph) []Diagnostic {
	var found []Diagnostic
	for _, v := range g.vertices {
		if !v.object.Spec.Suspend || v.moved == movedPrepared { // FD119 says what is next
			continue
		}
		var blocked []string
		for _, u := range g.Dependents(v) {
			if u.waitsForRevisionOf(v) {
				blocked = append(blocked, u.Key())
			}
		}
		if len(blocked) > 0 {
			found = append(found, v.Report("spec.suspend", v.hint("resume it, or take it out of their DependsOn", "resume it, or take it out of their dependsOn"),
				"suspended, which from the next commit on holds back %s (\"dependency '%s' revision is not up to date\")", strings.Join(blocked, ", "), v.Key()))
		}
	}
	return found
}

// waitsForRevisionOf reports whether u, which depends on v, is held back until v has
// applied the current revision: they share a source, and no expression judges v.
func (u *Vertex) waitsForRevisionOf(v *Vertex) bool {
	for i, e := range u.edges {
		if e.to == v && u.object.Spec.DependsOn[i].ReadyExpr == "" && u.source() == v.source() {
			return true
		}
	}
	return false
}

// dependentNames lists what depends on v directly.
func (g *Graph) dependentNames(v *Vertex) string {
	var names []string
	for _, u := range g.Dependents(v) {
		names = append(names, u.Key())
	}
	return strings.Join(names, ", ")
}

// alternatives lists values as a sentence does: a, b or c.
func alternatives(values []string) string {
	last := len(values) - 1
	if last == 0 {
		return values[0]
	}
	return strings.Join(values[:last], ", ") + " or " + values[last]
}

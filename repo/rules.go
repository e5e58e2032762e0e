package repo

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// rule is a rule about a repository. What it finds is found while following
// Flux, so it has no check of its own; [Cluster.Rules] gives it one.
type rule = dag.Rule

var (
	unreadablePath = rule{
		Code: "FD337", Name: "unreadable-path", Severity: dag.Error,
		Summary: "A file or folder of the repository cannot be read.",
		Flux:    "Flux reads the commit, not this work tree; what fluxdag says of the rest may be incomplete.",
		Fix:     "Make it readable.",
		Source:  "the file system",
	}
	pathNotFound = rule{
		Code: "FD320", Name: "path-not-found", Severity: dag.Error, Milder: []dag.Severity{dag.Information},
		Summary: "spec.path does not exist in the source.",
		Flux:    "The reconciliation fails with \"kustomization path not found\"; what was applied before stays.",
		Fix:     "Correct the path, or add the folder.",
		Source:  "kustomize-controller: KustomizationReconciler.reconcile; flux2 issues 2245 and 1303",
	}
	pathIsFile = rule{
		Code: "FD321", Name: "path-is-file", Severity: dag.Error,
		Summary: "spec.path is a file.",
		Flux:    "The build fails with \"not a directory\".",
		Fix:     "Name the folder.",
		Source:  "fluxcd/pkg/kustomize: Generator.GenerateManifest",
	}
	buildFailure = rule{
		Code: "FD322", Name: "build-failure", Severity: dag.Error,
		Summary: "kustomize cannot build the path.",
		Flux:    "The reconciliation fails with \"kustomize build failed\", and nothing of the path is applied; what was applied before stays.",
		Fix:     "Mend what the message names; \"kustomize build\" of the folder shows the same.",
		Source:  "kustomize-controller: KustomizationReconciler.build",
	}
	emptyPath = rule{
		Code: "FD323", Name: "empty-path", Severity: dag.Warning, Milder: []dag.Severity{dag.Information},
		Summary: "spec.path holds no manifest.",
		Flux:    "The build gives nothing: the Kustomization is Ready and applies nothing, and with prune everything that it applied before is deleted.",
		Fix:     "Correct the path, or delete the Kustomization.",
		Source:  "fluxcd/pkg/kustomize: Generator.findOrGenerateKustomization",
	}
	unreached = rule{
		Code: "FD324", Name: "unreached-object", Severity: dag.Information,
		Summary: "A Kustomization stands in a file that no sync root reaches.",
		Flux:    "Flux never sees it, unless somebody applies it by hand.",
		Fix:     "List the file in a kustomization.yaml that is built, delete it, or name its root with --root.",
		Source:  "following Flux through the repository; folders of archives, templates, tests and examples are passed over",
	}
	twoOwners = rule{
		Code: "FD325", Name: "two-owners", Severity: dag.Warning,
		Summary: "Two Kustomizations apply the same object.",
		Flux:    "They fight for it: each reconciliation overwrites the other's fields and labels, and when one stops applying it, it is deleted if that one was the last to write it.",
		Fix:     "Let one Kustomization apply it. A path without kustomization.yaml swallows everything below it: add one that lists what is meant.",
		Source:  "kustomize-controller issues 1724 and 732",
	}
	idlePatch = rule{
		Code: "FD326", Name: "idle-patch", Severity: dag.Warning, Milder: []dag.Severity{dag.Information},
		Summary: "A patch matches nothing that the Kustomization builds.",
		Flux:    "kustomize passes over a patch whose target selects nothing, without a word.",
		Fix:     "Correct the target, or delete the patch.",
		Source:  "kustomize: PatchTransformer with a target; patches that a parent adds to all its children are passed over",
	}
	unusedVariable = rule{
		Code: "FD327", Name: "unused-variable", Severity: dag.Information,
		Summary: "No manifest uses a variable of postBuild.substitute.",
		Flux:    "The variable has no effect.",
		Fix:     "Delete it, or correct its name.",
		Source:  "fluxcd/pkg/kustomize: SubstituteVariables",
	}
	undefinedVariable = rule{
		Code: "FD328", Name: "undefined-variable", Severity: dag.Warning, Milder: []dag.Severity{dag.Information}, Since: "2.9",
		Summary: "A manifest uses a variable that has neither a value nor a default.",
		Flux:    "Substitution is strict since Flux 2.9: the build fails with \"variable not set (strict mode)\". Before, the variable became nothing. So it is with what no variable can be named, as the ${1} of a regular expression.",
		Fix:     "Give it a value in postBuild, a default (${NAME:=value}), or escape it ($${NAME}) where it is not Flux's.",
		Source:  "kustomize-controller: the feature gate StrictPostBuildSubstitutions; fluxcd/pkg/envsubst",
	}
	substitutionFailure = rule{
		Code: "FD329", Name: "substitution-failure", Severity: dag.Error,
		Summary: "Variables cannot be substituted in a manifest.",
		Flux:    "The build fails with \"post build failed\" and \"variable substitution failed\", and nothing of the path is applied.",
		Fix:     "Escape what is not Flux's as $${...}, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled.",
		Source:  "fluxcd/pkg/kustomize: SubstituteVariables",
	}
	releaseDependency = rule{
		Code: "FD330", Name: "helmrelease-dependency", Severity: dag.Error,
		Summary: "dependsOn names a HelmRelease.",
		Flux:    "dependsOn of a Kustomization reaches Kustomizations only: \"dependency 'namespace/name' not found\", for ever.",
		Fix:     "Depend on the Kustomization that applies the HelmRelease, and let that one wait.",
		Source:  "kustomize-controller: checkDependencies; flux2 issues 3364 and 5879",
	}
	healthDeadlock = rule{
		Code: "FD331", Name: "health-check-deadlock", Severity: dag.Error,
		Summary: "A health check names an object that only a dependent applies.",
		Flux:    "The node waits for the object until its timeout, and says \"health check failed\" and \"timeout waiting for\"; the dependent that would apply it waits for the node: \"dependency 'namespace/name' is not ready\". Neither is ever ready.",
		Fix:     "Move the health check to the node that applies the object, or drop the dependency.",
		Source:  "kustomize-controller: checkHealth and checkDependencies",
	}
	parentWait = rule{
		Code: "FD332", Name: "parent-waits-for-child", Severity: dag.Error,
		Summary: "A Kustomization waits for a child Kustomization that depends on it.",
		Flux:    "The parent is ready when the child is, and the child starts when the parent is ready: neither ever is. The child says \"dependency 'namespace/name' is not ready\"; the parent holds a worker until its timeout, and says \"health check failed\" and \"timeout waiting for\".",
		Fix:     "Do not let the parent wait, or drop the child's dependency on it.",
		Source:  "kustomize-controller: checkHealth and checkDependencies; nothing in Flux guards against it",
	}
	removedVersion = rule{
		Code: "FD333", Name: "removed-api-version", Severity: dag.Warning, Milder: []dag.Severity{dag.Information},
		Summary: "An object of Flux has an API version that Flux no longer serves.",
		Flux:    "The API server refuses it: \"no matches for kind\". Flux 2.7 removed v1beta1 and v2beta1, and Flux 2.8 v1beta2 and v2beta2. Where --flux-version names one before, it is only to come (information).",
		Fix:     "Use the version that the message names; \"flux migrate\" rewrites files.",
		Source:  "the release notes of Flux 2.7 and 2.8",
	}
	absentVariables = rule{
		Code: "FD334", Name: "missing-substitute-from", Severity: dag.Information,
		Summary: "substituteFrom requires a ConfigMap or Secret that nothing in the repository applies.",
		Flux:    "If nobody makes it in the cluster, the build fails with \"post build failed\" and \"substitute from 'ConfigMap/name' error\", as it is not found.",
		Fix:     "Apply it from the repository, set optional: true, or accept that it is made elsewhere.",
		Source:  "fluxcd/pkg/kustomize: LoadVariables",
	}
	releaseMissing = rule{
		Code: "FD335", Name: "helm-missing-dependency", Severity: dag.Warning, Milder: []dag.Severity{dag.Information},
		Summary: "dependsOn of a HelmRelease names one that is not found.",
		Flux:    "The release waits for ever: \"unable to get 'namespace/name' dependency: not found\".",
		Fix:     "Correct the name; the namespace is that of the release itself where none is given.",
		Source:  "helm-controller: HelmReleaseReconciler.checkDependencies",
	}
	releaseCycle = rule{
		Code: "FD336", Name: "helm-dependency-cycle", Severity: dag.Error,
		Summary: "HelmReleases depend on each other in a circle.",
		Flux:    "None of them is ever installed: \"dependency 'namespace/name' is not ready\".",
		Fix:     "Remove one of the dependencies.",
		Source:  "helm-controller: HelmReleaseReconciler.checkDependencies",
	}
	unknownSource = rule{
		Code: "FD340", Name: "unknown-source", Severity: dag.Warning, Milder: []dag.Severity{dag.Information},
		Summary: "sourceRef names a source that nothing applies, but one with almost the same name exists.",
		Flux:    "The Kustomization looks for it again at every retryInterval, for ever, and says that it is \"not found\"; a source that is there, but has nothing fetched yet, is \"Source artifact not found, retrying\".",
		Fix:     "Correct the name; the namespace is that of the Kustomization itself where none is given.",
		Source:  "kustomize-controller: KustomizationReconciler.getSource",
	}
	deadlock = rule{
		Code: "FD341", Name: "deadlock", Severity: dag.Error, Milder: []dag.Severity{dag.Warning},
		Summary: "Kustomizations wait for each other: through dependsOn, health checks, or the parent that applies one of them.",
		Flux:    "None of them is ever ready, and those that wait for health hold a worker until their timeout. A Kustomization that depends on one which only it applies is never applied at all (\"dependency 'namespace/name' not found\"), unless somebody applied that one by hand (warning).",
		Fix:     "Remove one of the steps that the message names.",
		Source:  "kustomize-controller: checkDependencies and checkHealth; nothing in Flux guards against it",
	}
	unknownKind = rule{
		Code: "FD342", Name: "unknown-kind", Severity: dag.Error, Milder: []dag.Severity{dag.Warning},
		Summary: "An object is meant for Flux, but Flux has no such API group, kind or version.",
		Flux:    "The apply fails with \"no matches for kind\", or with \"invalid object type\" where the kind is written in small letters, and nothing of the path is applied. A kind that only is not known may be newer than fluxdag (warning).",
		Fix:     "Correct the apiVersion or the kind.",
		Source:  "the CRDs of Flux; fluxcd/pkg/ssa: errors of a dry-run apply. What a CRD in the repository makes known is passed over",
	}
	homelessObject = rule{
		Code: "FD343", Name: "object-without-namespace", Severity: dag.Error,
		Summary: "An object that needs a namespace has none when it is applied.",
		Flux:    "The apply fails with \"namespace not specified\", and nothing of the path is applied or deleted. Flux gives no object its Kustomization's namespace.",
		Fix:     "Set metadata.namespace, namespace in the kustomization.yaml, or spec.targetNamespace.",
		Source:  "fluxcd/pkg/ssa: errors of a dry-run apply. Of kinds that neither Kubernetes nor Flux nor a CRD in the repository defines, nothing is said",
	}
	sealedSecret = rule{
		Code: "FD344", Name: "encrypted-secret", Severity: dag.Error,
		Summary: "A Secret is encrypted with SOPS, and the Kustomization that applies it has no spec.decryption.",
		Flux:    "Where values in data are encrypted, the reconciliation fails with \"configuring decryption is required for this secret to be reconciled\", and nothing of the path is applied or deleted. Where those in stringData are, the Secret is applied with the encrypted text.",
		Fix:     "Set spec.decryption, in the Kustomization or by a patch of what applies it.",
		Source:  "kustomize-controller: KustomizationReconciler.apply (decryptor.IsEncryptedSecret, behind normalize.UnstructuredList of fluxcd/pkg/ssa, which drops the field sops of what is a valid Secret)",
	}
	kustomizeWarning = rule{
		Code: "FD338", Name: "kustomize-warning", Severity: dag.Information,
		Summary: "kustomize warns about a kustomization.yaml.",
		Flux:    "Nothing yet: the controller's log shows the same warning. A later kustomize may refuse the field.",
		Fix:     "Run \"kustomize edit fix\" in the folder.",
		Source:  "kustomize: Kustomization.CheckDeprecatedFields",
	}
	noNamespace = rule{
		Code: "FD339", Name: "no-namespace", Severity: dag.Error,
		Summary: "A Kustomization has no namespace when it is applied.",
		Flux:    "The apply fails with \"namespace not specified\": neither the object, nor a kustomization.yaml, nor the parent's targetNamespace gives one.",
		Fix:     "Set metadata.namespace.",
		Source:  "fluxcd/pkg/ssa: errors of a dry-run apply",
	}
)

// Rules documents what [Load] finds in a repository, ordered by code.
func Rules() []dag.Rule {
	return []dag.Rule{
		pathNotFound, pathIsFile, buildFailure, emptyPath, unreached, twoOwners, idlePatch, unusedVariable, undefinedVariable,
		substitutionFailure, releaseDependency, healthDeadlock, parentWait, removedVersion, absentVariables, releaseMissing,
		releaseCycle, unreadablePath, kustomizeWarning, noNamespace, unknownSource, deadlock, unknownKind, homelessObject, sealedSecret,
	}
}

// finding returns a finding of the rule.
func finding(r rule, pos dag.Position, node, hint, format string, args ...any) dag.Diagnostic {
	return dag.Diagnostic{Code: r.Code, Severity: r.Severity, Position: pos, Node: node, Hint: hint, Message: fmt.Sprintf(format, args...)}
}

// report adds a finding about a field of the node.
func (n *node) report(r rule, field, hint, format string, args ...any) {
	d := finding(r, n.locate(field), n.name(), hint, format, args...)
	d.Field = field
	n.findings = append(n.findings, d)
}

func quote(s string) string { return fmt.Sprintf("%q", s) }

// names lists things as a sentence does, the first few of them.
func names(all []string) string {
	const most = 5
	if len(all) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(all[:most], ", "), len(all)-most)
	}
	return strings.Join(all, ", ")
}

// sortedUnique returns the different strings of a list, in order.
func sortedUnique(all []string) []string {
	slices.Sort(all)
	return slices.Compact(all)
}

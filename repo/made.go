package repo

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
)

// The beginnings of the fields of [Object.Fixed] that say what the Flux Operator is to make. One
// that is new takes nothing away.
const (
	madeObject    = "makes "
	madeInput     = "input "
	madeComponent = "component "
)

// usualComponents are those of a FluxInstance that names none.
var usualComponents = []any{"source-controller", "kustomize-controller", "helm-controller", "notification-controller"}

// madeOf returns what decides which objects the Flux Operator makes of one of its own: it
// deletes those that it comes to make no longer.
func madeOf(res *resource.Resource) (map[string]string, bool) {
	if group, _ := groupOf(res.GetApiVersion()); group != operatorGroup {
		return nil, false
	}
	object, err := res.Map()
	if err != nil {
		return nil, false
	}
	spec, _ := object["spec"].(map[string]any)
	switch res.GetKind() {
	case "ResourceSet":
		return made(spec, text(object, "metadata", "annotations", operatorForce) == "enabled"), true
	case "ResourceSetInputProvider":
		return provided(spec), true
	case "FluxInstance":
		all := map[string]string{}
		components, _ := spec["components"].([]any)
		if len(components) == 0 {
			components = usualComponents
		}
		for _, name := range anyStrings(components) {
			all[madeComponent+name] = "yes"
		}
		return all, true
	}
	return nil, false
}

// provided lists what decides the inputs that a ResourceSetInputProvider gives. A Static one gives its
// defaultValues as they are: a list of mappings in these is there for templates to range over, so that
// an entry which is new takes nothing away.
func provided(spec map[string]any) map[string]string {
	all := chosen(spec, "type", "url", "filter", "defaultValues", "skip")
	values, _ := spec["defaultValues"].(map[string]any)
	if text(spec, "type") != "Static" || len(values) == 0 {
		return all
	}
	rest := map[string]any{}
	for name, value := range values {
		rest[name] = value
		if entries, ok := value.([]any); ok && len(list(values, name)) == len(entries) {
			rest[name] = "entries"
			for _, entry := range entries {
				all[madeInput+name+" "+hash(entry)] = "yes"
			}
		}
	}
	all["defaultValues"] = hash(rest)
	return all
}

// made lists what a ResourceSet makes, for which inputs.
func made(spec map[string]any, forced bool) map[string]string {
	all := chosen(spec, "inputsFrom", "inputStrategy")
	inputs, _ := spec["inputs"].([]any)
	if len(all) > 0 { // which of them are combined is another matter
		all["inputs"] = hash(inputs)
	} else {
		for _, input := range inputs {
			all[madeInput+hash(input)] = "yes"
		}
	}
	templates := ""
	for _, part := range append(list(spec, "steps"), spec) {
		resources := list(part, "resources")
		has := func(kind string) bool {
			return slices.ContainsFunc(resources, func(o map[string]any) bool { return text(o, "kind") == kind })
		}
		charts := has("HelmRelease") && !has("Kustomization")
		for _, o := range resources {
			group, _ := groupOf(text(o, "apiVersion"))
			name := madeObject + cmp.Or(text(o, "kind"), "?") + " " + strings.TrimPrefix(text(o, "metadata", "namespace")+"/"+text(o, "metadata", "name"), "/")
			all[name] += hash(group + decides(o, group, charts, forced))
		}
		if template := text(part, "resourcesTemplate"); template != "" {
			templates += naming(template)
		}
	}
	if templates != "" {
		all["resourcesTemplate"] = hash(templates)
	}
	return all
}

// operatorForce has the operator delete what it cannot change in place.
const operatorForce = operatorGroup + "/force"

// decides is what of an object that is made decides what goes when it changes: what a
// Kustomization builds and from where, and the release of a HelmRelease.
func decides(o map[string]any, group string, charts, forced bool) string {
	spec, _ := o["spec"].(map[string]any)
	forced = forced || text(o, "metadata", "annotations", operatorForce) == "enabled"
	switch kind := text(o, "kind"); {
	case group == operatorGroup:
		return hash(spec)
	case isKustomization(group, kind):
		rest := map[string]any{}
		for field, value := range spec {
			if !slices.Contains(timingFields, field) {
				rest[field] = value
			}
		}
		return hash(rest)
	case group == helmGroup && kind == "HelmRelease":
		return hash([]any{chosen(spec, "targetNamespace", "storageNamespace", "releaseName", "chartRef", "kubeConfig"), text(spec, "chart", "spec", "chart")})
	case group == sourceGroup && kind == "OCIRepository" && charts: // its address names the chart
		return text(spec, "url")
	case group == sourceGroup && kind != "HelmRepository" && kind != "HelmChart":
		return hash([]any{sourceURL(o), selected(o), spec["include"]})
	case forced && slices.Contains([]string{"PersistentVolumeClaim", "PersistentVolume", "StatefulSet"}, kind):
		return hash(spec)
	}
	return ""
}

// makesMore matches what says in a template that Flux, or its operator, makes more of an object.
var makesMore = regexp.MustCompile(`apiVersion["']?\s*:\s*["']?[a-z.]*\.fluxcd\.io/|apiVersion["']?\s*:\s*["']?` + regexp.QuoteMeta(operatorGroup) + "/")

// steering matches the annotations of an object by which the operator makes none of it, or deletes
// what it cannot change (internal/builder/resourceset.go, internal/controller/resourceset_controller.go).
// Others keep more, or are of no concern to it.
var steering = regexp.MustCompile(regexp.QuoteMeta(operatorGroup) + `/(reconcile|force|recreateOnFailure)["']?\s*:`)

// namingLine matches a line of a template that has a say in which objects it makes.
var namingLine = regexp.MustCompile(`(apiVersion|kind|metadata|name|namespace|generateName)["']?\s*:|^---|<<`)

// naming returns the lines of a template that have a say in which objects it makes; all where
// Flux makes more of these.
func naming(template string) string {
	var lines []string
	all := makesMore.MatchString(template)
	for line := range strings.Lines(template) {
		switch bare := strings.TrimSpace(line); {
		case !strings.Contains(bare, "<<") && (bare == "" || strings.HasPrefix(bare, "#")): // a comment is one to YAML, not to the template
		case all:
			lines = append(lines, strings.TrimRight(line, " \r\n"))
		case namingLine.MatchString(line), steering.MatchString(line):
			lines = append(lines, bare)
		}
	}
	return strings.Join(lines, "\n")
}

// chosen returns hashes of some fields, where they are set.
func chosen(spec map[string]any, names ...string) map[string]string {
	all := map[string]string{}
	for _, name := range names {
		if value := spec[name]; value != nil {
			all[name] = hash(value)
		}
	}
	return all
}

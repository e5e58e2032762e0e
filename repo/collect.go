package repo

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"sigs.k8s.io/kustomize/api/resource"
)

const originAnnotation = "config.kubernetes.io/origin"

// collect turns what was built into the node's inventory, substituted.
func (c *cluster) collect(n *node, dir string) {
	if n.built.resources == nil {
		return
	}
	folder := c.tree.rel(dir)
	claimed := map[*gen.Document]bool{}
	for _, res := range n.built.resources.all() {
		file := originFile(res, folder)
		written, unsure := res.GetName(), n.vars.unsure(res) // before substitution
		var filled bool
		var literal []string
		if c.options.Digests {
			filled, literal = n.vars.holds(res)
		}
		n.panics(res)
		if n.vars.runs && !substitutionDisabled(res) && hasVariable(res.YNode()) {
			if err := n.vars.substitute(n.object, res, file); err != nil {
				n.vars.failed = true
				n.report(substitutionFailure, "spec.postBuild", "escape it as $${...}, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled",
					"Flux fails to substitute variables in %s %s: %v", res.GetKind(), written, err)
			}
		}
		c.index.strip(res)
		o := c.object(res, file)
		setCommonMetadata(o.body, n.object)
		o.shared = o.shared || n.shares()
		// Flux leaves what it does not apply when it prunes, but does not let prune: disabled
		// arrive either, nor with ssa: IfNotPresent, where the object was there before.
		o.left = n.marks(res, reconcileAnnotation, "disabled") || n.marks(res, ssaAnnotation, "Ignore") || n.marks(res, ssaAnnotation, "IfNotPresent")
		o.Kept, o.forced = n.marks(res, pruneAnnotation, "disabled") && !o.left, n.marks(res, forceAnnotation, "enabled")
		if o.document = c.document(o, file, written, claimed); o.document != nil {
			claimed[o.document] = true
			o.Position = o.document.Position("metadata.name")
		}
		if c.options.Digests {
			o.digest, o.fixed, o.fleeting, o.facts = digest(res), fixedOf(res), isFleeting(res), factsOf(res, unsure)
			o.retention, o.filled, o.literal = retentionOf(res), filled, literal
			o.classes, o.makes = classesOf(res), makesOf(res)
			if isKustomization(o.Group, o.Kind) {
				o.acts = actsOf(o.body)
			}
			o.bind(res)
		}
		switch {
		case isKustomization(o.Group, o.Kind) && o.Namespace == "": // FD339 tells of it
			o.Namespace = n.key.namespace
		case n.virtual && o.Namespace == "" && o.Group == "" && o.Kind == "ConfigMap": // a person gives it one
			o.Namespace = n.key.namespace
		case !n.virtual && c.index.homeless(o):
			o.homeless, n.homeless = true, append(n.homeless, o)
		}
		n.inventory = append(n.inventory, o)
	}
	n.reportHomeless()
	n.reportSealed()
}

// setCommonMetadata gives an object the labels and annotations that the controller
// adds to everything that a Kustomization applies (spec.commonMetadata).
func setCommonMetadata(object, kustomization map[string]any) {
	if object == nil {
		return
	}
	for _, what := range []string{"labels", "annotations"} {
		common, _ := value(kustomization, "spec", "commonMetadata", what).(map[string]any)
		for name, text := range common {
			if s, ok := text.(string); ok {
				setText(object, s, "metadata", what, name)
			}
		}
	}
}

// object describes a resource.
func (c *cluster) object(res *resource.Resource, file string) *Object {
	group, version := groupOf(res.GetApiVersion())
	o := &Object{Group: group, Version: version, Kind: res.GetKind(), Namespace: res.GetNamespace(), Name: res.GetName(),
		Position: dag.Position{File: file}}
	annotations := res.GetAnnotations(originAnnotation, ssaAnnotation, reconcileAnnotation)
	o.shared = slices.Contains(shared, annotations[ssaAnnotation]) || annotations[reconcileAnnotation] == "disabled"
	o.serves, o.defines, o.versions = servedBy(res), definedBy(res), versionsOf(res)
	o.sealed, o.ciphered = encrypted(res)
	if !looksInto(o) {
		return o
	}
	body, err := res.Map()
	if err != nil {
		return o
	}
	o.body = body
	if meta, ok := body["metadata"].(map[string]any); ok {
		if all, ok := meta["annotations"].(map[string]any); ok {
			if delete(all, originAnnotation); len(all) == 0 {
				delete(meta, "annotations")
			}
		}
	}
	return o
}

// marks reports whether an object has an annotation or a label of a value in any case, as
// ssa's AnyInMetadata does, once spec.commonMetadata has been set on it.
func (n *node) marks(res *resource.Resource, name, want string) bool {
	has := func(what string, own map[string]string) bool {
		got := own[name]
		if common, ok := value(n.object, "spec", "commonMetadata", what, name).(string); ok {
			got = common
		}
		return strings.EqualFold(got, want)
	}
	return has("annotations", res.GetAnnotations(name)) || has("labels", res.GetLabels(name))
}

// digest returns a hash of what is applied.
func digest(res *resource.Resource) string {
	res = res.DeepCopy()
	annotations := res.GetAnnotations()
	delete(annotations, originAnnotation)
	if err := res.SetAnnotations(annotations); err != nil {
		return err.Error()
	}
	data, err := res.MarshalJSON()
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%x", sha256.Sum256(data))
}

// shares reports whether the node adds an annotation by which others may own what it
// applies as well.
func (n *node) shares() bool {
	annotations, _ := value(n.object, "spec", "commonMetadata", "annotations").(map[string]any)
	return slices.Contains(shared, text(annotations, ssaAnnotation)) || annotations[reconcileAnnotation] == "disabled"
}

// shared are the policies of applying that leave others' objects alone.
var shared = []string{"Merge", "IfNotPresent", "Ignore"}

// The annotations by which an object may have several owners, outlive its own, or be made
// anew.
const (
	reconcileAnnotation = kustomizeGroup + "/reconcile"
	ssaAnnotation       = kustomizeGroup + "/ssa"
	pruneAnnotation     = kustomizeGroup + "/prune"
	forceAnnotation     = kustomizeGroup + "/force"
	decryptAnnotation   = kustomizeGroup + "/decrypt"
)

// looksInto reports whether anything of an object but its name is needed.
func looksInto(o *Object) bool {
	if _, odd := misfitOf(o); odd { // its place
		return true
	}
	return isKustomization(o.Group, o.Kind) || o.Group == "" && o.Kind == "ConfigMap" ||
		o.isRelease() || o.automates() || o.Group == sourceGroup || o.Group == extensionsGroup || o.Group == operatorGroup
}

func substitutionDisabled(res *resource.Resource) bool {
	const name = kustomizeGroup + "/substitute"
	return res.GetLabels()[name] == "disabled" || res.GetAnnotations()[name] == "disabled"
}

// originFile returns the file that a resource comes from, relative to the
// repository.
func originFile(res *resource.Resource, folder string) string {
	origin, err := res.GetOrigin()
	if err != nil || origin == nil {
		return folder
	}
	return path.Join(folder, cmp.Or(origin.Path, origin.ConfiguredIn))
}

// document finds the author's document of an object that came from a file: the one
// of its kind and of the name that kustomize read, or, where a prefix or patch
// has renamed it, the one that is left.
func (c *cluster) document(o *Object, file, written string, claimed map[*gen.Document]bool) *gen.Document {
	if !looksInto(o) {
		return nil
	}
	of := documentName{o.Group, o.Kind, written}
	candidates := c.index.named(file, of)
	if len(candidates) == 0 {
		of.name = ""
		candidates = c.index.named(file, of)
	}
	var best *gen.Document
	rank := 0
	for _, d := range candidates {
		r := 1
		switch name := d.Name(); {
		case name == written && (d.Namespace() == o.Namespace || d.Namespace() == ""):
			r = 4
		case name == written:
			r = 3
		case name != "" && strings.Contains(written, name):
			r = 2
		}
		if r *= 2; claimed[d] {
			r-- // a base that is built twice
		}
		if r > rank {
			best, rank = d, r
		}
	}
	return best
}

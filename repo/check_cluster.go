package repo

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// check judges what shows only when the whole cluster is known.
func (c *cluster) check(g *dag.Graph) []dag.Diagnostic {
	deadlocks := c.checkDeadlocks(g)
	return slices.Concat(c.checkOwners(), c.checkSources(), c.checkVariables(), c.checkReleaseDependencies(g), deadlocks, c.checkWaits(deadlocks),
		c.checkPatches(), c.checkKinds(), c.checkNamespaces(), c.checkReleases())
}

// checkOwners reports objects that several Kustomizations apply, all those of the
// same owners at once.
func (c *cluster) checkOwners() []dag.Diagnostic {
	type dispute struct {
		owners  []*node
		objects []string
	}
	disputes := map[string]*dispute{}
	for _, id := range slices.SortedFunc(maps.Keys(c.owners), compareIDs) {
		owners := rivals(c.owners[id])
		if len(owners) < 2 || IsSymbolic(id.Name) || IsSymbolic(id.Namespace) {
			continue
		}
		var who strings.Builder
		for _, n := range owners {
			who.WriteString(n.name() + " ")
		}
		d := disputes[who.String()]
		if d == nil {
			d = &dispute{owners: owners}
			disputes[who.String()] = d
		}
		d.objects = append(d.objects, id.String())
	}
	var found []dag.Diagnostic
	for _, who := range slices.Sorted(maps.Keys(disputes)) {
		d := disputes[who]
		last := len(d.owners) - 1
		var others []string
		var related []dag.Related
		for _, n := range d.owners[:last] {
			others = append(others, n.name())
			related = append(related, dag.Related{Position: n.locate("spec.path"), Message: n.name() + " builds " + cmp.Or(n.path(), "./")})
		}
		f := finding(twoOwners, d.owners[last].locate("spec.path"), d.owners[last].name(), "let one of them apply it",
			"applies %s, which %s applies too: they overwrite each other, and one that stops applying it may delete it", names(d.objects), names(others))
		f.Field, f.Related = "spec.path", related[:min(len(related), mostRelated)]
		found = append(found, f)
	}
	return found
}

// mostRelated bounds the owners that a finding points at.
const mostRelated = 5

// rivals lists the different Kustomizations that claim an object, by name.
func rivals(owners []owner) []*node {
	var all []*node
	for _, o := range owners {
		suspended, _ := value(o.node.object, "spec", "suspend").(bool) // and so writes and prunes nothing
		if !o.object.shared && !o.node.virtual && !suspended && !slices.Contains(all, o.node) {
			all = append(all, o.node)
		}
	}
	slices.SortFunc(all, func(a, b *node) int { return strings.Compare(a.name(), b.name()) })
	return all
}

func compareIDs(a, b ID) int {
	return cmp.Or(strings.Compare(a.Group, b.Group), strings.Compare(a.Kind, b.Kind), strings.Compare(a.Namespace, b.Namespace), strings.Compare(a.Name, b.Name))
}

// checkVariables reports variables that are used without a value, given without a
// use, or asked of what nothing provides.
func (c *cluster) checkVariables() []dag.Diagnostic {
	var found []dag.Diagnostic
	for _, n := range c.order {
		if n.vars == nil || n.virtual {
			continue
		}
		if missing := c.stillAbsent(n.vars.absent); len(missing) > 0 {
			d := finding(absentVariables, n.locate("spec.postBuild.substituteFrom"), n.name(), "apply it from the repository, or set optional: true",
				"substituteFrom requires %s, which nothing in the repository applies", names(missing))
			found = append(found, d)
		}
		if n.boundary || n.built.err != nil || n.vars.failed {
			continue
		}
		if unset := n.vars.unset(); len(unset) > 0 {
			found = append(found, c.undefined(n, unset))
		}
		found = append(found, n.unusedVariables()...)
	}
	return found
}

// undefined reports the variables that have no value, with the first uses. Where a
// webhook changes Kustomizations, it may give them one.
func (c *cluster) undefined(n *node, unset map[string]dag.Related) dag.Diagnostic {
	all := slices.Sorted(maps.Keys(unset))
	what := "since Flux 2.9 the build fails (\"variable not set\")"
	if !Strict(c.options.Flux) {
		what = "Flux " + c.options.Flux + " leaves that empty, and since Flux 2.9 the build fails (\"variable not set\")"
	}
	hint := "give it a value or a default, or escape it as $${NAME}"
	if len(all) == len(n.vars.nameless) {
		hint = "escape it as $" + all[0] + ": no variable can have such a name"
	}
	d := finding(undefinedVariable, n.locate("spec.postBuild"), n.name(), hint,
		"the manifests use %s, which no value or default is given for: %s", names(all), what)
	for _, name := range all[:min(len(all), 3)] {
		d.Related = append(d.Related, unset[name])
	}
	for id := range c.owners {
		if strings.Contains(id.Name, "kustomiz") && strings.Contains(id.Name, "mutating-webhook") {
			d.Severity = dag.Information
		}
	}
	return d
}

// stillAbsent drops what some Kustomization has brought since.
func (c *cluster) stillAbsent(absent []string) []string {
	return slices.DeleteFunc(slices.Clone(absent), func(what string) bool {
		kind, name, _ := strings.Cut(what, " ")
		namespace, name, _ := strings.Cut(name, "/")
		if name == "" { // FD201
			return true
		}
		_, known := c.configMaps[key{namespace, name}]
		return kind == "ConfigMap" && known || kind == "Secret" && (c.secrets[key{namespace, name}] || c.sealed(namespace, name)) || IsSymbolic(name)
	})
}

// sealed reports whether an operator makes a Secret of an object that is applied.
func (c *cluster) sealed(namespace, name string) bool {
	return len(c.owners[ID{"bitnami.com", "SealedSecret", namespace, name}])+len(c.owners[ID{"external-secrets.io", "ExternalSecret", namespace, name}]) > 0
}

// unusedVariables reports the variables that the author gives and nothing uses.
func (n *node) unusedVariables() []dag.Diagnostic {
	own, _ := value(n.object, "spec", "postBuild", "substitute").(map[string]any)
	var unused []string
	for name := range own {
		if !n.vars.used[name] && n.document != nil && n.document.Has("spec.postBuild.substitute."+name) && len(n.built.cuts) == 0 {
			unused = append(unused, name)
		}
	}
	if len(unused) == 0 {
		return nil
	}
	slices.Sort(unused)
	return []dag.Diagnostic{finding(unusedVariable, n.locate("spec.postBuild.substitute."+unused[0]), n.name(), "delete it, or correct its name",
		"nothing that %s builds uses the variables %s", quote(n.path()), names(unused))}
}

// servedVersion returns the version to use for an object whose own is gone, or
// nothing.
func servedVersion(o *Object) string {
	current := map[string]string{kustomizeGroup: "v1", sourceGroup: "v1", helmGroup: "v2"}[o.Group]
	if current == "" || o.Version == current || !strings.HasPrefix(o.Version, "v") || !strings.Contains(o.Version, "beta") {
		return ""
	}
	return current
}

// removedSince returns the Flux that no longer served a beta version: v1beta1 and
// v2beta1, deprecated in 2023, or v1beta2 and v2beta2, deprecated in 2024.
func removedSince(version string) string {
	if strings.HasSuffix(version, "beta1") {
		return "2.7"
	}
	return "2.8"
}

// checkNamespaces reports Kustomizations that are applied without a namespace.
func (c *cluster) checkNamespaces() []dag.Diagnostic {
	var found []dag.Diagnostic
	for _, n := range c.order {
		if n.virtual || len(n.appliers) == 0 || n.appliers[0].virtual || text(n.object, "metadata", "namespace") != "" {
			continue
		}
		found = append(found, finding(noNamespace, n.locate("metadata.name"), n.name(), "set metadata.namespace",
			"has no namespace when %s applies it: Flux fails with \"namespace not specified\"", n.appliers[0].name()))
	}
	return found
}

// fileFindings reports the Kustomizations that no root reaches, and the files of
// Flux that cannot be parsed. Nobody but their readers has to care for these: a
// template is what it is meant to be. Where the user names the roots, what others
// reach is not known.
func (l *loader) fileFindings() []dag.Diagnostic {
	if len(l.options.Roots) > 0 {
		return nil
	}
	var found []dag.Diagnostic
	for _, file := range l.index.flux {
		if l.reached(file) || quietFolder(file) || !l.index.names(file, kustomizeGroup) {
			continue
		}
		for _, d := range l.index.parse(file).findings {
			if d.Severity == dag.Error {
				d.Severity, d.Message = dag.Information, strings.ReplaceAll(d.Message, "kustomize fails the build", "a build of it fails")
				found = append(found, d)
			}
		}
		if l.lost(file) {
			continue
		}
		for _, d := range l.index.objects(file) {
			if d.IsKustomization() && d.Name() != "" && !l.index.patch(file) && d.Has("spec.path") && !barePatch(d) && !l.syncs(&d) {
				found = append(found, finding(unreached, d.Position("metadata.name"), d.Name(), "list it in a kustomization.yaml that is built, delete it, or name its root with --root",
					"no sync root reaches this Kustomization: Flux never sees it"))
			}
		}
	}
	return found
}

// barePatch reports whether a document says too little for an object: it is the patch
// of one.
func barePatch(d gen.Document) bool {
	return !d.Has("spec.interval") && !d.Has("spec.sourceRef") && !d.Has("spec.prune")
}

// lost reports whether a file lies where a build failed, so that nobody knows
// whether it is reached.
func (l *loader) lost(file string) bool {
	for _, c := range l.clusters {
		for _, n := range c.order {
			if slices.ContainsFunc(n.lost, func(p string) bool { return under(path.Dir(p), file) }) {
				return true
			}
		}
	}
	return false
}

// syncs reports whether a Kustomization is the one that syncs a root which is known
// from elsewhere: nothing need apply it.
func (l *loader) syncs(d *gen.Document) bool {
	object, err := d.Object()
	return err == nil && slices.ContainsFunc(l.clusters, func(c *cluster) bool {
		return c.order[0].key == key{d.Namespace(), d.Name()} && c.root.path == cleanPath(text(object, "spec", "path"))
	})
}

// patch reports whether a kustomization.yaml uses a file as a patch.
func (ix *index) patch(file string) bool {
	if ix.patches == nil {
		ix.patches = map[string]bool{}
		for _, k := range ix.kustomizationFiles() {
			for _, d := range ix.documents(k) {
				for _, p := range patchFiles(objectOf(&d)) {
					ix.patches[path.Join(path.Dir(k), p)] = true
				}
			}
		}
	}
	return ix.patches[file]
}

// patchFiles lists the files that a kustomization.yaml reads, but not as resources.
func patchFiles(object map[string]any) []string {
	files := anyStrings(object["patchesStrategicMerge"])
	for _, field := range pathLists {
		for _, p := range list(object, field) {
			files = append(files, text(p, "path"))
		}
	}
	return slices.Concat(files, anyStrings(object["transformers"]), anyStrings(object["generators"]), anyStrings(object["configurations"]), anyStrings(object["crds"]))
}

func anyStrings(v any) []string {
	items, _ := v.([]any)
	var all []string
	for _, item := range items {
		if s, ok := item.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

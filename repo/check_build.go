package repo

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/tazlab/fluxdag/dag"
	"sigs.k8s.io/kustomize/api/resmap"
	kustypes "sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/resid"
)

// absentPath reports a path that does not exist.
func (c *cluster) absentPath(n *node) {
	p := n.path()
	t, dir := c.placed(n)
	hint := "correct the path, or add the folder"
	if near := c.nearestFolder(cleanPath(p)); near != "" && t == c.tree {
		hint = "did you mean " + quote("./"+near) + "?"
	}
	why := "does not exist"
	if _, err := os.Lstat(dir); err == nil {
		why, hint = "is left out of the artifact", "look at spec.ignore of the source, and at .sourceignore"
		if t != c.tree {
			hint = "look at what the ArtifactGenerator copies, and at spec.ignore of the source"
		}
		if t.linked(dir) {
			hint = "name the folder itself: symbolic links are in no artifact"
		}
	}
	n.report(pathNotFound, "spec.path", hint, "the path %s %s: Flux says \"kustomization path not found\"", quote(p), why)
	n.bound(dag.Boundary{Kind: "missing", Node: n.name(), What: "path " + p, Position: n.locate("spec.path")})
}

// nearestFolder returns the folder of the artifact with YAML files that is spelt most like
// p, or nothing where none is near.
func (c *cluster) nearestFolder(p string) string {
	best, least := "", 4
	for _, dir := range c.index.directories() {
		dir, inside := strings.CutPrefix("/"+dir, "/"+strings.TrimPrefix(c.root.prefix, "."))
		if dir = strings.Trim(dir, "/"); !inside || dir == "" || !c.tree.stat(c.tree.abs(dir)).dir {
			continue
		}
		if d := levenshtein.Distance(dir, p, nil); d < least {
			best, least = dir, d
		}
	}
	return best
}

// directories lists the folders that hold YAML files, and those around them, in
// order.
func (ix *index) directories() []string {
	seen := map[string]bool{}
	var dirs []string
	for _, file := range ix.files {
		for dir := path.Dir(file); dir != "." && !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
			dirs = append(dirs, dir)
		}
	}
	slices.Sort(dirs)
	return dirs
}

func (l *loader) isDir(p string) bool {
	info, err := os.Stat(filepath.Join(l.index.base, filepath.FromSlash(p)))
	return err == nil && info.IsDir()
}

// reportBuild reports what kept the controller from building n as it stands, and
// what has no effect.
func (c *cluster) reportBuild(n *node, dir string) {
	folder := c.tree.rel(dir)
	t, _ := c.placed(n)
	for _, cut := range n.built.cuts {
		if cut.remote {
			continue
		}
		n.findings = append(n.findings, c.reportCut(n, cut, folder))
		n.lost = append(n.lost, cut.target)
		n.bound(dag.Boundary{Kind: "missing", Node: n.name(), What: cut.entry, Position: n.findings[len(n.findings)-1].Position})
	}
	for _, file := range t.rejectedIn(n, dir) {
		why, _ := c.index.defect(file)
		d := finding(buildFailure, why.Position, n.name(), "mend it, or take it out of the folder", "Flux cannot build %s: this file %s", folder, c.index.unreadable(file))
		n.findings = append(n.findings, d)
		n.rejected = append(n.rejected, file)
	}
	if n.built.err != nil {
		for _, address := range n.built.refused {
			n.bound(dag.Boundary{Kind: "remote", Node: n.name(), What: address, Position: n.locate("spec.path")})
		}
		if len(n.built.refused) > 0 {
			return
		}
		pos := n.locate("spec.path")
		if file := t.kustomizationFile(dir); file != "" {
			pos = dag.Position{File: c.tree.rel(file)}
		}
		n.lost = append(n.lost, folder+"/")
		d := finding(buildFailure, pos, n.name(), "kustomize build "+folder+" shows the same", "Flux cannot build %s: %s", folder, c.buildMessage(n.built.err))
		d.Field = "spec.path"
		n.findings = append(n.findings, d)
		n.bound(dag.Boundary{Kind: "missing", Node: n.name(), What: "path " + n.path(), Position: n.locate("spec.path")})
		return
	}
	c.reportWarnings(n, folder)
	if len(n.built.resources.all()) == 0 && len(n.built.cuts) == 0 && len(n.rejected) == 0 && !n.virtual {
		n.report(emptyPath, "spec.path", "correct the path, or delete the Kustomization", "the path %s holds no manifest: Flux applies nothing, and prunes what it applied before", quote(n.path()))
		if !n.built.generated { // somebody wrote a kustomization.yaml that lists nothing
			n.findings[len(n.findings)-1].Severity = dag.Information
		}
		return
	}
	c.reportPatches(n)
}

// reportCut reports an entry that keeps the controller from building. One of a
// kustomization.yaml that Flux generates stands nowhere: what is broken does.
func (c *cluster) reportCut(n *node, cut cut, folder string) dag.Diagnostic {
	d := finding(buildFailure, cut.pos, n.name(), "correct or remove the entry", "Flux cannot build %s: %s %s", folder, quote(cut.entry), cut.reason)
	why, broken := c.index.defect(cut.target)
	switch {
	case cut.pos.Line > 0 && broken:
		d.Related = []dag.Related{{Position: why.Position, Message: why.Message}}
	case cut.pos.Line == 0 && broken:
		d.Position, d.Hint = why.Position, "mend it, or take it out of the folder"
	case cut.pos.Line == 0:
		d.Position = n.locate("spec.path")
	}
	return d
}

// rejectedIn lists the files that were left out of a generated kustomization.yaml.
func (t *tree) rejectedIn(n *node, dir string) []string {
	if !n.built.generated {
		return nil
	}
	files, _ := t.swallowed(dir)
	return slices.DeleteFunc(files, func(rel string) bool { return t.index.unreadable(rel) == "" })
}

// buildMessage is kustomize's, on one line and without the machine's paths and addresses: the
// same every time.
func (c *cluster) buildMessage(err error) string {
	if short := oneNamespace(err.Error()); short != "" {
		return short
	}
	message := strings.ReplaceAll(err.Error(), c.index.base+string(filepath.Separator), "")
	return pointers.ReplaceAllString(strings.Join(strings.Fields(message), " "), "...")
}

// pointers matches addresses in memory, and what holds only such.
var pointers = regexp.MustCompile(`&\{0x[0-9a-f]{6,16}( 0x[0-9a-f]{6,16})*\}|\(?\b0x[0-9a-f]{6,16}\b\)?`)

// reportHomeless reports objects that need a namespace and have none.
func (n *node) reportHomeless() {
	n.reportObjects(homelessObject, n.homeless, "set metadata.namespace, namespace in the kustomization.yaml, or spec.targetNamespace",
		"has", "have", "no namespace: Flux fails with \"namespace not specified\", and applies and deletes nothing of "+quote(n.path()))
}

// reportObjects reports, at the first of some objects, what one or several of them are; nothing
// where there are none.
func (n *node) reportObjects(r rule, objects []*Object, hint, one, several, what string) {
	if len(objects) == 0 {
		return
	}
	var all []string
	for _, o := range objects {
		all = append(all, o.ID().String())
	}
	verb := one
	if len(all) > 1 {
		verb = several
	}
	n.findings = append(n.findings, finding(r, objects[0].Position, n.name(), hint, "%s %s %s", names(all), verb, what))
}

// deprecated matches kustomize's warning about a field.
var deprecated = regexp.MustCompile(`(?i)^# ?warning:\s*`)

func (c *cluster) reportWarnings(n *node, folder string) {
	for _, line := range sortedUnique(n.built.warnings) {
		line = strings.ReplaceAll(deprecated.ReplaceAllString(line, ""), c.index.base+string(filepath.Separator), "")
		n.findings = append(n.findings, finding(kustomizeWarning, dag.Position{File: folder}, n.name(), "run kustomize edit fix in the folder", "kustomize warns: %s", line))
	}
}

// reportPatches reports the patches that the author wrote at this node and that
// match nothing. A parent's patch that gives all its children the same patches is
// meant for some of them only.
func (c *cluster) reportPatches(n *node) {
	if n.document == nil || n.built.resources == nil || len(n.built.cuts) > 0 {
		return
	}
	for i, patch := range list(n.object, "spec", "patches") {
		field := "spec.patches[" + strconv.Itoa(i) + "]"
		target, ok := patch["target"].(map[string]any)
		if !ok || !n.document.Has(field) {
			continue
		}
		selector, ok := selectorOf(target)
		if !ok || changesIdentity(n.object, text(patch, "patch")) || matches(n.built.resources, selector) {
			continue
		}
		n.idle = append(n.idle, idle{patchKey(patch), field, n.locate(field), asks(selector)})
	}
	c.reportOwnPatches(n)
}

// asks reports whether a selector is for who asks for it, by a label.
func asks(s kustypes.Selector) bool { return s.LabelSelector != "" || s.AnnotationSelector != "" }

// reportOwnPatches reports those of the kustomization.yaml in the path itself, as where a cluster
// patches what a base that clusters share calls otherwise by now. What its other fields, or other
// patches, make of a name is not known any more once the build is done. A patch without a target
// fails the build.
func (c *cluster) reportOwnPatches(n *node) {
	if n.built.generated || len(n.built.files) == 0 {
		return
	}
	documents := c.index.documents(n.built.files[0])
	if len(documents) != 1 {
		return
	}
	object := objectOf(&documents[0])
	patches := list(object, "patches")
	for _, field := range []string{"namePrefix", "nameSuffix", "replacements", "transformers"} {
		if object[field] != nil {
			return
		}
	}
	for _, patch := range slices.Concat(patches, list(n.object, "spec", "patches")) {
		data, _ := c.index.read(path.Join(path.Dir(n.built.files[0]), text(patch, "path"))) // none where it is a text
		if changesIdentity(n.object, text(patch, "patch")+string(data)) {
			return
		}
	}
	for i, patch := range patches {
		target, ok := patch["target"].(map[string]any)
		if !ok {
			continue
		}
		field := "patches[" + strconv.Itoa(i) + "]"
		if selector, ok := selectorOf(target); ok && !matches(n.built.resources, selector) {
			n.idle = append(n.idle, idle{"", field, documents[0].Position(field), asks(selector)})
		}
	}
}

// idle is a patch that matches nothing.
type idle struct {
	patch, field string // patch is empty of one of a kustomization.yaml
	position     dag.Position
	asked        bool // for who asks for it, by a label
}

func patchKey(patch map[string]any) string {
	data, _ := json.Marshal(patch) // of decoded YAML
	return string(data)
}

// commonPatch is how many Kustomizations have a patch that is meant for all of them,
// and so matches nothing in some.
const commonPatch = 3

// checkPatches reports the patches that match nothing. One that many Kustomizations
// share is a default, as a generated declaration writes it out.
func (c *cluster) checkPatches() []dag.Diagnostic {
	count := map[string]int{}
	for _, n := range c.order {
		for _, patch := range list(n.object, "spec", "patches") {
			count[patchKey(patch)]++
		}
	}
	var found []dag.Diagnostic
	told := map[dag.Position]bool{} // of a kustomization.yaml that several build
	for _, n := range c.order {
		for _, p := range n.idle {
			if count[p.patch] >= commonPatch || p.patch == "" && told[p.position] {
				continue
			}
			told[p.position] = true
			d := finding(idlePatch, p.position, n.name(), "correct the target, or delete the patch", "the patch matches nothing that %s builds: it has no effect", quote(n.path()))
			d.Field = p.field
			if p.asked {
				d.Severity = dag.Information
			}
			found = append(found, d)
		}
	}
	return found
}

// changesIdentity reports whether what a patch selected cannot be selected once
// the build is done.
func changesIdentity(object map[string]any, patch string) bool {
	return strings.Contains(patch, "$patch") || strings.Contains(patch, "/metadata/") ||
		text(object, "spec", "namePrefix") != "" || text(object, "spec", "nameSuffix") != ""
}

// selectorOf returns kustomize's selector for a target; none where it depends on
// a variable.
func selectorOf(target map[string]any) (kustypes.Selector, bool) {
	s := kustypes.Selector{LabelSelector: text(target, "labelSelector"), AnnotationSelector: text(target, "annotationSelector")}
	s.ResId = resid.ResId{
		Gvk:  resid.Gvk{Group: text(target, "group"), Version: text(target, "version"), Kind: text(target, "kind")},
		Name: text(target, "name"), // the namespace may have been set after the patch
	}
	for _, v := range target {
		if t, ok := v.(string); ok && IsSymbolic(t) {
			return s, false
		}
	}
	return s, true
}

// matches reports whether a selector selects anything; one that kustomize cannot
// read is its own error.
func matches(r resources, s kustypes.Selector) bool {
	return slices.ContainsFunc(r, func(m resmap.ResMap) bool {
		selected, err := m.Select(s)
		return err != nil || len(selected) > 0
	})
}

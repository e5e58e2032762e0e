package repo

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/fluxcd/pkg/envsubst/parse"
	"github.com/fluxcd/pkg/kustomize"
	"github.com/tazlab/fluxdag/dag"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// variables are what a Kustomization substitutes (spec.postBuild).
type variables struct {
	known  map[string]string
	opaque []string // ConfigMaps and Secrets whose values only the cluster knows
	absent []string // those of opaque that must exist and that nothing provides
	runs   bool     // whether Flux substitutes at all
	empty  bool     // whether a variable without a value is empty, as before Flux 2.9

	failed   bool                   // substitution failed in some object
	symbolic map[string]dag.Related // variables that stayed ${NAME}, and the first object that asks for each
	nameless map[string]dag.Related // the same of what no variable is named, as ${1}
	used     map[string]bool        // variables that a manifest asked for
}

// symbol matches a variable that was left as it stands. Flux takes no other name from a
// ConfigMap or Secret (fluxcd/pkg/kustomize: varsubRegex), but envsubst reads ${1} and ${ä}
// as variables too.
var symbol = regexp.MustCompile(`\$\{[_[:alpha:]][_[:alnum:]]*\}`)

// IsSymbolic reports whether a value depends on what only the cluster knows: Load leaves
// such a variable as it stands.
func IsSymbolic(s string) bool { return symbol.MatchString(s) }

// variablesOf collects what a Kustomization substitutes: ConfigMaps that the
// repository holds, in order, then what the user gave, then its own.
func (c *cluster) variablesOf(n *node) *variables {
	v := &variables{empty: !Strict(c.options.Flux), known: map[string]string{}, symbolic: map[string]dag.Related{}, nameless: map[string]dag.Related{}, used: map[string]bool{}}
	if value(n.object, "spec", "postBuild") == nil {
		return v
	}
	for _, ref := range list(n.object, "spec", "postBuild", "substituteFrom") {
		v.load(c, n.key.namespace, ref)
	}
	own, _ := value(n.object, "spec", "postBuild", "substitute").(map[string]any)
	for name, value := range own {
		if s, ok := value.(string); ok {
			v.known[name] = strings.ReplaceAll(s, "\n", "")
		}
	}
	always := text(n.object, "spec", "postBuild", "substituteStrategy") == "Always"
	v.runs = len(v.known) > 0 || len(v.opaque) > 0 || always
	for name, value := range c.options.Vars { // in place of what a ConfigMap of the repository says
		if _, said := own[name]; !said && v.runs {
			v.known[name] = value
		}
	}
	return v
}

// load takes in one entry of substituteFrom.
func (v *variables) load(c *cluster, namespace string, ref map[string]any) {
	kind, name := text(ref, "kind"), text(ref, "name")
	optional, _ := ref["optional"].(bool)
	at := key{namespace, name}
	data, found := c.configMaps[at]
	switch {
	case kind == "ConfigMap" && found:
		for name, value := range data {
			if s, ok := value.(string); ok && !sealed(s) {
				v.known[name] = strings.ReplaceAll(s, "\n", "")
			} else {
				delete(v.known, name) // of an earlier one
			}
		}
		if !slices.ContainsFunc(slices.Collect(maps.Values(data)), func(value any) bool { s, _ := value.(string); return sealed(s) }) {
			return
		}
	case kind == "ConfigMap" && !found && !optional, kind == "Secret" && !c.secrets[at] && !optional:
		v.absent = append(v.absent, kind+" "+at.String())
	case kind == "ConfigMap" && !found && optional && !c.open():
		return // Flux goes on without it
	}
	v.opaque = append(v.opaque, kind+" "+at.String())
}

// sealed reports whether SOPS encrypted a value, or it lies behind a URL.
func sealed(s string) bool { return strings.HasPrefix(s, "ENC[") || strings.HasPrefix(s, unfetched) }

// substitute runs Flux's substitution over a resource. A variable whose value
// only the cluster knows stays as it stands: ${NAME} is given itself as value.
func (v *variables) substitute(object map[string]any, res *resource.Resource, file string) error {
	values := maps.Clone(v.known)
	size := textSize(res.YNode())
	err := variablesIn(res, func(name string, hasDefault bool) {
		v.used[name] = true
		size += len(v.known[name])
		if _, known := v.known[name]; known || hasDefault {
			return
		}
		left, what := v.nameless, "${"+name+"}" // empty
		if IsSymbolic(what) {
			left, what, values[name] = v.symbolic, name, v.without(name)
		}
		if _, told := left[what]; !told {
			left[what] = dag.Related{Position: dag.Position{File: file}, Message: res.GetKind() + " " + res.GetName() + " uses " + what}
		}
	})
	if err != nil {
		return err
	}
	if size >= maxRead {
		return fmt.Errorf("the values make an object of %d MiB of it", size>>20)
	}
	spec := map[string]any{"postBuild": map[string]any{"substitute": anyMap(values)}}
	with := unstructured.Unstructured{Object: map[string]any{"metadata": object["metadata"], "spec": spec}}
	_, err = kustomize.SubstituteVariables(context.Background(), nil, with, res,
		kustomize.SubstituteWithDryRun(true), kustomize.SubstituteWithAlways(true))
	return err
}

// unset lists the variables that nothing gives a value, and the first object that asks for
// each. What only the cluster knows may give one to all that can be named.
func (v *variables) unset() map[string]dag.Related {
	all := maps.Clone(v.nameless)
	if len(v.opaque) == 0 {
		maps.Copy(all, v.symbolic)
	}
	return all
}

// without is the text in place of a variable that has no value here: only the cluster may
// know it, or else a Flux that is not strict leaves it empty.
func (v *variables) without(name string) string {
	if v.empty && len(v.opaque) == 0 {
		return ""
	}
	return "${" + name + "}"
}

// variablesIn visits the variables of a resource: those of its texts one by one, which
// is faster than to write it out as Flux does, and of the whole where one of them is no
// text of its own (a brace that another one closes).
func variablesIn(res *resource.Resource, visit func(name string, hasDefault bool)) error {
	var roots []parse.Node
	if textVariables(res.YNode(), &roots) {
		for _, root := range roots {
			eachVariable(root, visit)
		}
		return nil
	}
	data, err := res.AsYAML()
	if err != nil {
		return err
	}
	if tree, err := parse.Parse(string(data)); err == nil { // Flux's own message is better than the parser's
		eachVariable(tree.Root, visit)
	}
	return nil
}

// textSize is the length of all texts below n.
func textSize(n *yaml.Node) int {
	size := len(n.Value)
	for _, child := range n.Content {
		size += textSize(child)
	}
	return size
}

// textVariables parses every text below n that may hold variables, and reports whether
// it could.
func textVariables(n *yaml.Node, roots *[]parse.Node) bool {
	if strings.Contains(n.Value, "${") {
		tree, err := parse.Parse(n.Value)
		if err != nil {
			return false
		}
		*roots = append(*roots, tree.Root)
	}
	for _, child := range n.Content {
		if !textVariables(child, roots) {
			return false
		}
	}
	return true
}

// eachVariable visits the variables of a parsed text, those inside defaults too.
func eachVariable(n parse.Node, visit func(name string, hasDefault bool)) {
	switch n := n.(type) {
	case *parse.ListNode:
		for _, child := range n.Nodes {
			eachVariable(child, visit)
		}
	case *parse.FuncNode:
		visit(n.Param, slices.Contains(defaults, n.Name))
		for _, child := range n.Args {
			eachVariable(child, visit)
		}
	}
}

// defaults are the operators that take a variable that is not set (envsubst:
// isDefaultOp).
var defaults = []string{"-", "+", "=", "?", ":-", ":+", ":=", ":?"}

func anyMap(m map[string]string) map[string]any {
	out := make(map[string]any, len(m))
	for name, value := range m {
		out[name] = value
	}
	return out
}

// hasVariable reports whether a resource holds what Flux would substitute,
// without writing it out first.
func hasVariable(n *yaml.Node) bool {
	return strings.Contains(n.Value, "${") || slices.ContainsFunc(n.Content, hasVariable)
}

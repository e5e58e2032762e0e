package gen

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAdoptLosesNothing holds that a foreign file is adopted only where no object
// but the node's own would be gone, and that the refusal names what would.
func TestAdoptLosesNothing(t *testing.T) {
	own := strings.ReplaceAll(object, "%", "a")
	for name, test := range map[string]struct {
		there string
		want  []string // what is named; nil where the file is adopted
	}{
		"its own object":         {own, nil},
		"an older version":       {strings.Replace(own, "/v1", "/v1beta2", 1), nil},
		"without a namespace":    {strings.Replace(own, "  namespace: flux-system\n", "", 1), nil},
		"twice":                  {own + "---\n" + own, nil},
		"in a list":              {"apiVersion: v1\nkind: List\nitems: [{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: flux-system}}]\n", nil},
		"no object":              {"# a comment\n---\nx: 1\n--- [1, 2]\n", nil},
		"another node":           {own + "---\n" + named("b"), []string{"Kustomization flux-system/b"}},
		"two others":             {named("b") + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\n" + own, []string{"Kustomization flux-system/b, ConfigMap c"}},
		"another namespace":      {strings.Replace(own, "flux-system", "team", 1), []string{"Kustomization team/a"}},
		"another kind":           {"apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n", []string{"Namespace a"}},
		"kustomize's own":        {"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: a}\n", []string{"Kustomization a"}},
		"another in a list":      {"apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: x}}]\n", []string{"Secret x/s"}},
		"not YAML":               {own + "---\n\t[\n", []string{"cannot be read", "line"}},
		"a conflict of others":   {"<<<<<<< HEAD\n" + own + "=======\n" + own + ">>>>>>> b\n", []string{"cannot be read"}},
		"a list that is no list": {"apiVersion: v1\nkind: List\nitems: 5\n", []string{"cannot be read"}},
	} {
		t.Run(name, func(t *testing.T) {
			root := newFolder(t, map[string]string{"a.yaml": test.there})
			defer cleanup(t, root)
			folder := open(t, root)
			defer folder.Close()
			files := declared("a.yaml")
			files[0].Node = "flux-system/a"
			changes, err := folder.Compare(files)
			if err != nil || len(changes) != 1 || changes[0].Kind != Foreign {
				t.Fatal(changes, err)
			}
			err = folder.Write(changes, true)
			want := map[string]string{"a.yaml": test.there}
			if test.want == nil {
				want["a.yaml"] = string(files[0].Data)
			}
			if diff := cmp.Diff(want, tree(t, root)); diff != "" || (err == nil) != (test.want == nil) {
				t.Errorf("Write = %v\n%s", err, diff)
			}
			for _, part := range test.want {
				if d := changes[0].Diagnostic(); !strings.Contains(err.Error(), part) || !strings.Contains(d.Message, part) || strings.Contains(d.Hint, "--adopt") {
					t.Errorf("%v and %v do not say %q, or propose --adopt", err, d, part)
				}
			}
		})
	}
}

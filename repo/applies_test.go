package repo

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// write writes an outcome down.
func (o Outcome) write() string {
	var b strings.Builder
	for _, object := range o.Objects {
		fmt.Fprintln(&b, object.ID(), object.Digest(), object.Fixed(), object.Position, object.Kept, object.Forced())
	}
	for _, beyond := range o.Beyond {
		fmt.Fprintln(&b, "beyond", beyond.Kind, beyond.What)
	}
	if o.Fails {
		fmt.Fprintln(&b, "fails")
	}
	if o.Absent {
		fmt.Fprintln(&b, "absent")
	}
	return b.String()
}

// TestAppliesOwn holds that a Kustomization of the graph, asked for by its own spec,
// applies what it does in the graph, with and without a cache, that a cache answers
// without the files, and that asking changes nothing.
func TestAppliesOwn(t *testing.T) {
	for _, name := range traits(t) {
		for _, cache := range []*Cache{nil, NewCache()} {
			f, dir := readFixture(t, "repo/"+name)
			f.options.Digests, f.options.Cache = true, cache
			r, err := f.load(t, dir)
			if err != nil {
				t.Fatal(err)
			}
			before := findings(r)
			for _, c := range r.Clusters {
				for v := range c.Graph.Vertices() {
					got, want := c.Applies(c.Body(v.Key())), Outcome{Objects: c.Objects[v.Key()]}
					if diff := cmp.Diff(want.write(), Outcome{Objects: got.Objects}.write()); diff != "" {
						t.Errorf("%s: %s:\n%s", name, v.Key(), diff)
					}
					beyond := 0
					for _, b := range c.Graph.Boundaries() {
						if b.Node == v.Key() && (b.Kind == "source" || b.Kind == "remote") {
							beyond++
						}
					}
					if beyond > 0 && len(got.Beyond) != beyond {
						t.Errorf("%s: %s: %v is beyond, %d by the graph", name, v.Key(), got.Beyond, beyond)
					}
				}
			}
			if after := findings(r); after != before {
				t.Errorf("%s: asking changed what is found:\n%s", name, cmp.Diff(before, after))
			}
		}
	}
}

// oldSpecs is a repository against which specs of another revision are built.
func oldSpecs(t *testing.T, o Options) (*Cluster, string) {
	t.Helper()
	dir := writeTree(t, map[string]string{
		"clusters/prod/flux-system/gotk-sync.yaml": gotkSync,
		"clusters/prod/apps.yaml": kustomization("apps", "./apps", "") + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux-system}\ndata: {NAME: new}\n" +
			gitRepositoryText("other"),
		"apps/a.yaml":                         configMap("a"),
		"web/kustomization.yaml":              "resources: [b.yaml]\n",
		"web/b.yaml":                          configMap("b-${NAME}"),
		"lacks/kustomization.yaml":            "resources: [c.yaml, gone.yaml]\n",
		"lacks/c.yaml":                        configMap("c"),
		"remote/kustomization.yaml":           "resources: [d.yaml, \"https://example.com/e.yaml\"]\n",
		"remote/d.yaml":                       configMap("d"),
		"fetched/kustomization.yaml":          "configMapGenerator: [{name: e, namespace: flux-system, files: [\"https://example.com/e.json\"], envs: [\"https://example.com/e?f=g\"], options: {disableNameSuffixHash: true}}]\n",
		"broken/f.yaml":                       configMap("f"),
		"broken/g.yaml":                       "a: b\n c: d\n",
		"fails/kustomization.yaml":            "resources: [h.yaml]\nnamePrefix: [1]\n",
		"fails/h.yaml":                        configMap("h"),
		"empty/kustomization.yaml":            "resources: []\n",
		"children/i.yaml":                     kustomization("i", "./web", ""),
		"components/extra/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [j.yaml]\n",
		"components/extra/j.yaml":             configMap("j"),
		"bad-variable/k.yaml":                 configMap("k-${NAME/}"),
		"bad-variable/kustomization.yaml":     "resources: [k.yaml]\n",
	})
	r, err := Load(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return r.Clusters[0], dir
}

// TestApplies holds what specs that are not in the graph apply.
func TestApplies(t *testing.T) {
	c, _ := oldSpecs(t, Options{})
	substituted := "  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}\n"
	for name, test := range map[string]struct{ spec, want string }{
		"a folder":                {kustomization("x", "./web", ""), "ConfigMap default/b-${NAME}"},
		"variables":               {kustomization("x", "./web", substituted), "ConfigMap default/b-new"},
		"a prefix":                {kustomization("x", "./apps", "  namePrefix: x-\n"), "ConfigMap default/x-a"},
		"a patch":                 {kustomization("x", "./apps", "  patches: [{patch: '- {op: replace, path: /metadata/name, value: z}', target: {kind: ConfigMap}}]\n"), "ConfigMap default/z"},
		"a component":             {kustomization("x", "./apps", "  components: [../components/extra]\n"), "ConfigMap default/a, ConfigMap default/j"},
		"a missing component":     {kustomization("x", "./apps", "  components: [../components/none]\n"), "ConfigMap default/a, fails"},
		"one that may be missing": {kustomization("x", "./apps", "  components: [../components/none]\n  ignoreMissingComponents: true\n"), "ConfigMap default/a"},
		"a child":                 {kustomization("x", "./children", ""), "Kustomization flux-system/i"},
		"nothing":                 {kustomization("x", "./empty", ""), ""},
		"no such path":            {kustomization("x", "./gone", ""), "absent"},
		"a file":                  {kustomization("x", "./apps/a.yaml", ""), "absent"},
		"a missing entry":         {kustomization("x", "./lacks", ""), "ConfigMap default/c, fails"},
		"a broken manifest":       {kustomization("x", "./broken", ""), "ConfigMap default/f, fails"},
		"a failing build":         {kustomization("x", "./fails", ""), "fails"},
		"a failing substitution":  {kustomization("x", "./bad-variable", substituted), "ConfigMap default/k-${NAME/}, fails"},
		"a download":              {kustomization("x", "./remote", ""), "ConfigMap default/d, beyond remote https://example.com/e.yaml"},
		"a downloaded content":    {kustomization("x", "./fetched", ""), "ConfigMap flux-system/e"},
		"a path with a variable":  {kustomization("x", "./${WHERE}", ""), "beyond variable path ./${WHERE}"},
		"another source":          {strings.ReplaceAll(kustomization("x", "./web", ""), "{kind: GitRepository, name: flux-system}", "{kind: GitRepository, name: other}"), "beyond source GitRepository flux-system/other"},
		"no spec":                 {"metadata: {name: x, namespace: flux-system}\n", "absent"},
	} {
		var object map[string]any
		if err := yaml.Unmarshal([]byte(test.spec), &object); err != nil {
			t.Fatal(err)
		}
		o := c.Applies(object)
		var got []string
		for _, object := range o.Objects {
			got = append(got, object.ID().String())
		}
		for _, b := range o.Beyond {
			got = append(got, "beyond "+b.Kind+" "+b.What)
		}
		if o.Fails {
			got = append(got, "fails")
		}
		if o.Absent {
			got = append(got, "absent")
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// TestAppliesRemembers holds that a spec which was built before is not built again, and
// that the cache of a load answers for that load alone, whatever was loaded since.
func TestAppliesRemembers(t *testing.T) {
	o := Options{Digests: true, Cache: NewCache()}
	base, dir := oldSpecs(t, o)
	want := Outcome{Objects: base.Objects["flux-system/apps"]}.write()
	if err := os.WriteFile(dir+"/apps/a.yaml", []byte(configMap("changed")), 0o666); err != nil {
		t.Fatal(err)
	}
	o.Differs = func(p string) bool { return under(p, "apps/a.yaml") }
	r, err := Load(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	head := r.Clusters[0]
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	spec := base.Body("flux-system/apps")
	if got := head.Applies(spec).write(); got == want || !strings.Contains(got, "changed") {
		t.Errorf("head applies\n%s", got)
	}
	if got := base.Applies(spec).write(); got != want {
		t.Errorf("the base applies\n%s\nnot\n%s", got, want)
	}
}

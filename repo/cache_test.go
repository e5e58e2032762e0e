package repo

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/golden/synthetic"
)

// reload loads a revision with what a load of another one left in a cache, and compares it
// with a load without.
func reload(t *testing.T, o Options, base, head map[string]string) (kept int) {
	t.Helper()
	o.Digests = true
	load := func(files map[string]string, o Options) string {
		r, err := Load(writeTree(t, files), o)
		if err != nil {
			return err.Error()
		}
		var b strings.Builder
		for _, c := range r.Clusters {
			fmt.Fprintln(&b, c.Root, digests(c), c.Symbolic, c.Uses, c.AppliedBy)
			for _, d := range c.Check() {
				if d.Code != idlePatch.Code { // see Cache
					fmt.Fprintln(&b, d)
				}
			}
		}
		return b.String()
	}
	want := load(head, o)
	o.Cache = NewCache()
	load(base, o)
	o.Differs = func(p string) bool {
		for name := range maps.Keys(base) {
			if base[name] != head[name] && under(p, name) {
				return true
			}
		}
		for name := range maps.Keys(head) {
			if _, there := base[name]; !there && under(p, name) {
				return true
			}
		}
		return false
	}
	got := load(head, o)
	if got != want {
		t.Errorf("with a cache:\n%s\nwithout:\n%s", got, want)
	}
	return len(o.Cache.last.entries)
}

// TestCache holds that a load with a cache gives what one without gives, whichever file
// is changed, goes or comes.
func TestCache(t *testing.T) {
	files := synthetic.Repository(2)
	files[".sourceignore"] = "/ignored/\n"
	files["cluster/vars.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux-system}\ndata: {SIZE: 2Gi}\n"
	files["cluster/kustomization.yaml"] = "resources: [apps.yaml, vars.yaml, plain.yaml]\n"
	files["cluster/plain.yaml"] = synthetic.Kustomization("plain", "plain") + "  targetNamespace: plain\n  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}\n---\n" +
		synthetic.Kustomization("plain-too", "plain") + "  targetNamespace: plain\n  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}\n"
	files["plain/claim.yaml"] = files["components/volume/claim.yaml"]
	files["plain/sub/secret.yaml"] = files["components/volume/secret.yaml"]
	all := map[string]map[string]string{"synthetic": files}
	for _, name := range []string{"components", "name-reference"} {
		_, dir := readFixture(t, "repo/"+name)
		all[name] = readTree(t, dir)
	}
	if n := reload(t, Options{}, files, files); n < 5 {
		t.Errorf("%d entries were kept", n)
	}
	for name, files := range all {
		for _, file := range slices.Sorted(maps.Keys(files)) {
			t.Run(name+"/"+file, func(t *testing.T) {
				gone, edited, more := maps.Clone(files), maps.Clone(files), maps.Clone(files)
				delete(gone, file)
				edited[file] = strings.NewReplacer("2Gi", "3Gi", "1h", "2h", "port: 80", "port: 81", "ignored", "plain/sub", "key:", "other:", "1.0.0", "1.0.1").Replace(edited[file])
				more[filepath.Join(filepath.Dir(file), "more.yaml")] = configMap("more")
				for _, head := range []map[string]string{gone, edited, more} {
					reload(t, Options{}, files, head)
				}
			})
		}
	}
}

// readTree reads the files of a folder.
func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		files[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestCacheMisses holds that what a build looked for in vain counts as well: a load with a
// cache sees what has come since.
func TestCacheMisses(t *testing.T) {
	component := "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: x-\n"
	optional := func(name, path, entry string) string {
		return kustomization(name, path, "  components: ["+entry+"]\n  ignoreMissingComponents: true\n")
	}
	base := map[string]string{
		"clusters/prod/flux-system/gotk-sync.yaml": gotkSync,
		"clusters/prod/apps.yaml":                  optional("web", "./web", "../extra") + optional("db", "./db", "tls") + optional("both", "./db", "tls/deep") + kustomization("over", "./over", ""),
		"web/kustomization.yaml":                   "resources: [a.yaml]\n",
		"web/a.yaml":                               configMap("a"),
		"db/kustomization.yaml":                    "resources: [b.yaml]\n",
		"db/b.yaml":                                configMap("b"),
		"over/kustomization.yaml":                  "resources: [../lib/one]\n",
		"lib/one/kustomization.yml":                "resources: [c.yaml]\n",
		"lib/one/c.yaml":                           configMap("c"),
	}
	if n := reload(t, Options{}, base, base); n != 5 {
		t.Errorf("%d entries were kept", n)
	}
	for name, added := range map[string]map[string]string{
		"a component":                     {"extra/kustomization.yaml": component},
		"a component below":               {"db/tls/kustomization.yaml": component},
		"one below that":                  {"db/tls/deep/kustomization.yaml": component},
		"a folder that is none":           {"extra/a.txt": ""},
		"a file in its place":             {"extra": "x"},
		"a file on the way":               {"db/tls": "x"},
		"a kustomization.yaml before":     {"lib/one/kustomization.yaml": "resources: []\nnamePrefix: y-\n"},
		"a kustomization.yaml above":      {"lib/kustomization.yaml": "resources: [one]\n"},
		"a folder with one in the parent": {"web/sub/kustomization.yaml": "resources: []\n"},
	} {
		t.Run(name, func(t *testing.T) {
			head := maps.Clone(base)
			maps.Copy(head, added)
			reload(t, Options{}, base, head)
			reload(t, Options{}, head, base)
		})
	}
}

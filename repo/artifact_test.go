package repo

import (
	"slices"
	"strings"
	"testing"
)

// generator is an ArtifactGenerator of one artifact, x, with the root's source as repo.
func generator(copies string) string {
	return `---
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: {name: all, namespace: flux-system}
spec:
  sources:
    - {alias: repo, kind: GitRepository, name: flux-system}
    - {alias: other, kind: GitRepository, name: other}
  artifacts:
    - name: x
      copy: [` + copies + "]\n"
}

// fromArtifact is a Kustomization that builds a path of an ExternalArtifact.
func fromArtifact(name, path string) string {
	return strings.ReplaceAll(kustomization(name, path, ""), "{kind: GitRepository, name: flux-system}", "{kind: ExternalArtifact, name: x}")
}

// TestArtifactGenerator holds what is built of an artifact that is copied from this repository:
// source-watcher's internal/builder, whose tests have the forms of from and to.
func TestArtifactGenerator(t *testing.T) {
	files := map[string]string{
		"clusters/prod/flux-system/gotk-sync.yaml": gotkSync,
		"apps/base/a.yaml":                         configMap("a"),
		"apps/base/b.yaml":                         configMap("b"),
		"apps/base/sub/kustomization.yaml":         "resources: [c.yaml]\n",
		"apps/base/sub/c.yaml":                     configMap("c"),
		"apps/prod/kustomization.yaml":             "resources: [../base/sub, d.yaml]\n",
		"apps/prod/d.yaml":                         configMap("d"),
		"apps/own/kustomization.yaml":              "resources: [../e.yaml]\n",
		"apps/e.yaml":                              configMap("e"),
		"apps/e/kustomization.yaml":                "resources: [../e.yaml]\n",
		"empty/readme.txt":                         "",
	}
	op := func(from, to string) string { return "{from: '@repo/" + from + "', to: '@artifact/" + to + "'}" }
	for name, test := range map[string]struct{ copies, path, want string }{
		"a folder's content":         {op("apps/base/**", ""), "./", "a b c"},
		"into a folder":              {op("apps/base/**", "x/"), "./x/sub", "c"},
		"into the same":              {op("apps/base/**", "apps/base"), "apps/base/sub", "c"},
		"not beside the folder":      {op("apps/base/**", "x/"), "./y", "beyond"},
		"above the folder":           {op("apps/base/**", "x/"), "./", "beyond"},
		"a folder with its name":     {op("apps/base/", ""), "./base", "a b c"},
		"a folder in its own":        {op("apps/base/sub/", "apps/base/sub/"), "apps/base/sub", "c"},
		"what stands beside it":      {op("apps/base/sub/", "apps/base/"), "apps/base", "c"},
		"what * matches":             {op("apps/base/*", "in/"), "in/apps/base", "a b c"},
		"all":                        {op("**", ""), "apps/prod", "c d"},
		"two that lie together":      {op("apps/base/**", "base/") + ", " + op("apps/prod/**", "prod/"), "prod", "c d"},
		"two that do not":            {op("apps/base/**", "base/") + ", " + op("apps/prod/**", "x/"), "x", "beyond"},
		"what is not copied":         {op("apps/prod/**", "prod/"), "prod", "missing d"},
		"what is around the folder":  {op("apps/own/**", ""), "./", "missing"},
		"a file":                     {op("apps/e.yaml", "") + ", " + op("apps/own/**", "own"), "own", "e"},
		"a file by its name":         {op("apps/e.yaml", "e.yaml") + ", " + op("apps/own/**", "own"), "own", "e"},
		"a file by another name":     {op("apps/e.yaml", "f.yaml"), "./", "beyond"},
		"exclude by name":            {"{from: '@repo/apps/base/**', to: '@artifact/', exclude: ['b.*']}", "./", "a c"},
		"exclude by path":            {"{from: '@repo/apps/base/**', to: '@artifact/', exclude: ['apps/**/a.yaml', 'sub/**']}", "./", "b"},
		"exclude in braces":          {"{from: '@repo/apps/base/**', to: '@artifact/', exclude: ['{a,b}.yaml']}", "./", "beyond"},
		"exclude of all":             {"{from: '@repo/apps/base/**', to: '@artifact/', exclude: ['*']}", "./", "beyond"},
		"Merge":                      {"{from: '@repo/apps/base/**', to: '@artifact/', strategy: Merge}", "./", "beyond"},
		"Overwrite":                  {"{from: '@repo/apps/base/**', to: '@artifact/', strategy: Overwrite}", "./", "a b c"},
		"another source":             {"{from: '@other/apps/base/**', to: '@artifact/'}", "./", "beyond"},
		"another source as well":     {op("apps/base/**", "") + ", {from: '@other/**', to: '@artifact/'}", "./", "beyond"},
		"no such source":             {"{from: '@none/apps/base/**', to: '@artifact/'}", "./", "beyond"},
		"no such folder":             {op("nowhere/**", ""), "./", "beyond"},
		"out of the source":          {op("apps/../apps/base/**", ""), "./", "beyond"},
		"more patterns":              {op("apps/*/sub/**", ""), "./", "beyond"},
		"a path that is not in it":   {op("apps/base/**", ""), "./prod", "absent"},
		"by a variable":              {op("${DIR}/**", ""), "./", "beyond"},
		"a folder without manifests": {op("empty/**", ""), "./", ""},
	} {
		t.Run(name, func(t *testing.T) {
			files["clusters/prod/apps.yaml"], files["clusters/prod/generator.yaml"] = fromArtifact("x", test.path), generator(test.copies)
			r, err := Load(writeTree(t, files), Options{})
			if err != nil {
				t.Fatal(err)
			}
			c := r.Clusters[0]
			var got []string
			for _, b := range c.Graph.Boundaries() {
				switch {
				case b.Kind == "source":
					got = append(got, "beyond")
				case slices.ContainsFunc(c.findings, isAbsentPath):
					got = append(got, "absent")
				default:
					got = append(got, b.Kind)
				}
			}
			for _, o := range c.Objects["flux-system/x"] {
				got = append(got, o.Name)
			}
			if text := strings.Join(got, " "); text != test.want {
				t.Errorf("it is %q, want %q", text, test.want)
			}
		})
	}
}

// TestGenerators holds which generators are followed, and from when on.
func TestGenerators(t *testing.T) {
	all := generator("{from: '@repo/app/**', to: '@artifact/'}")
	for name, test := range map[string]struct {
		generator string
		follows   bool
	}{
		"one":                     {all, true},
		"disabled":                {strings.Replace(all, "name: all,", "name: all, annotations: {source.extensions.fluxcd.io/reconcile: Disabled},", 1), false},
		"two of one artifact":     {all + strings.Replace(all, "name: all,", "name: more,", 1), false},
		"in another namespace":    {strings.Replace(all, "namespace: flux-system", "namespace: other", 1), false},
		"by spec.pathPattern":     {strings.Replace(strings.Replace(all, "name: x", "name: '{name}'", 1), "spec:\n", "spec:\n  pathPattern: '@repo/{name}'\n", 1), false},
		"behind one that fails":   {strings.Replace(all, "    - name: x\n", "    - name: w\n      copy: [{from: '@repo/nowhere/', to: '@artifact/'}]\n    - name: x\n", 1), false},
		"behind one that is more": {strings.Replace(all, "    - name: x\n", "    - name: w\n      copy: [{from: '@other/nowhere/', to: '@artifact/'}]\n    - name: x\n", 1), true},
		"of a copy by its address": {strings.Replace(all, "kind: GitRepository, name: flux-system", "kind: GitRepository, name: alias", 1) +
			"---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: alias, namespace: flux-system}\nspec: {url: 'https://git.example.com/fleet.git', ref: {branch: main}}\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Load(writeTree(t, map[string]string{
				"clusters/prod/flux-system/gotk-sync.yaml": gotkSync,
				"clusters/prod/apps.yaml":                  fromArtifact("x", "./") + kustomization("later", "./later", ""),
				"later/generator.yaml":                     test.generator,
				"app/a.yaml":                               configMap("a"),
			}), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := len(r.Clusters[0].Objects["flux-system/x"]) > 0; got != test.follows {
				t.Errorf("it is followed: %v", got)
			}
		})
	}
}

// TestCopied holds that what an artifact that is not followed fetches differs with what its copies
// may match, and with nothing else; and that of one that is followed, all is said by what is built.
func TestCopied(t *testing.T) {
	files := map[string]string{
		"clusters/prod/flux-system/gotk-sync.yaml": gotkSync, "clusters/prod/apps.yaml": fromArtifact("x", "./"),
		"app/a.yaml": configMap("a"), "app/text": "a", "other/b.yaml": configMap("b"),
	}
	fetches := func(copies, file, text string) string {
		before := files[file]
		defer func() { files[file] = before }()
		files[file] = text
		files["clusters/prod/generator.yaml"] = generator(copies)
		r, err := Load(writeTree(t, files), Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r.Clusters[0].Sources()["ExternalArtifact flux-system/x"]
	}
	const merge = "{from: '@repo/app/*.yaml', to: '@artifact/', strategy: Merge}"
	for name, test := range map[string]struct {
		copies, file string
		differs      bool
	}{
		"what it may match":  {merge, "app/a.yaml", true},
		"what lies below":    {merge, "app/text", true}, // nearly
		"what lies beside":   {merge, "other/b.yaml", false},
		"what is followed":   {"{from: '@repo/app/**', to: '@artifact/'}", "app/a.yaml", false},
		"of other than this": {"{from: '@other/app/**', to: '@artifact/'}", "app/a.yaml", false},
	} {
		t.Run(name, func(t *testing.T) {
			if before, now := fetches(test.copies, "empty", ""), fetches(test.copies, test.file, "a: b\n"); before == "" || (before != now) != test.differs {
				t.Errorf("it is %q, and was %q", now, before)
			}
		})
	}
	if fetches(merge, "empty", "") == fetches("{from: '@repo/app/*', to: '@artifact/', strategy: Merge}", "empty", "") {
		t.Error("the copy itself does not count")
	}
}

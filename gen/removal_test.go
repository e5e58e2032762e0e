package gen

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// kustomization is a generated file.
func kustomization(name string, spec ...string) string {
	return ours + named(name) + "spec:\n  path: ./shop\n  sourceRef: {kind: GitRepository, name: flux-system}\n  " + strings.Join(spec, "\n  ") + "\n"
}

func TestConsequences(t *testing.T) {
	old := "clusters/c/old.yaml"
	file := func(name, data string) File {
		return File{Path: "clusters/c/" + name + ".yaml", Node: "flux-system/" + name, Data: []byte(data)}
	}
	for name, test := range map[string]struct {
		there string // old.yaml
		files []File
		want  []Consequence
	}{
		"prunes":         {kustomization("old", "prune: true"), nil, []Consequence{{old, "flux-system/old", true, "", ""}}},
		"does not":       {kustomization("old", "prune: false"), nil, []Consequence{{old, "flux-system/old", false, "", ""}}},
		"mirrors":        {kustomization("old", "prune: true", "deletionPolicy: MirrorPrune"), nil, []Consequence{{old, "flux-system/old", true, "", ""}}},
		"orphans":        {kustomization("old", "prune: true", "deletionPolicy: Orphan"), nil, []Consequence{{old, "flux-system/old", false, "", ""}}},
		"deletes anyway": {kustomization("old", "prune: false", "deletionPolicy: Delete"), nil, []Consequence{{old, "flux-system/old", true, "", ""}}},
		"suspended":      {kustomization("old", "prune: true", "suspend: true"), nil, []Consequence{{old, "flux-system/old", false, "", ""}}},
		"renamed": {kustomization("old", "prune: true"), []File{file("new", kustomization("new", "prune: true"))},
			[]Consequence{{old, "flux-system/old", true, "flux-system/new", ""}}},
		"renamed, spelt otherwise": {kustomization("old", "prune: true"), []File{file("new", strings.Replace(kustomization("new"), "./shop", "shop/", 1))},
			[]Consequence{{old, "flux-system/old", true, "flux-system/new", ""}}},
		"another path": {kustomization("old", "prune: true"), []File{file("new", strings.Replace(kustomization("new"), "./shop", "./web", 1))},
			[]Consequence{{old, "flux-system/old", true, "", ""}}},
		"another source": {kustomization("old", "prune: true"), []File{file("new", strings.Replace(kustomization("new"), "name: flux-system}", "name: other}", 1))},
			[]Consequence{{old, "flux-system/old", true, "", ""}}},
		"split in two": {kustomization("old", "prune: true"), []File{file("a", kustomization("a")), file("b", kustomization("b"))},
			[]Consequence{{old, "flux-system/old", true, "", ""}}},
		"renamed, with a copy under a third name": {kustomization("old", "prune: true"), []File{file("new", kustomization("new")), file("odl", kustomization("odl", "suspend: true"))},
			[]Consequence{{old, "flux-system/old", true, "flux-system/new", "flux-system/odl"}}},
		"moved to another file": {kustomization("new", "prune: true"), []File{file("new", kustomization("new", "prune: true"))}, nil},
		"unreadable":            {ours + "\t[\n", nil, nil},
		"empty":                 {ours, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			root := newFolder(t, map[string]string{"old.yaml": test.there})
			defer cleanup(t, root)
			folder := open(t, root)
			defer folder.Close()
			changes, err := folder.Compare(test.files)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, Consequences(test.files, changes)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

package repo

import (
	"testing"

	"github.com/tazlab/fluxdag/golden"
	"golang.org/x/tools/txtar"
)

// FuzzLoad holds that no repository of one file, beside a sync root that builds it in
// each way, makes Load panic, that every finding has a place, and that what is found is
// the same again.
func FuzzLoad(f *testing.F) {
	for _, bad := range badInputs {
		if len(bad.data) < 10_000 {
			f.Add(string(bad.data))
		}
	}
	for _, name := range traits(f) {
		archive, err := txtar.ParseFile(golden.Path(f, "repo/"+name+".txtar"))
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(string(file.Data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 100_000 {
			return
		}
		dir := t.TempDir()
		write(t, dir, "clusters/prod/flux-system/gotk-sync.yaml", []byte(gotkSync))
		write(t, dir, "clusters/prod/apps.yaml", []byte(kustomization("apps", "./apps", "")+kustomization("k", "./k", "")))
		write(t, dir, "clusters/prod/fuzz/kustomization.yaml", []byte("resources: [fuzz.yaml]\n"))
		write(t, dir, "clusters/prod/fuzz/fuzz.yaml", []byte(text))
		write(t, dir, "apps/fuzz.yaml", []byte(text))
		write(t, dir, "k/kustomization.yaml", []byte(text))
		r, err := Load(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		said := findings(r)
		for _, c := range r.Clusters {
			for _, d := range c.Check() {
				if d.Position.File == "" || d.Message == "" || d.Code == "" {
					t.Errorf("%#v", d)
				}
			}
		}
		again, err := Load(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if other := findings(again); other != said {
			t.Errorf("%s\n\n%s", said, other)
		}
	})
}

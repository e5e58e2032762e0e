package repo

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/golden"
)

// TestTraits holds what is made of each repository in golden/repo: the graph that its
// own comment expects, which a person derived from what Flux does, and all that is
// printed of it.
func TestTraits(t *testing.T) {
	for _, name := range traits(t) {
		t.Run(name, func(t *testing.T) {
			r, f := loaded(t, "repo/"+name)
			if diff := cmp.Diff(f.want, brief(r)); diff != "" {
				t.Errorf("-want +got:\n%s\n%s", diff, brief(r))
			}
			golden.Check(t, "repo/"+name+".txt", findings(r))
			golden.Check(t, "repo/"+name+".json", viewed(t, r))
		})
	}
}

func traits(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(golden.Path(t, "repo/*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatal("no traits", err)
	}
	for i, file := range files {
		files[i] = strings.TrimSuffix(filepath.Base(file), ".txtar")
	}
	return files
}

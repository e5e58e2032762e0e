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

// TestPositionsThroughAliases holds that a field which an alias or a merge key brings is
// found where its text stands.
func TestPositionsThroughAliases(t *testing.T) {
	r, _ := loaded(t, "repo/anchors")
	web := r.Clusters[0].Documents["flux-system/web"]
	for field, line := range map[string]int{
		"metadata.name": 4, "spec.commonMetadata.labels": 11, "spec.dependsOn[0].name": 15, "spec.healthChecks[0]": 21,
		"spec.healthChecks[0].name": 15, "spec.healthChecks[0].kind": 23, "spec.sourceRef.name": 19,
	} {
		if at := web.Position(field); at.File != "clusters/prod/apps.yaml" || at.Line != line {
			t.Errorf("%s is at %s, not in line %d", field, at, line)
		}
	}
}

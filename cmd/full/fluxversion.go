package full

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/repo"
	"github.com/tazlab/fluxdag/schema"
	"golang.org/x/mod/semver"
)

// fluxVersion is the Flux by whose CRD Kustomizations are judged.
type fluxVersion struct{ minor string }

func (f *fluxVersion) flag(c *cobra.Command) {
	c.Flags().StringVar(&f.minor, "flux-version", schema.Default, "the `MINOR` version of Flux that runs, by whose CRD Kustomizations are judged")
}

// load reads the CRD, and leaves the minor version that was asked for.
func (f *fluxVersion) load() (*schema.Schema, error) {
	f.minor = minor(f.minor)
	s, err := schema.Load(f.minor)
	if unknown, ok := errors.AsType[*schema.UnknownVersionError](err); ok {
		return nil, cli.Hint(errors.New("--flux-version: "+unknown.Problem), "use one of "+strings.Join(unknown.Known, ", "))
	}
	return s, err
}

// minor returns the minor version of a release: 2.9 of v2.9 and of 2.9.1. What is no
// version stays as it is.
func minor(version string) string {
	const v = "v"
	if of := semver.MajorMinor(v + strings.TrimPrefix(version, v)); strings.Contains(of, ".") && strings.Contains(version, ".") {
		return strings.TrimPrefix(of, v)
	}
	return version
}

// declared returns the rules that judge a declaration, as generate would write it.
func (f *fluxVersion) declared() ([]dag.Rule, error) {
	s, err := f.load()
	if err != nil {
		return nil, err
	}
	bodies := map[*dag.Vertex]map[string]any{} // each rule asks again, one after the other
	return s.Rules(schema.Source{Unknown: repo.IsSymbolic, Body: func(v *dag.Vertex) map[string]any {
		body, known := bodies[v]
		if !known {
			body, _ = gen.Object(v) // what cannot be written has no object: generate says why
			bodies[v] = body
		}
		return body
	}}), nil
}

// readRules returns the rules that judge a cluster that was read, as Flux would apply
// it.
func readRules(s *schema.Schema, c *repo.Cluster) []dag.Rule {
	return s.Rules(schema.Source{
		Unknown: repo.IsSymbolic,
		Body:    func(v *dag.Vertex) map[string]any { return c.Body(v.Key()) },
		Inside: func(v *dag.Vertex, field string, line, column int) (dag.Position, bool) {
			d := c.Documents[v.Key()]
			if d == nil {
				return dag.Position{}, false
			}
			return d.Inside(field, line, column)
		},
	})
}

package cmd

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/view"
)

// documents returns the files that a cluster asks for beside its YAML. They show the
// declaration alone: no findings, which change with the rules.
func documents(g *dag.Graph) ([]gen.File, error) {
	var files []gen.File
	for _, name := range g.Documents() {
		format := strings.TrimPrefix(path.Ext(name), ".")
		if format == "md" {
			format = "markdown"
		}
		var b bytes.Buffer
		if err := formatOf(format)(&b, []view.Cluster{{Name: g.Name(), Root: g.Dir(), Graph: g}}); err != nil {
			return nil, fmt.Errorf("%s: %w", path.Join(g.Dir(), name), err)
		}
		files = append(files, gen.DocumentFile(g, name, b.Bytes()))
	}
	return files, nil
}

// Package full is the command line with every verb: those of package cmd, and
// those that read repositories and therefore link kustomize. A repository that
// wants them in its own tool calls [Main] instead of cmd.Main:
//
//	func main() { full.Main(staging.Cluster, production.Cluster) }
package full

import (
	"github.com/tazlab/fluxdag/cmd"
	"github.com/tazlab/fluxdag/dag"
)

// Main runs the command line on os.Args with every verb and the clusters that are
// compiled in, and exits.
func Main(clusters ...dag.Cluster) { cmd.MainWith(extension(), clusters...) }

func extension() cmd.Extension { return cmd.Extension{} }

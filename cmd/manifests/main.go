// Command manifests generates and checks this repository's own clusters. It is
// what go generate and make manifests run.
package main

import (
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/cmd"
)

func main() { cmd.Main(tazlabk8s.Cluster) }

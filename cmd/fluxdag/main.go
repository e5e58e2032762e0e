// Command fluxdag is the tool with every verb, on the clusters of this
// repository.
package main

import (
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/cmd/full"
)

func main() { full.Main(tazlabk8s.Cluster) }

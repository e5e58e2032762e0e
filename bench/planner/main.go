// Command planner is the command line with a declared cluster of 10,000 nodes: what is
// measured against kubeconform.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/tazlab/fluxdag/cmd"
	"github.com/tazlab/fluxdag/dag"
)

// main declares the cluster. With RENAME, every thousandth node has another name.
func main() {
	const n = 10_000
	c := dag.Cluster{Name: "c", Dir: "c", Defaults: dag.Defaults{Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}}
	for i := range n {
		node := dag.Node{Name: fmt.Sprintf("node-%05d", i), Path: fmt.Sprintf("./apps/%d", i)}
		if os.Getenv("RENAME") != "" && i%1000 == 0 {
			node.Name = fmt.Sprintf("new-%05d", i)
		}
		for d := 1; d <= 3 && i-97*d >= 0; d++ {
			node.DependsOn = append(node.DependsOn, c.Nodes[i-97*d])
		}
		c.Nodes = append(c.Nodes, dag.Declare(node))
	}
	cmd.Main(c)
}

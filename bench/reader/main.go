// Command reader reads every file of a folder with fluxdag's plain reader: what is
// measured against kubeconform.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/tazlab/fluxdag/gen"
)

func main() {
	entries, err := os.ReadDir(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	var files []gen.File
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(os.Args[1], entry.Name()))
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		files = append(files, gen.File{Path: entry.Name(), Data: data})
	}
	cluster, found := gen.Read(files)
	if len(found) > 0 || len(cluster.Nodes) != len(files) {
		fmt.Fprintln(os.Stderr, len(cluster.Nodes), "nodes of", len(files), "files:", found)
		os.Exit(1)
	}
}

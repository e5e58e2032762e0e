// Command drawer reads every file of a folder with fluxdag's plain reader and draws the
// graph in a format: what is measured against kubeconform.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/view"
)

func main() {
	if err := draw(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func draw(folder, format string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	var files []gen.File
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			return err
		}
		files = append(files, gen.File{Path: entry.Name(), Data: data})
	}
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as fluxdag graph does
	cluster, found := gen.Read(files)
	if len(found) > 0 || len(cluster.Nodes) != len(files) {
		return fmt.Errorf("%d nodes of %d files: %v", len(cluster.Nodes), len(files), found)
	}
	for _, f := range view.Formats() {
		if f.Name == format {
			return f.Write(os.Stdout, []view.Cluster{{Name: "bench", Graph: dag.Resolve(cluster)}})
		}
	}
	return fmt.Errorf("no format %q", format)
}

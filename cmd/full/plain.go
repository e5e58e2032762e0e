package full

import (
	"os"
	"path"
	"path/filepath"
	"runtime/debug"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// plain reads a folder of files that fluxdag generated, which is no repository of
// its own; ok is false where it is none.
func plain(folder string) (cluster dag.Cluster, found dag.Diagnostics, ok bool) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return dag.Cluster{}, nil, false
	}
	var files []gen.File
	for _, entry := range entries {
		if ext := filepath.Ext(entry.Name()); !entry.Type().IsRegular() || ext != ".yaml" && ext != ".yml" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil || !gen.Owned(data) {
			return dag.Cluster{}, nil, false
		}
		files = append(files, gen.File{Path: entry.Name(), Data: data})
	}
	if len(files) == 0 {
		return dag.Cluster{}, nil, false
	}
	if os.Getenv("GOGC") == "" { // as load does
		defer debug.SetGCPercent(debug.SetGCPercent(400))
	}
	cluster, found = gen.Read(files)
	dir := gen.Declaration(files[0].Data)
	if path.Ext(dir) == ".go" {
		dir = path.Dir(dir)
	}
	if dir != "" {
		cluster.Name, cluster.Dir = path.Base(dir), dir
	}
	return cluster, found, true
}

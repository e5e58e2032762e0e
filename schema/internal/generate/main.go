// Command generate writes the CRDs that package schema embeds, from the modules of the
// kustomize-controller that the Flux versions ship. "make schema" runs it;
// with -check it writes nothing, and fails where a file is not what it would write.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

const (
	module  = "github.com/fluxcd/kustomize-controller"
	crdFile = "config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml"
)

// release is a Flux version and the controller's module that stands for it: the newest
// patch that the module proxy has. There is none of 1.8, which is Flux 2.8's.
type release struct {
	flux, version string
	toolchain     string // the Go that the module asks for, where it is newer than ours
}

var releases = []release{
	{flux: "2.6", version: "v1.6.0"},
	{flux: "2.7", version: "v1.7.3"},
	{flux: "2.9", version: "v1.9.6"},
	{flux: "2.10", version: "v1.10.1", toolchain: "go1.27.3"},
}

func main() {
	check := flag.Bool("check", false, "write nothing; fail where a file differs")
	dir := flag.String("dir", "schema/crds", "the folder of the `files`")
	flag.Parse()
	if err := run(*dir, *check); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// run writes or checks the file of every release, and refuses files of no release.
func run(dir string, check bool) error {
	known := map[string]bool{}
	for _, r := range releases {
		name := filepath.Join(dir, r.flux+".json")
		known[name] = true
		want, err := r.file()
		if err != nil {
			return fmt.Errorf("%s@%s: %w", module, r.version, err)
		}
		if got, err := os.ReadFile(name); err == nil && bytes.Equal(got, want) {
			continue
		}
		if check {
			return fmt.Errorf("%s is not what %s@%s gives: run make schema", name, module, r.version)
		}
		if err := os.WriteFile(name, want, 0o644); err != nil {
			return err
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	for _, name := range files {
		if !known[name] {
			return fmt.Errorf("%s belongs to no release: delete it", name)
		}
	}
	return err
}

// file returns what is embedded for the release.
func (r release) file() ([]byte, error) {
	folder, err := download(module+"@"+r.version, r.toolchain)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(crdFile)))
	if err != nil {
		return nil, err
	}
	return compact(data, r)
}

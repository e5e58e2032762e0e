package binaries

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
)

// controllers are the modules whose CRDs a control plane needs.
var controllers = []string{"github.com/fluxcd/kustomize-controller", "github.com/fluxcd/source-controller"}

// CRDs returns the CRDs that ship in the modules of the controllers which are built.
func CRDs(ctx context.Context, modules string) ([][]*unstructured.Unstructured, error) {
	var all [][]*unstructured.Unstructured
	for _, module := range controllers {
		dir, err := goList(ctx, filepath.Join(modules, "flux"), "{{.Dir}}", module)
		if err != nil {
			return nil, err
		}
		files, err := filepath.Glob(filepath.Join(dir, "config", "crd", "bases", "*.yaml"))
		if err != nil || len(files) == 0 {
			return nil, fmt.Errorf("%s holds no CRDs (%w)", dir, errors.Join(err, os.ErrNotExist))
		}
		for _, file := range files {
			objects, err := readCRDs(file)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			all = append(all, objects)
		}
	}
	return all, nil
}

func readCRDs(file string) ([]*unstructured.Unstructured, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Decode(f)
}

// Decode reads the objects of a YAML stream.
func Decode(r io.Reader) ([]*unstructured.Unstructured, error) {
	var all []*unstructured.Unstructured
	for decoder := yaml.NewYAMLOrJSONDecoder(r, 4096); ; {
		object := &unstructured.Unstructured{}
		switch err := decoder.Decode(object); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, err
		case len(object.Object) > 0:
			all = append(all, object)
		}
	}
}

// Versions names the programs and their versions, as the modules pin them.
func Versions(ctx context.Context, modules string) (map[string]string, error) {
	versions := map[string]string{}
	for _, m := range []struct{ name, dir, module string }{
		{"etcd", "etcd", "go.etcd.io/etcd/server/v3"},
		{"kube-apiserver", "kubernetes", "k8s.io/kubernetes"},
		{"kustomize-controller", "flux", controllers[0]},
		{"source-controller", "flux", controllers[1]},
	} {
		version, err := goList(ctx, filepath.Join(modules, m.dir), "{{.Version}}", m.module)
		if err != nil {
			return nil, err
		}
		versions[m.name] = version
	}
	return versions, nil
}

func goList(ctx context.Context, dir, format, module string) (string, error) {
	c := exec.CommandContext(ctx, "go", "list", "-mod=readonly", "-m", "-f", format, module)
	c.Dir, c.Env = dir, append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	output, err := c.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		err = fmt.Errorf("go list -m %s in %s: %w\n%s", module, dir, err, exit.Stderr)
	}
	return strings.TrimSpace(string(output)), err
}

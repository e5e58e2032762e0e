// Package binaries builds the programs of a control plane from Go modules, and
// keeps them between runs.
package binaries

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

// Set are the paths of the programs of a control plane.
type Set struct {
	Etcd, APIServer, SourceController, KustomizeController string
}

// program is one of them: a package of one of the modules beside this one.
type program struct {
	name, module, pkg string
	flags             []string
	path              func(*Set) *string
}

// stamp tells kube-apiserver its version, which its own build takes from git.
const stamp = "-X k8s.io/component-base/version."

var programs = []program{
	{"etcd", "etcd", "go.etcd.io/etcd/server/v3", nil, func(s *Set) *string { return &s.Etcd }},
	{"source-controller", "flux", "github.com/fluxcd/source-controller", nil, func(s *Set) *string { return &s.SourceController }},
	{"kustomize-controller", "flux", "github.com/fluxcd/kustomize-controller", nil, func(s *Set) *string { return &s.KustomizeController }},
	{"kube-apiserver", "kubernetes", "k8s.io/kubernetes/cmd/kube-apiserver",
		[]string{"-ldflags", stamp + "gitVersion=v1.36.3 " + stamp + "gitMajor=1 " + stamp + "gitMinor=36"},
		func(s *Set) *string { return &s.APIServer }},
}

// Ensure returns the programs, and builds those that the cache does not hold. modules
// is the folder with their go.mod files. What is built, and how long it took, is told
// to out. The cache is $FLUXDAG_E2E_CACHE, by default fluxdag-e2e in the user's cache.
func Ensure(ctx context.Context, modules string, out io.Writer) (Set, error) {
	var set Set
	cache, err := cacheDir()
	if err != nil {
		return set, err
	}
	for _, p := range programs {
		dir := filepath.Join(modules, p.module)
		key, err := p.key(dir)
		if err != nil {
			return set, err
		}
		target := filepath.Join(cache, p.name+"-"+key)
		*p.path(&set) = target
		if _, err := os.Stat(target); err == nil {
			continue
		}
		start := time.Now()
		fmt.Fprintf(out, "e2e: building %s ...\n", p.name)
		if err := p.build(ctx, dir, target); err != nil {
			return set, err
		}
		fmt.Fprintf(out, "e2e: built %s in %s\n", p.name, time.Since(start).Round(time.Second))
	}
	return set, nil
}

func cacheDir() (string, error) {
	dir := os.Getenv("FLUXDAG_E2E_CACHE")
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("no folder to keep the control plane's programs in: %w (set FLUXDAG_E2E_CACHE)", err)
		}
		dir = filepath.Join(user, "fluxdag-e2e")
	}
	return dir, os.MkdirAll(dir, 0o755)
}

// key names all that decides what the build makes.
func (p program) key(dir string) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, runtime.Version(), runtime.GOOS, runtime.GOARCH, p.pkg, p.flags)
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return "", err
		}
		h.Write(data)
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}

// build leaves nothing at target unless it is whole.
func (p program) build(ctx context.Context, dir, target string) error {
	half, err := os.CreateTemp(filepath.Dir(target), p.name+"-*.part")
	if err != nil {
		return err
	}
	_ = half.Close() // it is only the name that is wanted
	defer os.Remove(half.Name())
	args := append([]string{"build", "-mod=readonly", "-buildvcs=false", "-o", half.Name()}, p.flags...)
	c := exec.CommandContext(ctx, "go", append(args, p.pkg)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	if output, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s could not be built in %s: %w\n%s", p.name, dir, err, tail(output))
	}
	return os.Rename(half.Name(), target)
}

// tail is the end of an output, where the reason is.
func tail(output []byte) []byte { return output[max(0, len(output)-2000):] }

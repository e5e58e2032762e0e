package fleet

import (
	"fmt"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// GitServer serves every bare repository below a folder over HTTP, with git's own
// server program.
type GitServer struct {
	dir    string
	server *httptest.Server
}

// ServeGit starts a server of the repositories in dir.
func ServeGit(dir string) (*GitServer, error) {
	git, err := exec.LookPath("git")
	if err != nil {
		return nil, err
	}
	handler := &cgi.Handler{Path: git, Args: []string{"http-backend"}, Dir: dir,
		Env: []string{"GIT_PROJECT_ROOT=" + dir, "GIT_HTTP_EXPORT_ALL=1"}, InheritEnv: []string{"PATH", "HOME"}}
	return &GitServer{dir: dir, server: httptest.NewServer(http.Handler(handler))}, nil
}

// Close stops the server.
func (s *GitServer) Close() { s.server.Close() }

// repository is a bare repository with a work tree beside it.
type repository struct {
	tree, url string
}

func (s *GitServer) repository(name string) (*repository, error) {
	bare := filepath.Join(s.dir, name+".git")
	r := &repository{tree: filepath.Join(s.dir, "trees", name), url: s.server.URL + "/" + name + ".git"}
	for _, args := range [][]string{
		{"init", "--quiet", "--bare", "--initial-branch=main", bare},
		{"init", "--quiet", "--initial-branch=main", r.tree},
		{"-C", r.tree, "remote", "add", "origin", bare},
	} {
		if err := git(args...); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// commit puts the files into the tree, removes those without content, and pushes. It
// returns the revision as source-controller will name it.
func (r *repository) commit(files map[string]string) (string, error) {
	for name, content := range files {
		path := filepath.Join(r.tree, filepath.FromSlash(name))
		if content == "" {
			if err := os.RemoveAll(path); err != nil {
				return "", err
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			return "", err
		}
	}
	for _, args := range [][]string{
		{"add", "--all"},
		{"-c", "user.name=e2e", "-c", "user.email=e2e@localhost", "commit", "--quiet", "--allow-empty", "--message=e2e"},
		{"push", "--quiet", "origin", "main"},
	} {
		if err := git(append([]string{"-C", r.tree}, args...)...); err != nil {
			return "", err
		}
	}
	head, err := exec.Command("git", "-C", r.tree, "rev-parse", "HEAD").Output()
	return "main@sha1:" + strings.TrimSpace(string(head)), err
}

func git(args ...string) error {
	c := exec.Command("git", args...)
	c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1")
	if output, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("git %s: %w\n%s", strings.Join(args, " "), err, output)
	}
	return nil
}

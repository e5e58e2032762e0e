// Package git reads revisions out of a repository's object store, by the git program:
// whoever has a repository has it, it knows every format of repository that there is
// (worktrees, partial clones, SHA-256, reftable), and it costs the build nothing. Nothing
// is ever written to the repository: no work tree, index or ref.
package git

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
)

// Repository is a folder in a git repository.
type Repository struct {
	dir    string
	prefix string // from the root of the repository, with a slash at its end, or empty
	sha256 bool   // whether object names are SHA-256, and not SHA-1
}

// Open finds the repository around a folder.
func Open(dir string) (*Repository, error) {
	r := &Repository{dir: dir}
	out, err := r.git("rev-parse", "--show-prefix", "--show-object-format")
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, cli.Hint(errors.New("git is not installed, or not on the PATH"), "install it: plan reads the revisions through it")
	case err != nil && strings.Contains(err.Error(), "not a git repository"):
		return nil, cli.Hint(fmt.Errorf("%s is not in a git repository", dir), "plan reads revisions, --destroy too: run it in a clone, or name one with -C")
	case err != nil:
		return nil, err
	}
	prefix, format, _ := strings.Cut(out, "\n")
	r.prefix, r.sha256 = prefix, strings.TrimSpace(format) == "sha256" // git before 2.25 repeats the flag
	return r, nil
}

// command is a run of git that takes no lock, asks nothing and speaks English.
func (r *Repository) command(args ...string) *exec.Cmd {
	c := exec.Command("git", args...)
	c.Dir = r.dir
	c.Env = append(os.Environ(), "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
	return c
}

// git runs git, and returns what it prints. The error is what git says.
func (r *Repository) git(args ...string) (string, error) {
	var stderr bytes.Buffer
	c := r.command(args...)
	c.Stderr = &stderr
	out, err := c.Output()
	if _, failed := errors.AsType[*exec.ExitError](err); failed {
		said, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		return string(out), fmt.Errorf("git %s: %s", args[0], cmp.Or(strings.TrimPrefix(said, "fatal: "), err.Error()))
	}
	return string(out), err
}

// Commit returns the object name of the commit that a revision names.
func (r *Repository) Commit(rev string) (string, error) {
	if commit, ok := r.commit(rev); ok {
		return commit, nil
	}
	if rev == "HEAD" {
		return "", cli.Hint(errors.New("the repository has no commit yet"), "commit first: plan compares with what is committed")
	}
	if hint := rangeHint(rev); hint != "" {
		return "", cli.Hint(fmt.Errorf("%q is a range, not a revision", rev), hint)
	}
	err := fmt.Errorf("unknown revision %q", rev)
	if near := cli.DidYouMean(rev, r.refs()); near != "" {
		return "", cli.Hint(err, near)
	}
	if r.shallow() {
		return "", cli.Hint(fmt.Errorf("%w: this is a shallow clone", err), deepen)
	}
	return "", cli.Hint(err, "name a branch, a tag or a commit; \"git fetch\" brings those of the remote")
}

// rangeHint says how a range of git is given to plan; empty where rev is none.
func rangeHint(rev string) string {
	from, to, since := strings.Cut(rev, "...") // from where they parted
	if !since {
		var isRange bool
		if from, to, isRange = strings.Cut(rev, ".."); !isRange {
			return ""
		}
	}
	from, to = cmp.Or(from, "HEAD"), cmp.Or(to, "HEAD")
	if since {
		from = fmt.Sprintf("\"$(git merge-base %s %s)\"", from, to)
	}
	return fmt.Sprintf("name its ends apart: --base %s --head %s", from, to)
}

const deepen = "fetch the history: \"git fetch --unshallow origin\" or \"git fetch --deepen=1000\"; with actions/checkout, set fetch-depth: 0"

func (r *Repository) commit(rev string) (string, bool) {
	if rev == "" || strings.ContainsAny(rev, "\x00\n") {
		return "", false
	}
	out, err := r.git("rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	return strings.TrimSpace(out), err == nil
}

// refs lists the branches and tags.
func (r *Repository) refs() []string {
	out, err := r.git("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
	if err != nil {
		return nil
	}
	return strings.Fields(out)
}

func (r *Repository) shallow() bool {
	out, err := r.git("rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(out) == "true"
}

// Base returns the default branch, and the commit at which head, a commit, left it.
func (r *Repository) Base(head string) (branch, commit string, err error) {
	var candidates []string
	if out, err := r.git("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"); err == nil {
		candidates = append(candidates, strings.TrimSpace(out))
	}
	candidates = append(candidates, "origin/main", "origin/master", "main", "master")
	i := slices.IndexFunc(candidates, func(rev string) bool { _, ok := r.commit(rev); return ok })
	if i < 0 {
		err := errors.New("no default branch: there is no origin/HEAD, origin/main, origin/master, main or master")
		if r.shallow() {
			return "", "", cli.Hint(fmt.Errorf("%w, and this is a shallow clone", err), deepen)
		}
		return "", "", cli.Hint(err, "name what to compare with: --base REV")
	}
	branch = candidates[i]
	out, err := r.git("merge-base", "--end-of-options", branch, head)
	if out = strings.TrimSpace(out); err == nil && out != "" {
		return branch, out, nil
	}
	err = fmt.Errorf("%s and the head have no common commit", branch)
	if r.shallow() {
		return "", "", cli.Hint(fmt.Errorf("%w: this is a shallow clone, and the base is not in it", err), deepen)
	}
	return "", "", cli.Hint(err, "name what to compare with: --base "+branch)
}

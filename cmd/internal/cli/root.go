package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

const directory = "directory"

// AddDirectory gives the program the flag -C, for all its verbs.
func AddDirectory(root *cobra.Command) {
	root.PersistentFlags().StringP(directory, "C", "", "`DIR` that is the root of the repository (default: the nearest folder upwards with a go.mod or .git)")
}

// Directory returns what -C says, or nothing where it was not given.
func Directory(c *cobra.Command) string { return c.Flag(directory).Value.String() }

// Root returns the root of the repository: what -C says, or the nearest folder
// upwards with a go.mod or .git.
func Root(c *cobra.Command) (string, error) {
	if dir := Directory(c); dir != "" {
		return dir, nil
	}
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		for _, sign := range []string{"go.mod", ".git"} {
			if _, err := os.Stat(filepath.Join(dir, sign)); err == nil {
				return dir, nil
			} else if !errors.Is(err, fs.ErrNotExist) {
				return "", err
			}
		}
		if dir == filepath.Dir(dir) {
			return "", Hint(fmt.Errorf("no go.mod or .git in %s or any folder above it", start), "run it inside the repository, or use -C to name its root")
		}
	}
}

// Exists refuses a root that is no folder.
func Exists(root string) error {
	folder, err := os.OpenRoot(root)
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		return Hint(fmt.Errorf("%s: cannot open the root of the repository: %w", root, failed.Err), "-C must name an existing folder")
	}
	_ = folder.Close() // only ever looked at
	return nil
}

// BelowGit returns the path from the root of the git repository to root, slash-separated:
// empty where they are the same, or where there is no git repository.
func BelowGit(root string) string {
	start, err := filepath.Abs(root)
	if err != nil {
		return ""
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			below, err := filepath.Rel(dir, start)
			if err != nil || below == "." {
				return ""
			}
			return filepath.ToSlash(below)
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

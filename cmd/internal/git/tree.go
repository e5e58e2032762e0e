package git

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
)

// File is a file of a revision, relative to the folder of the [Repository].
type File struct {
	Path string
	// ID is the object name of its content.
	ID string
	// Link is set for a symbolic link.
	Link bool
	// Submodule is set for one that is none, but the commit of another repository. Its ID is
	// that.
	Submodule bool
}

// Files lists the files of a commit, and its submodules, in order.
func (r *Repository) Files(commit string) ([]File, error) {
	tree := commit
	if r.prefix != "" {
		out, err := r.git("rev-parse", "--verify", "--quiet", "--end-of-options", commit+":"+strings.TrimSuffix(r.prefix, "/"))
		if err != nil {
			return nil, nil // the folder is not in that commit
		}
		tree = strings.TrimSpace(out)
	}
	out, err := r.git("ls-tree", "-r", "-z", "--full-tree", tree)
	if err != nil {
		return nil, err
	}
	files := make([]File, 0, strings.Count(out, "\x00"))
	for entry := range strings.SplitSeq(out, "\x00") {
		meta, name, _ := strings.Cut(entry, "\t")
		mode, object, _ := strings.Cut(meta, " ")
		if id, blob := strings.CutPrefix(object, "blob "); blob {
			files = append(files, File{Path: name, ID: id, Link: mode == "120000"})
		} else if id, commit := strings.CutPrefix(object, "commit "); commit {
			files = append(files, File{Path: name, ID: id, Submodule: true})
		}
	}
	return files, nil
}

// Read calls each with the content of every file, in order, but for submodules.
func (r *Repository) Read(files []File, each func(f File, data []byte) error) (err error) {
	files = slices.DeleteFunc(slices.Clone(files), func(f File) bool { return f.Submodule })
	if len(files) == 0 {
		return nil
	}
	c := r.command("cat-file", "--batch")
	in, err := c.StdinPipe()
	if err != nil {
		return err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = c.Process.Kill() // it may still be writing
		}
		err = errors.Join(err, c.Wait())
		if err != nil {
			err = fmt.Errorf("git cat-file: %w", err)
		}
	}()
	go func() {
		w := bufio.NewWriter(in)
		for _, f := range files {
			fmt.Fprintln(w, f.ID)
		}
		_, _ = w.Flush(), in.Close() // where that fails, too little comes out
	}()
	content := bufio.NewReaderSize(out, 1<<16)
	for _, f := range files {
		data, err := next(content, f)
		if err != nil {
			return err
		}
		if err := each(f, data); err != nil {
			return err
		}
	}
	return nil
}

// next reads one object of cat-file's output.
func next(r *bufio.Reader, f File) ([]byte, error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Path, err)
	}
	fields := strings.Fields(line)
	if len(fields) != 3 {
		return nil, cli.Hint(fmt.Errorf("%s: its content is not in this clone (%s)", f.Path, strings.TrimSpace(line)), deepen)
	}
	size, err := strconv.Atoi(fields[2])
	if err != nil {
		return nil, err
	}
	data := make([]byte, size+1)
	if _, err := io.ReadFull(r, data); err != nil {
		return nil, fmt.Errorf("%s: %w", f.Path, err)
	}
	return data[:size], nil
}

// Extract writes the files of a commit into a folder that is empty, and lists them. Of a
// submodule there is the folder.
func (r *Repository) Extract(commit, dir string) ([]File, error) {
	files, err := r.Files(commit)
	if err != nil {
		return nil, err
	}
	into, err := os.OpenRoot(dir) // no name leads out of it
	if err != nil {
		return nil, err
	}
	defer into.Close()
	for _, f := range files {
		if f.Submodule {
			if err := into.MkdirAll(f.Path, 0o755); err != nil {
				return nil, err
			}
		}
	}
	return files, r.Read(files, func(f File, data []byte) error {
		if err := into.MkdirAll(path.Dir(f.Path), 0o755); err != nil {
			return err
		}
		if f.Link {
			return into.Symlink(string(data), f.Path)
		}
		return into.WriteFile(f.Path, data, 0o644)
	})
}

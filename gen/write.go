package gen

import (
	"crypto/rand"
	"io/fs"
	"path"
	"strings"
)

// Temporary files are hidden and do not end in .yaml, so that Flux never reads
// one.
const (
	temporaryPrefix = ".fluxdag-"
	temporarySuffix = ".tmp"
)

func isTemporary(name string) bool {
	return strings.HasPrefix(name, temporaryPrefix) && strings.HasSuffix(name, temporarySuffix)
}

// Write carries out the changes that Compare found: it writes what is missing
// or changed, each file atomically, and then removes what is stale or left
// over. It refuses to begin when a change is foreign, unless adopt is set and
// the foreign thing is a file that holds no object but the node's own. Killed at any point it leaves every file
// either old or new, and the next run ends in the same tree.
func (f *Folder) Write(changes []Change, adopt bool) error {
	if blocking := Blocking(changes, adopt); len(blocking) > 0 {
		d := blocking[0].Diagnostic()
		return &PathError{Path: blocking[0].Path, Problem: d.Message, Hint: d.Hint}
	}
	for _, c := range changes {
		if c.New != nil {
			if err := f.replace(c.Path, c.New); err != nil {
				return &PathError{c.Path, "cannot be written", "make the folder " + f.dir + " writable", err}
			}
		}
	}
	for _, c := range changes {
		if c.New == nil {
			if err := f.disk.Remove(c.Path); err != nil {
				return &PathError{c.Path, "cannot be removed", "make the folder " + f.dir + " writable", err}
			}
		}
	}
	if len(changes) == 0 {
		return nil
	}
	return f.disk.SyncDir(f.dir)
}

// Blocking returns the changes for which Write refuses to begin. A caller that
// writes several folders looks at all of them first.
func Blocking(changes []Change, adopt bool) []Change {
	var blocking []Change
	for _, c := range changes {
		if c.Kind == Foreign && !(adopt && c.adoptable) {
			blocking = append(blocking, c)
		}
	}
	return blocking
}

// replace writes a file so that its name never stands for half of it.
func (f *Folder) replace(name string, data []byte) error {
	temporary := path.Join(f.dir, temporaryPrefix+rand.Text()+temporarySuffix)
	mode := fs.FileMode(0o644)
	if info, err := f.disk.Lstat(name); err == nil {
		mode = info.Mode().Perm()
	}
	err := f.fill(temporary, data, mode)
	if err == nil {
		err = f.disk.Rename(temporary, name)
	}
	if err != nil {
		_ = f.disk.Remove(temporary) // if it was made at all; else the next run does
	}
	return err
}

func (f *Folder) fill(name string, data []byte, mode fs.FileMode) error {
	file, err := f.disk.Create(name, mode)
	if err != nil {
		return err
	}
	if _, err := file.Write(data); err != nil {
		_ = file.Close()
		return err
	}
	if err := file.Sync(); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}

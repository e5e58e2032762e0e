package gen

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

// Folder is the folder of one cluster's generated files. It never reaches
// outside the root of the repository, whatever symbolic links say. What Flux builds
// of it is looked up once.
type Folder struct {
	root  *os.Root
	disk  disk
	dir   string
	build func() *build
}

// PathError says what is wrong with a path, and what to do about it.
type PathError struct {
	Path, Problem, Hint string
	Err                 error
}

// Error returns the path, the problem and its cause in one line; that something
// does not exist is said by the problem itself.
func (e *PathError) Error() string {
	if e.Err == nil || e.Err == fs.ErrNotExist {
		return e.Path + ": " + e.Problem
	}
	return fmt.Sprintf("%s: %s: %v", e.Path, e.Problem, cause(e.Err))
}

// Unwrap returns the cause.
func (e *PathError) Unwrap() error { return e.Err }

// cause strips the operation and the path that os puts around an error.
func cause(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	if l, ok := errors.AsType[*os.LinkError](err); ok {
		return l.Err
	}
	return err
}

// OpenFolder opens the folder dir, slash-separated, below the root of a
// repository. The folder must exist; the error says so as a [PathError].
func OpenFolder(root, dir string) (*Folder, error) {
	if path.IsAbs(dir) || dir == ".." || strings.HasPrefix(dir, "../") {
		return nil, &PathError{dir, "lies outside the repository", "set Cluster.Dir to a relative, slash-separated path", nil}
	}
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, &PathError{root, "cannot open the root of the repository", "-C must name an existing folder", err}
	}
	info, err := r.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = &PathError{dir, "this folder is not in the repository " + root,
			"create it if that is where the files should go, set Cluster.Name or Cluster.Dir if not, or use -C to name the repository", fs.ErrNotExist}
	case err != nil && strings.Contains(err.Error(), "escapes"):
		err = &PathError{dir, "leaves the repository through a symbolic link, which fluxdag does not follow",
			"replace the link by a folder", nil}
	case err != nil:
		err = &PathError{dir, "cannot be read", "make it readable", err}
	case !info.IsDir():
		err = &PathError{dir, "is not a folder", "move it away and create the folder", nil}
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	f := &Folder{root: r, disk: rootDisk{r}, dir: dir}
	f.build = sync.OnceValue(func() *build { return newBuild(f) })
	return f, nil
}

// Close releases the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Compare holds the folder against the files that it should contain, and
// returns the differences ordered by path. Only what carries our mark is ever
// called stale; everything else that lies there is nobody's business.
func (f *Folder) Compare(files []File) ([]Change, error) {
	// The folder comes first: when it cannot be read, it is the one to name.
	entries, err := f.disk.ReadDir(f.dir)
	if err != nil {
		return nil, &PathError{f.dir, "cannot be read", "make it readable", err}
	}
	var changes []Change
	declared := make(map[string]bool, len(files))
	for _, file := range files {
		declared[path.Base(file.Path)] = true
		change, err := f.compareFile(file)
		if err != nil {
			return nil, err
		}
		if change.Kind != "" {
			changes = append(changes, change)
		}
	}
	for _, entry := range entries {
		change, err := f.compareEntry(entry, declared)
		if err != nil {
			return nil, err
		}
		if change.Kind != "" {
			changes = append(changes, change)
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
	return changes, nil
}

// compareFile compares one declared file; the change has no kind when there is
// none.
func (f *Folder) compareFile(file File) (Change, error) {
	change := Change{Path: file.Path, Node: file.Node, New: file.Data}
	info, err := f.disk.Lstat(file.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		change.Kind = Missing
		return change, nil
	case err != nil:
		return change, &PathError{file.Path, "cannot be read", "make it readable", err}
	case info.Mode()&fs.ModeSymlink != 0:
		change.Kind, change.Reason = Foreign, "is a symbolic link, and stands where a generated file must go"
		return change, nil
	case !info.Mode().IsRegular():
		change.Kind, change.Reason = Foreign, "is not a regular file, and stands where a generated file must go"
		return change, nil
	}
	change.regular = true
	if change.Old, err = f.disk.ReadFile(file.Path); err != nil {
		return change, &PathError{file.Path, "cannot be read", "make it readable", err}
	}
	switch {
	case same(change.Old, file.Data):
		return Change{}, nil
	case !Owned(change.Old):
		change.Kind = Foreign
		if change.adoptable = isDocument(file.Path); !change.adoptable {
			judgeForeign(&change)
		}
	default:
		change.Kind, change.Conflict = Changed, conflictLine(change.Old) > 0
	}
	return change, nil
}

// compareEntry looks at an entry of the folder that is not declared.
func (f *Folder) compareEntry(entry fs.DirEntry, declared map[string]bool) (Change, error) {
	name := entry.Name()
	change := Change{Path: path.Join(f.dir, name)}
	if declared[name] || !entry.Type().IsRegular() {
		return Change{}, nil
	}
	if isTemporary(name) {
		change.Kind = Leftover
		return change, nil
	}
	if !IsYAML(name) && !isDocument(name) {
		return Change{}, nil
	}
	var err error
	if change.Old, err = f.disk.ReadFile(change.Path); err != nil {
		return change, &PathError{change.Path, "cannot be read", "make it readable", err}
	}
	if !wholeMark(change.Old) {
		return Change{}, nil
	}
	change.Kind = Stale
	return change, nil
}

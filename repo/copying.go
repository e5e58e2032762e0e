package repo

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	securefs "github.com/fluxcd/pkg/kustomize/filesys"
	"github.com/fluxcd/pkg/sourceignore"
)

// copying is a copy of files as an ArtifactGenerator makes it (source-watcher: internal/builder).
type copying struct {
	from, to string   // a file or folder of the source, and where that is in the artifact
	base     string   // what exclude is relative to as well
	exclude  []string // patterns
}

// captures are the parts of a name that spec.pathPattern fills.
var captures = regexp.MustCompile(`\{[^}]*\}`)

// what a copy does.
type doing int

const (
	doesMore    doing = iota // or takes from elsewhere
	copiesFiles              // and no more
	fails                    // which leaves the artifact, and those after it, as they are
)

// copying returns what a copy does.
func (c *cluster) copying(a *artifact, op map[string]any) (copying, doing) {
	from, pattern := a.origin(op)
	to, inside := strings.CutPrefix(text(op, "to"), "@artifact/")
	made := copying{from: path.Clean(pattern), to: path.Clean(to)}
	for _, field := range []string{"from", "to"} {
		inside = inside && !IsSymbolic(text(op, field))
	}
	excludes, _ := op["exclude"].([]any)
	for _, e := range excludes {
		s, ok := e.(string)
		inside = inside && ok && !strings.ContainsAny(s, `{}[]\$`) // which mean more to doublestar
		made.exclude = append(made.exclude, s)
	}
	if strategy := text(op, "strategy"); !inside || !fs.ValidPath(made.to) || strategy != "" && strategy != "Overwrite" || !c.own(from) {
		return made, doesMore
	}
	if strings.ContainsAny(pattern, "*?[]") {
		return made, c.spread(&made, pattern)
	}
	return made, c.single(&made, to)
}

// single is a copy of a file or folder that is named (applySingleSourceCopy).
func (c *cluster) single(made *copying, to string) doing {
	if !fs.ValidPath(made.from) || !c.tree.stat(c.tree.abs(made.from)).exists {
		return fails
	}
	name := path.Base(made.from)
	made.base = "."
	switch {
	case c.tree.stat(c.tree.abs(made.from)).dir: // with its name
		made.base, made.to = made.from, path.Join(made.to, name)
	case to == "" || strings.HasSuffix(to, "/"):
		made.to = path.Join(made.to, name)
	case path.Base(made.to) != name:
		return doesMore
	}
	return copiesFiles
}

// spread is a copy of what a pattern matches: all of a folder, by dir/** without the folder, and by
// dir/* with it (calculateGlobDestination). It is fs.Glob that matches, to which ** is *: a folder that
// it matches is copied whole.
func (c *cluster) spread(made *copying, pattern string) doing {
	dir, bare := strings.CutSuffix("/"+pattern, "/**")
	if !bare {
		if dir, bare = strings.CutSuffix("/"+pattern, "/*"); !bare {
			return doesMore
		}
		made.to = path.Join(made.to, dir)
	}
	if dir = strings.TrimPrefix(dir, "/"); dir == "" {
		dir = "."
	}
	made.from, made.base = dir, dir
	if strings.ContainsAny(dir, "*?[]") {
		return doesMore
	}
	if !fs.ValidPath(dir) || !c.tree.stat(c.tree.abs(dir)).dir {
		return fails
	}
	entries, _ := os.ReadDir(c.tree.abs(dir))
	taken := func(e fs.DirEntry) bool {
		p := path.Join(dir, e.Name())
		return c.tree.stat(c.tree.abs(p)).exists && !made.excludes(p)
	}
	if !slices.ContainsFunc(entries, taken) {
		return fails
	}
	return copiesFiles
}

// takes reports whether the copy takes a path of the source, or leads to what it takes.
func (m copying) takes(p string, dir bool) bool {
	if !under(m.from, p) {
		return dir && under(p, m.from)
	}
	for ; p != m.from && p != "."; p = path.Dir(p) {
		if m.excludes(p) {
			return false
		}
	}
	return true
}

// excludes reports whether a path of the source matches a pattern of exclude (shouldExcludePath).
func (m copying) excludes(p string) bool {
	paths := []string{p}
	if rel, below := strings.CutPrefix(p, m.base+"/"); below {
		paths = append(paths, rel)
	}
	return slices.ContainsFunc(m.exclude, func(pattern string) bool {
		return slices.ContainsFunc(paths, func(p string) bool {
			return starred(strings.Split(pattern, "/"), strings.Split(p, "/")) || !strings.Contains(pattern, "/") && starred([]string{pattern}, []string{path.Base(p)})
		})
	})
}

// starred reports whether names match a pattern, in which ** is any number of names.
func starred(pattern, names []string) bool {
	switch {
	case len(pattern) == 0:
		return len(names) == 0
	case pattern[0] == "**":
		return starred(pattern[1:], names) || len(names) > 0 && starred(pattern, names[1:])
	case len(names) == 0:
		return false
	}
	match, _ := path.Match(pattern[0], names[0])
	return match && starred(pattern[1:], names[1:])
}

// part returns the tree of an artifact that holds what is copied of this one, from the folder root
// on. What goes into no artifact by default goes into none that is made of others (source-watcher:
// ArtifactBuilder.Build).
func (t *tree) part(root string, copies []copying) (*tree, error) {
	secure, err := securefs.MakeFsOnDiskSecure(root)
	if err != nil {
		return nil, err
	}
	usual := sourceignore.NewDefaultMatcher(nil, nil)
	return &tree{
		base: t.base, root: root, secure: secure, index: t.index, ignore: t.ignore, submodules: t.submodules,
		picks: func(p string, dir bool) bool {
			rel, err := filepath.Rel(t.root, p)
			rel = filepath.ToSlash(rel)
			return err == nil && !usual.Match(strings.Split(rel, "/"), dir) &&
				slices.ContainsFunc(copies, func(m copying) bool { return m.takes(rel, dir) })
		},
		stats: map[string]stat{}, contents: map[string]content{}, dirs: map[string]confirmed{}, copied: map[string]bool{}, charts: map[string]LocalChart{},
	}, nil
}

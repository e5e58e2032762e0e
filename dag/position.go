package dag

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
)

// Position is a place in a source file.
//
// File is slash-separated and relative to the root of the repository, so that
// the same declaration has the same position on every machine; a file of
// another module is named by its import path. Line and Column count from 1;
// zero means unknown.
type Position struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// String returns file:line:col, leaving out what is unknown, and "-" for the
// zero Position.
func (p Position) String() string {
	switch {
	case p.File == "":
		return "-"
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Compare orders positions by file, line and column.
func (p Position) Compare(q Position) int {
	return cmp.Or(
		strings.Compare(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(p.Column, q.Column),
	)
}

// caller returns the position of the call skip frames above its own caller.
//
// The file is taken from the function's import path, not from the path that
// the compiler saw: that one names the machine's checkout, or nothing at all
// under -trimpath.
func caller(skip int) Position {
	var pcs [1]uintptr
	if runtime.Callers(skip+2, pcs[:]) == 0 {
		return Position{}
	}
	frame, _ := runtime.CallersFrames(pcs[:]).Next()
	return Position{File: sourceFile(frame.Function, frame.File), Line: frame.Line}
}

// sourceFile names the file of a function relative to the main module, or by
// its import path where it belongs to another one.
func sourceFile(function, file string) string {
	base := path.Base(filepath.ToSlash(file))
	pkg := importPath(function)
	if pkg == "main" {
		pkg = build().mainPackage
	}
	if strings.HasSuffix(base, "_test.go") {
		pkg = strings.TrimSuffix(pkg, "_test")
	}
	if rest, ok := strings.CutPrefix(pkg, build().mainModule); ok && build().mainModule != "" {
		if rest == "" || rest[0] == '/' {
			return path.Join(strings.TrimPrefix(rest, "/"), base)
		}
	}
	return path.Join(pkg, base)
}

// importPath cuts the import path out of a symbol name such as
// "example.com/a/b%2ec.init.func1" or "example.com/a/b.Tenant[...]".
func importPath(symbol string) string {
	symbol, _, _ = strings.Cut(symbol, "[")
	slash := strings.LastIndexByte(symbol, '/') + 1
	if dot := strings.IndexByte(symbol[slash:], '.'); dot >= 0 {
		symbol = symbol[:slash+dot]
	}
	if plain, err := url.PathUnescape(symbol); err == nil {
		return plain
	}
	return symbol
}

type buildPaths struct{ mainModule, mainPackage string }

// build tells the import paths of the running program's main module and main
// package; both are empty where the build did not record them.
var build = sync.OnceValue(func() buildPaths {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return buildPaths{}
	}
	return buildPaths{mainModule: info.Main.Path, mainPackage: info.Path}
})

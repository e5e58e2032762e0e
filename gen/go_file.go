package gen

import (
	"fmt"
	gotoken "go/token"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"
)

// groupImports puts the imports of the standard library before the others, as
// people write them; jennifer sorts all of them together.
func groupImports(source []byte) []byte {
	const start, end = "\nimport (\n", "\n)\n"
	head, rest, found := strings.Cut(string(source), start)
	if !found {
		return source
	}
	block, body, _ := strings.Cut(rest, end)
	var groups [2][]string
	for line := range strings.SplitSeq(block, "\n") {
		group := 0
		if _, path, _ := strings.Cut(line, `"`); strings.Contains(strings.Split(path, "/")[0], ".") {
			group = 1
		}
		groups[group] = append(groups[group], line)
	}
	lines := slices.Concat(groups[0], []string{""}, groups[1])
	if len(groups[0]) == 0 || len(groups[1]) == 0 {
		lines = slices.Concat(groups[0], groups[1])
	}
	return []byte(head + start + strings.Join(lines, "\n") + end + body)
}

// packageName makes the name of a package out of that of a cluster: its ASCII
// letters and digits, in lower case, with a word in front where Go would not have
// it otherwise or treats the package specially.
func packageName(cluster string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(cluster))
	special := slices.Contains([]string{"main", "init", "documentation"}, name)
	if special || !gotoken.IsIdentifier(name) || jen.IsReservedWord(name) {
		return "cluster" + name
	}
	return name
}

// reservedFiles are the names of files that are not for levels: the owner's
// policy stands beside the declaration.
var reservedFiles = []string{"dag", "policy", "doc", "main"}

// fileNames returns a file name for each level, without the suffix. Words are
// joined with hyphens: go build takes an underscore and "linux" for a condition.
func fileNames(levels []goLevel) []string {
	names := make([]string, len(levels))
	for i, level := range levels {
		name := strings.Join(strings.FieldsFunc(strings.ToLower(level.name), func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < '0' || r > '9')
		}), "-")
		if name == "" || slices.Contains(reservedFiles, name) || slices.Contains(names, name) {
			name = strings.TrimPrefix(fmt.Sprintf("%s-level-%d", name, i), "-")
		}
		for slices.Contains(names, name) {
			name += "-nodes"
		}
		names[i] = name
	}
	return names
}

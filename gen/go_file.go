package gen

import (
	"fmt"
	"go/token"
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
	if special || !token.IsIdentifier(name) || jen.IsReservedWord(name) {
		return "cluster" + name
	}
	return name
}

// maxFileName is how long the file name of a level is, at most, without the suffix.
const maxFileName = 24

// fileNames returns a file name for each level, without the suffix: the level's
// own name, or its position where that is none, is long, is taken or reads like
// the position of another. A name that people give to what stands beside a
// declaration, such as its policy, is taken. Words are joined with hyphens: go
// build takes an underscore and "linux" for a condition.
func fileNames(levels []goLevel) []string {
	names, taken := make([]string, len(levels)), map[string]bool{"": true, "dag": true, "policy": true, "doc": true, "main": true}
	for i, level := range levels {
		name := strings.Join(strings.FieldsFunc(strings.ToLower(level.name), func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < '0' || r > '9')
		}), "-")
		if taken[name] || len(name) > maxFileName || strings.HasPrefix(name, "level-") {
			name = fmt.Sprintf("level-%d", i)
		}
		names[i], taken[name] = name, true
	}
	return names
}

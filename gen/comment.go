package gen

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Comments returns the comments of the document by the path of the field that they
// stand at, "" for the object: its lines without the "#" and one space. A comment
// above or behind a field belongs to that field; one below the last field of a
// mapping, to the mapping.
func (d Document) Comments() map[string][]string {
	comments := map[string][]string{}
	add := func(path string, texts ...string) {
		for _, text := range texts {
			if text != "" {
				comments[path] = append(comments[path], commentLines(text)...)
			}
		}
	}
	if d.root != nil {
		add("", d.root.HeadComment)
	}
	eachComment(d.Node, "", add)
	if d.root != nil {
		add("", d.root.LineComment, d.root.FootComment)
	}
	return comments
}

// eachComment visits the comments below a node in reading order. It does not follow
// aliases: what an alias stands for has its comments where it stands.
func eachComment(n *yaml.Node, path string, add func(path string, texts ...string)) {
	add(path, n.HeadComment)
	for i, child := range n.Content {
		switch {
		case n.Kind == yaml.SequenceNode:
			eachComment(child, path+"["+strconv.Itoa(i)+"]", add)
		case i%2 == 1:
			continue
		default:
			key, inner := child, join(path, keyName(child))
			head := inner
			if path == "" && i == 0 {
				head = "" // above the first field of the object stands what is about it
			}
			add(head, key.HeadComment)
			add(inner, key.LineComment)
			eachComment(n.Content[i+1], inner, add)
			add(path, key.FootComment)
		}
	}
	add(path, n.LineComment, n.FootComment)
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// commentLines returns the lines of a comment without what marks them as one.
func commentLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(strings.TrimRight(line, "\r\n"), " \t")
		lines = append(lines, strings.TrimPrefix(strings.TrimPrefix(line, "#"), " "))
	}
	return lines
}

// about returns the comments above the object, as its description.
func (d Document) about() string {
	above := []string{d.Node.HeadComment}
	if d.root != nil {
		above = []string{d.root.HeadComment, d.Node.HeadComment}
	}
	if len(d.Node.Content) > 0 {
		above = append(above, d.Node.Content[0].HeadComment)
	}
	var paragraphs []string
	for _, comment := range above {
		lines := slices.DeleteFunc(commentLines(comment), func(line string) bool {
			return directive.MatchString(line) || strings.HasPrefix(line, "yaml-language-server:")
		})
		if len(lines) > 0 {
			paragraphs = append(paragraphs, strings.Join(lines, "\n"))
		}
	}
	return strings.TrimSpace(strings.Join(paragraphs, "\n\n"))
}

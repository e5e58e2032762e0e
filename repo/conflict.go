package repo

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// unquoted takes one level of Go's quotes from a part of a message.
var unquoted = strings.NewReplacer(`\\`, `\`, `\"`, `"`)

// oneNamespace says in short what kustomize says at length, with all of both objects: that a
// kustomization.yaml gives two of one name the same namespace. It is empty for any other message.
func oneNamespace(message string) string {
	_, rest, found := strings.Cut(message, "namespace transformation produces ID conflict: [")
	if !found {
		return ""
	}
	for strings.HasPrefix(rest, `{\`) { // each folder around it quotes the message once more
		rest = unquoted.Replace(rest)
	}
	var first map[string]any
	var files []string
	for objects := json.NewDecoder(strings.NewReader(rest)); ; {
		var object map[string]any
		if objects.Decode(&object) != nil {
			break
		}
		if first == nil {
			first = object
		}
		if _, file, ok := strings.Cut(text(object, "metadata", "annotations", originAnnotation), "path: "); ok {
			files = append(files, strings.TrimSpace(file))
		}
	}
	if first == nil {
		return ""
	}
	where := ""
	if files = slices.Compact(files); len(files) > 0 {
		where = " (" + strings.Join(files, ", ") + ")"
	}
	if text(first, "kind") == "Namespace" { // the transformer sets its name
		return fmt.Sprintf("two objects Namespace%s get the name %s by the namespace of a kustomization.yaml, and are one then: leave one out, or give each a folder with a kustomization.yaml of its own",
			where, text(first, "metadata", "name"))
	}
	return fmt.Sprintf("two objects %s %s%s get namespace %s by a kustomization.yaml, and are one then: put one into a folder with a kustomization.yaml of its own",
		text(first, "kind"), text(first, "metadata", "name"), where, text(first, "metadata", "namespace"))
}

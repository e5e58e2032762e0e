package repo

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// oneNamespace says in short what kustomize says at length, with all of both objects: that a
// kustomization.yaml gives two of one name the same namespace. It is empty for any other message.
func oneNamespace(message string) string {
	_, rest, found := strings.Cut(message, "namespace transformation produces ID conflict: [")
	if !found {
		return ""
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
	return fmt.Sprintf("two objects %s %s%s get namespace %s by a kustomization.yaml, and are one then: put one into a folder with a kustomization.yaml of its own",
		text(first, "kind"), text(first, "metadata", "name"), where, text(first, "metadata", "namespace"))
}

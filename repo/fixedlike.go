package repo

import (
	"maps"
	"slices"
)

// likened write a value of some kinds in the one way of all that the API server takes for the
// same, or leave out what it lets change. Of a Job's completions see [completionsOf].
var likened = map[[2]string]func(any) any{
	{"ResourceQuota", "scopes"}:       sorted,
	{"ResourceClaimTemplate", "spec"}: requests,
	{"Pod", "containers"}:             started,
	{"Pod", "initContainers"}:         started,
}

// liken returns a value as one of likened writes it.
func liken(kind, name string, data []byte) []byte {
	like := likened[[2]string{kind, name}]
	if like == nil {
		return data
	}
	return rewritten(data, func(value any) any { return like(settle(value, name)) })
}

// sorted sorts a list that the API server compares as a set.
func sorted(value any) any {
	list, _ := value.([]any)
	var names []string
	for _, element := range list {
		names = append(names, scalarText(element))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// started keeps of containers what no defaults are filled into. The image may change.
func started(value any) any {
	list, _ := value.([]any)
	var all []any
	for _, element := range list {
		container, _ := element.(map[string]any)
		kept := map[string]any{}
		for _, name := range []string{"name", "command", "args", "workingDir", "envFrom", "env"} {
			if inner, there := container[name]; there {
				kept[name] = withoutFieldVersion(inner)
			}
		}
		all = append(all, kept)
	}
	return all
}

// withoutFieldVersion leaves out the default version of fields that variables are read from.
func withoutFieldVersion(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, inner := range value {
			if ref, is := inner.(map[string]any); is && name == "fieldRef" && ref["apiVersion"] == "v1" {
				delete(ref, "apiVersion")
			}
			withoutFieldVersion(inner)
		}
	case []any:
		for _, inner := range value {
			withoutFieldVersion(inner)
		}
	}
	return value
}

// requests writes what is requested of devices as the first versions of the API did, where it stood
// beside the name, and leaves out defaults.
func requests(value any) any {
	switch value := value.(type) {
	case map[string]any:
		if exactly, is := value["exactly"].(map[string]any); is {
			delete(value, "exactly")
			maps.Copy(value, exactly)
		}
		for name, inner := range value {
			if text := scalarText(inner); name == "allocationMode" && text == "ExactCount" || name == "count" && text == "1" {
				delete(value, name)
				continue
			}
			requests(inner)
		}
	case []any:
		for _, inner := range value {
			requests(inner)
		}
	}
	return value
}

package repo

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Acts returns a hash of what of a Kustomization decides which objects it applies and deletes;
// empty of other objects, and where [Options.Digests] is not set. Timings, health checks and
// what only changes the content of objects do not count.
func (o *Object) Acts() string { return o.acts }

// contentFields are those of a Kustomization's spec that change what is in objects, but neither
// their names nor what is deleted.
var contentFields = []string{"images", "commonMetadata", "decryption", "buildMetadata"}

// actsOf returns what [Object.Acts] does of the object of a Kustomization.
func actsOf(body map[string]any) string {
	said := []any{}
	for _, kind := range []string{"labels", "annotations"} {
		marks, _ := value(body, "metadata", kind).(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(marks)) {
			if strings.HasPrefix(name, kustomizeGroup+"/") {
				said = append(said, name, marks[name])
			}
		}
	}
	spec, _ := body["spec"].(map[string]any)
	spec = maps.Clone(spec)
	for _, field := range slices.Concat(timingFields, contentFields) {
		delete(spec, field)
	}
	data, err := json.Marshal(append(said, spec)) // sorts the keys
	if err != nil {
		return hash(err.Error())
	}
	return hash(string(data))
}

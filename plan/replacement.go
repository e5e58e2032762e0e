package plan

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

// requested is the field of Fixed that holds how much a claim requests: the API server lets
// that grow, and refuses less.
const requested = "requests.storage"

// templateNames is the field of Fixed that holds the names of a StatefulSet's claim templates, which are
// among volumeClaimTemplates.
const templateNames = "volumeClaimTemplates.names"

// replacement is an object that stays under its name, and in which something changes that
// cannot be changed in place.
type replacement struct {
	was, now Object
	fields   []string // those of Fixed that differ
	forced   bool     // Flux deletes it first
	early    bool     // not if the new spec of the node, and its variables, are there before its files
	late     bool     // by the variables of the base
}

// changed returns the fields that cannot be changed in place and that another version of the
// object has otherwise.
func (o Object) changed(now Object) []string {
	if o.Fixed == "" || o.Fixed == now.Fixed || now.Left || o.Local.Absent || now.Local.Absent {
		return nil // without its chart, helm-controller does nothing with a release
	}
	was, is := fixedFields(o), fixedFields(now)
	var names []string
	for _, name := range sortedKeys(union(was, is)) {
		if differs(name, was, is) {
			names = append(names, name)
		}
	}
	return names
}

// differs reports whether a field is another one, so that it cannot be changed in place.
func differs(name string, was, is map[string]string) bool {
	switch {
	case was[name] == is[name], was[name] == "" && comes(name), name == templateNames, name == definedVersions, sameChart(name, was, is):
		return false
	case name == requested:
		return less(is[name], was[name])
	case name == completions:
		return recounted(was[name], is[name])
	case name == storedVersion:
		return unstored(was, is)
	}
	return true
}

// completions is the field of Fixed that holds how many completions a Job writes: "none" where there
// are none, nothing where there is one by default.
const completions = "completions"

// recounted reports whether the completions of a Job change. What is written no longer changes only
// where it was written.
func recounted(was, is string) bool {
	if is == "" || is == "none" {
		return was != "" && was != "none"
	}
	return cmp.Or(was, "1") != is
}

// storedVersion is the field of Fixed that holds the version by which a definition has objects stored,
// and definedVersions that which holds the names of all.
const (
	storedVersion   = "storage version"
	definedVersions = "versions"
)

// unstored reports whether a definition has no longer the version by which objects were stored so
// far. That is in its status.storedVersions, and the API server refuses a definition without any of
// these (apiextensions: ValidateCustomResourceDefinitionStoredVersions). Which others are there, no
// file tells.
func unstored(was, is map[string]string) bool {
	return was[storedVersion] != "" && is[definedVersions] != "" && !slices.Contains(strings.Fields(is[definedVersions]), was[storedVersion])
}

// less reports whether a quantity is certainly less than another.
func less(a, b string) bool {
	x, err := resource.ParseQuantity(a)
	y, err2 := resource.ParseQuantity(b)
	return err == nil && err2 == nil && x.Cmp(y) < 0
}

func fixedFields(o Object) map[string]string {
	fields := map[string]string{}
	if json.Unmarshal([]byte(o.Fixed), &fields) != nil {
		fields[""] = o.Fixed
	}
	return fields
}

// refused reports whether the API server certainly refuses the change.
func (r replacement) refused() bool {
	if r.was.Fleeting || r.now.Fleeting {
		return false
	}
	return len(r.certain()) > 0
}

// filled are the fields that the API server sets itself where they are not written, by kind: a
// value that comes or goes may be the one that it has set.
var filled = map[string][]string{
	"PersistentVolumeClaim": {className, volumeName}, "Job": {"selector"}, "Service": {"clusterIP"},
}

// className is the field of a claim that holds its class: where none is written, the API server sets
// that which is the default, when the claim is made.
const className = "storageClassName"

// volumeName is the field of a claim that holds the volume it is bound to.
const volumeName = "volumeName"

// bound reports whether a claim gets a volume written that had none: it may be bound to another by now.
func (r replacement) bound() bool {
	return r.now.claim() && slices.Contains(r.fields, volumeName) && fixedFields(r.was)[volumeName] == ""
}

// classified reports whether a claim gets a class written that had none: it may have another by now.
func (r replacement) classified() bool {
	return r.now.claim() && slices.Contains(r.fields, className) && fixedFields(r.was)[className] == ""
}

// lockable are those of a Secret or a ConfigMap that cannot be changed only once it is immutable.
var lockable = []string{"data", "stringData", "binaryData", "immutable"}

// certain are the fields of which the change is certainly refused. How many completions an
// indexed Job has may change, and a Service that had an address never does without.
func (r replacement) certain() []string {
	was, is := fixedFields(r.was), fixedFields(r.now)
	return slices.DeleteFunc(slices.Clone(r.fields), func(name string) bool {
		switch {
		case name == "clusterIP" && is[name] == "None":
			return false
		case (name == className || name == volumeName) && was[name] != "":
			return false // that of a claim stays what it was given
		case slices.Contains(filled[r.now.Kind], name):
			return was[name] == "" || is[name] == ""
		case slices.Contains(lockable, name) && name != "immutable" && is["immutable"] == "":
			return true // without that it is no part of Fixed: whether it changes as well is not known
		case slices.Contains(lockable, name) && was["immutable"] == "":
			return true
		}
		return name == completions && (is[name] == "" || is[name] == "none" || was["completionMode"] != "")
	})
}

func nows(all []replacement) []Object {
	var objects []Object
	for _, r := range all {
		objects = append(objects, r.now)
	}
	return objects
}

// immutableFields names what of which kinds changes.
func immutableFields(all []replacement) string {
	var names []string
	for _, r := range all {
		fields := strings.Join(r.certain(), " and ")
		fields = strings.Replace(fields, storedVersion, "the "+storedVersion+" ("+fixedFields(r.was)[storedVersion]+", which is in status.storedVersions and no longer in spec.versions)", 1)
		names = append(names, strings.Replace(fields, requested, requested+" (to less)", 1)+" of "+oneOf(r.now.Kind))
	}
	return few(unique(names), 4)
}

// oneOf returns a kind with its article.
func oneOf(kind string) string {
	if strings.ContainsAny(kind[:min(1, len(kind))], "AEIO") {
		return "an " + kind
	}
	return "a " + kind
}

// written says which release takes the place of which.
func (r replacement) written() []Field {
	was, is := fixedFields(r.was), fixedFields(r.now)
	var all []Field
	for _, name := range r.fields {
		all = append(all, Field{r.now.String() + " " + name, quoted(was[name]), quoted(is[name])})
	}
	return all
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return text(s)
}

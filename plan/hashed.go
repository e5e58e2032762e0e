package plan

import "regexp"

// hashed matches the name that kustomize's generators give a ConfigMap or a Secret: with a
// hash of its content at the end.
var hashed = regexp.MustCompile(`^(.+)-[bcdfghkmt2456789]{10}$`)

// unhashed returns a generated object without the hash in its name; nothing for any other.
func unhashed(o Object) identity {
	match := hashed.FindStringSubmatch(o.Name)
	if match == nil || o.Group != "" || o.Kind != "ConfigMap" && o.Kind != "Secret" {
		return identity{}
	}
	return identity{Kind: o.Kind, Namespace: o.Namespace, Name: match[1]}
}

// generated are the generated objects without their hashes: one that is there under another
// hash has only new content, and what uses it has the new name.
func generated(objects []Object) map[identity]bool {
	all := map[identity]bool{}
	for _, o := range objects {
		all[unhashed(o)] = true
	}
	delete(all, identity{})
	return all
}

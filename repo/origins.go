package repo

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
)

// Values returns a hash of where a Kustomization, a namespace/name, gets values that only
// the cluster knows, where the name, namespace or kind of something that it applies depends
// on one; else nothing. The same name with such a variable is the same object in two
// revisions only if this is the same: it takes in the ConfigMaps and Secrets of
// substituteFrom that cannot be read here, in order, and, where the repository applies them
// and [Options.Digests] asks for that, their content. A Secret is never read, encrypted or
// not.
func (c *Cluster) Values(node string) string {
	return c.valuesOf(node, c.Objects[node], c.bodies[node], c.opaque[node])
}

func (c *Cluster) valuesOf(node string, objects []*Object, body map[string]any, opaque []string) string {
	if !slices.ContainsFunc(objects, func(o *Object) bool { return IsSymbolic(o.Group + "/" + o.ID().String()) }) {
		return ""
	}
	if from := c.originsOf(node, body, opaque, map[string]bool{node: true}); len(from) > 0 {
		return hash(from)
	}
	return ""
}

// origins lists where a node in the graph gets values from that are not known here.
func (c *Cluster) origins(node string, seen map[string]bool) []string {
	if seen[node] {
		return nil
	}
	seen[node] = true
	return c.originsOf(node, c.bodies[node], c.opaque[node], seen)
}

// originsOf lists where a Kustomization gets such values from. What its own spec holds of
// them was given by who applies it.
func (c *Cluster) originsOf(node string, body map[string]any, opaque []string, seen map[string]bool) []string {
	var from []string
	for _, what := range opaque {
		from = append(from, what+" "+c.contents[what])
	}
	if data, _ := json.Marshal(body["spec"]); IsSymbolic(string(data)) {
		for _, parent := range c.AppliedBy[node] {
			from = append(from, c.origins(parent, seen)...)
		}
	}
	return from
}

// makers are the objects that give a ConfigMap or Secret of their own name its content.
var makers = map[string][]ID{
	"ConfigMap": {{Kind: "ConfigMap"}},
	"Secret":    {{Kind: "Secret"}, {Group: "bitnami.com", Kind: "SealedSecret"}, {Group: "external-secrets.io", Kind: "ExternalSecret"}},
}

// contents returns hashes of the ConfigMaps and Secrets that are applied, and of what an
// operator makes Secrets of, by kind and namespace/name.
func (c *cluster) contents() map[string]string {
	all := map[string][]string{}
	for kind, ids := range makers {
		for id, owners := range c.owners {
			if !slices.Contains(ids, ID{Group: id.Group, Kind: id.Kind}) {
				continue
			}
			what := kind + " " + key{id.Namespace, id.Name}.String()
			for _, o := range owners {
				all[what] = append(all[what], o.object.digest)
			}
		}
	}
	out := make(map[string]string, len(all))
	for what, digests := range all {
		out[what] = hash(sortedUnique(digests))
	}
	return out
}

// hash is short for a value that only counts where it differs.
func hash(value any) string {
	data, _ := json.Marshal(value) // of decoded YAML
	return fmt.Sprintf("%x", sha256.Sum256(data))[:12]
}

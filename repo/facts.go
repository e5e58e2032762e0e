package repo

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// Facts returns, as JSON, the fields of which most changes are: images, versions, tags,
// replicas and suspend, by their paths, and the url, the secretRef and the lines of the ignore of a
// source, and of the values of a HelmRelease what says where its data are. It is empty where there is none, and where
// [Options.Digests] is not set.
func (o *Object) Facts() string { return o.facts }

// factual are the names of fields that are facts, wherever in a spec they are.
var factual = []string{"branch", "commit", "digest", "image", "imageName", "instances", "persistentVolumeReclaimPolicy", "replicaCount", "replicas", "semver", "suspend", "tag", "version"}

// stored are the names of values of a chart that say where data are, by which most charts go:
// none of them holds a secret. Of persistence, or whatever else begins so, more are.
var (
	stored    = []string{"existingClaim", "storageClass", "storageClassName"}
	persisted = []string{"accessMode", "enabled", "size", "type"}
)

// factualAt reports whether a field is a fact.
func factualAt(path, name string) bool {
	if slices.Contains(factual, name) {
		return true
	}
	values, of := strings.CutPrefix(path, "values.")
	return of && (slices.Contains(stored, name) || slices.Contains(persisted, name) && strings.Contains("."+values, ".persist"))
}

// untold are kinds of Kubernetes that have such fields for other reasons, and may be large.
var untold = []string{"CustomResourceDefinition", "ConfigMap", "Secret"}

// maxFacts is how many facts of one object are kept.
const maxFacts = 50

// shortened are the beginnings of paths that say nothing to a reader.
var shortened = []string{"jobTemplate.spec.template.spec.", "template.spec.", "chart.spec."}

// factsOf returns what [Object.Facts] does, with what is said of those that are not certain.
func factsOf(res *resource.Resource, unsure map[string]string) string {
	facts := factsIn(res)
	for path, said := range unsure {
		if _, there := facts[path]; there {
			facts[path] = said
		}
	}
	if len(facts) == 0 {
		return ""
	}
	return written(facts)
}

// factsIn lists the facts of a resource.
func factsIn(res *resource.Resource) map[string]string {
	facts := map[string]string{}
	if slices.Contains(untold, res.GetKind()) {
		return facts
	}
	spec := member(res.YNode(), "spec")
	tell(spec, "", facts)
	if group, _ := groupOf(res.GetApiVersion()); group == sourceGroup {
		if address := member(spec, "url"); address != nil && address.Value != "" {
			facts["url"] = withoutPassword(address.Value)
		}
		if secret := member(member(spec, "secretRef"), "name"); secret != nil && secret.Value != "" {
			facts["secretRef"] = secret.Value
		}
		if ignore := member(spec, "ignore"); ignore != nil {
			facts["spec.ignore"] = strings.Join(ignoreRules(ignore.Value), "\n")
		}
	}
	return facts
}

// tell collects the facts below a node.
func tell(n *kyaml.Node, path string, facts map[string]string) {
	if n == nil {
		return
	}
	switch n.Kind {
	case kyaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			name, value := n.Content[i].Value, n.Content[i+1]
			if value.Kind != kyaml.ScalarNode {
				tell(value, path+name+".", facts)
			} else if factualAt(path, name) && value.Tag != kyaml.NodeTagNull && len(facts) < maxFacts {
				facts[short(path+name)] = value.Value
			}
		}
	case kyaml.SequenceNode:
		for _, element := range n.Content {
			if name := member(element, "name"); name != nil { // by place, one more would change all
				tell(element, path+name.Value+".", facts)
			}
		}
	}
}

// withoutPassword hides the user of an address, who may be a token, but not that of ssh.
func withoutPassword(address string) string {
	scheme, rest, found := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	if at := strings.LastIndex(host, "@"); found && at >= 0 && scheme != "ssh" {
		return scheme + "://xxxxx" + rest[at:]
	}
	return address
}

func short(path string) string {
	for _, prefix := range shortened {
		path = strings.TrimPrefix(path, prefix)
	}
	return path
}

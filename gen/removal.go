package gen

import (
	"cmp"
	"path"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"go.yaml.in/yaml/v3"
)

// Consequence says what Flux does once the removal of a stale file is committed,
// for Kustomizations that lose their only file.
type Consequence struct {
	// Path is that of the stale file.
	Path string
	// Node is the namespace/name of the Kustomization in it.
	Node string
	// Deletes reports whether Flux deletes everything that it applied.
	Deletes bool
	// Successor is the namespace/name of a node that is new and builds the same path
	// of the same source: a rename, it seems. Empty where there is none, or several.
	Successor string
	// Resting is one that is new as well, but suspended: the copy that Moved has written of
	// a node under a name that it never had.
	Resting string
}

// Consequences looks at what the removals among the changes mean, files being all
// that are declared. A stale file that cannot be read says nothing.
func Consequences(files []File, changes []Change) []Consequence {
	declared := map[string]bool{}
	for _, f := range files {
		declared[f.Node] = true
	}
	successors, resting := map[string][]string{}, map[string]string{}
	for _, c := range changes {
		if c.Kind == Missing && c.Node != "" {
			switch applied, err := readApplied(c.New); {
			case err != nil:
			case applied.Spec.Suspend:
				resting[applied.builds()] = c.Node
			default:
				successors[applied.builds()] = append(successors[applied.builds()], c.Node)
			}
		}
	}
	var found []Consequence
	for _, c := range changes {
		if c.Kind != Stale || isDocument(c.Path) {
			continue
		}
		applied, err := readApplied(c.Old)
		if err != nil || applied.Metadata.Name == "" || declared[applied.key()] {
			continue // not ours to tell, or in another file now
		}
		consequence := Consequence{Path: c.Path, Node: applied.key(), Deletes: applied.deletes(), Resting: resting[applied.builds()]}
		if next := successors[applied.builds()]; len(next) == 1 {
			consequence.Successor = next[0]
		}
		found = append(found, consequence)
	}
	return found
}

// applied is what a generated file says of the objects that Flux applies for it.
type applied struct {
	manifest `yaml:",inline"`
	Spec     struct {
		Path           string            `yaml:"path"`
		SourceRef      map[string]string `yaml:"sourceRef"`
		Prune          bool              `yaml:"prune"`
		Suspend        bool              `yaml:"suspend"`
		DeletionPolicy string            `yaml:"deletionPolicy"`
	} `yaml:"spec"`
}

func readApplied(data []byte) (applied, error) {
	var a applied
	err := yaml.Unmarshal(data, &a)
	return a, err
}

// builds names the directory that the Kustomization builds.
func (a applied) builds() string {
	source := a.Spec.SourceRef
	return source["kind"] + " " + cmp.Or(source["namespace"], a.Metadata.Namespace) + "/" + source["name"] + " " + path.Clean("./"+a.Spec.Path)
}

// deletes follows the finalizer of kustomize-controller.
func (a applied) deletes() bool {
	switch policy := cmp.Or(a.Spec.DeletionPolicy, kustomizev1.DeletionPolicyMirrorPrune); {
	case a.Spec.Suspend:
		return false
	case policy == kustomizev1.DeletionPolicyMirrorPrune:
		return a.Spec.Prune
	default:
		return policy != kustomizev1.DeletionPolicyOrphan
	}
}

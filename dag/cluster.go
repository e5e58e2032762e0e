package dag

import (
	"path"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

// Cluster declares the whole graph of one cluster.
type Cluster struct {
	// Name is what the command line calls the cluster: letters, digits, '-', '_' and
	// '.', not one of the last three first.
	Name string
	// Dir is the folder of the generated files, slash-separated and relative to
	// the root of the repository; "clusters/" + Name when empty.
	Dir string
	// Defaults is what the nodes share.
	Defaults Defaults
	// Levels lists the nodes in the author's order. It is a claim that is
	// checked: every dependency must lie in an earlier level (FD108).
	Levels []Level
	// Nodes lists the nodes without levels, instead of Levels.
	Nodes []Ref
	// Externals are Kustomizations of the cluster that are declared elsewhere,
	// such as Flux's own flux-system/flux-system. The command line adds those
	// that it finds beside the generated files.
	Externals []Ref
	// Boundaries are the places beyond which it is not known what the cluster
	// holds. A declaration has none; a reader of other people's YAML adds them.
	Boundaries []Boundary
	// Unbuilt are further Externals, in files that the kustomization.yaml of the
	// folder leaves out: whether Flux builds them too is not known, so one that
	// has the name of a node is a warning, not an error (FD103). The command line
	// fills it in.
	Unbuilt []Ref
	// Moved lists the nodes that are being renamed.
	Moved []Moved
	// Policies are the cluster's own rules. They run after the built-in ones,
	// and their errors stop generation in the same way.
	Policies []Rule
	// Documents are files about the whole cluster that are generated beside the YAML,
	// by their names. The ending says what they are: "README.md" is the build chain,
	// level by level, "graph.svg" its picture, "graph.html" a page to look around in.
	Documents []string
}

// Level is a group of nodes whose dependencies all lie in earlier levels.
type Level struct {
	// Name stands as a comment in the file of every node of the level.
	Name string
	// Nodes are the level's nodes.
	Nodes []Ref
}

// Defaults are the values of what a [Node] leaves at zero; see there for what
// each field means.
type Defaults struct {
	// Namespace is "flux-system" when empty.
	Namespace string

	Interval, RetryInterval, Timeout time.Duration

	Prune           *bool
	Source          Source
	Ready           Readiness
	TargetNamespace string
	Substitute      map[string]string
	SubstituteFrom  []SubstituteReference

	// Extra holds the defaults of every other field of the spec.
	Extra kustomizev1.KustomizationSpec
}

// dir returns the folder of the generated files.
func (c Cluster) dir() string {
	if c.Dir != "" {
		return path.Clean(c.Dir)
	}
	return path.Join("clusters", c.Name)
}

// defaultNamespace is where flux bootstrap puts everything.
const defaultNamespace = "flux-system"

func (d Defaults) namespace() string {
	if d.Namespace != "" {
		return d.Namespace
	}
	return defaultNamespace
}

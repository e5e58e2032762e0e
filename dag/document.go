package dag

import (
	"path"
	"slices"
	"strings"
)

// documentEndings are what an entry of [Cluster.Documents] may end in.
var documentEndings = []string{".html", ".md", ".svg"}

// checkDocuments records what is wrong with Cluster.Documents.
func (r *resolver) checkDocuments() {
	seen := map[string]bool{}
	for _, name := range r.graph.cluster.Documents {
		switch {
		case name != path.Base(name) || !fileName.MatchString(name):
			r.shape("Documents names "+quote(name)+", which is no name of a file in the cluster's folder", "use a name such as \"README.md\"")
		case !slices.Contains(documentEndings, path.Ext(name)):
			r.shape("Documents names "+quote(name)+", and what that is to be cannot be told", "let the name end in "+strings.Join(documentEndings, ", "))
		case seen[name]:
			r.shape("Documents names "+quote(name)+" twice", "name it once")
		}
		seen[name] = true
	}
}

// Documents returns the names of the files about the whole cluster that are generated
// beside the YAML.
func (g *Graph) Documents() []string { return slices.Clone(g.cluster.Documents) }

// Policies returns the cluster's own rules.
func (g *Graph) Policies() []Rule { return slices.Clone(g.cluster.Policies) }

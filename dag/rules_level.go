package dag

import "fmt"

var levelRules = []Rule{{
	Code: "FD108", Name: "dependency-level", Severity: Error,
	Summary: "A node depends on a node of the same or of a later level.",
	Flux:    "Flux knows no levels: it would apply the dependency first, and so contradict what the declaration says.",
	Fix:     "Move the node to a later level, or the dependency to an earlier one.",
	Source:  "the declaration's own claim (Cluster.Levels)",
	Check:   perVertex(checkDependencyLevel),
}, {
	Code: "FD109", Name: "level-differs", Severity: Warning,
	Summary: "A node stands in a later level than its dependencies ask for.",
	Flux:    "Flux knows no levels: it applies the node as soon as its dependencies are ready, earlier than the declaration suggests.",
	Fix:     "Move the node to the level after its dependencies, or declare the dependency that keeps it here.",
	Source:  "the longest path of the graph against Cluster.Levels; reported for the node where the two part, not for those behind it",
	Check:   checkLevelDiffers,
}, unlistedNode}

// unlistedNode is also reported by Unlisted, which sees more than one cluster.
var unlistedNode = Rule{
	Code: "FD110", Name: "unlisted-node", Severity: Error,
	Summary: "A node is declared, but the cluster does not list it.",
	Flux:    "No file is generated for it; one generated earlier is removed, and with prune Flux deletes everything that it applied.",
	Fix:     "List the node in the cluster's Levels or Nodes, or delete the declaration.",
	Source:  "flux2 issues 3316 and 2421 (what the removal of a Kustomization deletes)",
	Check:   func(g *Graph) []Diagnostic { return g.faultsOf(faultUnlisted) },
}

func checkDependencyLevel(v *Vertex) []Diagnostic {
	var found []Diagnostic
	for i, e := range v.edges {
		// An edge inside a cycle is FD107's.
		if e.to == nil || v.declaredLevel < 0 || e.to.level >= v.level || e.to.declaredLevel < v.declaredLevel {
			continue
		}
		where := "a later level, " + e.to.levelTitle()
		if e.to.declaredLevel == v.declaredLevel {
			where = "the same level"
		}
		d := v.Report(itemField("dependsOn", i, ""), fmt.Sprintf("list %s in an earlier level than %s", e.key.name, v.object.Name),
			"stands in %s and depends on %s, which stands in %s: Flux knows no levels, and waits for it all the same", v.levelTitle(), e.to.Key(), where)
		d.Related = []Related{{Position: e.to.Position(), Message: e.to.Key() + " is declared here"}}
		found = append(found, d)
	}
	return found
}

// earliestLevel returns the level after the dependencies of v, and the
// dependency that asks for it. It is not known for a node with a dependency that
// is not in the graph, nor for one that FD108 asks to move.
func (g *Graph) earliestLevel(v *Vertex) (level int, last string, known bool) {
	last = "nothing"
	for _, e := range v.edges {
		switch {
		case e.to == nil:
			return 0, "", false
		case e.to != v && e.to.declaredLevel+1 > level:
			level, last = e.to.declaredLevel+1, "nothing beyond "+e.to.Key()
		}
	}
	for _, id := range g.rdeps[v.id] {
		if g.byID[id].declaredLevel <= v.declaredLevel {
			return 0, "", false
		}
	}
	return level, last, true
}

func (v *Vertex) levelTitle() string { return levelTitle(v.declaredLevel, v.levelName) }

// levelTitle names a level of the declaration.
func levelTitle(index int, name string) string {
	switch {
	case index < 0:
		return "Nodes"
	case name == "":
		return fmt.Sprintf("level %d", index)
	}
	return fmt.Sprintf("level %d (%s)", index, name)
}

func checkLevelDiffers(g *Graph) []Diagnostic {
	var found []Diagnostic
	for _, v := range g.vertices {
		earliest, last, known := g.earliestLevel(v)
		if !known || v.declaredLevel <= earliest {
			continue // right, or FD108's
		}
		where := levelTitle(earliest, g.cluster.Levels[earliest].Name)
		found = append(found, v.Report("", "list it in "+where+", or declare what else it waits for",
			"stands in %s, but waits for %s: Flux applies it with %s", v.levelTitle(), last, where))
	}
	return found
}

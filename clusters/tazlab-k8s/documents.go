package tazlabk8s

// What is generated beside the YAML attaches itself, as the policy does.
func init() { Cluster.Documents = []string{"README.md", "graph.svg"} }

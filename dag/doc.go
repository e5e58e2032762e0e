// Package dag is the graph that Flux reconciles, as typed Go values: the
// Kustomization objects of one cluster and the dependsOn edges between them.
//
// A graph is declared with package-level variables. [Declare] returns a [Ref],
// and a node depends on another by naming its Ref, so the Go compiler refuses a
// misspelt dependency ("undefined: operatorsCor") and a cycle ("initialization
// cycle for bridge") before anything runs:
//
//	var namespaces = dag.Declare(dag.Node{
//		Name:  "infrastructure-namespaces",
//		Path:  "./infrastructure/namespaces",
//		Ready: dag.WaitAll(),
//	})
//
//	var apps = dag.Declare(dag.Node{
//		Name:      "apps",
//		Path:      "./apps",
//		DependsOn: []dag.Ref{namespaces},
//	})
//
// A [Cluster] lists the nodes level by level and says what they share.
// [Resolve] turns it into an immutable [Graph]; [Graph.Check] judges that graph
// by the built-in rules ([Rules]) and the cluster's own policies.
//
// The package reads and writes nothing. Package gen turns a graph into YAML.
package dag

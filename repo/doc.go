// Package repo reads a Git repository as Flux does: it finds the sync roots,
// builds the path of every Kustomization with Flux's own library, collects the
// Kustomizations among what was built, and goes on with theirs. The result is
// one [dag.Graph] for each cluster, with positions in the author's files.
//
// Nothing is written, and nothing is fetched: what lies beyond the repository
// (another source, a remote base, a value that only the cluster knows) becomes
// a [dag.Boundary], never a guess.
package repo

// Package plan says what a change of a graph does in the cluster, before it is merged:
// what Flux will delete, create and reconcile, in order of danger, and in which order
// it rolls out.
//
// [Compare] is a pure function of two sides, each a graph and, where they are known, the
// objects that its nodes apply. [Destroy] is one of a single side.
package plan

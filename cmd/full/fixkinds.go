package full

import (
	"errors"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
)

// The kinds of entries that --fix takes out.
const (
	fixRedundant = "redundant" // what another dependency implies, or repeats
	fixNamespace = "namespace" // one that is the Kustomization's own
)

// fixKinds is the value of --fix: what it is to mend, or nothing where it is not given.
type fixKinds []string

func (k *fixKinds) String() string { return strings.Join(*k, ",") }

// Type is the name of the value in the flag's usage.
func (k *fixKinds) Type() string { return "KINDS" }

// Set takes a list of kinds.
func (k *fixKinds) Set(list string) error {
	for kind := range strings.SplitSeq(list, ",") {
		if kind != fixRedundant && kind != fixNamespace {
			return errors.New("use " + fixRedundant + ", " + fixNamespace + " or both with a comma between them")
		}
		if !slices.Contains(*k, kind) {
			*k = append(*k, kind)
		}
	}
	return nil
}

// has reports whether a kind is to be mended.
func (k *fixKinds) has(kind string) bool { return slices.Contains(*k, kind) }

// fixes counts what is taken out of a file.
type fixes struct{ redundant, namespaces int }

// String says how many there are of each kind.
func (f fixes) String() string {
	var parts []string
	if n := f.redundant; n > 0 {
		parts = append(parts, cli.Plural(n, "redundant dependency"))
	}
	if n := f.namespaces; n > 0 {
		parts = append(parts, cli.Plural(n, "own namespace"))
	}
	return strings.Join(parts, ", ")
}

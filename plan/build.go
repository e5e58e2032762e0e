package plan

import (
	"cmp"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// Build is what a Kustomization applies at a revision.
type Build struct {
	// Objects are those that are known.
	Objects []Object
	// Specs returns the Kustomization of that namespace/name among the objects as it is
	// applied, for [Side.Build]; nil where there is none. Where Specs is nil, none is known.
	Specs func(key string) *dag.Vertex
	// Beyond names what may hold more, such as the URL of a remote base.
	Beyond []string
	// Unknown is set where nothing is known at all.
	Unknown bool
	// Values tells apart what gives variables in the names of the objects that only the
	// cluster knows.
	Values string
	// Partial is set where something could not be read: Flux applies and deletes nothing
	// until that is mended.
	Partial bool
	// Fails is set where its path is not there: Flux applies and deletes nothing.
	Fails bool
}

// whole reports whether all that is applied is known.
func (b Build) whole() bool { return !b.Unknown && !b.Partial && !b.Fails && len(b.Beyond) == 0 }

// breaks reports whether Flux cannot build it.
func (b Build) breaks() bool { return b.Fails || b.Partial }

// elsewhere reports whether all that is built is in what is not known, as is another source.
func (b Build) elsewhere() bool { return len(b.Objects) == 0 && len(b.Beyond) > 0 }

// without are the objects that are certainly not among what is built.
func (b Build) without(objects []Object) []Object {
	if b.elsewhere() {
		return nil
	}
	return minus(objects, b.Objects)
}

// spec returns a Kustomization as a build has it, or nil where that is not known.
func (b Build) spec(key string) *dag.Vertex {
	if b.Specs == nil {
		return nil
	}
	return b.Specs(key)
}

// actsIn tells apart what a Kustomization does as a build has it.
func actsIn(b Build, key string) string {
	i := slices.IndexFunc(b.Objects, func(o Object) bool { return o.kustomization() == key })
	if i < 0 {
		return ""
	}
	return cmp.Or(b.Objects[i].Acts, b.Objects[i].Digest)
}

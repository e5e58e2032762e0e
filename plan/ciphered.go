package plan

import (
	"fmt"

	"github.com/tazlab/fluxdag/dag"
)

// Without spec.decryption Flux refuses a Secret only where it still sees that SOPS encrypted it. It
// drops the field sops before it looks (fluxcd/pkg/ssa: normalize.UnstructuredList;
// KustomizationReconciler.apply asks decryptor.IsEncryptedSecret behind that), and makes data of what
// is in stringData (normalizeSecret): the API server takes the encrypted text for the value.

// overwritten says which Secrets a node applies encrypted from now on that the cluster has as plain
// text: by the same node, or by the one that applied them before.
func (c *comparison) overwritten(v *dag.Vertex) {
	lost, _ := c.applyingCiphered(v)
	if len(lost) == 0 {
		return
	}
	effect := fmt.Sprintf("Flux overwrites %s with the encrypted text, as it stands in the files: what %s held is gone, and what uses %s fails.", verb(len(lost), "it", "these"), verb(len(lost), "it", "they"), verb(len(lost), "it", "them"))
	c.add(Change{Kind: Prune, Node: v.Key(), Position: v.Position(), Objects: named(lost), Effect: effect + " Set spec.decryption, as in the base.", traits: undeciphered})
}

// undeciphered says of the change by which a node applies Secrets that are new to the cluster which of
// them it applies encrypted.
func (c *comparison) undeciphered(change *Change, v *dag.Vertex) {
	if _, fresh := c.applyingCiphered(v); len(fresh) > 0 {
		change.traits |= undeciphered
		change.Effect += fmt.Sprintf(" %s %s encrypted, and spec.decryption is not set: Flux applies the encrypted text as it is.", few(named(fresh), maxNamed), verb(len(fresh), "is", "are"))
	}
}

// applyingCiphered are the Secrets that a node of head applies encrypted, where that is not so in the
// base: those that the base applies as plain text, and those that it does not apply.
func (c *comparison) applyingCiphered(v *dag.Vertex) (lost, fresh []Object) {
	key := v.Key()
	if v.Object().Spec.Decryption != nil || v.Object().Spec.Suspend || c.idle(key) || !c.reached(key) {
		return nil, nil
	}
	var mine map[identity]Object
	for _, o := range c.head.build(key).Objects {
		if !o.Ciphered {
			continue
		}
		if mine == nil {
			mine = byIdentity(c.base.build(key).Objects)
		}
		by, was := key, mine[o.identity()]
		if was.Name == "" {
			if by = c.base.owner(v, o); by != "" {
				was = byIdentity(c.base.build(by).Objects)[o.identity()]
			}
		}
		switch {
		case by == "":
			fresh = append(fresh, o)
		case o.Left || was.Ciphered && c.base.Graph.Lookup(by).Object().Spec.Decryption == nil: // it is left as it is, or is encrypted
		default:
			lost = append(lost, o)
		}
	}
	return lost, fresh
}

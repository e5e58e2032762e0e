package plan

// traits are what the steps after it, and the formats, have to know of a change beside its kind. What
// its effect says is for people: nothing goes by its words.
type traits uint16

const (
	harmless     traits = 1 << iota // of a path: Flux deletes nothing for it, or builds it later
	contested                       // another node, or HelmRelease, overwrites some of it in turns
	undeciphered                    // by it Flux applies encrypted text, for want of spec.decryption
	renews                          // Flux deletes its objects under their old names
	saysIdle                        // it says itself that Flux applies nothing of the node
	ofPruning                       // it is what the node prunes, or leaves, of what it applies no longer
	ofSparing                       // it is of objects that nothing uses any more, see spare
	ofPassing                       // it is of a node that changes hands for certain, see passed
)

func (c Change) is(t traits) bool { return c.traits&t != 0 }

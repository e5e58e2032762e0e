package plan

// taking is what goes along with something that a node applies.
type taking struct {
	use   // a CRD's group, a Namespace, a source, or what nodes run with
	users []string
	own   bool // the node is one itself
}

// soft reports whether something can be deleted in another order too: for its deletion
// no node needs its source or its variables, only to be reconciled before; an operator is
// known by its name only, and what runs volumes by the class that is applied with it.
func (t taking) soft() bool {
	return t.as == "source" || t.as == "values" || t.as == "operator" || t.volumes()
}

// volumes reports whether it is what volumes are of: a class, or what holds claims of it.
func (t taking) volumes() bool { return t.as == "class" || t.as == "claims" }

// holds reports whether it is the Namespace in which a node lies, which goes with it.
func (t taking) holds(key string) bool {
	namespace, _ := splitKey(key)
	return t.use == use{"", "namespace", namespace}
}

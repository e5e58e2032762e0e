package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// Allowance is a change that is meant: it counts for no check.
type Allowance struct {
	Kind Kind
	// Cluster is its name; empty where only one has such a change.
	Cluster string
	// Node is the namespace/name of the node, of a rename before or after it.
	Node string
}

// ParseAllowance reads KIND=NODE, with commas between several kinds; CLUSTER: before the node
// says which cluster's it is.
func ParseAllowance(text string) ([]Allowance, error) {
	list, where, found := strings.Cut(text, "=")
	if !found {
		return nil, fmt.Errorf("%q has no =", text)
	}
	kinds, err := ParseKinds(list)
	if err != nil {
		return nil, err
	}
	if strings.ContainsAny(where, "*?") {
		return nil, fmt.Errorf("%q is a pattern, and there are none: each node is named", where)
	}
	var a Allowance
	a.Node = where
	if i := strings.LastIndex(where, ":"); i >= 0 {
		a.Cluster, a.Node = where[:i], where[i+1:]
	}
	if namespace, name := splitKey(a.Node); namespace == "" || name == "" || strings.Contains(name, "/") || strings.HasPrefix(where, ":") {
		return nil, fmt.Errorf("%q is no namespace/name of a node", a.Node)
	}
	var all []Allowance
	for _, kind := range kinds {
		a.Kind = kind
		all = append(all, a)
	}
	return all, nil
}

// String is what ParseAllowance reads.
func (a Allowance) String() string {
	if a.Cluster != "" {
		return string(a.Kind) + "=" + a.Cluster + ":" + a.Node
	}
	return string(a.Kind) + "=" + a.Node
}

// NotAllowedError is an allowance of a change that does not happen, or that happens in several
// clusters.
type NotAllowedError struct {
	Allowance Allowance
	// Instead are allowances of what does happen: in each of several clusters, or else to that
	// node, or else of that kind.
	Instead []Allowance
	// Several is set where it happens in several clusters.
	Several bool
}

// Error says which it is.
func (e *NotAllowedError) Error() string {
	if e.Several {
		return fmt.Sprintf("%s is in several clusters", e.Allowance)
	}
	return fmt.Sprintf("%s does not happen", e.Allowance)
}

// Allow marks the changes that are meant. It returns an error for the first that says nothing:
// one that is left over from another change would let a later one through unseen.
func (p *Plan) Allow(allowances ...Allowance) error {
	var first error
	for _, a := range allowances {
		in := p.clustersWith(a)
		switch {
		case len(in) == 0:
			first = cmp.Or[error](first, &NotAllowedError{Allowance: a, Instead: p.alternatives(a)})
		case len(in) > 1:
			first = cmp.Or[error](first, &NotAllowedError{Allowance: a, Instead: in, Several: true})
		default:
			p.mark(in[0])
		}
	}
	return first
}

// clustersWith returns the allowance in each cluster that has such a change.
func (p *Plan) clustersWith(a Allowance) []Allowance {
	var in []Allowance
	for _, c := range p.Clusters {
		if a.Cluster != "" && a.Cluster != c.Name || !slices.ContainsFunc(c.Changes, a.means) {
			continue
		}
		in = with(in, Allowance{a.Kind, c.Name, a.Node})
	}
	return in
}

// means reports whether it is about a change of one of its clusters.
func (a Allowance) means(c Change) bool {
	return c.Kind == a.Kind && (c.Node == a.Node || c.From == a.Node)
}

// mark marks the changes of one cluster.
func (p *Plan) mark(a Allowance) {
	for _, c := range p.Clusters {
		for i := range c.Changes {
			if c.Name == a.Cluster && a.means(c.Changes[i]) {
				c.Changes[i].Allowed = true
			}
		}
	}
}

// alternatives lists what happens to the node, under its new name too, the most dangerous first; or
// else where a change of that kind happens. What is without danger no check asks for.
func (p *Plan) alternatives(a Allowance) []Allowance {
	var open, same, others []Allowance
	for _, c := range p.Clusters {
		for _, change := range c.Changes {
			other := Allowance{change.Kind, a.Cluster, change.Node}
			if a.Cluster != "" {
				other.Cluster = c.Name
			}
			if change.Node == a.Node || change.From == a.Node || c.renames(a.Node, change.Node) {
				if same = with(same, other); !change.Allowed {
					open = with(open, other)
				}
			} else if change.Kind == a.Kind {
				others = with(others, other)
			}
		}
	}
	if len(open) > 0 {
		same = open
	}
	slices.SortStableFunc(same, func(a, b Allowance) int { return cmp.Compare(rank[a.Kind], rank[b.Kind]) })
	if i := slices.IndexFunc(same, func(a Allowance) bool { return a.Kind.Severity() == dag.Information }); i > 0 {
		return same[:i]
	}
	if len(same) > 0 {
		return same
	}
	return others
}

// renames reports whether a change gives a node another name.
func (c ClusterPlan) renames(from, to string) bool {
	return slices.ContainsFunc(c.Changes, func(change Change) bool { return change.From == from && change.Node == to })
}

// with adds one that is not there yet.
func with(all []Allowance, a Allowance) []Allowance {
	if slices.Contains(all, a) {
		return all
	}
	return append(all, a)
}

// mark says of a change that it is allowed.
func (c Change) mark() string {
	if c.Allowed {
		return " (allowed)"
	}
	return ""
}

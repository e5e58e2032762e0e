package plan

import (
	"github.com/agext/levenshtein"
	"github.com/tazlab/fluxdag/internal/sibling"
)

// slip is how many letters of a name may be wrong for it to be a slip of another one.
func slip(name string) int { return min(2, len(name)/4) }

// near reports whether the second of two names may be a slip of the first: what is not near, a chart, a
// controller or a person may make under just that name.
func near(a, b string) bool {
	return levenshtein.Distance(a, b, nil) <= slip(b) && !sibling.Names(a, b)
}

// nearest finds what may be meant by a name that is not known: what has the nearest one, and of
// several the first.
type nearest struct {
	name  string
	found string // as it is told; nothing where nothing is near enough
	least int
}

func nearestTo(name string) nearest { return nearest{name: name, least: slip(name)} }

// offer takes something that is known, by its name and as it is told, if it is nearer.
func (n *nearest) offer(name, told string) {
	if more := len(name) - len(n.name); more > n.least || -more > n.least {
		return
	}
	d := levenshtein.Distance(name, n.name, nil)
	nearer := d < n.least || d == n.least && (n.found == "" || told < n.found)
	if name != "" && d > 0 && nearer && !sibling.Names(name, n.name) {
		n.found, n.least = told, d
	}
}

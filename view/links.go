package view

// links says which boxes of a drawing arrows lead to, from one lane into a later one.
type links struct {
	to   [][]int
	seen []bool // of each pair
}

func newLinks(boxes int) *links {
	return &links{make([][]int, boxes), make([]bool, boxes*boxes)}
}

// add reports whether the pair is new. Arrows within a lane and backwards imply nothing,
// and nothing implies them.
func (l *links) add(from, to int, boxes []box) bool {
	if at := from*len(l.to) + to; !l.seen[at] {
		l.seen[at] = true
		if boxes[from].lane < boxes[to].lane {
			l.to[from] = append(l.to[from], to)
		}
		return true
	}
	return false
}

// implied returns the pairs that a longer path connects.
func (l *links) implied() map[[2]int]bool {
	reached := make([][]bool, len(l.to)) // by a path
	var reach func(from int) []bool
	reach = func(from int) []bool {
		if reached[from] == nil {
			set := make([]bool, len(l.to))
			for _, to := range l.to[from] {
				set[to] = true
				for i, is := range reach(to) {
					set[i] = set[i] || is
				}
			}
			reached[from] = set
		}
		return reached[from]
	}
	implied := map[[2]int]bool{}
	for from, direct := range l.to {
		for _, to := range direct {
			for _, over := range direct {
				if over != to && reach(over)[to] {
					implied[[2]int{from, to}] = true
				}
			}
		}
	}
	return implied
}

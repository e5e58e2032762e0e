package bench

import (
	"math"

	"github.com/tazlab/fluxdag/view/layout"
)

type point struct{ x, y float64 }

// curve returns an edge of ours as it is drawn: bends with level ends, and straight lines.
func curve(points []layout.Point) []point {
	at := func(i int) point { return point{float64(points[i].X), float64(points[i].Y)} }
	line := []point{at(0)}
	for i := 1; i < len(points); i++ {
		p, q := at(i-1), at(i)
		if i%2 == 0 {
			line = append(line, q)
			continue
		}
		middle := (p.x + q.x) / 2
		line = append(line, bezier(p, point{middle, p.y}, point{middle, q.y}, q)...)
	}
	return line
}

const steps = 12

func bezier(a, b, c, d point) []point {
	var line []point
	for i := 1; i <= steps; i++ {
		t := float64(i) / steps
		s := 1 - t
		line = append(line, point{
			s*s*s*a.x + 3*s*s*t*b.x + 3*s*t*t*c.x + t*t*t*d.x,
			s*s*s*a.y + 3*s*s*t*b.y + 3*s*t*t*c.y + t*t*t*d.y,
		})
	}
	return line
}

// cuts counts the points in which two of the lines cut each other: not those in which
// they touch, begin or end, nor stretches on which they lie on each other.
func cuts(lines [][]point) int {
	count := 0
	for i, l := range lines {
		for _, m := range lines[:i] {
			for a := 1; a < len(l); a++ {
				for b := 1; b < len(m); b++ {
					if cut(l[a-1], l[a], m[b-1], m[b]) {
						count++
					}
				}
			}
		}
	}
	return count
}

func cut(a, b, c, d point) bool {
	if math.Max(a.x, b.x) < math.Min(c.x, d.x) || math.Max(c.x, d.x) < math.Min(a.x, b.x) {
		return false
	}
	const nothing = 1e-6
	side := func(p, q, r point) float64 { return (q.x-p.x)*(r.y-p.y) - (q.y-p.y)*(r.x-p.x) }
	s1, s2, s3, s4 := side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)
	return (s1 > nothing && s2 < -nothing || s1 < -nothing && s2 > nothing) && (s3 > nothing && s4 < -nothing || s3 < -nothing && s4 > nothing)
}

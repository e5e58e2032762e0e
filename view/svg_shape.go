package view

import (
	"fmt"
	"strings"

	"github.com/tazlab/fluxdag/view/layout"
)

// grown lets a picture of its own grow in a large window: up to twice as large as it is, as
// long as the window shows all of it; one that is too tall for that by half, where there is
// the width.
func grown(width, height int) string {
	least, to := width*11/10, fmt.Sprintf("max(%dpx,min(100%%,%dpx,98vh*%d/%d))", width, 2*width, width, height)
	if 5*height > 3*width {
		least = width * 3 / 2
		to = fmt.Sprintf("%dpx", least)
	}
	return fmt.Sprintf("@media (min-width:%dpx){.fluxdag:root{width:%s;margin:0 auto;display:block}}\n", least, to)
}

// curve writes the path of an edge: bends with level ends, and straight lines.
func (s *scene) curve(points []layout.Point) string {
	var b strings.Builder
	last := len(points) - 1
	back := last > 1 && points[2].X < points[1].X
	for i, p := range points {
		x1, y1 := s.left+p.X, s.top+p.Y
		if i == 0 {
			fmt.Fprintf(&b, "M%d %d", x1, y1)
			continue
		}
		x, y := s.left+points[i-1].X, s.top+points[i-1].Y
		switch middle := (x + x1) / 2; {
		case back && i == 1:
			fmt.Fprintf(&b, "H%dC%d %d %d %d %d %d", x1, x1+turnWidth, y, x1+turnWidth, y1, x1, y1)
		case back && i == last:
			fmt.Fprintf(&b, "C%d %d %d %d %d %d", x-turnWidth, y, x-turnWidth, y1, x1, y1)
		case i%2 == 0 || y == y1:
			fmt.Fprintf(&b, "H%d", x1)
		default:
			fmt.Fprintf(&b, "C%d %d %d %d %d %d", middle, y, middle, y1, x1, y1)
		}
	}
	return b.String()
}

// turnWidth is how far the handles of a bend reach in which an edge turns round.
const turnWidth = 26

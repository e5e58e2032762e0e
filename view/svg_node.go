package view

import (
	"cmp"
	"strings"
)

func (o *svg) node(s *scene, i int, prefix string) {
	b, p := &s.boxes[i], s.Nodes[i]
	x, y, width := s.left+p.X, s.top+p.Y, s.boxWidths[i]
	room := width - labelLeft - labelRight
	o.put("<g class=\"%s\" id=\"%sn%d\" data-box=\"%d\" tabindex=\"0\" role=\"%s\" aria-label=\"%s\">", b.classes(), prefix, i, i, cmp.Or(o.role, "img"), esc(s.spoken(b)))
	o.put("<title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"7\"/>", titleText(s.boxTitle(b)), x, y, width, boxHeight)
	if len(b.limits) > 0 {
		o.shelf(x+10, y+boxHeight, width-20)
	}
	o.sign(b.sign(), x+16, y+16)
	o.put("<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>", x+labelLeft, y+20, esc(shorten(b.caption(), codeWidth, room)))
	o.put("<text class=\"detail\" x=\"%d\" y=\"%d\">%s</text>", x+labelLeft, y+37, esc(cut(b.detail(), textWidth*9/10, room)))
	if severity := worst(b.findings); severity != 0 {
		o.put("<g class=\"badge %s\"><circle cx=\"%d\" cy=\"%d\" r=\"8\"/><text x=\"%d\" y=\"%d\">!</text></g>", severity, x+2, y+2, x+2, y+6)
	}
	o.put("</g>\n")
}

// sign draws the mark that says what makes a node ready.
func (o *svg) sign(kind string, x, y int) {
	switch kind {
	case "wait":
		o.put("<circle class=\"sign full\" cx=\"%d\" cy=\"%d\" r=\"5\"/>", x, y)
	case "healthChecks":
		o.put("<g class=\"sign\"><circle cx=\"%d\" cy=\"%d\" r=\"5\"/><circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"2\"/></g>", x, y, x, y)
	case "applied":
		o.put("<circle class=\"sign empty\" cx=\"%d\" cy=\"%d\" r=\"5\"/>", x, y)
	case "limit":
		o.put("<rect class=\"sign empty\" x=\"%d\" y=\"%d\" width=\"18\" height=\"9\" rx=\"2\"/>", x-9, y-7)
		o.shelf(x-6, y+2, 12)
	case "group":
		o.put("<path class=\"sign empty\" d=\"M%d %dh8v8h-8zM%d %dv-3h8v8h-3\"/>", x-6, y-2, x-3, y-2)
	}
}

// shelf draws the dashed edge of what lies under a box and is not followed.
func (o *svg) shelf(x, y, width int) {
	o.put("<path class=\"limit\" d=\"M%d %dv%dh%dv-%d\"/>", x, y, shelfHeight, width, shelfHeight)
}

func (o *svg) legend(l legendEntry, x, y int) {
	o.put("<g class=\"legend\">")
	o.key(l, x, y)
	o.put("<text class=\"soft\" x=\"%d\" y=\"%d\">%s</text></g>\n", x+legendText, y+4, esc(l.text))
}

// key draws what an entry of the legend explains.
func (o *svg) key(l legendEntry, x, y int) {
	if l.line != "" {
		o.put("<path class=\"key %s\" d=\"M%d %dh22\"/>", l.line, x, y)
	} else {
		o.sign(l.sign, x+11, y)
	}
}

// spoken is the name of a node for those who do not see it.
func (s *scene) spoken(b *box) string {
	words := []string{b.label}
	switch b.sign() {
	case "wait":
		words = append(words, "waits until healthy")
	case "healthChecks":
		words = append(words, plural(len(b.vertex.Object().Spec.HealthChecks), "health check"))
	}
	words = append(words, s.lanes[b.lane])
	if b.cycle {
		words = append(words, "in a cycle")
	}
	if note := limitNote(b.limits); note != "" {
		words = append(words, note)
	}
	if n := len(b.findings); n > 0 {
		words = append(words, plural(n, "finding"))
	}
	return strings.Join(words, ", ")
}

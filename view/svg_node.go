package view

import (
	"cmp"
	"strings"
)

func (o *svg) node(s *scene, i int, prefix string) {
	b, p, text := &s.boxes[i], s.Nodes[i], s.texts[i]
	x, y, width, height := s.left+p.X, s.top+p.Y, text.width, text.height()
	o.put("<g class=\"%s\" id=\"%sn%d\" data-box=\"%d\" tabindex=\"0\" role=\"%s\" aria-label=\"%s\">", b.classes(), prefix, i, i, cmp.Or(o.role, "img"), esc(s.spoken(b)))
	o.put("<title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"7\"/>", titleText(s.boxTitle(b)), x, y, width, height)
	if len(b.limits) > 0 {
		o.shelf(x+10, y+height, width-20)
	}
	o.sign(b.sign(), x+14, y+16)
	o.lines("label", text.label, x+labelLeft, y+20)
	o.lines("detail", text.detail, x+labelLeft, y+20+lineHeight*len(text.label))
	if severity := worst(b.findings); severity != 0 {
		o.put("<g class=\"badge %s\"><circle cx=\"%d\" cy=\"%d\" r=\"8\"/><text x=\"%d\" y=\"%d\">!</text></g>", severity, x+2, y+2, x+2, y+6)
	}
	o.put("</g>\n")
}

// lines writes a text of one line or of several.
func (o *svg) lines(class string, lines []string, x, y int) {
	if len(lines) == 0 {
		return
	}
	o.put("<text class=\"%s\" x=\"%d\" y=\"%d\">%s", class, x, y, esc(lines[0]))
	for _, line := range lines[1:] {
		o.put("<tspan x=\"%d\" dy=\"%d\">%s</tspan>", x, lineHeight, esc(line))
	}
	o.put("</text>")
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
	case "chosen", "found":
		o.put("<rect class=\"key %s\" x=\"%d\" y=\"%d\" width=\"20\" height=\"12\" rx=\"3\"/>", kind, x-9, y-6)
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
	if note := b.hiddenNote(); note != "" {
		words = append(words, note)
	}
	if note := limitNote(b.limits); note != "" {
		words = append(words, note)
	}
	if n := len(b.findings); n > 0 {
		words = append(words, plural(n, "finding"))
	}
	return strings.Join(words, ", ")
}

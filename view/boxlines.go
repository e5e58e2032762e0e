package view

import (
	"cmp"
	"strings"
)

// The sizes of a box, in pixels.
const (
	leastText   = 120 // room for texts in a box
	mostText    = 200
	labelLeft   = 26 // where texts begin in a box, behind the sign
	labelRight  = 8
	lineHeight  = 14
	boxPadding  = 18 // above and below the lines
	shelfHeight = 5  // of the dashed edge below a box of which not all is followed
)

// boxText is what a box says in a picture with lanes, line by line.
type boxText struct {
	label, detail []string
	width         int // of the box
}

// height returns the height of the box, which is even.
func (t boxText) height() int {
	return boxPadding + lineHeight*(len(t.label)+len(t.detail))
}

// texts breaks the texts of all boxes into lines. The names decide how wide a lane is: what
// more there is to say has to do with that.
func (d *drawing) texts() []boxText {
	texts := make([]boxText, len(d.boxes))
	room := make([]int, len(d.lanes))
	for i, b := range d.boxes {
		texts[i].label = labelLines(b.caption())
		for _, line := range texts[i].label {
			room[b.lane] = max(room[b.lane], leastText, (pixels(line, codeWidth)+1)/2*2)
		}
		switch {
		case b.members != nil:
			room[b.lane] = max(room[b.lane], (pixels(b.detail(), detailWidth)+1)/2*2)
		case b.vertex != nil && b.description() == "":
			room[b.lane] = max(room[b.lane], (pixels(b.pathLine(), detailWidth)+1)/2*2)
		}
	}
	for i, b := range d.boxes {
		texts[i].detail = b.detailLines(room[b.lane])
		if note := b.hiddenNote(); note != "" {
			texts[i].detail = append(texts[i].detail, cut(note, detailWidth, room[b.lane]))
		}
		texts[i].width = labelLeft + room[b.lane] + labelRight
	}
	return texts
}

const detailWidth = textWidth * 9 / 10

// detailLines returns what follows the name.
func (b box) detailLines(room int) []string {
	text := b.detail()
	switch {
	case b.members != nil:
		lines := []string{text}
		if len(b.parts) > 1 {
			lines = append(lines, wrap(strings.Join(b.parts, ", "), room, mostParts)...)
		}
		return lines
	case b.vertex != nil && b.description() == "":
		var lines []string
		if line := b.pathLine(); line != "" {
			lines = append(lines, line)
		}
		if b.vertex.Object().Spec.Suspend {
			lines = append(lines, "suspended")
		}
		return lines
	case b.vertex != nil && b.vertex.Object().Spec.Suspend:
		text = "suspended; " + text
	}
	return wrap(text, room, mostDetail)
}

// pathLine is the last two folders of a node's path, which say most of it, or the last one where
// both have no room: the same of the same path, wherever the node stands. It is empty where
// the last one is called like the node.
func (b box) pathLine() string {
	whole := cmp.Or(printable(b.vertex.Object().Spec.Path), "./")
	path := strings.TrimSuffix(strings.TrimPrefix(whole, "./"), "/")
	first, last := "", path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		first, last = path[:i], path[i+1:]
	}
	switch i := strings.LastIndexByte(first, '/'); {
	case last == printable(b.vertex.Object().Name):
		return ""
	case i >= 0:
		whole = "…/" + first[i+1:] + "/" + last
	}
	if first != "" && pixels(whole, detailWidth) > mostText {
		whole = "…/" + last
	}
	return shorten(whole, detailWidth, mostText)
}

// mostDetail is on up to how many lines a box says what it brings, and mostParts a group what
// it holds, of which there is no end.
const (
	mostDetail = 4
	mostParts  = 2
)

// wrap breaks a text between words into lines, of which the last one ends where the room
// does.
func wrap(text string, room, most int) []string {
	words := strings.Fields(text)
	var lines []string
	for len(words) > 0 {
		n := 1
		for n < len(words) && pixels(strings.Join(words[:n+1], " "), detailWidth) <= room {
			n++
		}
		if len(lines) == most-1 {
			n = len(words)
		}
		lines = append(lines, cut(strings.Join(words[:n], " "), detailWidth, room))
		words = words[n:]
	}
	return lines
}

// caption is the name of a box: of a group its folder.
func (b box) caption() string {
	switch {
	case b.members == nil:
		return b.label
	case b.key == "" && !b.outside:
		return "./"
	}
	return printable(cmp.Or(b.key, b.label))
}

// detail is what a box says below its name; of a group how many it holds.
func (b box) detail() string {
	switch {
	case b.outside:
		return "not in this graph"
	case b.cycle && b.members != nil:
		return plural(len(b.members), "Kustomization") + ", with a cycle"
	case b.vertex == nil:
		return plural(len(b.members), "Kustomization")
	}
	return cmp.Or(b.description(), printable(b.vertex.Object().Spec.Path), "./")
}

// description says on one line what a node brings, if its declaration does.
func (b box) description() string {
	return printable(strings.Join(strings.Fields(b.vertex.Description()), " "))
}

package view

// readable is how many boxes the pictures of all clusters may have together until they are
// folded.
const readable = 250

// folded is how many boxes folded pictures have together, more or less; fewest how many
// each of them may have all the same.
const (
	folded = 40
	fewest = 10
)

// sizeOf counts the boxes of all drawings.
func sizeOf(drawings []*drawing) int {
	size := 0
	for _, d := range drawings {
		size += len(d.boxes)
	}
	return size
}

// foldAll folds each drawing to its share.
func foldAll(drawings []*drawing) []*drawing {
	var all []*drawing
	for _, d := range drawings {
		all = append(all, d.fold(max(folded/len(drawings), fewest)))
	}
	return all
}

// wideRow is how wide a row of clusters may be: about the width of a window.
const wideRow = 1_280

// newScenes lays the drawings out, in rows: what is small stands side by side.
func newScenes(drawings []*drawing, page bool) []*scene {
	var scenes []*scene
	widest := wideRow
	for _, d := range drawings {
		s := newScene(d, page)
		widest = max(widest, s.width)
		scenes = append(scenes, s)
	}
	x, y, height := 0, 0, 0 // of what comes next, and of its row
	for _, s := range scenes {
		if x > 0 && x+s.width > widest {
			x, y, height = 0, y+height, 0
		}
		s.left, s.top = s.left+x, s.top+y
		x, height = x+s.width, max(height, s.height)
	}
	return scenes
}

// extent returns the right and the lower end of a scene.
func (s *scene) extent() (right, bottom int) {
	return s.left - pageMargin + s.width, s.top - headHeight - laneHeader + s.height
}

package view

import (
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// A picture does not know the fonts that it will be shown in, so texts are measured as
// they would be in a wide one, in tenths of a pixel.
const (
	codeWidth = 74 // a letter of 12 pixels of a monospaced font
	textWidth = 72 // a letter of 11 to 13 pixels of any other, in the mean
)

// units counts the letters of a text in hundredths. What is no ASCII comes from some
// other font, which may be as wide as it is high.
func units(s string) int {
	total, state := 0, -1
	for len(s) > 0 {
		var cluster string
		var columns int
		cluster, s, columns, state = uniseg.FirstGraphemeClusterInString(s, state)
		if len(cluster) == 1 && cluster[0] < utf8.RuneSelf {
			total += 100
		} else {
			total += max(170, 120*columns)
		}
	}
	return total
}

// pixels returns the width of a text whose letters have that width.
func pixels(s string, letter int) int { return (units(s)*letter + 999) / 1000 }

// cut returns a text that is at most so many pixels wide, without its end.
func cut(s string, letter, most int) string {
	if pixels(s, letter) <= most {
		return s
	}
	const dots = "…"
	room := most*1000/letter - units(dots)
	head := ""
	for rest, state := s, -1; len(rest) > 0; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if room -= units(cluster); room < 0 {
			break
		}
		head += cluster
	}
	return head + dots
}

// shorten returns a text that is at most so many pixels wide. What is taken out comes
// from behind the middle: names often differ at both ends.
func shorten(s string, letter, most int) string {
	if pixels(s, letter) <= most {
		return s
	}
	var clusters []string
	for rest, state := s, -1; len(rest) > 0; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		clusters = append(clusters, cluster)
	}
	const dots = "…"
	room := most*1000/letter - units(dots)
	head, tail := "", ""
	for i, j := 0, len(clusters)-1; i <= j; {
		if units(head) <= 2*units(tail) {
			if units(head+tail+clusters[i]) > room {
				break
			}
			head += clusters[i]
			i++
		} else {
			if units(head+clusters[j]+tail) > room {
				break
			}
			tail = clusters[j] + tail
			j--
		}
	}
	return head + dots + tail
}

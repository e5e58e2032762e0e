package view

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"

	"github.com/tazlab/fluxdag/dag"
)

// What GitHub's mermaid refuses to draw.
const (
	mostMermaidEdges = 500
	mostMermaidText  = 50_000
)

// writeMermaid writes the graphs as one mermaid flowchart, a subgraph for each level. An
// arrow leads from what is ready first to what waits for it. What mermaid would refuse
// because of its size is folded.
func writeMermaid(w io.Writer, clusters []Cluster) error {
	drawings := make([]*drawing, len(clusters))
	for i, c := range clusters {
		drawings[i] = newDrawing(c)
	}
	text, arrows := mermaidText(drawings)
	for room := 100; (len(text) > mostMermaidText || arrows > mostMermaidEdges) && room > 5; room /= 2 {
		for i, c := range clusters {
			drawings[i] = newDrawing(c).fold(room / len(clusters))
		}
		text, arrows = mermaidText(drawings)
	}
	_, err := io.WriteString(w, text)
	return err
}

// mermaidText returns the flowchart, and the number of its arrows.
func mermaidText(drawings []*drawing) (text string, arrows int) {
	var b strings.Builder
	m := mermaid{bufio.NewWriter(&b), 0, map[string][]string{}, map[string]bool{}}
	m.line("flowchart LR")
	for i, d := range drawings {
		if len(drawings) > 1 {
			m.line("  subgraph c%d[\"%s\"]", i, mermaidLabel(printable(d.Name)))
		}
		id := ""
		if len(drawings) > 1 {
			id = fmt.Sprintf("c%d", i)
		}
		m.drawing(d, id)
		if len(drawings) > 1 {
			m.line("  end")
		}
	}
	for _, class := range []struct{ name, style string }{
		{"wait", "stroke-width:3px"}, {"outside", "stroke-dasharray:4 3"},
		{"warning", "stroke:#9a6700,stroke-width:3px"}, {"error", "stroke:#cf222e,stroke-width:3px"},
	} {
		if m.classes[class.name] {
			m.line("  classDef %s %s", class.name, class.style)
		}
	}
	for _, color := range []string{"#cf222e", "#9a6700"} {
		if links := m.colored[color]; len(links) > 0 {
			m.line("  linkStyle %s stroke:%s,stroke-width:3px", strings.Join(links, ","), color)
		}
	}
	_ = m.Flush() // a strings.Builder takes everything
	return b.String(), m.arrows
}

type mermaid struct {
	*bufio.Writer
	arrows  int
	colored map[string][]string // the numbers of arrows, by color
	classes map[string]bool     // those that are used
}

func (m *mermaid) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

func (m *mermaid) drawing(d *drawing, id string) {
	lane := -1
	for i, b := range d.boxes {
		if b.lane != lane {
			if lane >= 0 {
				m.line("  end")
			}
			lane = b.lane
			m.line("  subgraph %sl%d[\"%s\"]", id, lane, mermaidLabel(d.lanes[lane]))
		}
		var lines []string
		for _, line := range b.lines() {
			lines = append(lines, mermaidLabel(line))
		}
		m.line("    %sn%d%s%s", id, i, mermaidShape(b, strings.Join(lines, "<br/>")), m.class(b))
	}
	if lane >= 0 {
		m.line("  end")
	}
	if rest := d.restLines(); len(rest) > 0 {
		for i, line := range rest {
			rest[i] = mermaidLabel(line)
		}
		m.line("  %sb[\"%s\"]%s", id, strings.Join(rest, "<br/>"), m.class(box{outside: true}))
	}
	for _, a := range d.arrows {
		note := ""
		if words := a.note(); words != "" {
			note = "|" + words + "|"
		}
		m.line("  %sn%d -->%s %sn%d", id, a.from, note, id, a.to)
		if color := dotColor(worst(a.findings), a.cycle); color != "" {
			m.colored[color] = append(m.colored[color], fmt.Sprint(m.arrows))
		}
		m.arrows++
	}
}

// mermaidShape says what makes a node ready: rounded ends for health checks.
func mermaidShape(b box, label string) string {
	if b.vertex != nil && readiness(&b.vertex.Object().Spec) == "healthChecks" {
		return `(["` + label + `"])`
	}
	return `["` + label + `"]`
}

// class returns the class of a box, for behind it.
func (m *mermaid) class(b box) string {
	class := ""
	s := worst(b.findings)
	switch {
	case b.outside:
		class = "outside"
	case s == dag.Error || b.cycle:
		class = "error"
	case s == dag.Warning:
		class = "warning"
	case b.vertex != nil && readiness(&b.vertex.Object().Spec) != "applied":
		class = "wait"
	default:
		return ""
	}
	m.classes[class] = true
	return ":::" + class
}

// listItem is what mermaid takes for a list in Markdown, and refuses.
var listItem = regexp.MustCompile(`^(?:[-+*]|[0-9]+[.)])\s`)

// mermaidLabel escapes a printable text for a quoted label: everything but letters,
// digits and what means nothing, as the number of the character.
func mermaidLabel(s string) string {
	all := listItem.MatchString(s)
	var b strings.Builder
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || !all && strings.ContainsRune(" -./:,()", r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

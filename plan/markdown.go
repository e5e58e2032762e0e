package plan

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// maxComment is how large a comment may get. GitHub refuses one of more than 65,536
// characters.
const maxComment = 60_000

// Marker begins every comment, so that the next one can take its place. GitHub does not show
// it.
const Marker = "<!-- fluxdag plan -->"

// Markdown writes a plan as the comment on a pull request: what is dangerous first, the
// rest folded. It is never larger than 60,000 bytes: what has no room is counted. Text
// from the repository is escaped, so that it can give neither Markdown nor HTML orders,
// nor call for people.
func Markdown(w io.Writer, p *Plan) error {
	m := &markdown{}
	m.WriteString(Marker + "\n")
	m.put("### fluxdag plan: " + code(p.Base.String()) + " → " + code(p.Head.String()) + "\n")
	// Each cluster has its share of the room, and what one leaves goes to the next.
	for i, c := range p.Clusters {
		m.limit = m.Len() + (maxComment-reserve-m.Len())/(len(p.Clusters)-i)
		m.cluster(c)
	}
	if len(p.Clusters) == 0 {
		m.put("\nNo cluster.\n")
	}
	if m.left > 0 {
		m.WriteString(fmt.Sprintf("\n%s had no room here: <code>fluxdag plan</code> shows all.\n", plural(m.left, "part")))
	}
	_, err := w.Write(m.Bytes())
	return err
}

// reserve is room for what closes a comment.
const reserve = 400

type markdown struct {
	bytes.Buffer
	limit, left int
}

// put writes a part whole, or not at all.
func (m *markdown) put(part string) bool {
	if m.limit > 0 && m.Len()+len(part) > m.limit {
		m.left++
		return false
	}
	m.WriteString(part)
	return true
}

// maxOpen is how many changes without danger are shown without a click.
const maxOpen = 3

func (m *markdown) cluster(c ClusterPlan) {
	if !m.put("\n#### " + code(c.Name) + ": " + escape(c.Summary()) + "\n") {
		return
	}
	for _, d := range c.Unread {
		m.put("\n- ⚠️ not read (" + d.Side + "): " + code(d.Position.String()) + " " + escape(d.reason()) + "\n")
	}
	for _, note := range c.Notes {
		m.put("\n- " + escape(note) + "\n")
	}
	var calm []group
	n := 0
	for _, change := range grouped(c.Changes) {
		if change.dangerous() {
			m.group(change)
			continue
		}
		calm = append(calm, change)
		n += max(1, len(change.members))
	}
	if len(calm) > maxOpen {
		m.fold(fmt.Sprintf("%s without danger", plural(n, "change")), len(calm), func(i int) { m.group(calm[i]) })
	} else {
		for _, change := range calm { // a bump is all that most pull requests are
			m.group(change)
		}
	}
	if len(c.Changes) > 0 && c.Rollout.changes() {
		lines := c.Rollout.lines()
		m.fold("Rollout", len(lines), func(i int) {
			if i == 0 {
				m.put("\n" + escape(lines[i].text) + "\n")
				return
			}
			m.put("\n- " + escape(strings.TrimSpace(lines[i].lead)+" "+lines[i].text) + "\n")
		})
	}
	m.objects(c.Changes)
}

// objects writes, folded and behind all that is more urgent, the objects that are deleted where
// only some of them were named.
func (m *markdown) objects(changes []Change) {
	var all [][]string
	for _, c := range changes {
		if c.severity() == dag.Error && len(c.Objects) > maxNamed+1 {
			all = append(all, c.pieces(400))
		}
	}
	m.fold("All objects that are deleted", len(all), func(i int) {
		part := "\n- "
		for n, piece := range all[i] {
			if n > 0 {
				part += "<br>"
			}
			part += code(piece)
		}
		m.put(part + "\n")
	})
}

// pieces names all objects of a change, in texts of about such a length.
func (c Change) pieces(length int) []string {
	var all []string
	line := c.title() + ":"
	for _, o := range c.Objects {
		if len(line)+len(o) > length {
			all, line = append(all, line), ""
		}
		line = strings.TrimSpace(line+" "+o) + ","
	}
	return append(all, strings.TrimSuffix(line, ","))
}

// fold writes parts that only a click shows.
func (m *markdown) fold(title string, n int, part func(i int)) {
	const end = "\n</details>\n"
	if n == 0 || !m.put("\n<details><summary>"+escape(title)+"</summary>\n") {
		return
	}
	m.limit -= len(end)
	for i := range n {
		part(i)
	}
	m.limit += len(end)
	m.WriteString(end)
}

package plan

import (
	"fmt"
	"io"
	"strings"
)

// DestroyMarkdown writes teardowns as lists to tick off, for an issue. It is as large and as
// safe as [Markdown]: what has no room is counted.
func DestroyMarkdown(w io.Writer, all []Teardown) error {
	m := &markdown{}
	m.put("### fluxdag plan --destroy\n")
	for i, d := range all {
		m.limit = m.Len() + (maxComment-reserve-m.Len())/(len(all)-i)
		m.teardown(d)
	}
	if m.left > 0 {
		m.WriteString(fmt.Sprintf("\n%s had no room here: <code>fluxdag plan --destroy</code> shows all, so do not work from this list.\n", plural(m.left, "part")))
	}
	_, err := w.Write(m.Bytes())
	return err
}

func (m *markdown) teardown(d Teardown) {
	m.put("\n#### " + code(d.Name) + ": " + escape(d.Summary()) + "\n")
	for _, u := range d.Unread {
		m.put("\n- ⚠️ not read: " + code(u.Position.String()) + " " + escape(u.Message) + "\n")
	}
	for _, note := range d.Notes {
		m.put("\n- " + escape(note) + "\n")
	}
	if len(d.Prepare) > 0 {
		m.put("\n#### First\n")
		m.box("Set <code>deletionPolicy: WaitForTermination</code>, and let Flux apply it, on", d.Prepare)
		m.box("Where no commit is known to reach them:", d.Patch)
		m.box("Wait:", d.Prepared)
	}
	for i, stage := range d.Stages {
		m.stage(i+1, stage)
	}
}

func (m *markdown) stage(n int, stage Removal) {
	m.put(fmt.Sprintf("\n#### Stage %d\n", n))
	if stage.Circle {
		m.put("\n" + circular + "\n")
	}
	for _, r := range stage.Nodes {
		m.put("\n- [ ] Delete " + escape(r.text()) + r.remarks() + "\n")
	}
	lists, reasons := stage.beside()
	m.box("Take their files out of the resources of", lists)
	if len(reasons) > 0 {
		m.box("When Flux has the commit, delete what it leaves ("+escape(strings.Join(reasons, "; "))+"):", stage.Delete)
	}
	m.box("Wait:", stage.Wait)
}

// box writes something to tick off, with what it is about, whole: commands are copied.
func (m *markdown) box(text string, items []string) {
	if len(items) == 0 {
		return
	}
	var b strings.Builder
	for _, item := range items {
		words := strings.Split(item, " ")
		for i, word := range words {
			words[i] = printable(word)
		}
		b.WriteString("<br><code>" + whole(strings.Join(words, " ")) + "</code>")
	}
	m.put("\n- [ ] " + text + b.String() + "\n")
}

// remarks says what to mind of a node that goes.
func (r Removed) remarks() string {
	var b strings.Builder
	if len(r.Clusters) > 0 {
		b.WriteString("<br>Its file is part of " + code(few(r.Clusters, maxNamed)) + " too: leave it there, and out of what this cluster builds.")
	}
	if known := subtract(r.Custom, r.Undefined); len(known) > 0 {
		b.WriteString("<br>An operator has to run until these are gone: " + code(few(known, maxNamed)))
	}
	if len(r.Undefined) > 0 {
		b.WriteString("<br>An operator not known here has to run until these are gone: " + code(few(r.Undefined, maxNamed)))
	}
	return b.String()
}

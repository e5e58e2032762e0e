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
		m.put("\n- " + uncut(note) + "\n")
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
	for i, r := range stage.Releases {
		if i == 0 {
			m.put("\nTo uninstall first: " + uncut(releasing) + "\n")
		}
		m.put("\n- [ ] " + uncut(r.text(few)) + "\n")
	}
	if len(stage.Releases) > 0 {
		m.box("When Flux has the commit, delete what it leaves:", stage.Delete)
	}
	for _, r := range stage.Nodes {
		m.put("\n- [ ] Delete " + uncut(r.text()) + r.remarksMarkdown() + "\n")
	}
	lists, reasons := stage.beside()
	m.box("Take their files out of the resources of", lists)
	if len(reasons) > 0 {
		m.box("When Flux has the commit, delete what it leaves ("+uncut(strings.Join(reasons, "; "))+"):", stage.Delete)
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
		b.WriteString("<br><code>" + whole(printableWords(item)) + "</code>")
	}
	m.put("\n- [ ] " + text + b.String() + "\n")
}

// uncut is escape of a text of any length: what is to be minded is shown to its end.
func uncut(text string) string { return inCode(whole(printableWords(text))) }

// printableWords is printable of a text of any length.
func printableWords(text string) string {
	words := strings.Split(text, " ")
	for i, word := range words {
		words[i] = printable(word)
	}
	return strings.Join(words, " ")
}

func (r Removed) remarksMarkdown() string {
	var b strings.Builder
	for _, remark := range r.remarks(few) {
		b.WriteString("<br>" + uncut(remark))
	}
	return b.String()
}

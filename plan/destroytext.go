package plan

import (
	"fmt"
	"io"
	"strings"
)

// DestroyText writes teardowns for a terminal.
func DestroyText(w io.Writer, all []Teardown) error {
	t := &teardownPrinter{printer: newPrinter(w)}
	for i, d := range all {
		if i > 0 {
			t.line("")
		}
		t.teardown(d)
	}
	return t.Flush()
}

// DestroyJSON writes teardowns as docs/plan.schema.json describes them.
func DestroyJSON(w io.Writer, all []Teardown) error {
	return encode(w, struct {
		Teardowns []Teardown `json:"teardowns"`
	}{append([]Teardown{}, all...)})
}

// teardownPrinter tells, once, how to see what is cut short.
type teardownPrinter struct {
	*printer
	cut bool
}

// few names as many as a text has room for.
func (t *teardownPrinter) few(names []string, most int) string {
	if len(names) <= most+1 {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + " and " + t.more(len(names)-most)
}

func (t *teardownPrinter) more(n int) string {
	if t.cut {
		return fmt.Sprintf("%d more", n)
	}
	t.cut = true
	return fmt.Sprintf("%d more (-o json shows all)", n)
}

func (t *teardownPrinter) teardown(d Teardown) {
	t.wrap("", "  ", d.Name+" ("+d.Root+"): "+d.Summary())
	for _, u := range d.Unread {
		t.wrap("  not read: ", "    ", fmt.Sprintf("%s: %s (%s)", u.Position, u.Message, u.Code))
	}
	for _, note := range d.Notes {
		t.uncut("  note: ", "    ", note)
	}
	if len(d.Prepare) > 0 {
		t.line("")
		t.line("first: set deletionPolicy: WaitForTermination, and let Flux apply it, on")
		t.uncut("  ", "  ", strings.Join(d.Prepare, ", "))
		t.line("  (in a declaration: DeletionPolicy in each one's Extra, or for all in Defaults.Extra)")
		t.commands("  where no commit is known to reach them:", d.Patch)
		t.commands("  then wait:", d.Prepared)
	}
	for i, stage := range d.Stages {
		t.line("")
		t.stage(i+1, stage)
	}
}

// uncut is wrap of a text of any length.
func (t *teardownPrinter) uncut(lead, hang, text string) {
	t.words(lead, hang, strings.Fields(printableWords(text)))
}

func (t *teardownPrinter) stage(n int, stage Removal) {
	if len(stage.Releases) > 0 {
		t.releases(n, stage)
		return
	}
	t.line(fmt.Sprintf("stage %d: delete", n))
	if stage.Circle {
		t.wrap("  ", "  ", circular)
	}
	for _, r := range stage.Nodes {
		t.removed(r)
	}
	lists, reasons := stage.beside()
	t.lists(lists)
	if len(reasons) > 0 {
		t.wrap("  when Flux has the commit, delete what it leaves ", "    ", "("+strings.Join(reasons, "; ")+"):")
		t.commands("", stage.Delete)
	}
	t.commands("  then wait:", stage.Wait)
}

// releases writes the stage in which HelmReleases go before their nodes.
func (t *teardownPrinter) releases(n int, stage Removal) {
	t.wrap(fmt.Sprintf("stage %d: ", n), "  ", releasing)
	for _, r := range stage.Releases {
		t.wrap("  ", "    ", r.text(t.few))
	}
	t.commands("  when Flux has the commit, delete what it leaves:", stage.Delete)
	t.commands("  then wait:", stage.Wait)
}

// lists says which kustomization.yamls list the files that go.
func (t *teardownPrinter) lists(names []string) {
	const lead = "and take their files out of the resources of "
	if len(names) <= 1 {
		for _, name := range names {
			t.wrap("  ", "    ", lead+name)
		}
		return
	}
	t.line("  " + lead + "these:")
	for i, name := range names {
		if i == maxNamed && len(names) > maxNamed+1 {
			t.line("    and " + t.more(len(names)-maxNamed))
			return
		}
		t.wrap("    ", "      ", name)
	}
}

// commands writes commands under a heading.
func (t *teardownPrinter) commands(heading string, commands []string) {
	if heading != "" && len(commands) > 0 {
		t.line(heading)
	}
	for _, c := range commands {
		t.command("    ", c)
	}
}

func (t *teardownPrinter) removed(r Removed) {
	t.wrap("  ", "    ", r.text())
	for _, remark := range r.remarks(t.few) {
		t.wrap("    ", "      ", remark)
	}
}

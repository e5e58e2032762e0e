package plan

import (
	"fmt"
	"io"
)

// DestroyText writes teardowns for a terminal.
func DestroyText(w io.Writer, all []Teardown) error {
	t := newPrinter(w)
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

func (t *printer) teardown(d Teardown) {
	n := 0
	for _, stage := range d.Stages {
		n += len(stage.Nodes)
	}
	t.wrap("", "  ", fmt.Sprintf("%s (%s): %s, in %s, each a commit of its own", d.Name, d.Root, plural(n, "node"), plural(len(d.Stages), "stage")))
	for _, note := range d.Notes {
		t.wrap("  note: ", "    ", note)
	}
	if len(d.Prepare) > 0 {
		t.line("")
		t.line("first: set deletionPolicy: WaitForTermination, and let Flux apply it, on")
		t.wrap("  ", "  ", few(d.Prepare, 30))
		t.line("  (in a declaration: DeletionPolicy in each one's Extra, or for all in Defaults.Extra)")
	}
	for i, stage := range d.Stages {
		t.line("")
		t.line(fmt.Sprintf("stage %d: delete", i+1))
		if stage.Circle {
			t.wrap("  ", "  ", "These wait for each other: no order is right, and Flux deletes them in any.")
		}
		for _, r := range stage.Nodes {
			t.removed(r)
		}
		t.line("  then wait:")
		for _, wait := range stage.Wait {
			t.command("    ", wait)
		}
	}
}

func (t *printer) removed(r Removed) {
	text := r.Node
	if r.Position.File != "" {
		text += " (" + r.Position.String() + ")"
	}
	if r.Because != "" {
		text += ", which needs " + r.Because
	}
	if r.Stays != "" {
		text += "; what it applied stays: " + r.Stays
	}
	t.wrap("  ", "    ", text)
	if len(r.Custom) > 0 {
		t.wrap("    needs its operator to go: ", "      ", few(r.Custom, maxNamed))
	}
}

package gen

import (
	"bytes"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"github.com/tazlab/fluxdag/dag"
)

// ChangeKind says how a folder differs from the files that it should hold.
type ChangeKind string

// The kinds of change.
const (
	// Missing is a declared file that is not there.
	Missing ChangeKind = "missing"
	// Changed is a file of ours with other content.
	Changed ChangeKind = "changed"
	// Stale is a file of ours that is no longer declared.
	Stale ChangeKind = "stale"
	// Foreign is something that is not ours where one of our files must go.
	Foreign ChangeKind = "foreign"
	// Leftover is the temporary file of a run that was killed. It is no drift.
	Leftover ChangeKind = "leftover"
)

// Change is one difference between a folder and the files that it should hold.
type Change struct {
	Kind ChangeKind
	// Path is slash-separated and relative to the root of the repository.
	Path string
	// Node is the namespace/name of the Kustomization that belongs there;
	// empty for what is stale or left over.
	Node string
	// Old is what is there, nil when nothing is; New what should be, nil when
	// nothing should.
	Old, New []byte
	// Conflict is set on a changed file that holds merge-conflict markers.
	Conflict bool
	// Reason says why a foreign file is not ours.
	Reason string

	regular   bool // the path is a regular file
	adoptable bool // and holds nothing that adopting it would lose
}

// Diff returns the change as a unified diff that git apply takes; it is empty
// for what is no regular file.
func (c Change) Diff() string {
	if c.Kind == Foreign && !c.regular {
		return ""
	}
	from, to := "a/"+c.Path, "b/"+c.Path
	if c.Old == nil {
		from = "/dev/null"
	}
	if c.New == nil {
		to = "/dev/null"
	}
	return udiff.Unified(from, to, string(c.Old), string(c.New))
}

// Diagnostic returns the change as a finding.
func (c Change) Diagnostic() dag.Diagnostic {
	i := slices.IndexFunc(drift, func(d driftRule) bool { return d.kind == c.Kind })
	if i < 0 {
		return dag.Diagnostic{}
	}
	d := dag.Diagnostic{
		Code: drift[i].rule.Code, Severity: drift[i].rule.Severity,
		Position: dag.Position{File: c.Path, Line: firstDifference(c.Old, c.New)}, Node: c.Node,
		Message: drift[i].message, Hint: drift[i].hint,
	}
	if c.Conflict {
		d.Message = "holds merge-conflict markers: Flux cannot read it, and stops updating the whole folder"
		d.Position.Line = conflictLine(c.Old)
	}
	if isDocument(c.Path) {
		c.sayOfDocument(&d)
	}
	if c.Reason != "" {
		d.Message = c.Reason
	}
	switch {
	case c.Kind == Foreign && !c.regular:
		d.Hint = "remove it, or give the node another name or File"
	case c.Kind == Foreign && !c.adoptable:
		d.Hint = "move what else it holds to a file of its own, or give the node another File"
	}
	return d
}

type driftRule struct {
	kind          ChangeKind
	rule          dag.Rule
	message, hint string
}

const (
	healHint  = "run generate; to keep an edit, make it in the declaration"
	adoptHint = "move it away, or run generate --adopt to replace it"
)

var drift = []driftRule{{Missing, dag.Rule{
	Code: "FD301", Name: "missing-file", Severity: dag.Error,
	Summary: "A declared Kustomization has no file.",
	Flux:    "The Kustomization is not in the cluster; if it was, Flux has removed it and, with prune, everything that it applied.",
	Fix:     "Run generate and commit the file.",
	Source:  "the drift check",
}, "missing: the declaration asks for this file", "run generate"}, {Changed, dag.Rule{
	Code: "FD302", Name: "changed-file", Severity: dag.Error,
	Summary: "A generated file differs from what the declaration generates.",
	Flux:    "Flux applies the file, not the declaration; the next generate undoes the edit.",
	Fix:     "Make the edit in the declaration and run generate.",
	Source:  "the drift check",
}, "changed: differs from what the declaration generates", healHint}, {Stale, dag.Rule{
	Code: "FD303", Name: "stale-file", Severity: dag.Error,
	Summary: "A generated file belongs to a node that is no longer declared.",
	Flux:    "Flux goes on reconciling the Kustomization.",
	Fix:     "Run generate, which removes the file; with prune on, Flux then deletes what it applied.",
	Source:  "the drift check",
}, "stale: no longer declared", "run generate to remove it; with prune on, Flux then deletes what it applied"}, {Foreign, dag.Rule{
	Code: "FD304", Name: "foreign-file", Severity: dag.Error,
	Summary: "Something that fluxdag did not write stands where a generated file must go.",
	Flux:    "Flux applies what stands there.",
	Fix:     "Move it away, or run generate --adopt to replace it. A file that holds other objects than the node's own cannot be adopted: they would be gone, and Flux would prune them.",
	Source:  "the mark of ownership in the first line of every generated file",
}, "not written by fluxdag, and stands where a generated file must go", adoptHint}}

// Owned reports whether content carries our mark. So does what nobody wrote: an
// empty file, the beginning of a mark that a crash cut off, and a merge conflict
// between two versions of ours.
func Owned(data []byte) bool {
	if conflictLine(data) == 1 {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	line, _, whole := strings.Cut(string(data), "\n")
	line = bare(strings.TrimSuffix(line, "\r"))
	if !whole && strings.HasPrefix(markStart, line[:min(len(line), len(markStart))]) {
		return true
	}
	return strings.HasPrefix(line, markStart) && strings.HasSuffix(line, markEnd)
}

// wholeMark reports whether content carries our mark to its end. What is empty or cut
// off is taken for ours only under a name of ours.
func wholeMark(data []byte) bool { return bytes.Contains(data, []byte(markEnd)) && Owned(data) }

// conflictLine returns the line of the first merge-conflict marker, or 0.
func conflictLine(data []byte) int {
	for i, line := range bytes.Split(data, []byte("\n")) {
		if bytes.HasPrefix(line, []byte("<<<<<<< ")) {
			return i + 1
		}
	}
	return 0
}

// firstDifference returns the first line of old that is not as it should be, or
// 0 where there is nothing to point at.
func firstDifference(old, want []byte) int {
	if len(old) == 0 {
		return 0
	}
	wanted := bytes.Split(want, []byte("\n"))
	for i, line := range bytes.Split(old, []byte("\n")) {
		if i >= len(wanted) || !bytes.Equal(bytes.TrimSuffix(line, []byte("\r")), wanted[i]) {
			return i + 1
		}
	}
	return 1
}

// same compares contents; git may have checked a file out with CRLF.
func same(a, b []byte) bool {
	return bytes.Equal(a, b) || bytes.Equal(bytes.ReplaceAll(a, []byte("\r\n"), []byte("\n")), b)
}

// Declaration returns the file, or the folder, that the mark in the first line of
// a generated file names as what it was generated from; nothing where there is no
// whole mark.
func Declaration(data []byte) string {
	line, _, _ := strings.Cut(string(data), "\n")
	from, ours := strings.CutPrefix(bare(strings.TrimSuffix(line, "\r")), markStart)
	from, whole := strings.CutSuffix(from, markEnd)
	if !ours || !whole {
		return ""
	}
	return from
}

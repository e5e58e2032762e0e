// Package cli is what every verb shares with the others: exit codes, errors that
// end in what to do, and the flags and arguments that cobra does not check itself.
package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/internal/terminal"
)

// The exit codes.
const (
	ExitClean    = 0
	ExitFindings = 1
	ExitFailure  = 2
)

// ErrFindings ends a verb with [ExitFindings] when it has said all there is to
// say.
var ErrFindings = errors.New("findings")

// hinted is an error with one thing to do about it.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// Hint returns err with one thing to do about it, which [Run] prints on a line of
// its own.
func Hint(err error, hint string) error { return hinted{err, hint} }

func hintOf(err error) string {
	if h, ok := errors.AsType[hinted](err); ok {
		return h.hint
	}
	if p, ok := errors.AsType[*gen.PathError](err); ok {
		return p.Hint
	}
	return ""
}

// Run executes a command line and returns the exit code. An error is printed on
// stderr with its hint; that the output cannot be written is one too, so that no
// verb need look.
func Run(root *cobra.Command, args []string, stdout, stderr io.Writer) int {
	out := &output{w: stdout}
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(stderr)
	err := root.Execute()
	switch {
	case out.err != nil:
		err = fmt.Errorf("cannot write the output: %w", out.err)
	case err == nil:
		return ExitClean
	case errors.Is(err, ErrFindings):
		return ExitFindings
	}
	fmt.Fprintf(stderr, "%s: %s\n", root.DisplayName(), terminal.Lines(err.Error()))
	if hint := hintOf(err); hint != "" {
		fmt.Fprintf(stderr, "hint: %s\n", terminal.Lines(hint))
	}
	return ExitFailure
}

// output remembers that writing failed.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(data []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(data)
	o.err = err
	return n, err
}

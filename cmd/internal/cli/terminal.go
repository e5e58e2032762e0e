package cli

import (
	"io"
	"os"

	"golang.org/x/term"
)

// Terminal reports whether what is written to w appears on a terminal.
func Terminal(w io.Writer) bool {
	if o, ok := w.(*output); ok {
		w = o.w
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

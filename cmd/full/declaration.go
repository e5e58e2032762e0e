package full

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/cmd/internal/report"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// finish writes the declaration, to a folder only where nothing is missing in it or
// where that is accepted.
func (i *importing) finish(c *cobra.Command, g *dag.Graph, comments map[string]map[string][]string, missing dag.Diagnostics) error {
	files, err := gen.Go(g, gen.GoOptions{Generate: i.generate, Comments: comments})
	if err != nil {
		return err
	}
	refused := len(missing) > 0 && !i.partial
	switch {
	case i.output == "":
		err = printGo(c.OutOrStdout(), files)
	case !refused:
		err = i.write(c.ErrOrStderr(), files)
	}
	if err == nil && len(missing) > 0 {
		return i.reportMissing(c.ErrOrStderr(), g.Name(), missing)
	}
	return err
}

// reportMissing says that the declaration has holes, last of all: it is an error
// unless that is accepted.
func (i *importing) reportMissing(w io.Writer, name string, missing dag.Diagnostics) error {
	fmt.Fprintf(w, "incomplete: %s could not be read whole (%s): the declaration lacks what is behind that\n", name, report.Count(missing))
	if i.partial {
		return nil
	}
	if i.output != "" {
		fmt.Fprintln(w, "nothing was written")
	}
	if i.verify {
		fmt.Fprintln(w, notRead)
	}
	fmt.Fprintln(w, "hint: mend the errors above, or take what could be read with --partial")
	return cli.ErrFindings
}

const notRead = "not verified: the cluster could not be read whole"

func printGo(w io.Writer, files []gen.GoFile) error {
	for _, file := range files {
		if len(files) > 1 {
			fmt.Fprintf(w, "// === %s ===\n\n", file.Name)
		}
		if _, err := w.Write(file.Data); err != nil {
			return err
		}
	}
	return nil
}

// write writes the declaration; it replaces nothing.
func (i *importing) write(w io.Writer, files []gen.GoFile) error {
	for _, file := range files {
		target := filepath.Join(i.output, file.Name)
		switch data, err := os.ReadFile(target); {
		case err == nil && string(data) != string(file.Data):
			return cli.Hint(fmt.Errorf("%s exists, with other content: nothing was written", target), "move it away, or choose another --output")
		case err != nil && !errors.Is(err, os.ErrNotExist):
			return cli.Hint(err, "choose another --output")
		}
	}
	if err := os.MkdirAll(i.output, 0o755); err != nil {
		return cli.Hint(err, "choose another --output")
	}
	for _, file := range files {
		target := filepath.Join(i.output, file.Name)
		if err := os.WriteFile(target, file.Data, 0o644); err != nil {
			return err
		}
		fmt.Fprintln(w, "wrote", target)
	}
	return nil
}

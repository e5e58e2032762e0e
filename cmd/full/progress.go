package full

import (
	"cmp"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
)

// progress is a bar on a terminal, for work that takes more than a second.
type progress struct {
	w     io.Writer // nil where there is no bar
	bar   *progressbar.ProgressBar
	start time.Time
}

func newProgress(w io.Writer) *progress {
	if !cli.Terminal(w) {
		return &progress{}
	}
	return &progress{w: w, start: time.Now()}
}

func (p *progress) show(cluster string, built, known int) {
	if p.w == nil || time.Since(p.start) < time.Second {
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions(known, progressbar.OptionSetWriter(p.w), progressbar.OptionClearOnFinish(), progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(false))
	}
	p.bar.Describe("building " + cluster)
	p.bar.ChangeMax(cmp.Or(known, 1))
	_ = p.bar.Set(built) // a bar that cannot be drawn is no failure
}

// end takes the bar off the terminal.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

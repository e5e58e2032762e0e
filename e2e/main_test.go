package e2e

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/tazlab/fluxdag/e2e/internal/binaries"
	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/plane"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
)

var (
	update = flag.Bool("update", false, "rewrite docs/proof.md and golden/admission from what is seen")
	graphs = flag.Int("graphs", 12, "how many random graphs without a fault are tried; with each fault, a sixth of that. The table is that of 12")
	keep   = flag.Bool("keep", false, "keep the control plane's folder, and print where it is")

	suite *fleet.Suite
	// interrupted ends on Ctrl-C, and with it every control plane.
	interrupted context.Context
	table       proof.Table

	fluxdag, manifests string // the programs that the suites are about
)

// page is where the table is committed.
const page = "../docs/proof.md"

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "60"); err != nil { // they wait, most of the time
		panic(err)
	}
	os.Exit(run(m))
}

// run starts the control plane that all tests share, and ends it: after the tests, and
// on Ctrl-C. When this program is killed, the kernel ends it.
func run(m *testing.M) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	interrupted = ctx
	var err error
	if suite, err = fleet.Start(ctx, 24, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		return 2
	}
	defer suite.Stop(*keep)
	if *keep {
		fmt.Fprintln(os.Stderr, "e2e: the logs are in", suite.Dir())
	}
	if err := buildTools(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		return 2
	}
	done := make(chan int, 1)
	go func() { done <- m.Run() }()
	select {
	case <-ctx.Done():
		fmt.Fprintln(os.Stderr, "e2e: interrupted; the control planes are being stopped")
		plane.Wait()
		return 130
	case code := <-done:
		if code == 0 && whole() {
			code = finish(ctx)
		}
		return code
	}
}

// buildTools builds the programs of the main module.
func buildTools(ctx context.Context) error {
	for name, path := range map[string]*string{"fluxdag": &fluxdag, "manifests": &manifests} {
		*path = filepath.Join(suite.Dir(), name)
		c := exec.CommandContext(ctx, "go", "build", "-o", *path, "./cmd/"+name)
		c.Dir = ".."
		if output, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("cmd/%s could not be built: %w\n%s", name, err, output)
		}
	}
	return nil
}

// whole reports whether all tests were run, so that the table is complete.
func whole() bool {
	for _, name := range []string{"test.run", "test.skip", "test.list"} {
		if flag.Lookup(name).Value.String() != "" {
			return false
		}
	}
	return !testing.Short() && *graphs == 12
}

// anchors are those of the rules in docs/rules.md.
func anchors() map[string]string {
	all := map[string]string{}
	for _, r := range allRules() {
		all[r.Code] = strings.ToLower(r.Code + "-" + r.Name)
	}
	return all
}

// finish prints the table, and holds it against the committed one.
func finish(ctx context.Context) int {
	versions, err := binaries.Versions(ctx, "binaries")
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		return 1
	}
	got := table.Markdown(versions, anchors())
	fmt.Print(got)
	if *update {
		err = os.WriteFile(page, []byte(got), 0o644)
	} else if want, readErr := os.ReadFile(page); readErr != nil {
		err = readErr
	} else if string(want) != got {
		err = fmt.Errorf("what was seen is not what %s says; the difference is\n%s\n\"make e2e-update\" rewrites it", page, udiff(string(want), got))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		return 1
	}
	return 0
}

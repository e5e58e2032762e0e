// Build builds the programs of the control plane that the cache does not hold, and
// prints where they are.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/tazlab/fluxdag/e2e/internal/binaries"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	set, err := binaries.Ensure(ctx, "binaries", os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		os.Exit(1)
	}
	for _, path := range []string{set.Etcd, set.APIServer, set.SourceController, set.KustomizeController} {
		fmt.Println(path)
	}
}

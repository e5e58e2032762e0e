package cli

import (
	"os"
	"os/signal"
	"syscall"
)

// InTemporary calls f with a folder that is gone afterwards, also where the user
// interrupts the program or closes what it prints to.
func InTemporary(f func(dir string) error) error {
	dir, err := os.MkdirTemp("", "fluxdag-")
	if err != nil {
		return err
	}
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	defer signal.Stop(interrupts)
	done := make(chan error, 1)
	go func() { done <- f(dir) }()
	select {
	case err = <-done:
	case s := <-interrupts:
		for os.RemoveAll(dir) != nil { // f is writing into it
		}
		os.Exit(128 + int(s.(syscall.Signal)))
	}
	if failed := os.RemoveAll(dir); err == nil {
		err = failed
	}
	return err
}

//go:build unix

package repo

import (
	"os"
	"syscall"
	"testing"
)

// asNobody gives up root, whom file permissions do not hold back, until what it
// returns is called.
func asNobody(t *testing.T) func() {
	t.Helper()
	if os.Geteuid() != 0 {
		return func() {}
	}
	const nobody = 65534
	if err := syscall.Setreuid(-1, nobody); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := syscall.Setreuid(-1, 0); err != nil {
			t.Fatal(err)
		}
	}
}

package plane

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tazlab/fluxdag/e2e/internal/binaries"
)

const modules = "../../binaries"

// TestMain lets this program stand for one that is killed while a control plane runs.
func TestMain(m *testing.M) {
	if dir := os.Getenv("FLUXDAG_E2E_VICTIM"); dir != "" {
		set, err := binaries.Ensure(context.Background(), modules, os.Stderr)
		if err == nil {
			_, err = Start(context.Background(), set, Options{Dir: dir})
		}
		fmt.Println("started", err)
		select {}
	}
	os.Exit(m.Run())
}

func programs(t *testing.T) binaries.Set {
	t.Helper()
	if _, err := os.Stat("/proc/self/cmdline"); err != nil {
		t.Skip("there is no /proc to look for processes in")
	}
	set, err := binaries.Ensure(t.Context(), modules, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// left lists the processes whose command line names the folder.
func left(t *testing.T, dir string) string {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, file := range all {
		if data, err := os.ReadFile(file); err == nil && bytes.Contains(data, []byte(dir)) {
			found = append(found, strings.ReplaceAll(string(data), "\x00", " "))
		}
	}
	return strings.Join(found, "\n")
}

func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); left(t, dir) != ""; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("left running:\n%s", left(t, dir))
		}
	}
}

func TestPortInUse(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := t.TempDir()
	p, err := Start(t.Context(), programs(t), Options{Dir: dir, Port: taken.Addr().(*net.TCPAddr).Port})
	if err == nil {
		p.Stop()
		t.Fatal("the control plane starts on a port that is taken")
	}
	for _, want := range []string{"kube-apiserver ended", "address already in use"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q: %v", want, err)
		}
	}
	nothingLeft(t, dir)
}

func TestProgramThatEnds(t *testing.T) {
	dir := t.TempDir()
	p, err := Start(t.Context(), programs(t), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Stop()
	if left(t, dir) == "" {
		t.Fatal("nothing runs")
	}
	if err := p.processes[0].cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-p.Context().Done():
	case <-time.After(10 * time.Second):
		t.Fatal("nobody notices that etcd is gone")
	}
	if cause := context.Cause(p.Context()); !strings.Contains(cause.Error(), "etcd ended: signal: killed") {
		t.Errorf("the cause is %v", cause)
	}
	p.Stop()
	nothingLeft(t, dir)
}

func TestKilled(t *testing.T) {
	programs(t) // built before the time is measured
	dir := t.TempDir()
	victim := exec.Command(os.Args[0])
	victim.Env = append(os.Environ(), "FLUXDAG_E2E_VICTIM="+dir)
	output, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 200)
	n, _ := output.Read(line)
	if got := strings.TrimSpace(string(line[:n])); got != "started <nil>" {
		t.Errorf("the victim says %q", got)
	}
	if left(t, dir) == "" {
		t.Error("nothing runs")
	}
	if err := victim.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = victim.Wait() // it was killed
	nothingLeft(t, dir)
}

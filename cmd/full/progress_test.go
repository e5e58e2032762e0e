package full

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestProgress: only a terminal gets a bar, only for work over a second, and in the end
// it is gone.
func TestProgress(t *testing.T) {
	var out bytes.Buffer
	file := newProgress(&out) // no terminal
	file.start = time.Now().Add(-time.Hour)
	file.show("production", 1, 2)
	file.end()
	soon := &progress{w: &out, start: time.Now().Add(time.Hour)}
	soon.show("production", 1, 2)
	soon.end()
	if out.Len() > 0 {
		t.Errorf("printed %q", &out)
	}
	long := &progress{w: &out, start: time.Now().Add(-time.Hour)}
	long.show("production", 1, 2)
	if !strings.Contains(out.String(), "building production") || !strings.Contains(out.String(), "1/2") {
		t.Errorf("printed %q", &out)
	}
	long.show("production", 2, 2)
	long.end()
	if line := out.String()[strings.LastIndex(out.String(), "\r")+1:]; strings.TrimSpace(line) != "" {
		t.Errorf("%q is left", line)
	}
}

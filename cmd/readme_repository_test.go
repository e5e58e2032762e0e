package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestREADMERepository builds the repository that the README and the guide tell the
// reader to make, and generates from it.
func TestREADMERepository(t *testing.T) {
	t.Parallel()
	readme := goBlocks(t, "../README.md")
	guide := goBlocks(t, "../docs/guide.md")
	for name, c := range map[string]struct {
		main, declaration, want string
	}{
		"README": {readme[0], "package staging\n", "wrote clusters/staging/apps.yaml\nstaging: 1 file, 1 changed\n"},
		"guide": {guide[1], guide[0], "wrote clusters/staging/apps.yaml\nwrote clusters/staging/controllers.yaml\n" +
			"staging: 2 files, 2 changed\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fleet := newFleet(t, c.declaration)
			writeFile(t, filepath.Join(fleet, "main.go"), c.main)
			if output, err := inFleet(fleet, "go", "generate", "./..."); err != nil || output != c.want {
				t.Errorf("go generate: %v\n%s\nwant\n%s", err, output, c.want)
			}
			if output, err := inFleet(fleet, "go", "run", ".", "check", "--fail-on", "information"); err != nil {
				t.Errorf("check: %v\n%s", err, output)
			}
		})
	}
}

// goBlocks returns the Go files among the code blocks of a page.
func goBlocks(t *testing.T, page string) []string {
	t.Helper()
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, part := range strings.Split(string(data), "```go\n")[1:] {
		if block, _, _ := strings.Cut(part, "```\n"); strings.HasPrefix(block, "package ") || strings.HasPrefix(block, "// Package ") {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

package e2e

import difflib "github.com/aymanbagabas/go-udiff"

// udiff is the unified diff of what is committed and what was seen.
func udiff(want, got string) string { return difflib.Unified("committed", "seen", want, got) }

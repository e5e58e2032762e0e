//go:build unix

// Package clitest runs transcripts of the command line.
package clitest

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/tazlab/fluxdag/golden"
)

// Run runs the transcripts in a folder of golden, which call the programs that
// the package's TestMain gives to testscript.Main. Each starts in a folder that
// holds its own files, and TazLab's golden ones in golden/tazlab-k8s. $MODULE is the
// root of this module.
//
// Beside testscript's own commands they have: status N PROGRAM ARGUMENT...,
// stamp FOLDER, unchanged FOLDER, cmpdir GOT WANT, edit FILE OLD NEW and
// truncate FILE BYTES.
func Run(t *testing.T, folder string) {
	testscript.Run(t, testscript.Params{
		Dir:                 golden.Path(t, folder),
		UpdateScripts:       *golden.Update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GORACE", "atexit_sleep_ms=0")              // the race detector's second
			env.Setenv("MODULE", filepath.Dir(golden.Path(t, ""))) // this one
			env.Values[stamps] = map[string]map[string]string{}
			tazlab := filepath.Join(env.WorkDir, "golden", "tazlab-k8s")
			return errors.Join(os.CopyFS(tazlab, os.DirFS(golden.Path(t, "tazlab-k8s"))),
				os.Chmod(filepath.Dir(env.WorkDir), 0o755)) // so that nobody gets there
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "stamp": stamp, "unchanged": unchanged,
			"cmpdir": cmpdir, "edit": edit, "truncate": truncate,
		},
	})
}

// status N PROGRAM ARGUMENT... requires exactly that exit status. What the
// program prints is left for cmp, with $WORK for the transcript's folder.
func status(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got, err := 0, ts.Exec(args[1], args[2:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got, err = exit.ExitCode(), nil
	}
	ts.Check(err)
	stdout, stderr := ts.ReadFile("stdout"), ts.ReadFile("stderr")
	work := strings.NewReplacer(ts.Getenv("WORK"), "$WORK")
	_, _ = work.WriteString(ts.Stdout(), stdout)
	_, _ = work.WriteString(ts.Stderr(), stderr)
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// stamps is the key of what stamp remembers.
const stamps = "stamps"

// longAgo is a time that no file gets by being written.
var longAgo = time.Date(2001, time.February, 3, 4, 5, 6, 0, time.UTC)

// stamp FOLDER remembers what the folder holds, and makes its files old.
func stamp(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(eachFile(dir, func(name string, _ fs.FileInfo) error { return os.Chtimes(name, longAgo, longAgo) }))
	ts.Value(stamps).(map[string]map[string]string)[dir] = contents(ts, dir)
}

// unchanged FOLDER requires that nothing in the folder was made, written or
// removed since its stamp.
func unchanged(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	requireSame(ts, contents(ts, dir), ts.Value(stamps).(map[string]map[string]string)[dir])
	ts.Check(eachFile(dir, func(name string, info fs.FileInfo) error {
		if !info.ModTime().Equal(longAgo) {
			return errors.New(name + " was written again")
		}
		return nil
	}))
}

// cmpdir GOT WANT requires that two folders hold the same.
func cmpdir(ts *testscript.TestScript, _ bool, args []string) {
	requireSame(ts, contents(ts, ts.MkAbs(args[0])), contents(ts, ts.MkAbs(args[1])))
}

// edit FILE OLD NEW replaces the only OLD in the file.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	if strings.Count(text, args[1]) != 1 {
		ts.Fatalf("%s holds %q %d times, not once", args[0], args[1], strings.Count(text, args[1]))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o644))
}

// truncate FILE BYTES leaves only the beginning of the file.
func truncate(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(errors.Join(err, os.Truncate(ts.MkAbs(args[0]), size)))
}

// contents returns what every file below a folder holds.
func contents(ts *testscript.TestScript, dir string) map[string]string {
	held := map[string]string{}
	ts.Check(eachFile(dir, func(name string, _ fs.FileInfo) error {
		data, err := os.ReadFile(name)
		held[strings.TrimPrefix(name, dir)] = string(data)
		return err
	}))
	return held
}

func eachFile(dir string, do func(name string, info fs.FileInfo) error) error {
	return filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		return errors.Join(err, do(name, info))
	})
}

func requireSame(ts *testscript.TestScript, got, want map[string]string) {
	for name := range got {
		if _, ok := want[name]; !ok {
			ts.Fatalf("%s should not be there", name)
		}
	}
	for name, text := range want {
		if held, ok := got[name]; !ok || held != text {
			ts.Fatalf("%s holds\n%s\nand should hold\n%s", name, held, text)
		}
	}
}

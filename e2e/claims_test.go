package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/repo"
	"github.com/tazlab/fluxdag/schema"
)

// TestClaims runs every repository of testdata/claims on Flux. Each begins with the
// code of the rule that fluxdag judges it by and the claim, and then a step a line:
//
//	says NAME: QUOTE     the Ready condition of the Kustomization comes to say what the
//	                     rule's documentation quotes
//	ready NAME...        they get ready
//	behind NAME...       they do not
//	healthy KIND NAME    the Deployment or DaemonSet gets the status of a healthy one
//	exists KIND NAME     the object is applied
//	absent KIND NAME     it is not, or no longer
//	reconcile NAME       it is reconciled now, so that what it says is no longer of before
//	wins NAME KIND OBJ   reconciled again, that Kustomization owns the object
//	push                 the files below then/ are pushed, and next time those below then2/
//	suspend NAME         it is suspended, as "flux suspend" does
//	suspended NAME       it comes to be suspended
//	stuck NAME           the Kustomization does not reach that push
//	once NAME            it is reconciled no second time
//	log QUOTE            the controller logs it
//
// Where fluxdag reports the code of another rule in a repository, that stands behind
// the first in brackets. It must find it before the first push, or after the last.
func TestClaims(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/claims/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no claims (%v)", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := readClaim(t, file, name)
			c.judge()
			c.fleet = suite.New(t, name)
			c.push()
			c.fleet.Bootstrap(sync(name, root))
			for _, step := range c.steps {
				c.step(step)
			}
			table.Add(proof.Row{Code: c.code, Claim: c.text, Observed: strings.Join(c.seen, "; ")})
		})
	}
}

// claim is one file of testdata/claims.
type claim struct {
	t           *testing.T
	code, found string // of the rule that is proved, and of the one that reports it
	text        string
	steps       []string
	stages      []map[string]string // what is pushed, one after the other
	rule        dag.Rule
	names       []string // the contents of the files
	fleet       *fleet.Fleet
	seen        []string
}

// root is the path that the first Kustomization of a claim's repository applies.
const root = "clusters/c"

// sync is what "flux bootstrap" writes.
func sync(namespace, path string) string {
	return fmt.Sprintf(`apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: %[1]s
spec:
  interval: 10m
  ref:
    branch: main
  url: %[2]s
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: %[1]s
spec:
  interval: 10m
  retryInterval: 2s
  path: ./%[3]s
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`, namespace, fleet.URL, path)
}

func readClaim(t *testing.T, file, namespace string) *claim {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, steps, _ := strings.Cut(string(archive.Comment), "\n")
	code, text, ok := strings.Cut(head, ": ")
	if !ok || strings.TrimSpace(steps) == "" {
		t.Fatalf("%s does not begin with CODE: claim, and steps", file)
	}
	c := &claim{t: t, code: code, found: code, text: text, stages: []map[string]string{{root + "/flux-system/gotk-sync.yaml": sync(namespace, root)}, {}, {}}}
	if by, ok := strings.CutSuffix(code, ")"); ok {
		c.code, c.found, _ = strings.Cut(by, " (")
	}
	for line := range strings.Lines(steps) {
		if line = strings.TrimSpace(line); line != "" {
			c.steps = append(c.steps, line)
		}
	}
	for _, f := range archive.Files {
		c.names = append(c.names, string(f.Data))
		folder, name, _ := strings.Cut(f.Name, "/")
		if stage := slices.Index([]string{"", "then", "then2"}, folder); stage > 0 {
			c.stages[stage][name] = string(f.Data)
		} else {
			c.stages[0][f.Name] = string(f.Data)
		}
	}
	c.rule = ruleOf(t, c.code)
	return c
}

func ruleOf(t *testing.T, code string) dag.Rule {
	t.Helper()
	rules := allRules()
	i := slices.IndexFunc(rules, func(r dag.Rule) bool { return r.Code == code })
	if i < 0 {
		t.Fatalf("there is no rule %s", code)
	}
	return rules[i]
}

// judge holds that fluxdag finds what the claim is about. What is an error must do harm:
// a step must show it.
func (c *claim) judge() {
	c.t.Helper()
	dir := c.t.TempDir()
	var found dag.Diagnostics
	for _, files := range c.stages {
		writeTree(c.t, dir, files)
		found = append(found, lint(c.t, dir)...)
	}
	if !slices.ContainsFunc(found, func(d dag.Diagnostic) bool { return d.Code == c.found }) {
		c.t.Fatalf("fluxdag does not find %s; it finds:\n%v", c.found, found)
	}
	harm := slices.ContainsFunc(c.steps, func(step string) bool {
		verb, _, _ := strings.Cut(step, " ")
		return slices.Contains([]string{"says", "behind", "stuck", "log"}, verb)
	})
	if found.Has(dag.Error) && !harm {
		c.t.Errorf("fluxdag reports errors, and no step shows any harm: %v", found)
	}
}

// writeTree writes files, and removes those without content.
func writeTree(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		switch {
		case err != nil:
		case content == "":
			err = os.RemoveAll(path)
		default:
			err = os.WriteFile(path, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// lint is what "fluxdag lint --all" finds, the program itself.
func lint(t *testing.T, dir string) dag.Diagnostics {
	t.Helper()
	var stderr bytes.Buffer
	c := exec.Command(fluxdag, "lint", "--all", "-o", "json", dir)
	c.Stderr = &stderr
	output, err := c.Output()
	if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatalf("%v: %v\n%s", c.Args, err, stderr.Bytes())
	}
	var report struct{ Diagnostics dag.Diagnostics }
	if err := json.Unmarshal(output, &report); err != nil {
		t.Fatal(err)
	}
	return report.Diagnostics
}

func allRules() []dag.Rule {
	return slices.Concat(dag.Rules(), gen.Rules(), repo.Rules(), schema.Rules())
}

func (c *claim) step(line string) {
	c.t.Helper()
	verb, rest, _ := strings.Cut(line, " ")
	words := strings.Fields(rest)
	switch verb {
	case "says":
		name, quote, _ := strings.Cut(rest, ": ")
		c.says(name, quote)
	case "ready":
		c.fleet.Ready(words...)
		c.see("%s: ready", strings.Join(words, ", "))
	case "behind":
		c.fleet.StaysBehind(4*time.Second, words...)
		c.see("%s: not ready in 4 s", strings.Join(words, ", "))
	case "healthy":
		c.fleet.Healthy(words[0], c.fleet.Namespace, words[1])
		c.see("%s %s gets healthy", words[0], words[1])
	case "exists":
		c.fleet.Exists(words[0], words[1])
	case "absent":
		c.named(words[1])
		c.fleet.Absent(words[0], words[1])
		c.see("%s %s: not there", words[0], words[1])
	case "reconcile":
		c.fleet.Reconcile(words[0])
	case "wins":
		c.fleet.Reconcile(words[0])
		c.fleet.OwnedBy(words[0], words[1], words[2])
		c.see("reconciled, %s owns %s %s", words[0], words[1], words[2])
	case "push":
		c.push()
		c.see("after a push")
	case "suspend":
		c.fleet.Suspend(words[0])
		c.see("%s is suspended", words[0])
	case "suspended":
		c.fleet.Until(words[0]+" is suspended", func() (bool, string) { return c.fleet.Kustomization(words[0]).Spec.Suspend, "" })
	case "stuck":
		c.fleet.StaysBehind(15*time.Second, words...)
		c.see("%s: not reconciled in 15 s", rest)
	case "once":
		time.Sleep(5 * time.Second)
		if n := c.fleet.Reconciliations(words[0]); n != 1 {
			c.t.Errorf("%s was reconciled %d times", words[0], n)
		}
		c.see("%s: reconciled once in 5 s", words[0])
	case "log":
		c.quoted(rest)
		c.fleet.Logs(rest, c.fleet.Namespace+"/")
		c.see("log: %s", rest)
	default:
		c.t.Fatalf("unknown step %q", line)
	}
}

// push pushes the next stage.
func (c *claim) push() {
	c.t.Helper()
	c.fleet.Push(maps.Clone(c.stages[0]))
	c.stages = c.stages[1:]
}

// named holds that the repository has an object of that name: one that is misspelt is
// absent too.
func (c *claim) named(name string) {
	c.t.Helper()
	if !slices.ContainsFunc(c.names, func(text string) bool { return strings.Contains(text, "name: "+name+"\n") }) {
		c.t.Errorf("no file names %s", name)
	}
}

func (c *claim) see(format string, args ...any) {
	c.seen = append(c.seen, fmt.Sprintf(format, args...))
}

// says waits for a message that the rule's documentation quotes.
func (c *claim) says(name, quote string) {
	c.t.Helper()
	c.quoted(quote)
	c.see("%s: %q", name, excerpt(c.fleet.Says(name, pattern(quote)), pattern(quote)))
}

// quoted holds that a user who searches for the message finds the rule.
func (c *claim) quoted(quote string) {
	c.t.Helper()
	if !strings.Contains(c.rule.Flux, quote) {
		c.t.Errorf("the documentation of %s does not say %q", c.code, quote)
	}
}

// pattern finds a quote of the documentation in a message: names stand for any.
func pattern(quote string) *regexp.Regexp {
	p := regexp.QuoteMeta(quote)
	for _, name := range []string{"namespace/name", "ConfigMap/name"} {
		p = strings.ReplaceAll(p, name, `[^' ]+`)
	}
	return regexp.MustCompile(p)
}

// excerpt is the part of a message around what was looked for.
func excerpt(message string, p *regexp.Regexp) string {
	message = strings.Join(strings.Fields(proof.Steady(message)), " ")
	at := p.FindStringIndex(message)
	if at == nil || len(message) < 160 {
		return message
	}
	from, to := max(0, at[0]-40), min(len(message), at[1]+60)
	message = message[from:to]
	if from > 0 {
		message = "..." + message
	}
	return message + "..."
}

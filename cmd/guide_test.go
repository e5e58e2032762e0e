package cmd

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// recipe returns the shell steps of the job that the guide shows for pull requests: what reads
// the description, and what plans and comments.
func recipe(t *testing.T) (allows string, steps []string) {
	t.Helper()
	guide, err := os.ReadFile("../docs/guide.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(guide), "```yaml\non:\n  pull_request:")
	text, _, _ := strings.Cut(rest, "```\n")
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct{ If, Run string }
		}
	}
	if err := yaml.Unmarshal([]byte("on:\n  pull_request:"+text), &workflow); err != nil {
		t.Fatal(err)
	}
	decided := false
	for _, step := range workflow.Jobs["plan"].Steps {
		if strings.Contains(step.Run, "GITHUB_EVENT_PATH") {
			allows = step.Run
		}
		if strings.Contains(step.Run, "fluxdag plan") || strings.Contains(step.Run, "gh ") {
			if decided && step.If != "!cancelled()" {
				t.Errorf("does not run when the check fails: %s", step.Run)
			}
			decided = decided || strings.Contains(step.Run, "--fail-on")
			steps = append(steps, step.Run)
		}
	}
	if allows == "" || len(steps) != 3 || !strings.Contains(steps[0], "--fail-on") {
		t.Fatalf("the step that decides is not the first of three: %q", steps)
	}
	return allows, steps
}

// TestRecipe runs the steps as GitHub does, with a fluxdag and a gh that only note what they are
// asked for: the comment of before is replaced, and no other, also where there is no plan; and
// that it cannot be written fails nothing. What the description allows is one argument each, whatever it
// is, and never run.
func TestRecipe(t *testing.T) {
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("gh filters as jq does, which is not here")
	}
	allows, steps := recipe(t)
	const bot, person = `{"id": 7, "user": {"type": "Bot"}, "body": "<!-- fluxdag plan -->\nold"}`, `{"id": 8, "user": {"type": "User"}, "body": "<!-- fluxdag plan -->"}`
	const body = `{"pull_request": {"body": "Away with it.\r\n\r\nfluxdag-allow: delete=flux-system/db \r\nNot fluxdag-allow: prune=flux-system/db"}}`
	const hostile = `{"pull_request": {"body": "fluxdag-allow: $(touch hit)\nfluxdag-allow: x; touch hit\nfluxdag-allow: --head=other\nfluxdag-allow:*\n$(touch hit)\n'; touch hit; '"}}`
	for _, c := range []struct{ name, comments, want, refuses, status, event, allowed string }{
		{"none yet", `{"id": 6, "user": {"type": "Bot"}, "body": "another"}`, "pr comment 5 --body-file plan.md", "", "0", `{}`, ""},
		{"one of ours", bot + "," + person, "-X PATCH repos/o/r/issues/comments/7 -F body=@plan.md", "", "1", `{"pull_request": {"body": null}}`, ""},
		{"a person's", person, "pr comment 5 --body-file plan.md", "", "1", `{"pull_request": {"body": null}}`, ""},
		{"a token that reads", bot, "::notice::The comment", "PATCH", "1", body, "<--allow=delete=flux-system/db>"},
		{"a token that does nothing", "", "::notice::The comment", "", "1", `{"pull_request": {"body": null}}`, ""},
		{"a list that fails", bot, "::notice::The comment", "--paginate", "1", `{"pull_request": {"body": "fluxdag-allow: a b"}}`, "<--allow=a b>"},
		{"no plan", bot, "-X PATCH repos/o/r/issues/comments/7 -F body=@plan.md", "", "2", hostile, "<--allow=$(touch hit)><--allow=x; touch hit><--allow=--head=other><--allow=*>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			write := func(name, text string) {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			write("event", c.event)
			write("comments", "["+c.comments+"]")
			write("fluxdag", "#!/bin/sh\nprintf '<%s>' \"$@\" >> asked; echo >> asked\ntest $STATUS = 2 || echo '<!-- fluxdag plan -->'\nexit $STATUS\n")
			gh := "#!/bin/sh\ncase \"$*\" in\n*--paginate*) jq -r \"$5\" comments ;;\n*) echo \"$*\" ;;\nesac\n"
			switch {
			case c.refuses != "":
				gh = strings.Replace(gh, "in\n", "in\n*"+c.refuses+"*) exit 1 ;;\n", 1)
			case c.comments == "":
				gh = "#!/bin/sh\nexit 1\n"
			}
			write("gh", gh)
			output := ""
			for i, step := range append([]string{allows}, steps...) {
				run := exec.Command("bash", "-e", "-c", step)
				run.Dir = dir
				run.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"), "STATUS="+c.status, "BASE=b", "HEAD=h", "PR=5", "GITHUB_REPOSITORY=o/r", "GITHUB_STEP_SUMMARY="+filepath.Join(dir, "summary"),
					"RUNNER_TEMP="+dir, "GITHUB_EVENT_PATH="+filepath.Join(dir, "event"))
				out, err := run.CombinedOutput()
				if fails := err != nil; fails != (i == 1 && c.status != "0") {
					t.Errorf("%v of %s\n%s", err, step, out)
				}
				output += string(out)
			}
			if !strings.Contains(output, c.want) || strings.Contains(c.want, "::notice") && strings.Contains(output, "pr comment") {
				t.Errorf("no %q in %s", c.want, output)
			}
			if body, _ := os.ReadFile(filepath.Join(dir, "plan.md")); strings.Contains(string(body), "There is no plan of") != (c.status == "2") {
				t.Errorf("the comment is %q", body)
			}
			if asked, _ := os.ReadFile(filepath.Join(dir, "asked")); strings.Count(string(asked), "<plan><--base><b><--head><h>") != 2 || strings.Count(string(asked), c.allowed+"\n") != 2 ||
				strings.Count(string(asked), "allow") != 2*strings.Count(c.allowed, "allow") {
				t.Errorf("asked for %s", asked)
			}
			if _, err := os.Stat(filepath.Join(dir, "hit")); err == nil {
				t.Error("the description was run")
			}
			if summary, _ := os.ReadFile(filepath.Join(dir, "summary")); !strings.HasPrefix(string(summary), "<!-- fluxdag plan -->") {
				t.Errorf("the summary is %q", summary)
			}
		})
	}
}

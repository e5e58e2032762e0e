package full

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/repo"
)

// variables reads --vars-from and --var; the latter win, and later ones over
// earlier ones.
func (r *reading) variables() (map[string]string, error) {
	vars := map[string]string{}
	for _, name := range r.varFiles {
		if err := addFile(vars, name); err != nil {
			return nil, err
		}
	}
	for _, v := range r.vars {
		name, value, ok := strings.Cut(v, "=")
		switch {
		case !ok:
			return nil, cli.Hint(fmt.Errorf("--var %q has no value", v), "write --var NAME=VALUE")
		case !variableName.MatchString(name):
			return nil, cli.Hint(fmt.Errorf("--var: %q is no name of a variable", name), nameHint)
		}
		vars[name] = value
	}
	return vars, nil
}

// reportUnused warns of what --var sets and no Kustomization asks for.
func (r *reading) reportUnused(w io.Writer, loaded *repo.Repository) {
	var uses []string
	for _, c := range loaded.Clusters {
		uses = append(uses, slices.Concat(slices.Collect(maps.Values(c.Uses))...)...)
	}
	for _, v := range r.vars {
		name, _, _ := strings.Cut(v, "=")
		if slices.Contains(uses, name) {
			continue
		}
		fmt.Fprintf(w, "warning: --var: no Kustomization uses the variable %s\n", name)
		if hint := cli.DidYouMean(name, uses); hint != "" {
			fmt.Fprintf(w, "hint: %s\n", hint)
		}
	}
}

// variableName is what Flux takes for one (postBuild.substitute).
var variableName = regexp.MustCompile(`^[_[:alpha:]][_[:alpha:][:digit:]]*$`)

const nameHint = "a name has letters, digits and _, and begins with no digit"

// addFile reads a file of NAME=VALUE lines, or of YAML with ConfigMaps.
func addFile(vars map[string]string, name string) error {
	data, err := os.ReadFile(name)
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return cli.Hint(fmt.Errorf("--vars-from %s cannot be read: %w", name, p.Err), "name a file of NAME=VALUE lines, or a ConfigMap")
	}
	if bytes.Contains(data, []byte("apiVersion:")) {
		return addConfigMaps(vars, name, data)
	}
	return addLines(vars, name, string(data))
}

// addLines reads lines as a shell's env file has them: NAME=VALUE, "export" before
// it and matching quotes around the value allowed. Nothing in a value is expanded.
func addLines(vars map[string]string, file, data string) error {
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(data, "\ufeff")) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(strings.TrimPrefix(line, "export "), "=")
		if name = strings.TrimSpace(name); !ok || !variableName.MatchString(name) {
			return cli.Hint(fmt.Errorf("%s:%d: the line is not NAME=VALUE", file, n), nameHint)
		}
		vars[name] = unquoted(strings.TrimSpace(value))
	}
	return nil
}

// unquoted takes off quotes that match.
func unquoted(s string) string {
	if n := len(s); n >= 2 && s[0] == s[n-1] && (s[0] == '"' || s[0] == '\'') {
		return s[1 : n-1]
	}
	return s
}

// addConfigMaps reads data of the ConfigMaps in a YAML stream.
func addConfigMaps(vars map[string]string, file string, data []byte) error {
	documents, found := gen.Parse(file, data)
	for _, d := range found {
		if d.Severity == dag.Error {
			return cli.Hint(fmt.Errorf("%s: %s", d.Position, d.Message), d.Hint)
		}
	}
	count := 0
	for _, d := range documents {
		object, err := d.Object()
		if err != nil {
			return fmt.Errorf("%s: %w", d.Position(""), err)
		}
		if d.APIVersion() != "v1" || d.Kind() != "ConfigMap" {
			continue
		}
		count++
		values, _ := object["data"].(map[string]any)
		for name, value := range values {
			s, ok := value.(string)
			if !ok {
				return cli.Hint(fmt.Errorf("%s: the value of %s is not a text", d.Position("data."+name), name), "put it in quotes")
			}
			vars[name] = s
		}
	}
	if count == 0 {
		return cli.Hint(fmt.Errorf("%s holds no ConfigMap", file), "name a file of NAME=VALUE lines, or a ConfigMap")
	}
	return nil
}

package schema

import (
	"strings"
	"testing"
)

func TestCompileReady(t *testing.T) {
	for expr, want := range map[string]string{
		"dep.status.observedGeneration > 0":                                             "",
		"dep.status.conditions.filter(c, c.type == 'Ready').all(c, c.status == 'True')": "",
		"has(dep.status.lastAppliedRevision) && self.metadata.name != 'a'":              "",
		"dep.status.?lastAppliedRevision.orValue('') != ''":                             "",
		"dep.metadata.name.lowerAscii() == 'a'":                                         "", // ext.Strings
		"sets.contains([1], [1])":                                                       "", // ext.Sets
		"base64.encode(b'x') == 'eA=='":                                                 "", // ext.Encoders
		"1 < 1.5":                                                                       "", // across types
		"":                                                                              "1:1: Syntax error",
		"dep.":                                                                          "1:5: Syntax error",
		"dep.status.ready":                                                              "output type mismatch: expected bool, got dyn",
		"'yes'":                                                                         "output type mismatch: expected bool, got string",
		"status.ready == true":                                                          "1:1: undeclared reference to 'status'",
		"true &&\n  dpe.x == 1":                                                         "2:3: undeclared reference to 'dpe'",
		"dep == 'x'":                                                                    "1:5: found no matching overload",
		"[1, 'a'] == []":                                                                "1:5: expected type 'int' but found 'string'",
		"'a'.matches('[')":                                                              "failed to create CEL program",
	} {
		expect(t, expr, CompileReady(expr), want)
	}
}

func TestParseHealth(t *testing.T) {
	for expr, want := range map[string]string{
		"status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')": "",
		"data.ready == 'yes'": "",
		"nosuch(1) + 'a'":     "", // nothing is compiled
		"'a string'":          "",
		"":                    "1:1: Syntax error",
		"status.ready ==":     "1:16: Syntax error",
		"a b":                 "1:3: Syntax error",
		"status.all(1, x)":    "1:12: ", // a macro's variable
		strings.Repeat("(", 300) + "1" + strings.Repeat(")", 300): "recursion",
	} {
		expect(t, expr, ParseHealth(expr), want)
	}
}

func expect(t *testing.T, expr string, err error, want string) {
	t.Helper()
	if (err != nil) != (want != "") || err != nil && !strings.Contains(err.Error(), want) {
		t.Errorf("%q: %v, want %q", expr, err, want)
	}
}

package schema

import (
	"errors"
	"testing"
)

func TestToldExpression(t *testing.T) {
	const mend, early = "mend the expression", "the expression ends too early"
	for _, c := range []struct {
		health             bool
		expr, message, say string
	}{
		{false, "dep.status.ready ==", early, mend},
		{false, "dep.status.ready ==\n", early, mend},
		{false, "dep.", early, mend},
		{false, "true &&\n  dep.\n", early, mend},
		{false, "!", early, mend},
		{false, "dep.status.conditions.exists(", early, mend},
		{false, "(dep.status.a == 1", early + ": missing ')'", mend},
		{false, "dep.a ? 1", early + ": expecting ':'", mend},
		{false, "[1, 2", early + ": expecting {']', ','}", mend},
		{true, "status.a == 1 &&", early, mend},
		{true, "&& true", "Syntax error: extraneous input '&&'", mend},
		{true, "a..b", "Syntax error: no viable alternative at input '..'", mend},
		{true, "a b", "Syntax error: extraneous input 'b' expecting <EOF>", mend},
		{true, "status.a = 'x'", "Syntax error: token recognition error at: '= '", "write == to compare"},
		{true, "now() > 1", "failed to create CEL program: no such overload: now()", functions},
		{true, "'a'.matches('[')", "failed to create CEL program: error parsing regexp: missing closing ]: `[`", mend},
		{false, "dep.status.ready", "CEL expression output type mismatch: expected bool, got dyn", "write == true behind the field"},
		{false, "dep.?a", "CEL expression output type mismatch: expected bool, got optional_type(dyn)", "write .orValue(false) == true behind the field"},
		{false, "'yes'", "CEL expression output type mismatch: expected bool, got string", "compare it with something: the result must be true or false"},
		{false, "status.ready == true", "undeclared reference to 'status' (in container '')", "write dep.status, or self.status"},
		{false, "dpe.status.ready == true", "undeclared reference to 'dpe' (in container '')", "the variables are dep and self"},
		{false, "ip == 1", "undeclared reference to 'ip' (in container '')", "the variables are dep and self"},
		{false, "now() > 1", "undeclared reference to 'now' (in container '')", functions},
		{false, "true &&\n semver('1.0.0') > 1", "undeclared reference to 'semver' (in container '')", functions},
		{false, "cel.bind(x, 1, x > 0)", "undeclared reference to 'cel' (in container '')", functions},
		{false, "ip.isCanonical('x')", "undeclared reference to 'ip' (in container '')", functions},
		{false, "sets.equals([1], [1])", "undeclared reference to 'sets' (in container '')", functions},
		{false, "dep.metadata.name.find('a') == ''", "undeclared reference to 'find' (in container '')", functions},
	} {
		e := expression{text: c.expr, health: c.health}
		_, err := e.parse()
		wrong, ok := errors.AsType[*ExpressionError](err)
		if !ok {
			t.Errorf("%q: %v", c.expr, err)
			continue
		}
		if got := wrong.told(c.expr); got != c.message {
			t.Errorf("%q: %s, want %s", c.expr, got, c.message)
		}
		if got := wrong.hint(c.expr); got != c.say {
			t.Errorf("%q: hint %s, want %s", c.expr, got, c.say)
		}
	}
}

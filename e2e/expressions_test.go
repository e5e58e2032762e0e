package e2e

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	fluxcel "github.com/fluxcd/pkg/runtime/cel"
	"github.com/google/cel-go/common/types"

	"github.com/tazlab/fluxdag/e2e/internal/proof"
	"github.com/tazlab/fluxdag/schema"
)

// expressions are what users write, and what they write wrong.
var expressions = []string{
	"", " ", "true", "1", "'x'", "dep", "self.metadata.name", "dep.metadata.name == 'a'", "dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
	"dep.status.conditions.filter(e, e.type == 'Ready').all(e, e.status == 'True')", "dep.status.conditions.exists(c,", "dep.metadata.labels['app'] == self.metadata.labels['app']",
	"has(dep.status.lastAppliedRevision)", "has(dep)", "dep.?status.?ready.orValue(false)", "optional.of(1).hasValue()", "status.ready", "status.conditions.exists(c, c.type == 'A')",
	"data.value == 'x'", "object.status.ready", "size(dep.spec.dependsOn) > 0", "dep.metadata.name.split('-')[0] == 'a'", "'a'.lowerAscii() == 'a'", "sets.contains([1], [1])",
	"base64.encode(b'x') == 'eA=='", "timestamp('2026-01-01T00:00:00Z') < timestamp(dep.metadata.creationTimestamp)", "duration('1h') > duration('1m')", "[1, 'a'] == []", "{'a': 1, 'b': 'x'}.a == 1",
	"1 < 2.0", "1u < 2", "dep.spec.suspend ? false : true", "!dep.spec.suspend", "!dep.spec.suspend == true", "math.greatest(1, 2) == 2", "quantity('1Gi').isGreaterThan(quantity('1Mi'))", "url('https://a').getHost() == 'a'",
	"'x'.matches('[')", "'x'.matches('a.*')", "cel.bind(a, 1, a == 1)", "dep.status.conditions.map(c, c.type).exists_one(t, t == 'Ready')", "x == 1", "dep.x.y.z[0]['a b'].c == null", "null", "dyn(1) == 1",
	"'\\u00e9' == 'é'", "r'\\d' == 'd'", "\"\"\"a\nb\"\"\" == 'a'", "dep.status == 1 || ", "(dep.status", "dep.status)", "a b", "// comment", "true // comment", "@", "dep..x", "dep.`a-b`", "`x`",
	"format('%s', ['a']) == 'a'", "'%s'.format(['a']) == 'a'", "[1,2].join() == ''", "['a'].join('-') == 'a'", "lists.range(3).size() == 3", "[3,1].sort() == [1,3]", "'a'.reverse() == 'a'", "ip('127.0.0.1').family() == 4",
	"type(dep) == map", "string(1) == '1'", "int('a') == 1", "b'a' == b'b'", "0x1F == 31", "1e400 > 1.0", "99999999999999999999 > 1", "in", "'a' in ['a']", "'a' in dep", "dep in self", "as", "for", "package.x", "if(true)",
}

// TestExpressions holds the CEL of schema against the package that the controller
// compiles expressions with.
func TestExpressions(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(11, 11))
	all := expressions
	for range 5000 {
		all = append(all, blend(r))
	}
	compiled, parsed := 0, 0
	for _, expr := range all {
		_, flux := fluxcel.NewExpression(expr, fluxcel.WithCompile(), fluxcel.WithOutputType(types.BoolType), fluxcel.WithStructVariables("self", "dep"))
		compiled += alike(t, "readyExpr", expr, flux, schema.CompileReady(expr))
		_, flux = fluxcel.NewExpression(expr)
		parsed += alike(t, "healthCheckExprs", expr, flux, schema.ParseHealth(expr))
	}
	table.Add(proof.Row{Code: "FD225", Claim: "schema and the controller's own CEL package accept the same expressions",
		Observed: fmt.Sprintf("%d expressions; as a readyExpr %d compile, as a health expression %d parse; no difference", len(all), compiled, parsed)})
}

// alike returns 1 for an expression that both accept.
func alike(t *testing.T, what, expr string, flux, ours error) int {
	t.Helper()
	if (flux == nil) != (ours == nil) {
		t.Errorf("%s %q\n\tFlux: %v\n\tschema: %v", what, expr, flux, ours)
	}
	if flux == nil {
		return 1
	}
	return 0
}

// blend puts parts of expressions together, or takes a part away.
func blend(r *rand.Rand) string {
	a, b := expressions[r.IntN(len(expressions))], expressions[r.IntN(len(expressions))]
	switch r.IntN(6) {
	case 0:
		return a + []string{" && ", " || ", " == ", " + ", " ? true : "}[r.IntN(5)] + b
	case 1:
		return a[:r.IntN(len(a)+1)]
	case 2:
		return a[:r.IntN(len(a)+1)] + b[r.IntN(len(b)+1):]
	case 3:
		return strings.Replace(a, "dep", b, 1)
	case 4:
		return "(" + a + ")" + []string{"", ".x", "[0]", ".exists(c, c)", " in [true]", ".size() == 1"}[r.IntN(6)]
	}
	return "!(" + a + ") && dep.metadata.name.startsWith(" + b + ")"
}

package dag

import "testing"

// inLiteral makes its references where no function of the source does: in the
// initialisation of a package-level variable.
var inLiteral = Cluster{
	Externals: []Ref{
		External("flux-system/a"),
		External("flux-system/b").When("true"), // line 10
	},
	Nodes: []Ref{Declare(Node{Name: "n", DependsOn: []Ref{
		External("flux-system/c")}})},
}

// TestExternalRemembersWhere holds that such a reference has the line of its call.
func TestExternalRemembersWhere(t *testing.T) {
	for line, ref := range map[int]Ref{
		9: inLiteral.Externals[0], 10: inLiteral.Externals[1], 12: inLiteral.Nodes[0], 13: inLiteral.Nodes[0].node.node.DependsOn[0],
	} {
		if want := (Position{File: "dag/external_test.go", Line: line}); ref.Position() != want {
			t.Errorf("%s, want %s", ref.Position(), want)
		}
	}
}

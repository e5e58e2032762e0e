package repo

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestGrants holds which ServiceAccounts a binding gives rights, and which.
func TestGrants(t *testing.T) {
	for _, test := range []struct {
		kind, text string
		grants     []string
		role       string
	}{
		{"RoleBinding", "roleRef: {kind: Role, name: a}\nsubjects: [{kind: ServiceAccount, name: b, namespace: c}]", []string{"c/b"}, "Role default/a"},
		{"RoleBinding", "roleRef: {kind: ClusterRole, name: a}\nsubjects: [{kind: Group, name: 'system:serviceaccounts:c'}, {kind: Group, name: admins}]", []string{"c/*"}, "ClusterRole a"},
		{"ClusterRoleBinding", "roleRef: {kind: ClusterRole, name: a}\nsubjects: [{kind: User, name: 'system:serviceaccount:c:b'}, {kind: ServiceAccount, name: b, namespace: c}]", []string{"c/b"}, "ClusterRole a"},
		{"ClusterRoleBinding", "roleRef: {kind: ClusterRole, name: a}\nsubjects: [{kind: Group, name: 'system:serviceaccounts'}, {kind: Group, name: 'system:authenticated'}]", []string{"*/*"}, "ClusterRole a"},
		{"ClusterRoleBinding", "roleRef: {kind: ClusterRole, name: a}\nsubjects: [{kind: User, name: jane}]", nil, "ClusterRole a"},
		{"ClusterRole", "rules: []", nil, ""},
	} {
		o := onlyObject(t, "", "apiVersion: rbac.authorization.k8s.io/v1\nkind: "+test.kind+"\nmetadata: {name: x, namespace: default}\n"+test.text+"\n")
		if diff := cmp.Diff(test.grants, o.Grants()); diff != "" {
			t.Errorf("%s %s: %s", test.kind, test.text, diff)
		}
		if role := o.Role(); role.Name != "" && role.String() != test.role || role.Name == "" && test.role != "" {
			t.Errorf("%s %s: role %s", test.kind, test.text, role)
		}
	}
}

// TestSuspended holds that a source and a HelmRelease may be suspended, and nothing else is meant.
func TestSuspended(t *testing.T) {
	const helm, node, git = "helm.toolkit.fluxcd.io/v2\nkind: HelmRelease", "kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization", "source.toolkit.fluxcd.io/v1\nkind: GitRepository"
	for text, want := range map[string]bool{git + "\nspec: {suspend: true}": true, git + "\nspec: {suspend: false}": false, git + "\nspec: {}": false, helm + "\nspec: {suspend: true}": true, node + "\nspec: {suspend: true}": false} {
		if o := onlyObject(t, "", "apiVersion: "+text+"\nmetadata: {name: x, namespace: default}\n"); o.Suspended() != want {
			t.Errorf("%s: %t", text, o.Suspended())
		}
	}
}

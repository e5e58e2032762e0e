package sibling

import "testing"

// TestSiblings holds what are two names, and what is one of them with a slip in it.
func TestSiblings(t *testing.T) {
	for _, names := range [][2]string{
		{"web-a", "web-b"}, {"team-a-sops-key", "team-b-sops-key"}, {"a-cluster-vars", "b-cluster-vars"},
		{"eu1-sops", "eu2-sops"}, {"eu1", "eu12"}, {"web-1", "web-2"}, {"web01a", "web02a"}, {"qa.vars", "qb.vars"},
		{"web-qa-key", "web-db-key"}, {"web", "web-a"}, {"team-key", "team-a-key"}, {"apps/db-a", "apps/db-b"}, {"key-prd", "key-stg"}, {"apps-eu", "apps-us"},
	} {
		if !Names(names[0], names[1]) || !Names(names[1], names[0]) {
			t.Errorf("%v are two names", names)
		}
	}
	for _, names := range [][2]string{
		{"flux-system", "flux-sytem"}, {"sops-age", "sops-aeg"}, {"sops-age", "sopsage"}, {"cluster-vars", "clustre-vars"},
		{"team-alpha-key", "team-alhpa-key"}, {"cert-manager", "cert-manger"}, {"my-secret", "mysecret"}, {"flux-system", "flix-system"}, {"podinfo", "podinfos"}, {"db", "dbs"}, {"sops-age", "sops-ag"}, {"same", "same"},
	} {
		if Names(names[0], names[1]) || Names(names[1], names[0]) {
			t.Errorf("%v is a slip", names)
		}
	}
}

package plan_test

import (
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestCiphered holds what is told of a Secret that Flux applies with the encrypted text: whether
// that overwrites what the cluster has.
func TestCiphered(t *testing.T) {
	secret := plan.Object{Kind: "Secret", Namespace: "apps", Name: "a", Digest: "1", Ciphered: true}
	plain, left := secret, secret
	plain.Ciphered, plain.Digest, left.Left = false, "0", true
	decrypts := kustomizev1.KustomizationSpec{Decryption: &kustomizev1.Decryption{Provider: "sops"}}
	const overwrites, fresh = "overwrites it with the encrypted text", "spec.decryption is not set"
	type node struct {
		spec    kustomizev1.KustomizationSpec
		objects []plan.Object
	}
	none, some := kustomizev1.KustomizationSpec{}, []plan.Object{secret}
	for name, test := range map[string]struct {
		base, head map[string]node
		kind       plan.Kind // of the change of a that tells it
		effect     string
	}{
		"decryption goes":        {map[string]node{"a": {decrypts, some}}, map[string]node{"a": {none, some}}, plan.Prune, overwrites},
		"it stays":               {map[string]node{"a": {decrypts, some}}, map[string]node{"a": {decrypts, some}}, "", ""},
		"it was not there":       {map[string]node{"a": {none, some}}, map[string]node{"a": {none, some}}, "", ""},
		"another node decrypted": {map[string]node{"a": {none, nil}, "b": {decrypts, some}}, map[string]node{"a": {none, some}, "b": {decrypts, nil}}, plan.Prune, overwrites},
		"it was plain":           {map[string]node{"a": {none, []plan.Object{plain}}}, map[string]node{"a": {none, some}}, plan.Prune, overwrites},
		"a new Secret":           {map[string]node{"a": {none, nil}}, map[string]node{"a": {none, some}}, plan.Content, fresh},
		"a new one, decrypted":   {map[string]node{"a": {decrypts, nil}}, map[string]node{"a": {decrypts, some}}, "", ""},
		"a new node":             {map[string]node{"b": {none, nil}}, map[string]node{"a": {none, some}, "b": {none, nil}}, plan.Add, fresh},
		"one that Flux leaves":   {map[string]node{"a": {decrypts, []plan.Object{left}}}, map[string]node{"a": {none, []plan.Object{left}}}, "", ""},
		"suspended":              {map[string]node{"a": {decrypts, some}}, map[string]node{"a": {kustomizev1.KustomizationSpec{Suspend: true}, some}}, "", ""},
	} {
		side := func(all map[string]node) plan.Side {
			nodes := map[string]dag.Node{}
			for name, n := range all {
				nodes[name] = dag.Node{Extra: n.spec}
			}
			s := applied(nodes, nil)
			for name, n := range all {
				s.Objects["flux-system/"+name] = append([]plan.Object{}, n.objects...)
			}
			return s
		}
		var found []plan.Change
		p := plan.Compare([]plan.Side{side(test.base)}, []plan.Side{side(test.head)})
		for _, change := range p.Clusters[0].Changes {
			if strings.Contains(change.Effect, overwrites) || strings.Contains(change.Effect, fresh) {
				found = append(found, change)
			}
		}
		switch {
		case test.kind == "" && len(found) > 0:
			t.Errorf("%s: %+v", name, found)
		case test.kind == "":
		case len(found) != 1 || found[0].Kind != test.kind || found[0].Node != "flux-system/a" || !strings.Contains(found[0].Effect, test.effect) || !strings.Contains(strings.Join(found[0].Objects, " "), "Secret apps/a"):
			t.Errorf("%s: %+v", name, found)
		case !strings.Contains(written(t, p, plan.Text), "\n"+strings.ToUpper(string(test.kind))+" flux-system/a\n"):
			t.Errorf("%s is no danger", name)
		}
	}
}

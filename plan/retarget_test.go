package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestRetargeted holds when a field for names is said to change any: by what the node applies on both
// sides, where that is known.
func TestRetargeted(t *testing.T) {
	at := func(kind, namespace, name string) plan.Object {
		return plan.Object{Kind: kind, Namespace: namespace, Name: name}
	}
	claim, cache := at("PersistentVolumeClaim", "default", "data"), at("ConfigMap", "default", "cache")
	const none, all, some = "None of its objects gets another name", "Its objects get other names", "Some of its objects get other names"
	const lost = "the data of claims is lost"
	for _, c := range []struct {
		name     string
		was, is  []plan.Object
		prefix   string // instead of a namespace
		account  bool   // changes too
		kind     plan.Kind
		says     string
		dataLost bool
	}{
		{"nothing moves", []plan.Object{claim}, []plan.Object{claim}, "", false, plan.Spec, none, false},
		{"nothing moves, and another field changes", []plan.Object{claim}, []plan.Object{claim}, "", true, plan.Spec, none, false},
		{"one goes", []plan.Object{claim, cache}, []plan.Object{claim}, "", false, plan.Spec, none, false},
		{"one goes, and another one comes", []plan.Object{claim, cache}, []plan.Object{claim, at("ConfigMap", "default", "other")}, "", false, plan.Spec, none, false},
		{"all move", []plan.Object{claim, cache}, []plan.Object{at("PersistentVolumeClaim", "shop", "data"), at("ConfigMap", "shop", "cache")}, "", false, plan.Target, all, true},
		{"one moves", []plan.Object{claim, cache}, []plan.Object{claim, at("ConfigMap", "shop", "cache")}, "", false, plan.Target, some, false},
		{"the claim moves", []plan.Object{claim, cache}, []plan.Object{at("PersistentVolumeClaim", "shop", "data"), cache}, "", false, plan.Target, some, true},
		{"all get a prefix", []plan.Object{claim}, []plan.Object{at("PersistentVolumeClaim", "default", "a-data")}, "a-", false, plan.Target, all, true},
		{"nothing is known", nil, nil, "", false, plan.Target, all, true},
	} {
		side := func(objects []plan.Object, node dag.Node) plan.Side {
			s := applied(map[string]dag.Node{"a": node}, nil)
			if objects != nil {
				s.Objects[key("a")] = objects
			}
			return s
		}
		node := dag.Node{TargetNamespace: "default"}
		if c.prefix != "" {
			node = dag.Node{}
			node.Extra.NamePrefix = c.prefix
		}
		if c.account {
			node.Extra.ServiceAccountName = "a"
		}
		told := false
		for _, change := range compare(t, side(c.was, dag.Node{}), side(c.is, node)).Changes {
			told = told || change.Kind == c.kind && strings.Contains(change.Effect, c.says) && strings.Contains(change.Effect, lost) == c.dataLost
			if change.Kind == plan.Target && c.kind != plan.Target {
				t.Errorf("%s: %+v", c.name, change)
			}
		}
		if !told {
			t.Errorf("%s: %+v", c.name, compare(t, side(c.was, dag.Node{}), side(c.is, node)).Changes)
		}
	}
}

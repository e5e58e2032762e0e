package view_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
	"github.com/tazlab/fluxdag/view"
	"pgregory.net/rapid"
)

// TestSchema holds that the JSON is what docs/graph.schema.json says, and has no
// property that it does not mention.
func TestSchema(t *testing.T) {
	schema := golden.Schema(t, "graph.schema.json")
	tazlab := dag.Resolve(tazlabk8s.Cluster)
	for name, clusters := range map[string][]view.Cluster{
		"tazlab":  {{Name: tazlab.Name(), Root: tazlab.Dir(), Graph: tazlab}},
		"nothing": nil,
		"empty":   {{Graph: dag.Resolve(dag.Cluster{})}},
		"every":   {everything()},
		"two":     {everything(), {Graph: tazlab}},
	} {
		if err := validate(schema, toJSON(t, clusters...)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		if err := validate(schema, toJSON(t, randomCluster(t, anyName))); err != nil {
			t.Fatal(err)
		}
	})
}

// TestSchemaRefuses holds that the schema says something: each of these changes
// to TazLab's JSON breaks it.
func TestSchemaRefuses(t *testing.T) {
	schema := golden.Schema(t, "graph.schema.json")
	tazlab := toJSON(t, view.Cluster{Graph: dag.Resolve(tazlabk8s.Cluster)})
	for _, c := range []struct{ old, new string }{
		{`"edges"`, `"arrows"`},
		{`"boundaries": []`, `"boundaries": null`},
		{`"boundaries": []`, `"boundaries": [{"kind": "", "what": "x"}]`},
		{`"wait": true`, `"wait": "true"`},
		{`"readiness": "wait"`, `"readiness": "applied"`},
		{`"readiness": "applied"`, `"readiness": "healthChecks"`},
		{`"interval": "1h"`, `"interval": 3600`},
		{`"timeout": "5m"`, `"timeout": "5 minutes"`},
		{`"key": "flux-system/apps-data"`, `"key": "apps-data"`},
		{`"cycle": false`, `"cycle": false, "weight": 1`},
		{`"resolved": true`, `"resolved": null`},
	} {
		if changed := bytes.Replace(tazlab, []byte(c.old), []byte(c.new), 1); bytes.Equal(changed, tazlab) {
			t.Errorf("%s is not there", c.old)
		} else if validate(schema, changed) == nil {
			t.Errorf("%s instead of %s is valid", c.new, c.old)
		}
	}
}

func validate(schema *jsonschema.Schema, data []byte) error {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return schema.Validate(document)
}

func toJSON(t interface{ Fatal(...any) }, clusters ...view.Cluster) []byte {
	var b bytes.Buffer
	if err := view.JSON(&b, clusters); err != nil {
		t.Fatal(err)
	}
	if !json.Valid(b.Bytes()) {
		t.Fatal("no JSON: " + b.String())
	}
	return b.Bytes()
}

func toText(t interface{ Fatal(...any) }, clusters ...view.Cluster) string {
	var b bytes.Buffer
	if err := view.Text(&b, clusters); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

package repo

import (
	"errors"
	"testing"
)

// TestBuildMessage holds that what kustomize says of a failure is the same in every run and on
// every machine.
func TestBuildMessage(t *testing.T) {
	c := &cluster{index: &index{base: "/tmp/copy"}}
	for said, want := range map[string]string{
		"merging from\n  generator &{0xfbc6e48ef70 0xfbc73828f80}: id": "merging from generator ...: id",
		"at 0xc000123abc: /tmp/copy/apps/x.yaml":                       "at ...: apps/x.yaml",
		"func (0xc000123abc)":                                          "func ...",
		`accumulating components: accumulateDirectory: "recursed accumulation of path 'comp': namespace transformation produces ID conflict: [{\"kind\":\"Namespace\",\"metadata\":{\"annotations\":{\"config.kubernetes.io/origin\":\"path: a/ns.yaml\\n\"},\"name\":\"web2\"}} {\"kind\":\"Namespace\",\"metadata\":{\"annotations\":{\"config.kubernetes.io/origin\":\"path: b/ns.yaml\\n\"},\"name\":\"web2\"}}]"`: "two objects Namespace (a/ns.yaml, b/ns.yaml) get the name web2 by the namespace of a kustomization.yaml, and are one then: leave one out, or give each a folder with a kustomization.yaml of its own",
		`accumulating: namespace transformation produces ID conflict: [{"kind":"Kustomization","metadata":{"annotations":{"config.kubernetes.io/origin":"path: media/plex.yaml\n"},"name":"plex","namespace":"media"}} {"kind":"Kustomization","metadata":{"annotations":{"config.kubernetes.io/origin":"path: media/plex.yaml\n"},"name":"plex","namespace":"media"}}]`:                                               "two objects Kustomization plex (media/plex.yaml) get namespace media by a kustomization.yaml, and are one then: put one into a folder with a kustomization.yaml of its own",
		"value 0x10 of &{a}": "value 0x10 of &{a}",
	} {
		if got := c.buildMessage(errors.New(said)); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

package plan_test

import (
	"maps"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"pgregory.net/rapid"
)

// TestCommandsReach holds that no command is about an object of a node with a kubeConfig without
// naming the cluster, and that none of another node needs to.
func TestCommandsReach(t *testing.T) {
	done := map[bool]int{}
	for range 10 {
		rapid.Check(t, func(t *rapid.T) {
			base := randomTree(t)
			head := base.commit(t)
			if rapid.Bool().Draw(t, "handed") { // else steps are rare
				head = base.hand(rapid.Bool().Draw(t, "remote"))
			}
			before := base.side()
			for _, ch := range compare(t, before, head.side()).Changes {
				v := before.Graph.Lookup(ch.Node)
				if ch.From != "" {
					v = before.Graph.Lookup(ch.From)
				}
				if v == nil { // it is new
					continue
				}
				remote := v.Object().Spec.KubeConfig != nil
				for _, step := range ch.Steps {
					for part := range strings.SplitSeq(step.Run, " && ") {
						named := strings.HasPrefix(part, "kubectl --context CONTEXT ")
						if named != strings.Contains(step.Do, "CONTEXT stands for the cluster that Secret flux-system/other leads to") {
							t.Fatalf("%s: %+v", v.Key(), step)
						}
						if strings.Contains(part, " configmap/") || strings.Contains(part, " get ") { // a Kustomization may be in either
							if done[remote]++; remote != named {
								t.Fatalf("%s: %+v", v.Key(), step)
							}
						}
					}
				}
			}
		})
	}
	if done[true] == 0 || done[false] == 0 {
		t.Errorf("no commands: %v", done)
	}
}

// hand makes two Kustomizations apply to the same cluster, and one take over from the other.
func (r tree) hand(remote bool) tree {
	for name, path := range map[string]string{"a": "./p", "b": "./q"} {
		r.set(name, func(m *manifest) {
			if m.spec = (kustomizev1.KustomizationSpec{Path: path, Prune: true}); remote {
				m.spec.KubeConfig = &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: "other"}}
			}
		})
	}
	head := r.clone()
	maps.Copy(head["q"].objects, r["p"].objects)
	clear(head["p"].objects)
	return head
}

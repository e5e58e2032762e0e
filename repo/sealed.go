package repo

import (
	"encoding/base64"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// encrypted reports what becomes of a Secret that SOPS encrypted where nothing decrypts it: whether
// Flux refuses it, or applies the encrypted text. What it looks at is left of the field sops only
// where the Secret cannot be read as one, for a value in data is no base64 (fluxcd/pkg/ssa:
// normalize.UnstructuredList drops the field, before KustomizationReconciler.apply asks
// decryptor.IsEncryptedSecret).
func encrypted(res *resource.Resource) (refused, applied bool) {
	if res.GetApiVersion() != "v1" || res.GetKind() != "Secret" || member(res.YNode(), "sops") == nil ||
		strings.EqualFold(res.GetAnnotations(decryptAnnotation)[decryptAnnotation], "disabled") {
		return false, false
	}
	data := member(res.YNode(), "data")
	if data != nil && data.Kind == kyaml.MappingNode {
		for i := 1; i < len(data.Content); i += 2 {
			if _, err := base64.StdEncoding.DecodeString(data.Content[i].Value); err != nil {
				return true, false
			}
		}
	}
	return false, true
}

// reportSealed reports encrypted Secrets that the node does not decrypt.
func (n *node) reportSealed() {
	if n.virtual || value(n.object, "spec", "decryption") != nil {
		return
	}
	const hint = "set spec.decryption of the Kustomization"
	report := func(is func(*Object) bool, does string) {
		var all []string
		var first *Object
		for _, o := range n.inventory {
			if is(o) {
				if first == nil {
					first = o
				}
				all = append(all, o.ID().String())
			}
		}
		if first == nil {
			return
		}
		are := "is"
		if len(all) > 1 {
			are = "are"
		}
		n.findings = append(n.findings, finding(sealedSecret, first.Position, n.name(), hint, "%s %s encrypted, and spec.decryption is not set: Flux %s", names(all), are, does))
	}
	report(func(o *Object) bool { return o.sealed }, "fails with \"configuring decryption is required\", and applies and deletes nothing of "+quote(n.path()))
	report(func(o *Object) bool { return o.ciphered }, "applies the encrypted text as it is")
}

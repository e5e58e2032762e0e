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
	var refused, applied []*Object
	for _, o := range n.inventory {
		switch {
		case o.sealed:
			refused = append(refused, o)
		case o.ciphered:
			applied = append(applied, o)
		}
	}
	const hint, not = "set spec.decryption of the Kustomization", "encrypted, and spec.decryption is not set: Flux "
	n.reportObjects(sealedSecret, refused, hint, "is", "are", not+"fails with \"configuring decryption is required\", and applies and deletes nothing of "+quote(n.path()))
	n.reportObjects(sealedSecret, applied, hint, "is", "are", not+"applies the encrypted text as it is")
}

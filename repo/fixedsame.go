package repo

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

// sameFields are those in which the API server fills in defaults before it compares: there empty
// lists and mappings are as none, and quantities are compared by value (Semantic.DeepEqual).
var sameFields = []string{"selector", "roleRef", "volumeClaimTemplates", "template"}

// assumed are the defaults of fields below sameFields, by name. They follow the functions
// SetDefaults_X of Kubernetes' pkg/apis (apps, batch, core, rbac).
var assumed = map[string]string{
	"apiGroup": "rbac.authorization.k8s.io", "volumeMode": "Filesystem", "terminationGracePeriodSeconds": "30", "dnsPolicy": "ClusterFirst",
	"schedulerName": "default-scheduler", "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File", "protocol": "TCP",
}

// semantic is the value of a field as the API server compares it.
func semantic(kind, name string, data []byte) []byte {
	if !slices.Contains(sameFields, name) || name == "selector" && strings.HasPrefix(kind, "PersistentVolume") {
		return data
	}
	return rewritten(data, func(value any) any {
		if list, ok := value.([]any); ok && name == "volumeClaimTemplates" {
			for _, claim := range list {
				if claim, ok := claim.(map[string]any); ok {
					delete(claim, "apiVersion")
					delete(claim, "kind")
					delete(claim, "status")
				}
			}
		}
		return settle(value, name)
	})
}

// rewritten writes a value of JSON in another way; as it is where it is none.
func rewritten(data []byte, rewrite func(any) any) []byte {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return data
	}
	same, err := json.Marshal(rewrite(value))
	if err != nil {
		return data
	}
	return same
}

// settle leaves out of a value below a field what is as none, and writes quantities in one way.
func settle(value any, field string) any {
	switch value := value.(type) {
	case map[string]any:
		policy := pullPolicy(value)
		for name, inner := range value {
			inner = settle(inner, name)
			value[name] = inner
			switch text := scalarText(inner); {
			case slices.Contains([]string{"requests", "limits"}, field):
				if q, err := resource.ParseQuantity(text); err == nil {
					value[name] = q.String()
				}
			case hasNone(inner) || text != "" && !literal(field) && assumed[name] == text || name == "imagePullPolicy" && text == policy:
				delete(value, name)
			}
		}
	case []any:
		for i := range value {
			value[i] = settle(value[i], field)
		}
	}
	return value
}

// literal reports whether the names in a mapping are those of its author, and have no defaults.
func literal(field string) bool {
	return slices.Contains([]string{"labels", "annotations", "matchLabels", "nodeSelector"}, field)
}

// hasNone reports whether a value is null, or an empty list or mapping.
func hasNone(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case map[string]any:
		return len(value) == 0
	case []any:
		return len(value) == 0
	}
	return false
}

func scalarText(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case json.Number:
		return value.String()
	}
	return ""
}

// pullPolicy is the default of a container's imagePullPolicy, by the tag of its image.
func pullPolicy(container map[string]any) string {
	image, _ := container["image"].(string)
	name, _, digest := strings.Cut(image, "@")
	_, tag, tagged := strings.Cut(name[strings.LastIndex(name, "/")+1:], ":")
	if tag == "latest" || !tagged && !digest {
		return "Always"
	}
	return "IfNotPresent"
}

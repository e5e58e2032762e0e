package plan

import (
	"slices"
	"strings"
)

// works reports whether something runs for an object, and ends with it.
func (o Object) works() bool {
	switch o.Group {
	case "":
		return slices.Contains([]string{"Pod", "ReplicationController", "Namespace"}, o.Kind)
	case "apps":
		return o.Kind != "ControllerRevision"
	}
	return o.Group == "batch" || o.release()
}

func (o Object) claim() bool   { return o.Group == "" && o.Kind == "PersistentVolumeClaim" }
func (o Object) release() bool { return o.Group == helmGroup && o.Kind == "HelmRelease" }

// stateful reports whether an object has data that another one under another name has not.
func (o Object) stateful() bool {
	return o.claim() || o.release() || o.Group == "apps" && o.Kind == "StatefulSet" || o.Group == "" && o.Kind == "PersistentVolume"
}

// custom reports whether an object is one of which only its controller knows what it stands
// for.
func (o Object) custom() bool {
	return strings.Contains(o.Group, ".") && !strings.HasSuffix(o.Group, ".k8s.io") && !strings.HasSuffix(o.Group, ".fluxcd.io")
}

func having(objects []Object, is func(Object) bool) []Object {
	var all []Object
	for _, o := range objects {
		if is(o) {
			all = append(all, o)
		}
	}
	return all
}

// interruption says what stops and what is lost when objects are deleted and created anew,
// where that is known, or nothing.
func interruption(objects []Object, known bool) string {
	workloads, claims := !known || len(having(objects, Object.works)) > 0, !known
	claims = claims || slices.ContainsFunc(objects, func(o Object) bool { return o.claim() || o.release() || o.Kind == "Namespace" && o.Group == "" })
	var parts []string
	if workloads {
		parts = append(parts, "workloads stop")
	}
	if claims {
		parts = append(parts, "the data of claims is lost")
	}
	if custom := having(objects, Object.custom); len(custom) > 0 {
		parts = append(parts, "what controllers made of "+few(named(custom), 2)+" may go")
	}
	if len(parts) == 0 {
		return "."
	}
	return ": " + joined(parts) + "."
}

// toll says what data goes with objects that are deleted.
func toll(objects []Object) string {
	said := ""
	if claims := having(objects, Object.claim); len(claims) > 0 {
		said = " The data of " + few(named(claims), 3) + " goes with it, unless the volume is kept (reclaimPolicy: Retain)."
	}
	if releases := having(objects, Object.release); len(releases) > 0 {
		said += " With " + few(named(releases), 3) + " the release is uninstalled, and claims that it made go."
	}
	return said
}

// joined joins parts of a sentence.
func joined(parts []string) string {
	last := len(parts) - 1
	if last < 1 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:last], ", ") + ", and " + parts[last]
}

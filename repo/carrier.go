package repo

import (
	"slices"
	"strings"
)

// Flux reports whether Flux itself runs by an object: it is a FluxInstance or a release of
// the charts for it, of the Flux Operator or of Flux, or one of the controllers.
func (o *Object) Flux() bool {
	switch {
	case o.Group == operatorGroup:
		return o.Kind == "FluxInstance"
	case o.Group == "apps":
		return o.Kind == "Deployment" && slices.Contains([]string{"kustomize-controller", "source-controller", "flux-operator"}, o.Name)
	case !o.isRelease():
		return false
	}
	return o.brings() || o.fromChart("flux-operator") || o.fromChart("flux2")
}

// Instance reports whether the Flux Operator installs Flux by an object, and uninstalls it when
// that is deleted: a FluxInstance, or a release of the chart for it. Where an annotation has the
// operator let it be, it does not (FluxInstanceReconciler.uninstall).
func (o *Object) Instance() bool {
	annotations := []string{"metadata", "annotations"}
	if o.isRelease() {
		annotations = []string{"spec", "values", "commonAnnotations"}
	}
	lets := strings.EqualFold(text(o.body, append(annotations, operatorGroup+"/reconcile")...), "disabled")
	return !lets && (o.Group == operatorGroup && o.Kind == "FluxInstance" || o.isRelease() && o.brings())
}

// brings reports whether a release is one of the chart for a FluxInstance.
func (o *Object) brings() bool {
	return text(o.body, "spec", "values", "instance", "sync", "path") != "" || o.fromChart("flux-instance")
}

// fromChart reports whether a release is one of a chart, by its name or that of its source.
func (o *Object) fromChart(name string) bool {
	chart := text(o.body, "spec", "chart", "spec", "chart")
	return chart == name || chart == "" && (o.Name == name || text(o.body, "spec", "chartRef", "name") == name)
}

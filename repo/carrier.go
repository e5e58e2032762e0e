package repo

import "slices"

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
	chart := text(o.body, "spec", "chart", "spec", "chart")
	return text(o.body, "spec", "values", "instance", "sync", "path") != "" ||
		slices.ContainsFunc([]string{"flux-instance", "flux-operator", "flux2"}, func(name string) bool {
			return chart == name || chart == "" && (o.Name == name || text(o.body, "spec", "chartRef", "name") == name)
		})
}

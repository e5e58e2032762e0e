package repo

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

func (o *Object) isRelease() bool { return o.Group == helmGroup && o.Kind == "HelmRelease" }

// automates reports whether an object writes image tags into a source.
func (o *Object) automates() bool { return o.Group == imageGroup && o.Kind == "ImageUpdateAutomation" }

// settled returns what a node applies, with what only the whole cluster tells of it: what
// names the charts of its HelmReleases. The objects of an inventory may be those of another
// load as well (see [Cache]): such are copied.
func (c *cluster) settled(n *node) []*Object {
	if !c.options.Digests || !slices.ContainsFunc(n.inventory, (*Object).isRelease) {
		return n.inventory
	}
	all := slices.Clone(n.inventory)
	for i, o := range all {
		if o.isRelease() {
			release := *o
			release.fixed = written(c.target(n, o))
			release.local, _ = c.localChart(n, o)
			all[i] = &release
		}
	}
	return all
}

// target lists what makes helm-controller uninstall a release and install it anew where it
// changes (internal/action/verify.go: ReleaseTargetChanged): where the release is stored, its
// namespace and name, and the name of its chart, with what it is told to do where only that changes.
func (c *cluster) target(n *node, release *Object) map[string]string {
	spec, _ := release.body["spec"].(map[string]any)
	to := text(spec, "targetNamespace")
	name := release.Name
	if to != "" {
		name = to + "-" + name
	}
	target := map[string]string{"storageNamespace": cmp.Or(text(spec, "storageNamespace"), release.Namespace),
		"targetNamespace": cmp.Or(to, release.Namespace), "releaseName": cmp.Or(text(spec, "releaseName"), name)}
	if text(spec, "upgrade", "chartNameChangeStrategy") == "InPlaceUpdate" {
		target["chartNameChangeStrategy"] = "InPlaceUpdate"
	}
	chart, certain := c.chart(n, release)
	if chart != "" {
		target["chart"] = chart
	}
	if !certain {
		target["chartGuessed"] = "true"
	}
	return target
}

// chart returns the name of a HelmRelease's chart as far as the repository tells, and whether it is
// certain; none of a chart whose source is not here. What counts is the name in a chart's own
// Chart.yaml. A HelmRepository lists its charts by that; of others that are not here, it is nearly
// always the one of their folder or repository, but a mirror may call that otherwise.
func (c *cluster) chart(n *node, release *Object) (name string, certain bool) {
	if chart, local := c.localChart(n, release); local && chart.name != "" {
		return chart.name, true
	}
	if spec, _ := c.chartSpec(n, release); text(spec, "chart") != "" {
		return path.Base(text(spec, "chart")), text(spec, "sourceRef", "kind") == "HelmRepository"
	}
	ref, _ := value(release.body, "spec", "chartRef").(map[string]any)
	id := ID{sourceGroup, text(ref, "kind"), cmp.Or(text(ref, "namespace"), release.Namespace), text(ref, "name")}
	if url := strings.TrimRight(text(c.bodyOf(n, id), "spec", "url"), "/"); url != "" { // of an OCIRepository
		return path.Base(url), false
	}
	return "", false
}

// bodyOf returns an object beside those of a node, in the cluster to which it applies, or nil.
func (c *cluster) bodyOf(n *node, id ID) map[string]any {
	if i := slices.IndexFunc(n.inventory, func(o *Object) bool { return o.ID() == id }); i >= 0 {
		return n.inventory[i].body
	}
	if owners := c.owners[id]; len(owners) > 0 && !n.remote() {
		return owners[len(owners)-1].object.body
	}
	return nil
}

// Chart returns the source of a HelmRelease's chart, or that which a HelmChart or an
// ImageUpdateAutomation names; none of any other object.
func (o *Object) Chart() ID {
	named := o.Group == sourceGroup && o.Kind == "HelmChart" || o.automates()
	if !o.isRelease() && !named {
		return ID{}
	}
	ref, _ := value(o.body, "spec", "chartRef").(map[string]any)
	if named {
		ref, _ = value(o.body, "spec", "sourceRef").(map[string]any)
	}
	if ref == nil {
		ref, _ = value(o.body, "spec", "chart", "spec", "sourceRef").(map[string]any)
	}
	if text(ref, "name") == "" {
		return ID{}
	}
	return ID{sourceGroup, cmp.Or(text(ref, "kind"), "GitRepository"), cmp.Or(text(ref, "namespace"), o.Namespace), text(ref, "name")}
}

// Installs returns the namespace into which a HelmRelease installs, where that is not its own.
func (o *Object) Installs() string { return o.elsewhere("targetNamespace") }

// Away reports whether a HelmRelease installs into another cluster than the one that it is in.
func (o *Object) Away() bool { return o.isRelease() && value(o.body, "spec", "kubeConfig") != nil }

// Strict reports whether a HelmRelease is not installed over what another release made.
func (o *Object) Strict() bool {
	strict, _ := value(o.body, "spec", "install", "disableTakeOwnership").(bool)
	return strict && o.isRelease()
}

// Stores returns the namespace where helm-controller keeps the records of a HelmRelease, where
// that is not its own.
func (o *Object) Stores() string { return o.elsewhere("storageNamespace") }

func (o *Object) elsewhere(field string) string {
	if !o.isRelease() {
		return ""
	}
	if namespace := text(o.body, "spec", field); namespace != o.Namespace {
		return namespace
	}
	return ""
}

// Awaits lists what a HelmRelease is never ready without beside its chart, as
// Kind/namespace/name: releases that it depends on, and where it takes its values from.
func (o *Object) Awaits() []string {
	if !o.isRelease() {
		return nil
	}
	var all []string
	for _, dep := range list(o.body, "spec", "dependsOn") {
		all = append(all, "HelmRelease/"+cmp.Or(text(dep, "namespace"), o.Namespace)+"/"+text(dep, "name"))
	}
	for _, ref := range list(o.body, "spec", "valuesFrom") {
		if optional, _ := ref["optional"].(bool); !optional {
			all = append(all, text(ref, "kind")+"/"+o.Namespace+"/"+text(ref, "name"))
		}
	}
	return all
}

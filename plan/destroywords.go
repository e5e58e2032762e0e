package plan

import (
	"fmt"
	"slices"
)

// Summary counts the nodes and stages.
func (d Teardown) Summary() string {
	n := 0
	for _, stage := range d.Stages {
		n += len(stage.Nodes)
	}
	if n == 0 {
		return "nothing to delete"
	}
	summary := fmt.Sprintf("%s, in %s, %s", plural(n, "node"), plural(len(d.Stages), "stage"), verb(len(d.Stages), "a commit of its own", "each a commit of its own"))
	if len(d.Unread) > 0 {
		summary += "; not all could be read, so nodes may be missing"
	}
	return summary
}

const circular = "These wait for each other: no order is right, and Flux deletes them in any."

// beside returns which kustomization.yamls list the files of a stage, and why a command deletes
// what the commit leaves.
func (r Removal) beside() (lists, reasons []string) {
	for _, node := range r.Nodes {
		lists, reasons = append(lists, node.Listed...), append(reasons, node.ByHand)
	}
	return unique(lists), said(reasons)
}

// text names a node that goes, where it is written, and what becomes of what it applied.
func (r Removed) text() string {
	text := r.Node
	switch at := r.Position.String(); {
	case r.Position.File == "":
	case r.Beside:
		text += " from " + at + ", which holds others too"
	default:
		text += " (" + at + ")"
	}
	if r.Because != "" {
		text += ", which needs " + r.Because
	}
	if r.Stays != "" {
		text += "; what it applied stays: " + r.Stays
	}
	return text
}

// remarks says what to mind of a node that goes. Lists are cut short as few does.
func (r Removed) remarks(few func(names []string, most int) string) []string {
	var all []string
	say := func(names []string, before, after string) {
		if len(names) > 0 {
			all = append(all, before+few(names, maxNamed)+after)
		}
	}
	say(r.Makes, "its document makes ", r.aloneText(few))
	switch {
	case len(r.Makes) > 0:
		say(r.Clusters, "its file is part of ", " too")
	case r.Alone:
		say(r.Clusters, "its file is part of ", " too, and so is what lists it: change neither. Leave it out of this cluster alone, by $patch: delete "+r.where(few))
	default:
		say(r.Clusters, "its file is part of ", " too: leave it there, and out of what this cluster builds")
	}
	say(ofKinds(r.Data, "Namespace"), "everything goes that is in ", ", claims with their data too")
	say(ofKinds(r.Data, "PersistentVolume", "PersistentVolumeClaim"), "the data of ", " goes, unless the volume is kept (reclaimPolicy: Retain)")
	say(r.Shedding, "the data of claims made for ", " goes (persistentVolumeClaimRetentionPolicy, whenDeleted: Delete), unless the volume is kept (reclaimPolicy: Retain)")
	say(subtract(ofKinds(r.Data, "StatefulSet"), r.Shedding), "claims made for ", " stay, unless its persistentVolumeClaimRetentionPolicy deletes them")
	say(ofKinds(r.Data, "HelmRelease"), "uninstalled: ", "")
	say(subtract(r.Custom, r.Undefined), "custom resources: ", "")
	say(r.Undefined, "custom resources whose operators are not known here: ", "")
	return all
}

// said returns each text once, without the empty one.
func said(texts []string) []string {
	return slices.DeleteFunc(unique(texts), func(text string) bool { return text == "" })
}

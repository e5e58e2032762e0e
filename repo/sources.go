package repo

import (
	"maps"
	"slices"
	"strings"
)

// Sources returns what the sources that Kustomizations build from fetch, by "Kind
// namespace/name": those that the cluster applies, and the root's own. Two revisions have
// the same text for a source unless what Kustomizations get from it may differ: by its
// address and reference, by what of that gets into the artifact, which stands behind them
// as a hash, and by where the value of a variable in it comes from. What [Cluster.Ignores]
// holds is no part of it. That of an ExternalArtifact which is copied from this repository
// differs with what the copies may match, unless the Kustomizations are built from that.
func (c *Cluster) Sources() map[string]string { return maps.Clone(c.sources) }

// Copies holds the ExternalArtifacts that Kustomizations build from, as [Cluster.Sources] names them,
// whose ArtifactGenerator copies all that is in them from this repository.
func (c *Cluster) Copies() map[string]bool { return maps.Clone(c.copies) }

// Suspended lists the sources that are suspended, as [Cluster.Sources] names them.
func (c *Cluster) Suspended() map[string]bool { return maps.Clone(c.suspended) }

// suspends lists the sources that are suspended.
func (c *cluster) suspends() map[string]bool {
	all := map[string]bool{}
	for s, object := range c.sources {
		if on, _ := value(object, "spec", "suspend").(bool); on {
			all[s.String()] = true
		}
	}
	return all
}

// fetched lists what all sources fetch.
func (c *cluster) fetched(out *Cluster) map[string]string {
	known := maps.Clone(c.sources)
	if c.root.fetches != nil && known[c.root.source] == nil {
		known[c.root.source] = c.root.fetches // made by the Flux operator, or by hand
	}
	all := map[string]string{}
	for s := range known {
		what := fetches(known, s, nil)
		if s == c.root.source && c.ignoresAsRead(known[s]) {
			what = fetches(known, s, nil, "ignore")
			out.ignores = map[string]string{s.String(): strings.Join(ignoreRules(c.root.ignore), "\n")}
		}
		if IsSymbolic(what) {
			for _, o := range c.owners[ID{sourceGroup, s.kind, s.namespace, s.name}] {
				what += " " + hash(out.origins(o.node.key.String(), map[string]bool{}))
			}
		}
		all[s.String()] = what
	}
	for _, n := range c.order {
		s := sourceOf(n.object, n.key.namespace)
		if a := c.artifactOf(s); a != nil && all[s.String()] == "" {
			what, own := c.copied(a, known)
			if what != "" {
				all[s.String()] = what
			}
			out.copies[s.String()] = own
		}
	}
	return all
}

// fetches says what a source fetches, but for what some fields say. What it includes of others
// counts as its own.
func fetches(known map[source]map[string]any, s source, around []source, but ...string) string {
	object := known[s]
	what := sourceURL(object)
	if ref, ok := value(object, "spec", "sourceRef").(map[string]any); ok { // of an ExternalArtifact
		what = strings.Join([]string{text(ref, "apiVersion"), text(ref, "kind"), text(ref, "namespace") + "/" + text(ref, "name")}, " ")
	}
	more := slices.DeleteFunc(selected(object), func(field any) bool { return slices.Contains(but, field.([]any)[0].(string)) })
	for _, include := range list(object, "spec", "include") {
		other := source{"GitRepository", s.namespace, text(include, "repository", "name")}
		from := other.String()
		if known[other] != nil && !slices.Contains(around, other) && other != s {
			from += " " + fetches(known, other, append(around, s))
		}
		more = append(more, []any{"include", include["fromPath"], include["toPath"], from})
	}
	if len(more) > 0 {
		what += " with " + hash(more)
	}
	return what
}

// selected lists what decides how much of what a source fetches gets into its artifact; a
// value that is the default is none.
func selected(object map[string]any) []any {
	var all []any
	add := func(field string, value any) { all = append(all, []any{field, value}) }
	if rules := ignoreRules(text(object, "spec", "ignore")); len(rules) > 0 {
		add("ignore", rules)
	}
	for _, field := range []string{"recurseSubmodules"} {
		if on, _ := value(object, "spec", field).(bool); on {
			add(field, true)
		}
	}
	if folders, _ := value(object, "spec", "sparseCheckout").([]any); len(folders) > 0 {
		names := make([]string, len(folders))
		for i, folder := range folders {
			names[i], _ = folder.(string)
		}
		add("sparseCheckout", sortedUnique(names))
	}
	layer, _ := value(object, "spec", "layerSelector").(map[string]any)
	if text(layer, "mediaType") != "" || text(layer, "operation") == "copy" {
		add("layerSelector", []string{text(layer, "mediaType"), strings.TrimPrefix(text(layer, "operation"), "extract")})
	}
	return all
}

// ignoreRules returns the lines of a spec.ignore that say something.
func ignoreRules(ignore string) []string {
	lines := strings.Split(ignore, "\n")
	return slices.DeleteFunc(lines, func(line string) bool {
		line = strings.TrimSpace(line)
		return line == "" || strings.HasPrefix(line, "#")
	})
}

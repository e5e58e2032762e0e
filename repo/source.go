package repo

import (
	"cmp"
	"net/url"
	"path"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// beyond reports whether what a node applies lies outside the repository, and
// why.
func (c *cluster) beyond(n *node) (dag.Boundary, bool) {
	b := dag.Boundary{Node: n.name(), Position: n.locate("spec.path")}
	switch src := sourceOf(n.object, n.key.namespace); {
	case IsSymbolic(n.path()):
		b.Kind, b.What = "variable", "path "+n.path()
		return b, true
	case n.virtual || c.sameSource(src) || c.followed(n) != nil:
		return b, false
	default:
		b.Kind, b.What, b.Position = "source", src.String(), n.locate("spec.sourceRef")
		return b, true
	}
}

// sameSource reports whether a source holds this repository: it is the root's,
// or has its address and branch.
func (c *cluster) sameSource(s source) bool {
	if s == c.root.source || c.root.source == (source{}) || s.kind == "" || s == c.former {
		return true
	}
	fetched := sourceURL(c.sources[s])
	return fetched != "" && sameURL(fetched) == sameURL(c.rootURL())
}

// sameURL returns an address of a Git repository, and what follows it behind a space, in the one
// spelling that all have which lead to that repository: by whatever protocol and user.
func sameURL(address string) string {
	at, reference, _ := strings.Cut(address, " ")
	u, err := url.Parse(at)
	if port := map[string]string{"https": "443", "http": "80", "ssh": "22"}; err == nil && port[u.Scheme] != "" {
		host := strings.ToLower(u.Hostname())
		if u.Port() != "" && u.Port() != port[u.Scheme] { // which another protocol does not have
			host = u.Scheme + "://" + host + ":" + u.Port()
		}
		at = host + "/" + strings.TrimSuffix(strings.Trim(path.Clean("/"+u.Path), "/"), ".git")
	}
	return at + " " + reference
}

// Succeeds says what the cluster was in an earlier revision. Where the root's source had another name
// there, and fetched the same, that name stands for this repository in what [Cluster.Applies] is
// asked: specs name it until the new ones arrive, and until it goes.
func (c *Cluster) Succeeds(earlier *Cluster) {
	old := earlier.site.root.source
	if c.source != "" && c.source == earlier.source && c.site.sources[old] == nil {
		c.site.former = old
	}
}

// rootURL returns what the root's source fetches, or nothing.
func (c *cluster) rootURL() string {
	return cmp.Or(sourceURL(c.sources[c.root.source]), sourceURL(c.root.fetches))
}

// sourceURL returns what a source fetches: address and reference, or nothing.
func sourceURL(object map[string]any) string {
	switch url := text(object, "spec", "url"); {
	case url != "" && text(object, "kind") == "OCIRepository":
		return url + " " + ociReference(object)
	case url != "":
		return strings.TrimSuffix(url, ".git") + " " + gitReference(object)
	}
	address := text(object, "spec", "endpoint") // of a Bucket
	for _, field := range []string{"bucketName", "prefix"} {
		if part := text(object, "spec", field); part != "" {
			address += "/" + part
		}
	}
	return address
}

// gitReference returns what a GitRepository checks out: a branch by its bare name. That a
// tag goes before a semver is what the controller does, not what its reference says.
func gitReference(object map[string]any) string {
	ref, _ := value(object, "spec", "ref").(map[string]any)
	if commit := text(ref, "commit"); commit != "" {
		return "commit " + commit
	}
	if name := text(ref, "name"); name != "" {
		if tag, ok := strings.CutPrefix(name, "refs/tags/"); ok {
			return "tag " + tag
		}
		return strings.TrimPrefix(name, "refs/heads/")
	}
	return cmp.Or(fields(ref, "tag"), fields(ref, "semver"), text(ref, "branch"), "master")
}

// ociReference returns what an OCIRepository pulls.
func ociReference(object map[string]any) string {
	ref, _ := value(object, "spec", "ref").(map[string]any)
	return cmp.Or(fields(ref, "digest"), fields(ref, "semver", "semverFilter"), fields(ref, "tag"), "tag latest")
}

// fields lists those fields of a reference that are set, with their names.
func fields(ref map[string]any, names ...string) string {
	var set []string
	for _, name := range names {
		if at := text(ref, name); at != "" {
			set = append(set, name+" "+at)
		}
	}
	return strings.Join(set, " ")
}

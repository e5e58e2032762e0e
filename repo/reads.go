package repo

import "path/filepath"

// Source returns the address that the sync root's source is fetched from and, behind a
// space, what of it, such as a branch; nothing where the repository does not say.
func (c *Cluster) Source() string { return c.source }

// Reads lists the files that the build of a Kustomization, a namespace/name, reads, as far
// as its kustomization.yaml files say, and the folder that it builds.
func (c *Cluster) Reads(node string) []string {
	v := c.Graph.Lookup(node)
	if v == nil {
		return nil
	}
	dir := c.tree.abs(v.Object().Spec.Path)
	seen := map[string]bool{}
	files := append(c.tree.sources(dir, seen), c.tree.rel(dir))
	for _, component := range v.Object().Spec.Components {
		files = append(files, c.tree.sources(filepath.Join(dir, filepath.FromSlash(component)), seen)...)
	}
	return files
}

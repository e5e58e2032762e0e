package repo

import "path/filepath"

// Source returns the address that the sync root's source is fetched from and, behind a
// space, what of it, such as a branch; nothing where the repository does not say.
func (c *Cluster) Source() string { return c.source }

// Reads lists the files that the build of a Kustomization, a namespace/name, reads or
// looks for in vain, the folders that have a say in it, and those of its charts: where nothing of that differs,
// neither does what was built. It is empty for one that is built from elsewhere.
func (c *Cluster) Reads(node string) []string { return c.reads[node] }

// reads lists what had a say in the build of a node. One that failed stopped before it had
// read all: there the kustomization.yaml files say what else it would read.
func (c *cluster) reads(n *node) []string {
	if !n.judged {
		return nil
	}
	t, dir := c.placed(n)
	files := append([]string{t.rel(dir)}, n.built.reads...)
	if a := c.followed(n); a != nil && a.generator.Position.File != "" {
		files = append(files, a.generator.Position.File)
	}
	for _, cut := range n.built.cuts {
		if cut.target != "" {
			files = append(files, cut.target)
		}
	}
	if n.built.err != nil || n.built.reads == nil {
		seen := map[string]bool{}
		files = append(files, t.sources(dir, seen)...)
		for _, component := range components(n.object) {
			target := filepath.Join(dir, filepath.FromSlash(component))
			files = append(append(files, t.rel(target)), t.sources(target, seen)...)
		}
	}
	if c.options.Digests {
		files = append(files, c.chartFolders(n)...)
	}
	return sortedUnique(files)
}

// components lists the folders that spec.components names, relative to the path.
func components(kustomization map[string]any) []string {
	entries, _ := value(kustomization, "spec", "components").([]any)
	var folders []string
	for _, entry := range entries {
		if s, ok := entry.(string); ok {
			folders = append(folders, s)
		}
	}
	return folders
}

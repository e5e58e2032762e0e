package repo

import (
	"encoding/json"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"sync"

	"github.com/tazlab/fluxdag/dag"
)

// Cache keeps what Kustomizations apply, from one load of a repository to that of another
// revision: where nothing that a build read differs, it is not built again. Only builds of
// which there is nothing to tell are kept. Of the second load, findings about patches that
// match nothing may be missing.
type Cache struct {
	last *memory // of the last load
}

// memory is what one load keeps. It stays the load's own: a later one has other files.
type memory struct {
	mu      sync.Mutex
	entries map[string]result
	ignores []string // the files that say what a source leaves out
}

// result is what a Kustomization applies.
type result struct {
	built     built
	inventory []*Object
	symbolic  map[string]dag.Related
	nameless  map[string]dag.Related
	used      map[string]bool
}

// NewCache returns an empty cache.
func NewCache() *Cache { return &Cache{last: &memory{}} }

// begin returns what a load keeps, with what it can take from the one before. That is
// nothing where the repository has schemas of its own, which kustomize keeps for later
// builds.
func (k *Cache) begin(ix *index, differs func(string) bool) *memory {
	if k == nil {
		return nil
	}
	before := k.last
	k.last = &memory{entries: map[string]result{}, ignores: ix.ignores}
	if ix.openAPI {
		return nil
	}
	if differs == nil || slices.ContainsFunc(slices.Concat(before.ignores, ix.ignores), differs) {
		return k.last
	}
	before.mu.Lock()
	defer before.mu.Unlock()
	for key, a := range before.entries {
		if !slices.ContainsFunc(a.built.reads, differs) {
			k.last.entries[key] = a
		}
	}
	return k.last
}

// recall gives a node what one like it applies, and reports whether that is known.
func (k *memory) recall(n *node) bool {
	if k == nil {
		return false
	}
	k.mu.Lock()
	a, known := k.entries[n.like]
	k.mu.Unlock()
	if known {
		n.built, n.inventory, n.vars.symbolic, n.vars.nameless, n.vars.used = a.built, a.inventory, a.symbolic, a.nameless, a.used
	}
	return known
}

func (k *memory) has(key string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	_, known := k.entries[key]
	return known
}

// keep remembers what a node applies, where there is nothing else to tell of it.
func (k *memory) keep(n *node) {
	quiet := n.built.err == nil && len(n.built.cuts)+len(n.built.refused)+len(n.bounds)+len(n.idle)+len(n.lost)+len(n.rejected) == 0 &&
		!slices.ContainsFunc(n.findings, func(d dag.Diagnostic) bool { return d.Code != kustomizeWarning.Code })
	if k == nil || n.like == "" || n.built.reads == nil || !quiet || n.vars.failed {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.entries[n.like] = result{n.built, n.inventory, n.vars.symbolic, n.vars.nameless, n.vars.used}
}

// These fields of a Kustomization's spec decide nothing of what it applies: when and as whom it
// does so, and what becomes of the objects then.
var (
	timingFields = []string{"interval", "retryInterval", "timeout", "dependsOn", "force", "wait", "healthChecks", "healthCheckExprs", "serviceAccountName"}
	policyFields = []string{"suspend", "prune", "deletionPolicy"}
)

// cacheKey tells the nodes apart that may apply different things.
func (c *cluster) cacheKey(n *node) string {
	if c.memory == nil {
		return ""
	}
	spec := map[string]any{}
	all, _ := n.object["spec"].(map[string]any)
	for field, value := range all {
		if !slices.Contains(timingFields, field) && !slices.Contains(policyFields, field) {
			spec[field] = value
		}
	}
	rule := ""
	if a := c.followed(n); a != nil {
		rule = a.rule
	}
	data, err := json.Marshal([]any{rule, c.root.prefix, c.root.ignore, n.key.namespace, n.virtual, spec, n.vars.runs, n.vars.known, n.vars.opaque})
	if err != nil {
		return "" // nothing is kept under it
	}
	return string(data)
}

// inFiles turns what a build read, and what it looked for, into paths of the repository:
// the files, and the folders that have a say in what is read. A component that may be
// missing is left out of what is built before anything looks for it.
func (f *buildFS) inFiles(dir string, object map[string]any) []string {
	if f.globbed {
		return nil
	}
	reads := map[string]bool{f.tree.rel(dir): true}
	for p := range f.all {
		rel := f.tree.rel(p)
		reads[rel] = true
		if isKustomizationFile(p) {
			reads[path.Dir(rel)] = true
		}
	}
	for _, component := range components(object) {
		reads[f.tree.rel(filepath.Join(dir, filepath.FromSlash(component)))] = true
	}
	return slices.Sorted(maps.Keys(reads))
}

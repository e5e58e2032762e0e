package full

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/plan"
	"github.com/tazlab/fluxdag/repo"
	"github.com/tazlab/fluxdag/schema"
)

// planning reads the revisions that plan compares.
type planning struct {
	reading
	version   fluxVersion
	crd       *schema.Schema                 // of that version
	cache     *repo.Cache                    // of what the base builds
	artifacts map[string]string              // the artifact roots of the base's clusters, by root
	based     map[string]*repo.Cluster       // of the base, by root
	before    map[string]plan.Side           // of the base, by root
	bodies    map[*dag.Vertex]map[string]any // as they are in the cluster
}

func (p *planning) flags(c *cobra.Command) {
	p.reading.flags(c)
	p.version.flag(c)
}

// sides reads the clusters of one revision for plan. A revision without a sync root has
// none. Where the base has one whose folder is still there, it is read from there as well.
func (p *planning) sides(c *cobra.Command, s cmd.Snapshot) ([]plan.Side, error) {
	vars, err := p.variables()
	if err != nil {
		return nil, err
	}
	isBase := s.Differs == nil
	if isBase {
		if p.crd, err = p.version.load(); err != nil {
			return nil, err
		}
		p.flux = p.version.minor
		p.cache, p.artifacts = repo.NewCache(), map[string]string{}
		p.based, p.before = map[string]*repo.Cluster{}, map[string]plan.Side{}
		p.bodies = map[*dag.Vertex]map[string]any{}
	}
	bar := newProgress(c.ErrOrStderr())
	defer bar.end()
	o := repo.Options{Roots: p.rootsOf(s), ArtifactRoot: p.artifactRoot, Flux: p.flux, Declared: s.Declared, Submodules: s.Submodules, Vars: vars, Digests: true, Progress: bar.show, Cache: p.cache, Differs: s.Differs}
	var sides []plan.Side
	if len(o.Roots) > 0 || len(p.roots) == 0 {
		if sides, err = p.read(s, o, isBase); err != nil {
			return nil, err
		}
	}
	for _, b := range s.Base {
		if !left(b, s.Base, sides, s.Folder) {
			continue
		}
		o.Roots, o.ArtifactRoot = []string{b.Root}, p.artifacts[b.Root]
		var more []plan.Side
		if holdsFile(s.Folder, b.Root, gen.IsYAML) {
			if more, err = p.read(s, o, false); err != nil {
				return nil, err
			}
		} else { // nothing for Flux in it, which is not the same as no folder
			more = []plan.Side{{Root: b.Root, Graph: dag.Resolve(dag.Cluster{Name: b.Name, Dir: b.Root})}}
		}
		for _, m := range more {
			m.Name = b.Name
			sides = append(sides, m)
		}
	}
	markGone(s.Base, sides)
	return sides, nil
}

// markGone marks the clusters of head whose folder nothing syncs any more, as something did
// in the base.
func markGone(base, head []plan.Side) {
	for i := range head {
		b := slices.IndexFunc(base, func(b plan.Side) bool { return b.Root == head[i].Root })
		head[i].SyncGone = b >= 0 && base[b].SyncRoot != "" && head[i].SyncRoot == "" && head[i].Graph.Lookup(base[b].SyncRoot) == nil &&
			!slices.ContainsFunc(head, func(h plan.Side) bool { return syncs(h, base[b]) })
	}
}

// syncs reports whether a cluster has the Kustomization that synced another one's folder.
func syncs(h, b plan.Side) bool {
	v := h.Graph.Lookup(b.SyncRoot)
	return v != nil && path.Join("/", v.Object().Spec.Path) == path.Join("/", b.Root)
}

// read reads what the options ask for, if anything is there.
func (p *planning) read(s cmd.Snapshot, o repo.Options, base bool) ([]plan.Side, error) {
	loaded, err := loadAll(s.Folder, o)
	switch {
	case errors.Is(err, repo.ErrNoRoot):
		return nil, nil
	case err != nil:
		return nil, err
	case cli.BelowGit(s.Repository) == "": // then there is nothing around it
	default:
		if root := above(s.Folder, s.Repository, loaded); root != "" {
			return nil, (&partError{s.Repository, root}).hint("plan", "fluxdag plan -C "+shellWord(root))
		}
	}
	var sides []plan.Side
	for _, cluster := range loaded.Clusters {
		earlier, before := p.earlier(loaded, cluster, base)
		side := p.sideOf(loaded, cluster, earlier)
		if sides = append(sides, side); base {
			p.based[cluster.Root], p.before[cluster.Root] = cluster, side
		} else {
			p.judge(cluster, side, earlier, before)
		}
		if base && cluster.ArtifactRoot != "." {
			p.artifacts[cluster.Root] = cluster.ArtifactRoot
		}
	}
	return sides, nil
}

// earlier returns what a cluster of head was in the base: what has its root, or else the only one
// that the same Kustomization synced, and that begins there no longer.
func (p *planning) earlier(loaded *repo.Repository, c *repo.Cluster, base bool) (*repo.Cluster, plan.Side) {
	if b := p.based[c.Root]; b != nil || base || c.SyncRoot() == "" {
		return b, p.before[c.Root]
	}
	var alike []*repo.Cluster
	for _, b := range p.based {
		stays := slices.ContainsFunc(loaded.Clusters, func(h *repo.Cluster) bool { return h.Root == b.Root })
		if b.SyncRoot() == c.SyncRoot() && !stays {
			alike = append(alike, b)
		}
	}
	if len(alike) != 1 {
		return nil, plan.Side{}
	}
	return alike[0], p.before[alike[0].Root]
}

// left reports whether nothing in head begins where a cluster of the base does, though its
// folder is still there: Flux builds that once more, even where it is told in it to begin
// elsewhere. Of folders that only look like clusters none took its place.
func left(b plan.Side, base, head []plan.Side, folder string) bool {
	for _, h := range head {
		switch {
		case h.Root == b.Root:
			return false
		case slices.ContainsFunc(base, func(b plan.Side) bool { return b.Root == h.Root }): // clusters of one repository are alike
		case b.SyncRoot == "" && (within(h.Root, b.Root) || within(b.Root, h.Root)):
			return false
		}
	}
	return holdsFile(folder, b.Root, nil)
}

// within reports whether a folder lies in another one.
func within(outer, dir string) bool {
	for ; dir != "."; dir = path.Dir(dir) {
		if dir == outer {
			return true
		}
	}
	return outer == "."
}

// sideOf returns what plan needs to know of a cluster.
func (p *planning) sideOf(loaded *repo.Repository, c, earlier *repo.Cluster) plan.Side {
	s := plan.Side{Name: c.Name, Root: c.Root, Graph: c.Graph, Objects: map[string][]plan.Object{}, AppliedBy: c.AppliedBy,
		SyncRoot: c.SyncRoot(), Source: c.Source(), Fetches: c.Sources(), Ignores: c.Ignores(), Values: map[string]string{}, ByHand: planned(c.ByHand()), Reads: c.Reads, Suspended: c.Suspended(), Copies: c.Copies()}
	for node, objects := range c.Objects {
		s.Objects[node], s.Values[node] = planned(objects), c.Values(node)
	}
	for v := range c.Graph.Vertices() {
		p.bodies[v] = c.Body(v.Key())
	}
	s.Placed = map[string]bool{}
	for node, d := range c.Documents {
		if namespace, _, _ := strings.Cut(node, "/"); d.Namespace() != namespace {
			s.Placed[node] = true
		}
	}
	s.Build = func(v *dag.Vertex) plan.Build { return p.buildOf(c.Applies(p.bodies[v])) }
	if earlier != nil {
		c.Succeeds(earlier)
		s.Build = func(v *dag.Vertex) plan.Build { return p.buildOf(c.AppliesAfter(p.bodies[v], earlier)) }
		s.Late = func(v *dag.Vertex) (plan.Build, bool) {
			outcome, differs := c.AppliesBefore(p.bodies[v], earlier)
			return p.buildOf(outcome), differs
		}
		if lagging := c.Lagging(earlier); lagging != nil {
			s.Lagging = func(v *dag.Vertex) plan.Build { return p.buildOf(lagging.AppliesAfter(p.bodies[v], earlier)) }
		}
	}
	checked := c.Check()
	s.Unread, s.Stops, s.Slips, s.Halts = holes(loaded, checked), p.stops(c, checked), slips(checked), halts(checked)
	return s
}

func (p *planning) buildOf(outcome repo.Outcome) plan.Build {
	b := plan.Build{Objects: planned(outcome.Objects), Fails: outcome.Absent, Partial: outcome.Fails, Values: outcome.Values}
	b.Specs = func(key string) *dag.Vertex { return p.spec(outcome.Objects, key) }
	for _, beyond := range outcome.Beyond {
		b.Beyond = append(b.Beyond, beyond.What)
	}
	slices.Sort(b.Beyond)
	return b
}

// spec returns the Kustomization of that namespace/name among objects, so that it can be built.
func (p *planning) spec(objects []*repo.Object, key string) *dag.Vertex {
	for _, o := range objects {
		if body := o.Kustomization(); body != nil && o.Namespace+"/"+o.Name == key {
			node, _ := gen.NodeOf(body)
			node.Name, node.Namespace = o.Name, o.Namespace
			ref := dag.DeclareAt(node, func(string) dag.Position { return o.Position })
			v := dag.Resolve(dag.Cluster{Nodes: []dag.Ref{ref}}).Lookup(key)
			p.bodies[v] = body
			return v
		}
	}
	return nil
}

// planned returns what plan needs to know of objects, but for those that can be in no cluster.
func planned(objects []*repo.Object) []plan.Object {
	if slices.ContainsFunc(objects, (*repo.Object).Homeless) {
		objects = slices.DeleteFunc(slices.Clone(objects), (*repo.Object).Homeless)
	}
	list := make([]plan.Object, 0, len(objects))
	for _, o := range objects {
		list = append(list, plan.Object{Group: o.Group, Kind: o.Kind, Namespace: o.Namespace, Name: o.Name, Digest: o.Digest(), Kept: o.Kept, Sealed: o.Sealed(), Ciphered: o.Ciphered(), Chart: chart(o), Fixed: o.Fixed(), Forced: o.Forced(),
			Fleeting: o.Fleeting(), Left: o.Left(), Acts: o.Acts(), Installs: o.Installs(), Away: o.Away(), Strict: o.Strict(), Stores: o.Stores(), Awaits: strings.Join(o.Awaits(), " "), Classes: strings.Join(o.Classes(), " "), Defines: o.Defines(), Flux: o.Flux(), Facts: o.Facts()})
	}
	for i, o := range objects {
		if role := o.Role(); role.Name != "" {
			list[i].Grants, list[i].Role = strings.Join(o.Grants(), " "), role.Kind+"/"+role.Namespace+"/"+role.Name
		}
		list[i].Suspended, list[i].Retention, list[i].Makes = o.Suspended(), o.Retention(), strings.Join(o.Makes(), " ")
		list[i].Syncs, list[i].Patched, list[i].Instance = o.Syncs(), o.Patched(), o.Instance()
		list[i].Filled, list[i].Literal = o.Filled(), strings.Join(o.Literal(), " ")
		list[i].Version, list[i].Serves = o.Version, strings.Join(o.Serves(), " ")
		local := o.LocalChart()
		list[i].Local = plan.LocalChart{Packed: local.Packed, Files: local.Files, Templates: local.Templates, Asked: local.Asked, Absent: local.Absent}
	}
	return list
}

// chart names the source of a release's chart, or of what else names one.
func chart(o *repo.Object) string {
	if id := o.Chart(); id.Name != "" {
		return id.String()
	}
	return ""
}

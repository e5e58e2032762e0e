package plan

import (
	"cmp"
	"slices"
	"strings"
)

// Compare says what becomes of the clusters of base when they are made those of head.
// Clusters are the same where one goes over to another folder, or their roots are the same; else where the same Kustomization syncs them
// from the same source, which was moved then; and else where their names are.
func Compare(base, head []Side) *Plan {
	p := &Plan{Clusters: []ClusterPlan{}}
	all := match(base, head)
	for _, m := range all {
		m.beside(all)
		if m.base == nil && m.head.SyncRoot != "" && m.head.Source != "" {
			if i := slices.IndexFunc(base, func(b Side) bool { return b.SyncRoot == m.head.SyncRoot && b.Source == m.head.Source }); i >= 0 && !synced(head, base[i]) {
				m.from = base[i].Root
			}
		}
		p.Clusters = append(p.Clusters, compareSides(m))
	}
	inSeveral(p.Clusters)
	return p
}

// matched are the two sides of a cluster; one of them may be missing.
type matched struct {
	base, head *Side
	from       string   // the root of another cluster that is synced alike; of a new one
	by         string   // the node by which the cluster begins in another folder, see goingOver and beside
	within     *matched // the cluster of which it is a second folder, see beside
	instance   string   // what has Flux begin in it then
}

func match(base, head []Side) []matched {
	var all []matched
	taken := map[int]bool{}
	head, going := goingOver(base, head)
	find := func(same func(b Side) bool) *Side {
		for i, b := range base {
			if !taken[i] && same(b) {
				taken[i] = true
				return &base[i]
			}
		}
		return nil
	}
	byRoot := make([]*Side, len(head))
	for i, to := range going {
		byRoot[i], taken[to.base] = &base[to.base], true
	}
	for i, h := range head {
		if byRoot[i] == nil {
			byRoot[i] = find(func(b Side) bool { return b.Root == h.Root })
		}
	}
	for i, h := range head {
		if byRoot[i] == nil && only(head, byRoot, h) && h.SyncRoot != "" && h.Source != "" {
			byRoot[i] = find(func(b Side) bool { return b.SyncRoot == h.SyncRoot && b.Source == h.Source })
		}
	}
	for i, h := range head {
		b := byRoot[i]
		if b == nil {
			b = find(func(b Side) bool { return b.Name == h.Name })
		}
		all = append(all, matched{base: b, head: &head[i], by: going[i].by})
	}
	for i := range base {
		if !taken[i] {
			all = append(all, matched{base: &base[i]})
		}
	}
	slices.SortStableFunc(all, func(a, b matched) int {
		return cmp.Or(strings.Compare(a.root(), b.root()), strings.Compare(a.name(), b.name()))
	})
	return all
}

// only reports whether no other side without a partner is synced as this one is.
func only(head []Side, partners []*Side, h Side) bool {
	n := 0
	for i, other := range head {
		if partners[i] == nil && other.SyncRoot == h.SyncRoot && other.Source == h.Source {
			n++
		}
	}
	return n == 1
}

func (m matched) any() Side {
	if m.head != nil {
		return *m.head
	}
	return *m.base
}

func (m matched) root() string { return m.any().Root }
func (m matched) name() string { return m.any().Name }

// synced reports whether a cluster of the base is still there, and synced as before.
func synced(head []Side, b Side) bool {
	return slices.ContainsFunc(head, func(h Side) bool { return h.Root == b.Root && h.SyncRoot == b.SyncRoot })
}

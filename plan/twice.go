package plan

import (
	"fmt"

	"github.com/tazlab/fluxdag/dag"
)

// Of two HelmReleases of one release that are side by side, each with the records of the other finds
// an upgrade in them that it did not make, takes the release for one that it does not manage,
// and upgrades it (helm-controller, internal/reconcile/state.go, DetermineReleaseState: ErrReleaseNotObserved
// is ReleaseStatusUnmanaged). That upgrade goes into the namespace of the release that is there
// (Helm, pkg/action/upgrade.go, prepareUpgrade): one that is for another namespace uninstalls it then
// (internal/action/verify.go, ReleaseTargetChanged). With records of its own, each goes by these, and
// has no part in the other before it upgrades or is uninstalled; it installs over what is there, since
// that has its name on it, and since helm-controller takes such over in any case
// (internal/action/install.go, TakeOwnership).

// twice says of HelmReleases that come, or change, that others go on which are of the same release, or
// have the same records, where that was not so in the base.
func (c *comparison) twice(change *Change, v *dag.Vertex, objects []Object) {
	told := map[[2]identity]bool{}
	for _, o := range having(objects, Object.active) {
		p := c.double(target(v), o)
		if p.by == "" || told[[2]identity{p.identity(), o.identity()}] {
			continue
		}
		told[[2]identity{o.identity(), p.identity()}] = true
		other := p.Object.String()
		if p.by != v.Key() {
			other += " of " + p.by
		}
		h, its := o.helm(), p.helm()
		switch {
		case h.owner() != its.owner():
			c.add(Change{Kind: Prune, Node: v.Key(), Position: v.Position(), Objects: named([]Object{o, p.Object}),
				Effect: fmt.Sprintf("%s has the name of a release and the place of its records in common with %s, which goes on: each uninstalls what the other installed, with its claims, again and again. Give it another releaseName.", o, other)})
		case h.records() == its.records():
			change.Effect += fmt.Sprintf(" %s is of the same Helm release as %s, which goes on: each upgrades it over what the other did, at every interval, and when either is deleted, it is uninstalled.", o, other) + handOver
		default:
			change.Effect += fmt.Sprintf(" %s is of the same Helm release as %s, which goes on: each keeps records of its own, and upgrades over what the other did; when either is deleted, what both installed goes.", o, other) + handOver
		}
		change.traits |= contested
	}
}

const handOver = " Give it another releaseName; or, where it is to take the release over, suspend the other one in a commit before."

// active reports whether an object is a HelmRelease that helm-controller reconciles in its cluster.
func (o Object) active() bool { return !o.Suspended && o.helm() != (helm{}) }

// double returns an active HelmRelease that stays beside another one, is of the same release or has the
// same records, and was not so beside it in the base; one that has both in common comes first.
func (c *comparison) double(at string, o Object) owned {
	if c.helmed == nil {
		c.helmed = releasedBy(c.base.applied())
	}
	h := o.helm()
	for _, common := range []string{h.owner(), h.records()} {
		for _, p := range c.releases()[at+"|"+common] {
			if !p.active() || p.identity() == o.identity() || c.idle(p.by) && !c.base.has(p.by) {
				continue
			}
			before, _ := ofOwned(c.helmed[at+"|"+common])
			was := having(before, func(q Object) bool {
				return q.active() && (q.identity() == o.identity() || q.identity() == p.identity())
			})
			if len(distinct(was, Object.String)) < 2 {
				return p
			}
		}
	}
	return owned{}
}

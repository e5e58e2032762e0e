package plan

import (
	"encoding/json"
	"fmt"
	"iter"

	"github.com/tazlab/fluxdag/dag"
)

// Two HelmReleases are of one Helm release where these have its name and namespace in common: the
// one with the records of the other upgrades that, and one without adopts what it made, for
// Helm tells its owner by that name and namespace (pkg/action/validate.go, checkOwnership). When
// either is deleted, helm-controller uninstalls the release by its name, whoever upgraded it last
// (internal/reconcile/uninstall.go).

// helm is what of a HelmRelease decides of which Helm release it is, and the name of its chart, as far
// as these are known.
type helm struct{ StorageNamespace, TargetNamespace, ReleaseName, Chart string }

// helm returns that of an object that is of a release in its cluster, or else nothing.
func (o Object) helm() helm {
	var at helm
	if !o.release() || o.Away || json.Unmarshal([]byte(o.Fixed), &at) != nil || at.ReleaseName == "" {
		return helm{}
	}
	return at
}

// owner is by what Helm tells whose an object is, records is by what it finds what it installed.
func (h helm) owner() string   { return "owner " + h.TargetNamespace + "/" + h.ReleaseName }
func (h helm) records() string { return "records " + h.StorageNamespace + "/" + h.ReleaseName }

// released are HelmReleases with the nodes that apply them, by their clusters and by what they may
// have in common.
type released map[string][]owned

func releasedBy(objects iter.Seq2[*dag.Vertex, Object]) released {
	all := released{}
	for v, o := range objects {
		if h := o.helm(); h != (helm{}) {
			for _, common := range []string{h.owner(), h.records()} {
				all[target(v)+"|"+common] = append(all[target(v)+"|"+common], owned{o, v.Key()})
			}
		}
	}
	return all
}

// releases are those that stay.
func (c *comparison) releases() released {
	if c.helms == nil {
		c.helms = releasedBy(c.staying())
	}
	return c.helms
}

// sameRelease returns another HelmRelease that is of the same release in its cluster, and stays.
func (c *comparison) sameRelease(o Object, at string) (Object, bool) {
	h := o.helm()
	if h == (helm{}) {
		return Object{}, false
	}
	for _, p := range c.releases()[at+"|"+h.owner()] {
		if p.identity() != o.identity() {
			return p.Object, true
		}
	}
	return Object{}, false
}

// ofOneRelease says of HelmReleases that are deleted which others are of the same release.
func (c *comparison) ofOneRelease(lost []Object, by string) string {
	said := ""
	for _, o := range having(lost, Object.release) {
		switch p, found := c.sameRelease(o, target(c.either(by))); {
		case !found:
		case o.Suspended:
			said += fmt.Sprintf(" %s takes over the release of %s, which is suspended and so does not uninstall it.", p, o)
		default:
			said += fmt.Sprintf(" %s is of the same release as %s, which uninstalls it all the same. To keep it, suspend the old one in a commit before (spec.suspend: true), and delete it when the cluster shows that: the new one takes the release over.", p, o)
		}
	}
	return said
}

// orphaned leaves out the suspended HelmReleases whose release another one takes over.
func (c *comparison) orphaned(lost []Object, by string) []Object {
	return having(lost, func(o Object) bool {
		_, taken := c.sameRelease(o, target(c.either(by)))
		return !o.rests() || !taken
	})
}

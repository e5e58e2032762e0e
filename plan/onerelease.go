package plan

import (
	"encoding/json"
	"fmt"
)

// Two HelmReleases are of one Helm release where these have its name and namespace in common: the
// one with the records of the other upgrades that, and one without adopts what it made, for
// Helm tells its owner by that name and namespace (pkg/action/validate.go, checkOwnership). When
// either is deleted, helm-controller uninstalls the release by its name, whoever upgraded it last
// (internal/reconcile/uninstall.go).

// helm returns the namespace and name of a HelmRelease's release in its cluster, as one, and the name
// of its chart, as far as these are known.
func (o Object) helm() (release, chart string) {
	var at struct{ TargetNamespace, ReleaseName, Chart string }
	if !o.release() || o.Away || json.Unmarshal([]byte(o.Fixed), &at) != nil || at.ReleaseName == "" {
		return "", ""
	}
	return at.TargetNamespace + "/" + at.ReleaseName, at.Chart
}

// sameRelease returns another HelmRelease of head that is of the same release in its cluster, and stays.
func (c *comparison) sameRelease(o Object, at string) (Object, bool) {
	release, _ := o.helm()
	if release == "" {
		return Object{}, false
	}
	if c.releases == nil {
		c.releases = map[string][]Object{}
		for v := range c.head.Graph.Vertices() {
			for _, p := range having(c.head.Objects[v.Key()], Object.release) {
				if name, _ := p.helm(); name != "" && !c.vanishes(v.Key()) {
					c.releases[target(v)+"|"+name] = append(c.releases[target(v)+"|"+name], p)
				}
			}
		}
	}
	for _, p := range c.releases[at+"|"+release] {
		if p.identity() != o.identity() {
			return p, true
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

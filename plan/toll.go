package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// weights are the kinds with which more goes than themselves, the gravest first: with a
// definition all its custom resources, with a Namespace everything in it, with a claim the data,
// with a release what it installs. One that is stateful has data that another one under another
// name has not.
var weights = []struct {
	group, kind string
	stateful    bool
}{
	{"apiextensions.k8s.io", "CustomResourceDefinition", false},
	{"", "Namespace", false},
	{"", "PersistentVolume", true},
	{"", "PersistentVolumeClaim", true},
	{"apps", "StatefulSet", true},
	{helmGroup, "HelmRelease", true},
}

// grave is the place of an object among the weights, or behind them.
func (o Object) grave() int {
	for i, w := range weights {
		if w.kind == o.Kind && w.group == o.Group {
			return i
		}
	}
	return len(weights)
}

func (o Object) stateful() bool { return o.grave() < len(weights) && weights[o.grave()].stateful }

// works reports whether something runs for an object, and ends with it.
func (o Object) works() bool {
	switch o.Group {
	case "":
		return slices.Contains([]string{"Pod", "ReplicationController", "Namespace"}, o.Kind)
	case "apps":
		return o.Kind != "ControllerRevision"
	}
	return o.Group == "batch" || o.release()
}

func (o Object) claim() bool  { return o.Group == "" && o.Kind == "PersistentVolumeClaim" }
func (o Object) volume() bool { return o.claim() || o.Group == "" && o.Kind == "PersistentVolume" }

// retained reports whether the data of a volume that is written by hand stay when it is deleted: that
// is the default of such a one (Kubernetes: SetDefaults_PersistentVolume).
func (o Object) retained() bool {
	policy := factsOf(o)["persistentVolumeReclaimPolicy"]
	return o.volume() && !o.claim() && (policy == "" || policy == "Retain")
}

func (o Object) release() bool { return o.Group == helmGroup && o.Kind == "HelmRelease" }

func having(objects []Object, is func(Object) bool) []Object {
	var all []Object
	for _, o := range objects {
		if is(o) {
			all = append(all, o)
		}
	}
	return all
}

// stake is what goes with objects that are deleted, beside them.
type stake struct {
	works                           bool // something runs for them
	claims, sheds, releases, spaces []Object
	customs, bare                   []Object // custom resources, and those without data
	rests                           []Object // suspended releases
}

func staked(objects []Object) stake {
	return stake{
		works:    slices.ContainsFunc(objects, func(o Object) bool { return o.works() && !o.rests() }),
		claims:   having(objects, Object.claim),
		sheds:    having(objects, Object.sheds),
		releases: having(objects, func(o Object) bool { return o.release() && !o.Suspended && !o.Instance }),
		spaces:   having(objects, func(o Object) bool { return o.namespace() != "" }),
		customs:  having(objects, func(o Object) bool { return o.custom() && !o.bare() && !o.Instance }),
		bare:     having(objects, func(o Object) bool { return o.custom() && o.bare() }),
		rests:    having(objects, Object.rests),
	}
}

// rests reports whether an object is a HelmRelease that helm-controller does not uninstall when it is
// deleted, for it is suspended (reconcileDelete).
func (o Object) rests() bool { return o.release() && o.Suspended }

// resting says what becomes of the releases of HelmReleases that are deleted while suspended.
func resting(releases []Object) string {
	n := len(releases)
	return fmt.Sprintf("%s %s suspended: helm-controller does not uninstall the %s, and what %s installed stays without an owner, but for what goes with a Namespace. Resume %s first if it is to go.",
		few(named(releases), 3), verb(n, "is", "are"), verb(n, "release", "releases"), verb(n, "it", "they"), verb(n, "it", "them"))
}

// interruption says what stops and what is lost when objects are deleted and created anew,
// where that is known, or nothing.
func interruption(objects []Object, known bool) string {
	var parts []string
	s := staked(objects)
	if s.works || !known {
		parts = append(parts, "workloads stop")
	}
	if len(s.claims)+len(s.sheds)+len(s.releases)+len(s.spaces) > 0 || !known {
		parts = append(parts, "the data of claims is lost")
	}
	const made = "what controllers made of "
	if len(s.customs) > 0 {
		parts = append(parts, made+few(named(s.customs), 3)+" may go, with any data")
	}
	if len(s.bare) > 0 {
		parts = append(parts, made+few(named(s.bare), 3)+" may go")
	}
	if len(parts) == 0 {
		return "."
	}
	return ": " + joined(parts) + "."
}

// toll says what data goes with objects that are deleted.
func toll(objects []Object) string { return saying(tolls(objects)) }

// tolls are the phrases that say so, of objects that go together with others, Namespaces.
func tolls(objects []Object, around ...Object) []phrase {
	s := staked(objects)
	var all []phrase
	say := func(objects []Object, said string, p phrase) {
		if len(objects) > 0 {
			p.said = strings.Replace(said, "%", few(named(objects), 3), 1)
			all = append(all, p)
		}
	}
	const kept = ", unless the volume is kept (reclaimPolicy: Retain)."
	say(s.claims, " The data of % goes with it"+kept, phrase{many: " The data of each PersistentVolumeClaim goes with it" + kept})
	const shed = " goes with it (persistentVolumeClaimRetentionPolicy, whenDeleted: Delete)" + kept
	say(s.sheds, " The data of claims made for %"+shed, phrase{many: " The data of claims made for a StatefulSet" + shed})
	unrecorded := having(s.releases, func(o Object) bool {
		return !o.Away && slices.ContainsFunc(slices.Concat(s.spaces, around), func(space Object) bool { return space.Name == cmp.Or(o.Stores, o.Namespace) })
	})
	const uninstalled = " the release is uninstalled, and claims that it made go."
	say(minus(s.releases, unrecorded), " With %"+uninstalled, phrase{many: " With a HelmRelease" + uninstalled})
	const records = " the Namespace goes that holds its records, without which the release is not uninstalled: claims that it made there go, and what it made elsewhere may stay. So leave the HelmRelease out in a commit before."
	say(unrecorded, " At once with %"+records, phrase{many: " At once with a HelmRelease" + records})
	if len(s.rests) > 0 {
		all = append(all, phrase{said: " " + resting(s.rests), among: " HelmReleases among them that are suspended are not uninstalled."})
	}
	say(s.customs, " What controllers made of % may go, with any data.", phrase{among: " What controllers made of custom resources among them may go, with any data."})
	say(s.bare, " What controllers made of % may go.", phrase{})
	return all
}

// price counts what of objects has data, or more that goes with it.
func price(objects []Object) string {
	var parts []string
	s := staked(objects)
	if n := len(s.claims); n > 0 {
		parts = append(parts, plural(n, "claim")+" with "+verb(n, "its", "their")+" data, unless reclaimPolicy: Retain keeps the volume")
	}
	if n := len(s.sheds); n > 0 {
		parts = append(parts, plural(n, "StatefulSet")+" with the claims made for "+verb(n, "it", "them")+" and their data (whenDeleted: Delete)")
	}
	if n := len(s.releases); n > 0 {
		parts = append(parts, plural(n, "release")+" with the claims that "+verb(n, "it", "they")+" made")
	}
	if n := len(s.customs); n > 0 {
		parts = append(parts, plural(n, "custom resource")+" with what controllers made of "+verb(n, "it", "them"))
	}
	if len(parts) == 0 {
		return ""
	}
	return ": " + joined(parts)
}

// joined joins parts of a sentence.
func joined(parts []string) string {
	last := len(parts) - 1
	if last < 1 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:last], ", ") + ", and " + parts[last]
}

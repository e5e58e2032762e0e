package repo

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/tazlab/fluxdag/dag"
	"sigs.k8s.io/kustomize/api/resource"
)

// The API groups of Flux of which only the kinds are known.
const (
	notificationGroup = "notification.toolkit.fluxcd.io"
	imageGroup        = "image.toolkit.fluxcd.io"
	extensionsGroup   = "source.extensions.fluxcd.io"
	toolkitSuffix     = ".toolkit.fluxcd.io"
)

// fluxKinds are the kinds of Flux by group, with the versions that exist or existed, the
// newest first; those before the first beta are forgotten. FD333 tells which are gone.
var fluxKinds = map[string]map[string][]string{
	kustomizeGroup: {"Kustomization": {"v1", "v1beta2", "v1beta1"}},
	helmGroup:      {"HelmRelease": {"v2", "v2beta2", "v2beta1"}},
	sourceGroup: {
		"GitRepository": {"v1", "v1beta2", "v1beta1"}, "HelmRepository": {"v1", "v1beta2", "v1beta1"}, "HelmChart": {"v1", "v1beta2", "v1beta1"},
		"Bucket": {"v1", "v1beta2", "v1beta1"}, "OCIRepository": {"v1", "v1beta2"}, "ExternalArtifact": {"v1"},
	},
	notificationGroup: {"Provider": {"v1beta3", "v1beta2", "v1beta1"}, "Alert": {"v1beta3", "v1beta2", "v1beta1"}, "Receiver": {"v1", "v1beta2", "v1beta1"}},
	imageGroup: {
		"ImageRepository": {"v1", "v1beta2", "v1beta1"}, "ImagePolicy": {"v1", "v1beta2", "v1beta1"}, "ImageUpdateAutomation": {"v1", "v1beta2", "v1beta1"},
	},
	extensionsGroup: {"ArtifactGenerator": {"v1beta1"}},
}

// misfit is what is wrong with the apiVersion or kind of an object that looks like one
// of Flux's.
type misfit struct {
	field, problem, hint string
	severity             dag.Severity
}

// misfitOf returns what keeps the API server from knowing an object of Flux, unless a
// CRD of it is applied. Versions that Flux once had are no misfits.
func misfitOf(o *Object) (misfit, bool) {
	if IsSymbolic(o.Group) || IsSymbolic(o.Version) || IsSymbolic(o.Kind) {
		return misfit{}, false
	}
	if o.Group == "" {
		return withoutVersion(o)
	}
	kinds, known := fluxKinds[o.Group]
	if !known {
		return unknownGroup(o)
	}
	versions, known := kinds[o.Kind]
	switch {
	case !known:
		return unknownKindOf(o), true
	case slices.Contains(versions, o.Version):
		return misfit{}, false
	}
	m := misfit{"apiVersion", "Flux has no version " + quote(o.Version) + " of it", "use " + o.Group + "/" + versions[0], dag.Error}
	if strings.Contains(versions[0], "beta") && stableVersion.MatchString(o.Version) { // Flux may have finished it
		m.problem, m.severity = m.problem+" that is known", dag.Warning
	}
	return m, true
}

var stableVersion = regexp.MustCompile(`^v[1-9][0-9]*$`)

// withoutVersion judges an apiVersion without a slash: a group alone is read as a version.
func withoutVersion(o *Object) (misfit, bool) {
	group := nearestGroup(o.Version)
	if group == "" {
		return misfit{}, false
	}
	return misfit{"apiVersion", "the apiVersion " + quote(o.Version) + " has no version", "use " + cmp.Or(homeOf(nearestKind(group, o.Kind)), group+"/"+groupVersion(group)), dag.Error}, true
}

// unknownGroup judges a group that Flux does not have.
func unknownGroup(o *Object) (misfit, bool) {
	m := misfit{"apiVersion", "Flux has no API group " + quote(o.Group), "use a group that the cluster serves", dag.Warning}
	switch group := nearestGroup(o.Group); {
	case group != "":
		m.hint, m.severity = "use "+cmp.Or(homeOf(nearestKind(group, o.Kind)), group+"/"+groupVersion(group)), dag.Error
	case !strings.HasSuffix(o.Group, toolkitSuffix):
		return misfit{}, false // somebody else's
	case homeOf(o.Kind) != "":
		m.hint, m.severity = "use "+homeOf(o.Kind), dag.Error
	default:
		m.problem += " that is known"
	}
	return m, true
}

// unknownKindOf judges a kind that a group of Flux does not have.
func unknownKindOf(o *Object) misfit {
	m := misfit{"kind", quote(o.Group) + " has no kind " + quote(o.Kind), "use a kind that the cluster serves", dag.Warning}
	switch near := nearestKind(o.Group, o.Kind); {
	case near != "":
		m.hint, m.severity = "write kind: "+near, dag.Error
	case homeOf(o.Kind) != "":
		m.field, m.hint, m.severity = "apiVersion", "use "+homeOf(o.Kind), dag.Error
	default:
		m.problem += " that is known"
	}
	return m
}

// nearestGroup returns the group of Flux that is spelt like this, or nothing.
func nearestGroup(group string) string {
	if group = strings.ToLower(group); fluxKinds[group] != nil {
		return group
	}
	head, inside := strings.CutSuffix(group, toolkitSuffix)
	for _, known := range fluxGroups {
		own, most := known, 2
		if inside { // only the first word may be misspelt
			own = strings.TrimSuffix(known, toolkitSuffix)
			most = min(most, len(own)/3)
		} else if head = group; withoutDomain(own) == withoutDomain(group) {
			return known
		}
		if d := len(own) - len(head); d <= most && -d <= most && levenshtein.Distance(own, head, nil) <= most {
			return known
		}
	}
	return ""
}

var fluxGroups = slices.Sorted(maps.Keys(fluxKinds))

// withoutDomain returns a name without its last part, such as .com.
func withoutDomain(name string) string { return name[:max(strings.LastIndexByte(name, '.'), 0)] }

// nearestKind returns the kind of a group that is spelt like this, or nothing.
func nearestKind(group, kind string) string {
	for _, known := range slices.Sorted(maps.Keys(fluxKinds[group])) {
		if levenshtein.Distance(strings.ToLower(known), strings.ToLower(kind), nil) <= 2 {
			return known
		}
	}
	return ""
}

// homeOf returns the apiVersion of a kind of Flux, or nothing.
func homeOf(kind string) string {
	for group, kinds := range fluxKinds {
		if versions := kinds[kind]; versions != nil {
			return group + "/" + versions[0]
		}
	}
	return ""
}

// groupVersion returns the newest version of a group.
func groupVersion(group string) string {
	kinds := fluxKinds[group]
	return kinds[slices.Min(slices.Collect(maps.Keys(kinds)))][0]
}

// saying is what Flux says of an object that the API server does not know. Its client
// finds a kind in small letters, too, and fails later.
func saying(o *Object) string {
	for kind, versions := range fluxKinds[o.Group] {
		if o.Kind == strings.ToLower(kind) && slices.Contains(versions, o.Version) {
			return "invalid object type"
		}
	}
	apiVersion := o.Version
	if o.Group != "" {
		apiVersion = o.Group + "/" + o.Version
	}
	return "no matches for kind " + quote(o.Kind) + " in version " + quote(apiVersion)
}

// checkKinds reports objects of Flux that the API server does not know, and those in
// versions that it no longer serves.
func (c *cluster) checkKinds() []dag.Diagnostic {
	served := map[servedKind]bool{}
	c.misspelt = map[string]dag.Position{}
	for _, n := range c.order {
		for _, o := range n.inventory {
			for _, s := range o.serves {
				served[s] = true
			}
		}
	}
	var found []dag.Diagnostic
	for _, n := range c.order {
		for _, o := range n.inventory {
			if m, odd := misfitOf(o); odd {
				if !served[servedKind{o.Group, o.Version, o.Kind}] {
					found = append(found, c.unknownKind(n, o, m))
				}
			} else if now := servedVersion(o); now != "" {
				found = append(found, c.removed(n, o, now))
			}
		}
	}
	return found
}

// removed reports an object in a version that Flux no longer serves, or that the next
// one removes.
func (c *cluster) removed(n *node, o *Object, now string) dag.Diagnostic {
	since := removedSince(o.Version)
	d := finding(removedVersion, o.locate("apiVersion"), n.name(), "use "+o.Group+"/"+now,
		"%s has the version %s, which Flux no longer serves since %s", o.ID(), o.Version, since)
	if c.options.Flux != "" && minor(c.options.Flux) < minor(since) {
		d.Severity = dag.Information
		d.Message = fmt.Sprintf("%s has the version %s: Flux %s removes it", o.ID(), o.Version, since)
	}
	return d
}

// minor returns the second number of a version.
func minor(version string) int {
	_, after, _ := strings.Cut(version, ".")
	n, _ := strconv.Atoi(after)
	return n
}

func (c *cluster) unknownKind(n *node, o *Object, m misfit) dag.Diagnostic {
	unless := ""
	if m.severity == dag.Warning {
		unless = "unless it is newer than fluxdag, "
	}
	d := finding(unknownKind, o.locate(m.field), n.name(), m.hint, "%s: %s: %sFlux says \"%s\", and applies nothing of what stands with it", o.ID(), m.problem, unless, saying(o))
	d.Severity = m.severity
	if nearestKind(kustomizeGroup, o.Kind) != "" {
		c.misspelt[key{cmp.Or(o.Namespace, n.key.namespace), o.Name}.String()] = d.Position
	}
	return d
}

// servedKind is a kind in a version, as a CRD makes it known.
type servedKind struct{ group, version, kind string }

// servedBy lists what a CRD of one of Flux's groups, or of one like them, makes known.
func servedBy(res *resource.Resource) []servedKind {
	_, group, _ := strings.Cut(res.GetName(), ".")
	if res.GetKind() != "CustomResourceDefinition" || !strings.HasSuffix(group, toolkitSuffix) && nearestGroup(group) == "" {
		return nil
	}
	crd, err := res.Map()
	if err != nil {
		return nil
	}
	var all []servedKind
	for _, v := range list(crd, "spec", "versions") {
		if served, said := v["served"].(bool); served || !said {
			all = append(all, servedKind{text(crd, "spec", "group"), text(v, "name"), text(crd, "spec", "names", "kind")})
		}
	}
	return all
}

// pointAtMisspelt points what depends on a Kustomization that is not found at the object
// that was meant for it.
func (out *Cluster) pointAtMisspelt(found dag.Diagnostics) {
	for i, d := range found {
		if d.Code != "FD105" || len(out.misspelt) == 0 {
			continue
		}
		namespace, _, _ := strings.Cut(d.Node, "/")
		body := out.bodies[d.Node]
		name := cmp.Or(textAt(body, d.Field+".namespace"), namespace) + "/" + textAt(body, d.Field+".name")
		if at, meant := out.misspelt[name]; meant {
			found[i].Hint = "mend the apiVersion or kind of " + name
			found[i].Related = append(found[i].Related, dag.Related{Position: at, Message: "meant for it"})
		}
	}
}

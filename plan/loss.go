package plan

import (
	"reflect"
	"slices"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// loss is what a node prunes of what it applied, while it stays.
type loss struct {
	objects []Object
	// unknown says why there may be more, or less.
	unknown []string
	// early is set where only the spec that the node has in the base prunes, before that of
	// head is there.
	early bool
	// late is set where the ConfigMaps of its variables may arrive later than its files.
	late bool
	// lagging is set where the spec.ignore of its source may arrive later than its files.
	lagging bool
	// namespaces are the names of those among the objects.
	namespaces map[string]bool
}

func (l loss) none() bool { return len(l.objects)+len(l.unknown) == 0 }

// resumed is why it is not known what a node prunes that was suspended.
const resumed = "it was suspended, and what has left its folder meanwhile is not told here"

// ofResuming reports whether all there is to tell is that a node is resumed.
func (l loss) ofResuming() bool { return len(l.objects) == 0 && slices.Contains(l.unknown, resumed) }

// loses returns what a node of the base prunes by any of the specs by which it may run.
// Kustomizations that are nodes are left out: their ends are told.
func (c *comparison) loses(key string) loss {
	l, known := c.losses[key]
	if !known {
		l = c.losing(key)
		c.losses[key] = l
	}
	return l
}

func (c *comparison) losing(key string) loss {
	l := loss{early: true}
	before, now := c.base.Graph.Lookup(key), c.head.Graph.Lookup(key)
	had, objects := c.base.build(key), slices.Concat(c.had(key), c.transient(key))
	gone, vain := map[identity]bool{}, c.inVain(key)
	for _, v := range c.acting(key) {
		b := c.build(v)
		if v == now && vain || !v.Object().Spec.Prune || b.Fails || b.Partial || b.nameless() != "" || target(v) != target(before) { // what is in the other cluster stays
			continue
		}
		var unknown []string
		var left []Object
		if !c.failsAs(v) {
			unknown, left = c.unknown(before, v, had, b), b.without(objects)
		}
		if c.base.refuses[key] || c.base.refusal(key) != nil && !c.sameAsHead(before) { // it applied none of these, but what it had before
			left = nil
		}
		late := c.leftLate(v, objects)
		l.late = l.late || len(late) > len(left)
		lagging := c.leftLagging(v, objects)
		l.lagging = l.lagging || len(minus(lagging, left)) > 0
		left = slices.Concat(left, late, lagging)
		for _, o := range left {
			gone[o.identity()] = true
		}
		l.unknown = append(l.unknown, unknown...)
		if len(left)+len(unknown) > 0 && (now == nil || v == now || c.actsAsHead(v) && !now.Object().Spec.Suspend && !vain) {
			l.early = false
		}
	}
	if len(gone) > 0 {
		l.take(having(objects, func(o Object) bool { return gone[o.identity()] }), c.head.build(key).Objects)
	}
	if parent := c.between(key).unknown; parent != "" {
		l.unknown, l.early = append(l.unknown, "it may get another spec from "+parent), false
	}
	slices.Sort(l.unknown)
	l.unknown = slices.Compact(l.unknown)
	return l
}

// take adds objects that are gone, in order, but for those that are there under another hash. Of those
// that a name with a variable may stand for, which only the cluster knows, it is not known.
func (l *loss) take(gone, now []Object) {
	twins := generated(now)
	var unsure []Object
	for _, o := range gone {
		switch {
		case twins[unhashed(o)]:
		case maybe(o, now):
			unsure = append(unsure, o)
		default:
			l.objects = append(l.objects, o)
			if o.namespace() != "" {
				if l.namespaces == nil {
					l.namespaces = map[string]bool{}
				}
				l.namespaces[o.Name] = true
			}
		}
	}
	if len(unsure) > 0 {
		l.unknown = append(l.unknown, "a variable that only the cluster knows may give its name to "+few(named(unsure), maxNamed))
	}
}

// leftLate are the objects that a node prunes if it sees the files of head before the
// ConfigMaps of its variables.
func (c *comparison) leftLate(v *dag.Vertex, objects []Object) []Object {
	if c.head.Late == nil || v.Object().Spec.PostBuild == nil {
		return nil
	}
	b, differs := c.head.Late(v)
	if !differs || b.Fails || b.Partial {
		return nil
	}
	return minus(objects, b.Objects)
}

// transient are objects of other nodes that a node applies from the files of head by a spec
// other than that of head: they are its own then, until its new spec is there.
func (c *comparison) transient(key string) []Object {
	var all []Object
	for _, v := range c.acting(key) {
		if c.sameAsHead(v) {
			continue
		}
		all = append(all, c.takesOver(v, slices.Concat(c.base.build(key).Objects, all))...)
	}
	return all
}

// unknown says what is not known of what a spec prunes of what a node applied before. What
// lies beyond the same boundary on both sides is taken to be the same.
func (c *comparison) unknown(before, v *dag.Vertex, had, has Build) []string {
	var all []string
	if had.breaks() { // has does not
		return []string{"nothing of it was applied in the base, and what was before that is not known"}
	}
	if had.Values != has.Values {
		all = append(all, "what gives the variables in the names of its objects differs")
	}
	if old, now := c.fetches(before, v); old != now {
		all = append(all, "its source fetches something else")
	}
	if c.base.pauses(v) && !c.head.pauses(v) {
		all = append(all, "its source was suspended, and what has left its folder meanwhile is not told here")
	}
	if before.Object().Spec.Suspend && !v.Object().Spec.Suspend {
		all = append(all, resumed)
	}
	if why := c.freed(before); why != "" {
		all = append(all, why)
	}
	same := sameNames(before, v)
	if same && had.Unknown == has.Unknown && slices.Equal(had.Beyond, has.Beyond) {
		return all
	}
	if has.elsewhere() && len(had.Objects) > 0 {
		all = append(all, "what it applies from now on is in "+few(has.Beyond, 3)+", which is not known here")
	}
	for _, what := range had.Beyond {
		if !same || !slices.Contains(has.Beyond, what) {
			all = append(all, "what it applied from "+what+" is not known")
		}
	}
	switch {
	case had.Unknown:
		all = append(all, "what it applied is not known")
	case has.Unknown && len(had.Objects) > 0:
		all = append(all, "what it applies from now on is not known")
	}
	return all
}

// sameNames reports whether two specs give objects from the same files the same names.
func sameNames(a, b *dag.Vertex) bool {
	if sameBuild(a, b) {
		return true
	}
	x, y := building(a), building(b)
	for _, s := range []*kustomizev1.KustomizationSpec{&x, &y} {
		s.Images, s.CommonMetadata, s.Decryption, s.BuildMetadata = nil, nil, nil, nil
	}
	return reflect.DeepEqual(x, y)
}

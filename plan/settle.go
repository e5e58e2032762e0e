package plan

import (
	"fmt"
	"slices"
	"strings"
)

// settle says of what is told of nodes that do not reconcile that it comes later, and when.
// What is stuck is not created and applied as well, and has no new content.
func (c *comparison) settle() {
	c.out.Changes = slices.DeleteFunc(c.out.Changes, func(ch Change) bool {
		applied := ch.Kind == Add || ch.Kind == Content
		return applied && c.stopped(ch.Node) && c.mute(ch.Node)
	})
	for i := range c.out.Changes {
		ch := &c.out.Changes[i]
		switch why, once := c.later(*ch); {
		case ch.Kind == Rename:
			ch.Effect = strings.TrimPrefix(why+" "+once+": "+ch.Effect, " : ") + c.anewLater(*ch)
		case why == "":
			ch.Effect += c.perhaps(*ch)
		case ch.Kind == Add && c.reached(ch.Node): // it is created at once
			ch.Effect += " " + why
		default:
			ch.Effect = why + " " + once + ": " + ch.Effect
		}
	}
}

// later says what has to come before what a change says, and once it has, if anything.
func (c *comparison) later(ch Change) (why, once string) {
	switch ch.Kind {
	case Delete, Rename:
		return c.laterDeleted(ch)
	case Move, Leave, Stuck:
		return "", ""
	}
	if !c.head.has(ch.Node) || c.vanishes(ch.Node) {
		return "", ""
	}
	if (ch.ofFile() || ch.Kind == Add) && !c.reached(ch.Node) && !c.gone {
		return "It does not arrive: " + c.unreached(ch.Node) + ".", "Once it does"
	}
	s := c.standings[ch.Node]
	switch {
	case !ch.reconciled(), ch.Kind == Unknown && s.still == waits: // that is danger enough
		return "", ""
	case s.still == stuck && (ch.Kind == Path || ch.Kind == Spec || ch.Kind == Source) && !ch.is(saysIdle) && c.mute(ch.Node):
		return "Flux applies nothing of it, since it is stuck.", "Once that is mended"
	case s.still == suspended && s.on == ch.Node && ch.Kind == Spec && !ch.is(saysIdle):
		return "It is suspended.", "Once it is resumed"
	}
	return c.delay("It", ch.Node)
}

// reconciled reports whether what a change says comes with the node's reconciliation: other
// things are so by its file, or by its source.
func (ch Change) reconciled() bool {
	switch ch.Kind {
	case Prune, Target, Unknown, Cluster, Path, Spec, Content, Add:
		return true
	}
	return ch.Kind == Source && ch.ofFile()
}

// perhaps says of a node which waits for one that stands still since this change that what a
// change says may come later: that one may have this revision before.
func (c *comparison) perhaps(ch Change) string {
	s := c.standings[ch.Node]
	if s.certain || c.stopped(ch.Node) && s.still != held && s.still != last || !ch.reconciled() || c.vanishes(ch.Node) {
		return ""
	}
	switch s.still {
	case last:
		if c.stops[ch.Node] == surely {
			return ""
		}
		return " Where it is stuck before it has this revision, that waits until it is mended."
	case held:
		if on := c.base.Graph.Lookup(s.on); on != nil && on.Object().Spec.Suspend { // as it was: the dependency is new
			return fmt.Sprintf(" Where its new spec comes first, that waits until %s is resumed.", s.on)
		}
		return fmt.Sprintf(" Where %s is suspended before it has this revision, that waits until it is resumed.", s.on)
	case waits:
		return fmt.Sprintf(" Where %s is stuck before it has this revision, that waits until it is mended.", s.on)
	}
	return ""
}

// anewLater says of a rename whose new node waits for what is suspended when that creates
// anything.
func (c *comparison) anewLater(ch Change) string {
	switch s := c.standings[ch.Node]; {
	case s.still != held:
		return ""
	case s.certain:
		return fmt.Sprintf(" %s creates it anew only once %s is resumed, for which it waits.", ch.Node, s.on)
	default:
		return fmt.Sprintf(" Where %s is suspended before it has this revision, %s creates it anew only once that is resumed.", s.on, ch.Node)
	}
}

// laterDeleted says why what deletes a node does not do so yet.
func (c *comparison) laterDeleted(ch Change) (why, once string) {
	key := ch.Node
	if ch.From != "" {
		key = ch.From
	}
	if !c.vanishes(key) {
		return "", ""
	}
	by := c.end(key).by
	if by == "" || by == key || !c.head.has(by) {
		return "", ""
	}
	return c.delay(by+", which deletes it,", by)
}

// delay says what a node waits for that keeps it from this revision, certainly.
func (c *comparison) delay(subject, key string) (why, once string) {
	s := c.standings[key]
	wait := map[bool]string{true: "waits for", false: "waits behind"}[s.direct]
	switch {
	case !s.certain || s.on == key:
	case s.still == held:
		return fmt.Sprintf("%s %s %s, which is suspended.", subject, wait, s.on), "Once that is resumed"
	case s.still == waits && c.standings[s.on].still == waits:
		return fmt.Sprintf("%s %s %s, which does not arrive.", subject, wait, s.on), "Once it does"
	case s.still == waits:
		return fmt.Sprintf("%s %s %s, which is stuck.", subject, wait, s.on), "Once that is mended"
	case s.still == suspended:
		return fmt.Sprintf("%s builds from %s, which is suspended.", subject, s.on), "Once that is resumed"
	}
	return "", ""
}

// ofFile reports whether a change is one of the fields of a Kustomization.
func (ch Change) ofFile() bool {
	return ch.From == "" && slices.ContainsFunc(ch.Fields, func(f Field) bool {
		return strings.HasPrefix(f.Path, "spec.") || strings.HasPrefix(f.Path, "metadata.")
	})
}

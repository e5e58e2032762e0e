package plan

import "fmt"

// takenOver says of the objects that other nodes apply that this may be too late for them,
// or is.
func (c *comparison) takenOver(objects []Object, by, noun string) string {
	said := ""
	for _, already := range []bool{false, true} {
		some, heirs := c.applied(objects, func(o Object) string {
			if heir := c.other(o, by); c.beside(o, heir) == already {
				return heir
			}
			return ""
		})
		said += stays(some, heirs, noun, already)
	}
	late := func(o Object) string {
		if heir := c.successorOf(o, by); !o.Kept && heir != "" && c.other(o, by) == "" {
			return heir
		}
		return ""
	}
	if some, heirs := c.applied(objects, late); len(some) > 0 {
		said += fmt.Sprintf(" Of these, %s by %s, but too late, since that waits for %s: %s.", areApplied(len(some)), heirs, c.waitedFor(some, by), few(named(some), maxNamed))
	}
	return said
}

// stays says when objects stay that others apply, from now on or already.
func stays(some []Object, heirs, noun string, already bool) string {
	n := len(some)
	if n == 0 {
		return ""
	}
	said := fmt.Sprintf(" %s %s applied by %s, and %s only if that comes first: ", plural(n, noun), verb(n, "is", "are"), heirs, verb(n, "stays", "stay"))
	if already {
		said = fmt.Sprintf(" %s %s applied by %s already, and %s only if that applied %s last: ", plural(n, noun), verb(n, "is", "are"), heirs, verb(n, "stays", "stay"), verb(n, "it", "them"))
	}
	said += few(named(some), maxNamed) + "."
	if toll := toll(some); toll != "" {
		said += " Else:" + toll
	}
	return said
}

// waitedFor names what holds back the nodes that apply objects too late.
func (c *comparison) waitedFor(objects []Object, by string) string {
	names := map[string]bool{}
	for _, o := range objects {
		names[c.heldBack(c.successorOf(o, by), by)] = true
	}
	return few(sortedKeys(names), 3)
}

// applied returns the objects that have an owner, and names the owners.
func (c *comparison) applied(objects []Object, owner func(Object) string) (some []Object, owners string) {
	names := map[string]bool{}
	for _, o := range objects {
		if name := owner(o); name != "" {
			names[name] = true
			some = append(some, o)
		}
	}
	return some, few(sortedKeys(names), 3)
}

func areApplied(n int) string { return plural(n, "object") + " " + verb(n, "is", "are") + " applied" }

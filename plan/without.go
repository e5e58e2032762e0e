package plan

import (
	"fmt"
	"slices"
)

// remaining are what still uses something in head.
func (c *comparison) remaining(what use) []user {
	return slices.DeleteFunc(c.head.users(what), func(u user) bool { return c.vanishes(u.node.Key()) })
}

// without are what is said of what loses something that it uses, by how; reads is chart, of what
// is no release. Of nodes that come to a halt for it that is told with these.
var without = []struct{ as, text string }{
	{"source", " No further commit reaches what takes its manifests from %s: %s."},
	{"chart", " These find their chart no longer, so nothing of them is upgraded, and they are not ready: %s."},
	{"reads", " These find their source no longer, and do nothing: %s."},
	{"awaits", " These do not go on without it, and are not ready: %s."},
	{"account", " These lose their service account: when one of them is deleted, all that it applied stays: %s."},
}

// withoutLost says what loses a source, its values, a release that it depends on, or the service
// account by which Flux deletes what it applied.
func (c *comparison) withoutLost(lost []Object, by string) string {
	cluster, said := target(c.either(by)), ""
	var sources []Object
	users := map[string][]string{}
	for _, o := range lost {
		if c.heirIn(cluster, o) != "" {
			continue
		}
		if o.Group == sourceGroup {
			sources = append(sources, o)
		}
		for _, what := range o.usedAs(cluster) {
			if !slices.Contains([]string{"source", "chart", "awaits", "account"}, what.as) {
				continue
			}
			for _, u := range c.remaining(what) {
				as := what.as
				if as == "chart" && !u.object.release() {
					as = "reads"
				}
				users[as] = append(users[as], u.String())
			}
		}
	}
	if len(users) == 0 { // as nearly always
		return ""
	}
	users["awaits"] = subtract(users["awaits"], users["chart"])
	for _, w := range without {
		if names := unique(users[w.as]); len(names) > 0 {
			args := []any{few(names, 5)}
			if w.as == "source" {
				args = []any{few(named(sources), 3), args[0]}
			}
			said += fmt.Sprintf(w.text, args...)
		}
	}
	return said
}

// withoutClass says what names a StorageClass that goes.
func (c *comparison) withoutClass(lost []Object, by string) string {
	at, said := target(c.either(by)), ""
	for _, o := range having(lost, func(o Object) bool { return len(o.brings()) > 0 && c.heirIn(at, o) == "" }) {
		for _, class := range o.brings() {
			var users []Object
			for _, u := range c.remaining(use{at, "class", class}) {
				users = append(users, *u.object)
			}
			if len(users) == 0 {
				continue
			}
			of := "StorageClass " + class
			if o.release() {
				of += ", which " + o.String() + " makes by its values,"
			}
			said += fmt.Sprintf(" Claims of %s stay, or are still to be made: %s. Where what runs its volumes goes too, these can be neither mounted nor deleted.", of, few(named(users), 3))
		}
	}
	return said
}

// needed splits objects by whether nodes of head need them, but for the one that applied them, and
// names the ones that are with those nodes.
func (c *comparison) needed(from string, objects []Object) (names []string, others []Object) {
	for _, o := range objects {
		var users []string
		for _, u := range c.head.usersOf(target(c.either(from)), o) {
			if key := u.node.Key(); key != from {
				users = append(users, key)
			}
		}
		if len(users) > 0 {
			names = append(names, fmt.Sprintf("%s (for %s)", o, few(unique(users), 2)))
		} else {
			others = append(others, o)
		}
	}
	return names, others
}

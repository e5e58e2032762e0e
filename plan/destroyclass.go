package plan

import (
	"slices"
	"strings"
)

// A volume can be neither unmounted nor deleted without the driver that runs it. What applies a
// StorageClass nearly always brings the driver too, so it goes behind what names the class. Of
// classes that charts make the values may tell.

// brings are the StorageClasses that an object is, or that come and go with it.
func (o Object) brings() []string {
	switch {
	case o.Group == "storage.k8s.io" && o.Kind == "StorageClass":
		return []string{o.Name}
	case o.Suspended: // whose release stays
		return nil
	}
	return strings.Fields(o.Makes)
}

// claimsOf returns the nodes with the Namespaces of what names a StorageClass: the claims that
// were made for it stay until these go.
func (d *teardown) claimsOf(what use, users []string) []string {
	if what.as != "class" {
		return nil
	}
	var all []string
	for _, key := range users {
		for _, o := range d.Objects[key] {
			if o.Namespace != "" && slices.Contains(strings.Fields(o.Classes), what.name) {
				all = append(all, d.definers[use{what.cluster, "namespace", o.Namespace}]...)
			}
		}
	}
	return unique(all)
}

// noteClasses says which StorageClasses are named that nothing here applies, where there goes a
// release that may bring them.
func (d *teardown) noteClasses() {
	var classes []string
	releases := false
	for v, o := range d.going() {
		releases = releases || o.release() && !o.Suspended
		for class := range strings.FieldsSeq(o.Classes) {
			if !d.defined[use{target(v), "class", class}] {
				classes = append(classes, class)
			}
		}
	}
	if classes = unique(classes); len(classes) > 0 && releases {
		d.note("what runs the volumes of some StorageClasses has to run until the claims of them are gone, and the order does not know it, for nothing here applies the classes (perhaps a chart makes them): see that it goes last. The classes: %s", strings.Join(classes, ", "))
	}
}

package repo

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
)

const rbacGroup = "rbac.authorization.k8s.io"

// Grants lists the ServiceAccounts to which a RoleBinding or ClusterRoleBinding gives rights,
// as namespace/name: namespace/* are all of one namespace, and */* all there are. It is empty
// where [Options.Digests] is not set.
func (o *Object) Grants() []string { return slices.Clone(o.grants) }

// Role returns the kind, namespace and name of the role whose rights a binding gives, or
// nothing.
func (o *Object) Role() ID { return o.role }

// Suspended reports whether a source is, so that it fetches nothing new, or a HelmRelease.
func (o *Object) Suspended() bool {
	on, _ := value(o.body, "spec", "suspend").(bool)
	return on && (isSource(o.Group, o.Kind) || o.Group == helmGroup)
}

// bind takes in what a binding gives, and to whom.
func (o *Object) bind(res *resource.Resource) {
	if o.Group != rbacGroup || o.Kind != "RoleBinding" && o.Kind != "ClusterRoleBinding" {
		return
	}
	body, err := res.Map()
	if err != nil {
		return
	}
	for _, subject := range list(body, "subjects") {
		if account := accountOf(subject); account != "" && !slices.Contains(o.grants, account) {
			o.grants = append(o.grants, account)
		}
	}
	o.role = ID{Group: rbacGroup, Kind: text(body, "roleRef", "kind"), Name: text(body, "roleRef", "name")}
	if o.role.Kind == "Role" {
		o.role.Namespace = o.Namespace
	}
}

// accountOf returns the ServiceAccounts that a subject of a binding means: by their own kind,
// or by the names that they have as users and groups.
func accountOf(subject map[string]any) string {
	name := text(subject, "name")
	switch text(subject, "kind") {
	case "ServiceAccount":
		return text(subject, "namespace") + "/" + name
	case "User":
		if rest, is := strings.CutPrefix(name, "system:serviceaccount:"); is {
			return strings.Replace(rest, ":", "/", 1)
		}
	case "Group":
		if namespace, is := strings.CutPrefix(name, "system:serviceaccounts:"); is {
			return namespace + "/*"
		}
		if name == "system:serviceaccounts" || name == "system:authenticated" {
			return "*/*"
		}
	}
	return ""
}

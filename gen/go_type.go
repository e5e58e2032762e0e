package gen

import (
	"path"
	"reflect"
	"regexp"
	"strings"
	"sync"

	"github.com/dave/jennifer/jen"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// dagPath is the import path of package dag.
var dagPath = reflect.TypeFor[dag.Node]().PkgPath()

// dagNames are the types that package dag has a name for.
var dagNames = map[reflect.Type]string{
	reflect.TypeFor[dag.Source]():              "Source",
	reflect.TypeFor[dag.SubstituteReference](): "SubstituteReference",
	reflect.TypeFor[dag.HealthCheck]():         "HealthCheck",
	reflect.TypeFor[dag.HealthCheckExpr]():     "HealthCheckExpr",
}

// typeExpr names a type.
func typeExpr(t reflect.Type) expr {
	if name, ok := dagNames[t]; ok {
		return dagExpr(name)
	}
	if t.PkgPath() != "" {
		return codeExpr(jen.Qual(t.PkgPath(), t.Name()), len(importName(t.PkgPath()))+1+len(t.Name()))
	}
	switch t.Kind() {
	case reflect.Pointer:
		elem := typeExpr(t.Elem())
		return codeExpr(jen.Op("*").Add(elem.code), elem.width+1)
	case reflect.Slice:
		elem := typeExpr(t.Elem())
		return codeExpr(jen.Index().Add(elem.code), elem.width+2)
	case reflect.Map:
		key, elem := typeExpr(t.Key()), typeExpr(t.Elem())
		return codeExpr(jen.Map(key.code).Add(elem.code), key.width+elem.width+len("map[]"))
	}
	return identExpr(t.Name())
}

// specPackages are the packages whose types a spec is made of, and what a
// declaration calls them.
var specPackages = sync.OnceValue(func() map[string]string {
	packages, seen := map[string]string{}, map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(t reflect.Type) {
		if seen[t] {
			return
		}
		seen[t] = true
		if t.PkgPath() != "" {
			packages[t.PkgPath()] = importName(t.PkgPath())
		}
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			walk(t.Elem())
		case reflect.Struct:
			for i := range t.NumField() {
				walk(t.Field(i).Type)
			}
		}
	}
	walk(reflect.TypeFor[kustomizev1.KustomizationSpec]())
	packages[dagPath], packages["time"] = "dag", "time"
	return packages
})

var versionElement = regexp.MustCompile(`^v[0-9]`)

// importName is the name by which Go programs know a package: kustomizev1 for
// kustomize-controller/api/v1, metav1 for meta/v1.
func importName(importPath string) string {
	name := path.Base(importPath)
	if !versionElement.MatchString(name) {
		return name
	}
	parent := path.Dir(importPath)
	if path.Base(parent) == "api" {
		parent = path.Dir(parent)
	}
	return strings.TrimSuffix(path.Base(parent), "-controller") + name
}

package schema

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

// files holds the CRDs, one a Flux minor, that "make schema" writes.
//
//go:embed crds/*.json
var files embed.FS

// Default is the Flux version whose kustomize-controller/api this module is built with.
const Default = "2.9"

// Version is a Flux version whose CRD is known.
type Version struct {
	// Flux is the minor version, such as "2.9".
	Flux string
	// Module and ModuleVersion say where its CRD comes from.
	Module, ModuleVersion string
}

// Versions lists the known versions, oldest first.
func Versions() []Version {
	entries, _ := files.ReadDir("crds") // embedded: there is always one
	var all []Version
	for _, entry := range entries {
		crd, err := read(strings.TrimSuffix(entry.Name(), path.Ext(entry.Name())))
		if err != nil {
			continue // TestVersions holds that there is none
		}
		all = append(all, versionOf(crd))
	}
	slices.SortFunc(all, func(a, b Version) int { return cmp.Compare(minor(a.Flux), minor(b.Flux)) })
	return all
}

func versionOf(crd *apiextensionsv1.CustomResourceDefinition) Version {
	return Version{crd.Annotations["flux"], crd.Annotations["module"], crd.Annotations["version"]}
}

// minor returns the number behind the dot of a version.
func minor(flux string) int {
	_, after, _ := strings.Cut(flux, ".")
	n, _ := strconv.Atoi(after)
	return n
}

// read decodes an embedded CRD.
func read(flux string) (*apiextensionsv1.CustomResourceDefinition, error) {
	data, err := files.ReadFile("crds/" + flux + ".json")
	if err != nil {
		return nil, unknownVersion(flux)
	}
	var crd apiextensionsv1.CustomResourceDefinition
	if err := json.Unmarshal(data, &crd); err != nil {
		return nil, fmt.Errorf("the embedded CRD of Flux %s: %w", flux, err)
	}
	return &crd, nil
}

// withheld is the one minor between those known whose module is to be had nowhere.
const withheld = "2.8"

// UnknownVersionError is about a Flux version whose CRD is not embedded.
type UnknownVersionError struct {
	// Problem says so, and why, without naming those that are.
	Problem string
	// Known are the versions that are embedded, oldest first.
	Known []string
}

// Error returns the problem and the versions that are known.
func (e *UnknownVersionError) Error() string {
	return e.Problem + "; known are " + strings.Join(e.Known, ", ")
}

func unknownVersion(flux string) error {
	e := &UnknownVersionError{Problem: fmt.Sprintf("the CRD of Flux %q is not known", flux)}
	if flux == withheld {
		e.Problem = "the CRD of Flux 2.8 is not known: no module proxy has kustomize-controller 1.8"
	}
	for _, v := range Versions() {
		e.Known = append(e.Known, v.Flux)
	}
	return e
}

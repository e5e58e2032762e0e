package repo

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	kustypes "sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/resid"
	"sigs.k8s.io/yaml"
)

// resources are what a build gave, in order. Most builds are of one piece.
type resources []resmap.ResMap

func (r resources) all() []*resource.Resource {
	var all []*resource.Resource
	for _, m := range r {
		all = append(all, m.Resources()...)
	}
	return all
}

// maxPiece is how many entries are built at a time: kustomize compares every object with
// every other one, so that a folder of ten thousand Kustomizations would take it minutes.
// A variable, for tests.
var maxPiece = 64

// errWhole says that a kustomization.yaml has to be built at once.
var errWhole = errors.New("not in pieces")

// inPieces builds a kustomization.yaml that only lists much, piece by piece. It fails
// where the pieces might not be what the whole is: the caller then builds that, and gets
// kustomize's own error where there is one.
func (t *tree) inPieces(fs *buildFS, build func(*buildFS) (resmap.ResMap, error)) (resources, error) {
	var k kustypes.Kustomization
	if err := yaml.Unmarshal(fs.data, &k); err != nil || len(k.Resources) <= maxPiece || !onlyLists(k) {
		return nil, errWhole
	}
	var all resources
	seen := map[resid.ResId]bool{}
	for entries := range slices.Chunk(k.Resources, maxPiece) {
		piece := k
		piece.Resources = entries
		data, err := yaml.Marshal(piece)
		if err != nil {
			return nil, err
		}
		part := newBuildFS(t, fs.manifest, data)
		m, err := build(part)
		if err != nil {
			return nil, err
		}
		fs.adopt(part)
		for _, res := range m.Resources() {
			id := res.CurId()
			id.Namespace = id.EffectiveNamespace()
			if seen[id] {
				return nil, errWhole
			}
			seen[id] = true
		}
		all = append(all, m)
	}
	for p := range fs.read {
		if t.reachesOut(p) {
			return nil, errWhole
		}
	}
	return all, nil
}

// adopt enters what a build of a piece read.
func (f *buildFS) adopt(piece *buildFS) {
	for p := range piece.read {
		f.read[p] = true
	}
	for p := range piece.touched {
		f.touched[p] = true
	}
	for p := range piece.all {
		f.all[p] = true
	}
	f.globbed = f.globbed || piece.globbed
}

// onlyLists reports whether a kustomization.yaml changes nothing of what it lists.
func onlyLists(k kustypes.Kustomization) bool {
	k.TypeMeta, k.MetaData, k.Resources, k.BuildMetadata = kustypes.TypeMeta{}, nil, nil, nil
	return reflect.DeepEqual(k, kustypes.Kustomization{})
}

// reachesOut reports whether a kustomization.yaml may change what is built beside it:
// where it renames something, kustomize renames it in what refers to it, and variables
// are those of the whole build.
func (t *tree) reachesOut(file string) bool {
	var k kustypes.Kustomization
	if yaml.Unmarshal(t.read(file).data, &k) != nil {
		return true
	}
	//lint:ignore SA1019 repositories still have the fields
	old := len(k.ConfigMapGenerator) + len(k.SecretGenerator) + len(k.Vars) + len(k.PatchesJson6902) + len(k.PatchesStrategicMerge) + len(k.HelmCharts) + len(k.HelmChartInflationGenerator)
	if old+len(k.Generators)+len(k.Transformers)+len(k.Replacements)+len(k.Configurations)+len(k.Crds) > 0 || k.NamePrefix+k.NameSuffix+k.Namespace != "" {
		return true
	}
	return slices.ContainsFunc(k.Patches, func(p kustypes.Patch) bool {
		return p.Path != "" || p.Options != nil || strings.Contains(p.Patch, "/metadata/") || strings.Contains(p.Patch, "/kind")
	})
}

package repo

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resmap"
	kustypes "sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/openapi"
)

// beside calls f, in which builds of the tree run beside each other. It reports
// whether nothing came of it that only [run] can tell from whom it came: a line on
// standard error that is no deprecation, or a download.
//
// Two builds meet in kustomize only in the schema of Kubernetes, which is read
// without a lock once it is there, and which only a field openapi changes; such a
// repository is built one by one. TestTogether holds it under the race detector.
func (t *tree) beside(f func()) bool {
	buildLock.Lock()
	defer buildLock.Unlock()
	_ = openapi.Schema()
	network := goOffline()
	t.index.together = true
	lines := captured(f)
	t.index.together = false
	quiet := !slices.ContainsFunc(lines, func(line string) bool { return !deprecation.MatchString(line) })
	return len(network.end()) == 0 && quiet
}

// deprecation matches what kustomize prints about a field, and which it prints of
// every kustomization.yaml that has it.
var deprecation = regexp.MustCompile(`^# Warning: '[A-Za-z0-9]+' is deprecated\.`)

// runTogether runs kustomize within [tree.beside].
func runTogether(fs *buildFS, dir string) (m resmap.ResMap, err error) {
	defer recovered(&err)
	return kustomizer().Run(fs, dir)
}

// deprecatedFields are what a kustomization.yaml with a deprecated field holds.
var deprecatedFields = [][]byte{[]byte("bases"), []byte("commonLabels"), []byte("imageTags"), []byte("patchesJson6902"), []byte("patchesStrategicMerge"), []byte("vars")}

// deprecations lists what kustomize warns of in the files that the build read.
func (f *buildFS) deprecations() []string {
	all := deprecationsIn(f.data)
	for p := range f.read {
		all = append(all, deprecationsIn(f.tree.read(p).data)...)
	}
	return sortedUnique(all)
}

func deprecationsIn(data []byte) []string {
	if !slices.ContainsFunc(deprecatedFields, func(field []byte) bool { return bytes.Contains(data, field) }) {
		return nil
	}
	var k kustypes.Kustomization
	if k.Unmarshal(data) != nil {
		return nil
	}
	var lines []string
	for _, message := range *k.CheckDeprecatedFields() {
		lines = append(lines, strings.Split(message, "\n")...)
	}
	return lines
}

package plan

import "slices"

// helm-controller looks at the name of a release's chart when it has loaded that: where it cannot get
// it, it returns long before (helmrelease_controller.go: getSource, ArtifactFailed, then
// ReleaseTargetChanged with loadedChart.Name()). So a source that is not here tells nothing of that name,
// and the name that a URL ends in is a guess.
const (
	chartName     = "chart"
	chartGuessed  = "chartGuessed"            // set where the name is not certain
	chartStrategy = "chartNameChangeStrategy" // set where another name is upgraded in place
)

// sameChart reports whether a field of Fixed concerns the chart of a HelmRelease, and makes
// helm-controller install no other release, as far as can be told.
func sameChart(field string, was, is map[string]string) bool {
	switch field {
	case chartGuessed, chartStrategy:
		return true
	case chartName:
		return was[field] == "" || is[field] == "" || is[chartStrategy] != ""
	}
	return false
}

// guessed reports whether a release is replaced only where its chart is another one, which is not certain.
func (r replacement) guessed() bool {
	return r.now.release() && slices.Equal(r.fields, []string{chartName}) && (fixedFields(r.was)[chartGuessed] != "" || fixedFields(r.now)[chartGuessed] != "")
}

// guessedEffect says what becomes of such releases.
func guessedEffect(all []replacement) string {
	said := "Where this is another chart, by the name in its Chart.yaml, which is not here, helm-controller uninstalls the release, with all that is in it, claims too, and installs another (ReleaseTargetChanged); where it is the same from another place, it upgrades the release."
	if slices.ContainsFunc(all, func(r replacement) bool { return r.now.Suspended }) {
		said += " It does so to what is suspended when that is resumed: no plan of that commit can know it."
	}
	return said
}

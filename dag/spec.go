package dag

import (
	"strconv"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// settings are the fields that a Node and the Defaults both have by name.
type settings struct {
	interval, retryInterval, timeout metav1.Duration
	prune                            *bool
	source                           Source
	ready                            Readiness
	targetNamespace                  string
	substitute                       map[string]string
	substituteFrom                   []SubstituteReference
}

// partial returns the spec that the settings say.
func (s settings) partial() partial {
	p := partial{said: map[string]bool{}}
	p.say("interval", s.interval.Duration != 0, func(spec *kustomizev1.KustomizationSpec) { spec.Interval = s.interval })
	p.say("retryInterval", s.retryInterval.Duration != 0, func(spec *kustomizev1.KustomizationSpec) { spec.RetryInterval = &s.retryInterval })
	p.say("timeout", s.timeout.Duration != 0, func(spec *kustomizev1.KustomizationSpec) { spec.Timeout = &s.timeout })
	p.say("prune", s.prune != nil, func(spec *kustomizev1.KustomizationSpec) { spec.Prune = *s.prune })
	p.say("sourceRef", s.source != Source{}, func(spec *kustomizev1.KustomizationSpec) { spec.SourceRef = s.source })
	p.say("targetNamespace", s.targetNamespace != "", func(spec *kustomizev1.KustomizationSpec) { spec.TargetNamespace = s.targetNamespace })
	if s.ready != nil {
		s.ready.readiness(&p.spec)
		for _, name := range readyFields {
			p.said[name] = true
		}
	}
	if s.substitute != nil || s.substituteFrom != nil {
		p.spec.PostBuild = &kustomizev1.PostBuild{Substitute: s.substitute, SubstituteFrom: s.substituteFrom}
		p.said["postBuild.substitute"] = s.substitute != nil
		p.said["postBuild.substituteFrom"] = s.substituteFrom != nil
	}
	return p
}

func (p *partial) say(name string, set bool, assign func(*kustomizev1.KustomizationSpec)) {
	if set {
		assign(&p.spec)
		p.said[name] = true
	}
}

// partial returns what the node says itself, and the fields that it says both
// by name and in Extra.
func (n Node) partial(dependsOn []kustomizev1.DependencyReference) (partial, []string) {
	p := settings{
		interval:        metav1.Duration{Duration: n.Interval},
		retryInterval:   metav1.Duration{Duration: n.RetryInterval},
		timeout:         metav1.Duration{Duration: n.Timeout},
		prune:           n.Prune,
		source:          n.Source,
		ready:           n.Ready,
		targetNamespace: n.TargetNamespace,
		substitute:      n.Substitute,
		substituteFrom:  n.SubstituteFrom,
	}.partial()
	p.say("path", n.Path != "", func(spec *kustomizev1.KustomizationSpec) { spec.Path = n.Path })
	p.say("dependsOn", n.DependsOn != nil, func(spec *kustomizev1.KustomizationSpec) { spec.DependsOn = dependsOn })
	return newPartial(p, &n.Extra)
}

// partial returns what the defaults say, and the fields that they say twice.
func (d Defaults) partial() (partial, []string) {
	return newPartial(settings{
		interval:        metav1.Duration{Duration: d.Interval},
		retryInterval:   metav1.Duration{Duration: d.RetryInterval},
		timeout:         metav1.Duration{Duration: d.Timeout},
		prune:           d.Prune,
		source:          d.Source,
		ready:           d.Ready,
		targetNamespace: d.TargetNamespace,
		substitute:      d.Substitute,
		substituteFrom:  d.SubstituteFrom,
	}.partial(), &d.Extra)
}

// tidy drops an empty postBuild, so that saying "none" writes nothing.
func tidy(spec *kustomizev1.KustomizationSpec) {
	if p := spec.PostBuild; p != nil && len(p.Substitute) == 0 && len(p.SubstituteFrom) == 0 && p.SubstituteStrategy == "" {
		spec.PostBuild = nil
	}
}

func quote(s string) string { return strconv.Quote(s) }

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
func (s *settings) partial() *partial {
	p := &partial{}
	if p.say("interval", s.interval.Duration != 0) {
		p.spec.Interval = s.interval
	}
	if p.say("retryInterval", s.retryInterval.Duration != 0) {
		p.spec.RetryInterval = new(s.retryInterval)
	}
	if p.say("timeout", s.timeout.Duration != 0) {
		p.spec.Timeout = new(s.timeout)
	}
	if p.say("prune", s.prune != nil) {
		p.spec.Prune = *s.prune
	}
	if p.say("sourceRef", s.source != Source{}) {
		p.spec.SourceRef = s.source
	}
	if p.say("targetNamespace", s.targetNamespace != "") {
		p.spec.TargetNamespace = s.targetNamespace
	}
	if s.ready != nil {
		s.ready.readiness(&p.spec)
	}
	for _, name := range readyFields {
		p.say(name, s.ready != nil)
	}
	if p.say("postBuild.substitute", s.substitute != nil) || s.substituteFrom != nil {
		p.spec.PostBuild = &kustomizev1.PostBuild{Substitute: s.substitute, SubstituteFrom: s.substituteFrom}
	}
	p.say("postBuild.substituteFrom", s.substituteFrom != nil)
	return p
}

// say notes that a field is said, where it is, and reports whether it is.
func (p *partial) say(name string, said bool) bool {
	if said {
		p.said |= fieldBits()[name]
	}
	return said
}

// partial returns what the node says itself, and the fields that it says both
// by name and in Extra.
func (n *Node) partial(dependsOn []kustomizev1.DependencyReference) (p *partial, clashes []string) {
	p = (&settings{
		interval:        metav1.Duration{Duration: n.Interval},
		retryInterval:   metav1.Duration{Duration: n.RetryInterval},
		timeout:         metav1.Duration{Duration: n.Timeout},
		prune:           n.Prune,
		source:          n.Source,
		ready:           n.Ready,
		targetNamespace: n.TargetNamespace,
		substitute:      n.Substitute,
		substituteFrom:  n.SubstituteFrom,
	}).partial()
	if p.say("path", n.Path != "") {
		p.spec.Path = n.Path
	}
	if p.say("dependsOn", n.DependsOn != nil) {
		p.spec.DependsOn = dependsOn
	}
	return p, p.join(&n.Extra)
}

// partial returns what the defaults say, and the fields that they say twice.
func (d *Defaults) partial() (p *partial, clashes []string) {
	p = (&settings{
		interval:        metav1.Duration{Duration: d.Interval},
		retryInterval:   metav1.Duration{Duration: d.RetryInterval},
		timeout:         metav1.Duration{Duration: d.Timeout},
		prune:           d.Prune,
		source:          d.Source,
		ready:           d.Ready,
		targetNamespace: d.TargetNamespace,
		substitute:      d.Substitute,
		substituteFrom:  d.SubstituteFrom,
	}).partial()
	return p, p.join(&d.Extra)
}

// tidy drops an empty postBuild, so that saying "none" writes nothing.
func tidy(spec *kustomizev1.KustomizationSpec) {
	if p := spec.PostBuild; p != nil && len(p.Substitute) == 0 && len(p.SubstituteFrom) == 0 && p.SubstituteStrategy == "" {
		spec.PostBuild = nil
	}
}

func quote(s string) string { return strconv.Quote(s) }

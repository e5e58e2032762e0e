package dag

import (
	"fmt"
	"regexp"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var timeRules = []Rule{{
	Code: "FD202", Name: "duration-syntax", Severity: Error,
	Summary: "A duration is negative or shorter than a millisecond, or retryInterval is zero.",
	Flux:    "The API server refuses the object: durations must match ^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$. A retryInterval of 0s passes, and means that a failed node is not tried again.",
	Fix:     "Use a positive duration of at least a millisecond.",
	Source:  "the Kustomization CRD: spec.interval, spec.retryInterval, spec.timeout",
	Check:   perVertex(checkDurations),
	OfValue: true,
}, {
	Code: "FD203", Name: "timeout-over-interval", Severity: Warning,
	Summary: "The timeout is longer than the interval.",
	Flux:    "A health check that never passes holds a worker beyond the time of the next reconciliation; four such nodes stop every other Kustomization (--concurrent is 4).",
	Fix:     "Make the timeout shorter than the interval.",
	Source:  "kustomize-controller: Kustomization.GetTimeout; flux2 issue 5601, kustomize-controller issue 701",
	Check:   perVertex(checkTimeoutOverInterval),
	OfValue: true, also: "spec.interval",
}, {
	Code: "FD204", Name: "interval-under-minute", Severity: Warning,
	Summary: "The interval is shorter than a minute.",
	Flux:    "The controller builds and applies the node that often, changed or not; commits arrive by events and do not need it.",
	Fix:     "Use an interval of a minute or more.",
	Source:  "Flux: Kustomization, Interval",
	Check:   perVertex(checkShortInterval),
	OfValue: true,
}, {
	Code: "FD205", Name: "timeout-under-minimum", Severity: Warning,
	Summary: "The timeout is shorter than 30 seconds.",
	Flux:    "The controller takes 30 s instead: \"health check failed after 30\" seconds and a little.",
	Fix:     "Use a timeout of 30 s or more.",
	Source:  "kustomize-controller/api: Kustomization.GetTimeout",
	Check:   perVertex(checkShortTimeout),
	OfValue: true,
}, {
	Code: "FD206", Name: "retry-over-interval", Severity: Warning,
	Summary: "The retry interval is longer than the interval.",
	Flux:    "A node that failed is tried again later than a healthy one is reconciled.",
	Fix:     "Make retryInterval shorter than interval, or leave it out.",
	Source:  "kustomize-controller/api: Kustomization.GetRetryInterval",
	Check:   perVertex(checkRetry),
	OfValue: true, also: "spec.interval",
}}

var durationPattern = regexp.MustCompile(`^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$`)

// refused reports whether the API server takes no such duration (FD202): there is
// nothing else to say about it then.
func refused(d metav1.Duration) bool {
	return d.Duration != 0 && !durationPattern.MatchString(d.Duration.String())
}

// durationHint knows a number of seconds that was written without its unit.
func durationHint(d time.Duration) string {
	if d > 0 && d < 100*time.Microsecond && d%time.Microsecond != 0 {
		return fmt.Sprintf("a number without a unit is nanoseconds: write %d * time.Second", d)
	}
	return "use a positive duration of at least a millisecond"
}

func checkDurations(v *Vertex) []Diagnostic {
	spec := &v.object.Spec
	var found []Diagnostic
	for _, d := range []struct {
		field string
		value *metav1.Duration
	}{{"interval", &spec.Interval}, {"retryInterval", spec.RetryInterval}, {"timeout", spec.Timeout}} {
		if d.value == nil {
			continue
		}
		switch n := d.value.Duration; {
		case d.field == "retryInterval" && n == 0:
			// The API server lets 0s through, and the controller asks for no retry.
			found = append(found, v.Report("spec.retryInterval", durationHint(n), "retryInterval is 0s: Flux does not try again after a failure"))
		case refused(*d.value):
			found = append(found, v.Report("spec."+d.field, durationHint(n), "%s is %s: the API server refuses the object", d.field, FormatDuration(n)))
		}
	}
	return found
}

func checkTimeoutOverInterval(v *Vertex) []Diagnostic {
	spec := &v.object.Spec
	if spec.Timeout == nil || refused(*spec.Timeout) || refused(spec.Interval) || spec.Interval.Duration <= 0 || spec.Timeout.Duration <= spec.Interval.Duration {
		return nil
	}
	return []Diagnostic{v.Report("spec.timeout", "make the timeout shorter than the interval",
		"the timeout of %s is longer than the interval of %s: a failing health check holds a worker beyond the next reconciliation",
		FormatDuration(spec.Timeout.Duration), FormatDuration(spec.Interval.Duration))}
}

func checkShortInterval(v *Vertex) []Diagnostic {
	if d := v.object.Spec.Interval.Duration; d > 0 && d < time.Minute && !refused(v.object.Spec.Interval) {
		return []Diagnostic{v.Report("spec.interval", "use a minute or more: commits do not wait for the interval",
			"the interval is %s: the controller builds and applies the node every %s, changed or not", FormatDuration(d), FormatDuration(d))}
	}
	return nil
}

const minTimeout = 30 * time.Second

func checkShortTimeout(v *Vertex) []Diagnostic {
	if t := v.object.Spec.Timeout; t != nil && t.Duration < minTimeout && !refused(*t) {
		return []Diagnostic{v.Report("spec.timeout", "use 30s or more", "the timeout is %s: the controller takes 30s instead", FormatDuration(t.Duration))}
	}
	return nil
}

func checkRetry(v *Vertex) []Diagnostic {
	spec := &v.object.Spec
	if spec.RetryInterval == nil || refused(*spec.RetryInterval) || refused(spec.Interval) || spec.Interval.Duration <= 0 || spec.RetryInterval.Duration <= spec.Interval.Duration {
		return nil
	}
	return []Diagnostic{v.Report("spec.retryInterval", "make retryInterval shorter than interval, or leave it out",
		"the retry interval of %s is longer than the interval of %s: a failed node is tried again later than a healthy one is reconciled",
		FormatDuration(spec.RetryInterval.Duration), FormatDuration(spec.Interval.Duration))}
}

package dag

import (
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var timeCases = ruleCases{
	"FD202": {
		fires: func() []Cluster {
			return one(
				node(1, Node{Name: "interval", Interval: -time.Second}),
				node(2, Node{Name: "retry", RetryInterval: time.Millisecond - time.Microsecond}),
				node(3, Node{Name: "timeout", Timeout: -30 * time.Second}),
				node(5, Node{Name: "unitless", Interval: 30, Timeout: 3600, RetryInterval: 5 * time.Microsecond}),
				node(4, Node{Name: "never", Extra: kustomizev1.KustomizationSpec{RetryInterval: &metav1.Duration{}}}),
			)
		},
		quiet: func() []Cluster {
			return one(
				node(1, Node{Name: "smallest", RetryInterval: time.Millisecond}),
				node(2, Node{Name: "fraction", RetryInterval: 1500 * time.Microsecond}), // 1.5ms
				node(3, Node{Name: "mixed", Interval: time.Hour + 90*time.Second + time.Nanosecond}),
				node(4, Node{Name: "days", Interval: 72 * time.Hour}),                                             // 72h: Flux knows no days
				node(5, Node{Name: "timeout", Extra: kustomizev1.KustomizationSpec{Timeout: &metav1.Duration{}}}), // FD205
			)
		},
	},
	"FD203": {
		fires: func() []Cluster {
			return one(
				node(1, Node{Name: "web", Interval: 5 * time.Minute, Timeout: 5*time.Minute + time.Second}),
				node(2, Node{Name: "api", Timeout: 90 * time.Minute}),
			)
		},
		quiet: func() []Cluster {
			return one(
				node(1, Node{Name: "equal", Interval: 5 * time.Minute, Timeout: 5 * time.Minute}),
				node(2, Node{Name: "unset", Interval: time.Minute}), // Flux takes 30s
			)
		},
	},
	"FD204": {
		fires: func() []Cluster {
			return one(
				node(1, Node{Name: "web", Interval: time.Minute - time.Millisecond}),
				node(2, Node{Name: "api", Interval: time.Millisecond}),
			)
		},
		quiet: func() []Cluster { return one(node(1, Node{Name: "web", Interval: time.Minute})) },
	},
	"FD205": {
		fires: func() []Cluster {
			return one(
				node(1, Node{Name: "web", Timeout: 30*time.Second - time.Millisecond}),
				node(2, Node{Name: "api", Timeout: time.Millisecond}),
				node(3, Node{Name: "zero", Extra: kustomizev1.KustomizationSpec{Timeout: &metav1.Duration{}}}),
			)
		},
		quiet: func() []Cluster {
			return one(
				node(1, Node{Name: "exact", Timeout: 30 * time.Second}),
				node(2, Node{Name: "unset"}),
			)
		},
	},
	"FD206": {
		fires: func() []Cluster {
			return one(
				node(1, Node{Name: "web", RetryInterval: time.Hour + time.Second}),
				node(2, Node{Name: "api", Interval: time.Minute, RetryInterval: 2 * time.Minute}),
			)
		},
		quiet: func() []Cluster {
			return one(
				node(1, Node{Name: "equal", RetryInterval: time.Hour}),
				node(2, Node{Name: "unset"}),
			)
		},
	},
}

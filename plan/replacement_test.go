package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLess(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"1Gi", "10Gi", true}, {"10Gi", "1Gi", false}, {"1Gi", "1024Mi", false}, {"1G", "1Gi", true},
		{"", "1Gi", false}, {"${SIZE}", "1Gi", false}, {"1Gi", "", false},
	} {
		if diff := cmp.Diff(test.want, less(test.a, test.b)); diff != "" {
			t.Errorf("%q, %q: %s", test.a, test.b, diff)
		}
	}
}

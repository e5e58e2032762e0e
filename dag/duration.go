package dag

import (
	"strings"
	"time"
)

// FormatDuration writes a duration as people do, without the last units where they
// are zero: 1h, not 1h0m0s. It is how durations stand in generated files and in messages.
func FormatDuration(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

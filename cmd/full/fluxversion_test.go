package full

import "testing"

func TestMinor(t *testing.T) {
	for version, want := range map[string]string{
		"2.9": "2.9", "v2.9": "2.9", "2.9.1": "2.9", "v2.10.0": "2.10", "2.10.0-rc.1": "2.10",
		"": "", "v": "v", "2": "2", "v2": "v2", "latest": "latest", "2.9.x": "2.9.x", "../2.9": "../2.9", "vv2.9": "vv2.9", "2.9.1.4": "2.9.1.4",
	} {
		if got := minor(version); got != want {
			t.Errorf("%q: %q, want %q", version, got, want)
		}
	}
}

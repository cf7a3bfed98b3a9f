package web

import "testing"

func TestSizesAndFingerprints(t *testing.T) {
	for bytes, want := range map[int64]string{0: "0 B", 1023: "1023 B", 1024: "1 KB", 1<<20 - 1: "1023 KB", 1 << 20: "1.0 MB", 200 << 20: "200.0 MB"} {
		if got := size(bytes); got != want {
			t.Errorf("%d: %q, want %q", bytes, got, want)
		}
	}
	for sum, want := range map[string]string{"": "", "0123456789abcdef": "0123456789abcdef", "0123456789abcdefg": "01234567…9abcdefg"} {
		if got := fingerprint(sum); got != want {
			t.Errorf("%q: %q, want %q", sum, got, want)
		}
	}
}

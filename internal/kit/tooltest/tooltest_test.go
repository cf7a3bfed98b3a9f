package tooltest_test

import (
	"testing"

	"qingfeng/internal/kit/tooltest"
)

// seen is a test that remembers how it was ended.
type seen struct {
	testing.TB
	skipped, failed bool
}

func (s *seen) Helper()               {}
func (s *seen) Skip(...any)           { s.skipped = true }
func (s *seen) Fatalf(string, ...any) { s.failed = true }

func TestWhatIsMissingSkipsHereAndFailsUnderCI(t *testing.T) {
	for _, c := range []struct {
		ci, tool        string
		skipped, failed bool
	}{
		{"", "go", false, false},
		{"true", "go", false, false},
		{"", "no-such-tool", true, false},
		{"true", "no-such-tool", false, true},
	} {
		t.Setenv("CI", c.ci)
		s := &seen{TB: t}
		// Under CI a failure ends the test; this one goes on and skips as well.
		tooltest.Need(s, c.tool)
		if s.failed != c.failed || !c.failed && s.skipped != c.skipped {
			t.Errorf("%q with CI=%q: skipped %v, failed %v", c.tool, c.ci, s.skipped, s.failed)
		}
	}
}

// Package tooltest says what happens to a test whose tool is not installed: it
// is skipped with a reason on somebody's laptop and fails under CI, where
// whatever the tool does would silently not be tested.
package tooltest

import (
	"os"
	"os/exec"
	"testing"
)

// Need returns after making sure that every tool is on the path.
func Need(t testing.TB, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			Lack(t, tool+" is not installed")
		}
	}
}

// Lack ends a test that cannot run; reason says what is missing, and how to get
// it where that is no package of the system.
func Lack(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("CI: %s; what it is for would silently not be tested", reason)
	}
	t.Skip(reason)
}

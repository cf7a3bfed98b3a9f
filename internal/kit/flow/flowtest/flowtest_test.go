package flowtest_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/internal/kit/flow/flowtest"
)

// machine has a fixed drawing.
type machine struct {
	drawing string
	err     error
}

func (m machine) Check() error { return m.err }
func (m machine) Draw() string { return m.drawing }

// recorder stands in for a test and keeps its complaints.
type recorder struct {
	testing.TB
	said string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	for _, a := range args {
		if s, ok := a.(string); ok {
			format += s
		}
	}
	r.said += format
}

func TestCheck(t *testing.T) {
	const doc = "// Package x is an example.\n//\n//\tfrom  to\n//\ta     b\n//\n// It ends.\npackage x\n"
	path := filepath.Join(t.TempDir(), "doc.go")
	if err := os.WriteFile(path, []byte(doc), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, v := range []struct {
		name string
		m    machine
		path string
		says string // empty: nothing
	}{
		{"as drawn", machine{drawing: "from  to\na     b"}, path, ""},
		{"another row", machine{drawing: "from  to\na     c"}, path, "//\ta     c"},
		{"a row too few", machine{drawing: "from  to\na     b\nb     c"}, path, "//\tb     c"},
		{"a row too many", machine{drawing: "from  to"}, path, "does not hold"},
		{"a senseless table", machine{"from  to\na     b", errors.New("no")}, path, "makes no sense"},
		{"no file", machine{drawing: "from"}, path + "x", "read the drawing"},
	} {
		r := &recorder{TB: t}
		flowtest.Check(r, v.m, v.path)
		if (v.says == "") != (r.said == "") || !strings.Contains(r.said, v.says) {
			t.Errorf("%s: said %q, want %q", v.name, r.said, v.says)
		}
	}
}

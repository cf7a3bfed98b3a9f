// Package flowtest checks a module's state machine in the module's own test.
//
// It owns the promise that the drawing in doc.go is the table that runs. It
// writes no file: when the drawing is out of date it prints the lines to paste.
package flowtest

import (
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// Machine is what a flow.Machine can tell about itself.
type Machine interface {
	Check() error
	Draw() string
}

// Check fails the test when the machine's table makes no sense, or when the
// package comment in the Go file at path does not hold its current drawing.
func Check(t testing.TB, m Machine, path string) {
	t.Helper()
	if err := m.Check(); err != nil {
		t.Errorf("the state machine makes no sense:\n%v", err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly|parser.ParseComments)
	if err != nil {
		t.Errorf("read the drawing: %v", err)
		return
	}
	if !holds(f.Doc.Text(), m.Draw()) {
		t.Errorf("%s does not hold the drawing of its state machine; it should say:\n\n//\t%s\n", path, strings.ReplaceAll(m.Draw(), "\n", "\n//\t"))
	}
}

// holds reports whether the lines of drawing are a block of text, indented as Go
// comments indent what is to be shown as it is, with no line more.
func holds(text, drawing string) bool {
	want := strings.Split("\t"+strings.ReplaceAll(drawing, "\n", "\n\t"), "\n")
	lines := strings.Split(text, "\n")
	for i := range max(0, len(lines)-len(want)) { // the last line is empty
		if slices.Equal(lines[i:i+len(want)], want) && !strings.HasPrefix(lines[i+len(want)], "\t") {
			return true
		}
	}
	return false
}

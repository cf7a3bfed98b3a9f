package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

func TestHabits(t *testing.T) {
	tree := readProject(t)
	for name, check := range map[string]func([]source) []string{
		"every package has a doc comment": checkDocs,
		"files are short":                 checkLengths,
		"nothing happens before main":     checkInit,
		"names say something":             checkNames,
	} {
		t.Run(name, func(t *testing.T) { report(t, check(tree)) })
	}
}

// checkDocs complains of packages without a doc comment. A package that has
// nothing but tests is documented in one of them.
func checkDocs(tree []source) []string {
	var complaints []string
	for folder, files := range packages(tree) {
		if !slices.ContainsFunc(files, func(s source) bool { return s.code.Doc.Text() != "" }) {
			complaints = append(complaints, folder+" has no doc comment")
		}
	}
	return complaints
}

// The longest files that a reader should be asked to read.
const (
	longest     = 500
	longestMain = 40
)

// checkLengths complains of files that are too long. Generated ones are read by
// nobody.
func checkLengths(tree []source) []string {
	var complaints []string
	for _, s := range tree {
		limit := longest
		if path.Base(s.path) == "main.go" && strings.HasPrefix(s.path, "cmd/") {
			limit = longestMain
		}
		if !s.generated() && s.lines > limit {
			complaints = append(complaints, fmt.Sprintf("%s has %d lines, %d are allowed", s.path, s.lines, limit))
		}
	}
	return complaints
}

// checkInit complains of func init: what a program does, it does from main.
func checkInit(tree []source) []string {
	var complaints []string
	for _, s := range tree {
		if s.code == nil || s.generated() {
			continue
		}
		for _, d := range s.code.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "init" && f.Recv == nil {
				complaints = append(complaints, s.path+" has a func init")
			}
		}
	}
	return complaints
}

// checkNames complains of packages and files whose name says that they hold
// whatever had no place.
func checkNames(tree []source) []string {
	vague := []string{"util", "utils", "common", "helper", "helpers", "base", "types", "models", "misc"}
	var complaints []string
	for _, s := range tree {
		name, _, _ := strings.Cut(strings.TrimSuffix(path.Base(s.path), "_test.go"), ".")
		if slices.Contains(vague, name) || slices.Contains(vague, path.Base(s.folder())) {
			complaints = append(complaints, s.path+" is named after nothing")
		}
	}
	return complaints
}

package archtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the import path of the project.
const module = "qingfeng"

// source is one file of the project.
type source struct {
	path  string // slash-separated, from the top of the project
	lines int
	code  *ast.File // nil when the file is not Go
	set   *token.FileSet
}

// folder returns the path of the package that the file belongs to.
func (s source) folder() string { return path.Dir(s.path) }

func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

func (s source) generated() bool {
	if s.code != nil {
		return ast.IsGenerated(s.code)
	}
	return strings.Contains(path.Base(s.path), ".gen.")
}

// imports returns the import paths of the file.
func (s source) imports() []string {
	if s.code == nil {
		return nil
	}
	var paths []string
	for _, spec := range s.code.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, p)
		}
	}
	return paths
}

// readProject parses the tree that this package stands in. Reading it through
// the file system, and not through the go command, keeps the test cache honest
// and sees the files of every build tag.
func readProject(t *testing.T) []source {
	t.Helper()
	tree, err := readTree(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	if len(tree) < 10 {
		t.Fatalf("only %d source files found: the tests look at the wrong place", len(tree))
	}
	return tree
}

// readTree parses every source file under root that people write.
func readTree(root fs.FS) ([]source, error) {
	var tree []source
	set := token.NewFileSet()
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return enter(name)
		case !handWritten(name):
			return nil
		}
		s, err := readSource(root, set, name)
		tree = append(tree, s)
		return err
	})
	return tree, err
}

// enter skips folders that hold other people's work, built things or fixtures.
func enter(folder string) error {
	outside := []string{"node_modules", "dist", "testdata", "vendor"}
	top := []string{"bin", "var", "tools"}
	base := path.Base(folder)
	hidden := strings.HasPrefix(base, ".") && folder != "."
	if hidden || slices.Contains(outside, base) || slices.Contains(top, folder) {
		return fs.SkipDir
	}
	return nil
}

func handWritten(name string) bool {
	return slices.Contains([]string{".go", ".templ", ".ts", ".tsx"}, path.Ext(name))
}

func readSource(root fs.FS, set *token.FileSet, name string) (source, error) {
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return source{}, err
	}
	s := source{path: name, lines: bytes.Count(text, []byte("\n")), set: set}
	if path.Ext(name) == ".go" {
		s.code, err = parser.ParseFile(set, name, text, parser.ParseComments|parser.SkipObjectResolution)
	}
	return s, err
}

// packages groups the Go files of a tree by folder.
func packages(tree []source) map[string][]source {
	byFolder := map[string][]source{}
	for _, s := range tree {
		if s.code != nil {
			byFolder[s.folder()] = append(byFolder[s.folder()], s)
		}
	}
	return byFolder
}

// report fails the test once for each complaint.
func report(t *testing.T, complaints []string) {
	t.Helper()
	slices.Sort(complaints)
	for _, c := range complaints {
		t.Error(c)
	}
}

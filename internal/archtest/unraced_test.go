package archtest

import (
	"fmt"
	"go/ast"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// unraced is what the script of all tests runs without the race detector, and so leaves
// out of the run with it: patterns of the names of tests, and the folders where they are.
type unraced struct{ names, folders []string }

// The script says both in assignments, of which the pattern's go on.
var unracedLine = regexp.MustCompile(`(?m)^unraced(_in)?\+?='([^']*)'`)

func readUnraced(t *testing.T) (u unraced) {
	t.Helper()
	script, err := os.ReadFile("../../scripts/test.sh")
	if err != nil {
		t.Fatal(err)
	}
	var pattern string
	for _, m := range unracedLine.FindAllStringSubmatch(string(script), -1) {
		if m[1] == "" {
			pattern += m[2]
			continue
		}
		for folder := range strings.FieldsSeq(m[2]) {
			u.folders = append(u.folders, path.Clean(folder))
		}
	}
	u.names = strings.Split(strings.TrimSuffix(strings.TrimPrefix(pattern, "^Test("), ")$"), "|")
	return u
}

// A test that is left out of the run with the race detector runs in the other one: else
// it runs nowhere, and nobody sees it.
func TestWhatIsNotRacedRunsStill(t *testing.T) {
	u := readUnraced(t)
	if len(u.names) < 10 || len(u.folders) == 0 {
		t.Fatalf("the script has %d names and %d folders: the test reads it wrongly", len(u.names), len(u.folders))
	}
	report(t, checkUnraced(readProject(t), u))
}

// checkUnraced complains of tests that neither run takes, and of names that no test has.
func checkUnraced(tree []source, u unraced) (complaints []string) {
	unknown := map[string]bool{}
	for _, name := range u.names {
		unknown["Test"+name] = true
	}
	named := maps.Clone(unknown)
	for _, s := range tree {
		if s.code == nil || !s.isTest() {
			continue
		}
		for _, d := range s.code.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !named[f.Name.Name] {
				continue
			}
			delete(unknown, f.Name.Name)
			if !slices.Contains(u.folders, s.folder()) {
				complaints = append(complaints, fmt.Sprintf("%s: %s runs nowhere: it is left out of the run with the race detector, and %s is not in the other", s.path, f.Name.Name, s.folder()))
			}
		}
	}
	for name := range unknown {
		complaints = append(complaints, "scripts/test.sh names "+name+", which there is not")
	}
	return complaints
}

func TestUnracedFaultsAreFound(t *testing.T) {
	files := sound()
	files["internal/mod/gift/gift_test.go"].Data = append(files["internal/mod/gift/gift_test.go"].Data, "func TestSlow() {}\nfunc TestQuick() {}\n"...)
	tree, err := readTree(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		u    unraced
		want int
	}{
		{unraced{names: []string{"Slow"}, folders: []string{"internal/mod/gift"}}, 0},
		{unraced{names: []string{"Slow"}, folders: []string{"internal/mod/talk"}}, 1},
		{unraced{names: []string{"Slow", "Gone"}, folders: []string{"internal/mod/gift"}}, 1},
	} {
		if got := checkUnraced(tree, c.u); len(got) != c.want {
			t.Errorf("%+v: %q, want %d complaints", c.u, got, c.want)
		}
	}
}

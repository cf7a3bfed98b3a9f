package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestTables(t *testing.T) { report(t, checkTables(readProject(t))) }

// writing finds the table that a statement writes.
var writing = regexp.MustCompile(`\b(?:insert into|delete from|update) ([a-z_]+)\b`)

// checkTables complains of tables that more than one package writes, and of
// those of a module that more than one of its files writes: whoever asks what
// can become of a row reads one file (ADR 8). Rows that are copied in bulk
// (db.InsertMany) name their table otherwise and are not looked at.
func checkTables(tree []source) []string {
	written := map[string][]source{}
	for _, s := range tree {
		if s.code == nil || s.isTest() || !strings.HasPrefix(s.path, "internal/") {
			continue
		}
		for _, table := range tablesOf(s.code) {
			written[table] = append(written[table], s)
		}
	}
	var complaints []string
	for _, table := range slices.Sorted(maps.Keys(written)) {
		files := written[table]
		for _, s := range files[1:] {
			first := files[0]
			shared := s.folder() == first.folder() && strings.HasPrefix(s.path, "internal/kit/")
			if !shared {
				complaints = append(complaints, fmt.Sprintf("%s and %s both write %s", first.path, s.path, table))
			}
		}
	}
	return complaints
}

// tablesOf lists the tables that the statements of a file write.
func tablesOf(f *ast.File) []string {
	found := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
			for _, m := range writing.FindAllStringSubmatch(text.Value, -1) {
				if m[1] != "set" && m[1] != "skip" {
					found[m[1]] = true
				}
			}
		}
		return true
	})
	return slices.Sorted(maps.Keys(found))
}

package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestStandings(t *testing.T) { report(t, checkStandings(readProject(t))) }

// setting finds the columns that an update sets.
var setting = regexp.MustCompile(`\b([a-z_]+) = `)

// checkStandings complains of functions that write a table whose rows stand in
// the transparency log without saying which rows they change (db.Tx.Change,
// Changing): the log would call that forged. Columns that do not stand may be
// written by anybody.
func checkStandings(tree []source) []string {
	beside := map[string][]string{} // by table
	for _, s := range tree {
		if s.code != nil && !s.isTest() {
			standingsOf(s.code, beside)
		}
	}
	var complaints []string
	for _, s := range tree {
		if s.code == nil || s.isTest() || !strings.HasPrefix(s.path, "internal/") {
			continue
		}
		for _, d := range s.code.Decls {
			f, ok := d.(*ast.FuncDecl)
			for _, table := range silently(d, beside) {
				switch {
				case !ok:
					complaints = append(complaints, fmt.Sprintf("%s: a statement that writes %s stands outside of the function that says which rows", s.path, table))
				case !saysWhat(f):
					complaints = append(complaints, fmt.Sprintf("%s: %s writes %s and does not say which rows", s.path, f.Name.Name, table))
				}
			}
		}
	}
	return complaints
}

// standingsOf adds the tables that a file has stand, with the columns that do not.
func standingsOf(file *ast.File, beside map[string][]string) {
	ast.Inspect(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		fields := map[string]string{}
		for _, e := range lit.Elts {
			kv, ok := e.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			if key, ok := kv.Key.(*ast.Ident); ok {
				fields[key.Name] = textOf(kv.Value)
			}
		}
		if fields["Table"] != "" && fields["Key"] != "" && fields["Columns"] != "" {
			beside[fields["Table"]] = strings.FieldsFunc(fields["Beside"], func(r rune) bool { return r == ',' || r == ' ' })
		}
		return true
	})
}

// textOf is what a literal says; nothing for what is none.
func textOf(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return text
}

// saysWhat reports whether a function says which rows it changes, or has another
// one say so.
func saysWhat(f *ast.FuncDecl) (says bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		name := ""
		switch fun := call.Fun.(type) {
		case *ast.SelectorExpr:
			name = fun.Sel.Name
		case *ast.Ident:
			name = fun.Name
		}
		says = says || slices.Contains([]string{"Change", "Changing", "changing", "changeBelow"}, name)
		return true
	})
	return says
}

// silently lists the standing tables that the statements of a declaration write.
func silently(f ast.Decl, beside map[string][]string) (tables []string) {
	ast.Inspect(f, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		q := textOf(lit)
		for _, m := range writing.FindAllStringSubmatch(q, -1) {
			if free, stands := beside[m[1]]; stands && !onlySets(q, free) {
				tables = append(tables, m[1])
			}
		}
		return true
	})
	return tables
}

// onlySets reports whether a statement is an update of these columns alone.
func onlySets(q string, columns []string) bool {
	set, _, _ := strings.Cut(q, " where ")
	found := setting.FindAllStringSubmatch(set, -1)
	return strings.HasPrefix(q, "update ") && len(found) > 0 && !slices.ContainsFunc(found, func(m []string) bool { return !slices.Contains(columns, m[1]) })
}

package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"testing"
)

func TestResultsDoNotHangOnAnOrder(t *testing.T) { report(t, checkResults(readProject(t))) }

// checkResults complains of a return that hands out a variable beside a call that
// is given a function that writes it: the language does not say whether the
// variable is read before the call or after.
func checkResults(tree []source) []string {
	var complaints []string
	for _, s := range tree {
		if s.code == nil || s.generated() {
			continue
		}
		ast.Inspect(s.code, func(n ast.Node) bool {
			if r, ok := n.(*ast.ReturnStmt); ok {
				for _, name := range writtenBeside(r.Results) {
					complaints = append(complaints, fmt.Sprintf("%s:%d returns %s beside a call that writes it", s.path, s.set.Position(r.Pos()).Line, name))
				}
			}
			return true
		})
	}
	return complaints
}

// writtenBeside lists the variables among some results that a function in another
// of them writes.
func writtenBeside(results []ast.Expr) (names []string) {
	for i, result := range results {
		id := root(result)
		if id == nil {
			continue
		}
		for j, other := range results {
			if i != j && writesWithin(other, id.Name) {
				names = append(names, id.Name)
			}
		}
	}
	return names
}

// writesWithin reports whether a function in an expression writes a variable of
// the function around it.
func writesWithin(e ast.Expr, name string) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		if ok && !declares(lit, name) {
			found = found || assigns(lit.Body, name)
		}
		return !ok
	})
	return found
}

// declares reports whether a function has a variable of its own by a name.
func declares(f *ast.FuncLit, name string) (own bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for _, id := range n.Names {
				own = own || id.Name == name
			}
		case *ast.AssignStmt:
			own = own || n.Tok == token.DEFINE && sets(n.Lhs, name)
		}
		return true
	})
	return own
}

// assigns reports whether a body assigns to a variable, or to a part of it.
func assigns(body *ast.BlockStmt, name string) (does bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			does = does || n.Tok != token.DEFINE && sets(n.Lhs, name)
		case *ast.IncDecStmt:
			does = does || sets([]ast.Expr{n.X}, name)
		}
		return true
	})
	return does
}

func sets(left []ast.Expr, name string) bool {
	for _, e := range left {
		if id := root(e); id != nil && id.Name == name {
			return true
		}
	}
	return false
}

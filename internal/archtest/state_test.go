package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

func TestNothingOutsideFunctionsIsWritten(t *testing.T) {
	report(t, checkState(readProject(t)))
}

// checkState complains of package-level variables that hold a state: those
// that some function writes, and those of a type that exists to be written.
// It is why .golangci.yml may let tables pass as package-level variables.
func checkState(tree []source) []string {
	var complaints []string
	for folder, files := range packages(tree) {
		files = slices.DeleteFunc(files, func(s source) bool { return s.isTest() || s.generated() })
		complaints = append(complaints, checkPackageState(folder, files)...)
	}
	return complaints
}

func checkPackageState(folder string, files []source) []string {
	uses := map[*ast.Ident]types.Object{}
	pkg := resolve(folder, files, uses)
	outside := func(e ast.Expr) (string, bool) {
		id := root(e)
		if id == nil {
			return "", false
		}
		v, ok := uses[id].(*types.Var)
		return id.Name, ok && v.Parent() == pkg.Scope()
	}
	var complaints []string
	for _, s := range files {
		for _, e := range writes(s.code) {
			if name, ok := outside(e); ok {
				complaints = append(complaints, fmt.Sprintf("%s writes the package-level variable %s", s.path, name))
			}
		}
		for _, name := range declaredStates(s.code) {
			complaints = append(complaints, fmt.Sprintf("%s declares the package-level state %s", s.path, name))
		}
	}
	return complaints
}

// resolve finds out which declaration each name means. Nothing is imported:
// only the package's own names matter, so the complaints of the type checker
// about everything else are dropped.
func resolve(folder string, files []source, uses map[*ast.Ident]types.Object) *types.Package {
	config := types.Config{Error: func(error) {}, Importer: nowhere{}}
	set := token.NewFileSet()
	var code []*ast.File
	for _, s := range files {
		set, code = s.set, append(code, s.code)
	}
	pkg, err := config.Check(folder, set, code, &types.Info{Uses: uses})
	_ = err // every package that imports something has one
	return pkg
}

// nowhere is an importer that knows no package.
type nowhere struct{}

func (nowhere) Import(p string) (*types.Package, error) { return nil, fmt.Errorf("%s is not read", p) }

// writes returns the expressions that the file assigns to, counts up, takes
// the address of, or hands to a function that changes its argument.
func writes(file *ast.File) []ast.Expr {
	var targets []ast.Expr
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				targets = append(targets, n.Lhs...)
			}
		case *ast.IncDecStmt:
			targets = append(targets, n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				targets = append(targets, n.X)
			}
		case *ast.CallExpr:
			if changesFirst(n) {
				targets = append(targets, n.Args[0])
			}
		}
		return true
	})
	return targets
}

// changesFirst reports whether the call is to a well-known function that
// changes its first argument.
func changesFirst(call *ast.CallExpr) bool {
	if len(call.Args) == 0 {
		return false
	}
	name := types.ExprString(call.Fun)
	return slices.Contains([]string{"delete", "clear", "copy", "maps.Copy", "slices.Reverse"}, name) ||
		strings.HasPrefix(name, "slices.Sort") || strings.HasPrefix(name, "sort.")
}

// root returns the variable at the bottom of x, x.f, x[i], *x and (x).
func root(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return root(e.X)
	case *ast.IndexExpr:
		return root(e.X)
	case *ast.SliceExpr:
		return root(e.X)
	case *ast.StarExpr:
		return root(e.X)
	case *ast.ParenExpr:
		return root(e.X)
	}
	return nil
}

// declaredStates returns the package-level variables whose declaration names a
// type that exists to be written: locks, counters, pools, channels, buffers,
// and maps made empty. What sync.OnceValue makes once is a table, not a state.
func declaredStates(file *ast.File) []string {
	written := []string{"sync.", "atomic.", "chan ", "bytes.Buffer", "strings.Builder", "make(", "new("}
	var names []string
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, spec := range g.Specs {
			v, ok := spec.(*ast.ValueSpec)
			if !ok {
				continue
			}
			text := strings.TrimPrefix(declaration(v), "sync.OnceValue(")
			if slices.ContainsFunc(written, func(w string) bool { return strings.Contains(text, w) }) {
				names = append(names, v.Names[0].Name)
			}
		}
	}
	return names
}

// declaration prints the type of a variable and the beginning of its values,
// as far as Go prints expressions in one line: bodies of literals are left out.
func declaration(v *ast.ValueSpec) string {
	var text strings.Builder
	if v.Type != nil {
		text.WriteString(types.ExprString(v.Type) + " ")
	}
	for _, value := range v.Values {
		text.WriteString(types.ExprString(value) + " ")
	}
	return text.String()
}

package archtest

import (
	"encoding/json"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// actionList is what the console has to have words for; a test of the console reads it.
const actionList = "../../console/src/pages/system/auditActions.json"

// The console knows every action that the program writes into the audit log. Renew the
// list with QINGFENG_GOLDEN=write.
func TestActionsOfTheAuditLogAreListed(t *testing.T) {
	found, blind := actions(readProject(t))
	report(t, blind)
	text, err := json.MarshalIndent(found, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, '\n')
	if os.Getenv("QINGFENG_GOLDEN") == "write" {
		if err := os.WriteFile(actionList, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if was, err := os.ReadFile(actionList); err != nil || string(was) != string(text) {
		t.Errorf("%s is stale (%v): renew it with QINGFENG_GOLDEN=write, and give what is new words in auditWords.ts", actionList, err)
	}
}

// appended are the places at which the methods of audit.Log take an action.
func appended() map[string]int {
	return map[string]int{"Append": 2, "AppendOnce": 2, "AppendOnceFor": 2}
}

// actions are those that the program writes, and the places at which this test cannot
// tell which. "x.*" stands for all that a case can do, whose words the server has.
func actions(tree []source) (found, blind []string) {
	known := map[string]bool{}
	for folder, files := range packages(tree) {
		files = slices.DeleteFunc(slices.Clone(files), source.isTest)
		if !strings.HasPrefix(folder, "internal/") || folder == "internal/kit/audit" {
			continue
		}
		p := writer{files: files, sinks: map[string]int{}, fields: map[string]bool{}, known: known}
		for _, name := range seenAs() {
			p.fields[name] = true
		}
		for p.learn() {
		}
		blind = append(blind, p.collect()...)
	}
	for name := range known {
		found = append(found, name)
	}
	slices.Sort(found)
	return found, blind
}

// writer is a package that writes into the audit log.
type writer struct {
	files  []source
	sinks  map[string]int  // functions that pass one of their arguments on as an action; methods after a dot
	fields map[string]bool // of what is passed on
	known  map[string]bool
}

// each shows every call that passes an action, with the function around it.
func (p writer) each(show func(f *ast.FuncDecl, action ast.Expr)) {
	for _, s := range p.files {
		for _, d := range s.code.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					if at, ok := p.passes(n); ok && at < len(n.Args) {
						show(f, n.Args[at])
					}
				case *ast.KeyValueExpr:
					if key, ok := n.Key.(*ast.Ident); ok && p.fields[key.Name] {
						show(f, n.Value)
					}
				}
				return true
			})
		}
	}
}

// passes tells at which place a call passes an action.
func (p writer) passes(call *ast.CallExpr) (at int, ok bool) {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		at, ok = p.sinks[f.Name]
		return at, ok
	case *ast.SelectorExpr:
		if at, ok = appended()[f.Sel.Name]; ok && strings.HasSuffix(types.ExprString(f.X), "Audit") {
			return at, true
		}
		at, ok = p.sinks["."+f.Sel.Name]
		return at, ok
	}
	return 0, false
}

// learn finds functions that pass an argument on, and fields that are, and reports
// whether there was a new one.
func (p writer) learn() (more bool) {
	p.each(func(f *ast.FuncDecl, action ast.Expr) {
		if field, ok := action.(*ast.SelectorExpr); ok && !p.fields[field.Sel.Name] {
			p.fields[field.Sel.Name], more = true, true
		}
		name := f.Name.Name
		if f.Recv != nil {
			name = "." + name
		}
		if _, known := p.sinks[name]; !known && argument(f, action) >= 0 {
			p.sinks[name], more = argument(f, action), true
		}
	})
	return more
}

// argument is the place of a function's argument that e names; -1 where it is none.
func argument(f *ast.FuncDecl, e ast.Expr) int {
	name, ok := e.(*ast.Ident)
	at := 0
	for _, field := range f.Type.Params.List {
		for _, n := range field.Names {
			if ok && n.Name == name.Name {
				return at
			}
			at++
		}
	}
	return -1
}

// collect takes down what is passed.
func (p writer) collect() (blind []string) {
	p.each(func(f *ast.FuncDecl, action ast.Expr) {
		if argument(f, action) < 0 && !p.take(action) {
			blind = append(blind, p.files[0].folder()+": "+f.Name.Name+" writes an action that this test cannot read")
		}
	})
	return blind
}

// seenAs are the fields in which modules say what the opening of a file is called.
func seenAs() []string { return []string{"Took", "Saw"} }

// take takes down the actions that an expression may be.
func (p writer) take(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		name, err := strconv.Unquote(e.Value)
		p.known[name] = true
		return err == nil
	case *ast.Ident:
		return p.assigned(e.Name)
	case *ast.SelectorExpr:
		return p.fields[e.Sel.Name] // what is put there is shown by itself
	case *ast.BinaryExpr:
		return p.steps(e)
	}
	return false
}

// assigned takes down the texts that a name is given anywhere in the package.
func (p writer) assigned(name string) (any bool) {
	is := func(e ast.Expr) bool {
		id, ok := e.(*ast.Ident)
		return ok && id.Name == name
	}
	give := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			any = p.take(lit)
		}
	}
	for _, s := range p.files {
		ast.Inspect(s.code, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					if is(left) && len(n.Rhs) == len(n.Lhs) {
						give(n.Rhs[i])
					}
				}
			case *ast.ValueSpec:
				for i, left := range n.Names {
					if left.Name == name && i < len(n.Values) {
						give(n.Values[i])
					}
				}
			}
			return true
		})
	}
	return any
}

// steps takes down the steps of the package's machine, after what they begin with.
func (p writer) steps(e *ast.BinaryExpr) bool {
	lit, ok := e.X.(*ast.BasicLit)
	if !ok {
		return false
	}
	begin, err := strconv.Unquote(lit.Value)
	if begin == "case." { // its words come with the dictionary of cases
		p.known["case.*"] = true
		return err == nil
	}
	for _, s := range p.files {
		for _, d := range s.code.Decls {
			group, ok := d.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			for _, spec := range group.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && v.Type != nil && types.ExprString(v.Type) == "flow.Action" {
					act, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
					if err == nil {
						p.known[begin+act] = true
					}
				}
			}
		}
	}
	return err == nil
}

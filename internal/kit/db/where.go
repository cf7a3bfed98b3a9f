package db

import (
	"slices"
	"strconv"
	"strings"
)

// Where collects conditions and their arguments. Conditions are written with
// ? for each argument and numbered as they come, so that optional filters
// need no counting. A condition holds no literal question mark.
type Where struct {
	conds []string
	args  []any
}

// And adds a condition.
func (w *Where) And(cond string, args ...any) {
	w.conds = append(w.conds, w.Bind(cond, args...))
}

// AndIf adds the condition when ok is true.
func (w *Where) AndIf(ok bool, cond string, args ...any) {
	if ok {
		w.And(cond, args...)
	}
}

// Bind numbers the ? of a piece of SQL that stands outside of the where
// clause and keeps its arguments.
func (w *Where) Bind(piece string, args ...any) string {
	var b strings.Builder
	for _, part := range strings.SplitAfter(piece, "?") {
		head, found := strings.CutSuffix(part, "?")
		b.WriteString(head)
		if found {
			w.args = append(w.args, args[0])
			args = args[1:]
			b.WriteString("$" + strconv.Itoa(len(w.args)))
		}
	}
	if len(args) > 0 {
		panic("db.Where: more arguments than question marks in " + piece)
	}
	return b.String()
}

// In returns "column in ($1, $2, …)", or a condition that is never true for
// an empty list.
func (w *Where) In(column string, values []string) string {
	if len(values) == 0 {
		return "1 = 0"
	}
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	return w.Bind(column+" in (?"+strings.Repeat(", ?", len(values)-1)+")", args...)
}

// AndIn adds the condition that column is one of values.
func (w *Where) AndIn(column string, values []string) {
	w.conds = append(w.conds, w.In(column, values))
}

// AndContains adds the condition that one of columns holds q, whatever the case
// of its letters.
func (w *Where) AndContains(q string, columns ...string) {
	if q = strings.TrimSpace(q); q == "" {
		return
	}
	pattern := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(q)) + "%"
	var either []string
	for _, c := range columns {
		either = append(either, w.Bind("lower("+c+`) like ? escape '\'`, pattern))
	}
	w.conds = append(w.conds, "("+strings.Join(either, " or ")+")")
}

// AndAny adds the condition that holds where all that one of ways adds does. A way
// that adds nothing lets everything through; without a way nothing comes through.
func (w *Where) AndAny(ways ...func(*Where)) {
	conds, args := w.conds, len(w.args)
	either := []string{"1 = 0"}
	for _, way := range ways {
		w.conds = nil
		if way(w); len(w.conds) == 0 {
			w.conds, w.args = conds, w.args[:args]
			return
		}
		either = append(either, strings.Join(w.conds, " and "))
	}
	w.conds = conds
	w.And("(" + strings.Join(either, " or ") + ")")
}

// AndBelow adds the condition that column, a materialised path, lies at or below
// one of paths.
func (w *Where) AndBelow(column string, paths ...string) {
	if !slices.Contains(paths, "/") {
		w.conds = append(w.conds, w.Below(column, paths...))
	}
}

// Below returns the condition that column, a materialised path, lies at or below
// one of paths. The range lets an index answer on a database that sorts text
// by bytes, as ours do; the prefix keeps the answer right, never too wide, on
// one that does not.
func (w *Where) Below(column string, paths ...string) string {
	if slices.Contains(paths, "/") {
		return "1 = 1"
	}
	either := []string{"1 = 0"}
	for _, p := range paths {
		end := strings.TrimSuffix(p, "/") + "0" // the character after /
		either = append(either, w.Bind(column+" >= ? and "+column+" < ? and substr("+column+", 1, ?) = ?", p, end, len(p), p))
	}
	return "(" + strings.Join(either, " or ") + ")"
}

// String returns "where a and b", or nothing.
func (w *Where) String() string {
	if len(w.conds) == 0 {
		return ""
	}
	return "where " + strings.Join(w.conds, " and ")
}

// Args returns the arguments in the order of their numbers.
func (w *Where) Args() []any { return w.args }

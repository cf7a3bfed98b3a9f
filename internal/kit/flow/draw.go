package flow

import "strings"

// Draw returns the table as lines of ASCII, the same for the same table: first
// what creates a record, then state by state. It ends without a line break.
func (m Machine[S, W]) Draw() string {
	rows := [][]string{{"from", "action", "to", "who", "guard"}}
	width := m.arrowWidth()
	for _, from := range m.origins() {
		name := m.drawn(from)
		for _, e := range m.edges {
			if e.from == from {
				rows = append(rows, []string{name, arrow(e.action, width), m.drawn(e.to), drawnWho(e.who), string(e.guard)})
				name = ""
			}
		}
	}
	return aligned(rows)
}

// aligned writes rows of ASCII as lines whose columns begin below each other,
// two spaces apart.
func aligned(rows [][]string) string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len(cell)+2)
		}
	}
	lines := make([]string, len(rows))
	for n, row := range rows {
		for i, cell := range row {
			lines[n] += cell + strings.Repeat(" ", widths[i]-len(cell))
		}
		lines[n] = strings.TrimRight(lines[n], " ")
	}
	return strings.Join(lines, "\n")
}

// origins are the states in the order of the drawing.
func (m Machine[S, W]) origins() []S {
	order := []S{""}
	for _, s := range m.states {
		order = append(order, s.Name)
	}
	return order
}

func (m Machine[S, W]) drawn(s S) string {
	switch {
	case s == "":
		return "(new)"
	case m.Final(s):
		return "[" + string(s) + "]"
	default:
		return string(s)
	}
}

func drawnWho[W ~string](w W) string {
	if w == "" {
		return "anyone"
	}
	return string(w)
}

func (m Machine[S, W]) arrowWidth() (n int) {
	for _, e := range m.edges {
		n = max(n, len(e.action))
	}
	return n
}

// arrow writes "-- file --->", as long as the longest of the table.
func arrow(a Action, width int) string {
	return "-- " + string(a) + " " + strings.Repeat("-", width-len(a)+1) + ">"
}

package flow

import (
	"errors"
	"fmt"
	"slices"
)

// Check returns everything that is wrong with the table, joined: names without
// labels or named twice, rows that speak of unknown names, rows that can never
// decide, states that nothing leads to, and states that lead nowhere. A
// module's test calls it, through flowtest.
func (m Machine[S, W]) Check() error {
	return errors.Join(slices.Concat(m.checkNames(), m.checkRows(), m.checkWays())...)
}

func (m Machine[S, W]) checkNames() (errs []error) {
	if m.subject.ZH == "" || m.subject.EN == "" {
		errs = append(errs, errors.New("the subject has no name in both languages"))
	}
	errs = append(errs, checkLabels("state", m.labels(), func(n S, e edge[S, W]) bool { return e.from == n || e.to == n }, m.edges)...)
	errs = append(errs, checkLabels("action", m.actions, func(n Action, e edge[S, W]) bool { return e.action == n }, m.edges)...)
	return append(errs, checkLabels("guard", m.guards, func(n Guard, e edge[S, W]) bool { return e.guard == n }, m.edges)...)
}

// checkLabels looks at the names of one kind; used tells whether an edge
// speaks of a name.
func checkLabels[K, S, W ~string](kind string, labels []Label[K], used func(K, edge[S, W]) bool, edges []edge[S, W]) (errs []error) {
	seen := map[K]bool{}
	complain := func(bad bool, name K, what string) {
		if bad {
			errs = append(errs, fmt.Errorf("%s %q %s", kind, name, what))
		}
	}
	for _, l := range labels {
		complain(seen[l.Name], l.Name, "is listed twice")
		complain(!word(string(l.Name)), l.Name, "is not a word of printable ASCII")
		complain(l.Text.ZH == "" || l.Text.EN == "", l.Name, "has no text in both languages")
		complain(!slices.ContainsFunc(edges, func(e edge[S, W]) bool { return used(l.Name, e) }), l.Name, "is in no row")
		seen[l.Name] = true
	}
	return errs
}

// word reports whether s can stand in the drawing.
func word(s string) bool {
	return s != "" && !slices.ContainsFunc([]byte(s), func(b byte) bool { return b <= ' ' || b > '~' })
}

func (m Machine[S, W]) checkRows() (errs []error) {
	states := m.labels()
	for i, e := range m.edges {
		complain := func(bad bool, what string, args ...any) {
			if bad {
				errs = append(errs, fmt.Errorf("row %s: "+what, append([]any{m.row(e)}, args...)...))
			}
		}
		complain(e.from != "" && position(states, e.from) < 0, "no state %q", e.from)
		complain(position(states, e.to) < 0, "no state %q", e.to)
		complain(position(m.actions, e.action) < 0, "no action %q", e.action)
		complain(e.guard != "" && position(m.guards, e.guard) < 0, "no guard %q", e.guard)
		complain(e.who != "" && !word(string(e.who)), "who %q is not a word of printable ASCII", e.who)
		complain(m.Final(e.from) && e.to != e.from, "leads out of a final state")
		for _, first := range m.edges[:i] {
			complain(first.hides(e), "never decides, because row %s does", m.row(first))
		}
	}
	return errs
}

// hides reports whether e, standing before later, decides whenever later
// could.
func (e edge[S, W]) hides(later edge[S, W]) bool {
	return e.from == later.from && e.action == later.action &&
		(e.who == "" || e.who == later.who) && (e.guard == "" || e.guard == later.guard)
}

func (m Machine[S, W]) row(e edge[S, W]) string {
	return fmt.Sprintf("%s -- %s -> %s (%s %s)", m.drawn(e.from), e.action, m.drawn(e.to), drawnWho(e.who), e.guard)
}

// checkWays follows the rows forwards from creation and backwards from the
// final states. A life without any final state may go round for ever.
func (m Machine[S, W]) checkWays() (errs []error) {
	var finals []S
	for _, s := range m.states {
		if s.Final {
			finals = append(finals, s.Name)
		}
	}
	forwards := m.reach([]S{""}, func(e edge[S, W]) (S, S) { return e.from, e.to })
	backwards := m.reach(finals, func(e edge[S, W]) (S, S) { return e.to, e.from })
	for _, s := range m.states {
		switch {
		case !forwards[s.Name]:
			errs = append(errs, fmt.Errorf("state %q can never be reached", s.Name))
		case !s.Final && m.deadEnd(s.Name):
			errs = append(errs, fmt.Errorf("state %q leads nowhere and is not declared final", s.Name))
		case len(finals) > 0 && !backwards[s.Name]:
			errs = append(errs, fmt.Errorf("state %q leads to no final state", s.Name))
		}
	}
	return errs
}

func (m Machine[S, W]) deadEnd(s S) bool {
	return !slices.ContainsFunc(m.edges, func(e edge[S, W]) bool { return e.from == s && e.to != s })
}

// reach returns everything that can be reached from the begin states, where
// ends tells the two ends of a row in the direction of travel.
func (m Machine[S, W]) reach(begin []S, ends func(edge[S, W]) (a, b S)) map[S]bool {
	seen := map[S]bool{}
	for todo := slices.Clone(begin); len(todo) > 0; todo = todo[1:] {
		if seen[todo[0]] {
			continue
		}
		seen[todo[0]] = true
		for _, e := range m.edges {
			if a, b := ends(e); a == todo[0] {
				todo = append(todo, b)
			}
		}
	}
	return seen
}

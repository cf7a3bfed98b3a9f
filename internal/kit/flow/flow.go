package flow

import (
	"slices"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Action names a step by a short ASCII word: "accept", "send-back".
type Action string

// Guard names a condition under which a row decides, by such a word too.
type Guard string

// Label is what people read for an action or a guard. An action's text is a
// verb ("受理", "accept"); a guard's text says what must be so ("退回不足三次",
// "it was returned fewer than three times").
type Label[K ~string] struct {
	Name K         `json:"name"`
	Text i18n.Text `json:"text"`
}

// State is one state of a record.
type State[S ~string] struct {
	Name  S         `json:"name"`
	Text  i18n.Text `json:"text"`
	Final bool      `json:"final"` // nothing leads out of it
}

// Row says that an action leads from any of some states to another.
type Row[S, W ~string] struct {
	From   []S // none: the action creates the record
	Action Action
	To     S     // empty: the state stays as it is
	Who    W     // the permission or role that may do it; empty: anyone
	Guard  Guard // empty: always
}

// Table is a state machine as it is written down. S is the module's type of
// states, W its type of permissions or roles.
type Table[S, W ~string] struct {
	Subject i18n.Text // what moves: "诉求", "case"
	States  []State[S]
	Actions []Label[Action]
	Guards  []Label[Guard]
	Rows    []Row[S, W]
}

// Machine is a Table that can be asked. It never changes.
type Machine[S, W ~string] struct {
	subject i18n.Text
	states  []State[S]
	actions []Label[Action]
	guards  []Label[Guard]
	edges   []edge[S, W]
}

// edge is a row with one From and its To filled in.
type edge[S, W ~string] struct {
	from   S
	action Action
	to     S
	who    W
	guard  Guard
}

// New returns the machine of a table. Whether the table makes sense is for
// Check to say.
func New[S, W ~string](t Table[S, W]) Machine[S, W] {
	m := Machine[S, W]{subject: t.Subject, states: slices.Clone(t.States), actions: slices.Clone(t.Actions), guards: slices.Clone(t.Guards)}
	for _, r := range t.Rows {
		from := r.From
		if len(from) == 0 {
			from = []S{""}
		}
		for _, f := range from {
			to := r.To
			if to == "" {
				to = f
			}
			m.edges = append(m.edges, edge[S, W]{f, r.Action, to, r.Who, r.Guard})
		}
	}
	return m
}

// As returns the answer "has" of someone who has exactly these permissions or
// roles: a job that acts in the program's name, or a test.
func As[W ~string](roles ...W) func(W) bool {
	return func(w W) bool { return slices.Contains(roles, w) }
}

// Move returns the state to which action a leads from state from, the empty
// state meaning that the record is created. has tells which permissions or
// roles the person has (nil: none), holds names the guards that hold now.
//
// When the step cannot be taken, it returns from with a fault: Conflict when
// the state or a guard is against it, Forbidden when only others may take it,
// Invalid when no such action exists.
func (m Machine[S, W]) Move(from S, a Action, has func(W) bool, holds ...Guard) (S, error) {
	if position(m.actions, a) < 0 {
		return from, fault.Field("action", i18n.T("没有“%s”这项操作", `there is no action "%s"`), a)
	}
	known, unmet := false, Guard("")
	for _, e := range m.edges {
		if e.from != from || e.action != a {
			continue
		}
		known = true
		switch {
		case !e.openTo(has):
		case e.heldBy(holds):
			return e.to, nil
		case unmet == "":
			unmet = e.guard
		}
	}
	return from, m.refusal(from, a, known, unmet).WithFix(m.instead(from, has, holds))
}

func (e edge[S, W]) openTo(has func(W) bool) bool { return e.who == "" || has != nil && has(e.who) }

func (e edge[S, W]) heldBy(holds []Guard) bool {
	return e.guard == "" || slices.Contains(holds, e.guard)
}

func (m Machine[S, W]) refusal(from S, a Action, known bool, unmet Guard) *fault.Error {
	switch {
	case !known:
		return fault.New(fault.Conflict, i18n.T("%[1]s现为“%[2]s”，不能“%[3]s”", `the %[1]s is "%[2]s"; "%[3]s" is not possible now`), m.subject, m.Text(from), text(m.actions, a))
	case unmet != "":
		return fault.New(fault.Conflict, i18n.T("%[1]s现为“%[2]s”，不能“%[3]s”，除非%[4]s", `the %[1]s is "%[2]s"; "%[3]s" is not possible unless %[4]s`), m.subject, m.Text(from), text(m.actions, a), text(m.guards, unmet))
	default:
		return fault.New(fault.Forbidden, i18n.T("您无权对“%[2]s”的%[1]s进行“%[3]s”", `you may not "%[3]s" a %[1]s that is "%[2]s"`), m.subject, m.Text(from), text(m.actions, a))
	}
}

// instead tells the person what they can do, or that there is nothing.
func (m Machine[S, W]) instead(from S, has func(W) bool, holds []Guard) i18n.Text {
	var t i18n.Text
	for i, l := range m.Actions(from, has, holds...) {
		if i > 0 {
			t = i18n.T(t.ZH+"、", t.EN+", ")
		}
		t = i18n.T(t.ZH+"“"+l.Text.ZH+"”", t.EN+`"`+l.Text.EN+`"`)
	}
	switch {
	case !t.Zero():
		return i18n.T("您现在可以："+t.ZH, "What you can do now: "+t.EN)
	case m.Final(from):
		return i18n.T("办理已经结束，不能再变更", "It is finished and changes no more")
	default:
		return i18n.T("请等待他人办理，或联系管理员", "Wait for others to act, or ask an administrator")
	}
}

// Actions returns what the person can do from a state, in the order of the
// table's actions: exactly those for which Move succeeds.
func (m Machine[S, W]) Actions(from S, has func(W) bool, holds ...Guard) []Label[Action] {
	can := []Label[Action]{}
	for _, l := range m.actions {
		if slices.ContainsFunc(m.edges, func(e edge[S, W]) bool {
			return e.from == from && e.action == l.Name && e.openTo(has) && e.heldBy(holds)
		}) {
			can = append(can, l)
		}
	}
	return can
}

// Allows reports whether some row leads from one state to another by a, for
// anyone and under any guard: what a stored history must satisfy.
func (m Machine[S, W]) Allows(from S, a Action, to S) bool {
	return slices.ContainsFunc(m.edges, func(e edge[S, W]) bool {
		return e.from == from && e.action == a && e.to == to
	})
}

// Labels returns the actions with what people call them, in the order of the
// table.
func (m Machine[S, W]) Labels() []Label[Action] { return slices.Clone(m.actions) }

// States returns the states in the order of the table.
func (m Machine[S, W]) States() []State[S] { return slices.Clone(m.states) }

// Final reports whether s is declared final.
func (m Machine[S, W]) Final(s S) bool {
	return slices.ContainsFunc(m.states, func(st State[S]) bool { return st.Name == s && st.Final })
}

// Text returns what people read for state s; a state that the table does not
// know keeps its name.
func (m Machine[S, W]) Text(s S) i18n.Text {
	if s == "" {
		return i18n.T("尚未登记", "not recorded yet")
	}
	return text(m.labels(), s)
}

// labels are the states as mere labels.
func (m Machine[S, W]) labels() []Label[S] {
	labels := make([]Label[S], len(m.states))
	for i, st := range m.states {
		labels[i] = Label[S]{st.Name, st.Text}
	}
	return labels
}

func text[K ~string](labels []Label[K], name K) i18n.Text {
	if i := position(labels, name); i >= 0 {
		return labels[i].Text
	}
	return i18n.Same(string(name))
}

// position is where the label of name stands, -1 when there is none.
func position[K ~string](labels []Label[K], name K) int {
	return slices.IndexFunc(labels, func(l Label[K]) bool { return l.Name == name })
}

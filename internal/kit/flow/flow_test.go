package flow_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/flow/flowtest"
	"qingfeng/internal/kit/i18n"
)

type (
	state string
	role  string
)

const (
	open   state = "open"
	parked state = "parked"
	closed state = "closed"

	file flow.Action = "file"
	send flow.Action = "send"
	shut flow.Action = "close"

	underThree flow.Guard = "under-three"

	desk       role = "desk"
	commission role = "commission"
)

// letter is the machine drawn in doc.go.
func letter() flow.Table[state, role] {
	return flow.Table[state, role]{
		Subject: i18n.T("来信", "letter"),
		States: []flow.State[state]{
			{Name: open, Text: i18n.T("办理中", "open")},
			{Name: parked, Text: i18n.T("挂起", "parked")},
			{Name: closed, Text: i18n.T("已办结", "closed"), Final: true},
		},
		Actions: []flow.Label[flow.Action]{
			{Name: file, Text: i18n.T("登记", "file")},
			{Name: send, Text: i18n.T("转送", "send on")},
			{Name: shut, Text: i18n.T("办结", "close")},
		},
		Guards: []flow.Label[flow.Guard]{{Name: underThree, Text: i18n.T("转送不足三次", "it was sent on fewer than three times")}},
		Rows: []flow.Row[state, role]{
			{Action: file, To: open},
			{From: []state{open}, Action: send, Who: desk, Guard: underThree},
			{From: []state{open}, Action: send, To: parked, Who: desk},
			{From: []state{open}, Action: shut, To: closed, Who: desk},
			{From: []state{parked}, Action: send, To: open, Who: commission},
		},
	}
}

func TestDrawingInDoc(t *testing.T) { flowtest.Check(t, flow.New(letter()), "doc.go") }

func TestMove(t *testing.T) {
	m := flow.New(letter())
	for _, v := range []struct {
		name   string
		from   state
		action flow.Action
		has    func(role) bool
		holds  []flow.Guard
		to     state
		kind   fault.Kind // of the refusal, when to is empty
	}{
		{"anyone creates", "", file, nil, nil, open, 0},
		{"the first row whose guard holds decides", open, send, flow.As(desk), []flow.Guard{underThree}, open, 0},
		{"else the next row", open, send, flow.As(desk), nil, parked, 0},
		{"one of several roles is enough", parked, send, flow.As(desk, commission), nil, open, 0},
		{"created twice", open, file, nil, nil, "", fault.Conflict},
		{"final", closed, send, flow.As(desk), nil, "", fault.Conflict},
		{"somebody else's step", parked, send, flow.As(desk), nil, "", fault.Forbidden},
		{"nobody's step", open, shut, nil, nil, "", fault.Forbidden},
		{"no such action", open, "burn", flow.As(desk), nil, "", fault.Invalid},
		{"no such state", "lost", send, flow.As(desk), nil, "", fault.Conflict},
	} {
		to, err := m.Move(v.from, v.action, v.has, v.holds...)
		switch {
		case v.to != "" && (err != nil || to != v.to):
			t.Errorf("%s: moved to %q, %v", v.name, to, err)
		case v.to == "" && (!fault.Is(err, v.kind) || to != v.from):
			t.Errorf("%s: moved to %q, %v", v.name, to, err)
		}
	}
}

// guarded is the letter without the row that decides when the guard fails.
func guarded() flow.Machine[state, role] {
	t := letter()
	t.Rows = slices.Delete(t.Rows, 2, 3)
	return flow.New(t)
}

// A refusal says in both languages where the record is and what can be done.
func TestRefusalTexts(t *testing.T) {
	whole := flow.New(letter())
	for _, v := range []struct {
		name   string
		m      flow.Machine[state, role]
		from   state
		action flow.Action
		has    func(role) bool
		text   i18n.Text
		fix    i18n.Text
	}{
		{"state", whole, open, file, flow.As(desk),
			i18n.T("来信现为“办理中”，不能“登记”", `the letter is "open"; "file" is not possible now`),
			i18n.T("您现在可以：“转送”、“办结”", `What you can do now: "send on", "close"`)},
		{"final", whole, closed, shut, flow.As(desk),
			i18n.T("来信现为“已办结”，不能“办结”", `the letter is "closed"; "close" is not possible now`),
			i18n.T("办理已经结束，不能再变更", "It is finished and changes no more")},
		{"others", whole, parked, send, flow.As(desk),
			i18n.T("您无权对“挂起”的来信进行“转送”", `you may not "send on" a letter that is "parked"`),
			i18n.T("请等待他人办理，或联系管理员", "Wait for others to act, or ask an administrator")},
		{"guard", guarded(), open, send, flow.As(desk),
			i18n.T("来信现为“办理中”，不能“转送”，除非转送不足三次", `the letter is "open"; "send on" is not possible unless it was sent on fewer than three times`),
			i18n.T("您现在可以：“办结”", `What you can do now: "close"`)},
		{"not there", whole, "", send, flow.As(desk),
			i18n.T("来信现为“尚未登记”，不能“转送”", `the letter is "not recorded yet"; "send on" is not possible now`),
			i18n.T("您现在可以：“登记”", `What you can do now: "file"`)},
	} {
		_, err := v.m.Move(v.from, v.action, v.has)
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Text != v.text || f.Fix != v.fix {
			t.Errorf("%s: %+v", v.name, f)
		}
	}
}

// Of several guards that fail, the refusal names the first.
func TestRefusalNamesTheFirstGuard(t *testing.T) {
	table := letter()
	table.Guards = append(table.Guards, flow.Label[flow.Guard]{Name: "working-day", Text: i18n.T("是工作日", "it is a working day")})
	table.Rows[2].Guard = "working-day"
	_, err := flow.New(table).Move(open, send, flow.As(desk))
	if err == nil || !strings.Contains(err.Error(), "fewer than three") {
		t.Errorf("err = %v", err)
	}
}

func TestAllowsIgnoresWhoAndGuard(t *testing.T) {
	m := flow.New(letter())
	if !m.Allows(open, send, open) || !m.Allows(open, send, parked) || !m.Allows("", file, open) {
		t.Error("a step of the table is not allowed in a history")
	}
	if m.Allows(parked, send, closed) || m.Allows(closed, send, open) || m.Allows(open, file, open) {
		t.Error("a step outside the table is allowed in a history")
	}
}

// What the caller does to its table afterwards, or to an answer, does not
// reach the machine.
func TestMachineKeepsItsOwn(t *testing.T) {
	table := letter()
	m := flow.New(table)
	before := m.Draw()
	table.States[2].Final, table.Rows[0].To, table.Actions[0].Name, table.Guards[0].Name = false, closed, "x", "x"
	m.States()[0].Name = "x"
	if m.Draw() != before || m.Check() != nil || m.States()[0].Name != open {
		t.Error("the machine changed")
	}
}

func TestCheckFinds(t *testing.T) {
	for want, spoil := range map[string]func(*flow.Table[state, role]){
		"the subject has no name":                         func(t *flow.Table[state, role]) { t.Subject.EN = "" },
		`state "open" is listed twice`:                    func(t *flow.Table[state, role]) { t.States = append(t.States, t.States[0]) },
		`state "open" has no text in both languages`:      func(t *flow.Table[state, role]) { t.States[0].Text.ZH = "" },
		`action "send" has no text in both languages`:     func(t *flow.Table[state, role]) { t.Actions[1].Text.EN = "" },
		`guard "unused" is in no row`:                     func(t *flow.Table[state, role]) { t.Guards = append(t.Guards, flow.Label[flow.Guard]{Name: "unused"}) },
		`action "转" is not a word of printable ASCII`:     func(t *flow.Table[state, role]) { t.Actions = append(t.Actions, flow.Label[flow.Action]{Name: "转"}) },
		`who "the desk" is not a word of printable ASCII`: func(t *flow.Table[state, role]) { t.Rows[3].Who = "the desk" },
		`no state "lost"`:                                 func(t *flow.Table[state, role]) { t.Rows[4].To = "lost" },
		`no state "gone"`:                                 func(t *flow.Table[state, role]) { t.Rows[4].From = []state{"gone"} },
		`no state ""`:                                     func(t *flow.Table[state, role]) { t.Rows[0].To = "" },
		`no action "burn"`:                                func(t *flow.Table[state, role]) { t.Rows[4].Action = "burn" },
		`no guard "full-moon"`:                            func(t *flow.Table[state, role]) { t.Rows[4].Guard = "full-moon" },
		"leads out of a final state":                      func(t *flow.Table[state, role]) { t.Rows[4].From = []state{parked, closed} },
		"(desk ): never decides":                          func(t *flow.Table[state, role]) { t.Rows = append(t.Rows, t.Rows[3]) },
		"(desk under-three): never decides":               func(t *flow.Table[state, role]) { t.Rows[1], t.Rows[2] = t.Rows[2], t.Rows[1] },
		"(commission ): never decides": func(t *flow.Table[state, role]) {
			t.Rows[3].Who = ""
			t.Rows[4] = flow.Row[state, role]{From: []state{open}, Action: shut, To: closed, Who: commission}
		},
		`"parked" leads nowhere`:               func(t *flow.Table[state, role]) { t.Rows[4].To = "" },
		`state "parked" can never be reached`:  func(t *flow.Table[state, role]) { t.Rows[2].To = closed },
		`state "open" can never be reached`:    func(t *flow.Table[state, role]) { t.Rows = t.Rows[1:] },
		`state "parked" leads nowhere`:         func(t *flow.Table[state, role]) { t.Rows = t.Rows[:4] },
		`state "closed" leads nowhere`:         func(t *flow.Table[state, role]) { t.States[2].Final = false },
		`state "open" leads to no final state`: func(t *flow.Table[state, role]) { t.Rows[3].From = nil },
	} {
		table := letter()
		spoil(&table)
		if err := flow.New(table).Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %s, got:\n%v", want, err)
		}
	}
}

// A life that goes round, such as a setting's, needs no final state; nor does
// a reminder make a final state unfinished.
func TestCheckAccepts(t *testing.T) {
	round, remind := letter(), letter()
	round.States[2].Final = false
	round.Rows = append(round.Rows, flow.Row[state, role]{From: []state{closed}, Action: shut, To: open})
	remind.Rows = append(remind.Rows, flow.Row[state, role]{From: []state{closed}, Action: send})
	for name, table := range map[string]flow.Table[state, role]{"letter": letter(), "round": round, "remind": remind} {
		if err := flow.New(table).Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// anyTable draws a table of up to five states, three actions, two guards and
// two roles, mostly senseless.
func anyTable(t *rapid.T) flow.Table[state, role] {
	table := flow.Table[state, role]{Subject: i18n.T("物", "thing")}
	states := []state{"s1", "s2", "s3", "s4", "s5"}[:rapid.IntRange(1, 5).Draw(t, "states")]
	for _, s := range states {
		table.States = append(table.States, flow.State[state]{Name: s, Text: i18n.T("甲", string(s)), Final: rapid.Bool().Draw(t, "final")})
	}
	for _, a := range []flow.Action{file, send, shut} {
		table.Actions = append(table.Actions, flow.Label[flow.Action]{Name: a, Text: i18n.T("做", string(a))})
	}
	for range rapid.IntRange(0, 12).Draw(t, "rows") {
		table.Rows = append(table.Rows, flow.Row[state, role]{
			From:   rapid.SliceOfNDistinct(rapid.SampledFrom(states), 0, len(states), rapid.ID).Draw(t, "from"),
			Action: rapid.SampledFrom([]flow.Action{file, send, shut}).Draw(t, "action"),
			To:     rapid.SampledFrom(states).Draw(t, "to"),
			Who:    rapid.SampledFrom([]role{"", desk, commission}).Draw(t, "who"),
			Guard:  rapid.SampledFrom([]flow.Guard{"", "g1", "g2"}).Draw(t, "guard"),
		})
	}
	return table
}

// Actions lists exactly the steps that Move takes, and Move takes only steps
// that the table allows; a refusal leaves the state as it was.
func TestActionsAndMoveAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := anyTable(t)
		m := flow.New(table)
		has := flow.As(rapid.SliceOf(rapid.SampledFrom([]role{desk, commission})).Draw(t, "has")...)
		holds := rapid.SliceOf(rapid.SampledFrom([]flow.Guard{"g1", "g2"})).Draw(t, "holds")
		from := append([]flow.State[state]{{}}, table.States...)[rapid.IntRange(0, len(table.States)).Draw(t, "from")].Name
		listed := m.Actions(from, has, holds...)
		for _, l := range table.Actions {
			to, err := m.Move(from, l.Name, has, holds...)
			if slices.Contains(listed, l) != (err == nil) {
				t.Fatalf("%s from %q: listed %v, %v", l.Name, from, listed, err)
			}
			if err == nil && !m.Allows(from, l.Name, to) || err != nil && to != from {
				t.Fatalf("%s from %q led to %q, %v", l.Name, from, to, err)
			}
		}
	})
}

// Check calls a state unreachable exactly when no walk along the rows comes
// there (a walk found by closing the relation, as a second opinion).
func TestCheckKnowsWhatIsReachable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := anyTable(t)
		reached := map[state]bool{"": true}
		for range len(table.States) + 1 {
			for _, r := range table.Rows {
				if len(r.From) == 0 || slices.ContainsFunc(r.From, func(s state) bool { return reached[s] }) {
					reached[r.To] = true
				}
			}
		}
		err := flow.New(table).Check()
		for _, s := range table.States {
			complained := err != nil && strings.Contains(err.Error(), `state "`+string(s.Name)+`" can never be reached`)
			if complained == reached[s.Name] {
				t.Fatalf("%s: reachable %v, yet %v", s.Name, reached[s.Name], err)
			}
		}
	})
}

// The drawing is ASCII, always the same, and can be read back: it shows every
// row and nothing else.
func TestDrawShowsTheTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := anyTable(t)
		m := flow.New(table)
		drawing := m.Draw()
		if drawing != flow.New(table).Draw() || strings.ContainsFunc(drawing, func(r rune) bool { return r > '~' || r < ' ' && r != '\n' }) {
			t.Fatalf("not stable ASCII:\n%s", drawing)
		}
		rows := 0
		for _, r := range table.Rows {
			rows += max(1, len(r.From))
		}
		from := ""
		for line := range strings.Lines(strings.SplitAfterN(drawing+"\n", "\n", 2)[1]) {
			if !strings.HasPrefix(line, " ") {
				from = strings.Trim(strings.Fields(line)[0], "[]")
			}
			from := state(strings.TrimPrefix(from, "(new)"))
			words := strings.Fields(line[strings.Index(line, "-- ")+3:])
			if to := state(strings.Trim(words[2], "[]")); !m.Allows(from, flow.Action(words[0]), to) {
				t.Fatalf("%q is not in the table", line)
			}
			rows--
		}
		if rows != 0 {
			t.Fatalf("%d rows are not drawn:\n%s", rows, drawing)
		}
	})
}

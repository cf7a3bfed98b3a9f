package campaign

import (
	"context"
	"slices"
	"sync"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// ReturnState is where a return stands.
type ReturnState string

// The states of returns.
const (
	Owed      ReturnState = "owed"
	Submitted ReturnState = "submitted"
	Returned  ReturnState = "returned"
	Signed    ReturnState = "signed"
	Lapsed    ReturnState = "lapsed"
)

// The steps of a return.
const (
	doOwe      flow.Action = "owe"
	doFill     flow.Action = "fill"
	doSubmit   flow.Action = "submit"
	doSendBack flow.Action = "send-back"
	doSign     flow.Action = "sign"
	doCorrect  flow.Action = "correct"
	doLapse    flow.Action = "lapse"
	doRevive   flow.Action = "revive"
)

// Who takes them: the program, the unit that owes it, who signs it off, who is above.
const (
	byProgram = "program"
	byUnit    = "unit"
	bySigner  = "signer"
	byAbove   = "above"
)

// returns is what can become of a return; the table stands in doc.go.
var returns = sync.OnceValue(func() flow.Machine[ReturnState, string] {
	return flow.New(flow.Table[ReturnState, string]{
		Subject: i18n.T("报表", "return"),
		States: []flow.State[ReturnState]{
			{Name: Owed, Text: i18n.T("待报", "Due")},
			{Name: Submitted, Text: i18n.T("已报", "Submitted")},
			{Name: Returned, Text: i18n.T("退回", "Returned")},
			{Name: Signed, Text: i18n.T("已审签", "Signed off")},
			{Name: Lapsed, Text: i18n.T("不再报送", "Not owed any more")},
		},
		Actions: []flow.Label[flow.Action]{
			{Name: doOwe, Text: i18n.T("列入", "Owe")}, {Name: doFill, Text: i18n.T("填报", "Fill in")},
			{Name: doSubmit, Text: i18n.T("报送", "Submit")}, {Name: doSendBack, Text: i18n.T("退回", "Send back")},
			{Name: doSign, Text: i18n.T("审签", "Sign off")}, {Name: doCorrect, Text: i18n.T("更正", "Correct")},
			{Name: doLapse, Text: i18n.T("撤销", "Lapse")}, {Name: doRevive, Text: i18n.T("恢复", "Revive")},
		},
		Guards: []flow.Label[flow.Guard]{{Name: anotherHand, Text: i18n.T("审签人不是填报人", "somebody else filled it in")}},
		Rows: []flow.Row[ReturnState, string]{
			{Action: doOwe, To: Owed, Who: byProgram},
			{From: []ReturnState{Owed, Returned}, Action: doFill, Who: byUnit},
			{From: []ReturnState{Owed, Returned}, Action: doSubmit, To: Submitted, Who: byUnit},
			{From: []ReturnState{Owed, Returned}, Action: doLapse, To: Lapsed, Who: byProgram},
			{From: []ReturnState{Submitted}, Action: doSign, To: Signed, Who: bySigner, Guard: anotherHand},
			{From: []ReturnState{Submitted}, Action: doSendBack, To: Returned, Who: byAbove},
			{From: []ReturnState{Signed}, Action: doCorrect, To: Returned, Who: byAbove},
			{From: []ReturnState{Lapsed}, Action: doRevive, To: Owed, Who: byProgram},
		},
	})
})

// node is where the staff of a unit hold their roles: a commission's in its region.
func node(u org.Unit) string {
	if u.Kind == org.Commission {
		return up(u.Path)
	}
	return u.Path
}

// ownOf reports whether somebody holds a permission as one of a unit, and not from above it.
func ownOf(u org.Unit, a authz.Actor, p authz.Permission) bool { return a.Within(p, node(u), u.Path) }

// ownUnits are the identifiers of the units of which somebody holds one of some permissions,
// by the rule of ownOf.
func ownUnits(r db.Reader, a authz.Actor, ps ...authz.Permission) (ids []string, err error) {
	all, err := unitsAt(r, a.Grants)
	for _, u := range all {
		if slices.ContainsFunc(ps, func(p authz.Permission) bool { return ownOf(u, a, p) }) {
			ids = append(ids, u.ID)
		}
	}
	return ids, err
}

// may tells which part an actor has in a return. A unit fills in what it owes itself. A
// commission has somebody who signs; of any other unit the owner of the campaign signs.
// Who is above, and who signs, may send it back.
func (w *working) may(a authz.Actor) func(string) bool {
	return func(part string) bool {
		switch part {
		case byUnit:
			return ownOf(w.unit, a, Report)
		case bySigner:
			return ownOf(w.unit, a, Sign) || w.unit.Kind != org.Commission && (ownOf(w.owner, a, Sign) || ownOf(w.owner, a, Manage))
		case byAbove:
			return a.Covers(Sign, w.UnitPath) || a.Covers(Manage, w.Receiver)
		default:
			return a.IsSystem()
		}
	}
}

// move is where a step leads that the actor takes. Faults: those of the flow; who may
// not is told whose it is.
func (w *working) move(ctx context.Context, act flow.Action) (ReturnState, error) {
	to, err := returns().Move(w.State, act, w.may(authz.From(ctx)), w.filing.Hands.another(ctx)...)
	if whose := w.whose(act); fault.Is(err, fault.Forbidden) && !whose.Zero() {
		err = fault.New(fault.Forbidden, whose).WithFix(i18n.T("您可以查看；报送后数字有误的，可以退回", "You may read it; once it is submitted you may send it back if it is wrong"))
	}
	return to, err
}

// whose says by whom a return is filled in or signed off.
func (w *working) whose(act flow.Action) i18n.Text {
	switch act {
	case doFill, doSubmit:
		return i18n.T("“%s”由%s填报和报送", "“%s” is filled in and submitted by %s").With(w.Title, w.unit.Name)
	case doSign:
		signer := w.unit
		if signer.Kind != org.Commission {
			signer = w.owner
		}
		return i18n.T("“%s”由%s审签", "“%s” is signed off by %s").With(w.Title, signer.Name)
	default:
		return i18n.Text{}
	}
}

// whyNot says why the actor may not do what comes next, though it looks as if.
func (w *working) whyNot(ctx context.Context) *i18n.Text {
	me := authz.From(ctx)
	may, why := w.may(me), i18n.Text{}
	switch {
	case w.State == Submitted && !may(bySigner) && may(byAbove):
		why = w.whose(doSign)
	case w.State == Submitted && may(bySigner) && len(w.filing.Hands.another(ctx)) == 0:
		why = i18n.T("您填报了这份报表，请由他人审签", "you filled this in; somebody else has to sign it")
	case (w.State == Owed || w.State == Returned) && !may(byUnit) && me.Covers(Report, w.UnitPath):
		why = w.whose(doFill)
	default:
		return nil
	}
	return &why
}

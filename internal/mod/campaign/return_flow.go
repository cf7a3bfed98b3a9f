package campaign

import (
	"sync"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
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

// returns is what can become of a return; the table stands in doc.go.
var returns = sync.OnceValue(func() flow.Machine[ReturnState, authz.Permission] {
	return flow.New(flow.Table[ReturnState, authz.Permission]{
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
		Rows: []flow.Row[ReturnState, authz.Permission]{
			{Action: doOwe, To: Owed, Who: Manage},
			{From: []ReturnState{Owed, Returned}, Action: doFill, Who: Report},
			{From: []ReturnState{Owed, Returned}, Action: doSubmit, To: Submitted, Who: Report},
			{From: []ReturnState{Owed, Returned}, Action: doLapse, To: Lapsed, Who: Manage},
			{From: []ReturnState{Submitted}, Action: doSign, To: Signed, Who: Sign, Guard: anotherHand},
			{From: []ReturnState{Submitted}, Action: doSendBack, To: Returned, Who: Sign},
			{From: []ReturnState{Signed}, Action: doCorrect, To: Returned, Who: Sign},
			{From: []ReturnState{Lapsed}, Action: doRevive, To: Owed, Who: Manage},
		},
	})
})

// may tells which permissions an actor has for a return: it is signed off by who
// signs for its unit, or who manages campaigns one level up.
func (x Return) may(a authz.Actor) func(authz.Permission) bool {
	return func(p authz.Permission) bool {
		switch p {
		case Report:
			return a.Covers(Report, x.UnitPath)
		case Sign:
			return a.Covers(Sign, x.UnitPath) || a.Covers(Manage, x.Receiver)
		default:
			return a.IsSystem()
		}
	}
}

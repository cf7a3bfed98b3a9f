package casework

import (
	"slices"
	"sync"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
)

// State is where a case stands.
type State string

// The states.
const (
	Received   State = "received"
	Accepted   State = "accepted"
	Dispatched State = "dispatched"
	Handling   State = "handling"
	Reviewing  State = "reviewing"
	Calling    State = "calling"
	Archived   State = "archived"
	Rejected   State = "rejected"
	Merged     State = "merged"
	Withdrawn  State = "withdrawn"
)

// The permissions of casework.
const (
	Read      authz.Permission = "case.read"
	Triage    authz.Permission = "case.triage"    // accept, reject, merge
	Dispatch  authz.Permission = "case.dispatch"  // send to units, decide on returns
	Handle    authz.Permission = "case.handle"    // sign, contact, work, submit
	Review    authz.Permission = "case.review"    // approve, send back, decide on requests
	CallBack  authz.Permission = "case.callback"  // ask the three questions
	Supervise authz.Permission = "case.supervise" // 督办
	Export    authz.Permission = "case.export"
	// Discipline opens the integrity route, at the nodes where it is held.
	Discipline authz.Permission = "integrity.read"
	// Dispose decides on integrity clues.
	Dispose authz.Permission = "integrity.handle"
	// Catalogue keeps the dispatch catalogue.
	Catalogue authz.Permission = "catalogue.manage"
)

// The actions that move a case, and those that leave it where it is.
const (
	doOpen        flow.Action = "open"
	doAccept      flow.Action = "accept"
	doReject      flow.Action = "reject"
	doMerge       flow.Action = "merge"
	doDispatch    flow.Action = "dispatch"
	doAddHelper   flow.Action = "add_helper"
	doSign        flow.Action = "sign"
	doAssign      flow.Action = "assign"
	doContact     flow.Action = "contact"
	doAskReturn   flow.Action = "ask_return"
	doTakeBack    flow.Action = "take_back"
	doSubmit      flow.Action = "submit"
	doSendBack    flow.Action = "send_back"
	doApprove     flow.Action = "approve"
	doClose       flow.Action = "close"
	doRework      flow.Action = "rework"
	doReopen      flow.Action = "reopen"
	doWithdraw    flow.Action = "withdraw"
	doAskPause    flow.Action = "ask_pause"
	doResume      flow.Action = "resume"
	doAskExtend   flow.Action = "ask_extension"
	doAskHard     flow.Action = "ask_hard"
	doAskExclude  flow.Action = "ask_exclusion"
	doNote        flow.Action = "note"
	doInvestigate flow.Action = "investigate"
	doFeedback    flow.Action = "feedback"
	doSupervise   flow.Action = "supervise"
)

// mayReturn: a unit that the commission designated may not hand a case back.
const mayReturn flow.Guard = "not-designated"

// life is what can become of a case, and by whom; the table stands in doc.go.
// It is made once.
var life = sync.OnceValue(func() flow.Machine[State, authz.Permission] {
	return flow.New(flow.Table[State, authz.Permission]{
		Subject: i18n.T("诉求", "case"),
		States:  states(),
		Actions: steps(),
		Guards: []flow.Label[flow.Guard]{
			{Name: mayReturn, Text: i18n.T("不是指定承办", "the unit was not designated")},
		},
		Rows: rows(),
	})
})

func states() []flow.State[State] {
	return []flow.State[State]{
		{Name: Received, Text: i18n.T("待受理", "Received")},
		{Name: Accepted, Text: i18n.T("待派单", "To dispatch")},
		{Name: Dispatched, Text: i18n.T("待签收", "To sign for")},
		{Name: Handling, Text: i18n.T("办理中", "In progress")},
		{Name: Reviewing, Text: i18n.T("待审核", "In review")},
		{Name: Calling, Text: i18n.T("待回访", "Call-back")},
		{Name: Archived, Text: i18n.T("已归档", "Archived")},
		{Name: Rejected, Text: i18n.T("不予受理", "Not accepted")},
		{Name: Merged, Text: i18n.T("已合并", "Merged"), Final: true},
		{Name: Withdrawn, Text: i18n.T("已撤诉", "Withdrawn")},
	}
}

func steps() []flow.Label[flow.Action] {
	return []flow.Label[flow.Action]{
		{Name: doOpen, Text: i18n.T("登记", "Register")},
		{Name: doAccept, Text: i18n.T("受理", "Accept")},
		{Name: doReject, Text: i18n.T("不予受理", "Do not accept")},
		{Name: doMerge, Text: i18n.T("合并", "Merge")},
		{Name: doDispatch, Text: i18n.T("派单", "Dispatch")},
		{Name: doAddHelper, Text: i18n.T("增派协办", "Add a helping unit")},
		{Name: doSign, Text: i18n.T("签收", "Sign for")},
		{Name: doAssign, Text: i18n.T("交办", "Assign")},
		{Name: doContact, Text: i18n.T("联系诉求人", "Contact the reporter")},
		{Name: doAskReturn, Text: i18n.T("申请退单", "Ask to return")},
		{Name: doTakeBack, Text: i18n.T("收回", "Take back")},
		{Name: doInvestigate, Text: i18n.T("记录核查", "Record an investigation")},
		{Name: doSubmit, Text: i18n.T("提交办结", "Submit the result")},
		{Name: doSendBack, Text: i18n.T("退回补办", "Send back")},
		{Name: doApprove, Text: i18n.T("审核通过", "Approve")},
		{Name: doClose, Text: i18n.T("归档", "Archive")},
		{Name: doRework, Text: i18n.T("重办", "Handle again")},
		{Name: doReopen, Text: i18n.T("重新打开", "Reopen")},
		{Name: doWithdraw, Text: i18n.T("撤诉", "Withdraw")},
		{Name: doAskPause, Text: i18n.T("申请暂停计时", "Ask to pause the clock")},
		{Name: doResume, Text: i18n.T("恢复计时", "Resume the clock")},
		{Name: doAskExtend, Text: i18n.T("申请延期", "Ask for more time")},
		{Name: doAskHard, Text: i18n.T("申请疑难挂账", "Ask to list as a hard case")},
		{Name: doAskExclude, Text: i18n.T("申请剔除考核", "Ask to leave out of the rates")},
		{Name: doFeedback, Text: i18n.T("登记反馈", "Record that the reporter was told")},
		{Name: doSupervise, Text: i18n.T("督办", "Supervise")},
		{Name: doNote, Text: i18n.T("备注", "Note")},
	}
}

func rows() []flow.Row[State, authz.Permission] {
	open := []State{Received, Accepted, Dispatched, Handling, Reviewing, Calling}
	working := []State{Dispatched, Handling}
	return []flow.Row[State, authz.Permission]{
		{Action: doOpen, To: Received},
		{From: []State{Received}, Action: doAccept, To: Accepted, Who: Triage},
		{From: []State{Received, Accepted}, Action: doReject, To: Rejected, Who: Triage},
		{From: []State{Received, Accepted, Dispatched, Handling}, Action: doMerge, To: Merged, Who: Triage},
		{From: []State{Accepted}, Action: doDispatch, To: Dispatched, Who: Dispatch},
		{From: working, Action: doAddHelper, Who: Dispatch},
		{From: []State{Dispatched}, Action: doSign, To: Handling, Who: Handle},
		{From: []State{Handling}, Action: doSign, Who: Handle},
		{From: []State{Handling}, Action: doAssign, Who: Handle},
		{From: []State{Dispatched, Handling}, Action: doContact, Who: Handle},
		{From: working, Action: doAskReturn, Who: Handle, Guard: mayReturn},
		{From: working, Action: doTakeBack, To: Accepted, Who: Dispatch},
		{From: []State{Handling}, Action: doInvestigate, Who: Handle},
		{From: []State{Handling}, Action: doSubmit, To: Reviewing, Who: Handle},
		{From: []State{Reviewing}, Action: doSendBack, To: Handling, Who: Review},
		{From: []State{Reviewing}, Action: doApprove, To: Calling, Who: Review},
		{From: []State{Calling}, Action: doClose, To: Archived, Who: CallBack},
		{From: []State{Calling}, Action: doRework, To: Handling, Who: CallBack},
		{From: []State{Archived}, Action: doReopen, To: Handling, Who: Review},
		{From: []State{Rejected, Withdrawn}, Action: doReopen, To: Accepted, Who: Triage},
		{From: []State{Received, Accepted, Dispatched, Handling, Reviewing}, Action: doWithdraw, To: Withdrawn, Who: CallBack},
		{From: working, Action: doAskPause, Who: Handle},
		{From: working, Action: doResume, Who: Handle},
		{From: working, Action: doAskExtend, Who: Handle},
		{From: []State{Handling}, Action: doAskHard, Who: Handle},
		{From: []State{Handling, Reviewing, Calling, Archived}, Action: doAskExclude, Who: Handle},
		{From: []State{Handling, Reviewing, Calling, Archived, Rejected}, Action: doFeedback, Who: Handle},
		{From: open, Action: doSupervise, Who: Supervise},
		{From: append(slices.Clone(open), Archived, Rejected), Action: doNote, Who: Read},
	}
}

// Open reports whether somebody still has to do something.
func (s State) Open() bool {
	switch s {
	case Received, Accepted, Dispatched, Handling, Reviewing, Calling:
		return true
	default:
		return false
	}
}

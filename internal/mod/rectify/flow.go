package rectify

import (
	"slices"
	"sync"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
)

// State is where a problem stands.
type State string

// The states.
const (
	Open      State = "open"      // 未启动
	Doing     State = "doing"     // 整改中
	Applied   State = "applied"   // 申请销号, waits for the first review
	Reviewing State = "reviewing" // 待复核
	Closed    State = "closed"    // 已销号
	Held      State = "held"      // 回头看合格
	Withdrawn State = "withdrawn" // 误登撤回
)

// unfinished reports whether the unit still has to do something.
func (s State) unfinished() bool { return s == Open || s == Doing }

// The permissions of rectify.
const (
	Read   authz.Permission = "rectify.read"
	Work   authz.Permission = "rectify.work"   // put right, apply for closing
	Review authz.Permission = "rectify.review" // pass, close, look back, correct
	List   authz.Permission = "rectify.list"   // 挂牌, 摘牌
	Import authz.Permission = "rectify.import"
)

// Part is what somebody is towards a problem.
type Part string

// The parts.
const (
	worker     Part = "work"       // rectify.work where the problem lies
	desk       Part = "desk"       // the same for the whole unit, or the commission
	commission Part = "commission" // rectify.review
	lister     Part = "list"       // rectify.list
	program    Part = "program"    // no person
)

// The actions.
const (
	doOpen       flow.Action = "open"
	doImport     flow.Action = "import"
	doImportDo   flow.Action = "import_begun"
	doImportEnd  flow.Action = "import_closed"
	doNumber     flow.Action = "number"
	doCorrect    flow.Action = "correct"
	doPlan       flow.Action = "plan"
	doAssign     flow.Action = "assign"
	doStart      flow.Action = "start"
	doReport     flow.Action = "report"
	doApply      flow.Action = "apply"
	doPass       flow.Action = "pass"
	doSendBack   flow.Action = "send_back"
	doClose      flow.Action = "close"
	doHold       flow.Action = "hold"
	doRebound    flow.Action = "rebound"
	doList       flow.Action = "list"
	doDelist     flow.Action = "delist"
	doAskExtend  flow.Action = "ask_extension"
	doAskRetract flow.Action = "ask_withdrawal"
	doExtend     flow.Action = "extend"
	doRetract    flow.Action = "withdraw"
	doRefuse     flow.Action = "refuse"
	doPress      flow.Action = "press"
	doRemind     flow.Action = "remind"
)

// The guards; guard.go says when each holds.
const (
	isPrepared  flow.Guard = "prepared"
	isShown     flow.Guard = "shown"
	isApart     flow.Guard = "apart"
	isFit       flow.Guard = "fit"
	isUnlisted  flow.Guard = "unlisted"
	isItsLister flow.Guard = "its-lister"
	isUnasked   flow.Guard = "unasked"
	isFirstTime flow.Guard = "first-time"
	isToExtend  flow.Guard = "extension-asked"
	isToRetract flow.Guard = "withdrawal-asked"
	isAsked     flow.Guard = "asked"
)

// life is what can become of a problem, and by whom; the table stands in
// doc.go. It is made once.
var life = sync.OnceValue(func() flow.Machine[State, Part] {
	return flow.New(flow.Table[State, Part]{
		Subject: i18n.T("问题", "problem"), States: states(), Actions: steps(), Guards: guardWords(), Rows: rows(),
	})
})

func states() []flow.State[State] {
	return []flow.State[State]{
		{Name: Open, Text: i18n.T("未启动", "Not begun")},
		{Name: Doing, Text: i18n.T("整改中", "Being put right")},
		{Name: Applied, Text: i18n.T("申请销号", "First review")},
		{Name: Reviewing, Text: i18n.T("待复核", "Second review")},
		{Name: Closed, Text: i18n.T("已销号", "Closed")},
		{Name: Held, Text: i18n.T("回头看合格", "Held"), Final: true},
		{Name: Withdrawn, Text: i18n.T("误登撤回", "Withdrawn"), Final: true},
	}
}

func steps() []flow.Label[flow.Action] {
	return []flow.Label[flow.Action]{
		{Name: doOpen, Text: i18n.T("登记", "Enter")},
		{Name: doImport, Text: i18n.T("导入", "Import")},
		{Name: doImportDo, Text: i18n.T("导入（整改中）", "Import as being put right")},
		{Name: doImportEnd, Text: i18n.T("导入（已销号，佐证在纸质档案）", "Import as closed, evidence on paper")},
		{Name: doNumber, Text: i18n.T("编号", "Number")},
		{Name: doPlan, Text: i18n.T("制定整改方案", "Write the plan")},
		{Name: doStart, Text: i18n.T("启动整改", "Begin")},
		{Name: doReport, Text: i18n.T("报进展", "Report progress")},
		{Name: doApply, Text: i18n.T("申请销号", "Apply for closing")},
		{Name: doPass, Text: i18n.T("初审通过", "Pass the first review")},
		{Name: doClose, Text: i18n.T("复核销号", "Close")},
		{Name: doSendBack, Text: i18n.T("退回整改", "Send back")},
		{Name: doHold, Text: i18n.T("回头看合格", "It has held")},
		{Name: doRebound, Text: i18n.T("反弹重开", "It has come back")},
		{Name: doExtend, Text: i18n.T("同意延期", "Grant more time")},
		{Name: doRetract, Text: i18n.T("同意撤回", "Withdraw the entry")},
		{Name: doRefuse, Text: i18n.T("不同意申请", "Refuse what was asked")},
		{Name: doAssign, Text: i18n.T("交办", "Assign")},
		{Name: doDelist, Text: i18n.T("摘牌", "Delist")},
		{Name: doList, Text: i18n.T("挂牌督办", "List")},
		{Name: doAskExtend, Text: i18n.T("申请延期", "Ask for more time")},
		{Name: doCorrect, Text: i18n.T("更正登记", "Correct the entry")},
		{Name: doAskRetract, Text: i18n.T("申请撤回", "Ask to withdraw the entry")},
		{Name: doPress, Text: i18n.T("超期升级", "Escalate")},
		{Name: doRemind, Text: i18n.T("提醒回头看", "Remind of the look back")},
	}
}

func rows() []flow.Row[State, Part] {
	unfinished, review := []State{Open, Doing}, []State{Applied, Reviewing}
	running := slices.Concat(unfinished, review)
	return []flow.Row[State, Part]{
		{Action: doOpen, To: Open},
		{Action: doImport, To: Open},
		{Action: doImportDo, To: Doing},
		{Action: doImportEnd, To: Closed},
		{From: []State{Open, Doing, Applied, Reviewing, Closed, Held, Withdrawn}, Action: doNumber, Who: program},
		{From: running, Action: doCorrect, Who: commission},
		{From: unfinished, Action: doPlan, Who: worker},
		{From: unfinished, Action: doAssign, Who: desk},
		{From: review, Action: doAssign, Who: program},
		{From: []State{Open}, Action: doStart, To: Doing, Who: worker, Guard: isPrepared},
		{From: []State{Doing}, Action: doReport, Who: worker},
		{From: []State{Doing}, Action: doApply, To: Applied, Who: worker, Guard: isShown},
		{From: []State{Applied}, Action: doPass, To: Reviewing, Who: desk, Guard: isApart},
		{From: []State{Applied}, Action: doSendBack, To: Doing, Who: desk, Guard: isApart},
		{From: []State{Reviewing}, Action: doSendBack, To: Doing, Who: commission, Guard: isApart},
		{From: []State{Reviewing}, Action: doClose, To: Closed, Who: commission, Guard: isFit},
		{From: []State{Closed}, Action: doRemind, Who: program},
		{From: []State{Closed}, Action: doHold, To: Held, Who: commission, Guard: isApart},
		{From: []State{Closed}, Action: doRebound, To: Doing, Who: commission},
		{From: running, Action: doList, Who: lister, Guard: isUnlisted},
		{From: running, Action: doDelist, Who: lister, Guard: isItsLister},
		{From: unfinished, Action: doAskExtend, Who: worker, Guard: isFirstTime},
		{From: unfinished, Action: doAskRetract, Who: desk, Guard: isUnasked},
		{From: unfinished, Action: doExtend, Who: commission, Guard: isToExtend},
		{From: unfinished, Action: doRetract, To: Withdrawn, Who: commission, Guard: isToRetract},
		{From: unfinished, Action: doRefuse, Who: commission, Guard: isAsked},
		{From: unfinished, Action: doPress, Who: program},
	}
}

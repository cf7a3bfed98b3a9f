package casework

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
)

// What can be done with a case beside the steps of the table.
const (
	doCallBack flow.Action = "callback"
	doOpine    flow.Action = "opinion"
	doDispose  flow.Action = "dispose"
	doKeepOut  flow.Action = "keep_out"
	doDecide   flow.Action = "decide"
	doWrite    flow.Action = "message"
	doObject   flow.Action = "object"
	doAnswer   flow.Action = "answer_supervision"
	doEnd      flow.Action = "end_supervision"

	doReturnReport flow.Action = "return_report"

	doMask    flow.Action = "mask_voice"
	doRelease flow.Action = "release_original"
)

// What happens to a case without a step of the table: without anybody doing it
// to that case, or without success.
const (
	doCalled   flow.Action = "called"
	doMergedIn flow.Action = "merged_in"
	doSucceed  flow.Action = "succeed"
	doAttempt  flow.Action = "attempt"
	doLeave    flow.Action = "leave"  // its reporter withdrew, those who joined it did not
	doRejoin   flow.Action = "rejoin" // its reporter denies that
	doEvidence flow.Action = "evidence"
	// What the reporter of a case that was merged says and sends reaches the one
	// that goes on.
	doJoinedWord  flow.Action = "joined_message"
	doJoinedFiles flow.Action = "joined_evidence"
	doExpire      flow.Action = "expired"
	doFollow      flow.Action = "followed" // what it had joined was joined with another, and it goes on there
	doSeal        flow.Action = "sealed"   // its words were, later than they were written
	doReckon      flow.Action = "reckoned" // its deadlines, when holidays became known
)

// besideTable lists them with what people call them, in the order of the page.
func besideTable() []flow.Label[flow.Action] {
	return []flow.Label[flow.Action]{
		{Name: doCallBack, Text: i18n.T("登记回访", "Record a call-back")},
		{Name: doOpine, Text: i18n.T("填写协办意见", "Give the opinion of a helping unit")},
		{Name: doDispose, Text: i18n.T("处置线索", "Decide on the clue")},
		{Name: doDecide, Text: i18n.T("审批申请", "Decide on a request")},
		{Name: doAnswer, Text: i18n.T("报告督办结果", "Report on an order")},
		{Name: doEnd, Text: i18n.T("督办销号", "Close an order")},
		{Name: doReturnReport, Text: i18n.T("退回督办报告", "Send a report on an order back")},
		{Name: doObject, Text: i18n.T("代提异议", "Object for the reporter")},
		{Name: doWrite, Text: i18n.T("给诉求人留言", "Write to the reporter")},
		{Name: doKeepOut, Text: i18n.T("设置回避", "Keep a person or unit out")},
		{Name: doMask, Text: i18n.T("录音录像变声", "Change voices in recordings")},
	}
}

// offer is a case as one person sees it who asks what can be done.
type offer struct {
	Detail
	now time.Time
	as  []Assignment
	ks  []Clock
	es  []Event
}

// actions returns what the actor of ctx may do with a case now: the steps of
// the table and what stands beside it, without those that the use case itself
// would refuse.
func (o offer) actions(ctx context.Context) []flow.Label[flow.Action] {
	can := life().Actions(o.Case.State, has(ctx, o.Case.Case, o.as), guards(authz.From(ctx), o.as)...)
	return slices.DeleteFunc(append(can, besideTable()...), func(l flow.Label[flow.Action]) bool { return o.refusal(ctx, l.Name) != nil })
}

// refusal is what the use case of an action would answer, beside what the
// table says.
func (o offer) refusal(ctx context.Context, a flow.Action) error {
	c, me := o.Case.Case, authz.From(ctx)
	switch a {
	case doSign, doSubmit, doOpine, doAnswer:
		return o.ofPart(me, a)
	case doContact:
		return mayContact(c)
	case doTakeBack:
		return noReturn(o.Requests)
	case doAskReturn, doAskPause, doAskExtend, doAskHard, doAskExclude:
		return mayAsk(kindOf(a), c, o.Requests, o.ks)
	case doResume:
		return mayResume(c, o.Requests)
	case doApprove:
		return mayApprove(me, o.as, o.es)
	case doReopen, doRework:
		return fault.First(func() error { return mayTakeUp(c, o.es) }, func() error { return noObjection(o.Requests) })
	case doClose:
		return noObjection(o.Requests)
	case doWithdraw:
		return mayRetract(me, c, o.as, o.es)
	case doCallBack:
		return mayCall(ctx, c, o.as, o.es, o.Callbacks, o.Requests, o.now)
	case doDispose:
		return mayDispose(ctx, c)
	case doDecide:
		return one(o.Requests, func(q Request) error { return mayDecide(ctx, c, q) })
	case doEnd, doReturnReport:
		return one(o.Supervisions, func(v Supervision) error { return mayEnd(ctx, c, v) })
	case doObject:
		return mayObject(ctx, c, o.Callbacks, o.Requests)
	case doWrite:
		return mayWrite(ctx, c, o.as)
	case doKeepOut:
		return mayBar(ctx, c)
	case doMask:
		return mayMask(ctx, c, o.Content.Masked)
	}
	return nil
}

// ofPart is refusal for what only a unit does that has the case.
func (o offer) ofPart(me authz.Actor, a flow.Action) error {
	part, err := partOf(me, o.as)
	if err != nil {
		return err
	}
	switch a {
	case doSign:
		return maySign(part)
	case doSubmit:
		return maySubmit(part, o.Requests)
	case doOpine:
		return mayOpine(o.Case.Case, part)
	}
	return one(o.Supervisions, mayAnswer)
}

// one returns nil where a check lets at least one of a list pass.
func one[T any](list []T, check func(T) error) error {
	err := error(fault.Missing(i18n.T("可办理的事项", "anything to do")))
	for _, x := range list {
		if err = check(x); err == nil {
			return nil
		}
	}
	return err
}

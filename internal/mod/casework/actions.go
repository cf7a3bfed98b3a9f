package casework

import (
	"context"
	"slices"

	"qingfeng/internal/kit/authz"
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
		{Name: doObject, Text: i18n.T("代提异议", "Object for the reporter")},
		{Name: doWrite, Text: i18n.T("给诉求人留言", "Write to the reporter")},
		{Name: doKeepOut, Text: i18n.T("设置回避", "Keep a person or unit out")},
	}
}

// offer is a case as one person sees it who asks what can be done.
type offer struct {
	Detail
	ctx    context.Context //nolint:containedctx // carries the actor through the questions of one answer
	as     []Assignment
	mine   *Assignment
	may    func(authz.Permission) bool
	me     authz.Actor
	s      *Service
	raised map[RequestKind]bool // requests that wait for a decision
}

// actions returns what the actor of ctx may do with a case now: the steps of
// the table and what stands beside it, without those that the use case itself
// would refuse.
func (s *Service) actions(ctx context.Context, d Detail, as []Assignment) []flow.Label[flow.Action] {
	o := offer{Detail: d, ctx: ctx, as: as, may: has(ctx, d.Case.Case, as), me: authz.From(ctx), s: s, raised: map[RequestKind]bool{}}
	o.mine = worksOn(o.me, as)
	for _, q := range d.Requests {
		o.raised[q.Kind] = o.raised[q.Kind] || q.State == pending
	}
	can := life().Actions(d.Case.State, o.may, guards(o.me, as)...)
	can = slices.DeleteFunc(can, func(l flow.Label[flow.Action]) bool { return o.vain(l.Name) })
	for _, l := range besideTable() {
		if o.allows(l.Name) {
			can = append(can, l)
		}
	}
	return can
}

// vain reports whether a step that the table allows would be refused for
// another reason.
func (o offer) vain(a flow.Action) bool {
	c := o.Case.Case
	switch a {
	case doSign:
		return o.mine == nil || !o.mine.SignedAt.IsZero()
	case doSubmit:
		return o.mine == nil || o.mine.Part != Lead || o.raised[AskReturn]
	case doTakeBack:
		return o.raised[AskReturn]
	case doAskReturn:
		return o.raised[AskReturn]
	case doAskPause:
		return o.raised[AskPause] || !c.PausedAt.IsZero()
	case doResume:
		return o.raised[AskReturn] || c.PausedAt.IsZero()
	case doAskExtend:
		return o.raised[AskExtension] || slices.ContainsFunc(o.Clocks, func(k Clock) bool { return k.isFinal() && k.MetAt.IsZero() && k.Extended > 0 })
	case doAskHard:
		return o.raised[AskHard] || c.Hard
	case doAskExclude:
		return o.raised[AskExclusion]
	case doApprove:
		return handles(o.as, o.me.ID)
	case doReopen:
		return o.raised[AskReopen]
	}
	return false
}

// allows reports whether something beside the table can be done.
func (o offer) allows(a flow.Action) bool {
	c := o.Case.Case
	switch a {
	case doCallBack:
		return o.may(CallBack) && o.s.mayCall(o.ctx, c, o.as, o.Callbacks) == nil
	case doOpine:
		return o.mine != nil && o.mine.Part == Assist && o.mine.FinishedAt.IsZero() && c.State.Open()
	case doDispose:
		return c.Route == Integrity && c.State.Open() && o.may(Dispose)
	case doDecide:
		return o.may(Review) && slices.ContainsFunc(o.Requests, func(q Request) bool { return q.State == pending && q.AskedBy != o.me.ID })
	case doAnswer:
		return o.mine != nil && slices.ContainsFunc(o.Supervisions, func(v Supervision) bool { return v.ClosedAt.IsZero() && v.AnsweredAt.IsZero() })
	case doEnd:
		return o.may(Supervise) && slices.ContainsFunc(o.Supervisions, func(v Supervision) bool { return v.ClosedAt.IsZero() && !v.AnsweredAt.IsZero() })
	case doObject:
		return o.may(CallBack) && slices.Contains(may(c), "object") && !o.raised[AskReopen]
	case doWrite:
		return mayWrite(o.ctx, c, o.as) == nil
	case doKeepOut:
		return o.may(Triage) && c.State.Open()
	}
	return false
}

// handles reports whether somebody works on a case by name.
func handles(as []Assignment, staff string) bool {
	return slices.ContainsFunc(as, func(a Assignment) bool { return a.EndedAt.IsZero() && a.Handler == staff })
}

package casework

import (
	"context"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// The refusals beside those of the table. A use case returns them, and the
// page of a case asks the same functions what to offer, so that nobody is
// offered what would be refused and nothing is refused that was not offered.

// maySign refuses a unit that signed already.
func maySign(part *Assignment) error {
	if !part.SignedAt.IsZero() {
		return fault.New(fault.Conflict, i18n.T("本单位已经签收", "your unit has signed for it already"))
	}
	return nil
}

// maySubmit refuses a helping unit, and a result whose return is under review.
func maySubmit(part *Assignment, qs []Request) error {
	if part.Part != Lead {
		return fault.New(fault.Forbidden, i18n.T("由主办单位提交办结，协办单位请填写协办意见", "the leading unit submits the result; a helping unit gives its opinion"))
	}
	return noReturn(qs)
}

// mayOpine refuses whoever does not help, and a second opinion: it would take
// the place of the first.
func mayOpine(c Case, part *Assignment) error {
	switch {
	case part.Part != Assist:
		return fault.New(fault.Conflict, i18n.T("协办意见由协办单位填写", "the opinion is for helping units"))
	case !part.FinishedAt.IsZero():
		return fault.New(fault.Conflict, i18n.T("本单位已经填写协办意见", "your unit has given its opinion already")).
			WithFix(i18n.T("如需补充，请添加备注", "add a note if there is more to say"))
	case !c.State.Open():
		return fault.New(fault.Conflict, i18n.T("本件已办结，不再需要协办意见", "the case is closed; no more opinions are needed"))
	}
	return nil
}

// mayApprove refuses a reviewer who works on the case by name.
func mayApprove(a authz.Actor, as []Assignment) error {
	if slices.ContainsFunc(as, func(x Assignment) bool { return x.EndedAt.IsZero() && x.Handler == a.ID }) {
		return fault.New(fault.Forbidden, i18n.T("办理人不能审核自己的结果", "who handled a case cannot review it")).
			WithFix(i18n.T("请由另一位审核人员办理", "another reviewer must do it"))
	}
	return nil
}

// mayAsk refuses a request that waits for a decision already, and one for what
// the case has.
func mayAsk(kind RequestKind, c Case, qs []Request, ks []Clock) error {
	extended := func(k Clock) bool { return k.isFinal() && k.MetAt.IsZero() && k.Extended > 0 }
	switch {
	case waits(qs, kind):
		return alreadyAsked()
	case kind == AskPause && !c.PausedAt.IsZero():
		return fault.New(fault.Conflict, i18n.T("计时已经暂停", "the clock stands still already"))
	case kind == AskHard && c.Hard:
		return fault.New(fault.Conflict, i18n.T("本件已是疑难挂账", "it is listed as a hard case already"))
	case kind == AskExtension && slices.ContainsFunc(ks, extended):
		return fault.New(fault.Conflict, i18n.T("已经延期过一次，不能再延", "it was extended once already"))
	}
	return nil
}

// alreadyAsked is the refusal of a request that stands already.
func alreadyAsked() error {
	return fault.New(fault.Conflict, i18n.T("同样的申请正在审批中", "the same request is waiting for a decision"))
}

// waits reports whether a request of a kind waits for a decision.
func waits(qs []Request, kind RequestKind) bool {
	return slices.ContainsFunc(qs, func(q Request) bool { return q.Kind == kind && q.State == pending })
}

// noReturn refuses a step while the return of the case is under review: the
// clocks stand still until somebody decides.
func noReturn(qs []Request) error {
	if waits(qs, AskReturn) {
		return fault.New(fault.Conflict, i18n.T("本件的退单申请正在审批中", "the return of this case is under review")).
			WithFix(i18n.T("请先对退单申请作出决定", "decide on the return first"))
	}
	return nil
}

// mayResume refuses to start a clock that runs.
func mayResume(c Case, qs []Request) error {
	if c.PausedAt.IsZero() {
		return fault.New(fault.Conflict, i18n.T("计时没有暂停", "the clock is running"))
	}
	return noReturn(qs)
}

// mayReopen refuses to go past an objection that waits, whether the case is
// taken up again or handled once more.
func mayReopen(qs []Request) error {
	if waits(qs, AskReopen) {
		return fault.New(fault.Conflict, i18n.T("诉求人的异议正在审批中", "an objection of the reporter waits for a decision")).
			WithFix(i18n.T("请在申请中作出决定", "decide on it among the requests"))
	}
	return nil
}

// mayObject refuses an objection to a case that is not over, a second one, and
// whoever does not talk to reporters.
func mayObject(ctx context.Context, c Case, ks []Callback, qs []Request) error {
	if err := authz.Need(ctx, CallBack, regionPath(c.Path, c.Institution)); err != nil {
		return err
	}
	h := hearing{own: c, shown: c}
	h.listen(ks, qs)
	if !h.mayObject() {
		return fault.New(fault.Conflict, i18n.T("本件尚未办结，不能提出异议", "the case is not over yet; there is nothing to object to"))
	}
	if h.objecting {
		return alreadyAsked()
	}
	return nil
}

// mayDecide refuses who asked, whoever does not supervise the case, and a
// second decision.
func mayDecide(ctx context.Context, c Case, q Request) error {
	switch {
	case q.State != pending:
		return fault.New(fault.Conflict, i18n.T("这项申请已经有了结论", "this request has been decided"))
	case q.AskedBy == authz.From(ctx).ID:
		return fault.New(fault.Forbidden, i18n.T("不能审批自己提出的申请", "nobody decides on an own request"))
	}
	return authz.Need(ctx, Review, regionPath(c.Path, c.Institution))
}

// mayGrant refuses more time for a case whose time has stopped. It can still be
// refused, and so the request is still to be decided on.
func mayGrant(c Case, q Request) error {
	if (q.Kind == AskPause || q.Kind == AskExtension) && c.State != Dispatched && c.State != Handling {
		return fault.New(fault.Conflict, i18n.T("本件现为“%s”，时限已停，只能不予同意", `the case is "%s" now and its time has stopped; this can only be refused`), life().Text(c.State))
	}
	return nil
}

// mayDispose refuses what is no clue, a clue that is over, and whoever does
// not decide on clues.
func mayDispose(ctx context.Context, c Case) error {
	if c.Route != Integrity {
		return fault.New(fault.Conflict, i18n.T("本件不是廉洁线索", "this is not an integrity clue"))
	}
	if err := authz.Need(ctx, Dispose, regionPath(c.Path, c.Institution)); err != nil {
		return err
	}
	if !c.State.Open() {
		return fault.New(fault.Conflict, i18n.T("线索已经了结归档", "the clue is in the archive"))
	}
	return nil
}

// mayBar lets those keep somebody out who send cases on. A case that is over
// can still be read, so that it is never too late.
func mayBar(ctx context.Context, c Case) error {
	return authz.Need(ctx, Triage, regionPath(c.Path, c.Institution))
}

// mayAnswer refuses a report on an order that is closed, and a second one: it
// would take the place of the first.
func mayAnswer(v Supervision) error {
	if err := v.stands(); err != nil {
		return err
	}
	if !v.AnsweredAt.IsZero() {
		return fault.New(fault.Conflict, i18n.T("这项督办已经报告过", "there is a report on this order already")).
			WithFix(i18n.T("如需补充，请添加备注", "add a note if there is more to say"))
	}
	return nil
}

// mayEnd refuses to close an order that nobody reported on.
func mayEnd(ctx context.Context, c Case, v Supervision) error {
	if err := v.stands(); err != nil {
		return err
	}
	if err := authz.Need(ctx, Supervise, regionPath(c.Path, c.Institution)); err != nil {
		return err
	}
	if v.AnsweredAt.IsZero() {
		return fault.New(fault.Conflict, i18n.T("还没有收到报告，不能销号", "there is no report yet; it cannot be closed"))
	}
	return nil
}

// stands refuses what is done about an order that is closed.
func (v Supervision) stands() error {
	if !v.ClosedAt.IsZero() {
		return fault.New(fault.Conflict, i18n.T("这项督办已经销号", "this order is closed"))
	}
	return nil
}

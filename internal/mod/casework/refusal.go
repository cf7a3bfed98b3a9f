package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// The refusals beside those of the table. A use case returns them, and the
// page of a case asks the same functions what to offer, so that nobody is
// offered what would be refused and nothing is refused that was not offered.
// What depends on what somebody then writes or chooses is refused when it is
// written: the fields of a request, a unit, a person.

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

// mayApprove refuses whoever worked on the case, and the people of a unit that
// works on it. Where that is the commission its own people review: somebody of
// them who did no part of the work.
func mayApprove(a authz.Actor, as []Assignment, es []Event) error {
	own := func(x Assignment) bool {
		at := house(x.UnitPath)
		return x.EndedAt.IsZero() && at != org.RegionPart(at) && strings.HasPrefix(a.Path, at)
	}
	if worked(a, as, es) || slices.ContainsFunc(as, own) {
		return fault.New(fault.Forbidden, i18n.T("办理人和承办单位不能审核自己的结果", "neither who handled a case nor its unit can review it")).
			WithFix(i18n.T("请由另一位审核人员办理", "another reviewer must do it"))
	}
	return nil
}

// mayAsk refuses a request that waits for a decision already, and one for what
// the case has.
func mayAsk(kind RequestKind, c Case, qs []Request, ks []Clock) error {
	extended := func(k Clock) bool { return k.isFinal() && k.MetAt.IsZero() && k.Extended > 0 }
	switch {
	case awaits(qs, kind):
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

// awaits reports whether a request of a kind waits for a decision.
func awaits(qs []Request, kind RequestKind) bool {
	return slices.ContainsFunc(qs, func(q Request) bool { return q.Kind == kind && q.State == pending })
}

// noReturn refuses a step while the return of the case is under review: the
// clocks stand still until somebody decides.
func noReturn(qs []Request) error {
	if awaits(qs, AskReturn) {
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

// mayAnswerFor refuses to write down what a reporter said where only the
// reporter says it: one whom nobody can reach, and one who has answered about
// the result that stands. While an objection waits there is nothing to ask.
func mayAnswerFor(c Case, ks []Callback, qs []Request) error {
	h := hearing{own: c, shown: c}
	h.listen(ks, qs)
	switch {
	case c.Mode == demand.Anonymous:
		return fault.New(fault.Conflict, i18n.T("诉求人匿名，只能由本人在回执页评价", "the reporter is anonymous and answers on the receipt page alone")).
			WithFix(i18n.T("请等待本人评价；到期没有评价的自动归档", "wait for the answer; without one the case is archived when the time is over"))
	case h.answered != nil:
		return fault.New(fault.Conflict, i18n.T("诉求人已经对这次结果作出评价", "the reporter has answered about this result already")).
			WithFix(i18n.T("请决定重办或归档", "decide on a second handling or the archive"))
	}
	return noObjection(qs)
}

// noObjection refuses to go past an objection that waits, whether the case is
// taken up again, handled once more or ended.
func noObjection(qs []Request) error {
	if awaits(qs, AskReopen) {
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
		return fault.New(fault.Conflict, i18n.T("还没有收到报告", "there is no report yet"))
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

// mayCall refuses whoever has no right to, whoever worked on the case, and a
// second call at the same time of day.
func mayCall(ctx context.Context, c Case, as []Assignment, es []Event, ks []Callback, qs []Request, now time.Time) error {
	if err := authz.Need(ctx, CallBack, regionPath(c.Path, c.Institution)); err != nil {
		return err
	}
	if c.State != Calling {
		return fault.New(fault.Conflict, i18n.T("本件现在不在回访阶段", "this case is not to be called back now"))
	}
	if left(es) {
		return fault.New(fault.Conflict, i18n.T("诉求人已撤回，由其他诉求人在回执页评价", "its reporter has withdrawn; the others answer on the receipt page"))
	}
	if err := mayAnswerFor(c, ks, qs); err != nil {
		return err
	}
	if worked(authz.From(ctx), as, es) {
		return fault.New(fault.Forbidden, i18n.T("办理人不能回访自己办理的诉求", "who handled a case does not call its reporter back"))
	}
	for _, k := range ks {
		if k.Method == "phone" && now.Sub(k.At) < spread {
			return fault.New(fault.Conflict, i18n.T("两次回访应间隔 2 小时以上", "two attempts must lie at least two hours apart"))
		}
	}
	return nil
}

// worked reports whether somebody did a part of the work on a case: it was given
// to them, or they contacted the reporter, looked into it or handed a result in.
func worked(a authz.Actor, as []Assignment, es []Event) bool {
	work := []string{string(doContact), string(doAttempt), string(doInvestigate), string(doSubmit)}
	return slices.ContainsFunc(as, func(x Assignment) bool { return x.Handler == a.ID }) ||
		slices.ContainsFunc(es, func(e Event) bool { return e.Actor == a.ID && slices.Contains(work, e.Action) })
}

// mayContact refuses what cannot be: who reports without a name has no
// telephone, and reads the dialogue alone (Write).
func mayContact(c Case) error {
	if c.Mode == demand.Anonymous {
		return fault.New(fault.Conflict, i18n.T("诉求人匿名，没有联系方式", "the reporter is anonymous; there is no telephone number")).
			WithFix(i18n.T("请给诉求人留言，留言即为首次联系", "write to the reporter; that is the first contact"))
	}
	return nil
}

// mayWrite lets those write who handle the case or watch over it, while
// somebody reads it.
func mayWrite(ctx context.Context, c Case, as []Assignment) error {
	if !c.State.Open() && c.State != Merged { // then the reporter goes on reading, and may be answered
		return fault.New(fault.Conflict, i18n.T("本件已办结，不能再留言", "the case is closed; no more messages"))
	}
	may := has(ctx, c, as)
	if may(Handle) || may(Triage) || may(Review) || may(CallBack) {
		return nil
	}
	return fault.New(fault.Forbidden, i18n.T("只有办理和监督本件的人可以留言", "only those who handle or supervise the case may write"))
}

// mayHandleAgain refuses to begin anew without the right, without a reason, or
// past an objection that nobody has decided on.
func mayHandleAgain(ctx context.Context, tx *db.Tx, c Case, a flow.Action, reason string) error {
	if _, err := allowed(ctx, c, nil, a); err != nil {
		return err
	}
	if err := needReason(reason); err != nil {
		return err
	}
	qs, err := requests(tx.Reader, c.ID)
	if err != nil {
		return err
	}
	es, err := events(tx.Reader, c.ID)
	if err != nil {
		return err
	}
	return fault.First(func() error { return mayTakeUp(c, es) }, func() error { return noObjection(qs) })
}

// mayMerge refuses to let a case go on under one that it does not join, and two
// cases of which somebody may know the one and must not know the other: either
// file would speak of the other. kept is whom cases keep out.
func mayMerge(c, into Case, kept map[string][]string) error {
	if !c.joins(into) {
		return fault.Field("into", i18n.T("不能合并到这一件", "it cannot be merged into that case")).
			WithFix(i18n.T("请选择反映同一机构、收到在先且尚未办结的诉求", "choose a case about the same institution that came in first and is still open"))
	}
	if c.Route == into.Route && slices.Equal(kept[c.ID], kept[into.ID]) {
		return nil
	}
	return fault.Field("into", i18n.T("两件须回避的人员或单位不同，合并会使其得知另一件", "somebody who is kept from one of the two would learn of it through the other")).
		WithFix(i18n.T("请分别办理，或先在两件上设置相同的回避", "handle them apart, or keep the same people and units out of both first"))
}

// mayHandle refuses a unit that is closed, unknown, or kept from the case: a
// report never goes to whom it is about when that would bury it. The complaint
// is about field.
func mayHandle(r db.Reader, c Case, id, field string) (org.Unit, error) {
	u, err := org.UnitByID(r, id)
	if err != nil {
		return u, err
	}
	if !u.ClosedAt.IsZero() {
		return u, fault.Field(field, i18n.T("“%s”已关闭，不能承办", "%s is closed and cannot handle cases"), u.Name)
	}
	out, err := barredAny(r, c.ID, authz.Nodes(u.Path))
	if err == nil && out {
		err = fault.Field(field, i18n.T("“%s”与本件有利益关系，应当回避", "%s has an interest in this case and must stay out"), u.Name).
			WithFix(i18n.T("请派给上一级或纪检部门", "send it one level up or to the discipline line"))
	}
	return u, err
}

// atWork refuses to keep out who works on the case: it would lie with somebody
// who cannot see it. It is taken away from them first.
func atWork(r db.Reader, id, node string) error {
	as, err := assignments(r, id)
	if err != nil {
		return err
	}
	for _, a := range as {
		if a.EndedAt.IsZero() && (a.Handler == node || slices.Contains(authz.Nodes(a.UnitPath), node) || slices.Contains(authz.Nodes(a.HandlerPath), node) || a.UnitID == node) {
			return fault.New(fault.Conflict, i18n.T("对方正在办理本件", "they are working on the case")).
				WithFix(i18n.T("请先收回改派，再设置回避", "take it back or assign it to somebody else first, then keep them out"))
		}
	}
	return nil
}

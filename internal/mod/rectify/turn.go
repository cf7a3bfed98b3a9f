package rectify

import (
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// mayReview narrows to the problems whose next review the actor may pass now: what the
// table says of pass and close, as a condition.
func mayReview(a authz.Actor, w *db.Where) {
	w.AndAny(func(w *db.Where) {
		w.And("state = 'applied'")
		w.AndAny(deskOf(a)...)
	}, func(w *db.Where) {
		w.And("state = 'reviewing' and passed_by <> ? and evidence > 0 and (listed_at is null or delisted_at is not null)", a.ID)
		org.Within(w, "path", a.Paths(Review))
	})
	w.And("applied_by <> ? and responsible <> ?", a.ID, a.ID)
	w.And("not exists (select 1 from trail t where t.kind = 'problem' and t.record = problem.id and " + w.Bind("t.actor = ? and ", a.ID) + w.In("t.act", handsOn()) + ")")
}

// deskOf are the ways in which the actor is the desk of a problem.
func deskOf(a authz.Actor) []func(*db.Where) {
	ways := []func(*db.Where){func(w *db.Where) { org.Within(w, "path", a.Paths(Review)) }}
	for _, p := range a.Paths(Work) {
		ways = append(ways, func(w *db.Where) {
			org.Within(w, "path", []string{p})
			w.And("? not like '%/' || unit_id || '/_%'", p) // of a department alone nobody is the desk
		})
	}
	return ways
}

// waiting says who takes the review that comes next, where the actor has no part in it.
func (m moment) waiting() []i18n.Text {
	can := func(as ...flow.Action) bool { return slices.ContainsFunc(as, m.mayTake) }
	switch {
	case m.State == Applied && !can(doPass):
		return []i18n.Text{i18n.T("等待初审：由没有参与整改和申请的人员办理，本单位联络员或有复核权限的人员均可", "waits for the first review: by a coordinator of the unit or whoever may review, who had no hand in it")}
	case m.State != Reviewing || can(doClose):
		return nil
	case m.Listed():
		return []i18n.Text{i18n.T("等待%s摘牌，之后由另一位有复核权限的人员复核", "waits for %s to delist it; then somebody else who may review closes it").With(m.Authority)}
	}
	return []i18n.Text{i18n.T("等待复核：由另一位有复核权限的人员办理", "waits for the second review: by somebody else who may review")}
}

package casework

import "qingfeng/internal/kit/db"

// encodedAll returns rows as they are digested. To which case a row belongs is
// left out: it was found by that.
func encodedAll[T interface{ encoded() string }](rows []T) []string {
	all := make([]string, len(rows))
	for i, x := range rows {
		all[i] = x.encoded()
	}
	return all
}

func (f fileRow) encoded() string {
	return db.Canonical(f.ID, f.Number, f.Title, f.Category, f.Item, f.Class, f.Channel, f.Mode, f.Urgency, f.Route, f.State,
		f.Region, f.Path, f.Institution, f.Department, f.Place, f.LeadUnit, f.LeadPath, f.Outcome, f.Cause, f.Reply, f.MergedInto, f.RepeatOf, f.Policy,
		f.ReceivedAt, f.AcceptedAt, f.DueAt, f.ContactedAt, f.FinishedAt, f.AskedAt, f.ClosedAt, f.PausedAt, f.IdentityGoneAt, f.WordsGoneAt,
		f.Returns, f.Reworks, f.Supervision, f.Hard, f.Sealed)
}

func (x Assignment) encoded() string {
	return db.Canonical(x.ID, x.UnitID, x.UnitPath, x.Part, x.Handler, x.HandlerUnit, x.HandlerPath, x.DispatchedBy, x.SignedBy, x.EndedBy, x.Opinion,
		x.DispatchedAt, x.SignedAt, x.FinishedAt, x.EndedAt, x.Designated)
}

func (q Request) encoded() string {
	return db.Canonical(q.ID, q.Kind, q.AskedBy, q.UnitID, q.Reason, asJSON(q.Detail), q.State, q.DecidedBy, q.Decision, q.AskedAt, q.DecidedAt, q.EndedAt)
}

func (v Supervision) encoded() string {
	return db.Canonical(v.ID, v.Demand, v.OrderedBy, v.UnitID, v.Answer, v.AnsweredBy, v.ClosedBy, v.Closing,
		v.DueAt, v.OrderedAt, v.AnsweredAt, v.ClosedAt, v.Level)
}

func (b bar) encoded() string { return db.Canonical(b.Node, b.Reason, b.AddedBy, b.AddedAt) }

// encoded leaves out level and next_at: how far those responsible were alarmed
// moves by the minute without a step, and says nothing of what anybody did.
func (k Clock) encoded() string {
	return db.Canonical(k.Kind, k.UnitID, k.TimeLimit.String(), k.StartedAt, k.DueAt, k.PausedAt, k.MetAt, k.Round, k.PausedMS, k.Extended, k.Provisional)
}

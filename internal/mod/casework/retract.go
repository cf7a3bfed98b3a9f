package casework

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// disownWithin is how long a reporter may say that a withdrawal which the office
// recorded was not theirs (《信访工作条例》: 30 days to ask for a review).
var disownWithin = config.Define("casework.disown_within", calendar.Limit{N: 30, Unit: calendar.Days},
	i18n.T("工作人员登记撤诉后，诉求人提出异议的期限", "How long a reporter may object to a withdrawal that the office recorded"), i18n.Text{})

// RetractInput records that a reporter withdrew, and how that was said.
type RetractInput struct {
	ID   string `path:"id"`
	Body struct {
		Method string `json:"method" enum:"phone,visit,letter,message" doc:"How the reporter said so."`
		Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"What the reporter said."`
	}
}

// Retract ends a case because its reporter said so to a person of the office, and
// not on the receipt page. The reporter reads there who recorded it and may
// object within the term, which opens it again at once.
func (s *Service) Retract(ctx context.Context, in RetractInput) (Case, error) {
	return s.onCase(ctx, in.ID, "Retract", func(tx *db.Tx, c Case) (Case, error) {
		as, err := assignments(tx.Reader, c.ID)
		if err != nil {
			return c, err
		}
		es, err := events(tx.Reader, c.ID)
		if err != nil {
			return c, err
		}
		if _, err := allowed(ctx, c, as, doWithdraw); err != nil {
			return c, err
		}
		if err := mayRetract(authz.From(ctx), c, as, es); err != nil {
			return c, err
		}
		if err := needReason(in.Body.Reason); err != nil {
			return c, err
		}
		at := s.Now()
		term, _, err := config.At(ctx, s.Settings, disownWithin, c.Path, at)
		if err != nil {
			return c, err
		}
		until := s.calendar(ctx, at).Due(at, term).At.UTC().Format(time.RFC3339Nano)
		return s.withdrawn(ctx, tx, c, Event{At: at, Reason: in.Body.Reason, Detail: map[string]any{"method": in.Body.Method, "until": until}})
	})
}

// withdrawn ends a case for its reporter. Where others reported the same matter
// it goes on for them as it stands, with its unit and its clocks.
func (s *Service) withdrawn(ctx context.Context, tx *db.Tx, c Case, ev Event) (Case, error) {
	others, err := joinedTo(tx.Reader, c.ID)
	if err != nil {
		return c, err
	}
	if len(others) == 0 {
		c.Outcome = demand.WithdrawnByOwn
		return s.step(ctx, tx, c, doWithdraw, ev)
	}
	ev.Action = string(doLeave)
	return c, s.happened(ctx, tx, c, ev)
}

// joinedTo returns the cases that go on under another one, the first that came
// in first.
func joinedTo(r db.Reader, id string) ([]string, error) {
	return db.Values[string](r, `select id from case_file where merged_into <> '' and merged_into = $1 order by received_at, id`, id)
}

// left reports whether the reporter of a case withdrew from it and others did
// not.
func left(es []Event) bool {
	e, gone := departure(es)
	return gone && e.Action == string(doLeave)
}

// speaker returns the case whose reporter is asked about a matter: its own, or
// where that one withdrew the first of those that joined it.
func speaker(r db.Reader, id string) (string, error) {
	es, err := events(r, id)
	if err != nil || !left(es) {
		return id, err
	}
	others, err := joinedTo(r, id)
	if err != nil || len(others) == 0 {
		return id, err
	}
	return others[0], nil
}

// departure returns the event by which the reporter of a case withdrew; false
// where that was undone since.
func departure(es []Event) (Event, bool) {
	for _, e := range slices.Backward(es) {
		switch {
		case e.Action == string(doWithdraw) || e.Action == string(doLeave):
			return e, true
		case e.Action == string(doRejoin) || e.FromState == Withdrawn:
			return Event{}, false
		}
	}
	return Event{}, false
}

// mayRetract refuses to end in the reporter's name a clue, the report of somebody
// whom nobody can ask, and a case by whoever worked on it.
func mayRetract(a authz.Actor, c Case, as []Assignment, es []Event) error {
	own := i18n.T("请诉求人在回执页本人撤回", "the reporter withdraws on the receipt page")
	switch {
	case left(es):
		return fault.New(fault.Conflict, i18n.T("诉求人已经撤回，本件为其他诉求人继续办理", "its reporter has withdrawn; it goes on for the others who reported it"))
	case c.Route == Integrity:
		return fault.New(fault.Conflict, i18n.T("廉洁线索不能由工作人员代为撤回", "nobody withdraws an integrity clue for its reporter")).WithFix(own)
	case c.Mode == demand.Anonymous:
		return fault.New(fault.Conflict, i18n.T("诉求人匿名，不能由工作人员代为撤回", "the reporter is anonymous; nobody withdraws for them")).WithFix(own)
	case worked(a, as, es) || slices.ContainsFunc(as, func(x Assignment) bool { return x.SignedBy == a.ID }):
		return fault.New(fault.Forbidden, i18n.T("办理人不能为诉求人登记撤诉", "who handled a case does not withdraw it for its reporter")).
			WithFix(i18n.T("请由另一位工作人员向诉求人核实后登记", "somebody else asks the reporter and records it"))
	}
	return nil
}

// retraction returns the event by which the office recorded that the reporter
// withdrew; false where nobody withdrew, or the reporter in person.
func retraction(es []Event) (Event, bool) {
	e, gone := departure(es)
	return e, gone && e.Actor != "reporter"
}

// mayTakeUp refuses to take up again what its reporter withdrew in person.
func mayTakeUp(c Case, es []Event) error {
	if _, recorded := retraction(es); c.State == Withdrawn && !recorded {
		return fault.New(fault.Conflict, i18n.T("诉求人本人已撤回，不能重新打开", "the reporter withdrew it in person; it stays closed"))
	}
	return nil
}

// mayDisown reports whether the reporter can still say that a withdrawal was not
// theirs.
func mayDisown(es []Event, now time.Time) bool {
	e, recorded := retraction(es)
	until, err := time.Parse(time.RFC3339Nano, detailText(e.Detail, "until"))
	return recorded && err == nil && now.Before(until)
}

// disown opens a case again of which its reporter says that the withdrawal was
// not theirs: nobody decides on that, least of all who recorded it.
func (s *Service) disown(ctx context.Context, tx *db.Tx, id, reason string) error {
	c, err := CaseByID(tx.Reader, id)
	if err != nil {
		return err
	}
	if c.State != Withdrawn { // the others went on
		ev := Event{At: s.Now(), Actor: "reporter", Action: string(doRejoin), Reason: reason, Public: reason}
		return s.happened(authz.With(ctx, authz.System()), tx, c, ev)
	}
	if c, err = s.reopen(ctx, tx, c, Request{DecidedBy: "reporter", DecidedAt: s.Now(), Decision: reason}); err != nil {
		return err
	}
	return s.tellHolders(ctx, tx, c, regionPath(c.Path, c.Institution), "case.disowned",
		i18n.T("诉求 %s 的诉求人否认撤回，已重新打开，请派单", "Case %s: the reporter denies having withdrawn; it is open again and waits to be dispatched").With(c.Number),
		roleFor(c, RoleSupervisor, RoleDispatcher)...)
}

// retractedBy says to the reporter who recorded the withdrawal, how it had been
// said, and until when they may object.
func retractedBy(r db.Reader, e Event) (i18n.Text, error) {
	us, err := org.UnitsByID(r, []string{e.UnitID})
	if err != nil {
		return i18n.Text{}, err
	}
	how := demand.NameOf(methodNames(), detailText(e.Detail, "method"))
	return i18n.T("%s的工作人员登记：您表示撤回（%s）。如果您没有撤回，请在期限内提出异议，本件将立即重新办理",
		"A member of staff of %s recorded that you withdrew it (%s). If you did not, object within the term and it goes on at once").With(us[e.UnitID].Name, how), nil
}

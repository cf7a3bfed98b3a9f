package sanction

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"

	"qingfeng/internal/org"
)

// File opens a penalty (立案).
func (s *Service) File(ctx context.Context, in org.Posted[Filing]) (Penalty, error) {
	return s.open(ctx, in.Body, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		if p.State, err = s.step(ctx, tx, penalties(), p.record(), "file", ""); err != nil {
			return p, err
		}
		return p, s.start(ctx, tx, p.timed(), ClockDecide, decideLimit, p.FiledOn)
	})
}

// OnSpot is a small penalty that is decided where it is found.
type OnSpot struct {
	Filing
	DecisionNo string       `json:"decision_no" minLength:"1" maxLength:"100"`
	Measures   []NewMeasure `json:"measures" minItems:"1" maxItems:"20"`
}

// PunishOnSpot decides on the spot: a warning, or a fine below the limit.
func (s *Service) PunishOnSpot(ctx context.Context, in org.Posted[OnSpot]) (Penalty, error) {
	return s.open(ctx, in.Body.Filing, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		if err := checkMeasures(in.Body.Measures, p.SubjectKind); err != nil {
			return p, err
		}
		if err := s.allowedOnSpot(ctx, p, in.Body.Measures); err != nil {
			return p, err
		}
		p.Spot, p.DecidedOn, p.DecisionNo = true, p.FiledOn, strings.TrimSpace(in.Body.DecisionNo)
		if p.State, err = s.step(ctx, tx, penalties(), p.record(), "punish-on-spot", ""); err != nil {
			return p, err
		}
		return p, s.impose(ctx, tx, p, in.Body.Measures)
	})
}

// open opens a penalty and has f take its first step.
func (s *Service) open(ctx context.Context, in Filing, f func(*db.Tx, Penalty) (Penalty, error)) (p Penalty, err error) {
	defer fault.Wrap(&err, "sanction.open")
	if err := in.check(); err != nil {
		return p, err
	}
	number, err := s.nextNumber(ctx, "CF", in.Subject, in.CampaignID)
	if err != nil {
		return p, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		x, err := s.subjectOf(ctx, tx, in.Subject)
		if err != nil {
			return err
		}
		if p, err = s.opened(ctx, in, x.penalty(authz.From(ctx).ID)); err != nil {
			return err
		}
		p.Number = number
		if err := save(tx, penaltyTable, p.ID, p); err != nil {
			return err
		}
		if p, err = f(tx, p); err != nil {
			return err
		}
		return fault.First(func() error { return save(tx, penaltyTable, p.ID, p) },
			func() error { return s.Audit.Append(ctx, tx, "sanction.file", p.ID, "") },
			func() error { return s.regrade(ctx, tx, p.SubjectID) })
	})
	return p, err
}

// impose writes the measures of a decision and starts what follows it.
func (s *Service) impose(ctx context.Context, tx *db.Tx, p Penalty, ms []NewMeasure) error {
	penal := false
	for _, m := range p.rows(ms) {
		penal = penal || m.Penal
		if err := save(tx, measureTable, m.ID, m); err != nil {
			return err
		}
	}
	if err := s.start(ctx, tx, p.timed(), ClockServe, serveLimit, p.DecidedOn); err != nil || !penal {
		return err
	}
	return s.start(ctx, tx, p.timed(), ClockPublish, publishLimit, p.DecidedOn)
}

// onPenalty has f change a penalty that the actor manages, and stores it.
func (s *Service) onPenalty(ctx context.Context, id string, f func(*db.Tx, Penalty) (Penalty, error)) (p Penalty, err error) {
	defer fault.Wrap(&err, "sanction.onPenalty(%s)", id)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if p, err = s.penalty(ctx, tx.Reader, id); err != nil {
			return err
		}
		if err := authz.Need(ctx, Manage, p.Path); err != nil {
			return err
		}
		if p, err = f(tx, p); err != nil {
			return err
		}
		return fault.First(func() error { return save(tx, penaltyTable, p.ID, p) }, func() error { return s.regrade(ctx, tx, p.SubjectID) })
	})
	return p, err
}

// penalty returns a penalty that the actor may see. Fault: NotFound.
func (s *Service) penalty(ctx context.Context, r db.Reader, id string) (Penalty, error) {
	return readable[Penalty](ctx, r, penaltyTable, penaltyWord, id)
}

// move takes a step of a penalty.
func (s *Service) move(ctx context.Context, tx *db.Tx, p Penalty, a flow.Action, reason string, holds ...flow.Guard) (_ Penalty, err error) {
	p.State, err = s.step(ctx, tx, penalties(), p.record(), a, strings.TrimSpace(reason), holds...)
	return p, err
}

// holding names a guard if it holds.
func holding(holds bool, g flow.Guard) []flow.Guard {
	if holds {
		return []flow.Guard{g}
	}
	return nil
}

// Dated is the day of a step.
type Dated struct {
	On string `json:"on,omitempty" maxLength:"10" doc:"Day; empty is today."`
}

// Noted is the day of a step, and what is to be said about it.
type Noted struct {
	Dated
	Note string `json:"note,omitempty" maxLength:"1000"`
}

// Reasoned is the day of a step, and why it is taken.
type Reasoned struct {
	Dated
	Reason string `json:"reason" minLength:"1" maxLength:"1000"`
}

func needReason(reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.Field("reason", i18n.T("请写明理由", "please give a reason"))
	}
	return nil
}

// GiveNotice records that the party was told facts, grounds and rights (告知).
func (s *Service) GiveNotice(ctx context.Context, in org.PostedTo[Noted]) (Penalty, error) {
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		if p.NoticeOn, err = s.dayIn("on", in.Body.On, p.FiledOn); err != nil {
			return p, err
		}
		if p, err = s.move(ctx, tx, p, "notify", in.Body.Note); err != nil {
			return p, err
		}
		return p, s.start(ctx, tx, p.timed(), ClockHearing, hearingLimit, p.NoticeOn)
	})
}

// Decision is what is decided.
type Decision struct {
	Dated
	DecisionNo string       `json:"decision_no" minLength:"1" maxLength:"100"`
	Measures   []NewMeasure `json:"measures" minItems:"1" maxItems:"20"`
	Waived     bool         `json:"waived,omitempty" doc:"The party waived the hearing in writing."`
	LateReason string       `json:"late_reason,omitempty" maxLength:"1000" doc:"Why it is decided after the limit; needed then."`
}

// Decide decides a penalty.
func (s *Service) Decide(ctx context.Context, in org.PostedTo[Decision]) (Penalty, error) {
	b := in.Body
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		on, ends, err := s.hearingTime(tx.Reader, p, b.On)
		if err != nil {
			return p, err
		}
		over := !on.Before(ends)
		if p.State == Noticed && !over && !b.Waived {
			return p, tooEarly(ends)
		}
		if !p.HearingOn.IsZero() && on.Before(p.HearingOn) {
			return p, fault.Field("on", i18n.T("决定不能早于听证", "it cannot be decided before the hearing"))
		}
		p.DecidedOn, p.DecisionNo, p.Waived, p.LateReason = on, strings.TrimSpace(b.DecisionNo), b.Waived, strings.TrimSpace(b.LateReason)
		if p, err = s.move(ctx, tx, p, "decide", p.LateReason, holding(over || b.Waived, hearingOver)...); err != nil {
			return p, err
		}
		if err := fault.First(func() error { return decidedInTime(tx.Reader, p) }, func() error { return checkMeasures(b.Measures, p.SubjectKind) },
			func() error { return meet(tx, p.ID, on, ClockDecide, ClockHearing) }); err != nil {
			return p, err
		}
		return p, s.impose(ctx, tx, p, b.Measures)
	})
}

// decidedInTime asks why, where the limit of a decision has passed.
func decidedInTime(r db.Reader, p Penalty) error {
	ks, err := clocksOf(r, p.ID)
	if due := dueOf(ks, ClockDecide); err == nil && !p.DecidedOn.Before(due) && p.LateReason == "" {
		return fault.Field("late_reason", i18n.T("已超过立案后作出决定的期限（%s），请写明原因", "the limit for the decision passed on %s; please say why"), clock.Day(due.Add(-1)).Format(time.DateOnly))
	}
	return err
}

// Serve records that the decision was served.
func (s *Service) Serve(ctx context.Context, in org.PostedTo[Noted]) (Penalty, error) {
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		if p.ServedOn, err = s.dayIn("on", in.Body.On, p.DecidedOn); err != nil {
			return p, err
		}
		if p, err = s.move(ctx, tx, p, "serve", in.Body.Note); err != nil {
			return p, err
		}
		ms, err := measuresOf(tx.Reader, p.ID)
		if err == nil {
			err = meet(tx, p.ID, p.ServedOn, ClockServe)
		}
		if err != nil || fineOf(ms) <= p.PaidFen {
			return p, err
		}
		return p, s.start(ctx, tx, p.timed(), ClockPay, payLimit, p.ServedOn)
	})
}

// Payment is what was paid.
type Payment struct {
	Dated
	FineFen int64  `json:"fine_fen" minimum:"1" maximum:"100000000000" doc:"Of the fine, in 分."`
	LateFen int64  `json:"late_fen,omitempty" minimum:"0" maximum:"100000000000" doc:"Of what is added for being late, in 分."`
	Reason  string `json:"reason,omitempty" maxLength:"1000" doc:"Why less than the late fee was paid, such as a reduction that was granted."`
}

// Pay records that the fine was paid. What is added for being late is reckoned
// here and compared with what was paid.
func (s *Service) Pay(ctx context.Context, in org.PostedTo[Payment]) (Penalty, error) {
	b := in.Body
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		if p.PaidOn, err = s.dayIn("on", b.On, p.ServedOn); err != nil {
			return p, err
		}
		owed, late, err := s.owed(ctx, tx.Reader, p, p.PaidOn)
		if err != nil {
			return p, err
		}
		if p, err = s.move(ctx, tx, p, "pay", b.Reason, paid(owed)); err != nil {
			return p, err
		}
		var bad fault.Fields
		bad.Refuse(b.FineFen != owed, "fine_fen", i18n.T("应缴罚款 %[1]s，填的是 %[2]s，请核对单位", "the fine is %[1]s; %[2]s was typed: please compare the unit"), Money(owed), Money(b.FineFen))
		bad.Refuse(b.LateFen > late, "late_fen", i18n.T("加处罚款应为 %s", "the late fee is %s"), Money(late))
		bad.Refuse(b.LateFen < late && strings.TrimSpace(b.Reason) == "", "late_fen", i18n.T("逾期应加处罚款 %s；减免请写明原因", "it is late, and %s are added; say why if less was paid"), Money(late))
		if err := bad.Err(); err != nil {
			return p, err
		}
		p.PaidFen, p.LateFen, p.LatePaidFen = p.PaidFen+owed, p.LateFen+late, p.LatePaidFen+b.LateFen
		return p, meet(tx, p.ID, p.PaidOn, ClockPay)
	})
}

// owed is what of the fine is unpaid, and what is added to it on a day.
func (s *Service) owed(ctx context.Context, r db.Reader, p Penalty, on time.Time) (fine, late int64, err error) {
	ms, err := measuresOf(r, p.ID)
	if err != nil {
		return 0, 0, err
	}
	ks, err := clocksOf(r, p.ID)
	if fine = max(0, fineOf(ms)-p.PaidFen); err != nil || fine == 0 || p.ServedOn.IsZero() {
		return fine, 0, err
	}
	late, err = s.lateOf(ctx, p, fine, dueOf(ks, ClockPay), on)
	return fine, late, err
}

// paid is what holds of a fine of which so much is owed.
func paid(owedFen int64) flow.Guard {
	if owedFen > 0 {
		return owing
	}
	return allPaid
}

// Execute records that all measures are carried out.
func (s *Service) Execute(ctx context.Context, in org.PostedTo[Noted]) (Penalty, error) {
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		if p.ExecutedOn, err = s.dayIn("on", in.Body.On, p.ServedOn); err != nil {
			return p, err
		}
		owed, _, err := s.owed(ctx, tx.Reader, p, p.ExecutedOn)
		if err != nil {
			return p, err
		}
		return s.move(ctx, tx, p, "execute", in.Body.Note, paid(owed))
	})
}

// Close closes a penalty (结案).
func (s *Service) Close(ctx context.Context, in org.PostedTo[Noted]) (Penalty, error) {
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		if p.ClosedOn, err = s.dayIn("on", in.Body.On, p.ExecutedOn); err != nil {
			return p, err
		}
		return s.move(ctx, tx, p, "close", in.Body.Note)
	})
}

// Drop ends a case in which nobody is punished (不予处罚).
func (s *Service) Drop(ctx context.Context, in org.PostedTo[Reasoned]) (Penalty, error) {
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		if err := needReason(in.Body.Reason); err != nil {
			return p, err
		}
		if p.ClosedOn, err = s.dayIn("on", in.Body.On, latest(p.FiledOn, p.NoticeOn, p.HearingOn)); err != nil {
			return p, err
		}
		if p, err = s.move(ctx, tx, p, "drop", in.Body.Reason); err != nil {
			return p, err
		}
		return p, meet(tx, p.ID, p.ClosedOn)
	})
}

func latest(days ...time.Time) (last time.Time) {
	for _, d := range days {
		if d.After(last) {
			last = d
		}
	}
	return last
}

// Change is another decision in place of one that was made.
type Change struct {
	Reasoned
	DecisionNo string       `json:"decision_no" minLength:"1" maxLength:"100"`
	Measures   []NewMeasure `json:"measures" minItems:"1" maxItems:"20"`
}

// Alter changes a decision, such as after a review: the old measures are revoked,
// the new decision is served anew, and what is public of the old one is to be
// withdrawn.
func (s *Service) Alter(ctx context.Context, in org.PostedTo[Change]) (Penalty, error) {
	b := in.Body
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		if p, err = s.undo(ctx, tx, p, "change", b.Reasoned); err != nil {
			return p, err
		}
		if err := checkMeasures(b.Measures, p.SubjectKind); err != nil {
			return p, err
		}
		p.DecisionNo, p.ServedOn, p.ExecutedOn, p.ClosedOn, p.Unpublished = strings.TrimSpace(b.DecisionNo), time.Time{}, time.Time{}, time.Time{}, ""
		return p, s.impose(ctx, tx, p, b.Measures)
	})
}

// Annul takes a decision away for good.
func (s *Service) Annul(ctx context.Context, in org.PostedTo[Reasoned]) (Penalty, error) {
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		decided := p.DecidedOn
		if p, err = s.undo(ctx, tx, p, "annul", in.Body); err != nil {
			return p, err
		}
		p.AnnulledOn, p.DecidedOn = p.DecidedOn, decided
		return p, nil
	})
}

// undo revokes the measures of a decision on a day, which becomes that of the
// next one, and stops its limits.
func (s *Service) undo(ctx context.Context, tx *db.Tx, p Penalty, a flow.Action, in Reasoned) (_ Penalty, err error) {
	if err := needReason(in.Reason); err != nil {
		return p, err
	}
	on, err := s.dayIn("on", in.On, latest(p.DecidedOn, p.ServedOn))
	if err != nil {
		return p, err
	}
	if p, err = s.move(ctx, tx, p, a, in.Reason); err != nil {
		return p, err
	}
	ms, err := measuresOf(tx.Reader, p.ID)
	for i := 0; err == nil && i < len(ms); i++ {
		if m := ms[i]; m.RevokedOn.IsZero() {
			m.RevokedOn = on
			err = save(tx, measureTable, m.ID, m)
		}
	}
	p.DecidedOn = on
	return p, fault.First(func() error { return err }, func() error { return meet(tx, p.ID, on) }, func() error { return s.mustWithdraw(ctx, tx, p.ID, on) })
}

// KeepPrivate says why a decision is not made public, which ends the limit for it.
func (s *Service) KeepPrivate(ctx context.Context, in org.PostedTo[Reasoned]) (Penalty, error) {
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		if err := needReason(in.Body.Reason); err != nil {
			return p, err
		}
		on, err := s.dayIn("on", in.Body.On, p.DecidedOn)
		if err != nil {
			return p, err
		}
		if p, err = s.move(ctx, tx, p, "keep-private", in.Body.Reason); err != nil {
			return p, err
		}
		p.Unpublished = strings.TrimSpace(in.Body.Reason)
		return p, meet(tx, p.ID, on, ClockPublish)
	})
}

// Held is somebody who was held responsible.
type Held struct {
	ID        string    `json:"id"`
	PenaltyID string    `json:"-"`
	Layer     Layer     `json:"layer"`
	Name      string    `json:"name"`
	Post      string    `json:"post"`
	Measure   Rung      `json:"measure"`
	Reason    string    `json:"reason"`
	HeldOn    time.Time `json:"held_on"`
}

// NewHeld is somebody to be held responsible.
type NewHeld struct {
	Dated
	Layer   Layer  `json:"layer" enum:"party,office,deputy,head"`
	Name    string `json:"name" minLength:"1" maxLength:"100"`
	Post    string `json:"post,omitempty" maxLength:"100"`
	Measure Rung   `json:"measure" enum:"criticism,ethics,honours,post,suspend,revoke,justice"`
	Reason  string `json:"reason,omitempty" maxLength:"1000"`
}

// HoldResponsible adds a link to the chain of responsibility of a penalty.
func (s *Service) HoldResponsible(ctx context.Context, in org.PostedTo[NewHeld]) (Penalty, error) {
	b := in.Body
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		h := Held{ID: db.NewID(), PenaltyID: p.ID, Layer: b.Layer, Name: strings.TrimSpace(b.Name), Post: strings.TrimSpace(b.Post), Measure: b.Measure, Reason: strings.TrimSpace(b.Reason)}
		var bad fault.Fields
		bad.Refuse(h.Name == "", "name", i18n.T("请填写姓名", "please give the name"))
		bad.Refuse(!listed(Layers(), h.Layer), "layer", i18n.T("请选择责任层级", "please choose the layer"))
		bad.Refuse(!listed(Rungs(), h.Measure), "measure", i18n.T("请选择处理措施", "please choose the measure"))
		if err := bad.Err(); err != nil {
			return p, err
		}
		if h.HeldOn, err = s.dayIn("on", b.On, p.FiledOn); err != nil {
			return p, err
		}
		if p, err = s.move(ctx, tx, p, "hold", h.Reason); err != nil {
			return p, err
		}
		return p, save(tx, heldTable, h.ID, h)
	})
}

package sanction

import (
	"context"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// AskHearing records that the party asks for a hearing, in time.
func (s *Service) AskHearing(ctx context.Context, in org.PostedTo[Noted]) (Penalty, error) {
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (Penalty, error) {
		on, ends, err := s.hearingTime(tx.Reader, p, in.Body.On)
		if err != nil {
			return p, err
		}
		if p, err = s.move(ctx, tx, p, "ask-hearing", in.Body.Note, holding(on.Before(ends), hearingOpen)...); err != nil {
			return p, err
		}
		return p, meet(tx, p.ID, on, ClockHearing)
	})
}

// hearingTime reads the day of a step and says when the time to ask for a hearing
// ends.
func (s *Service) hearingTime(r db.Reader, p Penalty, text string) (on, ends time.Time, err error) {
	if on, err = s.dayIn("on", text, p.NoticeOn); err != nil {
		return on, ends, err
	}
	ks, err := clocksOf(r, p.ID)
	return on, dueOf(ks, ClockHearing), err
}

// tooEarly names the day from which a decision may be made: more than a guard can tell.
func tooEarly(ends time.Time) error {
	return fault.New(fault.Conflict, i18n.T("当事人还可以申请听证，%s 起才能作出决定，或在当事人书面放弃听证之后", "the party may still ask for a hearing; it can be decided from %s on, or once the party has waived it in writing"), clock.Day(ends).Format(time.DateOnly)).
		WithFix(i18n.T("请到那天再作出决定；已书面放弃的，请勾选“当事人书面放弃听证”", "decide on that day, or tick that the party waived the hearing in writing"))
}

// Hear records the hearing.
func (s *Service) Hear(ctx context.Context, in org.PostedTo[Noted]) (Penalty, error) {
	return s.onPenalty(ctx, in.ID, func(tx *db.Tx, p Penalty) (_ Penalty, err error) {
		if p.HearingOn, err = s.dayIn("on", in.Body.On, p.NoticeOn); err != nil {
			return p, err
		}
		return s.move(ctx, tx, p, "hear", in.Body.Note)
	})
}

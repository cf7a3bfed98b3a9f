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
	"qingfeng/internal/kit/trail"
)

// Past is a penalty that was decided, paid and closed before the program knew of it,
// or an invented one.
type Past struct {
	Filing
	DecisionNo string
	Measures   []NewMeasure
	// When each step was taken; none before the one above it.
	NoticeOn, DecidedOn, ServedOn, PaidOn, ClosedOn time.Time
}

// WritePast writes whole penalties as if each step had been taken on its day; they are
// numbered as of now. Their limits were kept before the program knew of them: none runs
// here. Faults: those of File and Decide, and Invalid where the days are not in order.
func (s *Service) WritePast(ctx context.Context, pasts []Past) (err error) {
	defer fault.Wrap(&err, "sanction.WritePast(%d)", len(pasts))
	numbers := make([]string, len(pasts))
	for i, p := range pasts {
		if err := fault.First(p.check, p.inOrder, func() error { return checkMeasures(p.Measures, p.Subject.Kind) }); err != nil {
			return err
		}
		if numbers[i], err = s.nextNumber(ctx, "CF", p.Subject, p.CampaignID); err != nil {
			return err
		}
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		var steps []trail.Past
		subjects := map[string]bool{}
		for i, p := range pasts {
			made, err := s.writePast(ctx, tx, p, numbers[i])
			if err != nil {
				return err
			}
			subjects[made.SubjectID] = true
			life, err := p.live(ctx, made)
			if err != nil {
				return err
			}
			steps = append(steps, life...)
		}
		for id := range subjects {
			if err := s.regrade(ctx, tx, id); err != nil {
				return err
			}
		}
		return s.Trail.AddPast(tx, kindPenalty, steps...)
	})
}

// inOrder refuses steps that are not.
func (p Past) inOrder() error {
	filed, err := clock.ParseDay("on", p.On)
	days := []time.Time{filed, p.NoticeOn, p.DecidedOn, p.ServedOn, p.PaidOn, p.ClosedOn}
	for i, day := range days {
		if err == nil && (day.IsZero() || i > 0 && day.Before(days[i-1])) {
			err = fault.Field("on", i18n.T("各步骤的日期不全或先后颠倒", "the days of the steps are not whole, or not in order"))
		}
	}
	return err
}

// writePast writes one penalty with what it imposed.
func (s *Service) writePast(ctx context.Context, tx *db.Tx, past Past, number string) (p Penalty, err error) {
	x, err := s.subjectOf(ctx, tx, past.Subject)
	if err != nil {
		return p, err
	}
	if p, err = s.opened(ctx, past.Filing, x.penalty(authz.From(ctx).ID)); err != nil {
		return p, err
	}
	p.Number, p.State, p.NoticeOn, p.DecidedOn, p.DecisionNo, p.ServedOn = number, Closed, past.NoticeOn, past.DecidedOn, strings.TrimSpace(past.DecisionNo), past.ServedOn
	p.Waived, p.ExecutedOn, p.ClosedOn = true, past.PaidOn, past.ClosedOn
	ms := p.rows(past.Measures)
	if p.PaidFen = fineOf(ms); p.PaidFen > 0 {
		p.PaidOn = past.PaidOn
	}
	if err := save(tx, penaltyTable, p.ID, p); err != nil {
		return p, err
	}
	for _, m := range ms {
		if err := save(tx, measureTable, m.ID, m); err != nil {
			return p, err
		}
	}
	return p, nil
}

// live takes the steps of a penalty.
func (p Past) live(ctx context.Context, made Penalty) (steps []trail.Past, err error) {
	at := State("")
	for _, x := range []struct {
		act flow.Action
		on  time.Time
	}{{"file", made.FiledOn}, {"notify", p.NoticeOn}, {"decide", p.DecidedOn}, {"serve", p.ServedOn}, {"pay", made.PaidOn}, {"execute", p.PaidOn}, {"close", p.ClosedOn}} {
		if x.on.IsZero() {
			continue // nothing was to be paid
		}
		was := at
		if at, err = penalties().Move(was, x.act, may(ctx, made.Path), hearingOver, owing, allPaid); err != nil {
			return nil, err
		}
		steps = append(steps, trail.Past{Record: made.ID, At: x.on, Actor: made.CreatedBy, Step: trail.Step{Act: string(x.act), Was: string(was), Became: string(at)}})
	}
	return steps, nil
}

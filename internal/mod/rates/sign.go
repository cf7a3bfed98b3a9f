package rates

import (
	"context"
	"errors"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// RecomputeInput names a window to be counted.
type RecomputeInput struct {
	Body struct {
		Kind   Kind   `json:"kind" enum:"month,period,day,custom"`
		Start  string `json:"start" maxLength:"10" doc:"A day of the window, YYYY-MM-DD; the first one of a custom window."`
		End    string `json:"end,omitempty" maxLength:"10" doc:"Last day of a custom window."`
		Parent string `json:"parent,omitempty" maxLength:"40" doc:"Region; none is the actor's own."`
	}
}

// longestCustom is how many days a custom window may span.
const longestCustom = 732

// Recompute has a window counted in the background and returns it. A custom
// window is made that way.
func (s *Service) Recompute(ctx context.Context, in RecomputeInput) (out NamedWindow, err error) {
	defer fault.Wrap(&err, "rates.Recompute")
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		p, err := spotOf(ctx, tx.Reader, in.Body.Parent)
		if err != nil {
			return err
		}
		if err := authz.Need(ctx, Manage, p.scope); err != nil {
			return err
		}
		w, err := s.wanted(ctx, p.scope, in)
		if err != nil {
			return err
		}
		if err := errors.Join(addScope(tx, w.Scope), setStale(tx, w)); err != nil {
			return err
		}
		if w, _, err = windowByID(tx.Reader, w.ID); err != nil {
			return err
		}
		out = NamedWindow{w, w.Label()}
		return errors.Join(s.Audit.Append(ctx, tx, "rates.recompute", w.ID, ""), s.Queue.Enqueue(tx, jobCount, countArgs{w.ID}))
	})
	return out, err
}

// wanted returns the window that is asked for.
func (s *Service) wanted(ctx context.Context, scope string, in RecomputeInput) (Window, error) {
	b := in.Body
	if b.Kind != Custom {
		return s.named(ctx, scope, Choice{Kind: b.Kind, Start: b.Start})
	}
	first, err := clock.ParseDay("start", b.Start)
	if err != nil {
		return Window{}, err
	}
	last, err := clock.ParseDay("end", b.End)
	if err != nil {
		return Window{}, err
	}
	var bad fault.Fields
	bad.Refuse(first.IsZero(), "start", i18n.T("请选择起始日期", "please choose the first day"))
	bad.Refuse(last.IsZero(), "end", i18n.T("请选择截止日期", "please choose the last day"))
	bad.Refuse(last.Before(first), "end", i18n.T("截止日期不能早于起始日期", "the last day cannot lie before the first"))
	bad.Refuse(first.AddDate(0, 0, longestCustom).Before(last), "end", i18n.T("时间跨度不能超过两年", "it cannot span more than two years"))
	return customWindow(scope, first, last), bad.Err()
}

// SignInput signs a window off.
type SignInput struct {
	ID   string `path:"id" maxLength:"80"`
	Body struct {
		Note string `json:"note,omitempty" maxLength:"1000"`
	}
}

// Sign freezes the results of a window that has ended: figures, rules and the
// extract from which they can be recomputed are those of one snapshot.
func (s *Service) Sign(ctx context.Context, in SignInput) (out NamedWindow, err error) {
	defer fault.Wrap(&err, "rates.Sign(%s)", in.ID)
	now := s.Now()
	for range tries {
		d, lines, err := s.readyToSign(ctx, in.ID)
		if err != nil {
			return out, err
		}
		d.window.SignedAt, d.window.SignedBy, d.window.SignedNote = exact(now), authz.From(ctx).ID, strings.TrimSpace(in.Body.Note)
		won := false
		err = s.DB.InTx(ctx, func(tx *db.Tx) error {
			if won, err = d.freeze(tx, lines); err != nil || !won {
				return err
			}
			return s.Audit.Append(ctx, tx, "rates.sign", in.ID, d.window.SignedNote)
		})
		if err != nil || won {
			d.window.Revision++
			return NamedWindow{d.window, d.window.Label()}, err
		}
	}
	return out, busy()
}

// readyToSign counts a window for the last time and writes its extract, or
// refuses.
func (s *Service) readyToSign(ctx context.Context, id string) (d draft, lines []string, err error) {
	now := s.Now()
	err = s.DB.Read(ctx, func(r db.Reader) error {
		w, err := s.window(ctx, r, id)
		if err != nil {
			return err
		}
		if err := authz.Need(ctx, SignOff, w.Scope); err != nil {
			return err
		}
		if err := mayBeSigned(w.at(now)); err != nil {
			return err
		}
		w = w.at(now)
		w.ComputedAt = exact(now)
		if w.Policy, err = s.policyAt(ctx, w.Scope, w.StartsAt); err != nil {
			return err
		}
		if d, err = s.draftOf(r, w); err != nil {
			return err
		}
		lines, err = extractLines(r, w)
		return err
	})
	return d, lines, err
}

func mayBeSigned(w Window) error {
	switch {
	case w.signed():
		return fault.New(fault.Conflict, i18n.T("%s已经签发", "%s is signed off already"), w.Label())
	case !w.Complete:
		return fault.New(fault.Conflict, i18n.T("%s尚未结束，不能签发", "%s has not ended and cannot be signed off"), w.Label()).
			WithFix(i18n.T("请在 %s 之后签发", "sign it off after %s"), w.EndsAt.In(clock.Shanghai).Format("2006-01-02 15:04"))
	}
	return nil
}

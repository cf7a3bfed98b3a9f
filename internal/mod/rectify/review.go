package rectify

import (
	"context"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
)

// Pass passes the first review (初审).
func (s *Service) Pass(ctx context.Context, in ProblemSaid) (Problem, error) {
	return s.turn(ctx, in.ID, doPass, in.Body.Reason, func(tx *db.Tx, p *Problem, _ map[string]any) error {
		p.PassedAt, p.PassedBy = s.instant(), authz.From(ctx).ID
		return s.tell(ctx, tx, *p, "passed", i18n.T("有问题通过初审，请复核", "a problem passed its first review and waits for the second"), nil, roleSupervisor, roleCampaign)
	})
}

// SendBack gives a problem back to be put right.
func (s *Service) SendBack(ctx context.Context, in ProblemSaid) (Problem, error) {
	return s.reasoned(ctx, in.ID, doSendBack, in.Body.Reason, func(tx *db.Tx, p *Problem, _ map[string]any) error {
		to := []string{p.AppliedBy, p.Responsible}
		p.forgetReview()
		return s.tell(ctx, tx, *p, "sent_back", i18n.T("销号申请被退回，请继续整改", "an application for closing was sent back"), to)
	})
}

// forgetReview takes back what was applied for and found.
func (p *Problem) forgetReview() {
	p.AppliedAt, p.AppliedBy, p.PassedAt, p.PassedBy = time.Time{}, "", time.Time{}, ""
}

// ProblemCloseInput closes a problem.
type ProblemCloseInput struct {
	ID   string `path:"id"`
	Body struct {
		How    string `json:"how" enum:"on_site,papers" doc:"On site (现场) or by the papers (资料)."`
		Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"What was found."`
	}
}

// Close closes a problem after the second review (复核), and sets the day on
// which somebody looks whether it has come back.
func (s *Service) Close(ctx context.Context, in ProblemCloseInput) (Problem, error) {
	return s.reasoned(ctx, in.ID, doClose, in.Body.Reason, func(tx *db.Tx, p *Problem, detail map[string]any) error {
		days, err := inForce(ctx, s, lookAfter, p.Path)
		if err != nil {
			return err
		}
		now := s.instant()
		p.ClosedAt, p.ClosedBy, p.ClosedHow, p.LookDue = now, authz.From(ctx).ID, in.Body.How, clock.End(now.AddDate(0, 0, days))
		detail["how"] = in.Body.How
		return s.tell(ctx, tx, *p, "closed", i18n.T("问题已销号", "a problem was closed"), []string{p.AppliedBy, p.Responsible})
	})
}

// ProblemLookInput is what a look back found.
type ProblemLookInput struct {
	ID   string `path:"id"`
	Body struct {
		Held   bool   `json:"held" doc:"It has not come back."`
		Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"What was found."`
		DueOn  string `json:"due_on,omitempty" doc:"Where it has come back: the day by which it is to be put right."`
	}
}

// LookBack says whether a closed problem has come back (回头看). One that has is
// put right anew, with new evidence.
func (s *Service) LookBack(ctx context.Context, in ProblemLookInput) (Problem, error) {
	if in.Body.Held {
		return s.reasoned(ctx, in.ID, doHold, in.Body.Reason, func(_ *db.Tx, p *Problem, _ map[string]any) error {
			p.LookedAt, p.LookedBy = s.instant(), authz.From(ctx).ID
			return nil
		})
	}
	due, err := clock.ParseDay("due_on", in.Body.DueOn)
	if err != nil {
		return Problem{}, err
	}
	return s.reasoned(ctx, in.ID, doRebound, in.Body.Reason, func(tx *db.Tx, p *Problem, detail map[string]any) error {
		if err := s.reopen(p, due); err != nil {
			return err
		}
		p.lapse(detail)
		detail["rebounds"], detail["due"] = p.Rebounds, in.Body.DueOn
		return s.tell(ctx, tx, *p, "rebound", i18n.T("回头看发现问题反弹，请重新整改", "a closed problem has come back"), []string{p.Responsible}, roleCoordinator, roleLeader)
	})
}

// reopen has a closed problem put right anew. What showed that it was right shows
// nothing now.
func (s *Service) reopen(p *Problem, due time.Time) error {
	now := s.instant()
	if p.Term != Standing && (due.IsZero() || clock.End(due).Before(now)) {
		return fault.Field("due_on", i18n.T("请填写新的整改期限，且不早于今天", "please set a new deadline, not before today"))
	}
	p.forgetReview()
	p.Rebounds, p.Evidence, p.Paper, p.Extended = p.Rebounds+1, 0, "", false
	p.LookedAt, p.LookedBy = now, ""
	p.StartedAt = now
	p.dueAnew(clock.End(due))
	p.ClosedAt, p.ClosedBy, p.ClosedHow, p.LookDue, p.LookTold = time.Time{}, "", "", time.Time{}, time.Time{}
	return checkTerm(p.Term, p.DueAt, p.FoundOn)
}

// ProblemCorrectInput is an entry as it should have been.
type ProblemCorrectInput struct {
	ID   string `path:"id"`
	Body struct {
		Kind        string `json:"kind" enum:"problem,hazard"`
		Category    string `json:"category" minLength:"1" maxLength:"8"`
		Grade       string `json:"grade" enum:"general,major"`
		Clause      string `json:"clause,omitempty" maxLength:"10"`
		Description string `json:"description" minLength:"5" maxLength:"5000"`
		Location    string `json:"location,omitempty" maxLength:"200"`
		FoundOn     string `json:"found_on" format:"date"`
		FoundBy     string `json:"found_by,omitempty" maxLength:"100"`
		FoundHow    string `json:"found_how,omitempty" maxLength:"100"`
		Reason      string `json:"reason" minLength:"1" maxLength:"2000"`
	}
}

// Correct corrects an entry. The trail keeps what it said before.
func (s *Service) Correct(ctx context.Context, in ProblemCorrectInput) (Problem, error) {
	b := in.Body
	found, err := clock.ParseDay("found_on", b.FoundOn)
	if err != nil {
		return Problem{}, err
	}
	e := Entry{Kind: b.Kind, Category: b.Category, Grade: b.Grade, Clause: b.Clause, Description: b.Description, Location: b.Location, FoundOn: found, FoundBy: b.FoundBy, FoundHow: b.FoundHow}
	return s.reasoned(ctx, in.ID, doCorrect, b.Reason, func(_ *db.Tx, p *Problem, detail map[string]any) error {
		differences(p.Entry, e, detail)
		if len(detail) == 0 {
			return fault.New(fault.Invalid, i18n.T("没有改动", "nothing is different"))
		}
		p.Entry = e
		p.Print = fingerprint(p.UnitID, p.FoundOn, p.Description)
		return fault.First(func() error { return e.check(s.Now()) }, func() error {
			if detail["category"] == nil {
				return nil // it stood there before
			}
			return e.noIntegrity()
		})
	})
}

// differences notes what an entry said where a new one says otherwise.
func differences(was, now Entry, detail map[string]any) {
	for _, x := range []struct{ name, was, now string }{
		{"kind", was.Kind, now.Kind}, {"category", was.Category, now.Category}, {"grade", was.Grade, now.Grade}, {"clause", was.Clause, now.Clause},
		{"description", was.Description, now.Description}, {"location", was.Location, now.Location}, {"found_on", dayText(was.FoundOn), dayText(now.FoundOn)},
		{"found_by", was.FoundBy, now.FoundBy}, {"found_how", was.FoundHow, now.FoundHow},
	} {
		if x.was != x.now {
			detail[x.name] = map[string]string{"was": x.was, "now": x.now}
		}
	}
}

// handed is the step by which a successor takes a problem over.
func handed(p Problem, from, to string) trail.Step {
	return trail.Step{Act: string(doAssign), Was: string(p.State), Became: string(p.State), Detail: map[string]any{"responsible": to, "from": from}}
}

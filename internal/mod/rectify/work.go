package rectify

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// ProblemPlanInput is how a problem is to be put right.
type ProblemPlanInput struct {
	ID   string `path:"id"`
	Body struct {
		Leader      string `json:"leader" maxLength:"100"`
		Charge      string `json:"charge" maxLength:"100"`
		Goal        string `json:"goal" maxLength:"2000"`
		Measures    string `json:"measures" minLength:"1" maxLength:"5000"`
		Controls    string `json:"controls" maxLength:"2000"`
		Funds       *int64 `json:"funds" minimum:"0" maximum:"1000000000000" doc:"In fen; null: not said."`
		Contingency string `json:"contingency" maxLength:"5000"`
		DueOn       string `json:"due_on,omitempty" doc:"Only where the problem has no deadline yet."`
	}
}

// WritePlan writes how the problem is to be put right. A deadline that is set
// moves by an extension alone.
func (s *Service) WritePlan(ctx context.Context, in ProblemPlanInput) (Problem, error) {
	due, err := clock.ParseDay("due_on", in.Body.DueOn)
	if err != nil {
		return Problem{}, err
	}
	return s.turn(ctx, in.ID, doPlan, "", func(_ *db.Tx, p *Problem, detail map[string]any) error {
		b := in.Body
		p.Plan = Plan{Leader: b.Leader, Responsible: p.Responsible, Charge: b.Charge, Goal: b.Goal, Measures: b.Measures, Controls: b.Controls, Contingency: b.Contingency}
		detail["measures"] = b.Measures
		if b.Funds != nil {
			p.Funds, p.Funded = *b.Funds, true
			detail["funds"] = *b.Funds
		}
		return p.firstDue(due, detail)
	})
}

// firstDue sets the deadline of a problem that has none.
func (p *Problem) firstDue(day time.Time, detail map[string]any) error {
	if day.IsZero() || clock.End(day).Equal(p.DueAt) {
		return nil
	}
	if !p.DueAt.IsZero() {
		return fault.Field("due_on", i18n.T("期限已定，只能申请延期", "the deadline is set; ask for more time to move it"))
	}
	p.DueAt, detail["due"] = clock.End(day), day.Format(time.DateOnly)
	return checkTerm(p.Term, p.DueAt, p.FoundOn)
}

// ProblemAssignTo names who puts a problem right within the unit.
type ProblemAssignTo struct {
	DepartmentID string `json:"department_id,omitempty" maxLength:"40"`
	Responsible  string `json:"responsible,omitempty" maxLength:"40" doc:"Staff identifier."`
	Note         string `json:"note,omitempty" maxLength:"1000"`
}

// ProblemAssignInput assigns a problem.
type ProblemAssignInput struct {
	ID   string `path:"id"`
	Body ProblemAssignTo
}

// Assign gives a problem to a department or a person of the unit.
func (s *Service) Assign(ctx context.Context, in ProblemAssignInput) (Problem, error) {
	return s.turn(ctx, in.ID, doAssign, in.Body.Note, func(tx *db.Tx, p *Problem, detail map[string]any) error {
		detail["department"], detail["responsible"] = in.Body.DepartmentID, in.Body.Responsible
		p.Responsible = in.Body.Responsible
		return fault.First(
			func() error { return placed(tx.Reader, p, p.UnitID, in.Body.DepartmentID) },
			func() error { return ofUnit(tx.Reader, *p, p.Responsible) },
			func() error {
				return s.tell(ctx, tx, *p, "assigned", i18n.T("有问题交给您整改", "a problem was given to you to put right"), []string{p.Responsible})
			},
		)
	})
}

// ProblemAssignManyInput assigns several problems alike.
type ProblemAssignManyInput struct {
	Body struct {
		IDs []string `json:"ids" minItems:"1" maxItems:"200"`
		ProblemAssignTo
	}
}

// ManyAssigned says what became of several problems.
type ManyAssigned struct {
	Done           int              `json:"done"`
	ProblemRefused []ProblemRefused `json:"refused"`
}

// ProblemRefused is a problem that could not take the step, and why.
type ProblemRefused struct {
	ID   string    `json:"id"`
	Text i18n.Text `json:"text"`
}

// AssignMany assigns each problem by itself: one that cannot be assigned holds up
// none of the others.
func (s *Service) AssignMany(ctx context.Context, in ProblemAssignManyInput) (m ManyAssigned, err error) {
	m.ProblemRefused = []ProblemRefused{}
	slices.Sort(in.Body.IDs)
	for _, id := range slices.Compact(in.Body.IDs) {
		_, err := s.Assign(ctx, ProblemAssignInput{ID: id, Body: in.Body.ProblemAssignTo})
		text, refused := refusal(err)
		switch {
		case refused:
			m.ProblemRefused = append(m.ProblemRefused, ProblemRefused{id, text})
		case err != nil:
			return m, err
		default:
			m.Done++
		}
	}
	return m, nil
}

// ByID names a problem.
type ByID struct {
	ID string `path:"id"`
}

// Start begins to put a problem right.
func (s *Service) Start(ctx context.Context, in ByID) (Problem, error) {
	return s.turn(ctx, in.ID, doStart, "", func(_ *db.Tx, p *Problem, _ map[string]any) error {
		p.StartedAt = s.instant()
		return nil
	})
}

// ProblemReportInput is what was done so far.
type ProblemReportInput struct {
	ID   string `path:"id"`
	Body struct {
		Text  string   `json:"text" minLength:"1" maxLength:"5000"`
		Files []string `json:"files,omitempty" maxItems:"20" doc:"Uploads that show it."`
	}
}

// Report says what was done so far, with evidence.
func (s *Service) Report(ctx context.Context, in ProblemReportInput) (Problem, error) {
	if err := s.visible(ctx, in.ID); err != nil {
		return Problem{}, err
	}
	if _, err := s.Files.Prepare(ctx, in.Body.Files); err != nil {
		return Problem{}, err
	}
	return s.turn(ctx, in.ID, doReport, in.Body.Text, func(tx *db.Tx, p *Problem, detail map[string]any) error {
		p.Progress = strings.TrimSpace(in.Body.Text)
		n, err := s.show(ctx, tx, p.ID, in.Body.Files)
		p.Evidence += n
		detail["files"] = n
		return err
	})
}

// show attaches evidence and returns how many files that added: an upload that is
// there already adds none.
func (s *Service) show(ctx context.Context, tx *db.Tx, id string, uploads []string) (int, error) {
	before, err := s.Files.Shown(tx.Reader, []string{id})
	if err != nil {
		return 0, err
	}
	if err := s.Files.Attach(ctx, tx, id, true, uploads); err != nil {
		return 0, err
	}
	after, err := s.Files.Shown(tx.Reader, []string{id})
	return after[id] - before[id], err
}

// visible refuses whoever may not read a problem.
func (s *Service) visible(ctx context.Context, id string) error {
	return s.DB.Read(ctx, func(r db.Reader) error {
		_, err := seen(ctx, r, id)
		return err
	})
}

// ProblemSaid is a step with words.
type ProblemSaid struct {
	ID   string `path:"id"`
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"2000"`
	}
}

// Apply asks to have a problem closed.
func (s *Service) Apply(ctx context.Context, in ProblemSaid) (Problem, error) {
	return s.turn(ctx, in.ID, doApply, in.Body.Reason, func(tx *db.Tx, p *Problem, detail map[string]any) error {
		p.lapse(detail)
		p.AppliedAt, p.AppliedBy = s.instant(), authz.From(ctx).ID
		return s.tell(ctx, tx, *p, "applied", i18n.T("有问题申请销号，请初审", "a problem waits for its first review"), nil, roleCoordinator, roleSupervisor, roleCampaign)
	})
}

// Succeed gives what somebody is responsible for to a successor, who must belong
// to the same units, and returns how many problems that were.
func (s *Service) Succeed(ctx context.Context, tx *db.Tx, from, to string) (n int, err error) {
	defer fault.Wrap(&err, "rectify.Succeed(%s)", from)
	mine, err := inHands(tx.Reader, from)
	if err != nil {
		return 0, err
	}
	for _, p := range mine {
		if fault.Is(ofUnit(tx.Reader, p, to), fault.Invalid) {
			return 0, fault.Field("successor", i18n.T("接手人不属于其中一个问题的责任单位", "the successor does not work at the unit of one of the problems")).
				WithFix(i18n.T("请换一位同单位的接手人，或先由单位联络员重新交办", "name another successor of the same unit, or have the coordinator assign the problems anew first"))
		}
		p.Responsible = to
		if err := update(tx, p); err != nil {
			return 0, err
		}
		if err := s.note(ctx, tx, p, handed(p, from, to)); err != nil {
			return 0, err
		}
	}
	return len(mine), nil
}

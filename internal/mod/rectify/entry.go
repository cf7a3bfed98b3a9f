package rectify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/trail"
)

// Finding is a problem that another module found.
type Finding struct {
	Source, SourceID string // of which record; one problem each
	CampaignID       string
	// Entry: without a kind it is a problem, without a grade a general one, without a
	// day it was found today.
	Entry
	Unit, Department string
	Term             Term // empty: at once, or by DueAt where that is set
	DueAt            time.Time
	Measures         string
	Charge           string // who is responsible, in words
}

// Open opens the problem of a finding and returns its identifier; a record that
// has one already gets no second. It is the caller who may do so, not the actor.
// The number comes a moment later: none may be drawn within a transaction. What
// it says is the caller's words: never a reporter's.
func (s *Service) Open(ctx context.Context, tx *db.Tx, f Finding) (id string, err error) {
	defer fault.Wrap(&err, "rectify.Open(%s)", f.Source)
	if id, err := bySource(tx.Reader, f.Source, f.SourceID); err != nil || id != "" {
		return id, err
	}
	p, err := s.found(tx.Reader, f)
	if err != nil {
		return "", err
	}
	if err := s.add(ctx, tx, &p, doOpen, map[string]any{}); err != nil {
		return "", err
	}
	return p.ID, s.Queue.Enqueue(tx, jobNumber, numberArgs{p.ID}, job.Unique(p.ID))
}

// found is the line of a finding.
func (s *Service) found(r db.Reader, f Finding) (Problem, error) {
	p := Problem{Source: f.Source, SourceID: f.SourceID, CampaignID: f.CampaignID, Entry: f.Entry, Term: f.Term, DueAt: f.DueAt, Plan: Plan{Measures: f.Measures, Charge: f.Charge}}
	if p.Kind == "" {
		p.Kind = aProblem
	}
	if p.Grade == "" {
		p.Grade = general
	}
	if p.FoundOn.IsZero() {
		p.FoundOn = clock.Day(s.Now())
	}
	if p.Term == "" {
		p.Term = AtOnce
		if !p.DueAt.IsZero() {
			p.Term = Fixed
		}
	}
	err := placed(r, &p, f.Unit, f.Department)
	return p, err
}

// add stores a new problem in its first state, and tells the unit.
func (s *Service) add(ctx context.Context, tx *db.Tx, p *Problem, a flow.Action, detail map[string]any) error {
	if err := s.begin(ctx, p); err != nil {
		return err
	}
	if err := insert(tx, *p); err != nil {
		return err
	}
	detail["source"] = p.Source
	if err := s.note(ctx, tx, *p, trail.Step{Act: string(a), Became: string(p.State), Detail: detail}); err != nil {
		return err
	}
	if !p.State.unfinished() {
		return nil
	}
	return s.tell(ctx, tx, *p, "opened", i18n.T("有新的问题需要整改", "there is a new problem to put right"), []string{p.Responsible}, roleCoordinator)
}

// begin fills in what a new problem has, and refuses one that is not whole.
func (s *Service) begin(ctx context.Context, p *Problem) error {
	now := s.instant()
	p.Description, p.Location = strings.TrimSpace(p.Description), strings.TrimSpace(p.Location)
	if err := p.check(now); err != nil {
		return err
	}
	if p.Source != FromSelf { // what a unit found out about itself it knows
		if err := p.noIntegrity(); err != nil {
			return err
		}
	}
	if err := checkTerm(p.Term, p.DueAt, p.FoundOn); err != nil {
		return err
	}
	if p.Term == AtOnce && p.DueAt.IsZero() && !p.isMajor() {
		days, err := inForce(ctx, s, atOnceDays, p.Path)
		if err != nil {
			return err
		}
		p.DueAt = clock.End(now.AddDate(0, 0, days))
	}
	if p.ID == "" {
		p.ID = db.NewID()
	}
	if p.State == "" {
		p.State = Open
	}
	p.CreatedAt, p.CreatedBy, p.Print = now, authz.From(ctx).ID, fingerprint(p.UnitID, p.FoundOn, p.Description)
	return nil
}

// ProblemEnterInput is a problem that a person enters.
type ProblemEnterInput struct {
	Body struct {
		Kind         string   `json:"kind,omitempty" enum:"problem,hazard" default:"problem"`
		Source       string   `json:"source" enum:"inspection,self,patrol,superior,hazards"`
		CampaignID   string   `json:"campaign_id,omitempty" maxLength:"40"`
		UnitID       string   `json:"unit_id" minLength:"1" maxLength:"40"`
		DepartmentID string   `json:"department_id,omitempty" maxLength:"40"`
		Category     string   `json:"category" minLength:"1" maxLength:"8"`
		Grade        string   `json:"grade,omitempty" enum:"general,major" default:"general"`
		Clause       string   `json:"clause,omitempty" maxLength:"10"`
		Description  string   `json:"description" minLength:"5" maxLength:"5000"`
		Location     string   `json:"location,omitempty" maxLength:"200"`
		FoundOn      string   `json:"found_on" format:"date"`
		FoundBy      string   `json:"found_by,omitempty" maxLength:"100"`
		FoundHow     string   `json:"found_how,omitempty" maxLength:"100"`
		Term         Term     `json:"term" enum:"at_once,fixed,standing"`
		DueOn        string   `json:"due_on,omitempty" doc:"Day by which it is to be put right."`
		Leader       string   `json:"leader,omitempty" maxLength:"100"`
		Responsible  string   `json:"responsible,omitempty" maxLength:"40"`
		Measures     string   `json:"measures,omitempty" maxLength:"5000"`
		Remark       string   `json:"remark,omitempty" maxLength:"1000"`
		Files        []string `json:"files,omitempty" maxItems:"20" doc:"Uploads that show what was found."`
	}
}

// problem is the line that was entered.
func (in ProblemEnterInput) problem() (p Problem, err error) {
	b := in.Body
	p = Problem{Source: b.Source, CampaignID: b.CampaignID, Term: b.Term, Remark: b.Remark,
		Entry: Entry{Kind: b.Kind, Category: b.Category, Grade: b.Grade, Clause: b.Clause, Description: b.Description, Location: b.Location, FoundBy: b.FoundBy, FoundHow: b.FoundHow},
		Plan:  Plan{Leader: b.Leader, Responsible: b.Responsible, Measures: b.Measures}}
	if p.FoundOn, err = clock.ParseDay("found_on", b.FoundOn); err != nil {
		return p, err
	}
	due, err := clock.ParseDay("due_on", b.DueOn)
	p.DueAt = clock.End(due)
	return p, err
}

// Enter enters a problem by hand. The unit enters what it found itself; the rest
// is for the commission. Faults: Invalid, Forbidden.
func (s *Service) Enter(ctx context.Context, in ProblemEnterInput) (p Problem, err error) {
	defer fault.Wrap(&err, "rectify.Enter")
	if p, err = in.problem(); err != nil {
		return p, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		return fault.First(
			func() error { return placed(r, &p, in.Body.UnitID, in.Body.DepartmentID) },
			func() error { return mayEnter(ctx, p) },
			func() error { return s.Campaign(ctx, r, p.CampaignID) },
			func() error { return ofUnit(r, p, p.Responsible) },
			func() error { return s.begin(ctx, &p) },
		)
	})
	if err != nil {
		return p, err
	}
	if _, err := s.Files.Prepare(ctx, in.Body.Files); err != nil {
		return p, err
	}
	if p.Number, err = s.nextNumber(ctx, p); err != nil {
		return p, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := s.add(ctx, tx, &p, doOpen, map[string]any{}); err != nil {
			return err
		}
		return s.Files.Attach(ctx, tx, p.ID, false, in.Body.Files)
	})
	return p, err
}

// mayEnter refuses who may not enter a problem of a source there.
func mayEnter(ctx context.Context, p Problem) error {
	a, own := authz.From(ctx), p.Source == FromSelf || p.Source == FromHazards
	if a.Covers(Review, p.Path) || a.Covers(Import, p.Path) {
		return p.noIntegrity()
	}
	if own && a.Covers(Work, p.Path) {
		return nil
	}
	if a.Covers(Work, p.Path) {
		return fault.Field("source", i18n.T("本单位只登记自查和隐患排查发现的问题", "a unit enters what it found itself: self-examination and hazards"))
	}
	return authz.Need(ctx, Review, p.Path)
}

// nextNumber draws the number of a problem: ZG, region, day, how many that day.
func (s *Service) nextNumber(ctx context.Context, p Problem) (string, error) {
	day := p.CreatedAt.In(clock.Shanghai).Format("20060102")
	n, err := s.Numbers.Next(ctx, "problem-"+p.Region+"-"+day)
	return fmt.Sprintf("ZG-%s-%s-%06d", p.Region, day, n), err
}

const jobNumber = "rectify.number"

type numberArgs struct {
	ID string `json:"id"`
}

// number numbers a problem that another module opened.
func (s *Service) number(ctx context.Context, in numberArgs) (err error) {
	defer fault.Wrap(&err, "rectify.number(%s)", in.ID)
	ctx = authz.With(ctx, authz.System())
	var p Problem
	err = s.DB.Read(ctx, func(r db.Reader) error {
		p, err = byID(r, in.ID)
		return err
	})
	if err != nil || p.Number != "" {
		return err
	}
	number, err := s.nextNumber(ctx, p)
	if err != nil {
		return err
	}
	_, err = s.turn(ctx, p.ID, doNumber, "", func(_ *db.Tx, p *Problem, _ map[string]any) error {
		if p.Number != "" {
			return errNumbered
		}
		p.Number = number
		return nil
	})
	if errors.Is(err, errNumbered) {
		return nil
	}
	return err
}

var errNumbered = errors.New("rectify: it has a number")

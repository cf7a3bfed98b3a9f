package intake

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// Accepted is what the reporter gets.
type Accepted struct {
	Receipt    string    `json:"receipt" doc:"Sixteen digits; the only way back to the case. It cannot be recovered."`
	CaseNumber string    `json:"case_number"`
	ReceivedAt time.Time `json:"received_at"`
	Deadline   time.Time `json:"deadline" doc:"By when the reporter is answered."`
	CaseID     string    `json:"-"`
}

// Origin is how a report came in; forms and imports fill it in.
type Origin struct {
	Channel   demand.Channel // empty: by the code that was scanned, or the website
	EnteredBy string         // staff identifier
	SourceNo  string         // number in the sending system
	At        time.Time      // when it was received; zero means now
	Class     demand.Class   // empty: the category's
	Urgency   demand.Urgency // empty: read from the text
}

// Submit accepts a report. When it returns, the report is durable.
func (s *Service) Submit(ctx context.Context, sub Submission, from Origin) (a Accepted, err error) {
	defer fault.Wrap(&err, "intake.Submit")
	if err := errors.Join(sub.Validate(), sub.checkDay(s.Now())); err != nil {
		return a, err
	}
	where, err := s.locate(ctx, sub)
	if err != nil {
		return a, err
	}
	receipt, dedupe := s.receiptFor(sub)
	if found, err := s.already(ctx, dedupe, receipt); err != nil || found != nil {
		return orZero(found), err
	}
	if err := s.Files.Prepare(ctx, sub.Files); err != nil {
		return a, err
	}
	if from.EnteredBy == "" {
		if err := s.Gate.Check("report", where.code, sub.Solution); err != nil {
			return a, err
		}
	}
	rep := s.reportOf(ctx, sub, from, where)
	rep.Dedupe = dedupe
	if rep.Number, err = s.number(ctx, rep); err != nil {
		return a, err
	}
	a = Accepted{Receipt: string(receipt), CaseNumber: rep.Number, ReceivedAt: rep.ReceivedAt, CaseID: rep.ID}
	err = s.DB.InAdd(ctx, func(tx *db.Tx) error {
		a.Deadline, err = s.store(ctx, tx, rep, sub, from, receipt)
		return err
	})
	if errors.Is(err, db.ErrTaken) && dedupe != nil {
		// The twin of this request was faster: give its receipt.
		found, err := s.already(ctx, dedupe, receipt)
		return orZero(found), err
	}
	return a, err
}

func orZero(a *Accepted) Accepted {
	if a == nil {
		return Accepted{}
	}
	return *a
}

// already returns what was accepted under the same key before.
func (s *Service) already(ctx context.Context, dedupe *string, receipt Receipt) (found *Accepted, err error) {
	if dedupe == nil {
		return nil, nil
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		rep, err := db.One[Report](r, `select `+reportColumns+` from report where dedupe = $1`, *dedupe)
		if errors.Is(err, db.ErrNone) {
			return nil
		}
		if err != nil {
			return err
		}
		found = &Accepted{Receipt: string(receipt), CaseNumber: rep.Number, ReceivedAt: rep.ReceivedAt, CaseID: rep.ID}
		found.Deadline, err = s.Deadlines.DeadlineOf(r, rep.ID)
		return err
	})
	return found, err
}

// store writes everything that makes a report accepted.
func (s *Service) store(ctx context.Context, tx *db.Tx, rep Report, sub Submission, from Origin, receipt Receipt) (deadline time.Time, err error) {
	if err := insertReport(tx, rep); err != nil {
		return deadline, err
	}
	if err := tx.Add(`insert into receipt (mac, report_id) values ($1, $2)`, s.stored(receipt), rep.ID); err != nil {
		return deadline, err
	}
	who := Identity{Name: strings.TrimSpace(sub.ReporterName), Phone: strings.TrimSpace(sub.ReporterPhone)}
	if rep.Mode == demand.Anonymous {
		who = Identity{}
	}
	if err := keepIdentity(tx, rep.ID, who); err != nil {
		return deadline, err
	}
	if err := s.Files.Attach(ctx, tx, rep.ID, sub.Files); err != nil {
		return deadline, err
	}
	return s.Cases.Open(ctx, tx, opening(rep, sub, from))
}

// opening is what casework needs to know. The text that is indexed for search
// stays empty where the report is sensitive.
func opening(rep Report, sub Submission, from Origin) Opening {
	c, _, _ := demand.Find(rep.Category)
	sensitive := c.Sensitive || sub.AboutLeader || rep.Mode == demand.Confidential
	o := Opening{Report: rep, Title: title(sub, sensitive), AboutLeader: sub.AboutLeader, Urgency: from.Urgency}
	if !sensitive {
		o.SearchText = rep.Narrative
	}
	if o.Urgency == "" {
		o.Urgency = demand.UrgencyOf(sub.Category, sub.Narrative)
	}
	return o
}

// Opening is a report on its way to casework.
type Opening struct {
	Report
	Title       string
	Urgency     demand.Urgency
	AboutLeader bool
	SearchText  string
}

// reportOf makes the record of a submission.
func (s *Service) reportOf(ctx context.Context, sub Submission, from Origin, w whereabouts) Report {
	c, item, _ := demand.Find(sub.Category)
	rep := Report{
		ID: db.NewID(), Channel: from.Channel, Category: c.Code, Item: item.Code, Class: from.Class, Mode: sub.Mode,
		Region: w.region, Path: w.path, Institution: w.institution, Department: w.department, Place: w.place, Code: w.code,
		Narrative: strings.TrimSpace(sub.Narrative), Wish: strings.TrimSpace(sub.Wish), About: strings.TrimSpace(sub.About),
		OccurredOn: sub.OccurredOn, Answers: sub.Answers, Lang: i18n.From(ctx), ReceivedAt: from.At.UTC(),
		EnteredBy: from.EnteredBy, SourceNo: from.SourceNo,
	}
	if rep.Answers == nil {
		rep.Answers = map[string]string{}
	}
	if from.At.IsZero() {
		rep.ReceivedAt = s.Now().UTC().Truncate(time.Millisecond)
	}
	if rep.Class == "" {
		rep.Class = c.Class
	}
	if rep.Channel == "" {
		rep.Channel = w.channel
	}
	return rep
}

// number gives a report its human number: region, day, sequence.
func (s *Service) number(ctx context.Context, rep Report) (string, error) {
	day := rep.ReceivedAt.In(clock.Shanghai).Format("20060102")
	n, err := s.Numbers.Next(ctx, "case-"+rep.Region+"-"+day)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("QF-%s-%s-%06d", rep.Region, day, n), nil
}

// whereabouts is what a report is about, as far as it is known.
type whereabouts struct {
	region, path, institution, department, place, code string
	channel                                            demand.Channel
}

// locate finds the place of a submission: by the code that was scanned, by
// the institution or region that was chosen, or, when all of that is missing
// or wrong, the whole city: nobody is turned away.
func (s *Service) locate(ctx context.Context, sub Submission) (w whereabouts, err error) {
	err = s.DB.Look(ctx, func(r db.Reader) error {
		if code, ok, err := liveCode(r, sub.Token); err != nil {
			return err
		} else if ok {
			w, err = s.atPlace(r, code)
			return err
		}
		w, err = s.atChoice(r, sub)
		return err
	})
	return w, err
}

func (s *Service) atPlace(r db.Reader, code Code) (w whereabouts, err error) {
	p, err := org.PlaceByID(r, code.Place)
	if err != nil {
		return w, err
	}
	u, err := org.UnitByID(r, p.Institution)
	if err != nil {
		return w, err
	}
	w = whereabouts{region: u.Region, path: p.Path, institution: p.Institution, place: p.ID, code: code.ID, channel: demand.CodeOther}
	if p.UnitID != p.Institution {
		w.department = p.UnitID
	}
	switch p.Kind {
	case org.Clinic:
		w.channel = demand.CodeClinic
	case org.Ward:
		w.channel = demand.CodeWard
	case org.Window, org.Hall, org.Other:
	}
	return w, nil
}

func (s *Service) atChoice(r db.Reader, sub Submission) (w whereabouts, err error) {
	w.channel = demand.Website
	if sub.Institution != "" {
		u, err := org.UnitByID(r, sub.Institution)
		switch {
		case err == nil && u.Kind == org.Institution:
			w.region, w.path, w.institution = u.Region, u.Path, u.ID
			return w, nil
		case err != nil && !fault.Is(err, fault.NotFound):
			return w, err
		}
		return w, fault.Field("institution", i18n.T("没有找到这家机构，请重新选择", "there is no such institution; please choose again"))
	}
	region := sub.Region
	if region == "" {
		top, err := homeRegion(r)
		if err != nil {
			return w, err
		}
		region = top
	}
	g, err := org.RegionByCode(r, region)
	if fault.Is(err, fault.NotFound) {
		return w, fault.Field("region", i18n.T("没有找到这个地区，请重新选择", "there is no such region; please choose again"))
	}
	w.region, w.path = g.Code, g.Path
	return w, err
}

// homeRegion is the region of the topmost commission: where a report belongs
// that names no place at all.
func homeRegion(r db.Reader) (string, error) {
	return db.Value[string](r, `select region from unit where kind = 'commission' and closed_at is null order by length(path), sort, id limit 1`)
}

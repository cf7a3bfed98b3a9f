package intake

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
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
	Place     string         // chosen by hand; empty: by the code that was scanned
	EnteredBy string         // staff identifier
	SourceNo  string         // number in the sending system
	At        time.Time      // when it was received; zero means now
	Class     demand.Class   // empty: the category's
	Urgency   demand.Urgency // empty: read from the text
	Finish    calendar.Limit // the sender's own time limit; zero: the policy's
	DueAt     time.Time      // the sender's own deadline; goes before Finish
}

// Submit accepts a report. When it returns, the report is durable. The same
// idempotency key with the same content returns what was accepted the first
// time. Faults: Invalid with every field at once, Conflict when the sender's
// number was accepted before or a file belongs to another report, TooMany with
// a puzzle.
func (s *Service) Submit(ctx context.Context, sub Submission, from Origin) (a Accepted, err error) {
	defer fault.Wrap(&err, "intake.Submit")
	if err := errors.Join(sub.Validate(), sub.checkDay(s.Now())); err != nil {
		return a, err
	}
	where, err := s.locate(ctx, sub, from)
	if err != nil {
		return a, err
	}
	receipt, dedupe := s.receiptFor(sub)
	if found, err := s.already(ctx, dedupe, receipt); err != nil || found != nil {
		return orZero(found), err
	}
	rep := s.reportOf(ctx, sub, from, where)
	if rep.Files, err = s.admit(ctx, sub, from, where); err != nil {
		return a, err
	}
	rep.Dedupe, rep.Receipts = dedupe, []string{s.stored(receipt)}
	if rep.Number, err = s.number(ctx, rep); err != nil {
		return a, err
	}
	a = Accepted{Receipt: string(receipt), CaseNumber: rep.Number, ReceivedAt: rep.ReceivedAt, CaseID: rep.ID}
	err = s.DB.InAdd(ctx, func(tx *db.Tx) error {
		a.Deadline, err = s.store(ctx, tx, rep, sub, from, receipt)
		if err == nil && from.EnteredBy != "" && !a.Deadline.After(s.now()) {
			err = lateFromTheStart()
		}
		return err
	})
	if errors.Is(err, db.ErrTaken) {
		return s.twin(ctx, dedupe, receipt, from, err)
	}
	return a, err
}

// admit has the files ready to be attached, and slows strangers down. It returns
// the SHA-256 of the files.
func (s *Service) admit(ctx context.Context, sub Submission, from Origin, w whereabouts) (files []string, err error) {
	if files, err = s.Files.Prepare(ctx, sub.Files); err != nil || from.EnteredBy != "" {
		return files, err
	}
	return files, s.Gate.Check("report", w.code, sub.Solution)
}

// twin answers a report that met its like: the same request, which was faster
// and whose receipt it gets, or another with the same number of the sender. The
// faster one may still wait for its commit, which a snapshot does not show: a
// transaction comes after it, and is answered only when both are durable.
func (s *Service) twin(ctx context.Context, dedupe *string, receipt Receipt, from Origin, taken error) (_ Accepted, err error) {
	var first *Accepted
	if dedupe != nil {
		err = s.DB.InTx(ctx, func(tx *db.Tx) error {
			first, err = s.under(tx.Reader, *dedupe, receipt)
			return err
		})
	}
	switch {
	case err != nil || first != nil:
		return orZero(first), err
	case from.SourceNo != "":
		return Accepted{}, fault.New(fault.Conflict, i18n.T("工单 %s 已经登记过", "order %s was entered before"), from.SourceNo).
			WithFix(i18n.T("请查找原诉求，在那里补充", "find the case and add to it"))
	}
	return Accepted{}, taken
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
		found, err = s.under(r, *dedupe, receipt)
		return err
	})
	return found, err
}

// under returns the report that is stored under a key, or nil.
func (s *Service) under(r db.Reader, dedupe string, receipt Receipt) (*Accepted, error) {
	rep, err := db.One[Report](r, `select `+reportColumns+` from report where dedupe = $1`, dedupe)
	if errors.Is(err, db.ErrNone) {
		return nil, nil //nolint:nilnil // nobody used the key yet
	}
	if err != nil {
		return nil, err
	}
	found := &Accepted{Receipt: string(receipt), CaseNumber: rep.Number, ReceivedAt: rep.ReceivedAt, CaseID: rep.ID}
	found.Deadline, err = s.Deadlines.DeadlineOf(r, rep.ID)
	return found, err
}

// store writes everything that makes a report accepted: the case, the report
// with the deadline that the case got, and the leaf that commits to both.
func (s *Service) store(ctx context.Context, tx *db.Tx, rep Report, sub Submission, from Origin, receipt Receipt) (deadline time.Time, err error) {
	if rep.Deadline, err = s.Cases.Open(ctx, tx, opening(rep, sub, from)); err != nil {
		return deadline, err
	}
	who := Identity{Name: strings.TrimSpace(sub.ReporterName), Phone: strings.TrimSpace(sub.ReporterPhone)}
	if rep.Mode == demand.Anonymous {
		who = Identity{}
	}
	rep.Known = who != (Identity{})
	kept, err := sealWords(rep, s.keysIn(tx))
	if err != nil {
		return deadline, err
	}
	if err := insertReport(tx, kept); err != nil {
		return deadline, err
	}
	if err := s.Log.Append(tx, reportLeaf, rep.fact()); err != nil {
		return deadline, err
	}
	if err := tx.Add(`insert into receipt (mac, report_id) values ($1, $2)`, s.stored(receipt), rep.ID); err != nil {
		return deadline, err
	}
	if err := s.keepIdentity(tx, rep.ID, who); err != nil {
		return deadline, err
	}
	if sub.MaskVoice {
		if err := s.Files.Mask(ctx, tx, rep.ID); err != nil {
			return deadline, err
		}
	}
	return rep.Deadline, s.Files.Attach(ctx, tx, rep.ID, sub.Files)
}

// opening is what casework needs to know.
func opening(rep Report, sub Submission, from Origin) Opening {
	o := Opening{Report: rep, Title: title(sub, rep.Sealed), AboutLeader: sub.AboutLeader, Urgency: from.Urgency, Finish: from.Finish, DueAt: from.DueAt}
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
	Finish      calendar.Limit // the sender's own time limit; zero: the policy's
	DueAt       time.Time      // the sender's own deadline; goes before Finish
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
	rep.Files = []string{}
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
	rep.Sealed = demand.Sealed(rep.Category, sub.AboutLeader, rep.Mode)
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

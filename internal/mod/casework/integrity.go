package casework

import (
	"cmp"
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// The clocks of the discipline line: a real-name reporter is told of the
// acceptance and, after the end, of the result.
const (
	ClockTold     ClockKind = "told"
	ClockFeedback ClockKind = "feedback"
)

// tellWithin is how soon a real-name reporter of a clue is told of the
// acceptance after receipt, and of the result after the end
// (《纪检监察机关处理检举控告工作规则》: 15 working days each).
var tellWithin = config.Define("casework.tell_within", calendar.Limit{N: 15, Unit: calendar.WorkingDays},
	i18n.T("实名廉洁线索告知受理、反馈结果的时限", "How soon a real-name reporter of a clue is told of acceptance and result"), i18n.Text{})

// Disposition is a decision on an integrity clue.
type Disposition struct {
	ID        string    `json:"id"`
	CaseID    string    `json:"case_id"`
	Way       string    `json:"way" enum:"inquiry,preliminary,shelved,closed"`
	Reason    string    `json:"reason"`
	DecidedBy string    `json:"decided_by"`
	DecidedAt time.Time `json:"decided_at"`
}

// DisposeInput decides on an integrity clue.
type DisposeInput struct {
	ID   string `path:"id"`
	Body struct {
		Way    string `json:"way" enum:"inquiry,preliminary,shelved,closed"`
		Reason string `json:"reason" minLength:"1" maxLength:"5000"`
	}
}

// Dispose decides what becomes of an integrity clue. The decision may change
// as more is known; every one stays on file.
func (s *Service) Dispose(ctx context.Context, in DisposeInput) (Case, error) {
	return s.onCase(ctx, in.ID, "Dispose", func(tx *db.Tx, c Case) (Case, error) {
		if err := mayDispose(ctx, c); err != nil {
			return c, err
		}
		at := s.Now()
		d := Disposition{ID: db.NewID(), CaseID: c.ID, Way: in.Body.Way, Reason: in.Body.Reason, DecidedBy: authz.From(ctx).ID, DecidedAt: at}
		kept, err := seal(s, tx, c, d)
		if err != nil {
			return c, err
		}
		if err := fault.First(func() error { return insertDisposition(tx, kept) }, func() error { return commit(s, tx, c, &d) }); err != nil {
			return c, err
		}
		ev := Event{At: at, Action: string(doDispose), Reason: in.Body.Reason, Detail: map[string]any{"way": in.Body.Way}}
		return c, s.happened(ctx, tx, c, ev)
	})
}

func dispositions(r db.Reader, id string) ([]Disposition, error) {
	return db.All[Disposition](r, `select * from case_disposition where case_id = $1 order by id`, id)
}

// FeedbackInput records that the reporter was told something.
type FeedbackInput struct {
	ID   string `path:"id"`
	Body struct {
		What   string `json:"what" enum:"accepted,result"`
		Method string `json:"method" enum:"phone,letter,visit,message"`
		Note   string `json:"note" minLength:"1" maxLength:"2000" doc:"What was said, and what the reporter answered."`
	}
}

// Feedback records that the reporter was told of the acceptance or of the
// result. A real-name case without a record of the result is an alarm.
func (s *Service) Feedback(ctx context.Context, in FeedbackInput) (Case, error) {
	ev := Event{Reason: in.Body.Note, Detail: map[string]any{"what": in.Body.What, "method": in.Body.Method}}
	return s.change(ctx, in.ID, doFeedback, ev, func(tx *db.Tx, c *Case, ev *Event) error {
		kind := ClockFeedback
		if in.Body.What == "accepted" {
			kind = ClockTold
		} else if c.State.Open() && c.State != Calling {
			return fault.New(fault.Conflict, i18n.T("结果尚未审核通过，不能反馈结果", "the result was not approved yet; it cannot be told"))
		}
		return meet(tx, c.ID, kind, "", ev.At)
	})
}

// promised reports whether the reporter of a case must be told of acceptance
// and result.
func (c Case) promised() bool { return c.Route == Integrity && c.Mode == demand.RealName }

// startTelling starts the clock of a promise to the reporter.
func (s *Service) startTelling(ctx context.Context, tx *db.Tx, c Case, kind ClockKind, start time.Time) error {
	if !c.promised() {
		return nil
	}
	l, err := s.tellLimit(ctx, c)
	if err != nil {
		return err
	}
	_, err = s.startClock(ctx, tx, c, Clock{Kind: kind, StartedAt: start, TimeLimit: l})
	return err
}

// tellLimit is how long a promise to the reporter of a case runs.
func (s *Service) tellLimit(ctx context.Context, c Case) (calendar.Limit, error) {
	l, _, err := config.At(ctx, s.Settings, tellWithin, c.Path, c.ReceivedAt)
	return l, err
}

// promiseResult starts the clock within which the reporter of a case that is
// over must be told the result, unless that was done between approval and end.
func (s *Service) promiseResult(ctx context.Context, tx *db.Tx, c Case, at time.Time) error {
	if !c.promised() || !c.hasResult() {
		return nil
	}
	es, err := events(tx.Reader, c.ID)
	if err != nil || toldResult(es) {
		return err
	}
	return s.startTelling(ctx, tx, c, ClockFeedback, at)
}

// hasResult reports whether there is anything to tell of a case that is over: one
// that was merged has its result under the first, and who withdrew waits for none.
func (c Case) hasResult() bool { return c.State != Merged && c.State != Withdrawn }

// toldResult reports whether the reporter was told the result that stands: a
// new one must be told anew.
func toldResult(es []Event) (told bool) {
	for _, e := range es {
		switch flow.Action(e.Action) {
		case doApprove, doRework, doReopen:
			told = false
		case doFeedback:
			told = told || detailText(e.Detail, "what") == "result"
		}
	}
	return told
}

// bar keeps a node or a person out of a case: a row of case_exclusion.
type bar struct {
	CaseID, Node, Reason, AddedBy string
	AddedAt                       time.Time
}

// KeepOutInput keeps a person or a unit from a case.
type KeepOutInput struct {
	ID   string `path:"id"`
	Body struct {
		Staff  string `json:"staff,omitempty"`
		Unit   string `json:"unit,omitempty"`
		Reason string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

// KeepOut keeps a person or a unit that is named in a report from the case and
// from those that are merged with it.
// It cannot be undone: who was kept out has an interest for ever.
func (s *Service) KeepOut(ctx context.Context, in KeepOutInput) (Case, error) {
	return s.onCase(ctx, in.ID, "KeepOut", func(tx *db.Tx, c Case) (Case, error) {
		if err := mayBar(ctx, c); err != nil {
			return c, err
		}
		node, err := nodeToBar(tx.Reader, in)
		if err != nil {
			return c, err
		}
		if slices.Contains(authz.From(ctx).Lineage(), node) {
			return c, fault.New(fault.Conflict, i18n.T("不能把自己或本单位排除在外", "you cannot keep yourself or your unit out"))
		}
		return c, s.barCircle(ctx, tx, c, node, in.Body.Reason)
	})
}

// barCircle keeps somebody out of a case and of all that are merged with it: the
// file of each speaks of the others.
func (s *Service) barCircle(ctx context.Context, tx *db.Tx, c Case, node, reason string) error {
	circle, err := circleOf(tx.Reader, c)
	if err != nil {
		return err
	}
	for _, one := range circle {
		if err := atWork(tx.Reader, one.ID, node); err != nil {
			return err
		}
	}
	for _, one := range circle {
		if err := s.bar(ctx, tx, one, node, reason); err != nil {
			return err
		}
	}
	return nil
}

// circleOf returns a case with all that are merged with it.
func circleOf(r db.Reader, c Case) ([]Case, error) {
	first := cmp.Or(c.MergedInto, c.ID)
	return db.All[Case](r, `select `+caseColumns+` from case_file c where c.id = $1 or c.merged_into <> '' and c.merged_into = $1 order by c.id`, first)
}

// bar writes down whom a case keeps out, takes from them what they were told of
// it, and lets those know who count it.
func (s *Service) bar(ctx context.Context, tx *db.Tx, c Case, node, reason string) error {
	ev := Event{At: s.Now(), Action: string(doKeepOut), Reason: reason, Detail: map[string]any{"node": node}}
	if c.Sealed {
		reason = "" // the event says so, sealed
	}
	return fault.First(
		func() error { return insertBar(tx, bar{c.ID, node, reason, authz.From(ctx).ID, ev.At}) },
		func() error { return s.Notify.Forget(tx, "/cases/"+c.ID, barredAmong(tx.Reader, c.ID)) },
		func() error { return s.happened(ctx, tx, c, ev) },
		func() error { return s.lapseBarred(ctx, tx, c) },
	)
}

func nodeToBar(r db.Reader, in KeepOutInput) (string, error) {
	switch {
	case (in.Body.Staff == "") == (in.Body.Unit == ""):
		return "", fault.Field("staff", i18n.T("请选择一个人或一个单位", "please choose one person or one unit"))
	case in.Body.Staff != "":
		p, err := org.StaffByID(r, in.Body.Staff)
		return p.ID, err
	}
	u, err := org.UnitByID(r, in.Body.Unit)
	return u.ID, err
}

func insertDisposition(tx *db.Tx, d Disposition) error {
	_, err := tx.Exec(`insert into case_disposition (id, case_id, way, reason, decided_by, decided_at) values ($1, $2, $3, $4, $5, $6)`,
		d.ID, d.CaseID, d.Way, d.Reason, d.DecidedBy, d.DecidedAt)
	return err
}

func (d *Disposition) keep(tx *db.Tx) error {
	return tx.Add(`update case_disposition set reason = $2 where id = $1`, d.ID, d.Reason)
}

package casework

import (
	"context"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// SupervisionLevels says what the levels are called, from the first up.
func SupervisionLevels() []i18n.Text {
	return []i18n.Text{i18n.T("催办", "Reminder"), i18n.T("督办", "Supervision"), i18n.T("挂牌督办", "Listed supervision"), i18n.T("约谈督办", "Supervision by interview")}
}

// Supervision is an order of a superior about a case, tracked to its end.
type Supervision struct {
	ID         string    `json:"id"`
	CaseID     string    `json:"case_id"`
	Level      int       `json:"level" doc:"1 催办, 2 督办, 3 挂牌督办, 4 约谈督办"`
	Demand     string    `json:"demand"`
	DueAt      time.Time `json:"due_at"`
	OrderedBy  string    `json:"ordered_by"`
	UnitID     string    `json:"unit_id"`
	OrderedAt  time.Time `json:"ordered_at"`
	Answer     string    `json:"answer"`
	AnsweredBy string    `json:"answered_by"`
	AnsweredAt time.Time `json:"answered_at,omitzero"`
	ClosedBy   string    `json:"closed_by"`
	ClosedAt   time.Time `json:"closed_at,omitzero"`
	Closing    string    `json:"closing" doc:"Why it was closed."`
}

// SuperviseInput orders supervision.
type SuperviseInput struct {
	ID   string `path:"id"`
	Body struct {
		Level  int    `json:"level" minimum:"1" maximum:"4"`
		Demand string `json:"demand" minLength:"1" maxLength:"2000" doc:"What must happen."`
		Due    string `json:"due" doc:"Last day for the answer, as 2026-07-30."`
	}
}

// Supervise puts a case under supervision. An order may be as strict as the
// last one or stricter, never milder: a milder one would lift the other.
func (s *Service) Supervise(ctx context.Context, in SuperviseInput) (Case, error) {
	due, err := time.ParseInLocation(time.DateOnly, in.Body.Due, clock.Shanghai)
	if err != nil || due.Before(clock.Day(s.Now())) {
		return Case{}, fault.Field("due", i18n.T("请填写今天或以后的日期", "please give today or a later day"))
	}
	ev := Event{Reason: in.Body.Demand, Detail: map[string]any{"level": in.Body.Level, "due": in.Body.Due}}
	return s.change(ctx, in.ID, doSupervise, ev, func(tx *db.Tx, c *Case, ev *Event) error {
		if in.Body.Level < c.Supervision {
			return fault.Field("level", i18n.T("现为“%s”，只能同级或升级", `it is under "%s" already; choose that or a stricter one`), SupervisionLevels()[c.Supervision-1])
		}
		c.Supervision = in.Body.Level
		actor := authz.From(ctx)
		v, err := seal(s, tx, *c, Supervision{ID: db.NewID(), CaseID: c.ID, Level: in.Body.Level, Demand: in.Body.Demand, DueAt: due.AddDate(0, 0, 1),
			OrderedBy: actor.ID, UnitID: actor.Unit, OrderedAt: ev.At})
		if err != nil {
			return err
		}
		if err := insertSupervision(tx, v); err != nil {
			return err
		}
		return s.tellWorkers(ctx, tx, *c, "case.supervised", i18n.T("诉求 %[1]s 被%[2]s，请按期报告", "Case %[1]s: %[2]s; please report in time").With(c.Number, SupervisionLevels()[in.Body.Level-1]))
	})
}

// AnswerSupervisionInput reports on an order.
type AnswerSupervisionInput struct {
	ID          string `path:"id"`
	Supervision string `path:"supervision"`
	Body        struct {
		Text string `json:"text" minLength:"1" maxLength:"5000"`
	}
}

// AnswerSupervision reports what was done about an order.
func (s *Service) AnswerSupervision(ctx context.Context, in AnswerSupervisionInput) (v Supervision, err error) {
	_, err = s.onCase(ctx, in.ID, "AnswerSupervision", func(tx *db.Tx, c Case) (Case, error) {
		if v, err = s.supervision(tx.Reader, c, in.Supervision); err != nil {
			return c, err
		}
		as, err := assignments(tx.Reader, c.ID)
		if err != nil {
			return c, err
		}
		if _, err := partOf(authz.From(ctx), as); err != nil {
			return c, err
		}
		if err := mayAnswer(v); err != nil {
			return c, err
		}
		v.Answer, v.AnsweredBy, v.AnsweredAt = in.Body.Text, authz.From(ctx).ID, s.Now()
		kept, err := seal(s, tx, c, v)
		if err != nil {
			return c, err
		}
		if _, err := tx.Exec(`update case_supervision set answer = $2, answered_by = $3, answered_at = $4 where id = $1`, v.ID, kept.Answer, v.AnsweredBy, v.AnsweredAt); err != nil {
			return c, err
		}
		by, err := org.StaffByID(tx.Reader, v.OrderedBy)
		if err != nil {
			return c, err
		}
		if err := s.tell(ctx, tx, c, []org.Staff{by}, "case.supervision_answered", i18n.T("诉求 %s 的督办已有报告", "Case %s: there is a report on your order").With(c.Number)); err != nil {
			return c, err
		}
		return c, s.happened(ctx, tx, c, v.event(doAnswer, v.AnsweredAt, in.Body.Text))
	})
	return v, err
}

// event is what happens to an order, for the history of its case.
func (v Supervision) event(a flow.Action, at time.Time, reason string) Event {
	return Event{At: at, Action: string(a), Reason: reason, Detail: map[string]any{"level": v.Level}}
}

// EndSupervisionInput closes an order, or sends the report on it back.
type EndSupervisionInput struct {
	ID          string `path:"id"`
	Supervision string `path:"supervision"`
	Body        struct {
		Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	}
}

// ReturnReport sends the report on an order back that is not good enough: the
// unit reports once more by the same day. What it said stays in the history.
func (s *Service) ReturnReport(ctx context.Context, in EndSupervisionInput) (Supervision, error) {
	return s.onReport(ctx, in, "ReturnReport", func(tx *db.Tx, c Case, v *Supervision) (Case, error) {
		v.Answer, v.AnsweredBy, v.AnsweredAt = "", "", time.Time{}
		if _, err := tx.Exec(`update case_supervision set answer = '', answered_by = '', answered_at = null where id = $1`, v.ID); err != nil {
			return c, err
		}
		return c, fault.First(
			func() error { return s.happened(ctx, tx, c, v.event(doReturnReport, s.Now(), in.Body.Reason)) },
			func() error {
				return s.tellWorkers(ctx, tx, c, "case.supervised", i18n.T("诉求 %s 的督办报告被退回，请重新报告", "Case %s: the report on an order was sent back; please report again").With(c.Number))
			},
		)
	})
}

// EndSupervision closes an order that was answered. The case keeps the level
// of the strictest order that is still open.
func (s *Service) EndSupervision(ctx context.Context, in EndSupervisionInput) (Supervision, error) {
	return s.onReport(ctx, in, "EndSupervision", func(tx *db.Tx, c Case, v *Supervision) (_ Case, err error) {
		v.ClosedBy, v.ClosedAt, v.Closing = authz.From(ctx).ID, s.Now(), in.Body.Reason
		kept, err := seal(s, tx, c, *v)
		if err != nil {
			return c, err
		}
		if _, err := tx.Exec(`update case_supervision set closed_by = $2, closed_at = $3, closing = $4 where id = $1`, v.ID, v.ClosedBy, v.ClosedAt, kept.Closing); err != nil {
			return c, err
		}
		c.Supervision, err = db.Value[int](tx.Reader, `select coalesce(max(level), 0) from case_supervision where case_id = $1 and closed_at is null`, c.ID)
		if err != nil {
			return c, err
		}
		return c, fault.First(
			func() error { return updateCase(tx, c) },
			func() error { return s.happened(ctx, tx, c, v.event(doEnd, v.ClosedAt, v.Closing)) },
		)
	})
}

// onReport is the frame of what is decided about the report on an order: by who
// may end the order, and with a reason.
func (s *Service) onReport(ctx context.Context, in EndSupervisionInput, what string, decide func(*db.Tx, Case, *Supervision) (Case, error)) (v Supervision, err error) {
	_, err = s.onCase(ctx, in.ID, what, func(tx *db.Tx, c Case) (Case, error) {
		if v, err = s.supervision(tx.Reader, c, in.Supervision); err != nil {
			return c, err
		}
		if err := fault.First(
			func() error { return needReason(in.Body.Reason) },
			func() error { return mayEnd(ctx, c, v) },
		); err != nil {
			return c, err
		}
		return decide(tx, c, &v)
	})
	return v, err
}

// supervision returns an order about a case, one that is closed too.
func (s *Service) supervision(r db.Reader, c Case, order string) (Supervision, error) {
	v, err := db.Find[Supervision](r, i18n.T("督办", "order"), `select * from case_supervision where id = $1 and case_id = $2`, order, c.ID)
	if err == nil {
		_, err = s.reveal(r, c, &v)
	}
	return v, err
}

func supervisions(r db.Reader, id string) ([]Supervision, error) {
	return db.All[Supervision](r, `select * from case_supervision where case_id = $1 order by id`, id)
}

func insertSupervision(tx *db.Tx, v Supervision) error {
	_, err := tx.Exec(`insert into case_supervision (id, case_id, level, demand, due_at, ordered_by, unit_id, ordered_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		v.ID, v.CaseID, v.Level, v.Demand, v.DueAt, v.OrderedBy, v.UnitID, v.OrderedAt)
	return err
}

func (v *Supervision) rewrite(tx *db.Tx) error {
	return tx.Add(`update case_supervision set demand = $2, answer = $3, closing = $4 where id = $1`, v.ID, v.Demand, v.Answer, v.Closing)
}

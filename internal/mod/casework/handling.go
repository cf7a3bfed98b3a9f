package casework

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// Reasoned is a step with a reason.
type Reasoned struct {
	ID   string `path:"id"`
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"2000"`
	}
}

// Accept takes a case up.
func (s *Service) Accept(ctx context.Context, in Reasoned) (Case, error) {
	return s.change(ctx, in.ID, doAccept, Event{Reason: in.Body.Reason}, func(_ *db.Tx, c *Case, ev *Event) error {
		c.AcceptedAt = ev.At
		return nil
	})
}

// RejectInput refuses a case and says where else the person may turn.
type RejectInput struct {
	ID   string `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"Shown to the reporter."`
		Advice string `json:"advice,omitempty" maxLength:"500" doc:"The channel that is right for it; shown to the reporter."`
	}
}

// Reject does not accept a case (不予受理): the reporter reads why, and where
// to turn.
func (s *Service) Reject(ctx context.Context, in RejectInput) (Case, error) {
	public := strings.TrimSpace(in.Body.Reason + " " + in.Body.Advice)
	return s.change(ctx, in.ID, doReject, Event{Reason: in.Body.Reason, Public: public}, func(tx *db.Tx, c *Case, _ *Event) error {
		if err := needReason(in.Body.Reason); err != nil {
			return err
		}
		c.Outcome, c.Reply = demand.NotAccepted, public
		return s.reply(tx, *c)
	})
}

// reply writes what the reporter of a case is told.
func (s *Service) reply(tx *db.Tx, c Case) error {
	kept, err := seal(s, tx, c, c)
	if err != nil {
		return err
	}
	return kept.keep(tx)
}

// MergeInput merges a case into another.
type MergeInput struct {
	ID   string `path:"id"`
	Body struct {
		Into   string `json:"into" minLength:"1" doc:"Identifier of the case that goes on."`
		Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	}
}

// Merge lets a repeat go on under the case that was first. Chains are not
// made: what was merged before cannot take another, and what it had taken goes
// with it. Nor are cases joined that are not kept from the same people.
func (s *Service) Merge(ctx context.Context, in MergeInput) (Case, error) {
	ev := Event{Reason: in.Body.Reason, Detail: map[string]any{"into": in.Body.Into}}
	return s.change(ctx, in.ID, doMerge, ev, func(tx *db.Tx, c *Case, ev *Event) error {
		into, err := seen(ctx, tx.Reader, in.Body.Into)
		if err != nil {
			return err
		}
		kept, err := keptOut(tx.Reader, c.ID, into.ID)
		if err != nil {
			return err
		}
		if err := mayMerge(*c, into, kept); err != nil {
			return err
		}
		if err := s.sealTogether(ctx, tx, c, &into); err != nil {
			return err
		}
		c.MergedInto, ev.Detail["number"] = into.ID, into.Number
		if err := s.follow(ctx, tx, c.ID, into.ID); err != nil {
			return err
		}
		return s.happened(ctx, tx, into, Event{At: ev.At, Action: string(doMergedIn), Detail: map[string]any{"from": c.ID, "number": c.Number}})
	})
}

// follow lets what was merged into one case go on in another.
func (s *Service) follow(ctx context.Context, tx *db.Tx, from, into string) error {
	joined, err := goOn(tx, from, into)
	for _, c := range joined {
		if err == nil {
			err = s.happened(ctx, tx, c, Event{Action: string(doFollow), Detail: map[string]any{"into": into}})
		}
	}
	return err
}

// TakeBack withdraws a case from the units that have it, to be dispatched anew.
func (s *Service) TakeBack(ctx context.Context, in Reasoned) (Case, error) {
	return s.change(ctx, in.ID, doTakeBack, Event{Reason: in.Body.Reason}, func(tx *db.Tx, c *Case, ev *Event) error {
		if err := needReason(in.Body.Reason); err != nil {
			return err
		}
		qs, err := requests(tx.Reader, c.ID)
		if err != nil {
			return err
		}
		return fault.First(
			func() error { return noReturn(qs) },
			func() error { return s.wake(ctx, tx, c, ev.At) },
			func() error { return s.backToOffice(ctx, tx, c, "redispatched", ev.At) },
		)
	})
}

// backToOffice takes a case from the units that have it; the time to dispatch it
// begins anew.
func (s *Service) backToOffice(ctx context.Context, tx *db.Tx, c *Case, why string, at time.Time) error {
	if err := endAssignments(tx, c, why, at); err != nil {
		return err
	}
	policy, err := s.policyOf(ctx, *c)
	if err != nil {
		return err
	}
	_, err = s.startClock(ctx, tx, *c, Clock{Kind: ClockDispatch, StartedAt: at, TimeLimit: policy.Dispatch})
	return err
}

// endAssignments ends every running part of a case. Who had it sees it no more:
// what the next unit and the reporter say to each other is theirs.
func endAssignments(tx *db.Tx, c *Case, why string, at time.Time) error {
	as, err := assignments(tx.Reader, c.ID)
	if err != nil {
		return err
	}
	for _, a := range as {
		if !a.EndedAt.IsZero() {
			continue
		}
		a.EndedAt, a.EndedBy = at, why
		if err := updateAssignment(tx, a); err != nil {
			return err
		}
		if err := meet(tx, c.ID, ClockSign, a.UnitID, at); err != nil {
			return err
		}
	}
	c.LeadUnit, c.LeadPath = "", ""
	return keepNodes(tx, *c, regionPath(c.Path, c.Institution))
}

// Sign signs for a case in the name of the actor's unit.
func (s *Service) Sign(ctx context.Context, in ByID) (Case, error) {
	return s.onPart(ctx, in.ID, doSign, Event{}, func(tx *db.Tx, c *Case, part *Assignment, ev *Event) error {
		if err := maySign(part); err != nil {
			return err
		}
		part.SignedAt, part.SignedBy = ev.At, authz.From(ctx).ID
		ev.Detail = map[string]any{"unit": part.UnitID}
		return meet(tx, c.ID, ClockSign, part.UnitID, ev.At)
	})
}

// AssignInput names who works on a case within the unit.
type AssignInput struct {
	ID   string `path:"id"`
	Body struct {
		Unit    string `json:"unit,omitempty" doc:"Department."`
		Handler string `json:"handler,omitempty" doc:"Staff identifier."`
		Note    string `json:"note,omitempty" maxLength:"1000"`
	}
}

// Assign gives a case to a department or a person of the unit.
func (s *Service) Assign(ctx context.Context, in AssignInput) (Case, error) {
	ev := Event{Reason: in.Body.Note, Detail: map[string]any{"unit": in.Body.Unit, "handler": in.Body.Handler}}
	return s.onPart(ctx, in.ID, doAssign, ev, func(tx *db.Tx, c *Case, part *Assignment, _ *Event) error {
		unit, err := within(tx.Reader, *c, *part, in.Body.Unit, in.Body.Handler)
		if err != nil {
			return err
		}
		part.HandlerUnit, part.HandlerPath, part.Handler = unit.ID, unit.Path, in.Body.Handler
		return addNodes(tx, *c, unit.Path)
	})
}

// within returns the department, or that of the person, and refuses whoever
// does not belong to the unit or is kept from the case.
func within(r db.Reader, c Case, a Assignment, unit, handler string) (org.Unit, error) {
	if handler != "" {
		p, err := org.StaffByID(r, handler)
		if err != nil {
			return org.Unit{}, err
		}
		may, err := unbarred(r, c.ID, []org.Staff{p})
		if err != nil {
			return org.Unit{}, err
		}
		if len(may) == 0 {
			return org.Unit{}, fault.Field("handler", i18n.T("此人与本件有利益关系，应当回避", "this person has an interest in the case and must stay out"))
		}
		unit = p.UnitID
	}
	u, err := mayHandle(r, c, unit, "unit")
	if err != nil {
		return u, err
	}
	if !strings.HasPrefix(u.Path, a.UnitPath) {
		return u, fault.Field("unit", i18n.T("“%s”不属于承办单位", "%s does not belong to the unit that has the case"), u.Name)
	}
	return u, nil
}

// SubmitInput is the result of a case.
type SubmitInput struct {
	ID   string `path:"id"`
	Body struct {
		Outcome  demand.Outcome `json:"outcome" enum:"true,partly_true,not_true,cannot_tell,explained,solved,mediated,handed_over"`
		Cause    demand.Cause   `json:"cause,omitempty" enum:"rules,process,people,equipment,it,communication,policy,understanding"`
		Findings string         `json:"findings" minLength:"1" maxLength:"20000" doc:"What was found; for the file."`
		Measures string         `json:"measures,omitempty" maxLength:"20000" doc:"What was done about it."`
		Reply    string         `json:"reply" minLength:"5" maxLength:"5000" doc:"What the reporter is told."`
		// WithoutHelpers is for the file.
		WithoutHelpers string `json:"without_helpers,omitempty" maxLength:"500" doc:"Why it is handed in although a helping unit has not given its opinion."`
	}
}

// Submit hands in the result. It is the end of the unit's time; a result that
// is sent back was none.
func (s *Service) Submit(ctx context.Context, in SubmitInput) (Case, error) {
	ev := Event{Reason: in.Body.Findings, Detail: map[string]any{"outcome": in.Body.Outcome, "cause": in.Body.Cause, "measures": in.Body.Measures, "reply": in.Body.Reply}}
	if why := strings.TrimSpace(in.Body.WithoutHelpers); why != "" {
		ev.Detail["without_helpers"] = why
	}
	return s.onPart(ctx, in.ID, doSubmit, ev, func(tx *db.Tx, c *Case, part *Assignment, ev *Event) error {
		qs, err := requests(tx.Reader, c.ID)
		if err != nil {
			return err
		}
		if err := maySubmit(part, qs); err != nil {
			return err
		}
		if err := hearHelpers(tx.Reader, c.ID, detailText(ev.Detail, "without_helpers")); err != nil {
			return err
		}
		if err := s.wake(ctx, tx, c, ev.At); err != nil {
			return err
		}
		part.FinishedAt, part.Handler = ev.At, authz.From(ctx).ID
		c.Outcome, c.Cause, c.Reply, c.FinishedAt = in.Body.Outcome, in.Body.Cause, in.Body.Reply, ev.At
		return fault.First(
			func() error { return s.reply(tx, *c) },
			func() error { return meetFinal(tx, c.ID, ev.At) },
		)
	})
}

// hearHelpers refuses a result before the helping units have given their
// opinions, unless the leading unit says why it does not wait for them.
func hearHelpers(r db.Reader, id, why string) error {
	as, err := assignments(r, id)
	if err != nil || why != "" {
		return err
	}
	var silent []string
	for _, a := range as {
		if a.Part == Assist && a.EndedAt.IsZero() && a.FinishedAt.IsZero() {
			silent = append(silent, a.UnitID)
		}
	}
	if len(silent) == 0 {
		return nil
	}
	units, err := org.UnitsByID(r, silent)
	if err != nil {
		return err
	}
	names := namesOf(slices.SortedFunc(maps.Values(units), func(a, b org.Unit) int { return strings.Compare(a.Path, b.Path) }))
	return fault.Field("without_helpers", i18n.T("协办单位还没有填写意见：%s", "these helping units have not given their opinion: %s"), names).
		WithFix(i18n.T("请等协办意见，或写明不等的理由", "wait for them, or say why you do not"))
}

// Approve accepts the result; the reporter now reads the reply. A helping unit
// that never signed need not do so any more.
func (s *Service) Approve(ctx context.Context, in Reasoned) (Case, error) {
	return s.turn(ctx, in.ID, doApprove, Event{Reason: in.Body.Reason}, func(tx *db.Tx, c *Case, as []Assignment, ev *Event) error {
		ev.Public, c.AskedAt = c.Reply, ev.At
		es, err := events(tx.Reader, c.ID)
		if err != nil {
			return err
		}
		if err := mayApprove(authz.From(ctx), as, es); err != nil {
			return err
		}
		for _, a := range as {
			if a.EndedAt.IsZero() && a.SignedAt.IsZero() {
				if err := meet(tx, c.ID, ClockSign, a.UnitID, ev.At); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// SendBack gives the result back to the unit; its clock runs on as if nothing
// had been handed in.
func (s *Service) SendBack(ctx context.Context, in Reasoned) (Case, error) {
	return s.change(ctx, in.ID, doSendBack, Event{Reason: in.Body.Reason}, func(tx *db.Tx, c *Case, _ *Event) error {
		if err := needReason(in.Body.Reason); err != nil {
			return err
		}
		c.FinishedAt = time.Time{}
		return s.unmeet(ctx, tx, *c)
	})
}

// NoteInput is a remark for the file.
type NoteInput struct {
	ID   string `path:"id"`
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"5000"`
	}
}

// Note adds a remark that only staff read. It touches no clock.
func (s *Service) Note(ctx context.Context, in NoteInput) (Case, error) {
	return s.change(ctx, in.ID, doNote, Event{Reason: in.Body.Text}, func(*db.Tx, *Case, *Event) error { return nil })
}

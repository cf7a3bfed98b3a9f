package casework

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// Past is the history of a case that was handled before the program knew of it,
// or of an invented one: what happened, when, and who did it. A step without a
// time has not been taken; steps are taken in the order of the fields, and
// none before the one above it.
type Past struct {
	Opening
	Unit       org.Unit // that led it
	AcceptedAt time.Time
	SignedAt   time.Time
	// ContactedAt may be zero although later steps were taken.
	ContactedAt time.Time
	SubmittedAt time.Time
	ApprovedAt  time.Time
	ClosedAt    time.Time

	Worker, Reviewer string // members of staff
	Contact          string // what came of the first contact
	Result           Result
	Asked            Callback // the call-back that ended it: method, actor, answers
}

// Result is what a unit handed in.
type Result struct {
	Outcome                   demand.Outcome
	Cause                     demand.Cause
	Findings, Measures, Reply string
}

// WritePast writes whole histories as if each step had been taken at its time:
// the table of steps and verify judge its events, clocks, parts, nodes and bars
// like any other. A contact of an anonymous reporter stands there as one by
// message. Nobody is told of anything, nothing is audited step by step,
// and what was said is not indexed; the log has every event and call-back, and
// that they were written down later. It returns what others compute with about the
// cases. Fault: Invalid where a history contradicts the order of steps.
func (s *Service) WritePast(ctx context.Context, tx *db.Tx, pasts []Past) (facts []Fact, err error) {
	defer fault.Wrap(&err, "casework.WritePast(%d)", len(pasts))
	w := pastWriter{Service: s, ctx: ctx, facts: make([]Fact, 0, len(pasts)), leaves: map[string][]tlog.Fact{}, made: s.Vault.Batch()}
	for _, p := range pasts {
		if err := w.add(p); err != nil {
			return nil, err
		}
	}
	return w.facts, w.write(tx)
}

// pastWriter collects the rows of many histories.
type pastWriter struct {
	*Service
	ctx       context.Context //nolint:containedctx // of the one call that it lives in
	facts     []Fact
	cases     [][]any
	nodes     [][]any
	events    [][]any
	leaves    map[string][]tlog.Fact // by kind
	parts     [][]any
	clocks    [][]any
	callbacks [][]any
	bars      [][]any
	made      *crypt.Batch
}

// add puts the rows of one history together.
func (w *pastWriter) add(p Past) error {
	if err := p.inOrder(); err != nil {
		return err
	}
	policy, version, err := w.policyFor(w.ctx, p.Opening)
	if err != nil {
		return err
	}
	h := &pastCase{Past: p, c: caseOf(p.Opening, version), policy: policy}
	start, limit := p.term(policy.Finish)
	h.c.DueAt = w.calendar(w.ctx, start).Due(start, limit).At
	if h.steps(); h.wrong != nil {
		return h.wrong
	}
	if err := w.addClocks(h); err != nil {
		return err
	}
	w.facts = append(w.facts, h.fact())
	plain := slices.Clone(h.events)
	if !h.ClosedAt.IsZero() {
		w.addLeaf(&h.Asked, h.c.Sealed)
	}
	if err := h.seal(w.made); err != nil {
		return err
	}
	last := len(plain) - 1
	plain[last].Fingerprint = w.addCase(h)
	h.events[last].Fingerprint = plain[last].Fingerprint
	w.addEvents(h.events)
	for i := range plain {
		w.addLeaf(&plain[i], h.c.Sealed)
	}
	return nil
}

// addLeaf adds the leaf of a row in plain words.
func (w *pastWriter) addLeaf(x proven, sealed bool) {
	kind, f := factOf(x, sealed)
	w.leaves[kind] = append(w.leaves[kind], f)
}

// inOrder refuses a step before the one above it, or without it.
func (p Past) inOrder() error {
	last := p.ReceivedAt
	for _, at := range []time.Time{p.AcceptedAt, p.SignedAt, p.SubmittedAt, p.ApprovedAt, p.ClosedAt} {
		if !at.IsZero() && (last.IsZero() || at.Before(last)) {
			return fault.Field("steps", i18n.T("诉求 %s 的办理经过先后颠倒或有缺失", "the steps of case %s are out of order, or one is missing"), p.Number)
		}
		last = at
	}
	if c := p.ContactedAt; !c.IsZero() && (p.SignedAt.IsZero() || c.Before(p.SignedAt) || !p.SubmittedAt.IsZero() && c.After(p.SubmittedAt)) {
		return fault.Field("steps", i18n.T("诉求 %s 的首次联系不在办理期间", "case %s: the first contact lies outside the handling"), p.Number)
	}
	return nil
}

// pastCase is a history on its way to rows.
type pastCase struct {
	Past
	c      Case
	policy Policy
	events []Event
	ran    []Clock
	wrong  error // the first step that the table does not allow
}

// steps takes the steps of the history, each as the table says.
func (h *pastCase) steps() {
	ev := opened(h.c, h.Opening)
	h.events = append(h.events, ev)
	auto := map[string]any{"auto": true}
	h.step(h.AcceptedAt, doAccept, Accepted, Event{Actor: "system", Detail: auto})
	if h.step(h.AcceptedAt, doDispatch, Dispatched, Event{Actor: "system", Public: h.Unit.Name, Detail: map[string]any{"auto": true, "lead": h.Unit.ID}}) {
		h.c.AcceptedAt, h.c.LeadUnit, h.c.LeadPath = h.AcceptedAt, h.Unit.ID, h.Unit.Path
	}
	mine := Event{Actor: h.Worker, UnitID: h.Unit.ID}
	if h.step(h.SignedAt, doSign, Handling, mine) && h.c.promised() {
		mine.Detail = map[string]any{"what": "accepted", "method": "phone"}
		h.step(h.SignedAt, doFeedback, Handling, mine)
	}
	mine.Detail, mine.Reason = map[string]any{"method": contactMethod(h.Mode)}, h.Contact
	if h.step(h.ContactedAt, doContact, Handling, mine) {
		h.c.ContactedAt = h.ContactedAt
	}
	r := h.Result
	mine.Reason, mine.Detail = r.Findings, map[string]any{"outcome": r.Outcome, "cause": r.Cause, "measures": r.Measures, "reply": r.Reply}
	if h.step(h.SubmittedAt, doSubmit, Reviewing, mine) {
		h.c.FinishedAt, h.c.Reply = h.SubmittedAt, r.Reply
		h.c.Outcome, h.c.Cause = r.Outcome, r.Cause
	}
	if h.step(h.ApprovedAt, doApprove, Calling, Event{Actor: h.Reviewer, Public: r.Reply}) {
		h.c.AskedAt = h.ApprovedAt
	}
	h.end()
}

// contactMethod is how a reporter is reached at all.
func contactMethod(m demand.Mode) string {
	if m == demand.Anonymous {
		return "message"
	}
	return "phone"
}

// end takes the last steps: the call-back and what follows from it.
func (h *pastCase) end() {
	if h.ClosedAt.IsZero() {
		return
	}
	h.Asked.ID, h.Asked.CaseID, h.Asked.At = db.NewID(), h.c.ID, h.ClosedAt
	detail := map[string]any{"callback": h.Asked.ID, "valid": h.Asked.Valid}
	last := Event{Actor: h.Asked.Actor, Detail: detail}
	if h.Asked.Valid && h.Asked.Solved == "no" { // then a person decides
		h.step(h.ClosedAt, doCalled, Calling, Event{Actor: h.Asked.Actor, Detail: detail})
		last = Event{Actor: h.Reviewer, Reason: h.Asked.Remark}
	}
	if h.step(h.ClosedAt, doClose, Archived, last); h.c.promised() {
		h.step(h.ClosedAt, doFeedback, Archived, Event{Actor: h.Worker, UnitID: h.Unit.ID, Reason: h.Result.Reply, Detail: map[string]any{"what": "result", "method": "phone"}})
	}
	h.c.ClosedAt = h.ClosedAt
}

// step takes one step, and reports whether it was taken at all.
func (h *pastCase) step(at time.Time, a flow.Action, to State, ev Event) bool {
	if at.IsZero() {
		return false
	}
	ev.ID, ev.CaseID, ev.At, ev.Action, ev.FromState, ev.ToState = db.NewID(), h.c.ID, at, string(a), h.c.State, to
	if ev.Detail == nil {
		ev.Detail = map[string]any{}
	}
	if !life().Allows(ev.FromState, a, to) && !slices.Contains(remarks(), ev.Action) && h.wrong == nil {
		h.wrong = fault.Field("steps", i18n.T("诉求 %s：“%s”不能从“%s”到“%s”", "case %s: %q does not lead from %q to %q"), h.Number, ev.Action, ev.FromState, to)
	}
	h.events, h.c.State = append(h.events, ev), to
	return true
}

// metBy is when a clock stopped: when its step was taken, or with the case.
func (h *pastCase) metBy(at time.Time) time.Time {
	if at.IsZero() {
		return h.ClosedAt
	}
	return at
}

// pastClock is a clock that a history has started.
type pastClock struct {
	kind       ClockKind
	unit       string
	start, met time.Time
	limit      calendar.Limit
}

func (h *pastCase) clocks(tell calendar.Limit) []pastClock {
	start, limit := h.term(h.policy.Finish)
	list := []pastClock{{ClockFinish, "", start, h.metBy(h.SubmittedAt), limit}, {ClockDispatch, "", h.ReceivedAt, h.AcceptedAt, h.policy.Dispatch}}
	if !h.AcceptedAt.IsZero() {
		list = append(list, pastClock{ClockSign, h.Unit.ID, h.AcceptedAt, h.metBy(h.SignedAt), h.policy.Sign},
			pastClock{ClockContact, "", h.AcceptedAt, h.metBy(h.ContactedAt), h.policy.Contact})
	}
	if h.c.promised() {
		list = append(list, pastClock{ClockTold, "", h.ReceivedAt, h.metBy(h.SignedAt), tell})
		if !h.ClosedAt.IsZero() {
			list = append(list, pastClock{ClockFeedback, "", h.ClosedAt, h.ClosedAt, tell})
		}
	}
	return list
}

// seal seals what was written, where the case is sealed.
func (h *pastCase) seal(made *crypt.Batch) error {
	said := slices.DeleteFunc(slices.Concat([]saying{&h.c, &h.Asked}, sayings(h.events)), silent)
	if !h.c.Sealed || len(said) == 0 {
		return nil
	}
	k, err := made.Create(keyOf(h.c.ID))
	for _, x := range said {
		if err == nil {
			err = pass(x, k.Seal)
		}
	}
	return err
}

// fact is what others compute with about the case.
func (h *pastCase) fact() Fact {
	f := Fact{Case: h.c, FeedbackAt: h.ApprovedAt}
	if h.c.promised() {
		f.FeedbackAt = h.SignedAt // the first time that the reporter was told anything
	}
	if h.Asked.Valid && !h.ClosedAt.IsZero() {
		f.First, f.Last = h.Asked, h.Asked
	}
	if h.c.Route == Integrity && h.c.Institution != "" {
		f.Barred = []string{h.c.Institution}
	}
	return f
}

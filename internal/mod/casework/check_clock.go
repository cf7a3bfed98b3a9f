package casework

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
)

// history is what the deadlines of a case follow from.
type history struct {
	c        Case
	events   []Event
	parts    []Assignment
	requests []Request
}

// pauses reads the spans from the events: a pause that was granted and a return
// under review each hold the time of a case.
func (h history) pauses() (all []pause) {
	var paused, returning bool
	var since time.Time
	for _, e := range h.events {
		switch {
		case !e.ToState.Open() || e.Action == string(doTakeBack):
			paused, returning = false, false
		case e.Action == string(doAskReturn):
			returning = true
		case e.Action == string(AskReturn)+"_"+refused:
			returning, paused = false, paused && !h.pauseEnded(e.At)
		case e.Action == string(AskPause)+"_"+granted:
			paused = true
		case e.Action == string(doResume) || e.Action == string(doSubmit):
			paused = false
		}
		switch still := paused || returning; {
		case still && since.IsZero():
			since = e.At
		case !still && !since.IsZero():
			all, since = append(all, pause{since, e.At}), time.Time{}
		}
	}
	if !since.IsZero() {
		all = append(all, pause{from: since})
	}
	return all
}

// pauseEnded reports whether a pause ended when a return was refused, as it did
// before pauses had an end of their own (migration 8).
func (h history) pauseEnded(at time.Time) bool {
	return slices.ContainsFunc(h.requests, func(q Request) bool { return q.Kind == AskPause && q.EndedAt.Equal(at) })
}

// run puts together what happened to a clock: the pauses that it lived through
// and the extensions that were granted while it was the clock of the result.
func (h history) run(k Clock) (calendar.Run, error) {
	var changes []change
	for _, p := range h.pauses() {
		if !p.to.IsZero() && !k.StartedAt.After(p.from) && (k.MetAt.IsZero() || !k.MetAt.Before(p.to)) {
			changes = append(changes, change{p.to, calendar.Pause(p.from, p.to)})
		}
	}
	var again time.Time // when the case was last handled anew
	for _, e := range h.events {
		switch e.Action {
		case string(doRework), string(doReopen):
			again = e.At
		case string(AskExtension) + "_" + granted:
			first := again.IsZero() && k.Kind == ClockFinish && k.Round == 0
			if !first && (!k.isFinal() || !k.StartedAt.Equal(again)) {
				continue
			}
			by, err := calendar.ParseLimit(detailText(e.Detail, "extension"))
			if err != nil {
				return calendar.Run{}, err
			}
			changes = append(changes, change{e.At, calendar.Extension(by)})
		}
	}
	return k.after(changes), nil
}

// begins reports whether a clock starts with the event that it measures from;
// first is when those begin that measure from the report itself.
func (h history) begins(k Clock, first time.Time) bool {
	at := func(e Event, actions ...string) bool {
		return e.At.Equal(k.StartedAt) && slices.Contains(actions, e.Action)
	}
	switch k.Kind {
	case ClockSign, ClockContact:
		return slices.ContainsFunc(h.parts, func(a Assignment) bool {
			return a.DispatchedAt.Equal(k.StartedAt) && (k.Kind == ClockContact || a.UnitID == k.UnitID)
		})
	case ClockRework:
		return slices.ContainsFunc(h.events, func(e Event) bool { return at(e, string(doRework), string(doReopen)) })
	case ClockFeedback:
		return slices.ContainsFunc(h.events, func(e Event) bool { return e.At.Equal(k.StartedAt) && !e.ToState.Open() })
	case ClockFinish:
		return k.Round == 0 && first.Equal(k.StartedAt) || k.Round > 0 && slices.ContainsFunc(h.events, func(e Event) bool { return at(e, string(doReopen)) })
	case ClockDispatch:
		return first.Equal(k.StartedAt) || slices.ContainsFunc(h.events, func(e Event) bool { return at(e, string(doTakeBack), string(doReopen)) })
	default:
		return first.Equal(k.StartedAt)
	}
}

// settling is how long deadlines may rest on the holidays as they were known
// before: the job that reckons them anew needs its time.
const settling = time.Hour

// agrees reports whether the deadline of a clock is what its history says,
// under the holidays that were known when it stopped.
func (s *Service) agrees(ctx context.Context, k Clock, run calendar.Run) (calendar.Deadline, bool) {
	known := k.MetAt
	if known.IsZero() {
		known = s.Now()
	}
	due := s.Calendar(ctx, k.StartedAt, known).Reckon(run)
	if due.At.Equal(k.DueAt) && due.Provisional == k.Provisional {
		return due, true
	}
	before := s.Calendar(ctx, k.StartedAt, known.Add(-settling)).Reckon(run)
	return due, before.At.Equal(k.DueAt)
}

// checkDeadlines reckons every deadline again from the events of its case and
// from the settings that held when the case came in.
func (s *Service) checkDeadlines(ctx context.Context, b batch, wrong complain) error {
	clocks, err := clocksOf(b)
	if err != nil {
		return err
	}
	events, err := eventsOf(b)
	if err != nil {
		return err
	}
	parts, err := assignmentsOf(b)
	if err != nil {
		return err
	}
	asked, err := requestsOf(b)
	if err != nil {
		return err
	}
	for _, c := range b.cases {
		h := history{c, events[c.ID], parts[c.ID], asked[c.ID]}
		if err := s.checkClocks(ctx, h, clocks[c.ID], wrong); err != nil {
			return err
		}
		h.checkCase(clocks[c.ID], wrong)
		h.checkRounds(clocks[c.ID], wrong)
	}
	return nil
}

func (s *Service) checkClocks(ctx context.Context, h history, ks []Clock, wrong complain) error {
	for _, k := range ks {
		run, err := h.run(k)
		if err != nil {
			return err
		}
		if due, ok := s.agrees(ctx, k, run); !ok {
			wrong(h.c, "clock %s %s is due at %s, its history says %s", k.Kind, k.UnitID, k.DueAt, due.At)
		}
		from, l, err := s.termOf(ctx, h, k)
		if err != nil {
			return err
		}
		if !h.begins(k, from) {
			wrong(h.c, "clock %s %s begins at %s, when nothing happened that starts it", k.Kind, k.UnitID, k.StartedAt)
		}
		if l.Valid() && l != k.TimeLimit {
			wrong(h.c, "clock %s %s has the limit %s, the settings say %s", k.Kind, k.UnitID, k.TimeLimit, l)
		}
		if rings := !k.NextAt.IsZero(); rings && (!k.MetAt.IsZero() || !k.PausedAt.IsZero()) || !rings && k.MetAt.IsZero() && k.PausedAt.IsZero() && k.Level < levelCommission {
			wrong(h.c, "clock %s %s would ring at the wrong time: %s", k.Kind, k.UnitID, k.NextAt)
		}
	}
	return nil
}

// termOf returns when a clock that measures from the report begins, and how
// long it runs: as the policy says or, for the result, the sender.
func (s *Service) termOf(ctx context.Context, h history, k Clock) (from time.Time, l calendar.Limit, err error) {
	if l, err = s.limitOf(ctx, h.c, k.Kind); err != nil || k.Kind != ClockFinish || k.Round > 0 || len(h.events) == 0 {
		return h.c.ReceivedAt, l, err
	}
	o, err := h.events[0].senderTerm()
	from, l = o.term(l)
	return from, l, err
}

// limitOf returns the limit of a step under the policy of a case; none where
// the version of the settings that the case names is no longer in force.
func (s *Service) limitOf(ctx context.Context, c Case, kind ClockKind) (l calendar.Limit, err error) {
	if kind == ClockTold || kind == ClockFeedback {
		l, _, err = config.At(ctx, s.Settings, tellWithin, c.Path, c.ReceivedAt)
		return l, err
	}
	p, version, err := s.policyFor(ctx, openingOf(c))
	if err != nil || version != c.Policy {
		return l, err
	}
	return p.limit(kind), nil
}

// checkRounds looks for steps that wait for somebody although no time runs for
// them, and for clocks that began again before the last round was over.
func (h history) checkRounds(ks []Clock, wrong complain) {
	last := map[[2]string]Clock{}
	for _, k := range ks {
		of := [2]string{string(k.Kind), k.UnitID}
		before, again := last[of]
		if again != (k.Round > 0) || again && (k.Round != before.Round+1 || before.MetAt.IsZero()) {
			wrong(h.c, "clock %s %s runs in round %d after round %d", k.Kind, k.UnitID, k.Round, before.Round)
		}
		last[of] = k
	}
	k, has := last[[2]string{string(ClockDispatch), ""}]
	if office := h.c.State == Received || h.c.State == Accepted; office && (!has || !k.MetAt.IsZero()) {
		wrong(h.c, "it is %q, and no time runs within which it must be dispatched", h.c.State)
	}
	for _, a := range h.parts {
		if !a.EndedAt.IsZero() || h.c.State == Calling || !h.c.State.Open() {
			continue
		}
		if k := last[[2]string{string(ClockSign), a.UnitID}]; !k.StartedAt.Equal(a.DispatchedAt) {
			wrong(h.c, "unit %s has it since %s, and no time began within which it must sign", a.UnitID, a.DispatchedAt)
		}
	}
}

// checkCase compares what a case says of its deadline with its clocks.
func (h history) checkCase(ks []Clock, wrong complain) {
	var final Clock
	for _, k := range ks {
		if k.isFinal() {
			final = k
		}
	}
	if final.CaseID == "" {
		wrong(h.c, "no clock runs for its result")
		return
	}
	if !h.c.DueAt.Equal(final.DueAt) {
		wrong(h.c, "it is due at %s, the clock of its result says %s", h.c.DueAt, final.DueAt)
	}
	var since time.Time
	if ps := h.pauses(); len(ps) > 0 && ps[len(ps)-1].to.IsZero() {
		since = ps[len(ps)-1].from
	}
	if held := slices.ContainsFunc(h.requests, Request.holds); !since.Equal(h.c.PausedAt) || held == since.IsZero() {
		wrong(h.c, "it stands still since %s, its events say since %s, its requests hold it: %t", h.c.PausedAt, since, held)
	}
}

// checkTold looks for real-name reports of the discipline line that are over
// although nobody told the reporter the result, and nobody was alarmed when
// the time for that was up. The time is that of the newest event anywhere: while
// nothing runs nobody is alarmed, and that is nothing wrong.
func (s *Service) checkTold(_ context.Context, b batch, wrong complain) error {
	clocks, err := clocksOf(b)
	if err != nil {
		return err
	}
	events, err := eventsOf(b)
	if err != nil {
		return err
	}
	newest, err := db.One[struct{ At time.Time }](b.Reader, `select at from case_event order by id desc limit 1`)
	if err != nil {
		return err
	}
	for _, c := range b.cases {
		if !c.promised() || c.State.Open() || c.State == Merged || c.State == Withdrawn {
			continue
		}
		var promise Clock // the newest
		for _, k := range clocks[c.ID] {
			if k.Kind == ClockFeedback {
				promise = k
			}
		}
		switch {
		case wasTold(events[c.ID]):
		case promise.CaseID == "":
			wrong(c, "it is over, and no time runs within which its reporter must be told")
		case !promise.MetAt.IsZero():
			wrong(c, "its reporter counts as told, but there is no record of it")
		case newest.At.After(promise.DueAt.Add(settling)) && promise.Level < levelDue:
			wrong(c, "its reporter was not told the result in time, and nobody was alarmed")
		}
	}
	return nil
}

// wasTold reports whether a reporter was told the result that stands: a step that
// moves the case leaves none standing, but for its closing.
func wasTold(es []Event) (told bool) {
	for _, e := range es {
		switch {
		case e.Action == string(doClose):
		case e.ToState != e.FromState:
			told = false
		case e.Action == string(doFeedback) && detailText(e.Detail, "what") == "result":
			told = true
		}
	}
	return told
}

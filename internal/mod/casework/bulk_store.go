package casework

import (
	"maps"
	"slices"
	"time"

	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
)

// addCase adds the rows of a history but for its events and for its clocks, which
// addClocks has added, and returns the fingerprint of them.
func (w *pastWriter) addCase(h *pastCase) string {
	c, all := h.c, holding{file: fileRow{Case: h.c}, clocks: h.ran, bars: concerned(h.c)}
	all.fresh()
	w.cases = append(w.cases, []any{c.ID, c.Number, c.Title, c.Category, c.Item, c.Class, c.Channel, c.Mode, c.Urgency, c.Route, c.State,
		c.Region, c.Path, c.Institution, c.Department, c.Place, c.ReceivedAt, c.AcceptedAt, c.LeadUnit, c.LeadPath, c.DueAt,
		c.ContactedAt, c.FinishedAt, c.ClosedAt, c.Outcome, c.Cause, c.Reply, c.Policy, c.AskedAt, c.Sealed, all.file.Salt})
	nodes := nodesOf(regionPath(c.Path, c.Institution))
	if c.LeadUnit != "" {
		nodes = append(nodes, nodesOf(unitScope(h.Unit))...)
		all.parts = []Assignment{h.part()}
	}
	for _, a := range all.parts {
		w.parts = append(w.parts, []any{a.ID, a.CaseID, a.UnitID, a.UnitPath, a.Part, a.DispatchedBy, a.DispatchedAt, a.SignedBy, a.SignedAt, a.FinishedAt, a.Handler})
	}
	turns, next := waiting(c, papers{parts: all.parts}), h.next()
	slices.Sort(nodes)
	for _, node := range slices.Compact(nodes) {
		w.nodes = append(w.nodes, []any{node, c.ID, c.State, c.State.Open(), c.Route, c.Category, c.ReceivedAt, dueOrFar(c), next, turns[node]})
	}
	if k := h.Asked; !h.ClosedAt.IsZero() {
		w.callbacks = append(w.callbacks, []any{k.ID, k.CaseID, k.Round, k.At, k.Method, k.Actor, k.Reached, k.Contacted, k.Solved, k.Satisfied, k.Remark, k.Valid})
	}
	for _, x := range all.bars {
		w.bars = append(w.bars, []any{x.CaseID, x.Node, x.Reason, x.AddedBy, x.AddedAt})
	}
	return all.fingerprint()
}

func (w *pastWriter) addEvents(es []Event) {
	for _, e := range es {
		w.events = append(w.events, []any{e.ID, e.CaseID, e.At, e.Actor, e.UnitID, e.Action, e.FromState, e.ToState, e.Reason, e.Public, e.Detail, e.Fingerprint})
	}
}

// part is what the unit that led a history did in it.
func (h *pastCase) part() Assignment {
	a := Assignment{ID: db.NewID(), CaseID: h.c.ID, UnitID: h.c.LeadUnit, UnitPath: unitScope(h.Unit), Part: Lead, DispatchedBy: system, DispatchedAt: h.AcceptedAt,
		SignedAt: h.SignedAt, FinishedAt: h.SubmittedAt}
	if !h.SignedAt.IsZero() {
		a.SignedBy = h.Worker
	}
	if !h.SubmittedAt.IsZero() {
		a.Handler = h.Worker
	}
	return a
}

// next is the nearest deadline of a history that runs; far where none does.
func (h *pastCase) next() time.Time {
	if k, ok := nextOf(h.c, h.ran); ok {
		return k.DueAt
	}
	return far
}

// addClocks adds the clocks of a history. One that still runs stands at the
// level that it has reached by now: of what is long past nobody is warned.
func (w *pastWriter) addClocks(h *pastCase) error {
	tell, _, err := config.At(w.ctx, w.Settings, tellWithin, h.c.Path, h.c.ReceivedAt)
	if err != nil {
		return err
	}
	for _, x := range h.clocks(tell) {
		due := w.calendar(w.ctx, x.start).Due(x.start, x.limit)
		k := Clock{CaseID: h.c.ID, Kind: x.kind, UnitID: x.unit, StartedAt: x.start, TimeLimit: x.limit, DueAt: due.At, Provisional: due.Provisional, MetAt: x.met}
		if k.MetAt.IsZero() {
			if k.NextAt, err = w.nextAlarm(w.ctx, h.c, k); err != nil {
				return err
			}
			if k.Level, err = w.reached(w.ctx, h.c, k); err != nil {
				return err
			}
			if k.NextAt, err = w.nextAlarm(w.ctx, h.c, k); err != nil {
				return err
			}
		}
		h.ran = append(h.ran, k)
		w.clocks = append(w.clocks, []any{k.CaseID, k.Kind, k.UnitID, k.StartedAt, k.TimeLimit.String(), k.DueAt, k.Provisional, k.Level, k.NextAt, k.MetAt})
	}
	return nil
}

// write stores what was collected.
func (w *pastWriter) write(tx *db.Tx) error {
	for _, t := range []struct {
		table, columns string
		rows           [][]any
	}{
		{"case_file", `id, number, title, category, item, class, channel, mode, urgency, route, state, region, path, institution, department, place,
			received_at, accepted_at, lead_unit, lead_path, due_at, contacted_at, finished_at, closed_at, outcome, cause, reply, policy, asked_at, sealed, salt`, w.cases},
		{"case_node", "node, case_id, state, open, route, category, received_at, due_at, next_at, waits", w.nodes},
		{"case_event", "id, case_id, at, actor, unit_id, action, from_state, to_state, reason, public, detail, fingerprint", w.events},
		{"case_assignment", "id, case_id, unit_id, unit_path, part, dispatched_by, dispatched_at, signed_by, signed_at, finished_at, handler", w.parts},
		{"case_clock", "case_id, kind, unit_id, started_at, time_limit, due_at, provisional, level, next_at, met_at", w.clocks},
		{"case_callback", "id, case_id, round, at, method, actor, reached, contacted, solved, satisfied, remark, valid", w.callbacks},
		{"case_exclusion", "case_id, node, reason, added_by, added_at", w.bars},
	} {
		if err := db.InsertMany(tx, t.table, t.columns, t.rows); err != nil {
			return err
		}
	}
	if err := w.made.Store(tx); err != nil {
		return err
	}
	for _, kind := range slices.Sorted(maps.Keys(w.leaves)) {
		if err := w.Log.AppendPast(tx, kind, w.leaves[kind]...); err != nil {
			return err
		}
	}
	return nil
}

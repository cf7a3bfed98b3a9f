package casework

import (
	"slices"

	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// addCase adds the rows of a history but for its clocks, which addClocks has
// added.
func (w *pastWriter) addCase(h *pastCase) {
	c := h.c
	w.cases = append(w.cases, []any{c.ID, c.Number, c.Title, c.Category, c.Item, c.Class, c.Channel, c.Mode, c.Urgency, c.Route, c.State,
		c.Region, c.Path, c.Institution, c.Department, c.Place, c.ReceivedAt, c.AcceptedAt, c.LeadUnit, c.LeadPath, c.DueAt,
		c.ContactedAt, c.FinishedAt, c.ClosedAt, c.Outcome, c.Cause, c.Reply, c.Policy, c.AskedAt, c.Sealed})
	nodes, has := nodesOf(regionPath(c.Path, c.Institution)), papers{}
	if c.LeadUnit != "" {
		nodes = append(nodes, nodesOf(unitScope(h.Unit))...)
		p := []any{db.NewID(), c.ID, c.LeadUnit, unitScope(h.Unit), Lead, "system", h.AcceptedAt, "", h.SignedAt, h.SubmittedAt, ""}
		if !h.SignedAt.IsZero() {
			p[7] = h.Worker
		}
		if !h.SubmittedAt.IsZero() {
			p[10] = h.Worker
		}
		w.parts = append(w.parts, p)
		has.parts = []Assignment{{UnitID: c.LeadUnit, UnitPath: unitScope(h.Unit), Part: Lead}}
	}
	turns := waiting(c, has)
	slices.Sort(nodes)
	for _, node := range slices.Compact(nodes) {
		w.nodes = append(w.nodes, []any{node, c.ID, c.State, c.State.Open(), c.Route, c.Category, c.ReceivedAt, dueOrFar(c), h.next, turns[node]})
	}
	for _, e := range h.events {
		w.events = append(w.events, []any{e.ID, e.CaseID, e.At, e.Actor, e.UnitID, e.Action, e.FromState, e.ToState, e.Reason, e.Public, e.Detail})
	}
	if k := h.Asked; !h.ClosedAt.IsZero() {
		w.callbacks = append(w.callbacks, []any{k.ID, k.CaseID, k.Round, k.At, k.Method, k.Actor, k.Reached, k.Contacted, k.Solved, k.Satisfied, k.Remark, k.Valid})
	}
	if c.Route == Integrity && c.Institution != "" {
		w.bars = append(w.bars, []any{c.ID, c.Institution, "concerned", "system", c.ReceivedAt})
	}
}

// addClocks adds the clocks of a history. One that still runs stands at the
// level that it has reached by now: of what is long past nobody is warned.
func (w *pastWriter) addClocks(h *pastCase) error {
	tell, _, err := config.At(w.ctx, w.Settings, tellWithin, h.c.Path, h.c.ReceivedAt)
	if err != nil {
		return err
	}
	var ks []Clock
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
		ks = append(ks, k)
		w.clocks = append(w.clocks, []any{k.CaseID, k.Kind, k.UnitID, k.StartedAt, k.TimeLimit.String(), k.DueAt, k.Provisional, k.Level, k.NextAt, k.MetAt})
	}
	h.next = far
	if k, ok := nextOf(h.c, ks); ok {
		h.next = k.DueAt
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
			received_at, accepted_at, lead_unit, lead_path, due_at, contacted_at, finished_at, closed_at, outcome, cause, reply, policy, asked_at, sealed`, w.cases},
		{"case_node", "node, case_id, state, open, route, category, received_at, due_at, next_at, waits", w.nodes},
		{"case_event", "id, case_id, at, actor, unit_id, action, from_state, to_state, reason, public, detail", w.events},
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
	return fault.First(
		func() error { return w.Log.AppendPast(tx, eventLeaf, w.leaves...) },
		func() error { return w.Log.AppendPast(tx, callbackLeaf, w.answers...) },
	)
}

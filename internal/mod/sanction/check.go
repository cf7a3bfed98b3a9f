package sanction

import (
	"context"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/verify"
)

// checks are what must hold of everything stored.
func checks() []verify.Check {
	return []verify.Check{
		{Name: "sanctions are where their steps led", Run: checkStates},
		{Name: "fines and late fees add up", Run: checkMoney},
		{Name: "points are within their rule", Run: checkPoints},
		{Name: "what is public had two people", Run: checkPublications},
		{Name: "transfers are closed with receipt and result, or a reason", Run: checkTransfers},
	}
}

// over looks at the records of a table one by one.
func over[T any](r db.Reader, table string, look func(T)) (n int, err error) {
	for x, err := range db.Each[T](r, selection(table)+`order by id`) {
		if err != nil {
			return n, err
		}
		look(x)
		n++
	}
	return n, nil
}

// ends are the states in which the steps of records of a kind ended, by
// identifier.
func ends(r db.Reader, kind string, m machine, report func(string, ...any)) (map[string]State, error) {
	type event struct{ Record, Act, Was, Became string }
	at := map[string]State{}
	for e, err := range db.Each[event](r, `select record, act, was, became from trail where kind = $1 order by id`, kind) {
		if err != nil {
			return nil, err
		}
		if !m.Allows(State(e.Was), flow.Action(e.Act), State(e.Became)) {
			report("%s %s: no row leads from %q by %s to %q", kind, e.Record, e.Was, e.Act, e.Became)
		}
		at[e.Record] = State(e.Became)
	}
	return at, nil
}

// checkStates compares the state of each record with where its steps led.
func checkStates(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	for _, k := range []struct {
		kind, table string
		m           machine
	}{{kindPenalty, penaltyTable, penalties()}, {kindPoint, pointTable, points()}, {kindConsequence, consequenceTable, consequences()}, {kindBlack, blackTable, blacklist()},
		{kindPublication, publicationTable, publications()}, {kindTransfer, transferTable, transfers()}} {
		at, err := ends(r, k.kind, k.m, report)
		if err != nil {
			return n, err
		}
		type row struct {
			ID    string
			State State
		}
		for x, err := range db.Each[row](r, `select id, state from `+k.table+` order by id`) {
			if err != nil {
				return n, err
			}
			n++
			if at[x.ID] != x.State {
				report("%s %s is %q, and its steps led to %q", k.kind, x.ID, x.State, at[x.ID])
			}
		}
	}
	m, err := checkVetoes(r, report)
	return n + m, err
}

func checkVetoes(r db.Reader, report func(string, ...any)) (int, error) {
	at, err := ends(r, kindVeto, vetoes(), report)
	if err != nil {
		return 0, err
	}
	return over(r, vetoTable, func(v Veto) {
		if at[v.ID] != v.record().state {
			report("veto %s is %q, and its steps led to %q", v.ID, v.record().state, at[v.ID])
		}
	})
}

// checkMoney follows what was paid.
func checkMoney(_ context.Context, r db.Reader, report func(string, ...any)) (int, error) {
	byPenalty := map[string][]Measure{}
	if _, err := over(r, measureTable, func(m Measure) { byPenalty[m.PenaltyID] = append(byPenalty[m.PenaltyID], m) }); err != nil {
		return 0, err
	}
	return over(r, penaltyTable, func(p Penalty) {
		if len(p.Violations) == 0 || p.Violation != p.Violations[0] {
			report("penalty %s counts as %s, and is of %v", p.Number, p.Violation, p.Violations)
		}
		ms := byPenalty[p.ID]
		standing := slices.ContainsFunc(ms, func(m Measure) bool { return m.RevokedOn.IsZero() })
		switch {
		case p.LateFen > p.PaidFen:
			report("penalty %s: a late fee of %d on a fine of %d", p.Number, p.LateFen, p.PaidFen)
		case p.LatePaidFen > p.LateFen:
			report("penalty %s: %d were paid of a late fee of %d", p.Number, p.LatePaidFen, p.LateFen)
		case standing != p.inForce():
			report("penalty %s is %s, and measures stand: %t", p.Number, p.State, standing)
		case (p.State == Executed || p.State == Closed) && fineOf(ms) > p.PaidFen:
			report("penalty %s is %s with %d unpaid", p.Number, p.State, fineOf(ms)-p.PaidFen)
		}
	})
}

// checkPoints holds points against each other.
func checkPoints(_ context.Context, r db.Reader, report func(string, ...any)) (int, error) {
	return over(r, pointTable, func(p Point) {
		if p.Total != p.Points*p.Times || p.Total < 1 {
			report("points %s: %d is not %d times %d", p.Number, p.Total, p.Times, p.Points)
		}
		if (p.State == Voided) == p.VoidedOn.IsZero() || p.State == Voided && p.VoidReason == "" {
			report("points %s are voided without day or reason", p.Number)
		}
	})
}

// checkPublications looks for the second pair of eyes.
func checkPublications(_ context.Context, r db.Reader, report func(string, ...any)) (int, error) {
	return over(r, publicationTable, func(p Publication) {
		was := p.State == Published || p.State == Withdrawn || p.State == Expired
		switch {
		case was && (p.ApprovedBy == "" || p.ApprovedBy == p.ProposedBy):
			report("publication %s was approved by who proposed it, or by nobody", p.ID)
		case p.State == Withdrawn && (p.Reason == "" || p.WithdrawnBy == ""):
			report("publication %s was withdrawn without a reason", p.ID)
		case len(p.Measures) > 0 && (p.ServedOn.IsZero() || p.ServedOn.After(p.FromOn) || p.ServedOn.Before(p.DecidedOn)):
			report("publication %s is of a decision that was not served before it was public", p.ID)
		}
	})
}

// checkTransfers looks for transfers that were closed too early.
func checkTransfers(_ context.Context, r db.Reader, report func(string, ...any)) (int, error) {
	return over(r, transferTable, func(t Transfer) {
		if t.State == Closed && t.Reason == "" && (t.ReceiptNo == "" || t.Result == "") {
			report("transfer %s is closed without receipt, result and reason", t.Number)
		}
	})
}

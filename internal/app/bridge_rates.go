package app

import (
	"context"
	"maps"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/rates"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// measured lets the rates ask casework.
type measured struct{ *casework.Service }

// FactsOf puts cases into the words of the rates.
func (m measured) FactsOf(ctx context.Context, r db.Reader, ids []string) (map[string]rates.Fact, error) {
	fs, err := m.Facts(ctx, r, ids)
	if err != nil {
		return nil, err
	}
	all, err := allInRates(r, slices.Collect(maps.Values(fs)))
	out := make(map[string]rates.Fact, len(all))
	for _, f := range all {
		out[f.CaseID] = f
	}
	return out, err
}

// allInRates puts cases into the words of the rates.
func allInRates(r db.Reader, fs []casework.Fact) ([]rates.Fact, error) {
	regions, out := map[string]org.Region{}, make([]rates.Fact, len(fs))
	for i, f := range fs {
		g, known := regions[f.Region]
		if !known {
			var err error
			if g, err = org.RegionByCode(r, f.Region); err != nil {
				return nil, err
			}
			regions[f.Region] = g
		}
		out[i] = inRates(f, g)
	}
	return out, nil
}

// inRates puts a case of a region into the words of the rates.
func inRates(f casework.Fact, g org.Region) rates.Fact {
	out := rates.Fact{CaseID: f.ID, Number: f.Number, Region: g.Path, Path: f.Path, LeadUnit: f.LeadUnit, Helpers: f.Helpers, Institution: f.Institution,
		Department: f.Department, Category: f.Category, Item: f.Item, Class: f.Class, Channel: f.Channel, Mode: f.Mode, Route: string(f.Route),
		State: string(f.State), ReceivedAt: f.ReceivedAt, DueAt: f.Deadline(), ContactedAt: f.ContactedAt, FinishedAt: f.FinishedAt, ClosedAt: f.ClosedAt,
		FeedbackAt: f.FeedbackAt, Overdue: f.Late(), Returns: f.Returns, Reworks: f.Reworks,
		MergedInto: f.MergedInto, RealName: f.RealName(), First: answered(f.First), Last: answered(f.Last), Barred: f.Barred}
	for _, x := range f.Exclusions {
		out.Exclusions = append(out.Exclusions, rates.Exclusion{Reason: string(x.Reason), DecidedAt: x.DecidedAt})
	}
	return out
}

// recordPast tells the rates of many cases that are new to them.
func (s *System) recordPast(tx *db.Tx, facts []casework.Fact) error {
	out, err := allInRates(tx.Reader, facts)
	if err != nil {
		return err
	}
	return s.Rates.RecordNew(tx, out)
}

func answered(k casework.Callback) rates.CallBack {
	return rates.CallBack{Valid: k.Valid, Contacted: k.WasContacted(), Solved: k.IsSolved(), Satisfied: demand.Satisfaction(k.Satisfied)}
}

// Visible answers which cases the actor may see, and what they are called.
func (m measured) Visible(ctx context.Context, r db.Reader, ids []string) (map[string]rates.Called, error) {
	rows, err := m.RowsAmong(ctx, r, ids)
	called := make(map[string]rates.Called, len(rows))
	for _, x := range rows {
		called[x.ID] = rates.Called{Title: x.Title, LeadName: x.LeadName, InstitutionName: x.InstitutionName}
	}
	return called, err
}

// Reminders counts what should be done.
func (m measured) Reminders(ctx context.Context, r db.Reader, path string) (rates.Reminders, error) {
	o, err := m.Outlook(ctx, r, path)
	return rates.Reminders(o), err
}

// HardCases lists the cases that are listed as hard.
func (m measured) HardCases(ctx context.Context, r db.Reader, path string, limit int) ([]rates.HardCase, error) {
	rows, err := m.Service.HardCases(ctx, r, path, limit)
	out := make([]rates.HardCase, len(rows))
	for i, c := range rows {
		out[i] = rates.HardCase{CaseID: c.ID, Number: c.Number, Title: c.Title, LeadName: c.LeadName, ReceivedAt: c.ReceivedAt, DueAt: c.DueAt}
	}
	return out, err
}

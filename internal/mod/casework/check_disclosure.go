package casework

import (
	"context"
	"fmt"
	"time"

	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/flow"
)

// checkDisclosures judges who opened who reported: each look by its own rules,
// and by the events that tell the reporter of it. On the discipline line it needs
// another person's approval, given while the request waited, and is taken while
// that holds.
func (s *Service) checkDisclosures(ctx context.Context, b batch, wrong complain) error {
	looks, err := beside(b, "case_disclosure", "id", func(d Disclosure) string { return d.CaseID })
	if err != nil {
		return err
	}
	es, err := eventsOf(b)
	if err != nil {
		return err
	}
	for _, c := range b.cases {
		told := toldOf(es[c.ID])
		for _, d := range looks[c.ID] {
			if why := d.flaw(c); why != "" {
				wrong(c, "look %s at who reported: %s", d.ID, why)
			}
			why, err := s.wrongTerm(ctx, c, d)
			if err != nil {
				return err
			}
			if why != "" {
				wrong(c, "look %s at who reported: %s", d.ID, why)
			}
			for name, at := range d.moments() {
				if e, told := told[name]; !told || !e.At.Equal(at) || e.Actor != d.by(flow.Action(e.Action)) {
					wrong(c, "no event says that look %s happened, or another one: %s", d.ID, name)
				}
				delete(told, name)
			}
		}
		for name := range told {
			wrong(c, "an event tells of a look at who reported that is nowhere: %s", name)
		}
	}
	return nil
}

// toldOf returns the events about who reported, by disclosure and action.
func toldOf(es []Event) map[string]Event {
	told := map[string]Event{}
	for _, e := range aboutIdentity(es) {
		name := stepOf(detailText(e.Detail, "disclosure"), flow.Action(e.Action))
		if _, twice := told[name]; twice {
			name += " a second time"
		}
		told[name] = e
	}
	return told
}

// stepOf names a step of a disclosure.
func stepOf(id string, a flow.Action) string { return fmt.Sprintf("%s of %s", a, id) }

// moments are the events that a disclosure must have, and when.
func (d Disclosure) moments() map[string]time.Time {
	at := map[string]time.Time{}
	if d.Guarded {
		at[stepOf(d.ID, doAskIdentity)] = d.AskedAt
	}
	if decided := map[string]flow.Action{granted: doGrantIdentity, refused: doRefuseIdentity, lapsed: doLapseIdentity}[d.State]; d.Guarded && decided != "" {
		at[stepOf(d.ID, decided)] = d.DecidedAt
	}
	if !d.OpenedAt.IsZero() {
		at[stepOf(d.ID, doOpenIdentity)] = d.OpenedAt
	}
	return at
}

// by says who did a step of a disclosure.
func (d Disclosure) by(a flow.Action) string {
	if a == doAskIdentity || a == doOpenIdentity {
		return d.AskedBy
	}
	return d.DecidedBy
}

// flaw is what is wrong with a disclosure by itself; empty where nothing is.
func (d Disclosure) flaw(c Case) string {
	opened := !d.OpenedAt.IsZero()
	switch {
	case d.Guarded != c.guarded():
		return "the line of the case wants another way"
	case !d.Guarded && (d.State != granted || !d.OpenedAt.Equal(d.AskedAt)):
		return "it was taken at once, and says otherwise"
	case !d.Guarded:
		return ""
	case opened && d.State != granted:
		return "it was opened without an approval"
	case d.State != pending && d.DecidedAt.Before(d.AskedAt):
		return "it was decided on before it was asked for"
	case (d.State == granted || d.State == refused) && (d.DecidedBy == "" || d.DecidedBy == system || d.DecidedBy == d.AskedBy):
		return "nobody else decided on it"
	case d.State == lapsed && d.DecidedBy != system:
		return "it says that it lapsed, and somebody decided on it"
	case (d.State == granted || d.State == refused) && !d.DecidedAt.Before(d.LapsesAt):
		return "it was decided on after it had lapsed"
	case opened && (d.OpenedAt.Before(d.DecidedAt) || !d.OpenedAt.Before(d.EndsAt)):
		return "it was opened outside of its approval"
	}
	return ""
}

// wrongTerm reckons again how long a disclosure waits and holds, by the settings
// of its time.
func (s *Service) wrongTerm(ctx context.Context, c Case, d Disclosure) (string, error) {
	hours, _, err := config.At(ctx, s.Settings, lookHours, c.Path, d.AskedAt)
	if err != nil {
		return "", err
	}
	if !d.Guarded {
		return differs("it ends", d.EndsAt, d.AskedAt.Add(time.Duration(hours)*time.Hour)), nil
	}
	days, _, err := config.At(ctx, s.Settings, askDays, c.Path, d.AskedAt)
	if err != nil {
		return "", err
	}
	if why := differs("it lapses", d.LapsesAt, d.AskedAt.AddDate(0, 0, days)); why != "" || d.State != granted {
		return why, nil
	}
	approved, _, err := config.At(ctx, s.Settings, approvedHours, c.Path, d.DecidedAt)
	return differs("it ends", d.EndsAt, d.DecidedAt.Add(time.Duration(approved)*time.Hour)), err
}

// differs compares two times; empty where they are one.
func differs(what string, is, should time.Time) string {
	if is.Equal(should) {
		return ""
	}
	return fmt.Sprintf("%s at %s, and should at %s", what, is.UTC().Format(time.RFC3339), should.UTC().Format(time.RFC3339))
}

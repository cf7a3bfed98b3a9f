package campaign

import (
	"context"
	"errors"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// ower is a unit that owes returns.
type ower struct {
	ID     string
	Path   string // of the unit
	Parent string
}

// region is the node of which a commission is the commission.
func (o ower) region() string { return strings.TrimSuffix(o.Path, o.ID+"/") }

// up is the node above another; the root above the highest.
func up(path string) string {
	i := strings.LastIndex(strings.TrimSuffix(path, "/"), "/")
	return path[:i+1]
}

// owed are the returns that a campaign is owed now, each after the one above it.
// A table of regions is handed down from commission to commission, so that each
// level sums and signs; so the owner has one too.
func owed(r db.Reader, c Campaign, content Content, today Day) (list []Return, err error) {
	commissions, err := commissionsBelow(r, c.Path)
	if err != nil {
		return nil, err
	}
	for _, d := range content.Duties {
		if d.Due == "" || d.Due < content.HoldsFrom {
			continue
		}
		blank := Return{Campaign: c.ID, Duty: d.ID, Title: d.called(), Kind: d.Kind, Due: d.Due, PeriodStart: d.PeriodStart, PeriodEnd: d.PeriodEnd, State: Owed, Revision: 1, Receiver: c.Path}
		if d.Kind == TableReport {
			owner, err := org.UnitByID(r, c.Owner)
			if err != nil {
				return nil, err
			}
			root := blank
			root.Unit, root.UnitPath, root.Path, root.Receiver = owner.ID, owner.Path, c.Path, up(c.Path)
			list = append(list, root)
		}
		of, err := owers(r, c, content, d, commissions, today)
		if err != nil {
			return nil, err
		}
		list = append(list, blank.of(c, d, of)...)
	}
	return list, nil
}

// owers are the units that owe by a duty, the higher before the lower.
func owers(r db.Reader, c Campaign, content Content, d Duty, commissions []ower, today Day) ([]ower, error) {
	switch d.From {
	case FromMembers:
		units, err := org.UnitsByID(r, content.Members)
		var list []ower
		for _, id := range content.Members {
			if u := units[id]; u.ID != "" && u.ClosedAt.IsZero() && id != c.Owner {
				list = append(list, ower{ID: u.ID, Path: u.Path})
			}
		}
		return list, err
	case FromInstitutions:
		places, err := inScope(r, c.Path, content.Kinds, today)
		list := make([]ower, len(places))
		for i, p := range places {
			list[i] = ower{ID: p.ID, Path: p.Path}
		}
		return list, err
	default:
		return commissions, nil
	}
}

// of makes a return of each unit. Above holds the unit above it, until it is
// stored.
func (x Return) of(c Campaign, d Duty, units []ower) (list []Return) {
	nearest := map[string]ower{} // by region
	for _, u := range units {
		x := x
		x.Unit, x.UnitPath, x.Path, x.Above = u.ID, u.Path, u.Path, c.Owner
		if d.From == FromRegions {
			x.Path = u.region()
			for at := up(x.Path); len(at) > len(c.Path); at = up(at) {
				if o, ok := nearest[at]; ok {
					x.Above, x.Receiver = o.ID, at
					break
				}
			}
			nearest[x.Path] = u
		}
		if d.Kind == TextReport {
			if x.Above != c.Owner {
				continue // words are not handed down
			}
			x.Above = ""
		}
		list = append(list, x)
	}
	return list
}

// owe makes the returns that are owed and not there, changes what the plan says
// otherwise now, and lets lapse what nobody owes any more. What is signed stays.
// It may be done again and again.
func (s *Service) owe(ctx context.Context, tx *db.Tx, c Campaign, content Content) (err error) {
	defer fault.Wrap(&err, "campaign.owe(%s)", c.ID)
	want, err := owed(tx.Reader, c, content, DayOf(s.Now()))
	if err != nil {
		return err
	}
	have, err := returnsOf(tx.Reader, c.ID)
	if err != nil {
		return err
	}
	if err := s.keepTable(tx, c.ID, want); err != nil {
		return err
	}
	known := map[[2]string]Return{}
	for _, x := range have {
		known[[2]string{x.Duty, x.Unit}] = x
	}
	var fresh []Return
	for _, x := range want {
		key := [2]string{x.Duty, x.Unit}
		old, there := known[key]
		if x.Above != "" {
			x.Above = known[[2]string{x.Duty, x.Above}].ID
		}
		if !there {
			x.ID, x.PlacedAt = db.NewID(), exact(s.Now())
			known[key], fresh = x, append(fresh, x)
			continue
		}
		x.ID = old.ID
		known[key] = x
		if err := s.adjust(ctx, tx, old, x); err != nil {
			return err
		}
	}
	return fault.First(func() error { return insertReturns(tx, fresh) }, func() error { return s.lapse(ctx, tx, have, want) })
}

// exact is a time as the database keeps it.
func exact(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// adjust brings a return that is there in line with the plan.
func (s *Service) adjust(ctx context.Context, tx *db.Tx, old, x Return) error {
	x.State, x.Revision, x.Signed, x.SubmittedAt, x.WarnedAt, x.AlarmedAt = old.State, old.Revision, old.Signed, old.SubmittedAt, old.WarnedAt, old.AlarmedAt
	if x.PlacedAt = old.PlacedAt; x.Above != old.Above {
		x.PlacedAt = exact(s.Now())
	}
	if old.Signed > 0 || old.State == Submitted {
		x.Title, x.Kind, x.Due, x.PeriodStart, x.PeriodEnd = old.Title, old.Kind, old.Due, old.PeriodStart, old.PeriodEnd
	}
	if x.Due != old.Due {
		x.WarnedAt, x.AlarmedAt = time.Time{}, time.Time{} // of another day
	}
	if x != old {
		if err := updateReturn(tx, x); err != nil {
			return err
		}
	}
	if old.State == Lapsed {
		return s.moveReturn(ctx, tx, x, doRevive)
	}
	return nil
}

// lapse ends what nobody owes any more.
func (s *Service) lapse(ctx context.Context, tx *db.Tx, have, want []Return) error {
	wanted := map[[2]string]bool{}
	for _, x := range want {
		wanted[[2]string{x.Duty, x.Unit}] = true
	}
	for _, x := range have {
		if !wanted[[2]string{x.Duty, x.Unit}] && x.Signed == 0 && (x.State == Owed || x.State == Returned) {
			if err := s.moveReturn(ctx, tx, x, doLapse); err != nil {
				return err
			}
		}
	}
	return nil
}

// moveReturn takes a step that the program takes, and stores it with its event.
func (s *Service) moveReturn(ctx context.Context, tx *db.Tx, x Return, act flow.Action) error {
	to, err := returns().Move(x.State, act, flow.As(byProgram))
	if err != nil {
		return err
	}
	return s.moved(authz.With(ctx, authz.System()), tx, x, act, to, "")
}

// moved stores the state that a step led to.
func (s *Service) moved(ctx context.Context, tx *db.Tx, x Return, act flow.Action, to ReturnState, reason string) error {
	// What is owed is owed by thousands at once: its life begins with the first step.
	was, err := trail.StateOf(tx.Reader, x.record())
	if err != nil {
		return err
	}
	x.State = to
	if err := updateReturn(tx, x); err != nil {
		return err
	}
	return s.Trail.Add(ctx, tx, x.record(), trail.Step{Act: string(act), Was: was, Became: string(to), Reason: reason, Detail: map[string]any{"revision": x.Revision}})
}

// CatchUp makes the returns of units that came after a campaign began, and reminds
// of what is due.
func (s *Service) CatchUp(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "campaign.CatchUp")
	return errors.Join(s.eachCampaign(ctx, s.oweNow, Running), s.remind(ctx))
}

// oweNow makes what is owed to a campaign and not there.
func (s *Service) oweNow(ctx context.Context, c Campaign) (err error) {
	defer fault.Wrap(&err, "campaign.oweNow(%s)", c.ID)
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		content, err := contentOf(tx.Reader, c.ID)
		if err != nil {
			return err
		}
		return s.owe(ctx, tx, c, content)
	})
}

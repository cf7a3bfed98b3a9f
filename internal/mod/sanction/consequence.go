package sanction

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"

	"qingfeng/internal/org"
)

// Consequence is what points lead to when they reach a threshold. A person
// decides on it.
type Consequence struct {
	ID          string      `json:"id"`
	SubjectID   string      `json:"subject_id"`
	SubjectKind Kind        `json:"subject_kind"`
	Path        string      `json:"-"`
	Region      string      `json:"-"`
	Scheme      PointScheme `json:"scheme" enum:"practice,insurance"`
	Cycle       string      `json:"cycle"`
	Year        int         `json:"year" doc:"0 where the threshold is of the whole cycle."`
	Threshold   string      `json:"threshold"`
	EffectZh    string      `json:"effect_zh"`
	EffectEn    string      `json:"effect_en"`
	Total       int         `json:"total" doc:"Points when it was raised."`
	PointID     string      `json:"point_id" doc:"The points that reached it."`
	LeastMonths int         `json:"least_months"`
	MostMonths  int         `json:"most_months" doc:"0: it has no length."`
	Months      int         `json:"months"`
	BarMonths   int         `json:"bar_months" doc:"For how long nobody registers again."`
	State       State       `json:"state"`
	FromOn      time.Time   `json:"from_on,omitzero"`
	UntilOn     time.Time   `json:"until_on,omitzero"`
	Reason      string      `json:"reason"`
	DecidedBy   string      `json:"decided_by"`
	Version     string      `json:"version"`
	CreatedAt   time.Time   `json:"created_at"`
}

var consequenceWord = i18n.T("记分后果", "consequence of points")

func (c Consequence) record() record { return record{kindConsequence, c.ID, c.Path, c.State} }

// sum adds up the points of a cycle that stand; year 0 is the whole cycle.
func sum(r db.Reader, subject string, scheme PointScheme, cycle string, year int) (int, error) {
	return sumOf(r, &db.Where{}, subject, scheme, cycle, year)
}

// seenSum adds up those of them that the actor may see.
func seenSum(ctx context.Context, r db.Reader, subject string, scheme PointScheme, cycle string, year int) (int, error) {
	var w db.Where
	seen(authz.From(ctx), &w, pointTable)
	return sumOf(r, &w, subject, scheme, cycle, year)
}

func sumOf(r db.Reader, w *db.Where, subject string, scheme PointScheme, cycle string, year int) (int, error) {
	w.And("subject_id = ? and scheme = ? and cycle = ? and state <> 'voided'", subject, scheme, cycle)
	w.AndIf(year != 0, "year = ?", year)
	n, err := db.Value[int64](r, `select coalesce(sum(total), 0) from sanction_point `+w.String(), w.Args()...)
	return int(n), err
}

// reached are the thresholds that the points of the cycle of p reach now.
func (s *Service) reached(ctx context.Context, r db.Reader, x Subject, p Point) ([]barring, string, error) {
	if p.Scheme == OfInsurance {
		return s.reachedInsurance(ctx, r, x, p)
	}
	rule, version, err := config.At(ctx, s.Settings, pointRule, x.Path, p.ConfirmedOn)
	if err != nil {
		return nil, "", err
	}
	t, err := tallyOf(r, x, p)
	if err != nil {
		return nil, "", err
	}
	var out []barring
	for _, c := range rule.crossed(t) {
		out = append(out, barring{c, 0})
	}
	return out, version, nil
}

func tallyOf(r db.Reader, x Subject, p Point) (t tally, err error) {
	if t.year, err = sum(r, x.ID, p.Scheme, p.Cycle, p.Year); err != nil {
		return t, err
	}
	if t.cycle, err = sum(r, x.ID, p.Scheme, p.Cycle, 0); err != nil {
		return t, err
	}
	earlier, err := db.Value[int64](r, `select count(*) from sanction_consequence where subject_id = $1 and scheme = $2 and state in ('raised', 'imposed') and (cycle <> $3 or year < $4 and year > 0)`,
		x.ID, p.Scheme, p.Cycle, p.Year)
	if err != nil {
		return t, err
	}
	t.before = earlier > 0
	pass, found, err := passOn(r, x.ID, p.ConfirmedOn)
	if found {
		t.years, t.beds = pass.Years, pass.Beds
	}
	return t, err
}

func (s *Service) reachedInsurance(ctx context.Context, r db.Reader, x Subject, p Point) ([]barring, string, error) {
	rule, version, err := config.At(ctx, s.Settings, insurance, x.Path, p.ConfirmedOn)
	if err != nil {
		return nil, "", err
	}
	total, err := sum(r, x.ID, p.Scheme, p.Cycle, p.Year)
	if err != nil {
		return nil, "", err
	}
	once, err := db.Value[int64](r, `select count(*) from sanction_point where subject_id = $1 and scheme = $2 and cycle = $3 and state <> 'voided' and total >= $4`, x.ID, p.Scheme, p.Cycle, rule.Cap)
	return rule.thresholds(total, once > 0), version, err
}

// raise adds what points lead to, unless it was raised in that window before.
func (s *Service) raise(ctx context.Context, tx *db.Tx, x Subject, p Point) error {
	reached, version, err := s.reached(ctx, tx.Reader, x, p)
	if err != nil {
		return err
	}
	known, err := consequencesOf(tx.Reader, p)
	if err != nil {
		return err
	}
	for _, t := range reached {
		year := t.yearOf(p)
		if slices.ContainsFunc(known, func(c Consequence) bool { return c.Threshold == t.Key && c.Year == year && c.State != Lapsed }) {
			continue
		}
		total, err := sum(tx.Reader, x.ID, p.Scheme, p.Cycle, year)
		if err != nil {
			return err
		}
		c := Consequence{ID: db.NewID(), SubjectID: x.ID, SubjectKind: x.Kind, Path: x.Path, Region: x.Region, Scheme: p.Scheme, Cycle: p.Cycle, Year: year, Threshold: t.Key, EffectZh: t.Effect.ZH, EffectEn: t.Effect.EN,
			Total: total, PointID: p.ID, LeastMonths: t.LeastMonths, MostMonths: t.MostMonths, BarMonths: t.barMonths, Version: version, CreatedAt: s.now()}
		if c.State, err = s.step(ctx, tx, consequences(), c.record(), "raise", ""); err != nil {
			return err
		}
		if err := save(tx, consequenceTable, c.ID, c); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, c.Path, "sanction.consequence", i18n.T("%[1]s 累计 %[2]d 分，达到“%[3]s”的阈值，请作出决定", `%[1]s has %[2]d points: "%[3]s" is to be decided`).With(x.Name, total, t.Effect),
			"/inspection/points?view=consequences", RoleCampaign); err != nil {
			return err
		}
	}
	return nil
}

// yearOf is the year that a threshold counts of the cycle of p: 0 is all.
func (t Threshold) yearOf(p Point) int {
	if t.Window == InCycle {
		return 0
	}
	return p.Year
}

// lapse ends what nobody has decided on and the points no longer reach.
func (s *Service) lapse(ctx context.Context, tx *db.Tx, x Subject, p Point) error {
	reached, _, err := s.reached(ctx, tx.Reader, x, p)
	if err != nil {
		return err
	}
	known, err := consequencesOf(tx.Reader, p)
	for i := 0; err == nil && i < len(known); i++ {
		c := known[i]
		still := slices.ContainsFunc(reached, func(t barring) bool { return t.Key == c.Threshold })
		if c.State != Raised || still || c.Year != 0 && c.Year != p.Year {
			continue
		}
		if c.State, err = s.step(authz.With(ctx, authz.System()), tx, consequences(), c.record(), "lapse", p.VoidReason); err == nil {
			err = save(tx, consequenceTable, c.ID, c)
		}
	}
	if err != nil {
		return err
	}
	return s.raise(ctx, tx, x, p) // the cap may be reached otherwise now: by adding up, and no longer at once
}

// consequencesOf returns what the points of the cycle of p led to.
func consequencesOf(r db.Reader, p Point) ([]Consequence, error) {
	return all[Consequence](r, consequenceTable, `where subject_id = $1 and scheme = $2 and cycle = $3 order by id`, p.SubjectID, p.Scheme, p.Cycle)
}

// Imposing is the decision on a consequence.
type Imposing struct {
	Reasoned
	Impose bool `json:"impose" doc:"False: it is not imposed, for the reason given."`
	Months int  `json:"months,omitempty" minimum:"0" maximum:"120"`
}

// DecideConsequence decides what points lead to.
func (s *Service) DecideConsequence(ctx context.Context, in org.PostedTo[Imposing]) (c Consequence, err error) {
	defer fault.Wrap(&err, "sanction.DecideConsequence(%s)", in.ID)
	b := in.Body
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if c, err = managed[Consequence](ctx, tx.Reader, consequenceTable, consequenceWord, in.ID); err != nil {
			return err
		}
		if err := needReason(b.Reason); err != nil {
			return err
		}
		c.Reason, c.DecidedBy = strings.TrimSpace(b.Reason), authz.From(ctx).ID
		if !b.Impose {
			c.State, err = s.step(ctx, tx, consequences(), c.record(), "waive", c.Reason)
			return fault.First(func() error { return err }, func() error { return save(tx, consequenceTable, c.ID, c) })
		}
		if c.State, err = s.step(ctx, tx, consequences(), c.record(), "impose", c.Reason); err != nil {
			return err
		}
		if b.Months < c.LeastMonths || b.Months > c.MostMonths {
			return fault.Field("months", i18n.T("期限应为 %[1]d 至 %[2]d 个月", "it lasts %[1]d to %[2]d months"), c.LeastMonths, c.MostMonths)
		}
		if c.FromOn, err = s.dayIn("on", b.On, clock.Day(c.CreatedAt)); err != nil {
			return err
		}
		if c.Months = b.Months; c.Months+c.BarMonths > 0 {
			c.UntilOn = addMonths(c.FromOn, c.Months+c.BarMonths)
		}
		return save(tx, consequenceTable, c.ID, c)
	})
	return c, err
}

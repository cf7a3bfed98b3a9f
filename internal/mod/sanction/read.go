package sanction

import (
	"context"
	"strconv"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
	"qingfeng/internal/org/violation"
)

// Dictionary is every closed list of sanctions.
type Dictionary struct {
	Kinds        []Word[Kind]        `json:"kinds"`
	Violations   []violation.Group   `json:"violations"`
	Measures     []Imposable         `json:"measures"`
	Layers       []Word[Layer]       `json:"layers"`
	Rungs        []Word[Rung]        `json:"rungs"`
	Clocks       []Word[ClockKind]   `json:"clocks"`
	Schemes      []Word[PointScheme] `json:"schemes"`
	Pers         []Word[string]      `json:"pers"`
	Presets      []Scheme            `json:"presets" doc:"Rules of practice points by region."`
	PointRule    Scheme              `json:"point_rule" doc:"The rule in force where the actor works."`
	Insurance    Twelve              `json:"insurance" doc:"The rule of the insurance in force there."`
	Displays     []Display           `json:"displays" doc:"Display periods in force there."`
	Agencies     []Word[string]      `json:"agencies"`
	Uses         []Use               `json:"uses"`
	Penalty      []Word[State]       `json:"penalty" doc:"States of a penalty."`
	Points       []Word[State]       `json:"points"`
	Consequence  []Word[State]       `json:"consequence"`
	Blacklist    []Word[State]       `json:"blacklist"`
	Publication  []Word[State]       `json:"publication"`
	Transfer     []Word[State]       `json:"transfer"`
	PenaltySteps []Word[flow.Action] `json:"penalty_steps"`
	OtherSteps   []Word[flow.Action] `json:"other_steps" doc:"Of points, consequences, the blacklist, publications and transfers."`
}

// Dictionary returns the closed lists, and the rules in force where the actor
// works.
func (s *Service) Dictionary(ctx context.Context, _ struct{}) (d Dictionary, err error) {
	defer fault.Wrap(&err, "sanction.Dictionary")
	path, now := authz.From(ctx).Path, s.Now()
	d = Dictionary{Kinds: Kinds(), Violations: violation.Groups(), Measures: Measures(), Layers: Layers(), Rungs: Rungs(), Clocks: Clocks(), Schemes: PointSchemes(), Pers: Pers(), Presets: Presets(), Agencies: Agencies(), Uses: Uses(),
		Penalty: statesOf(penalties()), Points: statesOf(points()), Consequence: statesOf(consequences()), Blacklist: statesOf(blacklist()), Publication: statesOf(publications()), Transfer: statesOf(transfers()),
		PenaltySteps: stepsOf(penalties()), OtherSteps: stepsOf(points(), consequences(), blacklist(), publications(), transfers())}
	if d.PointRule, err = setting(ctx, s, pointRule, path, now); err != nil {
		return d, err
	}
	if d.Insurance, err = setting(ctx, s, insurance, path, now); err != nil {
		return d, err
	}
	d.Displays, err = setting(ctx, s, displayPeriods, path, now)
	return d, err
}

func statesOf(m machine) []Word[State] {
	states := m.States()
	words := make([]Word[State], len(states))
	for i, x := range states {
		words[i] = Word[State]{x.Name, x.Text}
	}
	return words
}

func stepsOf(ms ...machine) (words []Word[flow.Action]) {
	for _, m := range ms {
		for _, l := range m.Labels() {
			if !listed(words, l.Name) {
				words = append(words, Word[flow.Action]{l.Name, l.Text})
			}
		}
	}
	return words
}

func told(r db.Reader, x record) ([]org.Deed, error) {
	return org.Deeds(r, trail.Record{Kind: x.kind, ID: x.id})
}

// PenaltyDetail is a penalty with all that hangs on it.
type PenaltyDetail struct {
	Penalty
	Certificate  string                    `json:"certificate" doc:"Of the subject; masked for who does not manage sanctions there."`
	Measures     []Measure                 `json:"measures"`
	Held         []Held                    `json:"held"`
	Clocks       []Clock                   `json:"clocks"`
	OwedFen      int64                     `json:"owed_fen" doc:"What of the fine is unpaid."`
	LateNowFen   int64                     `json:"late_now_fen" doc:"What would be added if it were paid today."`
	Publications []Publication             `json:"publications"`
	Transfers    []Transfer                `json:"transfers"`
	Words        *PublicWords              `json:"words,omitempty" doc:"What a proposal for the public begins with; absent where the actor may not propose one, one waits, or nothing may be public yet."`
	Trail        []org.Deed                `json:"trail"`
	Actions      []flow.Label[flow.Action] `json:"actions" doc:"What the actor can do now."`
}

// Penalty returns one penalty.
func (s *Service) Penalty(ctx context.Context, in org.ByID) (d PenaltyDetail, err error) {
	defer fault.Wrap(&err, "sanction.Penalty(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		d, err = s.penaltyDetail(ctx, r, in.ID)
		return err
	})
	return d, err
}

func (s *Service) penaltyDetail(ctx context.Context, r db.Reader, id string) (d PenaltyDetail, err error) {
	me := authz.From(ctx)
	if d.Penalty, err = s.penalty(ctx, r, id); err != nil {
		return d, err
	}
	x, err := byID[Subject](r, subjectTable, subjectWord, d.SubjectID)
	if err != nil {
		return d, err
	}
	d.Certificate = x.shown(me).Certificate
	err = fault.First(
		func() (err error) { d.Measures, err = measuresOf(r, id); return err },
		func() (err error) {
			d.Held, err = all[Held](r, heldTable, `where penalty_id = $1 order by id`, id)
			return err
		},
		func() (err error) { d.Clocks, err = clocksOf(r, id); return err },
		func() (err error) { d.OwedFen, d.LateNowFen, err = s.owed(ctx, r, d.Penalty, s.today()); return err },
		func() (err error) {
			d.Publications, err = hanging[Publication](ctx, r, publicationTable, "record", id, "id")
			return err
		},
		func() (err error) {
			d.Transfers, err = hanging[Transfer](ctx, r, transferTable, "penalty_id", id, "id")
			return err
		},
		func() (err error) { d.Words, err = s.words(ctx, r, d.Penalty, x); return err },
		func() (err error) { d.Trail, err = told(r, d.record()); return err },
	)
	d.Actions = penalties().Actions(d.State, may(ctx, d.Path), hearingOpen, hearingOver, paid(d.OwedFen))
	d.Penalty = d.shown(me)
	return d, err
}

// PointDetail is points with all that hangs on them.
type PointDetail struct {
	PointLine
	CycleTotal int                       `json:"cycle_total" doc:"Points of the cycle that stand."`
	YearTotal  int                       `json:"year_total" doc:"Points of the year that stand."`
	Clocks     []Clock                   `json:"clocks"`
	Trail      []org.Deed                `json:"trail"`
	Actions    []flow.Label[flow.Action] `json:"actions" doc:"What the actor can do now."`
}

// PointsOne returns one event of points.
func (s *Service) PointsOne(ctx context.Context, in org.ByID) (d PointDetail, err error) {
	defer fault.Wrap(&err, "sanction.PointsOne(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		p, err := readable[Point](ctx, r, pointTable, pointWord, in.ID)
		if err != nil {
			return err
		}
		x, err := byID[Subject](r, subjectTable, subjectWord, p.SubjectID)
		d.PointLine = PointLine{p, x.Name}
		d.Actions = points().Actions(p.State, may(ctx, p.Path))
		return fault.First(func() error { return err },
			func() (err error) { d.CycleTotal, err = seenSum(ctx, r, p.SubjectID, p.Scheme, p.Cycle, 0); return err },
			func() (err error) {
				d.YearTotal, err = seenSum(ctx, r, p.SubjectID, p.Scheme, p.Cycle, p.Year)
				return err
			},
			func() (err error) { d.Clocks, err = clocksOf(r, p.ID); return err },
			func() (err error) { d.Trail, err = told(r, p.record()); return err })
	})
	return d, err
}

// TransferDetail is a transfer with all that hangs on it.
type TransferDetail struct {
	Transfer
	Files   []File                    `json:"files"`
	Clocks  []Clock                   `json:"clocks"`
	Trail   []org.Deed                `json:"trail"`
	Actions []flow.Label[flow.Action] `json:"actions" doc:"What the actor can do now."`
}

// TransferOne returns one transfer.
func (s *Service) TransferOne(ctx context.Context, in org.ByID) (d TransferDetail, err error) {
	defer fault.Wrap(&err, "sanction.TransferOne(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		t, err := readable[Transfer](ctx, r, transferTable, transferWord, in.ID)
		if err != nil {
			return err
		}
		d.Transfer, d.Actions = t, transfers().Actions(t.State, may(ctx, t.Path), withFile, withCause)
		return fault.First(func() (err error) { d.Files, err = s.Files.List(r, t.ID); return err },
			func() (err error) { d.Clocks, err = clocksOf(r, t.ID); return err },
			func() (err error) { d.Trail, err = told(r, t.record()); return err })
	})
	return d, err
}

// PublicationDetail is a publication with all that hangs on it.
type PublicationDetail struct {
	Publication
	ProposedName string                    `json:"proposed_name"`
	ApprovedName string                    `json:"approved_name"`
	Clocks       []Clock                   `json:"clocks"`
	Trail        []org.Deed                `json:"trail"`
	Actions      []flow.Label[flow.Action] `json:"actions" doc:"What the actor can do now."`
}

// PublicationOne returns one publication.
func (s *Service) PublicationOne(ctx context.Context, in org.ByID) (d PublicationDetail, err error) {
	defer fault.Wrap(&err, "sanction.PublicationOne(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		p, err := readable[Publication](ctx, r, publicationTable, publicationWord, in.ID)
		if err != nil {
			return err
		}
		d.Publication = p
		d.Actions = publications().Actions(p.State, may(ctx, p.Path), holding(p.ProposedBy != authz.From(ctx).ID, otherPerson)...)
		names, err := org.Names(r, []string{p.ProposedBy, p.ApprovedBy})
		d.ProposedName, d.ApprovedName = names[p.ProposedBy], names[p.ApprovedBy]
		return fault.First(func() error { return err }, func() (err error) { d.Clocks, err = clocksOf(r, p.ID); return err }, func() (err error) { d.Trail, err = told(r, p.record()); return err })
	})
	return d, err
}

// Credit is the credit record of a subject (诚信档案): all that there is.
type Credit struct {
	Subject
	FineFen      int64         `json:"fine_fen" doc:"Fines that stand, in 分."`
	FineText     i18n.Text     `json:"fine_text"`
	Grades       []Grade       `json:"grades"`
	Passes       []Pass        `json:"passes"`
	Penalties    []Penalty     `json:"penalties"`
	Measures     []Measure     `json:"measures"`
	Points       []Point       `json:"points"`
	PointsNow    int           `json:"points_now" doc:"Points for irregular practice of the present cycle."`
	Insured      int           `json:"insured" doc:"Points of the insurance of this year."`
	Consequences []Consequence `json:"consequences"`
	Blacklist    []Black       `json:"blacklist"`
	Transfers    []Transfer    `json:"transfers"`
	Vetoes       []Veto        `json:"vetoes"`
}

// CreditOf returns the credit record of a subject, as far as the actor may see
// what is in it.
func (s *Service) CreditOf(ctx context.Context, in org.ByID) (c Credit, err error) {
	defer fault.Wrap(&err, "sanction.CreditOf(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		x, err := s.knownSubject(ctx, r, in.ID, Read)
		if err != nil {
			return err
		}
		c.Subject = x.shown(authz.From(ctx))
		err = fault.First(
			func() (err error) { c.Grades, err = about[Grade](ctx, r, gradeTable, x); return err },
			func() (err error) { c.Passes, err = about[Pass](ctx, r, passTable, x); return err },
			func() (err error) {
				c.Penalties, err = about[Penalty](ctx, r, penaltyTable, x)
				return err
			},
			func() (err error) {
				c.Measures, err = about[Measure](ctx, r, measureTable, x)
				return err
			},
			func() (err error) { c.Points, err = about[Point](ctx, r, pointTable, x); return err },
			func() (err error) {
				c.Consequences, err = about[Consequence](ctx, r, consequenceTable, x)
				return err
			},
			func() (err error) { c.Blacklist, err = about[Black](ctx, r, blackTable, x); return err },
			func() (err error) {
				c.Transfers, err = about[Transfer](ctx, r, transferTable, x)
				return err
			},
			func() (err error) { c.Vetoes, err = about[Veto](ctx, r, vetoTable, x); return err },
		)
		if err != nil {
			return err
		}
		return s.summed(ctx, r, &c)
	})
	return c, err
}

// about returns the records of a table that are about a subject, the newest
// first, where the actor may see them: a practitioner's may lie elsewhere too.
func about[T any](ctx context.Context, r db.Reader, table string, x Subject) ([]T, error) {
	return hanging[T](ctx, r, table, "subject_id", x.ID, "id desc")
}

// summed adds up a credit record.
func (s *Service) summed(ctx context.Context, r db.Reader, c *Credit) error {
	for i, m := range c.Measures {
		c.Measures[i].AmountText = Money(m.AmountFen)
	}
	for i := range c.Penalties {
		c.Penalties[i] = c.Penalties[i].shown(authz.From(ctx))
	}
	c.FineFen = fineOf(c.Measures)
	c.FineText = Money(c.FineFen)
	year := s.today().Year()
	cycle := strconv.Itoa(year)
	points, err := seenSum(ctx, r, c.ID, OfInsurance, cycle, year)
	if err != nil {
		return err
	}
	rule, err := setting(ctx, s, insurance, c.Path, s.Now())
	c.Insured = rule.total(points)
	if err != nil {
		return err
	}
	if pass, found, err := passOn(r, c.ID, s.today()); err != nil {
		return err
	} else if found {
		cycle = pass.ID
	}
	c.PointsNow, err = seenSum(ctx, r, c.ID, OfPractice, cycle, 0)
	return err
}

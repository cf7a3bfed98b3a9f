package sanction

import (
	"context"
	"slices"
	"strconv"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
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

// Filter narrows lists of sanctions. A list knows those of its fields that its
// records have.
type Filter struct {
	list.Query
	Q          string `query:"q" maxLength:"50" doc:"Number, or part of the name."`
	State      string `query:"state" maxLength:"20"`
	Kind       string `query:"kind" enum:"institution,practitioner,person" doc:"Of the subject."`
	Subject    string `query:"subject" maxLength:"40"`
	Unit       string `query:"unit" maxLength:"40" doc:"Region or unit at or below which they lie."`
	CampaignID string `query:"campaign_id" maxLength:"40"`
	Source     string `query:"source" maxLength:"40"`
	SourceID   string `query:"source_id" maxLength:"40"`
	PenaltyID  string `query:"penalty_id" maxLength:"40"`
	Scheme     string `query:"scheme" enum:"practice,insurance"`
	Agency     string `query:"agency" maxLength:"40"`
	Grade      string `query:"grade" enum:"A,B,C,D"`
	Overdue    bool   `query:"overdue" doc:"Those alone with a limit that has passed."`
}

// page reads one page of a table, the newest first, as the actor may see it.
func page[T any](ctx context.Context, s *Service, f Filter, table, sorted string, key func(T) list.Key) (out list.Page[T], err error) {
	defer fault.Wrap(&err, "sanction.page(%s)", table)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		narrow := func(ctx context.Context, r db.Reader, w *db.Where) error {
			seen(authz.From(ctx), w, Read)
			return f.narrow(r, w, table, s.Now())
		}
		load := func(r db.Reader, w *db.Where, limit int) ([]T, error) {
			return db.All[T](r, selection(table)+w.String()+w.Bind(` order by `+sorted+` desc, id desc limit ?`, limit), w.Args()...)
		}
		out, err = list.Read(ctx, r, f.Query, list.Down(sorted, "id", key), narrow, load)
		return err
	})
	return out, err
}

// narrow adds the conditions of a filter that a table has columns for.
func (f Filter) narrow(r db.Reader, w *db.Where, table string, now time.Time) error {
	columns := columnsOf(table)
	has := func(c string) bool { return slices.Contains(columns, c) }
	for column, value := range map[string]string{"state": f.State, "subject_kind": f.Kind, "subject_id": f.Subject, "campaign_id": f.CampaignID, "source": f.Source, "source_id": f.SourceID,
		"penalty_id": f.PenaltyID, "scheme": f.Scheme, "agency": f.Agency, "grade": f.Grade} {
		w.AndIf(value != "" && has(column), column+" = ?", value)
	}
	w.AndIf(f.Kind != "" && table == subjectTable, "kind = ?", f.Kind)
	w.AndIf(f.Overdue, "id in (select record from "+clockTable+" where met_on is null and kind <> 'hearing' and due_at <= ?)", now)
	searched := slices.DeleteFunc([]string{"number", "name", "title", "decision_no"}, func(c string) bool { return !has(c) })
	if len(searched) > 0 {
		org.Contains(w, f.Q, searched...)
	}
	if f.Unit == "" {
		return nil
	}
	path, err := org.PathOf(r, f.Unit)
	if err == nil {
		org.Within(w, "path", []string{path})
	}
	return err
}

// Penalties lists penalties.
func (s *Service) Penalties(ctx context.Context, in Filter) (list.Page[Penalty], error) {
	p, err := page(ctx, s, in, penaltyTable, "filed_on", func(p Penalty) list.Key { return list.At(p.FiledOn, p.ID) })
	for i := range p.Items {
		p.Items[i] = p.Items[i].shown(authz.From(ctx))
	}
	return p, err
}

// shown is a penalty as somebody may see it.
func (p Penalty) shown(a authz.Actor) Penalty {
	if a.Covers(Manage, p.Path) {
		return p
	}
	officers := make([]Officer, len(p.Officers))
	for i, o := range p.Officers {
		officers[i] = Officer{o.Name, masked(o.Certificate)}
	}
	p.Officers = officers
	return p
}

// PointsList lists points.
func (s *Service) PointsList(ctx context.Context, in Filter) (list.Page[PointLine], error) {
	ps, err := page(ctx, s, in, pointTable, "confirmed_on", func(p Point) list.Key { return list.At(p.ConfirmedOn, p.ID) })
	out := list.Page[PointLine]{Items: make([]PointLine, len(ps.Items)), Next: ps.Next}
	if err != nil {
		return out, err
	}
	err = s.named(ctx, len(ps.Items), func(i int) string { return ps.Items[i].SubjectID }, func(i int, name string) { out.Items[i] = PointLine{ps.Items[i], name} })
	return out, err
}

// PointLine is points in a list.
type PointLine struct {
	Point
	Name string `json:"name" doc:"Of the subject."`
}

// ConsequenceLine is a consequence in a list.
type ConsequenceLine struct {
	Consequence
	Name string `json:"name" doc:"Of the subject."`
}

// Consequences lists what points lead to.
func (s *Service) Consequences(ctx context.Context, in Filter) (list.Page[ConsequenceLine], error) {
	cs, err := page(ctx, s, in, consequenceTable, "created_at", func(c Consequence) list.Key { return list.At(c.CreatedAt, c.ID) })
	out := list.Page[ConsequenceLine]{Items: make([]ConsequenceLine, len(cs.Items)), Next: cs.Next}
	if err != nil {
		return out, err
	}
	err = s.named(ctx, len(cs.Items), func(i int) string { return cs.Items[i].SubjectID }, func(i int, name string) { out.Items[i] = ConsequenceLine{cs.Items[i], name} })
	return out, err
}

// named tells what the subjects of n lines are called.
func (s *Service) named(ctx context.Context, n int, of func(int) string, tell func(int, string)) error {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = of(i)
	}
	return s.DB.Read(ctx, func(r db.Reader) error {
		var w db.Where
		w.AndIn("id", ids)
		xs, err := all[Subject](r, subjectTable, w.String(), w.Args()...)
		names := map[string]string{}
		for _, x := range xs {
			names[x.ID] = x.Name
		}
		for i, id := range ids {
			tell(i, names[id])
		}
		return err
	})
}

// Subjects lists those who have a credit record.
func (s *Service) Subjects(ctx context.Context, in Filter) (list.Page[Subject], error) {
	p, err := page(ctx, s, in, subjectTable, "created_at", func(x Subject) list.Key { return list.At(x.CreatedAt, x.ID) })
	for i := range p.Items {
		p.Items[i] = p.Items[i].shown(authz.From(ctx))
	}
	return p, err
}

// Blacklisted lists the blacklist.
func (s *Service) Blacklisted(ctx context.Context, in Filter) (list.Page[Black], error) {
	return page(ctx, s, in, blackTable, "created_at", func(b Black) list.Key { return list.At(b.CreatedAt, b.ID) })
}

// Publications lists what is, was or is to be public.
func (s *Service) Publications(ctx context.Context, in Filter) (list.Page[Publication], error) {
	return page(ctx, s, in, publicationTable, "proposed_at", func(p Publication) list.Key { return list.At(p.ProposedAt, p.ID) })
}

// Transfers lists transfers.
func (s *Service) Transfers(ctx context.Context, in Filter) (list.Page[Transfer], error) {
	return page(ctx, s, in, transferTable, "sent_on", func(t Transfer) list.Key { return list.At(t.SentOn, t.ID) })
}

// Vetoes lists vetoes.
func (s *Service) Vetoes(ctx context.Context, in Filter) (list.Page[Veto], error) {
	return page(ctx, s, in, vetoTable, "created_at", func(v Veto) list.Key { return list.At(v.CreatedAt, v.ID) })
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
	d.Actions = penalties().Actions(d.State, may(ctx, d.Path), hearingOpen, hearingOver, allPaid)
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
			d.Publications, err = all[Publication](r, publicationTable, `where record = $1 order by id`, id)
			return err
		},
		func() (err error) {
			d.Transfers, err = all[Transfer](r, transferTable, `where penalty_id = $1 order by id`, id)
			return err
		},
		func() (err error) { d.Trail, err = told(r, d.record()); return err },
	)
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
			func() (err error) { d.CycleTotal, err = sum(r, p.SubjectID, p.Scheme, p.Cycle, 0); return err },
			func() (err error) { d.YearTotal, err = sum(r, p.SubjectID, p.Scheme, p.Cycle, p.Year); return err },
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
			func() (err error) { c.Penalties, err = about[Penalty](ctx, r, penaltyTable, x); return err },
			func() (err error) { c.Measures, err = about[Measure](ctx, r, measureTable, x); return err },
			func() (err error) { c.Points, err = about[Point](ctx, r, pointTable, x); return err },
			func() (err error) { c.Consequences, err = about[Consequence](ctx, r, consequenceTable, x); return err },
			func() (err error) { c.Blacklist, err = about[Black](ctx, r, blackTable, x); return err },
			func() (err error) { c.Transfers, err = about[Transfer](ctx, r, transferTable, x); return err },
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
	var w db.Where
	w.And("subject_id = ?", x.ID)
	seen(authz.From(ctx), &w, Read)
	return all[T](r, table, w.String()+` order by id desc`, w.Args()...)
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
	points, err := sum(r, c.ID, OfInsurance, cycle, year)
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
	c.PointsNow, err = sum(r, c.ID, OfPractice, cycle, 0)
	return err
}

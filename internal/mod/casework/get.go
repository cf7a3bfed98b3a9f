package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// ByID names a case.
type ByID struct {
	ID string `path:"id"`
}

// Detail is everything about a case that the actor may see.
type Detail struct {
	Case           Row                       `json:"case"`
	Content        Content                   `json:"content"`
	Actions        []flow.Label[flow.Action] `json:"actions" doc:"What the actor may do now."`
	Assignments    []NamedAssignment         `json:"assignments"`
	Clocks         []NamedClock              `json:"clocks"`
	Timeline       []NamedEvent              `json:"timeline"`
	Requests       []Request                 `json:"requests"`
	Messages       []Message                 `json:"messages"`
	Callbacks      []Callback                `json:"callbacks"`
	Supervisions   []Supervision             `json:"supervisions"`
	Investigations []Investigation           `json:"investigations"`
	Dispositions   []Disposition             `json:"dispositions"`
	Reporters      []Standing                `json:"reporters" doc:"Who reported, first of the case itself, then of those that joined it; by name only while the actor has it open."`
	Disclosures    []Disclosure              `json:"disclosures" doc:"Who opened who reported, and who asked to."`
	Related        []Row                     `json:"related" doc:"Repeats, what was merged, and others from the same place about the same thing within a week."`
	Exclusions     []demand.ExclusionReason  `json:"exclusions" doc:"For which reasons the case as it stands may be left out of the rates."`
	MustDesignate  bool                      `json:"must_designate" doc:"It was returned so often that the next unit is designated and may not return it."`
	Suggested      *Target                   `json:"suggested,omitempty" doc:"Where the dispatch catalogue sends it, for whoever dispatches it."`
	People         map[string]string         `json:"people" doc:"Names of the staff who appear anywhere in the case, by identifier."`
}

// NamedAssignment is an assignment with the names of unit and handler.
type NamedAssignment struct {
	Assignment
	UnitName    string `json:"unit_name"`
	HandlerName string `json:"handler_name"`
}

// NamedClock is a clock with the name of the unit that it runs for, if any.
type NamedClock struct {
	Clock
	UnitName string `json:"unit_name"`
}

// NamedEvent is an event with the names of who acted.
type NamedEvent struct {
	Event
	ActorName string `json:"actor_name"`
	UnitName  string `json:"unit_name"`
}

// viewedFor is how long a look at a case lasts: a page that is left open reads
// itself again, and who reads a case twice in that time has seen it once.
const viewedFor = 15 * time.Minute

const view = "case.view"

// Get returns a case. That somebody read it is noted in the audit log, once for
// each person, case and quarter of an hour.
func (s *Service) Get(ctx context.Context, in ByID) (d Detail, err error) {
	defer fault.Wrap(&err, "casework.Get(%s)", in.ID)
	noted := false
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, err := seen(ctx, r, in.ID)
		if err != nil {
			return err
		}
		if noted, err = s.Audit.Lately(ctx, r, view, c.ID, viewedFor); err != nil {
			return err
		}
		if d, err = s.detail(ctx, r, c); err != nil {
			return err
		}
		return s.showOpen(ctx, r, &d)
	})
	if err != nil || noted {
		return d, err
	}
	return d, s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Audit.AppendOnce(ctx, tx, view, in.ID, viewedFor) })
}

func (s *Service) detail(ctx context.Context, r db.Reader, c Case) (d Detail, err error) {
	rows, err := s.rows(r, []Case{c})
	if err != nil {
		return d, err
	}
	d.Case = rows[0]
	if d.Content, err = s.Content.Content(ctx, r, c); err != nil {
		return d, err
	}
	as, err := assignments(r, c.ID)
	if err != nil {
		return d, err
	}
	ks, err := clocks(r, c.ID)
	if err != nil {
		return d, err
	}
	es, err := events(r, c.ID)
	if err != nil {
		return d, err
	}
	if err := d.papers(r, c.ID); err != nil {
		return d, err
	}
	d.Case.Reply = c.Reply
	gone, err := s.reveal(r, c, d.said(as, es)...)
	if err != nil {
		return d, err
	}
	d.Content.Gone = d.Content.Gone || gone
	if err := s.hush(ctx, r, d, es); err != nil {
		return d, err
	}
	d.Actions = offer{d, s.Now(), as, ks, es}.actions(ctx)
	if slices.ContainsFunc(d.Actions, func(l flow.Label[flow.Action]) bool { return l.Name == doDispatch }) {
		if d.Suggested, err = s.suggest(r, c, as); err != nil {
			return d, err
		}
		if d.MustDesignate, err = s.mustDesignate(ctx, c); err != nil {
			return d, err
		}
	}
	if d.Related, err = s.related(ctx, r, c); err != nil {
		return d, err
	}
	if d.Reporters, err = s.standings(ctx, r, c, as); err != nil {
		return d, err
	}
	err = s.name(r, &d, as, ks, es)
	return d, err
}

// events returns what happened, without the names.
func (d *Detail) events() []Event {
	es := make([]Event, len(d.Timeline))
	for i, e := range d.Timeline {
		es[i] = e.Event
	}
	return es
}

// hush takes the numbers of other cases out of what stands in the file, where the
// actor may not know of those: a request to leave the case out as a repeat names one.
func (s *Service) hush(ctx context.Context, r db.Reader, d Detail, es []Event) error {
	var details []map[string]any
	for _, q := range d.Requests {
		details = append(details, q.Detail)
	}
	for _, e := range es {
		details = append(details, e.Detail)
	}
	for _, detail := range details {
		number := detailText(detail, otherNumber)
		if number == "" {
			continue
		}
		var w db.Where
		w.And("c.number = ?", strings.ToUpper(strings.TrimSpace(number)))
		w.And(s.Sealed(ctx, &w, "c.id"))
		if sealed, err := db.Values[string](r, `select c.id from case_file c `+w.String(), w.Args()...); err != nil {
			return err
		} else if len(sealed) > 0 {
			delete(detail, otherNumber)
		}
	}
	return nil
}

// papers reads what lies in the file.
func (d *Detail) papers(r db.Reader, id string) (err error) {
	if d.Requests, err = requests(r, id); err != nil {
		return err
	}
	if d.Messages, err = messages(r, id); err != nil {
		return err
	}
	if d.Callbacks, err = heard(r, id); err != nil {
		return err
	}
	d.Exclusions = d.Case.fitting(d.Callbacks)
	if d.Supervisions, err = supervisions(r, id); err != nil {
		return err
	}
	if d.Investigations, err = investigations(r, id); err != nil {
		return err
	}
	if d.Dispositions, err = dispositions(r, id); err != nil {
		return err
	}
	d.Disclosures, err = disclosures(r, id)
	return err
}

// said returns the rows of a case that hold words.
func (d *Detail) said(as []Assignment, es []Event) []saying {
	return slices.Concat([]saying{&d.Case.Case}, sayings(as), sayings(es), sayings(d.Requests), sayings(d.Messages), sayings(d.Callbacks),
		sayings(d.Supervisions), sayings(d.Investigations), sayings(d.Dispositions), sayings(d.Disclosures))
}

// sameMatter is within which time reports of one category from one place are
// shown together (并案预警, domain.md 1.6).
const sameMatter = 7 * 24 * time.Hour

// related returns the cases that belong to c, of those that the actor may see.
func (s *Service) related(ctx context.Context, r db.Reader, c Case) ([]Row, error) {
	q, args := relatedText(ctx, c)
	cs, err := db.All[Case](r, q, args...)
	if err != nil {
		return nil, err
	}
	return s.rows(r, cs)
}

// relatedShown is how many related cases the page of a case shows.
const relatedShown = 20

// relatedText finds the candidates first, each kind by an index of its own, of
// those that the actor may see: the others push nothing out.
func relatedText(ctx context.Context, c Case) (string, []any) {
	var w db.Where
	visible(ctx, &w)
	w.And("n.case_id = c.id")
	seen := ` and exists (select 1 from case_node n ` + w.String() + `)`
	same := w.Bind(`select id from (select c.id from case_file c where c.place = ? and c.place <> '' and c.category = ? and c.received_at between ? and ? and c.id <> ?`,
		c.Place, c.Category, c.ReceivedAt.Add(-sameMatter), c.ReceivedAt.Add(sameMatter), c.ID) + seen + w.Bind(` order by c.received_at desc limit ?) s`, relatedShown)
	tied := w.Bind(`select id from case_file where merged_into <> '' and merged_into = ? union all select id from case_file where repeat_of <> '' and repeat_of = ? union all select id from case_file where id in (?, ?)`,
		c.ID, c.ID, c.MergedInto, c.RepeatOf)
	return `select ` + caseColumns + ` from case_file c where c.id in (` + same + ` union all ` + tied + `)` + w.Bind(` and c.id <> ?`, c.ID) + seen +
		` order by c.received_at desc` + w.Bind(` limit ?`, relatedShown), w.Args()
}

// guards returns the conditions that hold for the actor.
func guards(a authz.Actor, as []Assignment) []flow.Guard {
	if mine := worksOn(a, as); mine != nil && !mine.Designated {
		return []flow.Guard{mayReturn}
	}
	return nil
}

// name puts names beside identifiers.
func (s *Service) name(r db.Reader, d *Detail, as []Assignment, ks []Clock, es []Event) error {
	units, people := map[string]bool{}, map[string]bool{}
	for _, a := range as {
		units[a.UnitID], people[a.Handler] = true, true
	}
	for _, e := range es {
		units[e.UnitID], people[e.Actor] = true, true
	}
	d.collect(people)
	us, err := org.UnitsByID(r, keys(units))
	if err != nil {
		return err
	}
	ps, err := org.StaffNames(r, keys(people))
	if err != nil {
		return err
	}
	d.People = ps
	d.Assignments, d.Clocks, d.Timeline = []NamedAssignment{}, []NamedClock{}, []NamedEvent{}
	for _, k := range ks {
		d.Clocks = append(d.Clocks, NamedClock{k, us[k.UnitID].Name})
	}
	for _, a := range as {
		d.Assignments = append(d.Assignments, NamedAssignment{a, us[a.UnitID].Name, ps[a.Handler]})
	}
	for _, e := range es {
		d.Timeline = append(d.Timeline, NamedEvent{e, ps[e.Actor], us[e.UnitID].Name})
	}
	return nil
}

// collect gathers the identifiers of everybody who appears in the papers.
func (d *Detail) collect(people map[string]bool) {
	for _, x := range d.Requests {
		people[x.AskedBy], people[x.DecidedBy] = true, true
	}
	for _, x := range d.Messages {
		people[x.Author] = true
	}
	for _, x := range d.Callbacks {
		people[x.Actor] = true
	}
	for _, x := range d.Supervisions {
		people[x.OrderedBy], people[x.AnsweredBy], people[x.ClosedBy] = true, true, true
	}
	for _, x := range d.Investigations {
		people[x.NotedBy] = true
	}
	for _, x := range d.Dispositions {
		people[x.DecidedBy] = true
	}
	for _, x := range d.Disclosures {
		people[x.AskedBy], people[x.DecidedBy] = true, true
	}
}

package casework

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/search"
	"qingfeng/internal/org"
)

// Filter chooses cases.
type Filter struct {
	Box         string    `query:"box" enum:"all,open,todo,overdue,due,closed" default:"all" doc:"todo: waits for a step of mine, or for a decision. overdue: past its deadline without a result. due: not overdue, but a day or less is left for the result or a step before it."`
	State       string    `query:"state" enum:"received,accepted,dispatched,handling,reviewing,calling,archived,rejected,merged,withdrawn"`
	Category    string    `query:"category" maxLength:"3"`
	Channel     string    `query:"channel" maxLength:"30"`
	Urgency     string    `query:"urgency" enum:"critical,urgent,normal"`
	Mode        string    `query:"mode" enum:"anonymous,confidential,named"`
	Route       string    `query:"route" enum:"general,integrity"`
	Unit        string    `query:"unit" maxLength:"40" doc:"Leading unit."`
	Institution string    `query:"institution" maxLength:"40" doc:"Institution that the report is about."`
	Below       string    `query:"below" maxLength:"40" doc:"Code of a region or identifier of a unit: only what happened in that region, or is handled by that unit."`
	From        time.Time `query:"from" doc:"Received at or after."`
	To          time.Time `query:"to" doc:"Received before."`
	Waits       string    `query:"waits" enum:"triage,dispatch,work,review,decide,callback,dispose,order,report" doc:"With box todo: only what waits for this of me."`
	Q           string    `query:"q" maxLength:"100" doc:"Words of number, title or text."`
}

// ListInput chooses a page of cases.
type ListInput struct {
	list.Query
	Filter
	Count bool `query:"count" doc:"Count them as well, up to a thousand."`
}

// Row is a case in a list.
type Row struct {
	Case
	LeadName        string `json:"lead_name"`
	InstitutionName string `json:"institution_name"`
	Overdue         bool   `json:"overdue" doc:"Past its deadline without a result."`
	Next            *Next  `json:"next,omitempty" doc:"The deadline that comes first of those that run; absent where time does not run."`
}

// Next is the nearest deadline of a case: of its result, or of a step before it.
type Next struct {
	Kind      ClockKind `json:"kind"`
	StartedAt time.Time `json:"started_at"`
	DueAt     time.Time `json:"due_at"`
}

// List returns the cases that the actor may see, the newest first; those that
// run against a clock by the deadline that comes first.
func (s *Service) List(ctx context.Context, in ListInput) (page list.Page[Row], err error) {
	defer fault.Wrap(&err, "casework.List")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		page, err = s.list(ctx, r, in)
		return err
	})
	return page, err
}

func (s *Service) list(ctx context.Context, r db.Reader, in ListInput) (page list.Page[Row], err error) {
	key := in.key()
	var cs []listed
	for _, node := range in.sight(ctx, Read).nodes {
		found, err := s.rangeOf(ctx, r, in, node)
		if err != nil {
			return page, err
		}
		cs = append(cs, found...)
	}
	slices.SortFunc(cs, func(a, b listed) int {
		order := cmp.Or(cmp.Compare(key(a).At, key(b).At), cmp.Compare(a.ID, b.ID))
		if in.byDue() {
			return order
		}
		return -order
	})
	cs = slices.CompactFunc(cs, func(a, b listed) bool { return a.ID == b.ID })
	cut := list.Cut(in.Query, cs[:min(len(cs), in.Limit+1)], key)
	page.Next = cut.Next
	if page.Items, err = s.rows(r, casesOf(cut.Items)); err != nil {
		return page, err
	}
	if in.Count {
		page.Count, err = s.count(ctx, r, in.Filter)
	}
	return page, err
}

// rangeOf reads the beginning of a page as it is seen from one node: a range
// of one index, in order already. Seen from two nodes, a case is read twice.
func (s *Service) rangeOf(ctx context.Context, r db.Reader, in ListInput, node string) ([]listed, error) {
	q, args, err := s.rangeText(ctx, r.Dialect(), in, node)
	if err != nil {
		return nil, err
	}
	return db.All[listed](r, q, args...)
}

// listed is a case with what it is sorted by beside its receipt.
type listed struct {
	Case
	NextAt time.Time
}

func casesOf(found []listed) []Case {
	cs := make([]Case, len(found))
	for i, x := range found {
		cs[i] = x.Case
	}
	return cs
}

func (s *Service) rangeText(ctx context.Context, d db.Dialect, in ListInput, node string) (string, []any, error) {
	var w db.Where
	w.And("n.node = ?", node)
	in.sight(ctx, Read).unbarred(&w)
	if err := s.narrow(ctx, d, &w, in.Filter); err != nil {
		return "", nil, err
	}
	column, order := "n.received_at", "desc"
	if in.byDue() {
		column, order = "n.next_at", "asc"
	}
	err := in.After(&w, !in.byDue(), column, "n.case_id")
	return `select ` + caseColumns + `, n.next_at from case_node n join case_file c on c.id = n.case_id ` + w.String() +
		` order by ` + column + ` ` + order + `, n.case_id ` + order + w.Bind(` limit ?`, in.Limit+1), w.Args(), err
}

// byDue reports whether the list goes by deadline, and not by receipt.
func (f Filter) byDue() bool {
	return f.Box == "open" || f.Box == "overdue" || f.Box == "due" || f.Box == "todo"
}

// key returns what the list is in the order of.
func (f Filter) key() func(listed) list.Key {
	return func(x listed) list.Key {
		at := x.ReceivedAt
		if f.byDue() {
			at = x.NextAt
		}
		return list.Key{At: at.UnixMilli(), ID: x.ID}
	}
}

// sight is where the cases of a list are looked for: from where the actor may
// see them, or, where they wait for the actor, from where that can be done.
func (f Filter) sight(ctx context.Context, p authz.Permission) sight {
	x := sightOf(ctx, p)
	if f.Box == "todo" {
		x.nodes = nil
		for _, d := range desks(x.actor, p, f.Waits) {
			x.nodes = append(x.nodes, d.node)
		}
	}
	return x
}

// narrow adds the filters.
func (s *Service) narrow(ctx context.Context, d db.Dialect, w *db.Where, in Filter) error {
	now := s.Now()
	w.AndIf(in.State != "", "n.state = ?", in.State)
	w.AndIf(in.Route != "", "n.route = ?", in.Route)
	if letter, size := utf8.DecodeRuneInString(in.Category); size < len(in.Category) {
		w.And("n.category = ? and c.item = ?", string(letter), in.Category)
	} else {
		w.AndIf(in.Category != "", "n.category = ?", in.Category)
	}
	w.AndIf(in.Channel != "", "c.channel = ?", in.Channel)
	w.AndIf(in.Urgency != "", "c.urgency = ?", in.Urgency)
	w.AndIf(in.Mode != "", "c.mode = ?", in.Mode)
	w.AndIf(in.Unit != "", "c.lead_unit <> '' and c.lead_unit = ?", in.Unit)
	w.AndIf(in.Institution != "", "c.institution = ?", in.Institution)
	w.AndIf(in.Below != "", isBelow, in.Below)
	w.AndIf(!in.From.IsZero(), "n.received_at >= ?", in.From)
	w.AndIf(!in.To.IsZero(), "n.received_at < ?", in.To)
	switch in.Box {
	case "open":
		w.And("n.open = 1")
	case "closed":
		w.And("n.open = 0")
	case "overdue":
		w.And("n.open = 1 and n.next_at <= ? and n.due_at <= ?", now, now)
	case "due":
		w.And("n.open = 1 and n.next_at < ? and n.due_at > ?", now.Add(dueSoon), now)
	case "todo":
		andWaits(w, desks(authz.From(ctx), Read, in.Waits))
	}
	if in.Q == "" {
		return nil
	}
	if number := strings.ToUpper(strings.TrimSpace(in.Q)); strings.HasPrefix(number, numberPrefix) && len(number) >= fullNumber {
		w.And("n.case_id in (select id from case_file where number = ?)", number)
		return nil
	}
	return search.Match(w, d, "case", "n.case_id", in.Q)
}

// A number that is written out in full is looked up by itself: it is found
// before the index has it, and for cases that came with their history.
const (
	numberPrefix = "QF-"
	fullNumber   = len("QF-990102-20260728-000123")
)

// dueSoon is how long before a deadline, of the result or of a step before it,
// a case counts as due in the workbench.
const dueSoon = 24 * time.Hour

func (s *Service) rows(r db.Reader, cs []Case) ([]Row, error) {
	ids := map[string]bool{}
	for _, c := range cs {
		ids[c.LeadUnit], ids[c.Institution] = true, true
	}
	units, err := org.UnitsByID(r, keys(ids))
	if err != nil {
		return nil, err
	}
	clocks, err := pressingClocks(r, cs)
	if err != nil {
		return nil, err
	}
	now, rows := s.Now(), make([]Row, len(cs))
	for i, c := range cs {
		if c.Sealed {
			c.Reply = "" // a list shows no sealed words; it is read over shoulders
		}
		rows[i] = Row{Case: c, LeadName: units[c.LeadUnit].Name, InstitutionName: units[c.Institution].Name, Overdue: c.overdue(now)}
		if k, ok := nextOf(c, clocks[c.ID]); ok {
			rows[i].Next = &Next{k.Kind, k.StartedAt, k.DueAt}
		}
	}
	return rows, nil
}

func keys(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for k := range set {
		if k != "" {
			out = append(out, k)
		}
	}
	return out
}

// Bench is what the workbench shows: how much waits in each box, counted up
// to a cap, and the most pressing cases.
type Bench struct {
	Counts   map[string]list.Count `json:"counts" doc:"By box, by state, and by what waits for the actor."`
	Pressing []Row                 `json:"pressing"`
}

// Workbench answers: what must I do now?
func (s *Service) Workbench(ctx context.Context, _ struct{}) (b Bench, err error) {
	defer fault.Wrap(&err, "casework.Workbench")
	b.Counts = map[string]list.Count{}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		for _, box := range []string{"todo", "overdue", "due"} {
			if err := s.box(ctx, r, b, box, Filter{Box: box}); err != nil {
				return err
			}
		}
		for _, state := range []State{Received, Accepted, Dispatched, Handling, Reviewing, Calling} {
			if err := s.box(ctx, r, b, string(state), Filter{State: string(state)}); err != nil {
				return err
			}
		}
		for _, k := range waitKinds() {
			if !authz.From(ctx).Can(k.by) {
				continue
			}
			if err := s.box(ctx, r, b, k.name, Filter{Box: "todo", Waits: k.name}); err != nil {
				return err
			}
		}
		if a := authz.From(ctx); a.Can(ApproveIdentity) {
			n, err := countAsked(r, a, s.Now())
			if err != nil {
				return err
			}
			b.Counts["identity"] = *n
		}
		page, err := s.list(ctx, r, ListInput{Query: list.Query{Limit: 10}, Filter: Filter{Box: "todo"}})
		b.Pressing = page.Items
		return err
	})
	return b, err
}

// box counts one box of the workbench.
func (s *Service) box(ctx context.Context, r db.Reader, b Bench, name string, f Filter) error {
	n, err := s.count(ctx, r, f)
	if err == nil {
		b.Counts[name] = *n
	}
	return err
}

// count counts the cases of a list, up to list.CountCap.
func (s *Service) count(ctx context.Context, r db.Reader, f Filter) (*list.Count, error) {
	q, args, err := s.countText(ctx, r.Dialect(), f)
	if err != nil {
		return nil, err
	}
	n, err := db.Value[int64](r, q, args...)
	return list.Capped(n), err
}

func (s *Service) countText(ctx context.Context, d db.Dialect, f Filter) (string, []any, error) {
	var w db.Where
	x := f.sight(ctx, Read)
	x.narrowMany(&w)
	rest := f
	if f.Box == "todo" {
		andWaitsMany(&w, desks(authz.From(ctx), Read, f.Waits))
		rest.Box = ""
	}
	if err := s.narrow(ctx, d, &w, rest); err != nil {
		return "", nil, err
	}
	from := `case_node n`
	if f.reads() {
		from += ` join case_file c on c.id = n.case_id`
	}
	return `select count(*) from (select ` + x.each() + ` n.case_id from ` + from + ` ` + w.String() + w.Bind(` limit ?`, list.CountCap+1) + `) found`, w.Args(), nil
}

// reads reports whether a filter looks at more than the rows of case_node.
func (f Filter) reads() bool {
	return len(f.Category) > 1 || f.Channel+f.Urgency+f.Mode+f.Unit+f.Institution != ""
}

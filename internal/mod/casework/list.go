package casework

import (
	"context"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/search"
	"qingfeng/internal/org"
)

// ListInput chooses cases.
type ListInput struct {
	list.Query
	Box         string    `query:"box" enum:"all,open,todo,overdue,due,closed" default:"all" doc:"todo: waits for a step of mine. due: under a fifth of the time is left to nothing."`
	State       string    `query:"state" enum:"received,accepted,dispatched,handling,reviewing,calling,archived,rejected,merged,withdrawn"`
	Category    string    `query:"category" maxLength:"3"`
	Channel     string    `query:"channel" maxLength:"30"`
	Urgency     string    `query:"urgency" enum:"critical,urgent,normal"`
	Mode        string    `query:"mode" enum:"anonymous,confidential,named"`
	Route       string    `query:"route" enum:"general,integrity"`
	Unit        string    `query:"unit" maxLength:"40" doc:"Leading unit."`
	Institution string    `query:"institution" maxLength:"40" doc:"Institution that the report is about."`
	From        time.Time `query:"from" doc:"Received at or after."`
	To          time.Time `query:"to" doc:"Received before."`
	Q           string    `query:"q" maxLength:"100" doc:"Words of number, title or text."`
}

// Row is a case in a list.
type Row struct {
	Case
	LeadName        string `json:"lead_name"`
	InstitutionName string `json:"institution_name"`
	Overdue         bool   `json:"overdue"`
}

// List returns the cases that the actor may see, the newest first; those that
// run against a clock by their deadline.
func (s *Service) List(ctx context.Context, in ListInput) (page list.Page[Row], err error) {
	defer fault.Wrap(&err, "casework.List")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		page, err = s.list(ctx, r, in)
		return err
	})
	return page, err
}

func (s *Service) list(ctx context.Context, r db.Reader, in ListInput) (page list.Page[Row], err error) {
	var w db.Where
	visible(ctx, &w)
	byDue := s.narrow(ctx, &w, in)
	if in.Q != "" {
		if err := search.Match(&w, r.Dialect(), "case", "n.case_id", in.Q); err != nil {
			return page, err
		}
	}
	column, order := "n.received_at", "desc"
	if byDue {
		column, order = "n.due_at", "asc"
	}
	if err := in.After(&w, !byDue, column, "n.case_id"); err != nil {
		return page, err
	}
	// Seen from two nodes, a case comes twice in a row: read twice as many.
	nodes := max(1, len(authz.From(ctx).Paths(Read)))
	q := `select ` + caseColumns + ` from case_node n join case_file c on c.id = n.case_id ` + w.String() +
		` order by ` + column + ` ` + order + `, n.case_id ` + order + w.Bind(` limit ?`, (in.Limit+1)*nodes)
	cs, err := db.All[Case](r, q, w.Args()...)
	if err != nil {
		return page, err
	}
	rows, err := s.rows(r, distinct(cs))
	if err != nil {
		return page, err
	}
	return list.Cut(in.Query, rows, func(x Row) list.Key {
		at := x.ReceivedAt
		if byDue {
			at = dueOrFar(x.Case)
		}
		return list.Key{At: at.UnixMilli(), ID: x.ID}
	}), nil
}

// narrow adds the filters and reports whether the list goes by deadline.
func (s *Service) narrow(ctx context.Context, w *db.Where, in ListInput) (byDue bool) {
	now := s.Now()
	w.AndIf(in.State != "", "n.state = ?", in.State)
	w.AndIf(in.Route != "", "n.route = ?", in.Route)
	if len(in.Category) > 1 {
		w.And("n.category = ? and c.item = ?", in.Category[:1], in.Category)
	} else {
		w.AndIf(in.Category != "", "n.category = ?", in.Category)
	}
	w.AndIf(in.Channel != "", "c.channel = ?", in.Channel)
	w.AndIf(in.Urgency != "", "c.urgency = ?", in.Urgency)
	w.AndIf(in.Mode != "", "c.mode = ?", in.Mode)
	w.AndIf(in.Unit != "", "c.lead_unit = ?", in.Unit)
	w.AndIf(in.Institution != "", "c.institution = ?", in.Institution)
	w.AndIf(!in.From.IsZero(), "n.received_at >= ?", in.From)
	w.AndIf(!in.To.IsZero(), "n.received_at < ?", in.To)
	switch in.Box {
	case "open":
		w.And("n.open = 1")
	case "closed":
		w.And("n.open = 0")
	case "overdue":
		w.And("n.open = 1 and n.due_at <= ?", now)
	case "due":
		w.And("n.open = 1 and n.due_at > ? and n.due_at < ?", now, now.Add(dueSoon))
	case "todo":
		w.And("n.open = 1")
		w.AndIn("n.state", todoStates(authz.From(ctx)))
	}
	return in.Box == "open" || in.Box == "overdue" || in.Box == "due" || in.Box == "todo"
}

// dueSoon is how long before its deadline a case counts as due in the workbench.
const dueSoon = 24 * time.Hour

// todoStates are the states in which a case waits for somebody like the actor.
func todoStates(a authz.Actor) []string {
	var states []string
	for _, x := range []struct {
		p  authz.Permission
		in []State
	}{{Triage, []State{Received}}, {Dispatch, []State{Accepted}}, {Handle, []State{Dispatched, Handling}}, {Review, []State{Reviewing}}, {CallBack, []State{Calling}}} {
		if a.Can(x.p) {
			for _, s := range x.in {
				states = append(states, string(s))
			}
		}
	}
	return states
}

// distinct drops the repetitions of a case that is seen from several nodes.
func distinct(cs []Case) []Case {
	seen := make(map[string]bool, len(cs))
	out := cs[:0]
	for _, c := range cs {
		if !seen[c.ID] {
			seen[c.ID] = true
			out = append(out, c)
		}
	}
	return out
}

func (s *Service) rows(r db.Reader, cs []Case) ([]Row, error) {
	ids := map[string]bool{}
	for _, c := range cs {
		ids[c.LeadUnit], ids[c.Institution] = true, true
	}
	units, err := org.UnitsByID(r, keys(ids))
	if err != nil {
		return nil, err
	}
	now, rows := s.Now(), make([]Row, len(cs))
	for i, c := range cs {
		rows[i] = Row{c, units[c.LeadUnit].Name, units[c.Institution].Name, c.State.Open() && !c.DueAt.IsZero() && c.PausedAt.IsZero() && !now.Before(c.DueAt)}
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
	Counts   map[string]list.Count `json:"counts" doc:"By box and by state."`
	Pressing []Row                 `json:"pressing"`
}

// Workbench answers: what must I do now?
func (s *Service) Workbench(ctx context.Context, _ struct{}) (b Bench, err error) {
	defer fault.Wrap(&err, "casework.Workbench")
	b.Counts = map[string]list.Count{}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		for _, box := range []string{"todo", "overdue", "due"} {
			if err := s.count(ctx, r, b.Counts, box, ListInput{Box: box}); err != nil {
				return err
			}
		}
		for _, state := range []State{Received, Accepted, Dispatched, Handling, Reviewing, Calling} {
			if err := s.count(ctx, r, b.Counts, string(state), ListInput{State: string(state)}); err != nil {
				return err
			}
		}
		page, err := s.list(ctx, r, ListInput{Query: list.Query{Limit: 10}, Box: "todo"})
		b.Pressing = page.Items
		return err
	})
	return b, err
}

func (s *Service) count(ctx context.Context, r db.Reader, into map[string]list.Count, name string, in ListInput) error {
	var w db.Where
	visible(ctx, &w)
	s.narrow(ctx, &w, in)
	n, err := db.Value[int64](r, `select count(*) from (select distinct n.case_id from case_node n `+w.String()+w.Bind(` limit ?`, list.CountCap+1)+`) x`, w.Args()...)
	into[name] = *list.Capped(n)
	return err
}

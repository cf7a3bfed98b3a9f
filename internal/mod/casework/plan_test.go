package casework

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/search"
	"qingfeng/internal/org"
)

// statement is a statement with what it must be answered by.
type statement struct {
	name, q string
	args    []any
	ordered bool // comes in the order of an index: nothing is sorted
}

// planned collects every statement that a list, a count, the workbench, an
// export, a page or a job of this package reads many cases by.
func planned(t *testing.T, s *Service, d db.Dialect) (all []statement) {
	t.Helper()
	ask := func(name string, ordered bool, q string, args []any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(name, err)
		}
		all = append(all, statement{name, q, args, ordered})
	}
	reads := []authz.Permission{Read, Export, Handle, Triage, Review}
	one := authz.Actor{ID: "p", Path: "/99/9901/h/", Grants: []authz.Grant{{Path: "/99/9901/", Permissions: reads}}}
	two := authz.Actor{ID: "p", Path: "/99/9901/h/", Grants: []authz.Grant{{Path: "/99/9901/", Permissions: reads}, {Path: "/99/9902/h/", Permissions: append(reads, Discipline)}}}
	later := list.Cut(list.Query{Limit: 1}, []int{1, 2}, func(int) list.Key { return list.Key{At: 1, ID: "x"} }).Next
	for who, actor := range map[string]authz.Actor{"one scope": one, "two scopes": two, "top": authz.System()} {
		ctx := authz.With(t.Context(), actor)
		for name, f := range filters() {
			if d == db.Postgres && (f.Channel != "" || len(f.Category) > 1) {
				continue // no index holds them; they narrow a range further, and PostgreSQL guesses how far
			}
			for _, page := range []list.Query{{Limit: 50}, {Limit: 50, Cursor: later}} {
				q, args, err := s.rangeText(ctx, d, ListInput{Query: page, Filter: f}, "9901")
				ask(who+": list: "+name, f.Q+f.Institution+f.Unit == "", q, args, err)
			}
			q, args, err := s.countText(ctx, d, f)
			ask(who+": count: "+name, false, q, args, err)
			q, args, err = s.exportText(ctx, d, f)
			ask(who+": export: "+name, f.Q+f.Institution+f.Unit == "" && who == "one scope", q, args, err)
			if f.reads() {
				continue
			}
			f.Below = "9901"
			q, args, err = s.countText(ctx, d, f)
			ask(who+": outlook: "+name, false, q, args, err)
		}
		q, args := hardText(ctx, "/99/9901/", 50)
		ask(who+": hard cases", false, q, args, nil)
		q, args = relatedText(ctx, Case{ID: "x", Place: "p", Category: "A"})
		ask(who+": related", false, q, args, nil)
		q, args = repeatText(ctx, Case{ID: "x", Institution: "h1", Category: "A"})
		ask(who+": repeats", false, q, args, nil)
	}
	ask("alarms", true, alarmsDue, []any{1, 500}, nil)
	ask("requests that lapse", true, disclosuresDue, []any{1, 500}, nil)
	ask("ends of call-backs", true, callbacksDue, []any{"", 1, 500}, nil)
	ask("running clocks", true, clocksRunning, []any{"", 500}, nil)
	return all
}

func filters() map[string]Filter {
	t := time.UnixMilli(1)
	return map[string]Filter{
		"all": {}, "open": {Box: "open"}, "closed": {Box: "closed"}, "overdue": {Box: "overdue"}, "due": {Box: "due"}, "todo": {Box: "todo"}, "todo: decide": {Box: "todo", Waits: "decide"},
		"state": {State: "handling"}, "category": {Category: "A"}, "item": {Category: "A01"}, "route": {Route: "integrity"}, "span": {From: t, To: t.Add(1)},
		"channel": {Channel: "web"}, "unit": {Unit: "u1"}, "institution": {Institution: "h1"}, "state and category": {State: "handling", Category: "A"}, "words": {Q: "骨科门诊"}, "number": {Q: "QF-990102-20260728-000123"},
	}
}

// No list, count, page or job reads a whole table of cases, on either engine,
// and the pages of lists come in the order of an index.
func TestNothingReadsAWholeTable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := func() time.Time { return time.UnixMilli(1) }
		s := &Service{DB: d, Now: now, Settings: config.New(d, now)}
		fill(t, d)
		for _, x := range planned(t, s, d.Dialect()) {
			plan := planOf(t, d, x)
			if wrong := faultOf(d.Dialect(), plan, x.ordered); wrong != "" {
				t.Errorf("%s: %s\n%s\n%s", x.name, wrong, x.q, plan)
			}
		}
	}, dbtest.Migration{Module: "org", Files: org.Migrations()}, dbtest.Migration{Module: "job", Files: job.Migrations()},
		dbtest.Migration{Module: "audit", Files: audit.Migrations()}, dbtest.Migration{Module: "setting", Files: config.Migrations()},
		dbtest.Migration{Module: "search", Files: search.Migrations()}, dbtest.Migration{Module: "casework", Files: Migrations()})
}

// fill makes so many cases that no engine takes reading them all for the
// cheapest way: it chooses by what it knows of the tables.
func fill(t *testing.T, d *db.DB) {
	t.Helper()
	numbers := `with recursive k(i) as (select 1 union all select i + 1 from k where i < 5000) `
	err := d.InTx(t.Context(), func(tx *db.Tx) error {
		for _, q := range []string{
			numbers + `insert into case_file (id, number, title, category, item, class, channel, mode, urgency, route, state, region, path, institution, department, place,
				received_at, due_at, policy, lead_unit, merged_into, repeat_of) select 'c' || i, 'n' || i, 't', 'A', 'A01', 'complaint', 'web', 'anonymous', 'normal', 'general',
				case when i % 10 = 0 then 'handling' else 'archived' end, '9901', '/99/9901/h/', 'h' || (i % 100), '', 'p' || (i % 500), i, i, 'x', 'u' || (i % 100),
				case when i % 50 = 0 then 'c' || (i / 50) else '' end, case when i % 50 = 0 then 'c' || (i / 50) else '' end from k`,
			`insert into case_node (node, case_id, state, open, route, category, received_at, due_at, next_at)
				select n.node, c.id, c.state, case when c.state = 'handling' then 1 else 0 end, c.route, c.category, c.received_at, c.due_at, c.due_at
				from case_file c cross join (select '/' as node union select '99' union select '9901') n`,
			`insert into case_node (node, case_id, state, open, route, category, received_at, due_at, next_at)
				select institution, id, state, 0, route, category, received_at, due_at, due_at from case_file`,
			numbers + `insert into case_clock (case_id, kind, unit_id, started_at, time_limit, due_at, provisional, level, next_at, met_at)
				select 'c' || i, 'finish', '', i, '7d', i, 0, 0, case when i % 10 = 0 then i end, case when i % 10 = 0 then null else i end from k`,
			`insert into case_exclusion (case_id, node, reason, added_by, added_at) select id, 'z' || id, 'x', 'x', 0 from case_file`,
			`update case_node set waits = 8 where state = 'handling'`,
			`analyze`,
		} {
			if _, err := tx.Exec(q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// planOf asks an engine how it would answer.
func planOf(t *testing.T, d *db.DB, x statement) string {
	t.Helper()
	var lines []string
	err := d.Read(t.Context(), func(r db.Reader) (err error) {
		if d.Dialect() == db.Postgres {
			// A small table is read whole even so; whether it need be is the question.
			for _, set := range []string{"enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin"} {
				if _, err := db.Values[string](r, `select set_config('`+set+`', 'off', true)`); err != nil {
					return err
				}
			}
			lines, err = db.Values[string](r, "explain "+x.q, x.args...)
			return err
		}
		type step struct {
			ID, Parent, Notused int64
			Detail              string
		}
		steps, err := db.All[step](r, "explain query plan "+x.q, x.args...)
		for _, s := range steps {
			lines = append(lines, s.Detail)
		}
		return err
	})
	if err != nil {
		t.Fatal(x.name, err)
	}
	return strings.Join(lines, "\n")
}

var (
	wholeSQLite = regexp.MustCompile(`(?m)^SCAN (n|c|b|d|x|case_\w+|l|i)\b`)
	wholePG     = regexp.MustCompile(`Seq Scan on (case_\w+|unit)`)
	unboundPG   = regexp.MustCompile(`(?m)Index (Only )?Scan (Backward )?using \w+ on case_\w+.*\n\s+(Filter|->)|Index (Only )?Scan (Backward )?using \w+ on case_\w+.*$\z`)
)

// faultOf says what is wrong with a plan.
func faultOf(d db.Dialect, plan string, ordered bool) string {
	// An index of the few rows that a query is about may be read from end to end.
	plan = strings.NewReplacer("SCAN c USING INDEX case_file_hard", "", "using case_file_hard on case_file", "").Replace(plan)
	sorted := "TEMP B-TREE FOR ORDER BY"
	whole := wholeSQLite.FindString(plan)
	if d == db.Postgres {
		sorted = "no such line: where few rows match, PostgreSQL rightly sorts them"
		whole = wholePG.FindString(plan) + unboundPG.FindString(plan)
	}
	switch {
	case whole != "":
		return "reads a whole table: " + whole
	case ordered && strings.Contains(plan, sorted):
		return "sorts what an index holds in order"
	}
	return ""
}

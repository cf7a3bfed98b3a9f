package casework_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/search"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/verify"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

const rowsCheck = "casework: rows as their last event left them"

// rowsIn is what the check of fingerprints says of what a reader sees.
func (w *world) rowsIn(r db.Reader) (found verify.Line) {
	w.t.Helper()
	for _, c := range w.Module().Checks {
		for _, l := range c.Look(w.t.Context(), r) {
			if l.Name == rowsCheck {
				found = l
			}
		}
	}
	return found
}

func (w *world) rows() (found verify.Line) {
	w.t.Helper()
	if err := w.DB.Read(w.t.Context(), func(r db.Reader) error {
		found = w.rowsIn(r)
		return nil
	}); err != nil {
		w.t.Fatal(err)
	}
	return found
}

// forged says what the check finds after a change that is not kept.
func (w *world) forged(q string, args ...any) (said string) {
	w.t.Helper()
	err := w.DB.InTx(w.t.Context(), func(tx *db.Tx) error {
		if n, err := tx.Exec(q, args...); err != nil || n == 0 {
			return fmt.Errorf("%d rows: %w", n, err)
		}
		said = strings.Join(w.rowsIn(tx.Reader).Said, "\n")
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		w.t.Fatalf("%s: %v", q, err)
	}
	return said
}

// columnsOf returns the columns of a table: those that hold text, and the others.
func (w *world) columnsOf(table string) (texts, numbers []string) {
	w.t.Helper()
	q := `select name || ' ' || lower(type) from pragma_table_info('` + table + `')`
	if w.DB.Dialect() == db.Postgres {
		q = `select column_name || ' ' || data_type from information_schema.columns where table_schema = current_schema() and table_name = '` + table + `'`
	}
	for _, column := range readTexts(w.t, w.DB, q) {
		name, kind, _ := strings.Cut(column, " ")
		if kind == "text" {
			texts = append(texts, name)
		} else {
			numbers = append(numbers, name)
		}
	}
	return texts, numbers
}

// lived leads a case through so much that each of its tables has a row.
func (w *world) lived() string {
	w.t.Helper()
	id, _ := w.aLife()
	in := casework.SuperviseInput{ID: id}
	in.Body.Level, in.Body.Demand, in.Body.Due = 1, "请尽快办理", w.at.AddDate(0, 0, 3).Format(time.DateOnly)
	w.must(w.Supervise(w.supervisor(), in))
	w.must(w.KeepOut(authz.With(w.t.Context(), authz.System()), keepOut(id, "stranger")))
	return id
}

// Whatever column of whatever row of a case is changed, verify names the case
// and the table; what is deleted, too. How far alarms have rung says no event.
func TestEveryColumnOfACaseIsCompared(t *testing.T) {
	tables := map[string]string{"case_file": "file", "case_assignment": "parts", "case_request": "requests", "case_supervision": "orders", "case_exclusion": "bars", "case_clock": "clocks"}
	apart := map[string]string{"case_clock.time_limit": "'9d'", "case_request.detail": `'{"x":1}'`}
	for _, flag := range []string{"case_file.hard", "case_file.sealed", "case_assignment.designated", "case_clock.provisional"} {
		_, column, _ := strings.Cut(flag, ".")
		apart[flag] = "1 - " + column
	}
	left := map[string]bool{"case_clock.level": true, "case_clock.next_at": true}
	each(t, func(t *testing.T, w *world) {
		id := w.lived()
		number := w.read(id).Number
		for table, name := range tables {
			key := "case_id"
			if table == "case_file" {
				key = "id"
			}
			texts, numbers := w.columnsOf(table)
			if len(texts) == 0 || len(numbers) == 0 {
				t.Fatalf("%s has no columns", table)
			}
			to := map[string]string{}
			for _, c := range texts {
				to[c] = c + " || 'x'"
			}
			for _, c := range numbers {
				to[c] = "coalesce(" + c + ", 0) + 100"
			}
			for c, value := range to {
				if c == key {
					continue
				}
				if x := apart[table+"."+c]; x != "" {
					value = x
				}
				said := w.forged("update "+table+" set "+c+" = "+value+" where "+key+" = $1", id)
				named := strings.Contains(said, "case "+number) && (strings.Contains(said, name) || table+"."+c == "case_file.salt")
				if named == left[table+"."+c] {
					t.Errorf("%s.%s: %q", table, c, said)
				}
			}
			if key == "id" {
				continue // other rows refer to it
			}
			if said := w.forged("delete from "+table+" where case_id = $1", id); !strings.Contains(said, "case "+number+": ") || !strings.Contains(said, name) {
				t.Errorf("%s emptied: %q", table, said)
			}
		}
	})
}

// chances are things that may happen to a case, allowed or not; other is another
// case.
func (w *world) chances() []func(id, other string) error {
	root := authz.With(w.t.Context(), authz.System())
	asked := func(kind casework.RequestKind) func(id, other string) error {
		return func(id, _ string) error {
			in := ask(id, kind)
			in.Body.Extension = daysOf(1)
			_, err := w.Ask(w.coordinator(), in)
			return err
		}
	}
	decided := func(grant bool) func(id, other string) error {
		return func(id, _ string) error {
			for _, q := range readTexts(w.t, w.DB, `select id from case_request where state = 'pending' and case_id = '`+id+`'`) {
				in := casework.DecideInput{ID: id, Request: q}
				in.Body.Grant, in.Body.Reason = grant, "经核实"
				if _, err := w.Decide(w.supervisor(), in); err != nil {
					return err
				}
			}
			return nil
		}
	}
	plain := func(f func(id string) (casework.Case, error)) func(id, other string) error {
		return func(id, _ string) error {
			_, err := f(id)
			return err
		}
	}
	return []func(id, other string) error{
		plain(func(id string) (casework.Case, error) { return w.Accept(root, reasoned(id, "")) }),
		plain(func(id string) (casework.Case, error) {
			in := casework.DispatchInput{ID: id}
			in.Body.Lead, in.Body.Helpers = hospital, []string{"hospital-2"}
			return w.Dispatch(root, in)
		}),
		plain(func(id string) (casework.Case, error) { return w.TakeBack(root, reasoned(id, "派错了")) }),
		plain(func(id string) (casework.Case, error) { return w.Sign(w.coordinator(), casework.ByID{ID: id}) }),
		plain(func(id string) (casework.Case, error) { return w.Sign(w.coordinator(), casework.ByID{ID: id}) }),
		plain(func(id string) (casework.Case, error) {
			in := casework.AssignInput{ID: id}
			in.Body.Handler = "handler"
			return w.Assign(w.coordinator(), in)
		}),
		plain(func(id string) (casework.Case, error) {
			in := casework.WriteInput{ID: id}
			in.Body.Text = "我们正在核实。"
			return w.Write(w.coordinator(), in)
		}),
		asked(casework.AskReturn), asked(casework.AskPause), asked(casework.AskExtension), asked(casework.AskHard), decided(true), decided(false),
		plain(func(id string) (casework.Case, error) { return w.Resume(w.coordinator(), reasoned(id, "可以继续")) }),
		plain(func(id string) (casework.Case, error) { return w.Submit(w.coordinator(), result(id)) }),
		plain(func(id string) (casework.Case, error) { return w.Submit(w.coordinator(), result(id)) }),
		plain(func(id string) (casework.Case, error) { return w.SendBack(w.supervisor(), reasoned(id, "请补充")) }),
		plain(func(id string) (casework.Case, error) { return w.Approve(w.supervisor(), reasoned(id, "")) }),
		plain(func(id string) (casework.Case, error) { return w.Approve(w.supervisor(), reasoned(id, "")) }),
		plain(func(id string) (casework.Case, error) { return w.Rework(root, reasoned(id, "未解决")) }),
		plain(func(id string) (casework.Case, error) { return w.Close(root, reasoned(id, "已解决")) }),
		plain(func(id string) (casework.Case, error) { return w.Reopen(root, reasoned(id, "有新情况")) }),
		plain(func(id string) (casework.Case, error) { return w.Reject(root, rejection(id)) }),
		plain(func(id string) (casework.Case, error) { return w.ObjectFor(root, reasoned(id, "没有解决")) }),
		plain(func(id string) (casework.Case, error) {
			in := casework.SuperviseInput{ID: id}
			in.Body.Level, in.Body.Demand, in.Body.Due = 2, "请尽快办理", w.at.AddDate(0, 0, 3).Format(time.DateOnly)
			return w.Supervise(w.supervisor(), in)
		}),
		plain(func(id string) (casework.Case, error) {
			return w.KeepOut(authz.With(w.t.Context(), authz.System()), keepOut(id, "stranger"))
		}),
		func(id, other string) error { _, err := w.Merge(root, merge(id, other)); return err },
		func(id, _ string) error { return w.object(id) },
		func(id, _ string) error { return w.withdraw(id) },
		func(id, _ string) error { _, err := w.rate(id, "no", "unsatisfied"); return err },
		func(id, _ string) error { _, err := w.rate(id, "yes", "basic"); return err },
		func(string, string) error { w.later(20); w.enqueue("casework.alarms"); w.work(); return nil },
		func(string, string) error { w.sweep(); return nil },
		func(string, string) error { return w.Reckon(root) },
		func(id, _ string) error {
			return w.DB.InTx(w.t.Context(), func(tx *db.Tx) error { _, err := w.Succeed(root, tx, "handler", "coordinator"); return err })
		},
	}
}

func rejection(id string) (in casework.RejectInput) {
	in.ID = id
	in.Body.Reason = "不属于受理范围"
	return in
}

// Whatever happens to cases in whatever order, and whatever of it is refused: the
// rows are what the last event says.
func TestRowsAreAlwaysWhatTheLastEventSays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for seed := range uint64(8) {
			chance := rand.New(rand.NewPCG(seed, 16)) //nolint:gosec // drawn again alike
			ids, all, took := []string{}, w.chances(), 0
			for _, category := range []string{"B", "B", "F"} {
				o := w.opening(category)
				o.Mode = []demand.Mode{demand.Anonymous, demand.RealName, demand.Confidential}[chance.IntN(3)]
				ids = append(ids, w.open(o))
			}
			w.work()
			for step := range 30 {
				id, i := ids[chance.IntN(len(ids))], chance.IntN(len(all))
				err := all[i](id, ids[chance.IntN(len(ids))])
				if err == nil {
					took++
				}
				if l := w.rows(); l.Wrong > 0 || l.Note != "" {
					t.Fatalf("seed %d, step %d, chance %d (%v): %v %s", seed, step, i, err, l.Said, l.Note)
				}
			}
			if took < 5 {
				t.Errorf("seed %d: of 30 things %d happened", seed, took)
			}
		}
	})
}

// An order on which nobody has reported yet is nothing that verify complains of.
func TestAnOrderThatWaitsIsSound(t *testing.T) {
	each(t, func(_ *testing.T, w *world) {
		in := casework.SuperviseInput{ID: w.handling()}
		in.Body.Level, in.Body.Demand, in.Body.Due = 1, "请尽快办理", w.at.AddDate(0, 0, 3).Format(time.DateOnly)
		w.must(w.Supervise(w.supervisor(), in))
		w.sound()
	})
}

// Two things that happen to one case at once leave rows that the last event fits.
func TestFingerprintsRace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range 5 {
			id := w.handling()
			atOnce(
				func() error { _, err := w.Note(w.dispatcher(), note(id, "甲")); return err },
				func() error { _, err := w.Ask(w.coordinator(), ask(id, casework.AskPause)); return err },
				func() error { _, err := w.Submit(w.coordinator(), result(id)); return err },
				func() error {
					_, err := w.KeepOut(authz.With(w.t.Context(), authz.System()), keepOut(id, "stranger"))
					return err
				},
				func() error { return w.withdraw(id) },
			)
			if l := w.rows(); l.Wrong > 0 {
				t.Fatal(l.Said)
			}
		}
	})
}

// A salt is used once and written over: nobody can try by an older fingerprint
// what words said that are sealed or destroyed since.
func TestSaltsAreUsedOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, seen := w.routed("B"), map[string]bool{}
		for range 3 {
			w.must(w.Note(w.dispatcher(), note(id, "核实中")))
			salt := readTexts(t, w.DB, `select salt from case_file where id = '`+id+`'`)[0]
			if len(salt) < 26 || seen[salt] {
				t.Errorf("salt %q", salt)
			}
			seen[salt] = true
		}
		for salt := range seen {
			if found := readTexts(t, w.DB, `select id from case_event where fingerprint like '%`+salt+`%'`); len(found) > 0 {
				t.Errorf("an event has the salt %q", salt)
			}
		}
	})
}

// Histories that are written down later are compared like any other.
func TestWrittenHistoriesHaveFingerprints(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		lived := func(category string, mode demand.Mode) casework.Past {
			p := casework.Past{Opening: w.opening(category), Unit: org.Unit{ID: hospital, Kind: org.Institution, Path: hospitalPath, Name: "医院"}, Worker: "handler", Reviewer: "supervisor", Contact: "电话说明"}
			p.Mode = mode
			at := func(hours int) time.Time { return p.ReceivedAt.Add(time.Duration(hours) * time.Hour) }
			p.AcceptedAt, p.SignedAt, p.ContactedAt, p.SubmittedAt, p.ApprovedAt, p.ClosedAt = at(1), at(2), at(3), at(4), at(5), at(6)
			p.Result = casework.Result{Outcome: demand.True, Cause: "process", Findings: "属实", Reply: "已改正，向您致歉"}
			p.Asked = casework.Callback{Method: "phone", Actor: "dispatcher", Reached: true, Contacted: "yes", Solved: "yes", Satisfied: "basic", Valid: true}
			return p
		}
		fresh := casework.Past{Opening: w.opening("F")}
		pasts := []casework.Past{lived("B", demand.Anonymous), lived("B", demand.Confidential), fresh}
		w.later(24 * 20)
		w.tx(func(tx *db.Tx) error { _, err := w.WritePast(w.t.Context(), tx, pasts); return err })
		if l := w.rows(); l.Wrong > 0 || l.Note != "" || l.Looked != 3 {
			t.Fatal(l.Said, l.Note, l.Looked)
		}
		for _, p := range pasts[:2] {
			if said := w.forged(`update case_file set reply = reply || 'x' where id = $1`, p.ID); !strings.Contains(said, p.Number) {
				t.Errorf("a changed reply: %q", said)
			}
		}
	})
}

// grownCity is a case of a running city from before events carried fingerprints.
const grownCity = `
case_file id,number,title,category,item,class,channel,mode,urgency,route,state,region,path,institution,department,place,received_at,policy
'old','QF-OLD','','B','','complaint','code_ward','anonymous','normal','general','accepted','990101','/990000/990100/990101/hospital-1/','hospital-1','','',100,'default'

case_node node,case_id,state,open,route,category,received_at,due_at
'990101','old','accepted',1,'general','B',100,900

case_event id,case_id,at,actor,unit_id,action,from_state,to_state,reason,public,detail
'e1','old',100,'reporter','','open','','received','','','{}'
'e2','old',150,'dispatcher','','accept','received','accepted','','','{}'
`

// After an upgrade old cases are passed over, and counted, until something
// happens to them; their leaves are what they were.
func TestARunningCityGetsFingerprints(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		load(t, d, grownCity)
		if err := d.Migrate(t.Context(), "casework", casework.Migrations()); err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, d)
		w.must(casework.Case{}, w.Log.Adopt(t.Context()))
		if l := w.rows(); l.Wrong > 0 || !strings.HasPrefix(l.Note, "1 without") {
			t.Errorf("before anything happens: %v %q", l.Said, l.Note)
		}
		w.must(w.Note(w.dispatcher(), note("old", "核实中")))
		if l := w.rows(); l.Wrong > 0 || l.Note != "" {
			t.Errorf("after a step: %v %q", l.Said, l.Note)
		}
		if said := w.forged(`update case_file set urgency = 'urgent' where id = $1`, "old"); !strings.Contains(said, "QF-OLD: ") {
			t.Errorf("a changed urgency: %q", said)
		}
		if kinds := readTexts(t, d, `select kind || ' ' || count(*) from log_leaf where kind like 'event/%' group by kind order by kind`); strings.Join(kinds, ", ") != "event/v1 2, event/v2 1" {
			t.Errorf("leaves: %v", kinds)
		}
		if all, _ := w.verify(); strings.Contains(all, "WRONG log") {
			t.Error(all)
		}
	},
		dbtest.Migration{Module: "org", Files: org.Migrations()}, dbtest.Migration{Module: "job", Files: job.Migrations()},
		dbtest.Migration{Module: "audit", Files: audit.Migrations()}, dbtest.Migration{Module: "setting", Files: config.Migrations()},
		dbtest.Migration{Module: "search", Files: search.Migrations()}, crypttest.Tables(), dbtest.Migration{Module: "log", Files: tlog.Migrations()},
		dbtest.Migration{Module: "casework", Files: tablesBefore(t, "00016_fingerprint.sql")})
}

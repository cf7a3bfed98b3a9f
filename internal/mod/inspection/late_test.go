package inspection

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
)

// coverage is how many institutions a campaign has inspected, how many inspections one
// had, and how many rows there are for figures.
func (w *world) coverage(campaign, unit string) (n [3]int) {
	w.t.Helper()
	err := w.DB.Read(w.t.Context(), func(r db.Reader) error {
		covered, err := db.Value[int64](r, `select count(distinct unit) from (`+InCampaigns+`) x where campaign = $1 and at < $2`, campaign, w.at.Add(time.Hour))
		if err != nil {
			return err
		}
		past, err := InspectedSince(w.boss(), r, unit, w.at.Add(-time.Hour))
		if err != nil {
			return err
		}
		counted, err := db.Value[int64](r, `select count(*) from (`+w.Figures()[1].Source.Rows+`) x`)
		n = [3]int{int(covered), len(past), int(counted)}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// What was sent back, and cannot be inspected after all, counts nowhere.
func TestOnlyResultsCount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := w.libraries().assignment()
		in.CampaignID = "c1"
		x := must(w.Assign(w.office(), posted(in)))(w)
		stands := func(want int, what string) {
			t.Helper()
			if got := w.coverage("c1", x.UnitID); got != [3]int{want, want, want} {
				t.Errorf("%s: %v, want %d of each", what, got, want)
			}
		}
		must(w.Conclude(w.lead(), postedTo(x.ID, w.clean())))(w)
		stands(1, "concluded")
		if back := must(w.SendBack(w.office(), postedTo(x.ID, Because{"问题描述不清"})))(w); !back.InspectedAt.IsZero() {
			t.Errorf("sent back, and inspected at %v", back.InspectedAt)
		}
		stands(0, "sent back")
		must(w.ReportUnable(w.lead(), postedTo(x.ID, Because{"已停业"})))(w)
		stands(0, "cannot be inspected")
		w.tx(func(tx *db.Tx) error { // as it stood before results alone counted
			_, err := tx.Change("inspection_task", x.ID, `update inspection_task set inspected_at = $1 where id = $2`, w.at, x.ID)
			return err
		})
		stands(0, "of long ago")
		w.verified()
	})
}

// Between the look at a task and its replacement somebody may say that it cannot be
// inspected: no task comes without a number.
func TestReplacementHasANumber(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		task := w.tasks(w.libraries().drawn().ID)[0]
		must(w.ReportUnable(w.office(), postedTo(task.ID, Because{"停业"})))(w)
		in := postedTo(task.ID, ReplaceInput{Reason: "停业"})
		_, err := write(w.office(), w.Service, func(tx *db.Tx) (TaskDetail, error) { return w.replaceIn(w.office(), tx, in, "") })
		if !fault.Is(err, fault.Conflict) || !strings.Contains(wayOut(err), "again") {
			t.Errorf("%v, want it refused", err)
		}
		if got := must(w.Replace(w.office(), in))(w); got.Number == "" {
			t.Errorf("without a number: %+v", got.Task)
		}
		w.verified()
	})
}

// Where nobody holds a role the result is told when somebody does, and others are told
// all the same.
func TestLateResultWaitsForWhoIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		x := w.libraries().assigned()
		got := must(w.Conclude(w.lead(), postedTo(x.ID, ResultInput{InspectedAt: w.at, Conclusion: "clean"})))(w)
		w.at = got.PublishDueAt
		run := func(want int) {
			t.Helper()
			if err := w.alarm(t.Context(), struct{}{}); err != nil || len(w.told) != want {
				t.Errorf("told %v, %v", w.told, err)
			}
		}
		run(0)
		tell := w.Tell
		w.employ("boss", "director")
		w.Tell = nil
		run(0)
		w.Tell = tell
		run(1)
		run(1)
	})
}

// The last inspection is that of the latest day, whenever it was written down.
func TestLastIsByTheDay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		late, early := w.written(), w.written()
		early.Team = w.officers[2:4]
		early.Result.InspectedAt = early.Result.InspectedAt.AddDate(0, 0, -1)
		must(w.WritePast(w.office(), []Past{late}))(w)
		must(w.WritePast(w.office(), []Past{early}))(w)
		d := w.freeze()
		lot := must(read(t.Context(), w.Service, func(r db.Reader) (frozenLot, error) { return lotOf(r, d.ID) }))(w)
		want := []string{w.officers[0].ID, w.officers[1].ID}
		slices.Sort(want)
		i := slices.IndexFunc(lot.List.Targets, func(x Target) bool { return x.ID == late.Target.ID })
		if got := lot.List.Targets[i].Last; !slices.Equal(got, want) {
			t.Errorf("last %v, want %v", got, want)
		}
	})
}

// A file names who leads first, and the problems in their order.
func TestExportNamesTheLeaderFirst(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		m := w.monitors()
		for i, team := range [][]string{{w.officers[1].ID, w.officers[0].ID}, {w.officers[0].ID, w.officers[1].ID}} {
			in := w.assignment()
			in.Officers, in.TargetID = team, w.targets[i].ID
			x := must(w.Assign(w.office(), posted(in)))(w)
			must(w.Conclude(w.office(), postedTo(x.ID, w.corrected())))(w)
		}
		must(w.Assign(w.office(), posted(w.patrol(w.targets[2].ID, m[1].ID, m[0].ID))))(w)
		f := must(w.ExportTasks(w.office(), ExportTasksInput{Query: export.Query{Format: export.AsCSV}}))(w)
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		lead, member := fmt.Sprintf("%s（A0000）", w.officers[0].Name), fmt.Sprintf("%s（A0001）", w.officers[1].Name)
		for _, want := range []string{member + "、" + lead, lead + "、" + member, "吴思齐、周望舒", "未公示收费标准；登记簿缺页"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("no %s in\n%s", want, out.String())
			}
		}
	})
}

// Each published result has its own problems and people; who has no certificate is not
// named by one.
func TestPublicResultsNameCertificates(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		v, _ := w.patrolled()
		found := w.assigned()
		must(w.Conclude(w.lead(), postedTo(found.ID, w.corrected())))(w)
		must(w.Conclude(w.office(), postedTo(v.TaskID, ResultInput{InspectedAt: w.at, Conclusion: "clean"})))(w)
		for _, id := range []string{v.TaskID, found.ID} {
			must(w.PublishTask(w.boss(), idOf(id)))(w)
			w.at = w.at.Add(time.Minute)
		}
		page := must(w.PublicResults(t.Context(), PublicResultsInput{Query: firstPage(), Region: "990102"}))(w)
		if len(page.Items) != 2 {
			t.Fatalf("%+v", page.Items)
		}
		one, two := page.Items[0], page.Items[1]
		if !slices.Equal(one.Problems, []string{"未公示收费标准", "登记簿缺页"}) || !slices.Equal(one.Inspectors, []string{"A0000", "A0001"}) || one.ConclusionName.EN == "" {
			t.Errorf("%+v", one)
		}
		if two.Problems == nil || len(two.Problems) != 0 || two.Inspectors == nil || len(two.Inspectors) != 0 || two.KindName.EN != "Social supervisor" {
			t.Errorf("%+v", two)
		}
		if page := must(w.PublicResults(t.Context(), PublicResultsInput{Query: firstPage(), Region: "990103"}))(w); len(page.Items) > 0 {
			t.Errorf("%+v", page.Items)
		}
	})
}

// What is asked of tasks and draws by something else than their place is found by an
// index.
func TestTasksAndDrawsAreFoundByIndex(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for q, index := range map[string]string{
			`select unit_id from inspection_task where campaign_id = $1`:                                                                   "inspection_task_campaign",
			`select id from inspection_task where unit_id = $1 and inspected_at >= 5 and ` + hasResult + ` order by inspected_at desc, id`: "inspection_task_unit",
			`select id from inspection_draw where list_hash = $1`:                                                                          "inspection_draw_list",
			`select id from inspection_draw where state in ('frozen', 'sealed') and what = $1 order by prepared_at, id`:                    "inspection_draw_open",
			`select id from inspection_task where draw_id = $1`:                                                                            "inspection_task_draw",
			`select distinct target_id from inspection_task where plan_id = $1 and draw_id <> '' and state not in ('unable', 'replaced')`:  "inspection_task_plan",
			`select count(*) from inspection_draw where batch_id = $1 and state <> 'void'`:                                                 "inspection_draw_batch",
		} {
			if plan := dbtest.Explain(t, w.DB, q, "x"); !strings.Contains(plan, index) {
				t.Errorf("%s: %s", q, plan)
			}
		}
	})
}

// A task that is not of what was drawn is told of, though there are as many.
func TestTasksOfDrawsAreThoseThatWereDrawn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries().set(`[{"per_10000": 3000}]`)
		d := w.drawn()
		task := w.tasks(d.ID)[0]
		team := must(w.GetTask(w.office(), idOf(task.ID)))(w).Team
		said := func() (all []string) {
			w.t.Helper()
			must(read(t.Context(), w.Service, func(r db.Reader) (int, error) {
				return checkDrawn(t.Context(), r, func(s string, args ...any) { all = append(all, fmt.Sprintf(s, args...)) })
			}))(w)
			return all
		}
		if all := said(); len(all) > 0 {
			t.Errorf("said %v of what is right", all)
		}
		turn := func(q string, args ...any) {
			w.t.Helper()
			w.tx(func(tx *db.Tx) error { _, err := tx.Exec(q, args...); return err })
		}
		outside := slices.IndexFunc(w.targets, func(x Candidate) bool {
			return !slices.ContainsFunc(w.tasks(d.ID), func(t TaskRow) bool { return t.TargetID == x.ID })
		})
		turn(`update inspection_task set target_id = $1 where id = $2`, w.targets[outside].ID, task.ID)
		if all := said(); len(all) != 2 || !strings.Contains(all[0], d.Number) || !strings.Contains(all[0], task.Number) || !strings.Contains(all[1], "1 targets") {
			t.Errorf("another target: %v", all)
		}
		turn(`update inspection_task set target_id = $1 where id = $2`, task.TargetID, task.ID)
		turn(`update inspection_member set number = 3 - number where task_id = $1`, task.ID)
		if all := said(); len(all) != 1 || !strings.Contains(all[0], task.Number) {
			t.Errorf("another leads: %v", all)
		}
		turn(`delete from inspection_member where task_id = $1 and officer_id = $2`, task.ID, team[0].OfficerID)
		if all := said(); len(all) != 1 {
			t.Errorf("one is gone: %v", all)
		}
	})
}

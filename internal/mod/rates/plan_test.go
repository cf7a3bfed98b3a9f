package rates

import (
	"strings"
	"testing"

	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/list"
)

// Whatever an endpoint asks of the tables of this package it finds by an index,
// and pages come in the order of one: a million cases cost what ten thousand do.
func TestNoQueryOfAnEndpointReadsAWholeTable(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, dbtest.SQLiteURL(t), migrations()...))
	w.observe(w.fact("2026-05-06 10:00:00"))
	win, _ := w.windowOf("990101.month.20260501")
	k := tableKey{ByInstitution, "990101"}
	later := list.Cut(list.Query{Limit: 1}, []int{1, 2}, func(int) list.Key { return list.Key{At: 1, ID: "x"} }).Next
	ask := func(name string, ordered bool, q string, args []any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		plan := dbtest.Explain(t, w.DB, q, args...) // x is the handful of cases that a subquery has found
		if strings.Contains(strings.ReplaceAll(plan, "SCAN x", ""), "SCAN") || ordered && strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%s:\n%s\n%s", name, q, plan)
		}
	}
	for _, page := range []list.Query{{Limit: 50}, {Limit: 50, Cursor: later}} {
		q, args, err := tablePage(win.ID, k, page)
		ask("table", true, q, args, err)
		q, args, err = windowsPage([]string{"month"}, district, page)
		ask("windows", true, q, args, err)
		for _, m := range Measures() {
			for _, d := range []drill{
				{window: win, measure: m.Code, role: onPath, node: hospitalOne}, {window: win, measure: m.Code, role: working, node: hospitalOne, assessed: true},
				{window: win, measure: m.Code, role: onPath, node: "990101", category: "A"}, {window: win, measure: m.Code, role: onPath, node: "990101", region: district},
			} {
				q, args, err := d.text(page)
				ask("cases: "+string(m.Code), true, q, args, err)
			}
		}
	}
	q, args := rowsOf([]string{win.ID, "other"}, k, []string{hospitalOne, hospitalTwo})
	ask("moves and trend", false, q, args, nil)
	q, args = totalsQuery([]string{win.ID, "other"}, k)
	ask("summary", false, q, args, nil)
	q, args = cellQuery{window: win, barred: []string{"a", "b"}}.text()
	ask("barred", false, q, args, nil)
	q, args = cellQuery{window: win, helping: true}.text()
	ask("counting", false, q, args, nil)
	ask("window", false, `select * from rate_window where id = $1`, []any{win.ID}, nil)
	ask("extract", false, `select lines from rate_extract where window_id = $1 order by part`, []any{win.ID}, nil)
}

// Rare cases are found among the rare, not among all.
func TestRareCasesHaveTheirOwnIndex(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, dbtest.SQLiteURL(t), migrations()...))
	w.observe(w.fact("2026-05-06 10:00:00"))
	win, _ := w.windowOf("990101.month.20260501")
	for m, index := range map[Measure]string{OverdueOpen: "rate_link_late", Waiting: "rate_link_late", Excluded: "rate_link_excluded", Unsolved: "rate_link_sour",
		IsBasic: "rate_link_sour", Returned: "rate_link_looped", Reworked: "rate_link_looped", Valid: "rate_link_answered", Finished: "rate_link_finished", Received: "rate_link_received"} {
		q, args, err := drill{window: win, measure: m, assessed: m == Waiting, role: onPath, node: "990101"}.text(list.Query{Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		if plan := dbtest.Explain(t, w.DB, q, args...); !strings.Contains(plan, index+" ") {
			t.Errorf("%s does not use %s:\n%s", m, index, plan)
		}
	}
}

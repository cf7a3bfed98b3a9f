package campaign_test

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing/fstest"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// Visits are rows that a table counts: of an institution, with what came of them.
var visits = dbtest.Migration{Module: "visit", Files: fstest.MapFS{"00001_visit.sql": {Data: []byte(`-- +goose Up
create table visit (id text primary key, path text not null, at bigint not null, who text not null, found integer not null, fined integer not null, amount bigint not null);
create table inspected (unit text not null, at bigint not null);
`)}}}

// book publishes what can be said of visits.
func book() *figure.Book {
	w := i18n.Same
	src := &figure.Source{Name: "visits", Rows: `select id, id as record, id as label, path, at, amount, who as thing, found, fined from visit`, See: campaign.Read, Link: "/visits/{record}"}
	f := func(name string, way figure.Way, where string) figure.Figure {
		return figure.Figure{Name: name, Text: w(name), Unit: w("家"), Basis: w("按检查日期"), Way: way, Where: where, Source: src}
	}
	b := figure.NewBook()
	money := f("visit.amount", figure.Sum, "")
	money.Money = true
	b.Publish(f("visit.all", figure.Count, ""), f("visit.covered", figure.Things, ""), f("visit.violating", figure.Things, "x.found = 1"), f("visit.punished", figure.Things, "x.fined = 1"), money)
	b.Publish(figure.Figure{Name: "visit.rate", Text: w("率"), Unit: w("%"), Basis: w("按检查日期"), Way: figure.Share, Part: "visit.violating", Whole: "visit.covered"})
	return b
}

// returnFiles keeps the files of returns, beside those of self-examinations.
type returnFiles struct{ *world }

// Prepare implements campaign.Files.
func (x returnFiles) Prepare(_ context.Context, uploads []string) ([]string, error) {
	x.moved = append(x.moved, uploads...)
	return uploads, nil
}

// Attach implements campaign.Files.
func (x returnFiles) Attach(_ context.Context, _ *db.Tx, id string, uploads []string) error {
	for _, u := range uploads {
		x.handed = append(x.handed, id+" "+u)
	}
	return nil
}

// Open implements campaign.Files.
func (x returnFiles) Open(_ context.Context, _, file string, _ attach.Look) (httpapi.File, error) {
	return httpapi.File{Name: file, Write: func(io.Writer) error { return nil }}, nil
}

// List implements campaign.Files.
func (x returnFiles) List(_ db.Reader, id string) (list []campaign.File, err error) {
	for _, f := range x.handed {
		if name, ok := strings.CutPrefix(f, id+" "); ok {
			list = append(list, campaign.File{ID: name, Name: name})
		}
	}
	return list, nil
}

// small is a table that fits a test: cases and fines, of which some are large.
func small() []campaign.Row {
	return []campaign.Row{
		{Key: "cases", Label: "立案", Unit: "起", Way: campaign.Typed},
		{Key: "fined", Label: "罚款", Unit: "家", Way: campaign.Typed, AtMost: []campaign.Bound{{Row: "cases"}}},
		{Key: "amount", Label: "罚款", Unit: "万元", Way: campaign.Typed, Money: campaign.WanYuan},
		{Key: "seen", Label: "检查机构（去重）", Unit: "家", Way: campaign.Typed, Distinct: true, AtMost: []campaign.Bound{{Row: "scope"}}},
		{Key: "scope", Label: "在册机构", Unit: "家", Way: campaign.Typed, Distinct: true, Stock: true},
		{Key: "rate", Label: "覆盖率", Unit: "%", Way: campaign.Quotient, Part: "seen", Whole: "scope", Decimals: 2},
		{Key: "found", Label: "发现问题", Unit: "个", Way: campaign.Typed},
		{Key: "mended", Label: "已整改", Unit: "个", Way: campaign.Typed, Follows: true, AtMost: []campaign.Bound{{Row: "found"}}},
		{Key: "mended_rate", Label: "整改率", Unit: "%", Way: campaign.Quotient, Part: "mended", Whole: "found", Decimals: 2, Follows: true},
		{Key: "all", Label: "案件", Unit: "件", Way: campaign.Summed},
		{Key: "price", Label: "价格案件", Unit: "件", Way: campaign.Typed, Parent: "all"},
		{Key: "drugs", Label: "药械案件", Unit: "件", Way: campaign.Typed, Parent: "all"},
		{Key: "visits", Label: "检查", Unit: "户次", Way: campaign.Counted, Figure: "visit.all"},
	}
}

// table is the plan with a monthly table of regions.
func tablePlan(from string) campaign.Content {
	c := plan()
	c.Duties = []campaign.Duty{
		{ID: "aug", Title: "八月统计表", Kind: campaign.TableReport, From: from, Due: "2026-09-04", PeriodStart: "2026-08-01", PeriodEnd: "2026-08-31"},
		{ID: "sep", Title: "九月统计表", Kind: campaign.TableReport, From: from, Due: "2026-10-09", PeriodStart: "2026-09-01", PeriodEnd: "2026-09-30"},
	}
	return c
}

// campaignOf has a campaign started, with a table of its own.
func (w *world) campaignOf(c campaign.Content, rows []campaign.Row) campaign.Detail {
	w.t.Helper()
	d := w.draft(c)
	if rows != nil {
		if _, err := w.SaveTable(w.office(), org.PostedTo[campaign.TableBody]{ID: d.ID, Body: campaign.TableBody{Rows: rows, Reason: "按本市通知"}}); err != nil {
			w.t.Fatal(err)
		}
	}
	d, err := w.step(d.ID, "start", "")
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// all are the returns of a campaign as the province sees them, by duty and unit.
func (w *world) all(campaignID string) map[string]campaign.ReturnLine {
	w.t.Helper()
	in := campaign.ReturnsInput{Campaign: campaignID}
	in.Limit = 500
	page, err := w.Returns(w.as("x", "/990000/"), in)
	if err != nil {
		w.t.Fatal(err)
	}
	of := map[string]campaign.ReturnLine{}
	for _, x := range page.Items {
		of[x.Duty+" "+x.Unit] = x
	}
	return of
}

// get reads a return as the province does.
func (w *world) get(id string, revision int) campaign.ReturnDetail {
	w.t.Helper()
	d, err := w.GetReturn(w.as("x", "/990000/"), campaign.ReturnInput{ByID: org.ByID{ID: id}, Revision: revision})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

func (w *world) clerk(unit string) context.Context {
	return w.as(unit+"-clerk", w.pathOf(unit), campaign.Report)
}

func (w *world) boss(unit string) context.Context {
	return w.as(unit+"-boss", w.pathOf(unit), campaign.Sign)
}

func (w *world) pathOf(unit string) string {
	return map[string]string{"city": cityPath, "east": eastPath, "west": westPath, "police": cityPath + "police/", "prov": "/990000/", "insurance": cityPath + "insurance/", "market": cityPath + "market/"}[unit]
}

// typedRows is what somebody types: this period and cumulative, of rows.
func typedRows(of map[string][2]string) map[string]campaign.TypedRow {
	rows := map[string]campaign.TypedRow{}
	for key, x := range of {
		rows[key] = campaign.TypedRow{Period: x[0], Total: x[1]}
	}
	return rows
}

// zeros fills every typed row that is not named.
func (w *world) zeros(id string, of map[string][2]string) map[string][2]string {
	all := map[string][2]string{}
	for _, l := range w.get(id, 0).Lines {
		if l.Typed {
			all[l.Key] = [2]string{"0", "0"}
		}
	}
	maps.Copy(all, of)
	return all
}

var header = campaign.Header{Filler: "王一", Reviewer: "李二", Phone: "0532-85912345"}

func (w *world) fill(ctx context.Context, id string, of map[string][2]string) (campaign.ReturnDetail, error) {
	return w.Fill(ctx, org.PostedTo[campaign.FillBody]{ID: id, Body: campaign.FillBody{Edit: w.get(id, 0).Edit, Header: header, Rows: typedRows(of)}})
}

func (w *world) returnStep(ctx context.Context, id, action, reason string) (campaign.ReturnDetail, error) {
	d := w.get(id, 0)
	return w.StepReturn(ctx, org.PostedTo[campaign.ReturnStep]{ID: id, Body: campaign.ReturnStep{Action: flow.Action(action), Reason: reason, Edit: d.Edit, Mark: d.Mark}})
}

// sign has a unit fill in, submit and sign a return.
func (w *world) sign(unit, id string, of map[string][2]string) campaign.ReturnDetail {
	w.t.Helper()
	if _, err := w.fill(w.clerk(unit), id, w.zeros(id, of)); err != nil {
		w.t.Fatal(unit, err)
	}
	if _, err := w.returnStep(w.clerk(unit), id, "submit", ""); err != nil {
		w.t.Fatal(unit, err)
	}
	d, err := w.returnStep(w.boss(unit), id, "sign", "")
	if err != nil {
		w.t.Fatal(unit, err)
	}
	return d
}

// number is what a return says in a row: this period and cumulative.
func number(d campaign.ReturnDetail, key string) string {
	i := slices.IndexFunc(d.Lines, func(l campaign.Line) bool { return l.Key == key })
	if i < 0 {
		return "no such row"
	}
	return d.Lines[i].Values[0] + " " + d.Lines[i].Values[1]
}

// visit has an institution visited.
func (w *world) visit(who, path string, at time.Time, found, fined int, amount int64) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		_, err := tx.Exec(`insert into visit (id, path, at, who, found, fined, amount) values ($1, $2, $3, $4, $5, $6, $7)`, db.NewID(), path, at, who, found, fined, amount)
		return err
	})
}

func dayIn(m, n int) time.Time { return time.Date(2026, time.Month(m), n, 12, 0, 0, 0, clock.Shanghai) }

// refusedIn are the fields that a fault is about.
func refusedIn(err error) string {
	var all []string
	if e, ok := asFault(err); ok {
		all = append(all, e.Field)
		for _, f := range e.Fields {
			all = append(all, f.Field)
		}
	}
	return strings.Join(all, " ")
}

func asFault(err error) (*fault.Error, bool) { return errors.AsType[*fault.Error](err) }

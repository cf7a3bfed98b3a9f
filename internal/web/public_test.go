package web_test

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/sanction"
	"qingfeng/internal/org"
	"qingfeng/internal/web"
)

// hostile is a text that a page must not run.
const hostile = `Round <script>alert(1)</script> "one" 'two' &amp;`

// publish wires what the notice board stands on.
func publish(d *web.Deps, settings *config.Settings, vault *crypt.Vault) {
	history, numbers, log := trail.New(d.Now), serial.New(d.DB), audit.New(d.Now)
	days := func(context.Context, time.Time, time.Time) calendar.Calendar { return calendar.Builtin() }
	d.Campaigns = &campaign.Service{DB: d.DB, Now: d.Now, Audit: log, Trail: history, Numbers: numbers, Inspections: `select id as campaign, '` + hospital + `' as unit, cast(1 as bigint) as at from campaign`}
	d.Inspections = &inspection.Service{DB: d.DB, Now: d.Now, Trail: history, Settings: settings, Numbers: numbers, Calendar: days, Vault: vault,
		Tell: func(*db.Tx, []string, string, i18n.Text, string) error { return nil }}
	d.Sanctions = &sanction.Service{DB: d.DB, Now: d.Now, Audit: log, Trail: history, Settings: settings, Numbers: numbers, Calendar: days, Notify: silence{}, Campaign: campaign.Concerns}
	settings.Declare(d.Inspections.Module().Settings...)
	settings.Declare(d.Sanctions.Module().Settings...)
}

// as is somebody who may do everything in the city.
func (w *world) as(id string) context.Context {
	return authz.With(w.t.Context(), authz.Actor{ID: id, Grants: []authz.Grant{{Path: cityPath, Permissions: []authz.Permission{campaign.Read, campaign.Manage, campaign.Sign, inspection.Read, inspection.Manage,
		sanction.Read, sanction.Manage, sanction.Publish}}}})
}

func posted[T any](b T) org.Posted[T] { return org.Posted[T]{Body: b} }

// got is what a use case gave.
func got[T any](v T, err error) func(*world) T {
	return func(w *world) T {
		w.t.Helper()
		w.must(err)
		return v
	}
}

// campaign has a campaign of the city started.
func (w *world) campaign(title string) string {
	w.t.Helper()
	c := campaign.Content{Goal: hostile, Scope: []string{"Bills"}, Tasks: []campaign.Task{{Title: "Task", Lead: "commission-c"}}, Stages: []campaign.Stage{{Title: "First", Start: "2026-07-01", End: "2026-12-31", Text: "All"}},
		Milestones: []campaign.Milestone{{Percent: 40, Due: "2026-07-29"}, {Percent: 100, Due: "2026-12-31"}}, People: []campaign.Person{{Role: "举报电话", Unit: "Office", Phone: "0990-8600 1234"}, {Role: "Clerk", Name: "Carol Clark", Phone: "0990-8600 9999"}}}
	d := got(w.Campaigns.Draft(w.as("office"), posted(campaign.DraftBody{Region: "990100", Title: title, Content: c})))(w)
	got(w.Campaigns.Step(w.as("office"), org.PostedTo[campaign.StepBody]{ID: d.ID, Body: campaign.StepBody{Action: "start"}}))(w)
	return d.ID
}

// draw has days drawn, and the record published or not.
func (w *world) draw(title string, published bool) string {
	w.t.Helper()
	d := got(w.Inspections.Freeze(w.as("office"), posted(inspection.FreezeInput{Of: inspection.OfDays, Title: title, Region: "990100", Count: 3, From: "2026-08-01", To: "2026-08-31", Witnesses: []string{"Ann", "Bob"}})))(w)
	for _, l := range d.Links {
		got(w.Inspections.CommitSecret(w.t.Context(), l.Token, inspection.Commit("secret of "+l.Witness)))(w)
	}
	if !published {
		return d.ID
	}
	for _, l := range d.Links {
		got(w.Inspections.RevealSecret(w.t.Context(), l.Token, "secret of "+l.Witness))(w)
	}
	got(w.Inspections.Draw(w.as("office"), org.ByID{ID: d.ID}))(w)
	got(w.Inspections.PublishDraw(w.as("office"), org.ByID{ID: d.ID}))(w)
	return d.ID
}

// penalty has a penalty of the hospital published.
func (w *world) penalty(title string) string {
	w.t.Helper()
	fined := sanction.OnSpot{Filing: sanction.Filing{Subject: sanction.Who{Kind: sanction.Institution, UnitID: hospital}, Violations: []string{"V0604"}, Basis: "Law 39", Facts: "Charged twice.", FoundOn: "2026-07-20",
		Officers: []sanction.Officer{{Name: "Ann", Certificate: "A-1"}, {Name: "Bob", Certificate: "B-1"}}}, DecisionNo: "No. 1", Measures: []sanction.NewMeasure{{Kind: sanction.Warning}, {Kind: sanction.Fine, AmountFen: 300_000}}}
	pen := got(w.Sanctions.PunishOnSpot(w.as("office"), posted(fined)))(w)
	got(w.Sanctions.Serve(w.as("office"), org.PostedTo[sanction.Noted]{ID: pen.ID}))(w)
	p := got(w.Sanctions.Propose(w.as("office"), posted(sanction.Proposal{Kind: sanction.OfPenalty, Record: pen.ID, Title: title, Text: "Charged twice.", Gravity: "minor", Months: 12})))(w)
	got(w.Sanctions.Approve(w.as("director"), org.ByID{ID: p.ID}))(w)
	return p.ID
}

// example has a typical case published.
func (w *world) example(title string) string {
	w.t.Helper()
	body := campaign.TypicalBody{Title: title, Text: "Charged one test as three; all was paid back, and a fine imposed.", Category: "V0603", Anonymous: true}
	d := got(w.Campaigns.WriteTypical(w.as("office"), org.PostedTo[campaign.TypicalBody]{ID: w.campaign("Bills"), Body: body}))(w)
	for _, step := range []struct {
		by     string
		action flow.Action
	}{{"director", "approve"}, {"office", "publish"}} {
		d = got(w.Campaigns.StepTypical(w.as(step.by), org.PostedTo[campaign.TypicalStep]{ID: d.ID, Body: campaign.TypicalStep{Action: step.action, Revision: d.Revision}}))(w)
	}
	return d.ID
}

func (w *world) withdraw(publication string) {
	w.t.Helper()
	got(w.Sanctions.Withdraw(w.as("director"), org.PostedTo[sanction.Reasoned]{ID: publication, Body: sanction.Reasoned{Reason: "Annulled on review."}}))(w)
}

// record is the record of a published draw, altered.
func (w *world) record(draw string, alter func(*inspection.Record)) string {
	w.t.Helper()
	rec := got(w.Inspections.PublishedRecord(w.t.Context(), org.ByID{ID: draw}))(w)
	alter(&rec)
	return string(got(rec.Bytes())(w))
}

func unaltered(*inspection.Record) {}

// board returns every page of the notice board, in a language.
func (w *world) board(lang string) map[string]answer {
	w.t.Helper()
	q := "?lang=" + lang
	pages := map[string]answer{}
	for name, at := range map[string]string{"campaigns": "/public/campaigns", "draws": "/public/draws", "results": "/public/inspections", "sanctions": "/public/sanctions", "typical cases": "/public/typical-cases"} {
		pages["no "+name] = w.get(at + q + "&find=zzz")
	}
	frozen, drawn, gone, fined := w.draw("Frozen", false), w.draw("Days", true), w.penalty("Gone"), w.penalty("Fined")
	w.withdraw(gone)
	maps.Copy(pages, map[string]answer{
		"typical case": w.get("/public/typical-cases/" + w.example("Split") + q), "typical cases": w.get("/public/typical-cases" + q),
		"board": w.get("/public" + q), "campaign": w.get("/public/campaigns/" + w.campaign("Bills") + q), "campaigns": w.get("/public/campaigns" + q),
		"draws": w.get("/public/draws" + q), "frozen draw": w.get("/public/draws/" + frozen + q), "draw": w.get("/public/draws/" + drawn + q),
		"check": w.get("/public/check" + q), "checked": w.get("/public/draws/" + drawn + "/check" + q),
		"sanctions": w.get("/public/sanctions" + q), "penalty": w.get("/public/sanctions/" + fined + q), "withdrawn": w.get("/public/sanctions/" + gone + q),
		"record altered": w.check(lang, w.record(drawn, func(r *inspection.Record) { r.List.Targets[0].Name = "x" })), "no record": w.post("/public/check"+q, fields{}),
		"made up": w.check(lang, w.record(drawn, func(r *inspection.Record) { w.madeUp(r) })),
	})
	return pages
}

// check hands a record in.
func (w *world) check(lang, record string) answer {
	w.t.Helper()
	return w.post("/public/check?lang="+lang, fields{}.file("record.json", record))
}

// madeUp makes of a record another one that fits together.
func (w *world) madeUp(r *inspection.Record) {
	w.t.Helper()
	r.List.Targets[0].Name = hostile
	r.List.Sort()
	r.ListHash = r.List.Hash()
	r.Result = got(inspection.Draw(r.List, got(r.Seed())(w), r.Replacements...))(w)
}

// holds fails the test where a page lacks one of some texts, or has the status of
// another.
func (w *world) holds(a answer, status int, texts ...string) {
	w.t.Helper()
	if a.status != status {
		w.t.Errorf("%d, want %d: %s", a.status, status, a.said())
	}
	for _, text := range texts {
		if !strings.Contains(strings.Join(strings.Fields(a.page.text()), " "), text) {
			w.t.Errorf("%q is not in %s", text, a.page.text())
		}
	}
}

// What is public may be kept for a minute by everybody; what is refused or checked
// for somebody may not.
func TestNoticeBoardMayBeKept(t *testing.T) {
	each(t, func(w *world) {
		c, d, s, x := w.campaign("Bills"), w.draw("Days", true), w.penalty("Fined"), w.example("Split")
		for _, at := range []string{"", "/campaigns", "/campaigns/" + c, "/draws", "/draws/" + d, "/check", "/inspections", "/sanctions", "/sanctions/" + s, "/typical-cases", "/typical-cases/" + x} {
			a := w.get("/public" + at)
			if kept := a.header.Get("Cache-Control"); a.status != http.StatusOK || kept != "public, max-age=60" {
				t.Errorf("%s: %d, %s", at, a.status, kept)
			}
		}
		for _, at := range []string{"/campaigns/none", "/draws/none", "/draws/none/file", "/draws/none/check", "/sanctions/none", "/typical-cases/none", "/nothing", "/sanctions/%00", "/draws/%FF"} {
			for lang, word := range map[string]string{"zh": "回到首页", "en": "To the front page"} {
				a := w.get("/public" + at + "?lang=" + lang)
				if kept := a.header.Get("Cache-Control"); kept != "private, no-cache" {
					t.Errorf("%s: %s", at, kept)
				}
				w.holds(a, http.StatusNotFound, word)
			}
		}
	})
}

// Whoever types an address by hand meets no failure of ours.
func TestNoticeBoardTakesStrangeQuestions(t *testing.T) {
	each(t, func(w *world) {
		for _, at := range []string{"/campaigns", "/draws", "/inspections", "/sanctions", "/typical-cases"} {
			for q, status := range map[string]int{"region=123456": 200, "region=%00": 200, "find=%FF%00%25": 200, "find=" + strings.Repeat("x", 5000): 200, "kind=other": 200, "cursor=other": 422} {
				if a := w.get("/public" + at + "?" + q); a.status != status || a.page == nil {
					t.Errorf("%s?%.30s: %d", at, q, a.status)
				}
			}
		}
	})
}

// A campaign shows how far it is and where to call, and nobody else's number.
func TestCampaignPage(t *testing.T) {
	each(t, func(w *world) {
		id := w.campaign(hostile)
		a := w.get("/public/campaigns/" + id + "?lang=en")
		w.holds(a, 200, "50%", "1 of 2 institutions", "40 % by 29 July: reached", "100 % by 31 December: under way (50%)", "1 July to 31 December", "0990-8600 1234", hostile)
		if strings.Contains(a.text, "9999") || strings.Contains(a.text, "Carol") || strings.Contains(a.text, "<script>alert") {
			t.Error("the page says too much, or runs what it should show")
		}
		w.holds(w.get("/public/campaigns?lang=en&region=990101"), 200, "None found")
		w.holds(w.get("/public/campaigns?find=Round"), 200, hostile, "正在开展")
	})
}

// Everybody reads when a plan was amended, and what it demanded before.
func TestCampaignPageTellsAmendments(t *testing.T) {
	each(t, func(w *world) {
		id := w.campaign("Bills")
		w.holds(w.get("/public/campaigns/"+id+"?lang=en"), http.StatusOK, "What is planned by when")
		if a := w.get("/public/campaigns/" + id + "?lang=en"); strings.Contains(a.page.text(), "amendments") {
			t.Error("of a plan that was never amended")
		}
		for _, percent := range []int{50, 50} {
			d := got(w.Campaigns.Get(w.as("office"), org.ByID{ID: id}))(w)
			d.Content.Milestones[1].Percent = percent
			got(w.Campaigns.Save(w.as("office"), org.PostedTo[campaign.SaveBody]{ID: id, Body: campaign.SaveBody{Title: d.Title, Content: d.Content, Revision: d.Revision, Reason: "Secret reason"}}))(w)
		}
		a := w.get("/public/campaigns/" + id + "?lang=en")
		w.holds(a, http.StatusOK, "The plan and its amendments", "Started on 28 July: 40 % by 29 July; 100 % by 31 December", "Amended on 28 July: 40 % by 29 July; 50 % by 31 December", "Amended on 28 July: the same goals")
		if strings.Contains(a.text, "Secret reason") {
			t.Error("the reason is for the office")
		}
		w.holds(w.get("/public/campaigns/"+id+"?lang=zh"), http.StatusOK, "历次方案", "7月28日启动：最迟")
	})
}

// Goals of the same day are of different kinds of institution: each says of which. A change of
// kinds is a change of goals.
func TestCampaignPageNamesTheKindsOfGoals(t *testing.T) {
	each(t, func(w *world) {
		id := w.campaign("Bills")
		for _, kinds := range [][]string{{"clinic"}, {"general", "tcm", "clinic", "village"}, {"general", "tcm", "clinic", "infirmary"}} {
			d := got(w.Campaigns.Get(w.as("office"), org.ByID{ID: id}))(w)
			d.Content.Milestones = append(d.Content.Milestones[:2], campaign.Milestone{Percent: 49, Due: "2026-12-31", Kinds: kinds})
			got(w.Campaigns.Save(w.as("office"), org.PostedTo[campaign.SaveBody]{ID: id, Body: campaign.SaveBody{Title: d.Title, Content: d.Content, Revision: d.Revision, Reason: "Reason"}}))(w)
		}
		a := w.get("/public/campaigns/" + id + "?lang=en")
		w.holds(a, http.StatusOK, "100 % by 31 December: ", "49 % by 31 December (General hospital, Chinese medicine hospital, Clinic and 1 more): ", "100 % by 31 December; 49 % by 31 December (Clinic)")
		if strings.Contains(a.page.text(), "the same goals") {
			t.Error("other kinds of institution are the same goals")
		}
		w.holds(w.get("/public/campaigns/"+id+"?lang=zh"), http.StatusOK, "覆盖 49%（综合医院、中医医院、诊所等 4 类）：")
	})
}

// A draw shows list, seed and result; its record is a file, and holds.
func TestDrawPage(t *testing.T) {
	each(t, func(w *world) {
		frozen, drawn := w.draw("Frozen", false), w.draw(hostile, true)
		w.holds(w.get("/public/draws/"+frozen), 200, "见证人都已提交", inspection.Commit("secret of Ann"), "本系统 · 已提交摘要", "算不出会抽中谁")
		w.holds(w.get("/public/draws/"+frozen+"/file"), 404)
		a := w.get("/public/draws/" + drawn + "?lang=en")
		w.holds(a, 200, "3 drawn", "secret of Bob", "The program · revealed", "0 void, 1 not drawn yet", hostile, "qingfeng draw verify CQ-990100-20260728-")
		if len(a.page.named("tr")) != 4 || strings.Contains(a.text, "<script>alert") {
			t.Errorf("%d rows", len(a.page.named("tr")))
		}
		file := w.get("/public/draws/" + drawn + "/file")
		if !json.Valid([]byte(file.text)) || !strings.Contains(file.header.Get("Content-Disposition"), "CQ-990100") {
			t.Errorf("%v %.100s", file.header, file.text)
		}
		w.holds(w.check("zh", file.text), 200, "核验通过", "抽中的 3 个逐项相同", "一字不差")
		w.holds(w.get("/public/draws/"+drawn+"/check?lang=en"), 200, "The draw holds", "all 3 items are the same")
	})
}

// What was done to a record is said; nothing that the record says is run.
func TestRecordsAreChecked(t *testing.T) {
	each(t, func(w *world) {
		d := w.draw("Days", true)
		passed := map[string]string{"zh": "核验通过", "en": "The draw holds"}
		for name, c := range map[string]struct {
			text   string
			status int
			zh, en string
		}{
			"list":    {w.record(d, func(r *inspection.Record) { r.List.Targets[0].Name = hostile }), 422, "名录被改动过", "it was changed after the draw"},
			"result":  {w.record(d, func(r *inspection.Record) { r.Result[0].Target = hostile }), 422, "第 1 项与重新抽取的结果不符", "Item 1 is not what the draw gives"},
			"secret":  {w.record(d, func(r *inspection.Record) { r.Witnesses[1].Secret = hostile }), 422, "Bob 的随机数与事先公布的摘要不符", "The secret of Bob is not the one committed to"},
			"made up": {w.record(d, w.madeUp), 200, "本站没有用过这份名录", "No draw here has this list"},
			"another time": {w.record(d, func(r *inspection.Record) {
				r.DrawnAt = "2026-07-28T12:00:00+08:00"
				r.Result = got(inspection.Draw(r.List, got(r.Seed())(w)))(w)
			}), 200, "不是本站公布的", "the record is not the one published now"},
			"without the program": {w.record(d, func(r *inspection.Record) {
				r.Witnesses = r.Witnesses[:2]
				r.Result = got(inspection.Draw(r.List, got(r.Seed())(w)))(w)
			}), 200, "没有本系统作见证", "The program was no witness of this draw"},
			"untouched":          {w.record(d, unaltered), 200, passed["zh"], passed["en"]},
			"more than a record": {strings.Replace(w.record(d, unaltered), "{", `{"checked":true,`, 1), 422, "被改动过", "it was changed"},
		} {
			for lang, want := range map[string]string{"zh": c.zh, "en": c.en} {
				a := w.check(lang, c.text)
				w.holds(a, c.status, want)
				if strings.Contains(a.text, "<script>alert") || (want == passed[lang]) != strings.Contains(a.text, passed[lang]) {
					t.Errorf("%s: %s", name, a.text)
				}
			}
		}
		for lang, want := range map[string]string{"zh": "这个文件不是抽取记录", "en": "This file is no record of a draw"} {
			for _, text := range []string{"", "{", "null", "[]", strings.Repeat(`{"list":`, 20_000), "\x00\xff"} {
				a := w.check(lang, text)
				w.holds(a, 422, want)
				if strings.Contains(a.text, "被改动过") || strings.Contains(a.text, "it was changed") {
					t.Errorf("%.20q is called forged: %s", text, a.text)
				}
			}
		}
	})
}

// What is too large, too often or no file at all is refused in words.
func TestRefusedChecks(t *testing.T) {
	each(t, func(w *world) {
		large := strings.Repeat("x", 20<<20)
		w.holds(w.check("zh", large), 422, "抽取记录太大，这里最多核验 8 MB")
		w.holds(w.check("en", large), 422, "at most 8 MB are checked here")
		w.holds(w.post("/public/check?lang=en", fields{}), 422, "choose the record of a draw first")
		w.holds(w.post("/public/check", fields{{name: "files", value: "text"}}), 422, "请先选择抽取记录文件")
		w.holds(w.postRaw("/public/check", "multipart/form-data; boundary=x", []byte("broken")), 422, "请先选择抽取记录文件")
		for range mostUploads {
			if w.uploads.Allow("upload", "one") != nil {
				break
			}
		}
		w.holds(w.check("zh", "{}"), http.StatusTooManyRequests)
		if w.count("upload") != 0 {
			t.Error("a record was stored")
		}
	})
}

// A penalty is found by institution and region; one that was withdrawn says only
// that, and one whose time is over is gone.
func TestSanctionPages(t *testing.T) {
	each(t, func(w *world) {
		shown, gone := w.penalty(hostile), w.penalty("Mistaken")
		w.withdraw(gone)
		w.holds(w.get("/public/sanctions/"+shown), 200, "First Hospital", "No. 1", "Law 39", hostile, "行政处罚", "警告", "罚款 3000.00 元", "送达日期")
		w.holds(w.get("/public/sanctions/"+shown+"?lang=en"), 200, "Warning", "Fine: 3000.00 yuan", "Served on28 July")
		a := w.get("/public/sanctions/" + gone + "?lang=en")
		w.holds(a, 200, "This notice was withdrawn", "Annulled on review.", "28 July")
		if strings.Contains(a.text, "Mistaken") || strings.Contains(a.text, "First Hospital") || strings.Contains(a.text, "Charged twice") {
			t.Error("a withdrawn notice still tells")
		}
		for q, found := range map[string]bool{"": true, "find=First": true, "find=Second": false, "region=990101": true, "region=990100": true, "kind=penalty": true, "kind=blacklist": false} {
			a := w.get("/public/sanctions?" + q)
			if strings.Contains(a.text, shown) != found || strings.Contains(a.text, gone) || strings.Contains(a.text, "<script>alert") {
				t.Errorf("?%s: %s", q, a.page.text())
			}
		}
		w.at = w.at.AddDate(1, 0, 1)
		w.holds(w.get("/public/sanctions/"+shown), 404)
		w.holds(w.get("/public/sanctions"), 200, "目前没有公示中的处罚")
	})
}

// A typical case is read whole, and nothing that it says is run.
func TestTypicalCasePages(t *testing.T) {
	each(t, func(w *world) {
		w.holds(w.get("/public/typical-cases"), 200, "还没有公布典型案例")
		id := w.example(hostile)
		w.holds(w.get("/public"), 200, "典型案例")
		for _, at := range []string{"", "/" + id} {
			a := w.get("/public/typical-cases" + at + "?lang=en")
			w.holds(a, 200, hostile, "Split charges", "28 July")
			if strings.Contains(a.text, "<script>alert") {
				t.Error("the page runs what it should show")
			}
		}
		w.holds(w.get("/public/typical-cases/"+id), 200, "all was paid back", "分解收费")
	})
}

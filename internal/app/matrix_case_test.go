package app

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"slices"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/mod/rates"
	"qingfeng/internal/org/demand"
)

// The reports that cases are made of: an ordinary one, and a clue.
func plain() intake.Submission {
	return intake.Submission{Category: "A", Mode: demand.RealName, Narrative: "护士站态度冷漠，问三次没有人答。", ReporterName: "张三", ReporterPhone: "13900000001"}
}

func clue() intake.Submission {
	sub := plain()
	sub.Category, sub.Narrative = "F", "手术前主刀暗示要送红包。"
	return sub
}

// received writes down a case as it came in.
func (m *matrix) received(at site) (id string) {
	m.t.Helper()
	return m.past(at, plain(), thatMorning.Add(-3*time.Hour), func(*casework.Past) {})
}

// dispatched writes down a case that was sent to the hospital.
func (m *matrix) dispatched(at site) (id string) {
	m.t.Helper()
	return m.past(at, plain(), thatMorning.Add(-3*time.Hour), func(p *casework.Past) { p.AcceptedAt = p.ReceivedAt.Add(time.Hour) })
}

// handling writes down a case on which the department works.
func (m *matrix) handling(at site) (id string) {
	m.t.Helper()
	id = m.past(at, plain(), thatMorning.Add(-3*time.Hour), signed)
	in := casework.AssignInput{ID: id}
	in.Body.Unit = at.department.ID
	got(m.s.Casework.Assign(m.root(), in))(m)
	return id
}

// clueAt writes down a clue, on which the commission works.
func (m *matrix) clueAt(at site) (id string) {
	m.t.Helper()
	at.hospital = at.commission
	return m.past(at, clue(), thatMorning.Add(-3*time.Hour), signed)
}

func signed(p *casework.Past) {
	p.AcceptedAt = p.ReceivedAt.Add(time.Hour)
	p.SignedAt = p.AcceptedAt.Add(time.Hour)
}

// accepted, reviewing, calling and archived lead a case further.
func (m *matrix) accepted(at site) (id string) {
	m.t.Helper()
	id = m.received(at)
	got(m.s.Casework.Accept(m.root(), casework.Reasoned{ID: id}))(m)
	return id
}

func (m *matrix) reviewing(at site) (id string) {
	m.t.Helper()
	id = m.handling(at)
	got(m.s.Casework.Submit(m.root(), result(id)))(m)
	return id
}

func result(id string) casework.SubmitInput {
	in := casework.SubmitInput{ID: id}
	in.Body.Outcome, in.Body.Findings, in.Body.Reply = "true", "属实。", "已经批评教育。"
	return in
}

func (m *matrix) calling(at site) (id string) {
	m.t.Helper()
	id = m.reviewing(at)
	got(m.s.Casework.Approve(m.by(at), casework.Reasoned{ID: id}))(m)
	return id
}

func (m *matrix) archived(at site) (id string) {
	m.t.Helper()
	id = m.calling(at)
	got(m.s.Casework.Close(m.root(), because(id)))(m)
	return id
}

func because(id string) casework.Reasoned {
	in := casework.Reasoned{ID: id}
	in.Body.Reason = "情况如此。"
	return in
}

// past writes down a report with its case.
func (m *matrix) past(at site, sub intake.Submission, when time.Time, live func(*casework.Past)) (id string) {
	m.t.Helper()
	about := at.place
	where := intake.Where{Region: at.region.Code, Path: about.Path, Institution: about.Institution, Department: about.UnitID, Place: about.ID, Channel: demand.CodeWard}
	report := got(m.s.Intake.Past(m.root(), sub, intake.Origin{At: when}, where))(m)
	p := casework.Past{Opening: inCasework(report.Opening), Unit: at.hospital, Worker: at.worker, Reviewer: at.reviewer,
		Result: casework.Result{Outcome: "true", Findings: "属实。", Reply: "已经批评教育。"}}
	live(&p)
	m.in(func(tx *db.Tx) error {
		if err := m.s.Intake.WritePast(tx, []intake.Past{report}); err != nil {
			return err
		}
		facts, err := m.s.Casework.WritePast(m.root(), tx, []casework.Past{p})
		if err == nil && !p.ClosedAt.IsZero() {
			err = m.s.recordPast(tx, facts) // figures are made of what is over
		}
		return err
	})
	return p.ID
}

// pasts writes down a case of last month at each site, and has that month
// counted.
func (m *matrix) pasts() {
	m.t.Helper()
	for i := range m.sites {
		at := &m.sites[i]
		at.past = m.past(*at, plain(), thatMorning.AddDate(0, -1, -10), func(p *casework.Past) {
			signed(p)
			p.SubmittedAt, p.ApprovedAt, p.ClosedAt = p.SignedAt.Add(time.Hour), p.SignedAt.Add(2*time.Hour), p.SignedAt.Add(3*time.Hour)
			p.Asked = casework.Callback{Method: "receipt", Actor: "reporter", Reached: true, Valid: true, Contacted: "yes", Solved: "yes", Satisfied: "satisfied"}
		})
		in := rates.RecomputeInput{}
		in.Body.Kind, in.Body.Start, in.Body.Parent = rates.Month, "2026-09-01", at.region.Code
		at.month = got(m.s.Rates.Recompute(m.root(), in))(m).ID
		m.s.Intake.Scanned(at.code)
	}
	if err := m.s.Intake.FlushScans(m.root()); err != nil {
		m.t.Fatal(err)
	}
	m.work()
}

// work does what is due in the background.
func (m *matrix) work() {
	m.t.Helper()
	if err := m.s.Queue.RunDue(m.root()); err != nil {
		m.t.Fatal(err)
	}
}

// keepOut keeps all the people out of a case.
func (m *matrix) keepOut(id string) {
	m.t.Helper()
	m.in(func(tx *db.Tx) (err error) {
		for _, p := range m.people {
			if p.staff != "" && err == nil {
				err = tx.Add(`insert into case_exclusion (case_id, node, reason, added_by, added_at) values ($1, $2, '举报中提到此人。', 'system', $3)`, id, p.staff, thatMorning)
			}
		}
		return err
	})
}

// detail is a case as the program itself sees it.
func (m *matrix) detail(id string) casework.Detail {
	m.t.Helper()
	return got(m.s.Casework.Get(m.root(), casework.ByID{ID: id}))(m)
}

// ask files a request and returns its identifier.
func (m *matrix) request(id string, kind casework.RequestKind) string {
	m.t.Helper()
	in := casework.AskInput{ID: id}
	in.Body.Kind, in.Body.Reason, in.Body.Review = kind, "等待鉴定结论。", "2026-11-20"
	got(m.s.Casework.Ask(m.root(), in))(m)
	return m.detail(id).Requests[0].ID
}

// supervised puts a case under supervision and returns the order.
func (m *matrix) supervised(at site, id string) (order string) {
	m.t.Helper()
	in := casework.SuperviseInput{ID: id}
	in.Body.Level, in.Body.Demand, in.Body.Due = 1, "请尽快办理。", "2026-11-02"
	got(m.s.Casework.Supervise(m.by(at), in))(m)
	return m.detail(id).Supervisions[0].ID
}

// reported has the unit report on an order.
func (m *matrix) reported(at site, id string) (order string) {
	m.t.Helper()
	in := casework.AnswerSupervisionInput{ID: id, Supervision: m.supervised(at, id)}
	in.Body.Text = "已经办理。"
	got(m.s.Casework.AnswerSupervision(m.root(), in))(m)
	return in.Supervision
}

// helped sends a case to the agency, with the hospital to help it.
func (m *matrix) helped(at site) (id string) {
	m.t.Helper()
	id = m.accepted(at)
	in := casework.DispatchInput{ID: id}
	in.Body.Lead, in.Body.Helpers = at.agency.ID, []string{at.hospital.ID}
	got(m.s.Casework.Dispatch(m.root(), in))(m)
	return id
}

// attached adds a picture to a case and has its copy made.
func (m *matrix) attached(id string) (file string) {
	m.t.Helper()
	upload := m.upload()
	if _, err := m.s.Files.Prepare(m.root(), []string{upload}); err != nil {
		m.t.Fatal(err)
	}
	m.in(func(tx *db.Tx) error {
		return m.s.Files.Attach(m.root(), tx, attach.Handed{Owner: ofReport(id), From: attach.FromReporter}, []string{upload})
	})
	m.work()
	return m.detail(id).Content.Files[0].ID
}

// upload uploads a small picture.
func (m *matrix) upload() string {
	m.t.Helper()
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 64, 48)), nil); err != nil {
		m.t.Fatal(err)
	}
	return sendFile(m.t, m.url, "photo.jpg", photo.Bytes())
}

// failed adds a picture of which no copy could be made.
func (m *matrix) failed(id string) (file string) {
	m.t.Helper()
	file = m.attached(id)
	m.in(func(tx *db.Tx) error { return tx.Add(`update attachment set state = 'failed' where id = $1`, file) })
	return file
}

// about answers with a case in the path.
func about(id string, body any, more ...string) call {
	return call{fill: slices.Concat([]string{id}, more), body: body, id: id}
}

// step is a row of a step that is taken of a case, which state makes.
func step(op string, state func(m *matrix, at site) string, body func(m *matrix, at site) any) row {
	return row{op: "POST /cases/{id}/" + op, reach: excluded, make: func(m *matrix, at site) call { return about(state(m, at), body(m, at)) }}
}

// fields is a body of pairs that do not depend on where.
func fields(pairs ...any) func(*matrix, site) any {
	return func(*matrix, site) any { return body(pairs...) }
}

func body(pairs ...any) map[string]any {
	b := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		b[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return b
}

// seen is a row of a case that is read.
func seen(op string, of func(m *matrix, at site) call) row {
	return row{op: "GET /cases" + op, reach: excluded, make: of}
}

// caseRows are those of reading cases, and of what hangs on them.
func caseRows() []row {
	reading := func(m *matrix, at site) call { return about(m.handling(at), nil) }
	withFile := func(m *matrix, at site) call { id := m.handling(at); return about(id, nil, m.attached(id)) }
	list := func(m *matrix, at site) call {
		id := m.handling(at)
		return call{query: "institution=" + at.hospital.ID + "&limit=100", shows: id, id: id}
	}
	file := func(m *matrix, at site) call {
		id := m.handling(at)
		return call{query: "format=csv&institution=" + at.hospital.ID, shows: m.detail(id).Case.Number, id: id}
	}
	clues := seen("/{id}", func(m *matrix, at site) call { return about(m.clueAt(at), nil) })
	clues.about = "an integrity clue about the hospital"
	arriving := seen("/{id}", func(m *matrix, at site) call { return about(m.received(at), nil) })
	arriving.about = "not dispatched yet"
	clueList := listed(seen("", func(m *matrix, at site) call {
		id := m.clueAt(at)
		return call{query: "institution=" + at.hospital.ID + "&limit=100", shows: id, id: id}
	}))
	clueList.about = "an integrity clue about the hospital"
	release := row{op: "POST /cases/{id}/files/{file}/original", reach: excluded, make: func(m *matrix, at site) call {
		id := m.handling(at)
		return about(id, map[string]any{"reason": "鉴定需要。"}, m.attached(id))
	}}
	retry := row{op: "POST /cases/{id}/files/{file}/retry", reach: excluded, make: func(m *matrix, at site) call {
		id := m.handling(at)
		return about(id, nil, m.failed(id))
	}}
	return []row{
		listed(seen("", list)), clueList, listed(seen("/export", file)), seen("/{id}", reading), arriving, clues,
		seen("/{id}/repeats", reading), seen("/{id}/archive", reading), seen("/{id}/files/{file}", withFile), seen("/{id}/files/{file}/custody", withFile), release, retry,
		{op: "POST /cases/steps", reach: excluded, judge: eachStep, make: func(m *matrix, at site) call {
			id := m.received(at)
			return call{body: map[string]any{"action": "accept", "ids": []string{id}}, id: id}
		}},
	}
}

func nothing(*matrix, site) call { return call{} }

// eachStep reads what became of the one case of several steps.
func eachStep(_ call, body []byte) answer {
	switch {
	case bytes.Contains(body, []byte(`"status":404`)):
		return hidden
	case bytes.Contains(body, []byte(`"status":403`)):
		return refused
	case bytes.Contains(body, []byte(`"refused"`)):
		return absent
	}
	return done
}

// stepRows are those of what is done with a case.
func stepRows() []row {
	reason := fields("reason", "情况如此。")
	unit := func(field string, of func(site) string, pairs ...any) func(*matrix, site) any {
		return func(_ *matrix, at site) any {
			b := body(pairs...)
			b[field] = of(at)
			return b
		}
	}
	hospital := func(at site) string { return at.hospital.ID }
	rows := []row{
		step("accept", (*matrix).received, fields()), step("reject", (*matrix).received, reason),
		{op: "POST /cases/{id}/merge", reach: excluded, make: func(m *matrix, at site) call {
			into, id := m.received(at), m.received(at)
			return about(id, map[string]any{"into": into, "reason": "同一件事。"})
		}},
		step("dispatch", (*matrix).accepted, unit("lead", hospital)),
		step("take-back", (*matrix).dispatched, reason),
		step("helpers", (*matrix).handling, func(_ *matrix, at site) any {
			return map[string]any{"reason": "涉及医保。", "units": []string{at.agency.ID}}
		}),
		step("sign", (*matrix).dispatched, func(*matrix, site) any { return nil }),
		step("assign", (*matrix).handling, unit("unit", func(at site) string { return at.department.ID })),
		step("contact", (*matrix).handling, fields("method", "phone", "note", "已电话联系。")),
		step("messages", (*matrix).handling, fields("text", "请补充就诊日期。")),
		step("investigations", (*matrix).handling, fields("kind", "documents", "at", "2026-10-28T08:00:00+08:00", "people", []string{"李四"}, "summary", "调阅病历。")),
		step("opinion", (*matrix).helped, fields("text", "未见违规。")),
		step("submit", (*matrix).handling, fields("outcome", "true", "findings", "属实。", "reply", "已经批评教育。")),
		step("approve", (*matrix).reviewing, fields()), step("send-back", (*matrix).reviewing, reason),
		step("requests", (*matrix).handling, fields("kind", "hard", "reason", "等待鉴定结论。", "review", "2026-11-20")),
		{op: "POST /cases/{id}/requests/{request}/decision", reach: excluded, make: func(m *matrix, at site) call {
			id := m.handling(at)
			return about(id, map[string]any{"grant": true, "reason": "同意。"}, m.request(id, casework.AskHard))
		}},
		step("resume", func(m *matrix, at site) string {
			in := casework.DecideInput{ID: m.handling(at)}
			in.Request, in.Body.Grant, in.Body.Reason = m.request(in.ID, casework.AskPause), true, "同意。"
			got(m.s.Casework.Decide(m.by(at), in))(m)
			return in.ID
		}, reason),
		step("callbacks", (*matrix).calling, fields("method", "phone", "reached", true, "answers", map[string]string{"contacted": "yes", "solved": "yes", "satisfied": "satisfied"})),
		step("close", (*matrix).calling, reason), step("rework", (*matrix).calling, reason),
		step("objection", (*matrix).archived, reason), step("reopen", (*matrix).archived, reason),
		step("withdraw", (*matrix).handling, fields("method", "phone", "reason", "诉求人来电撤回。")),
		step("feedback", (*matrix).calling, fields("method", "phone", "note", "已告知。", "what", "result")),
		step("note", (*matrix).handling, fields("text", "待核。")), step("mask-voice", (*matrix).handling, reason),
		step("supervisions", (*matrix).handling, fields("level", 1, "demand", "请尽快办理。", "due", "2026-11-02")),
		step("exclusions", (*matrix).handling, unit("unit", func(at site) string { return at.agency.ID }, "reason", "举报中提到。")),
	}
	return slices.Concat(rows, orderRows(), clueRows(), identityRows())
}

// orderRows are those of orders of supervision.
func orderRows() (rows []row) {
	for what, order := range map[string]func(*matrix, site, string) string{"answer": (*matrix).supervised, "end": (*matrix).reported, "send-back": (*matrix).reported} {
		body := map[string]any{"reason": "情况如此。"}
		if what == "answer" {
			body = map[string]any{"text": "已经办理。"}
		}
		rows = append(rows, row{op: "POST /cases/{id}/supervisions/{supervision}/" + what, reach: excluded, make: func(m *matrix, at site) call {
			id := m.handling(at)
			return about(id, body, order(m, at, id))
		}})
	}
	slices.SortFunc(rows, func(a, b row) int { return len(a.op) - len(b.op) })
	return rows
}

// clueRows are those of integrity clues, and of the catalogue.
func clueRows() []row {
	note := step("note", (*matrix).clueAt, fields("text", "待核。"))
	note.about = "an integrity clue about the hospital"
	rule := func(at site) map[string]any {
		return map[string]any{"reason": "调整分工。", "scope": at.region.Path, "target": "commission", "category": "A"}
	}
	return []row{
		note, step("dispositions", (*matrix).clueAt, fields("way", "inquiry", "reason", "先谈话函询。")),
		lone("GET /workbench", nothing), lone("GET /casework/dictionaries", nothing),
		listed(sited("GET /catalogue", func(m *matrix, at site) call { return call{shows: m.rule(at)} })),
		sited("POST /catalogue", func(_ *matrix, at site) call { return call{body: rule(at)} }),
		sited("POST /catalogue/{id}/end", func(m *matrix, at site) call {
			return call{fill: []string{m.rule(at)}}
		}),
	}
}

// rule adds a row to the catalogue.
func (m *matrix) rule(at site) (id string) {
	m.t.Helper()
	in := casework.AddRuleInput{}
	in.Body.Reason, in.Body.Scope, in.Body.Target = "调整分工。", at.region.Path, "commission"
	return got(m.s.Casework.AddRule(m.root(), in))(m).ID
}

// receiptRows are those of who reports and of who holds a receipt. They ask
// nobody who it is.
func receiptRows() (rows []row) {
	rows = append(rows, lone("POST /public/reports", func(m *matrix, at site) call { return call{body: m.submission(at)} }))
	for _, what := range []string{"", "/file"} {
		rows = append(rows, lone("GET /public/receipts/{receipt}"+what, func(m *matrix, at site) call { return call{fill: []string{m.receipt(at, asSent)}} }))
	}
	for _, x := range []struct {
		what string
		lead func(m *matrix, at site, id string)
		body func(m *matrix) any
	}{
		{"messages", asSent, func(*matrix) any { return map[string]any{"text": "请问到哪一步了？"} }},
		{"evidence", asSent, func(m *matrix) any { return map[string]any{"files": []string{m.upload()}} }},
		{"callback", (*matrix).answered, func(*matrix) any {
			return map[string]any{"contacted": "yes", "solved": "yes", "satisfied": "satisfied"}
		}},
		{"objection", (*matrix).over, func(*matrix) any { return map[string]any{"reason": "没有解决。"} }},
		{"withdrawal", asSent, func(*matrix) any { return map[string]any{"reason": "已当面解决。"} }},
	} {
		rows = append(rows, lone("POST /public/receipts/{receipt}/"+x.what, func(m *matrix, at site) call {
			return call{fill: []string{m.receipt(at, x.lead)}, body: x.body(m)}
		}))
	}
	for _, open := range []string{"directory", "regions", "institutions"} {
		rows = append(rows, lone("GET /public/"+open, nothing))
	}
	return rows
}

// submission is a report from the website.
func (m *matrix) submission(at site) intake.Submission {
	sub := plain()
	sub.Region, sub.Institution = at.region.Code, at.hospital.ID
	return sub
}

// receipt returns the receipt of a report whose case was led on.
func (m *matrix) receipt(at site, lead func(m *matrix, at site, id string)) string {
	m.t.Helper()
	a := got(m.s.Intake.Submit(m.root(), m.submission(at), intake.Origin{}))(m)
	lead(m, at, a.CaseID)
	return a.Receipt
}

func asSent(*matrix, site, string) {}

// over leads a case to its end.
func (m *matrix) over(at site, id string) {
	m.t.Helper()
	m.answered(at, id)
	got(m.s.Casework.Close(m.root(), because(id)))(m)
}

// answered leads a case to a result about which its reporter is asked.
func (m *matrix) answered(at site, id string) {
	m.t.Helper()
	w, in := m.s.Casework, casework.DispatchInput{ID: id}
	in.Body.Lead = at.hospital.ID
	got(w.Accept(m.root(), casework.Reasoned{ID: id}))(m)
	got(w.Dispatch(m.root(), in))(m)
	got(w.Sign(m.root(), casework.ByID{ID: id}))(m)
	got(w.Submit(m.root(), result(id)))(m)
	got(w.Approve(m.by(at), casework.Reasoned{ID: id}))(m)
}

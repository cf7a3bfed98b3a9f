package app

import (
	"context"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/sanction"
	"qingfeng/internal/org"
)

// sanctionRows are those of penalties, points, credit, the blacklist, what is
// public, transfers and vetoes.
func sanctionRows() []row {
	return append(penaltyRows(), sanctionOtherRows()...)
}

const dateOfAct = "2026-10-20"

// against names the hospital of a site.
func against(at site) map[string]any {
	return map[string]any{"kind": "institution", "unit_id": at.hospital.ID}
}

func filing(at site) map[string]any {
	return map[string]any{"subject": against(at), "violations": []string{"V0604"}, "basis": "价格法第三十九条", "facts": "重复收费。", "found_on": dateOfAct,
		"officers": []map[string]any{{"name": "王明", "certificate": "ZF-1"}, {"name": "李丽", "certificate": "ZF-2"}}}
}

var (
	warned    = []map[string]any{{"kind": "warning"}}
	forReason = map[string]any{"reason": "复核。"}
	today     = map[string]any{}
)

func penaltyRows() []row {
	at := func(op, state string, body any) row {
		return sited("POST /sanctions/penalties/{id}/"+op, func(m *matrix, at site) call { return call{fill: []string{m.penalty(at, state)}, body: body} })
	}
	decision := map[string]any{"decision_no": "1号", "measures": warned, "waived": true}
	return []row{
		lone("GET /sanctions/dictionary", nothing), lone("GET /sanctions/desk", nothing),
		listed(sited("GET /sanctions/penalties", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.penalty(at, "decided")} })),
		sited("GET /sanctions/penalties/{id}", func(m *matrix, at site) call { return call{fill: []string{m.penalty(at, "decided")}} }),
		sited("POST /sanctions/penalties", func(_ *matrix, at site) call { return call{body: filing(at)} }),
		sited("POST /sanctions/penalties/spot", func(_ *matrix, at site) call {
			f := filing(at)
			f["decision_no"], f["measures"] = "当场1号", warned
			return call{body: f}
		}),
		at("notice", "filed", today), at("hearing-request", "noticed", today), at("hearing", "hearing", today), at("decision", "noticed", decision), at("service", "decided", today),
		at("payment", "served", map[string]any{"fine_fen": 100_000}), at("execution", "paid", today), at("closing", "executed", today), at("dropping", "filed", forReason),
		at("change", "decided", map[string]any{"decision_no": "2号", "measures": warned, "reason": "复议。"}), at("annulment", "decided", forReason),
		at("responsibility", "decided", map[string]any{"layer": "deputy", "name": "赵刚", "measure": "criticism"}), at("unpublished", "decided", forReason),
	}
}

func sanctionOtherRows() []row {
	points := func(op string, noticed bool, body any) row {
		return sited("POST /sanctions/points/{id}/"+op, func(m *matrix, at site) call { return call{fill: []string{m.points(at, 2, noticed)}, body: body} })
	}
	public := func(op, state string, body any) row {
		return sited("POST /sanctions/publications/{id}/"+op, func(m *matrix, at site) call {
			return call{fill: []string{m.publication(at, state == "published")}, body: body}
		})
	}
	sent := func(op, state string, body any) row {
		return sited("POST /sanctions/transfers/{id}/"+op, func(m *matrix, at site) call { return call{fill: []string{m.transfer(at, state)}, body: body} })
	}
	return []row{
		listed(sited("GET /sanctions/points", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.points(at, 2, true)} })),
		sited("GET /sanctions/points/{id}", func(m *matrix, at site) call { return call{fill: []string{m.points(at, 2, true)}} }),
		sited("POST /sanctions/points", func(m *matrix, at site) call {
			m.points(at, 1, false)
			return call{body: map[string]any{"subject": against(at), "scheme": "practice", "rule": "第八条", "violation": "V0105", "points": 2, "per": "event", "times": 1, "found_on": dateOfAct}}
		}),
		points("notice", false, map[string]any{"notice_no": "1号"}), points("service", true, today), points("defence", true, forReason), points("voiding", false, forReason),
		sited("POST /sanctions/passes", func(m *matrix, at site) call {
			at.hospital = m.hospital(at)
			return call{body: map[string]any{"subject": against(at), "passed_on": "2026-01-05", "beds": 120}}
		}),
		listed(sited("GET /sanctions/consequences", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.consequence(at)} })),
		sited("POST /sanctions/consequences/{id}/decision", func(m *matrix, at site) call {
			return call{fill: []string{m.consequence(at)}, body: map[string]any{"impose": true, "months": 2, "reason": "累计超限。"}}
		}),
		listed(sited("GET /sanctions/credit", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.subject(at)} })),
		sited("GET /sanctions/credit/{id}", func(m *matrix, at site) call { return call{fill: []string{m.subject(at)}} }),
		listed(sited("GET /sanctions/blacklist", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.blacklisted(at)} })),
		sited("POST /sanctions/blacklist", func(m *matrix, at site) call {
			at.hospital = m.hospital(at)
			return call{body: map[string]any{"subject": against(at), "gravity": "grave", "months": 6, "reason": "严重失信。"}}
		}),
		sited("POST /sanctions/blacklist/{id}/removal", func(m *matrix, at site) call { return call{fill: []string{m.blacklisted(at)}, body: forReason} }),
		listed(sited("GET /sanctions/publications", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.publication(at, false)} })),
		sited("GET /sanctions/publications/{id}", func(m *matrix, at site) call { return call{fill: []string{m.publication(at, false)}} }),
		sited("POST /sanctions/publications", func(m *matrix, at site) call {
			return call{body: map[string]any{"kind": "penalty", "record": m.penalty(at, "served"), "title": "处罚决定", "text": "警告。", "gravity": "minor", "months": 12}}
		}),
		public("approval", "proposed", nil), public("refusal", "proposed", forReason), public("withdrawal", "published", forReason),
		listed(sited("GET /sanctions/transfers", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.transfer(at, "sent")} })),
		sited("GET /sanctions/transfers/{id}", func(m *matrix, at site) call { return call{fill: []string{m.transfer(at, "sent")}} }),
		sited("POST /sanctions/transfers", func(_ *matrix, at site) call {
			return call{body: map[string]any{"subject": against(at), "agency": "police", "matter": "涉嫌犯罪。", "materials": []string{"案卷一册"}}}
		}),
		sited("POST /sanctions/transfers/{id}/receipt", func(m *matrix, at site) call {
			return call{fill: []string{m.transfer(at, "sent")}, body: map[string]any{"receipt_no": "公收1号", "files": []string{m.upload()}}}
		}),
		sent("result", "received", map[string]any{"result": "已立案侦查。"}), sent("chasing", "sent", forReason), sent("closing", "sent", map[string]any{"note": "退回。"}),
		sited("GET /sanctions/transfers/{id}/files/{file}", func(m *matrix, at site) call { return call{fill: m.transferReceipt(at)} }),
		listed(sited("GET /sanctions/vetoes", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.veto(at)} })),
		sited("GET /sanctions/vetoes/answer", func(m *matrix, at site) call {
			m.veto(at)
			return call{query: "use=honours&unit=" + at.hospital.ID}
		}),
		sited("POST /sanctions/vetoes", func(_ *matrix, at site) call {
			return call{body: map[string]any{"subject": against(at), "uses": []string{"honours"}, "months": 12, "reason": "收受回扣。"}}
		}),
		sited("POST /sanctions/vetoes/{id}/lifting", func(m *matrix, at site) call { return call{fill: []string{m.veto(at)}, body: forReason} }),
		sited("GET /public/sanctions", func(m *matrix, at site) call {
			m.publication(at, true)
			return call{query: "region=" + at.region.Code}
		}),
		sited("GET /public/sanctions/{id}", func(m *matrix, at site) call { return call{fill: []string{m.publication(at, true)}} }),
	}
}

func theHospital(at site) sanction.Who {
	return sanction.Who{Kind: sanction.Institution, UnitID: at.hospital.ID}
}

func bodied[T any](x T) org.Posted[T] { return org.Posted[T]{Body: x} }

func bodiedTo[T any](id string, x T) org.PostedTo[T] { return org.PostedTo[T]{ID: id, Body: x} }

// penalty has a penalty of the hospital come to a state.
func (m *matrix) penalty(at site, state string) (id string) {
	m.t.Helper()
	s, ctx := m.s.Sanction, m.root()
	p := got(s.File(ctx, bodied(sanction.Filing{Subject: theHospital(at), Violations: []string{"V0604"}, Basis: "价格法第三十九条", Facts: "重复收费。", FoundOn: dateOfAct,
		Officers: []sanction.Officer{{Name: "王明", Certificate: "ZF-1"}, {Name: "李丽", Certificate: "ZF-2"}}})))(m)
	fine := []sanction.NewMeasure{{Kind: sanction.Fine, AmountFen: 100_000}}
	for _, to := range []struct {
		state string
		step  func() (sanction.Penalty, error)
	}{
		{"noticed", func() (sanction.Penalty, error) { return s.GiveNotice(ctx, bodiedTo(p.ID, sanction.Noted{})) }},
		{"hearing", func() (sanction.Penalty, error) {
			if state != "hearing" {
				return p, nil
			}
			return s.AskHearing(ctx, bodiedTo(p.ID, sanction.Noted{}))
		}},
		{"decided", func() (sanction.Penalty, error) {
			return s.Decide(ctx, bodiedTo(p.ID, sanction.Decision{DecisionNo: m.name("罚"), Measures: fine, Waived: true}))
		}},
		{"served", func() (sanction.Penalty, error) { return s.Serve(ctx, bodiedTo(p.ID, sanction.Noted{})) }},
		{"paid", func() (sanction.Penalty, error) {
			return s.Pay(ctx, bodiedTo(p.ID, sanction.Payment{FineFen: 100_000}))
		}},
		{"executed", func() (sanction.Penalty, error) { return s.Execute(ctx, bodiedTo(p.ID, sanction.Noted{})) }},
	} {
		if state == "filed" {
			break
		}
		p = got(to.step())(m)
		if to.state == state {
			break
		}
	}
	return p.ID
}

// points gives points to the hospital, which passed before.
func (m *matrix) points(at site, n int, noticed bool) (id string) {
	m.t.Helper()
	s, ctx := m.s.Sanction, m.root()
	if n > 1 { // somebody new, so that nothing adds up
		at.hospital = m.hospital(at)
	}
	if _, err := s.RecordPass(ctx, bodied(sanction.NewPass{Subject: theHospital(at), PassedOn: "2026-01-05"})); err != nil && n > 1 {
		m.t.Fatal(err)
	}
	p := got(s.GivePoints(ctx, bodied(sanction.NewPoint{Subject: theHospital(at), Scheme: sanction.OfPractice, Rule: "第八条", Violation: "V0105", Points: n, Per: "event", Times: 1, FoundOn: dateOfAct})))(m)
	if noticed {
		got(s.NotifyPoints(ctx, bodiedTo(p.ID, sanction.NoticeInput{NoticeNo: "1号"})))(m)
	}
	return p.ID
}

// consequence has points reach a threshold.
func (m *matrix) consequence(at site) (id string) {
	m.t.Helper()
	m.points(at, 30, true)
	return got(m.s.Sanction.Consequences(m.root(), sanction.ConsequenceFilter{}))(m).Items[0].ID
}

// subject is the credit record of the hospital.
func (m *matrix) subject(at site) (id string) {
	m.t.Helper()
	return got(m.s.Sanction.Penalty(m.root(), org.ByID{ID: m.penalty(at, "decided")}))(m).SubjectID
}

// blacklisted puts a new hospital on the blacklist.
func (m *matrix) blacklisted(at site) (id string) {
	m.t.Helper()
	at.hospital = m.hospital(at)
	return got(m.s.Sanction.Blacklist(m.root(), bodied(sanction.NewBlack{Subject: theHospital(at), Gravity: "grave", Months: 6, Reason: "严重失信。"})))(m).ID
}

// publication proposes a publication as somebody who holds no role, and has it
// approved.
func (m *matrix) publication(at site, approved bool) (id string) {
	m.t.Helper()
	s := m.s.Sanction
	p := got(s.Propose(m.root(), bodied(sanction.Proposal{Kind: sanction.OfPenalty, Record: m.penalty(at, "served"), Title: "处罚决定", Text: "罚款1000元。", Gravity: "minor", Months: 12})))(m)
	if approved {
		got(s.Approve(m.publisher(at), org.ByID{ID: p.ID}))(m)
	}
	return p.ID
}

// transfer hands something of the hospital to the police.
func (m *matrix) transfer(at site, state string) (id string) {
	m.t.Helper()
	s := m.s.Sanction
	t := got(s.Send(m.root(), bodied(sanction.NewTransfer{Subject: theHospital(at), Agency: "insurance", Matter: "涉嫌骗保。", Materials: []string{"案卷一册"}})))(m)
	if state == "received" {
		got(s.Receive(m.root(), bodiedTo(t.ID, sanction.Receipt{ReceiptNo: "公收1号", Files: []string{m.upload()}})))(m)
	}
	return t.ID
}

// transferReceipt is a transfer, and the file of its receipt.
func (m *matrix) transferReceipt(at site) (ids []string) {
	m.t.Helper()
	id := m.transfer(at, "received")
	var files []attach.File
	err := m.s.DB.Read(m.root(), func(r db.Reader) (err error) {
		files, err = m.s.Files.List(r, ofTransfer(id))
		return err
	})
	if err != nil {
		m.t.Fatal(err)
	}
	if err := m.s.Queue.RunDue(m.root()); err != nil { // the copy is made
		m.t.Fatal(err)
	}
	return []string{id, files[0].ID}
}

// veto rules out honours for the hospital.
func (m *matrix) veto(at site) (id string) {
	m.t.Helper()
	return got(m.s.Sanction.Veto(m.root(), bodied(sanction.NewVeto{Subject: theHospital(at), Uses: []string{"honours"}, Months: 12, Reason: "收受回扣。"})))(m).ID
}

// publisher is the context of somebody who approves what others propose.
func (m *matrix) publisher(at site) context.Context {
	a := authz.Actor{ID: at.reviewer, Unit: at.commission.ID, Path: at.commission.Path, Grants: []authz.Grant{{Path: at.region.Path, Permissions: []authz.Permission{sanction.Read, sanction.Publish}}}}
	return authz.With(m.t.Context(), a)
}

// sanctions makes one of everything that a sanction leaves behind.
func (m *matrix) sanctions(at site) {
	m.t.Helper()
	s := m.s.Sanction
	got(s.HoldResponsible(m.root(), bodiedTo(m.penalty(at, "executed"), sanction.NewHeld{Layer: sanction.PartyLayer, Name: "周某", Post: "收费员", Measure: "criticism", Reason: "未核对"})))(m)
	m.consequence(at)
	m.points(at, 2, true)
	m.blacklisted(at)
	m.publication(at, true)
	m.transfer(at, "received")
	m.veto(at)
}

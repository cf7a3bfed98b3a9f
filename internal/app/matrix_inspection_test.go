package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/org"
)

// inspectionRows are those of inspections.
func inspectionRows() []row {
	const all = "limit=200"
	because := map[string]any{"reason": "情况有变。"}
	of := func(made func(*matrix, site) string, body any) func(*matrix, site) call {
		return func(m *matrix, at site) call { return call{fill: []string{made(m, at)}, body: body} }
	}
	shown := func(made func(*matrix, site) string, query string) func(*matrix, site) call {
		return func(m *matrix, at site) call { return call{query: query, shows: made(m, at)} }
	}
	officer := func(m *matrix, at site) call { return call{body: m.officerInput(at)} }
	rows := []row{
		lone("GET /inspection/dictionary", nothing),
		listed(sited("GET /inspection/targets", shown((*matrix).targetAt, all))),
		listed(sited("GET /inspection/targets/export", func(m *matrix, at site) call {
			m.targetAt(at)
			return call{query: "format=csv", shows: at.hospital.Name}
		})),
		sited("POST /inspection/targets/sync", func(_ *matrix, at site) call { return call{body: map[string]any{"region": at.region.Code}} }),
		sited("GET /inspection/targets/{id}", of((*matrix).targetAt, nil)),
		sited("POST /inspection/targets/{id}/credit", func(m *matrix, at site) call {
			return call{fill: []string{m.newTargetAt(at)}, body: map[string]any{"class": "B", "reason": "年度评定。"}}
		}),
		sited("POST /inspection/targets/{id}/active", of((*matrix).newTargetAt, map[string]any{"active": false, "reason": "停业。"})),
		sited("POST /inspection/imports/targets", func(m *matrix, at site) call {
			return call{query: "commit=true&name=a.csv", raw: "名称,行政区划,类别\n" + m.name("水厂") + "," + at.region.Code + ",供水单位"}
		}),
		lone("GET /inspection/imports/targets/template", nothing),
		listed(sited("GET /inspection/officers", shown((*matrix).officerAt, all))),
		listed(sited("GET /inspection/officers/export", func(m *matrix, at site) call {
			in := m.officerInput(at)
			got(m.s.Inspections.AddOfficer(m.root(), org.Posted[inspection.OfficerInput]{Body: in}))(m)
			return call{query: "format=csv", shows: in.CertNo}
		})),
		sited("POST /inspection/officers", officer),
		sited("GET /inspection/officers/{id}", of((*matrix).officerAt, nil)),
		sited("POST /inspection/officers/{id}", func(m *matrix, at site) call {
			return call{fill: []string{m.officerAt(at)}, body: m.officerInput(at)}
		}),
		sited("POST /inspection/officers/{id}/active", of((*matrix).officerAt, map[string]any{"active": false, "reason": "调离。"})),
		sited("POST /inspection/officers/{id}/recusals", func(m *matrix, at site) call {
			return call{fill: []string{m.officerAt(at)}, body: map[string]any{"target_id": m.targetAt(at), "kind": "kinship", "reason": "配偶任职。"}}
		}),
		sited("POST /inspection/recusals/{id}/end", of((*matrix).recusalAt, because)),
		sited("POST /inspection/imports/officers", func(m *matrix, at site) call {
			return call{query: "commit=true&name=a.csv", raw: "姓名,单位,行政区划,执法证号\n张三,监督所," + at.region.Code + "," + m.name("E")}
		}),
		lone("GET /inspection/imports/officers/template", nothing),
		listed(sited("GET /inspection/items", shown((*matrix).itemAt, ""))),
		sited("POST /inspection/items", func(m *matrix, at site) call { return call{body: m.itemInput(at)} }),
		listed(sited("GET /inspection/plans", shown(func(m *matrix, at site) string { return m.planAt(at).ID }, all))),
		sited("POST /inspection/plans", func(_ *matrix, at site) call { return call{body: planInput(at)} }),
		sited("GET /inspection/plans/{id}", of(func(m *matrix, at site) string { return m.planAt(at).ID }, nil)),
		sited("POST /inspection/plans/{id}", func(m *matrix, at site) call { return call{fill: []string{m.planAt(at).ID}, body: planInput(at)} }),
		sited("POST /inspection/plans/{id}/publish", of(func(m *matrix, at site) string { return m.planAt(at).ID }, nil)),
		sited("POST /inspection/plans/{id}/finish", of(func(m *matrix, at site) string {
			return got(m.s.Inspections.PublishPlan(m.root(), org.ByID{ID: m.planAt(at).ID}))(m).ID
		}, nil)),
	}
	return slices.Concat(rows, monitorRows(), drawRows(), taskRows(), publicDrawRows())
}

func drawRows() []row {
	frozen := func(m *matrix, at site) call { return call{fill: []string{m.drawAt(at).ID}} }
	witnessed := func(m *matrix, at site) call { return call{fill: []string{m.witnessedAt(at)}} }
	made := func(m *matrix, at site) call { return call{fill: []string{m.madeAt(at)}} }
	return []row{
		listed(sited("GET /inspection/draws", func(m *matrix, at site) call {
			return call{query: "limit=200", shows: m.drawAt(at).ID}
		})),
		sited("POST /inspection/draws", func(_ *matrix, at site) call { return call{body: daysInput(at)} }),
		sited("POST /inspection/draws/preview", func(_ *matrix, at site) call { return call{body: daysInput(at)} }),
		sited("GET /inspection/draws/{id}", frozen),
		sited("POST /inspection/draws/{id}/draw", witnessed),
		sited("POST /inspection/draws/{id}/void", func(m *matrix, at site) call {
			return call{fill: []string{m.drawAt(at).ID}, body: map[string]any{"reason": "名录有误。"}}
		}),
		sited("POST /inspection/draws/{id}/publish", made),
		sited("POST /inspection/draws/{id}/witnesses/{witness}/link", func(m *matrix, at site) call {
			d := m.drawAt(at)
			return call{fill: []string{d.ID, d.Witnesses[0].ID}, body: map[string]any{"reason": "链接发错了人。"}}
		}),
		sited("GET /inspection/draws/{id}/record", made),
	}
}

// publicDrawRows are what everybody may read of draws and results.
func publicDrawRows() []row {
	frozen := func(m *matrix, at site) call { return call{fill: []string{m.drawAt(at).ID}} }
	published := func(m *matrix, at site) string {
		return got(m.s.Inspections.PublishDraw(m.root(), org.ByID{ID: m.madeAt(at)}))(m).ID
	}
	return []row{
		listed(sited("GET /public/draws", func(m *matrix, at site) call {
			return call{query: "limit=200", shows: m.drawAt(at).ID}
		})),
		sited("GET /public/draws/{id}", frozen),
		sited("GET /public/draws/{id}/record", func(m *matrix, at site) call { return call{fill: []string{published(m, at)}} }),
		listed(sited("GET /public/inspections", func(m *matrix, at site) call {
			id := m.concludedAt(at)
			got(m.s.Inspections.PublishTask(m.root(), org.ByID{ID: id}))(m)
			return call{query: "limit=200", shows: id}
		})),
	}
}

func taskRows() []row {
	because := map[string]any{"reason": "情况有变。"}
	of := func(made func(*matrix, site) string, body any) func(*matrix, site) call {
		return func(m *matrix, at site) call { return call{fill: []string{made(m, at)}, body: body} }
	}
	own := sited("GET /inspection/tasks/{id}", of((*matrix).concludedAt, nil))
	own.about = "that has a result"
	return []row{
		listed(sited("GET /inspection/tasks", func(m *matrix, at site) call {
			return call{query: "limit=200", shows: m.taskAt(at)}
		})),
		listed(sited("GET /inspection/tasks/export", func(m *matrix, at site) call {
			id := m.taskAt(at)
			return call{query: "format=csv", shows: got(m.s.Inspections.GetTask(m.root(), org.ByID{ID: id}))(m).Number}
		})),
		sited("POST /inspection/tasks", func(m *matrix, at site) call { return call{body: m.assignInput(at)} }),
		sited("GET /inspection/tasks/{id}", of((*matrix).taskAt, nil)), own,
		lone("GET /inspection/desk", nothing), lone("GET /inspection/mine", nothing), lone("GET /inspection/mine/pack", nothing),
		sited("GET /inspection/tasks/{id}/visits", of((*matrix).visitedAt, nil)),
		sited("GET /inspection/visits/{id}/files/{file}", func(m *matrix, at site) call {
			v := m.photographedAt(at)
			return call{fill: []string{v.ID, v.Files[0].ID}, query: "variant=thumb"}
		}),
		sited("POST /inspection/tasks/{id}/visits", func(m *matrix, at site) call { return call{fill: []string{m.taskAt(at)}, body: m.visitInput()} }),
		sited("POST /inspection/tasks/{id}/start", of((*matrix).taskAt, nil)),
		sited("POST /inspection/tasks/{id}/conclude", func(m *matrix, at site) call {
			return call{fill: []string{m.taskAt(at)}, body: m.resultInput()}
		}),
		sited("POST /inspection/tasks/{id}/unable", of((*matrix).taskAt, because)),
		sited("POST /inspection/tasks/{id}/confirm", of((*matrix).concludedAt, nil)),
		sited("POST /inspection/tasks/{id}/send-back", of((*matrix).concludedAt, because)),
		sited("POST /inspection/tasks/{id}/publish", of((*matrix).concludedAt, nil)),
		sited("POST /inspection/tasks/{id}/replace", of((*matrix).unableAt, because)),
	}
}

// targetAt is the hospital of a site, on the library of targets.
func (m *matrix) targetAt(at site) string {
	m.t.Helper()
	got(m.s.Inspections.SyncTargets(m.root(), org.Posted[inspection.SyncInput]{Body: inspection.SyncInput{Region: at.region.Code}}))(m)
	page := got(m.s.Inspections.ListTargets(m.root(), inspection.ListTargetsInput{Query: list.Query{Limit: 200}, TargetFilter: inspection.TargetFilter{Q: at.hospital.Name, Inactive: true}}))(m)
	return page.Items[0].ID
}

// newTargetAt is a target of no register.
func (m *matrix) newTargetAt(at site) string {
	m.t.Helper()
	name := m.name("水厂")
	in := bulk.Upload{Name: "a.csv", Commit: true, RawBody: []byte("名称,行政区划,类别\n" + name + "," + at.region.Code + ",供水单位")}
	got(m.s.Inspections.ImportTargets(m.root(), in))(m)
	page := got(m.s.Inspections.ListTargets(m.root(), inspection.ListTargetsInput{Query: list.Query{Limit: 200}, TargetFilter: inspection.TargetFilter{Q: name}}))(m)
	return page.Items[0].ID
}

func (m *matrix) officerInput(at site) inspection.OfficerInput {
	return inspection.OfficerInput{Name: "检查员", Agency: "卫生监督所", District: at.region.Code, CertNo: m.name("C")}
}

func (m *matrix) officerAt(at site) string {
	m.t.Helper()
	return got(m.s.Inspections.AddOfficer(m.root(), org.Posted[inspection.OfficerInput]{Body: m.officerInput(at)}))(m).ID
}

func (m *matrix) recusalAt(at site) string {
	m.t.Helper()
	in := org.PostedTo[inspection.RecusalInput]{ID: m.officerAt(at), Body: inspection.RecusalInput{TargetID: m.targetAt(at), Kind: "interest", Reason: "持股。"}}
	return got(m.s.Inspections.Recuse(m.root(), in))(m).ID
}

func (m *matrix) itemInput(at site) inspection.ItemInput {
	return inspection.ItemInput{Region: at.region.Code, Code: m.name("SX"), Name: "机构资质", Tier: "general", Active: true}
}

func (m *matrix) itemAt(at site) string {
	m.t.Helper()
	return got(m.s.Inspections.SaveItem(m.root(), org.Posted[inspection.ItemInput]{Body: m.itemInput(at)}))(m).ID
}

func planInput(at site) inspection.PlanInput {
	return inspection.PlanInput{Region: at.region.Code, Year: 2026, Title: "抽查计划", Batches: []inspection.BatchInput{{Title: "第一批", DrawOn: "2026-11-02", DueOn: "2026-12-31", Portion: 100}}}
}

func (m *matrix) planAt(at site) inspection.PlanDetail {
	m.t.Helper()
	in := planInput(at)
	in.Title = m.name(in.Title)
	return got(m.s.Inspections.WritePlan(m.root(), org.Posted[inspection.PlanInput]{Body: in}))(m)
}

// daysInput is a draw of days, which needs no libraries.
func daysInput(at site) inspection.FreezeInput {
	return inspection.FreezeInput{Of: inspection.OfDays, Title: "随机日期", Region: at.region.Code, Count: 2, From: "2026-11-02", To: "2026-11-30", Witnesses: []string{"甲", "乙"}}
}

func (m *matrix) drawAt(at site) inspection.FrozenDraw {
	m.t.Helper()
	return got(m.s.Inspections.Freeze(m.root(), org.Posted[inspection.FreezeInput]{Body: daysInput(at)}))(m)
}

// witness has every witness of a draw commit and reveal.
func (m *matrix) witness(d inspection.FrozenDraw) string {
	m.t.Helper()
	for i, l := range d.Links {
		got(m.s.Inspections.CommitSecret(m.t.Context(), l.Token, inspection.Commit(fmt.Sprint("a secret ", i))))(m)
	}
	for i, l := range d.Links {
		got(m.s.Inspections.RevealSecret(m.t.Context(), l.Token, fmt.Sprint("a secret ", i)))(m)
	}
	return d.ID
}

func (m *matrix) witnessedAt(at site) string {
	m.t.Helper()
	return m.witness(m.drawAt(at))
}

func (m *matrix) madeAt(at site) string {
	m.t.Helper()
	return got(m.s.Inspections.Draw(m.root(), org.ByID{ID: m.witnessedAt(at)}))(m).ID
}

func (m *matrix) assignInput(at site) inspection.AssignInput {
	m.t.Helper()
	return inspection.AssignInput{Kind: "surprise", Region: at.region.Code, TargetID: m.targetAt(at), Officers: []string{m.officerAt(at), m.officerAt(at)}, DueOn: "2026-11-30", Reason: "举报集中。"}
}

func (m *matrix) taskAt(at site) string {
	m.t.Helper()
	return got(m.s.Inspections.Assign(m.root(), org.Posted[inspection.AssignInput]{Body: m.assignInput(at)}))(m).ID
}

func (m *matrix) resultInput() inspection.ResultInput {
	return inspection.ResultInput{InspectedAt: m.s.Now(), Conclusion: "corrected", Problems: []inspection.ProblemInput{{Category: "V0606", Text: "未公示收费标准"}}}
}

// inspecting is the context in which somebody of the commission does everything with
// inspections.
func (m *matrix) inspecting(at site) context.Context {
	a := authz.Actor{ID: at.reviewer, Unit: at.commission.ID, Path: at.commission.Path}
	a.Grants = []authz.Grant{{Path: at.region.Path, Permissions: permissions{inspection.Read, inspection.Manage, inspection.Visit}}}
	return authz.With(m.t.Context(), a)
}

// concludedAt is a task with a result that somebody of the commission entered.
func (m *matrix) concludedAt(at site) string {
	m.t.Helper()
	id := m.taskAt(at)
	got(m.s.Inspections.Conclude(m.inspecting(at), org.PostedTo[inspection.ResultInput]{ID: id, Body: m.resultInput()}))(m)
	return id
}

// visitInput is a visit that the inspectors of a task at the site have signed, the first
// of them, who hands it in, by name.
func (m *matrix) visitInput(team ...inspection.Member) inspection.VisitInput {
	m.t.Helper()
	in := inspection.VisitInput{ID: uuid.NewString(), BeganAt: thatMorning, EndedAt: thatMorning, SentAt: thatMorning, Signatures: []inspection.Signature{}}
	for i, one := range team {
		sign := inspection.Signature{OfficerID: one.OfficerID, Name: one.Name}
		if i > 0 {
			sign.Name, sign.Upload = "", m.upload()
		}
		in.Signatures = append(in.Signatures, sign)
	}
	return in
}

// visitedAt is a task with a visit of somebody of the commission.
func (m *matrix) visitedAt(at site) string {
	m.t.Helper()
	return m.handedIn(at, m.visitInput()).TaskID
}

// photographedAt is such a visit with a photo.
func (m *matrix) photographedAt(at site) inspection.VisitDetail {
	m.t.Helper()
	in := m.visitInput()
	in.Photos = []string{m.upload()}
	v := m.handedIn(at, in)
	m.work()
	return v
}

// handedIn is a visit of somebody of the commission.
func (m *matrix) handedIn(at site, visit inspection.VisitInput) inspection.VisitDetail {
	m.t.Helper()
	in := m.assignInput(at)
	in.Officers[0] = m.inspectorAt(at)
	task := got(m.s.Inspections.Assign(m.root(), org.Posted[inspection.AssignInput]{Body: in}))(m)
	visit.Signatures = m.visitInput(task.Team...).Signatures
	return got(m.s.Inspections.HandIn(m.inspecting(at), org.PostedTo[inspection.VisitInput]{ID: task.ID, Body: visit}))(m)
}

// inspectorAt is somebody of the commission on the library of inspectors, where an
// account stands once.
func (m *matrix) inspectorAt(at site) string {
	m.t.Helper()
	var there []string
	m.in(func(tx *db.Tx) (err error) {
		there, err = db.Values[string](tx.Reader, `select id from inspection_officer where staff_id = $1`, at.reviewer)
		return err
	})
	if len(there) > 0 {
		return there[0]
	}
	who := m.officerInput(at)
	who.StaffID = at.reviewer
	return got(m.s.Inspections.AddOfficer(m.root(), org.Posted[inspection.OfficerInput]{Body: who}))(m).ID
}

// inspected puts rows into the tables of inspections.
func (m *matrix) inspected(at site) {
	m.t.Helper()
	for _, class := range []string{"A", "B"} {
		got(m.s.Inspections.SetCredit(m.root(), org.PostedTo[inspection.Rate]{ID: m.targetAt(at), Body: inspection.Rate{Class: class, Reason: "年度评定。"}}))(m)
	}
	for range 2 {
		m.recusalAt(at)
		m.itemAt(at)
		m.planAt(at)
		m.concludedAt(at)
		got(m.s.Inspections.SendBack(m.root(), org.PostedTo[inspection.Because]{ID: m.concludedAt(at), Body: inspection.Because{Reason: "表述不准。"}}))(m)
		m.visitedAt(at)
		m.siftedAt(at)
		m.madeAt(at)
	}
}

// unableAt is a drawn task of a target that cannot be inspected; another is left to
// take its place.
func (m *matrix) unableAt(at site) string {
	m.t.Helper()
	kind := m.name("类别")
	in := bulk.Upload{Name: "a.csv", Commit: true, RawBody: fmt.Appendf(nil, "名称,行政区划,类别\n%s甲,%s,%s\n%s乙,%s,%s", kind, at.region.Code, kind, kind, at.region.Code, kind)}
	got(m.s.Inspections.ImportTargets(m.root(), in))(m)
	m.officerAt(at)
	m.officerAt(at)
	d := got(m.s.Inspections.Freeze(m.root(), org.Posted[inspection.FreezeInput]{Body: inspection.FreezeInput{Of: inspection.OfTargets, Title: "抽查", Region: at.region.Code,
		Kinds: []string{kind}, DueOn: "2026-12-31", Witnesses: []string{"甲", "乙"}}}))(m)
	got(m.s.Inspections.Draw(m.root(), org.ByID{ID: m.witness(d)}))(m)
	var id string
	m.in(func(tx *db.Tx) (err error) {
		id, err = db.Value[string](tx.Reader, `select id from inspection_task where draw_id = $1`, d.ID)
		return err
	})
	return got(m.s.Inspections.ReportUnable(m.root(), org.PostedTo[inspection.Because]{ID: id, Body: inspection.Because{Reason: "大门紧锁。"}}))(m).ID
}

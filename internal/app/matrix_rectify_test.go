package app

import (
	"bytes"
	"context"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/rectify"
)

// problemRows are those of the ledger of problems, which lie at the department.
func problemRows() []row {
	with := func(stand func(*matrix, site) string, body any) func(*matrix, site) call {
		return func(m *matrix, at site) call { return call{fill: []string{stand(m, at)}, body: body} }
	}
	why := map[string]any{"reason": "情况属实。"}
	list := listed(sited("GET /problems", func(m *matrix, at site) call {
		return call{query: "limit=200", shows: m.problem(at)}
	}))
	return []row{
		lone("GET /problems/dictionary", nothing), list,
		countedRow(),
		listed(sited("GET /problems/export", func(m *matrix, at site) call {
			m.problem(at)
			return call{query: "format=csv", shows: at.hospital.Name}
		})),
		lone("GET /problems/import/template", nothing),
		imported("POST /problems/import", (*matrix).ledgerOf),
		sited("POST /problems", func(_ *matrix, at site) call { return call{body: entered(at)} }),
		manyRow(),
		sited("GET /problems/{id}", with((*matrix).problem, nil)),
		sited("GET /problems/{id}/files/{file}", func(m *matrix, at site) call {
			id := m.underWay(at)
			return call{fill: []string{id, m.evidence(id)}, query: "variant=thumb"}
		}),
		sited("POST /problems/{id}/correct", with((*matrix).problem, map[string]any{"kind": "problem", "category": "V1101", "grade": "general", "description": "核心制度没有落实", "found_on": "2026-10-27", "reason": "笔误"})),
		sited("POST /problems/{id}/plan", with((*matrix).problem, map[string]any{"leader": "", "charge": "", "goal": "", "measures": "补签", "controls": "", "funds": nil, "contingency": ""})),
		sited("POST /problems/{id}/assign", func(m *matrix, at site) call {
			return call{fill: []string{m.problem(at)}, body: map[string]any{"department_id": at.department.ID}}
		}),
		sited("POST /problems/{id}/start", with((*matrix).problem, nil)),
		sited("POST /problems/{id}/report", with((*matrix).underWay, map[string]any{"text": "已补签"})),
		sited("POST /problems/{id}/apply", with((*matrix).underWay, map[string]any{})),
		sited("POST /problems/{id}/pass", with((*matrix).appliedFor, map[string]any{})),
		sited("POST /problems/{id}/send-back", with((*matrix).appliedFor, why)),
		sited("POST /problems/{id}/close", with((*matrix).passed, map[string]any{"how": "papers", "reason": "已整改"})),
		sited("POST /problems/{id}/look-back", with((*matrix).closedProblem, map[string]any{"held": true, "reason": "没有反弹"})),
		sited("POST /problems/{id}/list", with((*matrix).problem, map[string]any{"authority": "安委办", "due_on": "2026-12-31", "reason": "影响恶劣"})),
		sited("POST /problems/{id}/delist", with((*matrix).listedProblem, why)),
		sited("POST /problems/{id}/ask", with((*matrix).problem, map[string]any{"what": "extension", "due_on": "2026-12-31", "reason": "到货推迟"})),
		sited("POST /problems/{id}/decide", with((*matrix).askedFor, map[string]any{"grant": true})),
	}
}

// ledgerOf is a ledger of one line.
func (m *matrix) ledgerOf(at site) string {
	return "来源,问题类别,问题描述,发现日期,责任单位\n检查,病历书写," + m.name("病历缺签名") + ",2026-10-20," + at.hospital.Name + "\n"
}

// countedRow tries what is counted at the department.
func countedRow() row {
	r := sited("GET /problems/counts", func(m *matrix, at site) call {
		m.problem(at)
		return call{query: "below=" + at.department.ID}
	})
	r.judge = func(_ call, body []byte) answer {
		if bytes.Contains(body, []byte(`"all":{"value":0,`)) {
			return hidden
		}
		return done
	}
	return r
}

// manyRow tries to assign several problems.
func manyRow() row {
	return listed(sited("POST /problems/assign", func(m *matrix, at site) call {
		return call{body: map[string]any{"ids": []string{m.problem(at)}, "department_id": at.department.ID}, shows: `"done":1`}
	}))
}

func entered(at site) map[string]any {
	return map[string]any{"source": "self", "unit_id": at.hospital.ID, "department_id": at.department.ID, "category": "V1104", "description": "病历缺上级医师签名",
		"found_on": "2026-10-27", "term": "fixed", "due_on": "2026-11-30"}
}

// hand is somebody at a site who may do all that is done with problems, under
// another name each time.
func (m *matrix) hand(at site, id string) context.Context {
	a := authz.Actor{ID: id, Name: id, Path: at.region.Path}
	a.Grants = []authz.Grant{{Path: at.region.Path, Permissions: []authz.Permission{rectify.Read, rectify.Work, rectify.Review}}}
	return authz.With(m.t.Context(), a)
}

// problem opens a problem at the department.
func (m *matrix) problem(at site) (id string) {
	m.t.Helper()
	m.in(func(tx *db.Tx) (err error) {
		id, err = m.s.Rectify.Open(m.root(), tx, rectify.Finding{Source: rectify.FromInspection, SourceID: db.NewID(), Unit: at.hospital.ID, Department: at.department.ID,
			Entry: rectify.Entry{Category: "V1104", Description: "病历缺上级医师签名"}, DueAt: thatMorning.AddDate(0, 0, 20)})
		return err
	})
	return id
}

// underWay is a problem with evidence that it is being put right.
func (m *matrix) underWay(at site) (id string) {
	m.t.Helper()
	id = m.problem(at)
	got(m.s.Rectify.Start(m.hand(at, at.worker), rectify.ByID{ID: id}))(m)
	in := rectify.ProblemReportInput{ID: id}
	in.Body.Text, in.Body.Files = "已补签", []string{m.upload()}
	got(m.s.Rectify.Report(m.hand(at, at.worker), in))(m)
	return id
}

// evidence is the file of a problem, once its copy is made.
func (m *matrix) evidence(id string) string {
	m.t.Helper()
	m.work()
	var files []attach.File
	if err := m.s.DB.Read(m.root(), func(r db.Reader) (err error) {
		files, err = m.s.Files.List(r, attach.Owner{Kind: ofRectification, ID: id})
		return err
	}); err != nil {
		m.t.Fatal(err)
	}
	return files[0].ID
}

func (m *matrix) appliedFor(at site) (id string) {
	m.t.Helper()
	id = m.underWay(at)
	got(m.s.Rectify.Apply(m.hand(at, at.worker), rectify.ProblemSaid{ID: id}))(m)
	return id
}

func (m *matrix) passed(at site) (id string) {
	m.t.Helper()
	id = m.appliedFor(at)
	got(m.s.Rectify.Pass(m.hand(at, "first"), rectify.ProblemSaid{ID: id}))(m)
	return id
}

func (m *matrix) closedProblem(at site) (id string) {
	m.t.Helper()
	in := rectify.ProblemCloseInput{ID: m.passed(at)}
	in.Body.How, in.Body.Reason = "papers", "已整改"
	got(m.s.Rectify.Close(m.hand(at, "second"), in))(m)
	return in.ID
}

// listedProblem is listed from the region in which it lies.
func (m *matrix) listedProblem(at site) (id string) {
	m.t.Helper()
	in := rectify.ProblemListingInput{ID: m.problem(at)}
	in.Body.Authority, in.Body.DueOn, in.Body.Reason = "安委办", "2026-12-31", "影响恶劣"
	a := authz.Actor{ID: "lister", Grants: []authz.Grant{{Path: at.region.Path, Permissions: []authz.Permission{rectify.Read, rectify.List}}}}
	got(m.s.Rectify.Enlist(authz.With(m.t.Context(), a), in))(m)
	return in.ID
}

func (m *matrix) askedFor(at site) (id string) {
	m.t.Helper()
	in := rectify.ProblemAskInput{ID: m.problem(at)}
	in.Body.What, in.Body.DueOn, in.Body.Reason = "extension", "2026-12-31", "到货推迟"
	got(m.s.Rectify.Ask(m.hand(at, at.worker), in))(m)
	return in.ID
}

package app

import (
	"fmt"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/org"
)

// monitorRows are those of social supervisors.
func monitorRows() []row {
	of := func(made func(*matrix, site) string, body any) func(*matrix, site) call {
		return func(m *matrix, at site) call { return call{fill: []string{made(m, at)}, body: body} }
	}
	return []row{
		listed(sited("GET /inspection/monitors", func(m *matrix, at site) call { return call{query: "limit=200", shows: m.monitorAt(at)} })),
		sited("POST /inspection/monitors", func(m *matrix, at site) call { return call{body: m.monitorInput(at)} }),
		sited("GET /inspection/monitors/{id}", of((*matrix).monitorAt, nil)),
		sited("POST /inspection/monitors/{id}", func(m *matrix, at site) call {
			return call{fill: []string{m.monitorAt(at)}, body: m.monitorInput(at)}
		}),
		sited("POST /inspection/monitors/{id}/link", of((*matrix).monitorAt, nil)),
		sited("POST /inspection/monitors/{id}/link/end", of((*matrix).monitorAt, map[string]any{"reason": "手机遗失。"})),
		sited("GET /inspection/tasks/{id}/clues", func(m *matrix, at site) call { return call{fill: []string{m.patrolAt(at).TaskID}} }),
		sited("POST /inspection/tasks/{id}/clues", func(m *matrix, at site) call {
			v := m.patrolAt(at)
			return call{fill: []string{v.TaskID}, body: siftInput(v)}
		}),
	}
}

func (m *matrix) monitorInput(at site) inspection.MonitorInput {
	m.t.Helper()
	m.n++
	return inspection.MonitorInput{Name: "周望舒", Phone: fmt.Sprintf("138%08d", m.n), Walk: "人大代表", District: at.region.Code, RecruitedBy: "市卫生健康委", RecruitedOn: "2026-01-05",
		Training: "监督要点", TrainedOn: "2026-01-10", TermFrom: "2026-01-15", TermUntil: "2028-12-31"}
}

func (m *matrix) monitorAt(at site) string {
	m.t.Helper()
	return got(m.s.Inspections.AddMonitor(m.root(), org.Posted[inspection.MonitorInput]{Body: m.monitorInput(at)}))(m).ID
}

// patrolAt is a visit of two social supervisors who found something.
func (m *matrix) patrolAt(at site) inspection.VisitDetail {
	m.t.Helper()
	in := m.assignInput(at)
	in.Kind, in.Officers = "monitor", []string{m.monitorAt(at), m.monitorAt(at)}
	task := got(m.s.Inspections.Assign(m.root(), org.Posted[inspection.AssignInput]{Body: in}))(m)
	visit := m.visitInput(task.Team...)
	visit.Problems = []inspection.ProblemInput{{Category: "V0606", Text: "未公示收费标准"}}
	who := authz.Actor{ID: task.Team[0].StaffID, Grants: []authz.Grant{{Path: at.region.Path, Permissions: permissions{inspection.Visit}}}}
	return got(m.s.Inspections.HandIn(authz.With(m.t.Context(), who), org.PostedTo[inspection.VisitInput]{ID: task.ID, Body: visit}))(m)
}

func siftInput(v inspection.VisitDetail) inspection.SiftInput {
	return inspection.SiftInput{VisitID: v.ID, Number: 1, Fate: "ledger"}
}

// siftedAt decides what becomes of what a social supervisor found, and gives another
// a link.
func (m *matrix) siftedAt(at site) {
	m.t.Helper()
	got(m.s.Inspections.GiveLink(m.root(), org.ByID{ID: m.monitorAt(at)}))(m)
	v := m.patrolAt(at)
	got(m.s.Inspections.Sift(m.root(), org.PostedTo[inspection.SiftInput]{ID: v.TaskID, Body: siftInput(v)}))(m)
}

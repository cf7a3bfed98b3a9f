package app

import (
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/rates"
	"qingfeng/internal/mod/system"
)

// ratesRows are those of the three rates.
func ratesRows() []row {
	month := func(more string) func(m *matrix, at site) call {
		return func(_ *matrix, at site) call {
			return call{query: "window=" + at.month + "&parent=" + at.region.Code + more, shows: at.hospital.Name}
		}
	}
	hospital := func(_ *matrix, at site) call {
		return call{query: "window=" + at.month + "&subject=department&parent=" + at.hospital.ID, shows: at.department.Name}
	}
	inside := listed(sited("GET /rates/table", hospital))
	inside.about = "the departments of the hospital"
	window := func(_ *matrix, at site) call { return call{fill: []string{at.month}} }
	return []row{
		lone("GET /rates/dictionary", nothing),
		listed(sited("GET /rates/windows", func(_ *matrix, at site) call {
			return call{query: "limit=100&parent=" + at.region.Code, shows: at.month}
		})),
		listed(sited("GET /rates/table", month("&limit=100"))), inside,
		listed(sited("GET /rates/table/export", month("&format=csv"))),
		listed(sited("GET /rates/trend", func(_ *matrix, at site) call {
			return call{query: "kind=month&subject=institution&parent=" + at.region.Code + "&id=" + at.hospital.ID, shows: at.month}
		})),
		listed(sited("GET /rates/cases", func(_ *matrix, at site) call {
			return call{query: "limit=100&measure=received&window=" + at.month + "&parent=" + at.region.Code, shows: at.past}
		})),
		sited("GET /rates/extract", month("&format=csv")),
		sited("POST /rates/recompute", func(_ *matrix, at site) call {
			return call{body: map[string]any{"kind": "month", "start": "2026-09-01", "parent": at.region.Code}}
		}),
		sited("GET /rates/windows/{id}/pack", window), sited("GET /rates/windows/{id}/pack/export", window),
		sited("POST /rates/windows/{id}/sign", func(m *matrix, at site) call {
			return call{fill: []string{m.counted(at)}, body: map[string]any{"note": "签发。"}}
		}),
	}
}

// figureRows are those of what modules publish by name. The figure of the table is
// how many cases there were in the months before: who may read it is what the rates
// say, and figures of other areas have the permissions of theirs.
func figureRows() []row {
	of := func(shows func(site) string) func(*matrix, site) call {
		return func(_ *matrix, at site) call {
			return call{fill: []string{"case.received"}, query: "from=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&path=" + at.region.Path, shows: shows(at)}
		}
	}
	return []row{
		listed(lone("GET /figures", func(*matrix, site) call { return call{shows: "case.received"} })),
		sited("GET /figures/{name}", of(func(site) string { return "" })),
		listed(sited("GET /figures/{name}/rows", of(func(at site) string { return at.past }))),
	}
}

// counted has some days counted that nobody has signed off.
func (m *matrix) counted(at site) (window string) {
	m.t.Helper()
	m.n++
	day := thatMorning.AddDate(0, 0, -100-m.n%300).Format("2006-01-02")
	in := rates.RecomputeInput{}
	in.Body.Kind, in.Body.Start, in.Body.End, in.Body.Parent = rates.Custom, day, day, at.region.Code
	window = got(m.s.Rates.Recompute(m.root(), in))(m).ID
	if err := m.s.Rates.Sweep(m.root()); err != nil {
		m.t.Fatal(err)
	}
	return window
}

// systemRows are those of running the program.
func systemRows() []row {
	const key = "casework.callback_days"
	logged := func(of func(m *matrix, at site) string, more string) func(m *matrix, at site) call {
		return func(m *matrix, at site) call {
			id := of(m, at)
			m.noted(at, id)
			return call{query: "subject=" + id + more, shows: "case.note"}
		}
	}
	clue := listed(sited("GET /audit", logged((*matrix).clueAt, "&limit=100")))
	clue.about = "what was done with an integrity clue"
	return []row{
		listed(sited("GET /audit", logged((*matrix).handling, "&limit=100"))), clue,
		listed(sited("GET /audit/export", logged((*matrix).handling, "&format=csv"))),
		lone("GET /calendar/years", nothing), lone("GET /calendar/{year}", func(*matrix, site) call { return call{fill: []string{"2026"}} }),
		lone("POST /calendar/years", func(*matrix, site) call { return call{body: holidays()} }),
		lone("GET /jobs/backlog", nothing), lone("GET /jobs/dead", nothing),
		lone("POST /jobs/dead/{id}/revive", func(m *matrix, _ site) call {
			return call{fill: []string{m.dead()}, body: map[string]any{"reason": "故障已排除。"}}
		}),
		lone("GET /notifications", nothing), lone("GET /notifications/unread", nothing),
		lone("POST /notifications/read", func(*matrix, site) call { return call{body: map[string]any{"all": true}} }),
		sited("GET /settings", func(_ *matrix, at site) call { return call{query: "scope=" + at.region.Path} }),
		lone("GET /settings/{key}/history", func(*matrix, site) call { return call{fill: []string{key}} }),
		sited("POST /settings/{key}", func(m *matrix, at site) call {
			return call{fill: []string{key}, body: map[string]any{"value": 8, "scope": at.region.Path, "reason": "本地规定。", "seen": m.latest(key, at.region.Path)}}
		}),
		lone("GET /status", nothing),
	}
}

// holidays are the days off of a year that is not announced yet.
func holidays() map[string]any {
	off := []string{"2027-01-01", "2027-05-01", "2027-05-02", "2027-10-01", "2027-10-02", "2027-10-03"}
	return map[string]any{"year": 2027, "reason": "国务院办公厅通知。", "off": off}
}

// dead leaves a job that failed for good.
func (m *matrix) dead() (id string) {
	m.t.Helper()
	id = db.NewID()
	m.in(func(tx *db.Tx) error {
		return tx.Add(`insert into job (id, kind, args, run_at, attempts, dead, created_at) values ($1, 'rates.sweep', '{}', 0, 20, 1, 0)`, id)
	})
	return id
}

// latest is the version of a setting that somebody saw who changes it.
func (m *matrix) latest(key, scope string) string {
	m.t.Helper()
	list := got(m.s.System.ListSettings(m.root(), system.AtScope{Scope: scope}))(m)
	return list.Items[slices.IndexFunc(list.Items, func(s system.Setting) bool { return s.Key == key })].Latest
}

// noted has somebody of the commission add a note to a case.
func (m *matrix) noted(at site, id string) {
	m.t.Helper()
	in := casework.NoteInput{ID: id}
	in.Body.Text = "待核。"
	got(m.s.Casework.Note(m.by(at), in))(m)
}

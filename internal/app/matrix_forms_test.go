package app

import (
	"github.com/google/uuid"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/form"
)

// formRows are those of forms, which everybody reads; who makes them and who reads
// answers is narrowed to the own scope.
func formRows() []row {
	draft := func(m *matrix, at site) call {
		d := m.form(at, false)
		return call{fill: []string{d.ID}, body: map[string]any{"draft": plainDraft("检查表"), "revision": d.Revision}}
	}
	publish := func(m *matrix, at site) call {
		d := m.form(at, false)
		return call{fill: []string{d.ID}, body: map[string]any{"revision": d.Revision, "reason": "按通知要求。"}}
	}
	answers := func(query string) func(m *matrix, at site) call {
		return func(m *matrix, at site) call {
			d := m.form(at, true)
			return call{fill: []string{d.ID}, query: query, shows: m.answeredForm(d, at)}
		}
	}
	return []row{
		listed(sited("GET /forms", func(m *matrix, at site) call { return call{query: "limit=200", shows: m.form(at, true).ID} })),
		sited("GET /forms/{id}", func(m *matrix, at site) call { return call{fill: []string{m.form(at, true).ID}} }),
		sited("GET /forms/{id}/versions/{n}", func(m *matrix, at site) call { return call{fill: []string{m.form(at, true).ID, "1"}} }),
		sited("POST /forms", func(_ *matrix, at site) call {
			return call{body: map[string]any{"owner_path": at.region.Path, "purpose": "inspection", "name_zh": "检查表", "name_en": "Checklist"}}
		}),
		lone("POST /forms/check", func(*matrix, site) call { return call{body: map[string]any{"schema": plainDraft("检查表")}} }),
		sited("POST /forms/{id}/draft", draft),
		sited("GET /forms/{id}/effects", func(m *matrix, at site) call { return call{fill: []string{m.form(at, false).ID}} }),
		sited("POST /forms/{id}/publish", publish),
		sited("POST /forms/{id}/retire", func(m *matrix, at site) call {
			return call{fill: []string{m.form(at, true).ID}, body: map[string]any{"reason": "已有新表。"}}
		}),
		listed(sited("GET /forms/{id}/answers", answers(""))), listed(sited("GET /forms/{id}/answers/export", answers("format=csv"))),
	}
}

// plainDraft is a form of every kind of column that answers are counted by.
func plainDraft(name string) map[string]any {
	label := map[string]any{"zh": "项", "en": "Item"}
	return map[string]any{"x-title": map[string]any{"zh": name, "en": "Checklist"}, "x-sections": []any{map[string]any{"zh": "一", "en": "One", "fields": []any{"beds", "note", "day", "who"}}},
		"properties": map[string]any{"beds": map[string]any{"x-kind": "number", "x-label": label}, "note": map[string]any{"x-kind": "text", "x-label": label},
			"day": map[string]any{"x-kind": "date", "x-label": label}, "who": map[string]any{"x-kind": "institution", "x-label": label}}}
}

// form is a form of a region.
func (m *matrix) form(at site, published bool) form.Detail {
	m.t.Helper()
	name := m.name("检查表")
	in := form.Posted[form.NewForm]{Body: form.NewForm{OwnerPath: at.region.Path, Purpose: "inspection", NameZH: name, NameEN: "Checklist", Draft: plainDraft(name)}}
	d := got(m.s.Forms.Create(m.root(), in))(m)
	if published {
		d = got(m.s.Forms.Publish(m.root(), form.PostedTo[form.Publication]{One: form.One{ID: d.ID}, Body: form.Publication{Revision: d.Revision, Reason: "按通知要求。"}}))(m)
	}
	return d
}

// answeredForm leaves an answer about the hospital, and returns the record that it
// belongs to.
func (m *matrix) answeredForm(d form.Detail, at site) (subject string) {
	m.t.Helper()
	subject = "visit:" + db.NewID()
	in := form.Given{ID: uuid.NewString(), FormID: d.ID, Path: at.hospital.Path, Subject: subject,
		Answers: map[string]any{"beds": 12, "note": m.name("床位"), "day": "2026-07-28", "who": at.hospital.ID}}
	y := got(m.s.Forms.Prepare(m.root(), in))(m)
	m.in(func(tx *db.Tx) error {
		_, _, err := m.s.Forms.Answer(m.root(), tx, y)
		return err
	})
	return subject
}

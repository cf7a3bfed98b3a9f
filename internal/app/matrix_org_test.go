package app

import (
	"encoding/json"
	"fmt"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org"
)

// codeRows are those of the codes on the walls, and of what staff enter.
func codeRows() []row {
	reason := map[string]any{"reason": "海报破损。"}
	hung := func(m *matrix, at site) call { return call{fill: []string{m.codeAt(m.place(at))}, body: reason} }
	down := func(m *matrix, at site) call {
		c := hung(m, at)
		in := intake.TakeDown{ID: c.fill[0]}
		in.Body.Reason = "暂停使用。"
		got(m.s.Intake.Revoke(m.root(), in))(m)
		return c
	}
	there := func(shows func(m *matrix, at site) string, more string) func(m *matrix, at site) call {
		return func(m *matrix, at site) call {
			return call{query: "institution=" + at.hospital.ID + more, shows: shows(m, at)}
		}
	}
	hospital := func(_ *matrix, at site) call {
		return call{query: "format=csv&limit=100&q=" + at.hospital.Name, shows: at.hospital.Name}
	}
	return []row{
		listed(sited("GET /codes", there(func(_ *matrix, at site) string { return at.code }, "&limit=100"))),
		sited("GET /codes/{id}", func(_ *matrix, at site) call { return call{fill: []string{at.code}} }),
		sited("POST /codes", func(m *matrix, at site) call { return call{body: map[string]any{"places": []string{m.place(at).ID}}} }),
		sited("POST /codes/posters", func(_ *matrix, at site) call {
			return call{body: map[string]any{"codes": []string{at.code}, "size": "a6"}}
		}),
		sited("POST /codes/{id}/rotate", hung), sited("POST /codes/{id}/revoke", hung), sited("POST /codes/{id}/replace", down),
		listed(sited("GET /codes/bare", there(func(m *matrix, at site) string { return m.place(at).ID }, "&limit=100"))),
		listed(sited("GET /codes/coverage", hospital)), listed(sited("GET /codes/coverage/export", hospital)),
		listed(sited("GET /codes/coverage/regions", func(_ *matrix, at site) call {
			return call{query: "region=" + at.region.Parent, shows: `"` + at.region.Code + `"`}
		})),
		listed(sited("GET /codes/scans", there(func(_ *matrix, at site) string { return at.place.ID }, ""))),
		sited("POST /reports", func(m *matrix, at site) call {
			return call{body: map[string]any{"category": "A", "mode": "named", "narrative": "护士站态度冷漠。", "reporter_name": "张三", "reporter_phone": "13900000001",
				"institution": at.hospital.ID, "region": at.region.Code, "channel": "telephone"}}
		}),
		lone("GET /intake/dictionaries", nothing), listed(sited("GET /intake/imports/hotline", hotlineFile)), lone("GET /intake/imports/hotline/template", nothing),
		imported("POST /intake/imports/hotline", (*matrix).orders),
	}
}

// hotlineFile is the list of files after somebody of the commission brought one in.
func hotlineFile(m *matrix, at site) call {
	in := bulk.Upload{Name: m.name("工单") + ".csv", Commit: true, RawBody: []byte(m.orders(at))}
	a := authz.Actor{ID: at.reviewer, Unit: at.commission.ID, Path: at.commission.Path,
		Grants: []authz.Grant{{Path: at.region.Path, Permissions: []authz.Permission{intake.Import}}}}
	got(m.s.Intake.ImportHotline(authz.With(m.t.Context(), a), in))(m)
	return call{query: "limit=100", shows: in.Name}
}

// orders is a table with an order of the 12345 centre.
func (m *matrix) orders(at site) string {
	return fmt.Sprintf("工单编号,来电时间,来电人姓名,来电人号码,来电类别,问题分类编码,事发地,被反映机构,主要内容\n%s,2026-10-28 08:12,张三,13900000001,投诉,A,%s,%s,护士站态度冷漠。\n",
		m.name("GD2026"), at.region.Code, at.hospital.Name)
}

// imported is a row of a table that is brought in: what lies beyond the person
// is not found there.
func imported(op string, table func(m *matrix, at site) string) row {
	r := sited(op, func(m *matrix, at site) call { return call{query: "name=table.csv&commit=true", raw: table(m, at)} })
	r.judge = func(_ call, body []byte) answer {
		var report struct {
			Imported int               `json:"imported"`
			Problems []json.RawMessage `json:"problems"`
		}
		if err := json.Unmarshal(body, &report); err != nil || report.Imported == 0 && len(report.Problems) == 0 {
			return absent
		}
		if report.Imported == 0 {
			return hidden
		}
		return done
	}
	return r
}

// orgRows are those of regions, units and places.
func orgRows() []row {
	find := func(shows func(m *matrix, at site) string, key string) func(m *matrix, at site) call {
		return func(m *matrix, at site) call {
			id := shows(m, at)
			return call{query: key + "=" + at.hospital.ID + "&limit=100", shows: id}
		}
	}
	department := func(m *matrix, at site) string { return at.department.ID }
	fresh := func(body any, of func(m *matrix, at site) string) func(m *matrix, at site) call {
		return func(m *matrix, at site) call { return call{fill: []string{of(m, at)}, body: body} }
	}
	newHospital := func(m *matrix, at site) string { return m.hospital(at).ID }
	newDepartment := func(m *matrix, at site) string { return m.department(at).ID }
	newPlace := func(m *matrix, at site) string { return m.place(at).ID }
	reason := map[string]any{"reason": "机构调整。"}
	return []row{
		lone("GET /org/dictionaries", nothing), lone("GET /org/regions", nothing), lone("GET /org/roles", nothing),
		listed(sited("GET /org/tree", func(_ *matrix, at site) call { return call{query: "node=" + at.hospital.ID, shows: at.department.ID} })),
		listed(sited("GET /org/units", find(department, "below"))),
		sited("GET /org/units/{id}", fresh(nil, department)),
		sited("POST /org/units", func(m *matrix, at site) call {
			return call{body: map[string]any{"kind": "department", "name": m.name("新科"), "parent": at.hospital.ID}}
		}),
		sited("PATCH /org/units/{id}", fresh(map[string]any{"phone": "0990-8700001"}, newDepartment)),
		sited("POST /org/units/{id}/close", fresh(reason, newDepartment)),
		listed(sited("GET /org/institutions", func(_ *matrix, at site) call {
			return call{query: "limit=100&q=" + at.hospital.Name, shows: at.hospital.ID}
		})),
		sited("POST /org/institutions", func(m *matrix, at site) call {
			return call{body: map[string]any{"name": m.name("新医院"), "parent": at.region.Code, "subkind": "general"}}
		}),
		sited("PATCH /org/institutions/{id}", fresh(map[string]any{"beds": 120}, newHospital)),
		sited("PUT /org/institutions/{id}/codes/{system}", func(m *matrix, at site) call {
			return call{fill: []string{newHospital(m, at), string(org.InsuranceCode)}, body: map[string]any{"value": m.insurance(at)}}
		}),
		sited("POST /org/institutions/{id}/codes/{system}/end", func(m *matrix, at site) call {
			id := newHospital(m, at)
			in := org.NewCode{ID: id, System: org.InsuranceCode}
			in.Body.Value = m.insurance(at)
			got(m.s.Org.SetCode(m.root(), in))(m)
			return call{fill: []string{id, string(org.InsuranceCode)}, body: reason}
		}),
		listed(sited("GET /org/places", find(func(_ *matrix, at site) string { return at.place.ID }, "institution"))),
		sited("GET /org/places/{id}", fresh(nil, func(_ *matrix, at site) string { return at.place.ID })),
		sited("POST /org/places", func(m *matrix, at site) call {
			return call{body: map[string]any{"kind": "ward", "name": m.name("新病区"), "unit_id": at.department.ID}}
		}),
		sited("PATCH /org/places/{id}", fresh(map[string]any{"location": "三楼"}, newPlace)),
		sited("POST /org/places/{id}/close", fresh(reason, newPlace)),
		imported("POST /org/imports/institutions", func(m *matrix, at site) string {
			return fmt.Sprintf("机构名称,行政区划,机构类别\n%s,%s,综合医院\n", m.name("导入医院"), at.region.Code)
		}),
		imported("POST /org/imports/departments", func(m *matrix, at site) string {
			return fmt.Sprintf("机构,科室名称\n%s,%s\n", at.hospital.Name, m.name("导入科"))
		}),
		imported("POST /org/imports/places", func(m *matrix, at site) string {
			return fmt.Sprintf("机构,地点类型,地点名称\n%s,病区,%s\n", at.hospital.Name, m.name("导入病区"))
		}),
		imported("POST /org/imports/staff", func(m *matrix, at site) string {
			return fmt.Sprintf("单位,姓名\n%s,%s\n", at.hospital.Name, m.name("导入职员"))
		}),
		lone("GET /org/imports/institutions/template", nothing), lone("GET /org/imports/departments/template", nothing),
		lone("GET /org/imports/places/template", nothing), lone("GET /org/imports/staff/template", nothing),
	}
}

// insurance returns a code of the medical insurance that nobody has.
func (m *matrix) insurance(at site) string {
	m.n++
	return fmt.Sprintf("H%s%05d", at.region.Code, m.n)
}

// staffRows are those of people, their accounts and roles.
func staffRows() []row {
	reason := map[string]any{"reason": "岗位调整。"}
	worker := func(body any) func(m *matrix, at site) call {
		return func(m *matrix, at site) call { return call{fill: []string{m.staff(at.department)}, body: body} }
	}
	account := func(body any) func(m *matrix, at site) call {
		return func(m *matrix, at site) call { return call{fill: []string{m.account(at.department).staff}, body: body} }
	}
	masked := sited("GET /org/staff/{id}", func(_ *matrix, at site) call { return call{fill: []string{at.worker}, shows: `"masked":false`} })
	masked.about = "with telephone and account"
	office := sited("POST /org/staff/{id}/grants", func(m *matrix, at site) call {
		return call{fill: []string{m.staff(at.commission)}, body: map[string]any{"role": "supervisor", "path": at.region.Path}}
	})
	office.about = "of the commission, to its own people"
	above := sited("POST /org/staff/{id}/grants", func(m *matrix, at site) call {
		return call{fill: []string{m.staff(at.department)}, body: map[string]any{"role": "supervisor", "path": at.region.Path}}
	})
	above.about = "of the commission, to people of the hospital"
	return []row{
		listed(sited("GET /org/staff", func(_ *matrix, at site) call {
			return call{query: "below=" + at.hospital.ID + "&limit=100", shows: at.worker}
		})),
		sited("GET /org/staff/{id}", func(_ *matrix, at site) call { return call{fill: []string{at.worker}} }), listed(masked),
		sited("POST /org/staff", func(m *matrix, at site) call {
			return call{body: map[string]any{"name": m.name("新职员"), "unit_id": at.department.ID}}
		}),
		sited("PATCH /org/staff/{id}", worker(map[string]any{"title": "主任"})),
		sited("POST /org/staff/{id}/account", func(m *matrix, at site) call {
			return call{fill: []string{m.staff(at.department)}, body: map[string]any{"username": m.name("fresh")}}
		}),
		sited("POST /org/staff/{id}/account/reset", account(reason)),
		sited("POST /org/staff/{id}/close", account(reason)),
		sited("POST /org/staff/{id}/reopen", func(m *matrix, at site) call {
			c := account(reason)(m, at)
			in := org.PostedTo[org.Reason]{ID: c.fill[0]}
			in.Body.Reason = "离职。"
			got(m.s.Org.CloseStaff(m.root(), in))(m)
			return c
		}),
		listed(sited("GET /org/grants", func(m *matrix, at site) call {
			id := m.grant(m.staff(at.department), "handler", at.department.Path)
			return call{query: "below=" + at.hospital.ID + "&limit=100", shows: id}
		})),
		sited("POST /org/staff/{id}/grants", func(m *matrix, at site) call {
			return call{fill: []string{m.staff(at.department)}, body: map[string]any{"role": "handler", "path": at.department.Path}}
		}), office, above,
		sited("POST /org/grants/{id}/revoke", func(m *matrix, at site) call {
			return call{fill: []string{m.grant(m.staff(at.department), "handler", at.department.Path)}, body: reason}
		}),
	}
}

// accountRows are those of what a security administrator does with accounts.
func accountRows() []row {
	ask := func(what string, pairs ...any) row {
		return sited("POST /org/staff/{id}/"+what, func(m *matrix, at site) call {
			b := body(append(pairs, "reason", "岗位调整。")...)
			if what == "handover" {
				b["successor"] = m.account(at.department).staff
			}
			return call{fill: []string{m.account(at.department).staff}, body: b}
		})
	}
	linked := sited("POST /org/staff/{id}/identity", func(m *matrix, at site) call {
		return call{fill: []string{m.account(at.department).staff}, body: body("subject", m.name("subject"), "reason", "统一登录。")}
	})
	return []row{
		lone("GET /org/policy", nothing),
		lone("POST /org/policy", func(*matrix, site) call {
			return call{body: body("factor_roles", []string{}, "dormant_days", 90, "link_hours", 4, "reason", "等保要求。")}
		}),
		sited("GET /org/staff/{id}/safety", func(m *matrix, at site) call { return call{fill: []string{m.account(at.department).staff}} }),
		ask("factors/reset"), ask("sessions/end"), ask("handover"), linked, ask("identity/remove"),
	}
}

// sessionRows are those of signing in and out, and of the own account. They come
// last: they end the sessions of the people.
func sessionRows() []row {
	proof := func(op string, pairs ...any) row {
		r := lone(op, func(*matrix, site) call {
			c := call{body: body(pairs...)}
			if strings.Contains(op, "{") {
				c.fill = []string{db.NewID()}
			}
			return c
		})
		r.proof, r.about = true, "without what only its owner has"
		return r
	}
	rows := []row{
		lone("POST /session", func(m *matrix, at site) call {
			p := m.account(at.department)
			return call{body: body("username", p.username, "password", everybodys), as: "qf_session=none"}
		}),
		lone("GET /session", nothing), lone("GET /session/ways", nothing), lone("GET /session/factors", nothing),
		lone("GET /session/deeds", nothing), lone("GET /session/list", nothing),
		proof("GET /session/second"), proof("POST /session/second", "code", "123456"),
		proof("POST /session/link", "token", "none"), proof("POST /session/link/first", "token", "none", "phone", "1357", "pin", "739164"),
		proof("POST /session/link/enter", "token", "none", "pin", "739164"),
		proof("POST /session/passkey"), proof("POST /session/passkey/answer", "ceremony", "none", "answer", body()),
		proof("POST /session/code", "password", "wrong"), proof("POST /session/code/confirm", "code", "123456"),
		proof("POST /session/code/remove", "password", "wrong"), proof("POST /session/recovery", "password", "wrong"),
		proof("POST /session/passkeys", "password", "wrong"), proof("POST /session/passkeys/answer", "ceremony", "none", "answer", body(), "name", "工作电脑"),
		proof("PATCH /session/passkeys/{id}", "name", "工作电脑"), proof("POST /session/passkeys/{id}/remove", "password", "wrong"),
		proof("POST /session/sso/link", "password", "wrong"), proof("PATCH /session/list/{id}", "name", "工作电脑"), proof("POST /session/list/{id}/end"),
		lone("POST /session/list/end", nothing),
		lone("POST /session/password", func(*matrix, site) call { return call{body: body("old", everybodys, "new", everybodys+"-2")} }),
		lone("DELETE /session", nothing),
	}
	return rows
}

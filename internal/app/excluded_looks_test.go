package app

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/mod/rates"
)

// look is one thing that can be read.
type look struct {
	op string
	call
}

// String is how a look is named where it shows a difference.
func (l look) String() string {
	return strings.Join(append([]string{l.op + "?" + l.query}, l.fill...), " ")
}

// whispered are words that are said in the hidden cases alone.
const whispered = "魑魅罔象"

// allLooks are all operations that read something, each with whatever can be
// chosen. An operation that has none fails the test.
func (u *unaware) allLooks() (all []look) {
	u.t.Helper()
	with := u.lookedFor()
	for op, e := range u.ops {
		if e.Method != http.MethodGet {
			continue
		}
		calls, known := with[op]
		if !known {
			u.t.Errorf("%s reads something: say in excluded_looks_test.go how it is looked at", op)
		}
		for _, c := range calls {
			all = append(all, look{op, c})
		}
	}
	slices.SortFunc(all, func(a, b look) int { return strings.Compare(a.String(), b.String()) })
	return all
}

// queries makes a call of each query.
func queries(qs ...string) (cs []call) {
	for _, q := range qs {
		cs = append(cs, call{query: q})
	}
	return cs
}

// paths makes a call of each parameter of a path.
func paths(ids ...string) (cs []call) {
	for _, id := range ids {
		cs = append(cs, call{fill: []string{id}})
	}
	return cs
}

// product puts each of some queries behind each of others.
func product(first, second []string) (out []string) {
	for _, a := range first {
		for _, b := range second {
			out = append(out, strings.Trim(a+"&"+b, "&"))
		}
	}
	return out
}

// each writes a parameter with each of some values.
func each(name string, values ...string) (out []string) {
	for _, v := range values {
		out = append(out, name+"="+url.QueryEscape(v))
	}
	return out
}

// filters are the ways in which a list of cases is narrowed.
func (u *unaware) filters() []string {
	at := u.sites[own]
	all := slices.Concat([]string{""},
		each("box", "all", "open", "todo", "overdue", "due", "closed"),
		each("state", "received", "accepted", "dispatched", "handling", "reviewing", "calling", "archived", "rejected", "merged", "withdrawn"),
		each("category", "A", "F"), each("channel", "website", "ward"), each("urgency", "normal", "urgent", "critical"), each("mode", "named", "anonymous", "confidential"),
		each("route", "general", "integrity"), each("unit", at.hospital.ID, at.commission.ID), each("institution", at.hospital.ID),
		each("below", at.region.Code, at.hospital.ID, at.department.ID), each("q", "护士站", whispered, "QF-990102", "红包"))
	for _, k := range []string{"triage", "dispatch", "work", "review", "decide", "callback", "dispose", "order", "report"} {
		all = append(all, "box=todo&waits="+k)
	}
	return all
}

// lookedFor says how each operation that reads is looked at.
func (u *unaware) lookedFor() map[string][]call {
	at, above := u.sites[own], u.sites[parent].region.Code
	windows := []string{"kind=month&start=2026-10-01", "kind=day&start=2026-10-28", "kind=month"}
	subjects := each("subject", "unit", "institution", "department", "region", "category")
	within := each("parent", at.region.Code, above, at.hospital.ID)
	tables := product(product(windows, subjects), within)
	var packs []call
	for _, w := range []string{at.month, at.region.Code + ".month.20261001"} {
		packs = append(packs, call{fill: []string{w}})
	}
	files := []call{{fill: []string{u.shown[0], u.file}}}
	var measures []string
	for _, m := range rates.Measures() {
		measures = append(measures, "measure="+string(m.Code))
	}
	reads := "from=" + url.QueryEscape(lookedAt().Add(time.Millisecond).Format(time.RFC3339Nano)) // what happens from now on
	until := "to=" + url.QueryEscape(lookedAt().Format(time.RFC3339Nano))
	with := map[string][]call{
		"GET /audit":                   queries(product([]string{reads, until}, []string{"limit=200", "limit=200&action=case", "limit=200&subject=" + u.shown[0], "limit=200&actor=system"})...),
		"GET /audit/export":            queries(reads+"&format=csv", until+"&format=csv"),
		"GET /cases":                   append(queries(product(u.filters(), []string{"limit=100&count=true"})...), queries("limit=2", "limit=2&box=open")...),
		"GET /cases/export":            queries(product(u.filters()[:8], []string{"format=csv"})...),
		"GET /cases/{id}":              paths(u.shown...),
		"GET /cases/{id}/archive":      paths(u.shown[0]),
		"GET /cases/{id}/files/{file}": files,
		// Who looked at a file is what this comparison itself adds to: it asks about none.
		"GET /cases/{id}/files/{file}/custody": {{fill: []string{u.shown[0], "nothing"}}},
		"GET /cases/{id}/repeats":              paths(u.shown...),
		"GET /casework/dictionaries":           queries(""),
		"GET /catalogue":                       queries(""),
		"GET /identity/requests":               queries("limit=100", "over=true&limit=100"),
		"GET /jobs/backlog":                    queries(""),
		"GET /jobs/dead":                       queries(""),
		"GET /notifications":                   queries("limit=100", "unread=true&limit=100"),
		"GET /notifications/unread":            queries(""),
		"GET /rates/cases":                     queries(product(product(windows[:1], within), product(measures, []string{"limit=100"}))...),
		"GET /rates/dictionary":                queries(""),
		"GET /rates/extract":                   queries(product(windows, each("parent", at.region.Code, above))...),
		"GET /rates/table":                     queries(product(tables, []string{"limit=100"})...),
		"GET /rates/table/export":              queries(product(product(windows[:1], subjects), product(within, []string{"format=csv"}))...),
		"GET /rates/trend":                     queries(product(product(each("kind", "month", "day"), subjects), product(within, each("id", at.hospital.ID)))...),
		"GET /rates/windows":                   queries(product(within, []string{"limit=100"})...),
		"GET /rates/windows/{id}/pack":         packs,
		"GET /rates/windows/{id}/pack/export":  append(packs, call{fill: packs[0].fill, query: "format=docx"}),
		"GET /status":                          queries(""),
		"GET /workbench":                       queries(""),
	}
	maps.Copy(with, u.lookedForBeside())
	maps.Copy(with, u.lookedForFigures())
	maps.Copy(with, u.lookedForCaseless())
	return with
}

// lookedForFigures says it of what is counted by name: every figure of cases, at each
// node above them.
func (u *unaware) lookedForFigures() map[string][]call {
	at, above := u.sites[own], u.sites[parent].region.Path
	nodes := each("path", at.region.Path, above, at.hospital.Path)
	var values, rows []call
	for _, f := range u.s.Figures.Known() {
		if strings.HasPrefix(f.Name, "case.") {
			for _, q := range product(nodes, []string{"from=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z"}) {
				values = append(values, call{fill: []string{f.Name}, query: q})
				rows = append(rows, call{fill: []string{f.Name}, query: q + "&limit=100"}, call{fill: []string{f.Name}, query: q + "&limit=2"})
			}
		}
	}
	return map[string][]call{"GET /figures": queries(""), "GET /figures/{name}": values, "GET /figures/{name}/rows": rows}
}

// lookedForCaseless says it of areas that know no case: their lists, and a record
// that is not there.
func (u *unaware) lookedForCaseless() map[string][]call {
	with := map[string][]call{}
	caseless := []string{
		"GET /campaigns", "GET /returns", "GET /typical-cases", "GET /briefs", "GET /look-back/", "GET /conduct-staff", "GET /inspection/", "GET /sanctions/", "GET /forms",
		"GET /public/campaigns", "GET /public/draws", "GET /public/inspections", "GET /public/sanctions", "GET /public/typical-cases",
	}
	for op, e := range u.ops {
		if !slices.ContainsFunc(caseless, func(area string) bool { return strings.HasPrefix(op, area) }) {
			continue
		}
		c := call{query: "limit=100"}
		for range parameter.FindAllString(e.Path, -1) {
			c.fill = append(c.fill, "nothing")
		}
		with[op] = []call{c}
	}
	return with
}

// lookedForBeside says it of what is no case and no figure.
func (u *unaware) lookedForBeside() map[string][]call {
	at, above := u.sites[own], u.sites[parent].region.Code
	return map[string][]call{
		"GET /calendar/years":                    queries(""),
		"GET /calendar/{year}":                   paths("2026"),
		"GET /codes":                             queries("limit=100", "institution="+at.hospital.ID, "region="+at.region.Code),
		"GET /codes/bare":                        queries("limit=100"),
		"GET /codes/coverage":                    queries("limit=100", "gaps=true"),
		"GET /codes/coverage/export":             queries("format=csv"),
		"GET /codes/coverage/regions":            queries("region="+above, "region="+at.region.Code),
		"GET /codes/scans":                       queries("", "institution="+at.hospital.ID, "place="+at.place.ID),
		"GET /codes/{id}":                        paths(at.code),
		"GET /intake/dictionaries":               queries(""),
		"GET /intake/imports/hotline":            queries("limit=100"),
		"GET /intake/imports/hotline/template":   queries(""),
		"GET /org/dictionaries":                  queries(""),
		"GET /problems":                          queries("limit=100&count=true", "source=case&limit=100", "box=open&limit=100", "q="+url.QueryEscape(whispered)),
		"GET /problems/counts":                   queries("", "source=case"),
		"GET /problems/dictionary":               queries(""),
		"GET /problems/export":                   queries("format=csv"),
		"GET /problems/import/template":          queries(""),
		"GET /problems/{id}":                     paths("nothing"),
		"GET /problems/{id}/files/{file}":        {{fill: []string{"nothing", "nothing"}}},
		"GET /org/grants":                        queries("limit=100"),
		"GET /org/imports/departments/template":  queries(""),
		"GET /org/imports/institutions/template": queries(""),
		"GET /org/imports/places/template":       queries(""),
		"GET /org/imports/staff/template":        queries(""),
		"GET /org/institutions":                  queries("limit=100"),
		"GET /org/places":                        queries("limit=100"),
		"GET /org/places/{id}":                   paths(at.place.ID),
		"GET /org/policy":                        queries(""),
		"GET /org/regions":                       queries("", "parent="+above),
		"GET /org/roles":                         queries("", "staff="+at.worker),
		"GET /org/staff":                         queries("limit=100", "dormant=true&limit=100", "mine=true&limit=100"),
		"GET /org/staff/{id}":                    paths(at.worker, at.reviewer),
		"GET /org/staff/{id}/safety":             paths(at.worker),
		"GET /org/tree":                          queries("", "node="+at.region.Code, "node="+at.hospital.ID),
		"GET /org/units":                         queries("limit=100", "mine=true&limit=100"),
		"GET /org/units/{id}":                    paths(at.hospital.ID, at.commission.ID),
		"GET /public/directory":                  queries("region=" + at.region.Code),
		"GET /public/institutions":               queries("region=" + at.region.Code),
		"GET /public/receipts/{receipt}":         paths("0000-0000-0000-0000"),
		"GET /public/receipts/{receipt}/file":    paths("0000-0000-0000-0000"),
		"GET /public/regions":                    queries(""),
		"GET /session":                           queries(""),
		"GET /session/deeds":                     queries(""),
		"GET /session/factors":                   queries(""),
		"GET /session/list":                      queries(""),
		"GET /session/second":                    queries(""),
		"GET /session/ways":                      queries(""),
		"GET /settings":                          queries("", "scope="+at.region.Path),
		"GET /settings/{key}/history":            paths("casework.callback_days"),
	}
}

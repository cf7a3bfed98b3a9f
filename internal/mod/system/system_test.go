package system_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/verify"
	"qingfeng/internal/mod/system"
	"qingfeng/internal/org"
)

// world is a city with two districts, a hospital in the first and a person in
// each of three units.
type world struct {
	*testing.T
	*system.Service
	time time.Time

	city, district, hospital string // paths
}

// each runs f in a world of its own on both engines.
func each(t *testing.T, f func(*world)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(newWorld(t, d)) },
		dbtest.Migration{Module: "org", Files: org.Migrations()}, dbtest.Migration{Module: "setting", Files: config.Migrations()},
		dbtest.Migration{Module: "audit", Files: audit.Migrations()}, dbtest.Migration{Module: "job", Files: job.Migrations()},
		dbtest.Migration{Module: "system", Files: system.Migrations()})
}

func newWorld(t *testing.T, d *db.DB) *world {
	w := &world{T: t, time: at("2026-07-28T09:00:00+08:00")}
	now := func() time.Time { return w.time }
	w.Service = &system.Service{DB: d, Now: now, Queue: job.New(d, now), Audit: audit.New(now), Settings: config.New(d, now),
		Version: "1.2.3", Started: w.time.Add(-time.Hour), Subjects: names{}}
	w.Settings.Declare(days().Setting)
	w.Settings.Declare(w.Module().Settings...)
	region := org.NewRegion("990102", "东区")
	w.city, w.district = "/990000/990100/", region.Path
	w.hospital = w.district + "hospital/"
	w.must(d.InTx(t.Context(), func(tx *db.Tx) error {
		if err := org.InsertRegion(tx, org.NewRegion("990100", "清风市"), region, org.NewRegion("990103", "西区")); err != nil {
			return err
		}
		for _, u := range []org.Unit{
			{ID: "commission", Kind: org.Commission, Path: w.city + "commission/", Name: "清风市卫生健康委", CreatedAt: w.time},
			{ID: "hospital", Kind: org.Institution, Path: w.hospital, Name: "东区医院", CreatedAt: w.time},
			{ID: "ward", Kind: org.Department, Path: w.hospital + "ward/", Name: "内科", CreatedAt: w.time},
		} {
			p := org.Staff{ID: "of-" + u.ID, UnitID: u.ID, Name: u.Name + "的人", CreatedAt: w.time}
			if err := org.InsertUnit(tx, u); err != nil {
				return err
			}
			if err := org.InsertStaff(tx, p); err != nil {
				return err
			}
		}
		return nil
	}))
	return w
}

// names are those of the organisation; the case c1 has a number.
type names struct{}

// Find implements system.Subjects.
func (names) Find(r db.Reader, text string) ([]string, error) {
	if text == "QF-1" {
		return []string{"c1"}, nil
	}
	return org.IDsByName(r, text)
}

// Plain implements system.Subjects.
func (names) Plain(r db.Reader, text string) (bool, error) {
	ids, err := org.IDsByName(r, text)
	return len(ids) > 0, err
}

// Names implements system.Subjects.
func (names) Names(r db.Reader, ids []string) (map[string]string, error) {
	found, err := org.Names(r, ids)
	found["c1"] = "QF-1"
	return found, err
}

// days is a setting of another module.
func days() config.Key[int] {
	return config.Define("gift.days", 30, i18n.T("登记期限", "Days to register"), i18n.T("天", "days"), config.Between(1, 90))
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// want expects a fault of kind k.
func (w *world) want(k fault.Kind, err error, what string) {
	w.Helper()
	if !fault.Is(err, k) {
		w.Errorf("%s: got %v, want a fault of kind %d", what, err, k)
	}
}

// as returns a context in which a member of staff acts who holds all
// permissions of system at path.
func (w *world) as(staff, path string) context.Context {
	return authz.With(w.Context(), authz.Actor{ID: staff, Session: "s-" + staff, Path: path, Grants: []authz.Grant{
		{Path: path, Permissions: []authz.Permission{system.ManageSettings, system.ManageJobs, system.ReadAudit}},
	}})
}

// top is the administrator of everything.
func (w *world) top() context.Context { return w.as("of-commission", "/") }

// actions lists what the log says was done, the oldest first.
func (w *world) actions() (done []string) {
	w.Helper()
	w.must(w.DB.Read(w.Context(), func(r db.Reader) (err error) {
		done, err = db.Values[string](r, `select action || ' ' || subject from audit order by id`)
		return err
	}))
	return done
}

// judge runs the module's own checks.
func (w *world) judge() (wrong int, said string) {
	w.Helper()
	var out strings.Builder
	wrong, err := verify.All(w.Context(), w.DB, &out, w.Module().Checks)
	w.must(err)
	return wrong, out.String()
}

func (w *world) exec(q string, args ...any) {
	w.Helper()
	w.must(w.DB.InTx(w.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(q, args...)
		return err
	}))
}

// call requests path as ctx's actor through the web.
func (w *world) call(ctx context.Context, request, body string) *httptest.ResponseRecorder {
	w.Helper()
	mux := http.NewServeMux()
	httpapi.New(mux, "Test", "1").Mount(w.Module().Endpoints...)
	method, path, _ := strings.Cut(request, " ")
	r := httptest.NewRequest(method, httpapi.Version+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	out := httptest.NewRecorder()
	mux.ServeHTTP(out, r.WithContext(ctx))
	return out
}

// Nobody without the permission gets anything, and every endpoint is known here.
func TestEveryEndpointAsksForItsPermission(t *testing.T) {
	each(t, func(w *world) {
		needs := map[string]authz.Permission{}
		for _, e := range w.Module().Endpoints {
			needs[e.Method+" "+e.Path] = e.Needs
		}
		want := map[string]authz.Permission{
			"GET /settings": system.ManageSettings, "GET /settings/{key}/history": system.ManageSettings, "POST /settings/{key}": system.ManageSettings,
			"GET /jobs/dead": system.ManageJobs, "POST /jobs/dead/{id}/revive": system.ManageJobs, "GET /jobs/backlog": system.ManageJobs, "GET /status": system.ManageJobs,
			"GET /audit": system.ReadAudit, "GET /audit/export": system.ReadAudit,
			"GET /calendar/years": "", "GET /calendar/{year}": "", "POST /calendar/years": system.ManageSettings,
		}
		if len(needs) != len(want) {
			w.Errorf("%d endpoints, %d known here", len(needs), len(want))
		}
		nobody := authz.With(w.Context(), authz.Actor{ID: "of-ward", Grants: []authz.Grant{{Path: "/", Permissions: []authz.Permission{org.Read}}}})
		for request, p := range want {
			if got, ok := needs[request]; !ok || got != p {
				w.Errorf("%s needs %q, want %q", request, got, p)
			}
			request = strings.NewReplacer("{key}", "gift.days", "{id}", "x", "{year}", "2026").Replace(request)
			if got := w.call(w.Context(), request, "{}").Code; got != http.StatusUnauthorized {
				w.Errorf("%s as a stranger: %d", request, got)
			}
			if got := w.call(nobody, request, "{}").Code; (p == "") != (got == http.StatusOK) || p != "" && got != http.StatusForbidden {
				w.Errorf("%s without permission: %d", request, got)
			}
		}
	})
}

func TestAnswersAreJSONAsDocumented(t *testing.T) {
	each(t, func(w *world) {
		for request, want := range map[string]string{
			"GET /settings":                   `"default":30,"in_force":{"id":"built-in","value":30,"scope":"",`,
			"GET /settings/gift.days/history": `{"items":[]}`,
			"GET /jobs/dead":                  `{"items":[]}`,
			"GET /jobs/backlog":               `{"due":0,"oldest_seconds":0,"dead":0}`,
			"GET /audit":                      `"action":"audit.read"`,
			"GET /calendar/years":             `"year":2026,"announced":true,"working_days":248,"imported":false,"sources":[],`,
			"GET /calendar/2026":              `{"date":"2026-02-14","kind":"makeup"}`,
			"GET /status":                     `"warnings":[]`,
		} {
			got := w.call(w.top(), request, "")
			if got.Code != http.StatusOK || !json.Valid(got.Body.Bytes()) || !strings.Contains(got.Body.String(), want) {
				w.Errorf("%s: %d %.600s", request, got.Code, got.Body)
			}
		}
	})
}

func TestBadRequestsAreNoFailures(t *testing.T) {
	each(t, func(w *world) {
		for request, body := range map[string]string{
			"GET /settings?scope=%00":      "",
			"GET /settings?scope=nowhere":  "",
			"GET /settings/%00/history":    "",
			"GET /settings/none/history":   "",
			"POST /settings/gift.days":     `{"value":null,"scope":"/","reason":"x","seen":""}`,
			"POST /settings/none":          `{"value":1,"scope":"/","reason":"x","seen":""}`,
			"POST /jobs/dead/%ff/revive":   `{"reason":"x"}`,
			"POST /jobs/dead/none/revive":  `{"reason":"x"}`,
			"POST /jobs/dead/x/revive":     `{"reason":""}`,
			"GET /audit?actor=%00":         "",
			"GET /audit?cursor=x":          "",
			"GET /audit?limit=0":           "",
			"GET /audit?from=yesterday":    "",
			"GET /audit/export?format=pdf": "",
			"GET /audit/export?action=%ff": "",
			"GET /calendar/1999":           "",
			"GET /calendar/2100":           "",
			"GET /calendar/next":           "",
			"POST /calendar/years":         `{"year":2027,"file":"{}","reason":"x"}`,
			"POST /calendar/years?x":       `{"year":2027,"reason":"x","off":["2027-13-01"]}`,
			"GET /audit?from=2026-07-28T00:00:00Z&to=" + "2026-07-28T00:00:00Z": "",
		} {
			if got := w.call(w.top(), request, body); got.Code < 400 || got.Code >= 500 || got.Body.Len() == 0 {
				w.Errorf("%s: %d %s", request, got.Code, got.Body)
			}
		}
	})
}

func TestMeaningIsBilingual(t *testing.T) {
	s := &system.Service{Settings: config.New(nil, clock.System)}
	for _, d := range s.Module().Settings {
		if d.Text.ZH == "" || d.Text.EN == "" {
			t.Errorf("%s is not explained in both languages", d.Key)
		}
	}
	for _, e := range s.Module().Endpoints {
		if e.Summary == "" {
			t.Errorf("%s %s has no summary", e.Method, e.Path)
		}
	}
}

package campaign_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/prose"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/kit/verify"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

const (
	cityPath = "/990000/990100/"
	eastPath = cityPath + "990101/"
	westPath = cityPath + "990102/"
)

// world is a city with two districts, three hospitals and two clinics.
type world struct {
	*campaign.Service
	t         *testing.T
	at        time.Time
	inspected map[string]time.Time
	handed    []string // files of returns, after the return
	moved     []string // uploads to where they are handed over
	rung      []string // who was told what, in words
	mu        sync.Mutex
	ledger    map[string]campaign.SelfFound // by source
	files     map[string][]string           // uploads, by record
	fined     []campaign.Ground
	mended    []campaign.Ground
	told      map[string][]string // kinds, by person
}

func each(t *testing.T, f func(*testing.T, *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		f(t, w)
		var said strings.Builder
		if wrong, err := verify.All(t.Context(), d, &said, append(w.Module().Checks, trail.Check())); err != nil || wrong > 0 && !t.Failed() {
			t.Errorf("the story left behind: %v\n%s", err, said.String())
		}
	}, dbtest.Migration{Module: "org", Files: org.Migrations()}, dbtest.Migration{Module: "audit", Files: audit.Migrations()}, dbtest.Migration{Module: "serial", Files: serial.Migrations()},
		dbtest.Migration{Module: "trail", Files: trail.Migrations()}, dbtest.Migration{Module: "campaign", Files: campaign.Migrations()},
		dbtest.Migration{Module: "figure", Files: figure.Migrations()}, dbtest.Migration{Module: "setting", Files: config.Migrations()},
		dbtest.Migration{Module: "form", Files: form.Migrations()}, visits)
}

func newWorld(t *testing.T, d *db.DB) *world {
	w := &world{t: t, at: time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai), inspected: map[string]time.Time{}, ledger: map[string]campaign.SelfFound{}, files: map[string][]string{}, told: map[string][]string{}}
	now := func() time.Time { return w.at }
	w.Service = &campaign.Service{DB: d, Now: now, Audit: audit.New(now), Trail: trail.New(now), Numbers: serial.New(d), Inspections: `select c.id as campaign, i.unit, i.at from inspected i, campaign c`,
		Book: book(), Files: returnFiles{w}, Calendar: func(context.Context, time.Time, time.Time) calendar.Calendar { return calendar.Builtin() },
		LinkKey: []byte("link-key"), URL: "https://qf.example.org", Ledger: w, Notify: notifier{w}, SelfFiles: w, Documents: prose.New(), Punished: punished{w}, Rectified: rectified{w}, Visited: w}
	w.Keeper = figure.Keeper{Book: w.Book, Settings: config.New(d, now), Now: now}
	w.tx(func(tx *db.Tx) error {
		for _, r := range [][]any{{"990000", "清江省", "", 1, "/990000/"}, {"990100", "清江市", "990000", 2, cityPath}, {"990101", "临江区", "990100", 3, eastPath}, {"990102", "望江区", "990100", 3, westPath}} {
			if _, err := tx.Exec(`insert into region (code, name, parent, level, path) values ($1, $2, $3, $4, $5)`, r...); err != nil {
				return err
			}
		}
		unit := func(id string, kind org.UnitKind, sub, parent, path, name string) org.Unit {
			return org.Unit{ID: id, Kind: kind, Subkind: sub, Parent: parent, Region: parent, Path: path + id + "/", Name: name, CreatedAt: w.at.AddDate(-1, 0, 0)}
		}
		return org.InsertUnit(tx, unit("city", org.Commission, "", "990100", cityPath, "清江市卫生健康委"), unit("east", org.Commission, "", "990101", eastPath, "临江区卫生健康局"),
			unit("west", org.Commission, "", "990102", westPath, "望江区卫生健康局"), unit("police", org.Agency, "police", "990100", cityPath, "清江市公安局"),
			unit("insurance", org.Agency, "insurance", "990100", cityPath, "清江市医疗保障局"),
			unit("h1", org.Institution, "general", "990101", eastPath, "清江市第一人民医院"), unit("h2", org.Institution, "tcm", "990102", westPath, "清江市中医院"),
			unit("h3", org.Institution, "general", "990102", westPath, "望江区医院"),
			unit("c1", org.Institution, "clinic", "990101", eastPath, "王氏诊所"), unit("c2", org.Institution, "clinic", "990102", westPath, "李氏诊所"))
	})
	return w
}

// inspect has institutions inspected, whatever for.
func (w *world) inspect(when map[string]time.Time) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		for unit, at := range when {
			w.inspected[unit] = at
			if _, err := tx.Exec(`insert into inspected (unit, at) values ($1, $2)`, unit, at); err != nil {
				return err
			}
		}
		return nil
	})
}

// TakeOver implements campaign.Ledger: twice the same is once.
func (w *world) TakeOver(_ context.Context, _ *db.Tx, p campaign.SelfFound) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, there := w.ledger[p.SourceID]; !there {
		w.ledger[p.SourceID] = p
	}
	return "ledger of " + p.SourceID, nil
}

// Standing implements campaign.Ledger.
func (w *world) Standing(_ db.Reader, ids []string) (map[string]campaign.Standing, error) {
	of := map[string]campaign.Standing{}
	for i, id := range ids {
		of[id] = campaign.Standing{Number: "ZG-" + strconv.Itoa(i), State: i18n.T("整改中", "Being put right")}
	}
	return of, nil
}

// Visited implements campaign.Visited.
func (w *world) Visited(_ context.Context, _ db.Reader, unit string, since time.Time) ([]campaign.LookVisit, error) {
	all := []campaign.LookVisit{}
	if at, was := w.inspected[unit]; was && !at.Before(since) {
		all = append(all, campaign.LookVisit{ID: "visit of " + unit, Number: "JC-" + unit, At: at})
	}
	return all, nil
}

// Prepare implements campaign.SelfFiles.
func (w *world) Prepare(context.Context, []string) ([]string, error) { return nil, nil }

// Attach implements campaign.SelfFiles.
func (w *world) Attach(_ context.Context, _ *db.Tx, id string, uploads []string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range uploads {
		if !slices.Contains(w.files[id], u) {
			w.files[id] = append(w.files[id], u)
		}
	}
	return nil
}

// Of implements campaign.SelfFiles.
func (w *world) Of(_ db.Reader, id string) ([]campaign.SelfFile, error) {
	list := []campaign.SelfFile{}
	for _, u := range w.files[id] {
		list = append(list, campaign.SelfFile{ID: u, Name: u})
	}
	return list, nil
}

// Open implements campaign.SelfFiles.
func (w *world) Open(_ context.Context, id, file string, l attach.Look) (httpapi.File, error) {
	if !slices.Contains(w.files[id], file) {
		return httpapi.File{}, fault.Missing(i18n.T("附件", "file"))
	}
	return httpapi.File{Name: l.Words, Inline: !l.Download}, nil
}

// punished and rectified tell what a test has happened.
type (
	punished  struct{ *world }
	rectified struct{ *world }
)

// Punished implements campaign.Punished.
func (x punished) Punished(context.Context, db.Reader, string) ([]campaign.Ground, error) {
	return x.fined, nil
}

// Rectified implements campaign.Rectified.
func (x rectified) Rectified(context.Context, db.Reader, string) ([]campaign.Ground, error) {
	return x.mended, nil
}

// notifier tells the world who was told what.
type notifier struct{ *world }

// Send implements campaign.Notifier.
func (n notifier) Send(_ context.Context, _ *db.Tx, to []string, kind string, text i18n.Text, _ string) error {
	n.rung = append(n.rung, kind+" "+strings.Join(to, ",")+" "+text.ZH)
	for _, p := range to {
		n.told[p] = append(n.told[p], kind)
	}
	return nil
}

func (w *world) tx(f func(*db.Tx) error) {
	w.t.Helper()
	if err := w.DB.InTx(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

// as acts as somebody who holds permissions at a path.
func (w *world) as(id, path string, ps ...authz.Permission) context.Context {
	return authz.With(w.t.Context(), authz.Actor{ID: id, Name: id, Grants: []authz.Grant{{Path: path, Permissions: append(ps, campaign.Read)}}})
}

// office drives the campaigns of the city.
func (w *world) office() context.Context { return w.as("office", cityPath, campaign.Manage) }

// plan is one that may start.
func plan() campaign.Content {
	return campaign.Content{
		Goal: "净化行业环境", Members: []string{"police"},
		Tasks: []campaign.Task{{Title: "打击非法行医", Lead: "city", Units: []string{"police"}}},
		Stages: []campaign.Stage{{Title: "自查自纠", Start: "2026-07-01", End: "2026-07-31"}, {Title: "集中整治", Start: "2026-08-01", End: "2026-10-31"},
			{Title: "检查评估", Start: "2026-11-01", End: "2026-11-30"}},
		Milestones: []campaign.Milestone{{Percent: 40, Due: "2026-08-31"}, {Percent: 100, Due: "2026-10-31"}},
		Duties:     []campaign.Duty{{Title: "阶段报告", Kind: campaign.TextReport, From: campaign.FromRegions, Due: "2026-09-30"}},
	}
}

// draft has a campaign of the city planned.
func (w *world) draft(c campaign.Content) campaign.Detail {
	w.t.Helper()
	d, err := w.Draft(w.office(), org.Posted[campaign.DraftBody]{Body: campaign.DraftBody{Region: "990100", Title: "医疗乱象专项整治", Content: c}})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// step takes a step with a campaign.
func (w *world) step(id, action, reason string) (campaign.Detail, error) {
	in := org.PostedTo[campaign.StepBody]{ID: id}
	in.Body.Action, in.Body.Reason = campaignAction(action), reason
	return w.Step(w.office(), in)
}

// running is a campaign that runs.
func (w *world) running() campaign.Detail {
	w.t.Helper()
	d, err := w.step(w.draft(plan()).ID, "start", "")
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

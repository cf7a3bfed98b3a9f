package inspection

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/blob/blobtest"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/kit/upload"
	"qingfeng/internal/org"
)

const (
	city     = "/990000/990100/"
	district = city + "990102/"
	beyond   = city + "990103/"
)

// world is a small city with a district that inspects.
type world struct {
	*Service
	uploads  *upload.Service
	t        testing.TB
	at       time.Time
	found    []Finding
	told     []string // of what is late
	sent     []string // to inspect
	clues    []Clue
	officers []Officer
	targets  []Candidate
}

func migrations() []dbtest.Migration {
	return []dbtest.Migration{{Module: "org", Files: org.Migrations()}, {Module: "setting", Files: config.Migrations()}, {Module: "serial", Files: serial.Migrations()},
		crypttest.Tables(), {Module: "log", Files: tlog.Migrations()}, {Module: "trail", Files: trail.Migrations()}, {Module: "inspection", Files: Migrations()},
		{Module: "job", Files: job.Migrations()}, {Module: "audit", Files: audit.Migrations()}, {Module: "upload", Files: upload.Migrations()},
		{Module: "session", Files: authn.Migrations()}, {Module: "attach", Files: attach.Migrations()}, {Module: "form", Files: form.Migrations()}}
}

func each(t *testing.T, f func(*testing.T, *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newWorld(t, d)) }, migrations()...)
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{t: t, at: time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai)}
	now := func() time.Time { return w.at }
	settings := config.New(d, now)
	vault := crypttest.Vault(t, now)
	log, err := tlog.New(d, now, vault, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	history := trail.New(now)
	history.Leaves = log
	w.Service = &Service{DB: d, Now: now, Trail: history, Settings: settings, Numbers: serial.New(d), Log: log, Vault: vault,
		Calendar: func(context.Context, time.Time, time.Time) calendar.Calendar { return calendar.Builtin() },
		Tell: func(_ *db.Tx, to []string, kind string, text i18n.Text, _ string) error {
			if kind == "inspection.mine" {
				w.sent = append(w.sent, fmt.Sprint(to, text.EN))
			} else {
				w.told = append(w.told, fmt.Sprint(to, text.EN))
			}
			return nil
		},
		Findings: func(_ context.Context, _ *db.Tx, f Finding) error { w.found = append(w.found, f); return nil }}
	audits := audit.New(now)
	w.uploads = upload.New(d, blobtest.Open(t, t.TempDir()), crypttest.Vault(t, now), now, upload.DefaultRules())
	w.Files = attach.New(d, w.uploads, attach.Made{}, job.New(d, now), audits, now)
	w.Audit = audits
	w.Forms = &form.Service{DB: d, Now: now, Audit: audits, Files: w.Files, Names: org.Names, Manage: Manage, ReadAnswers: Read}
	w.Queue, w.Links = job.New(d, now), &org.Service{DB: d, Now: now, Audit: audits, Roles: []org.Role{{Key: RoleMonitor, Permissions: []authz.Permission{Visit}, Light: true}}}
	w.Clues = func(_ context.Context, c Clue) error { w.clues = append(w.clues, c); return nil }
	settings.Declare(w.Module().Settings...)
	log.Cover(history.Logged(), w.Logged())
	log.Stand(StandingTables()...)
	d.Watch(log)
	if err := log.Adopt(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.city()
	return w
}

// city makes regions, ten institutions in the district and two beyond, and staff.
func (w *world) city() {
	w.tx(func(tx *db.Tx) error {
		units := []org.Unit{{ID: "office", Kind: org.Commission, Parent: "990102", Region: "990102", Path: district + "office/", Name: "临江区卫生健康局", CreatedAt: w.at}}
		for i := range 12 {
			id, code, path := fmt.Sprintf("hospital-%02d", i), "990102", district
			if i >= 10 {
				code, path = "990103", beyond
			}
			units = append(units, org.Unit{ID: id, Kind: org.Institution, Subkind: "clinic", Parent: code, Region: code, Path: path + id + "/", Name: fmt.Sprintf("第%d诊所", i), CreatedAt: w.at})
		}
		err := fault.First(
			func() error {
				return org.InsertRegion(tx, org.NewRegion("990000", "青山省"), org.NewRegion("990100", "清江市"), org.NewRegion("990102", "临江区"), org.NewRegion("990103", "北岸区"))
			},
			func() error { return org.InsertUnit(tx, units...) },
		)
		for _, u := range units[1:] {
			if err == nil {
				err = org.InsertInstitution(tx, org.Profile{UnitID: u.ID, Level: "1A", Ownership: "public", Licence: "L-" + u.ID})
			}
		}
		for _, id := range []string{"lead", "member", "boss"} {
			if err == nil {
				err = org.InsertStaff(tx, org.Staff{ID: id, UnitID: "office", Name: id, CreatedAt: w.at})
			}
		}
		return err
	})
}

func (w *world) tx(f func(*db.Tx) error) {
	w.t.Helper()
	if err := w.DB.InTx(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

// as is a context in which somebody acts at a node.
func (w *world) as(id, path string, ps ...authz.Permission) context.Context {
	return authz.With(w.t.Context(), authz.Actor{ID: id, Grants: []authz.Grant{{Path: path, Permissions: ps}}})
}

// office is who manages inspections in the district; boss is another.
func (w *world) office() context.Context { return w.as("office-1", district, Read, Manage, Visit) }
func (w *world) boss() context.Context   { return w.as("boss", district, Read, Manage, Visit) }

// neighbour reads the city, and manages inspections in another district.
func (w *world) neighbour() context.Context {
	return authz.With(w.t.Context(), authz.Actor{ID: "x", Grants: []authz.Grant{{Path: city, Permissions: []authz.Permission{Read}}, {Path: beyond, Permissions: []authz.Permission{Read, Manage}}}})
}

// must returns what a use case gave, and fails the test where it was refused.
func must[T any](v T, err error) func(*world) T {
	return func(w *world) T {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
		return v
	}
}

// refused fails the test unless a use case was refused as it should be.
func refused[T any](_ T, err error) func(w *world, k fault.Kind) {
	return func(w *world, k fault.Kind) {
		w.t.Helper()
		if !fault.Is(err, k) {
			w.t.Errorf("%v, want a fault of kind %d", err, k)
		}
	}
}

// wayOut is what a refusal says to do.
func wayOut(err error) string {
	e, _ := errors.AsType[*fault.Error](err)
	if e == nil {
		return ""
	}
	return e.Fix.EN
}

// refusedAt wants an input refused because of a field, in words of both languages.
func (w *world) refusedAt(what, field string, err error) {
	w.t.Helper()
	said := fault.Details(err)
	if !fault.Is(err, fault.Invalid) || !slices.ContainsFunc(said, func(d fault.Detail) bool { return d.Field == field && d.Text.ZH != "" && d.Text.EN != "" }) {
		w.t.Errorf("%s: want it refused at %s, got %+v", what, field, said)
	}
}

func firstPage() list.Query { return list.Query{Limit: 200} }

func posted[T any](b T) org.Posted[T]                { return org.Posted[T]{Body: b} }
func postedTo[T any](id string, b T) org.PostedTo[T] { return org.PostedTo[T]{ID: id, Body: b} }

// libraries fills the libraries of the district: ten targets, six inspectors.
func (w *world) libraries() *world {
	w.t.Helper()
	must(w.SyncTargets(w.office(), posted(SyncInput{Region: "990102"})))(w)
	for i := range 6 {
		in := OfficerInput{Name: fmt.Sprintf("检查员%d", i), Agency: "临江区卫生监督所", District: "990102", CertNo: fmt.Sprintf("A%04d", i), CertUntil: "2027-12-31"}
		if i < 2 {
			in.StaffID = []string{"lead", "member"}[i]
		}
		w.officers = append(w.officers, must(w.AddOfficer(w.office(), posted(in)))(w))
	}
	w.targets = must(w.ListTargets(w.office(), ListTargetsInput{Query: firstPage()}))(w).Items
	return w
}

// plan is a published plan of two batches.
func (w *world) plan() PlanDetail {
	w.t.Helper()
	in := PlanInput{Region: "990102", Year: 2026, Title: "2026年双随机抽查计划", Batches: []BatchInput{
		{Title: "上半年", DrawOn: "2026-07-28", DueOn: "2026-09-30", Portion: 50}, {Title: "下半年", DrawOn: "2026-09-01", DueOn: "2026-10-30", Portion: 100}}}
	p := must(w.WritePlan(w.office(), posted(in)))(w)
	return must(w.PublishPlan(w.office(), idOf(p.ID)))(w)
}

// freeze prepares a draw of targets.
func (w *world) freeze() FrozenDraw {
	w.t.Helper()
	return must(w.Freeze(w.office(), posted(ofTargets())))(w)
}

func ofTargets() FreezeInput {
	return FreezeInput{Of: OfTargets, Title: "第一批", Region: "990102", DueOn: "2026-09-30", Witnesses: []string{"甲", "乙"}}
}

// witnessed has all witnesses commit and reveal.
func (w *world) witnessed(d FrozenDraw) FrozenDraw {
	w.t.Helper()
	for _, l := range d.Links {
		must(w.CommitSecret(w.t.Context(), l.Token, Commit("secret of "+l.Witness)))(w)
	}
	for _, l := range d.Links {
		must(w.RevealSecret(w.t.Context(), l.Token, "secret of "+l.Witness))(w)
	}
	return d
}

// drawn makes a draw.
func (w *world) drawn() DrawDetail {
	w.t.Helper()
	return must(w.Draw(w.office(), idOf(w.witnessed(w.freeze()).ID)))(w)
}

// tasks are those of a draw.
func (w *world) tasks(draw string) []TaskRow {
	w.t.Helper()
	return must(w.ListTasks(w.office(), ListTasksInput{Query: firstPage(), TaskFilter: TaskFilter{Draw: draw}}))(w).Items
}

// verified fails the test where a check complains.
func (w *world) verified() {
	w.t.Helper()
	err := w.DB.Read(w.t.Context(), func(r db.Reader) error {
		for _, c := range append(append(w.checks(), trail.Check()), w.Log.Checks()...) {
			for _, line := range c.Look(w.t.Context(), r) {
				if line.Wrong > 0 || line.Err != nil {
					w.t.Errorf("%s: %v %v", line.Name, line.Said, line.Err)
				}
			}
		}
		return w.sameOfTwo(r)
	})
	if err != nil {
		w.t.Error(err)
	}
}

// sameOfTwo holds wantsTwo against ofTwo: the rule stands in SQL and in Go.
func (w *world) sameOfTwo(r db.Reader) error {
	wanted, err := setOf(db.Values[string](r, `select id from inspection_task where `+wantsTwo))
	if err != nil {
		return err
	}
	all, err := db.All[Task](r, selectTasks)
	for i := 0; err == nil && i < len(all); i++ {
		var e earlier
		if e, err = earlierOf(r, all[i].ID); err == nil && all[i].ofTwo(e) != wanted[all[i].ID] {
			w.t.Errorf("%s: of two by its rule %v, by the list %v", all[i].Number, all[i].ofTwo(e), wanted[all[i].ID])
		}
	}
	return err
}

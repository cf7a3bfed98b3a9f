package intake_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/limit"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org"
)

// world is a small city: two districts, three institutions, and places.
type world struct {
	*intake.Service
	t      testing.TB
	at     time.Time
	mu     sync.Mutex
	opened map[string]intake.Opening // by report
	files  map[string]string         // upload → report
	masked []string                  // reports of which voices are to be changed
	ended  map[string]time.Time      // when words were destroyed, by report
}

const (
	cityPath     = "/990000/990100/"
	districtPath = cityPath + "990101/"
	hospital     = "hospital-1"
	hospitalPath = districtPath + hospital + "/"
	other        = "hospital-2"
	otherPath    = cityPath + "990102/" + other + "/"
	due          = 5 * 24 * time.Hour
)

func each(t *testing.T, f func(*testing.T, *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newWorld(t, d)) }, tables()...)
}

func tables() []dbtest.Migration {
	return []dbtest.Migration{{Module: "org", Files: org.Migrations()}, {Module: "job", Files: job.Migrations()},
		{Module: "audit", Files: audit.Migrations()}, {Module: "setting", Files: config.Migrations()}, {Module: "serial", Files: serial.Migrations()},
		crypttest.Tables(), {Module: "intake", Files: intake.Migrations()}, {Module: "log", Files: tlog.Migrations()}}
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{t: t, at: time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai), opened: map[string]intake.Opening{}, files: map[string]string{}}
	now := func() time.Time { return w.at }
	w.Service = &intake.Service{DB: d, Now: now, Queue: job.New(d, now), Audit: audit.New(now), Settings: config.New(d, now), Numbers: serial.New(d),
		ReceiptKey: []byte("receipt-key"), Vault: crypttest.Vault(t, now), Cases: w, Deadlines: w, Ends: w, Files: w, Gate: w, URL: "https://qf.example.org"}
	var err error
	w.Log, err = tlog.New(d, now, w.Vault, make([]byte, 32))
	w.must(err)
	w.Log.Cover(w.Logged())
	w.Settings.Declare(w.Module().Settings...)
	w.city()
	return w
}

// city has a commission above both districts and one in the first.
func (w *world) city() {
	units := []org.Unit{
		{ID: "commission-c", Kind: org.Commission, Parent: "990100", Region: "990100", Path: cityPath + "commission-c/", Name: "清江市卫生健康委", Phone: "0990-8600000"},
		{ID: "commission-d", Kind: org.Commission, Parent: "990101", Region: "990101", Path: districtPath + "commission-d/", Name: "临江区卫生健康局", Phone: "0990-8600001", Hours: "工作日 8:30–17:30"},
		{ID: hospital, Kind: org.Institution, Parent: "990101", Region: "990101", Path: hospitalPath, Name: "清江市第一人民医院", ShortName: "市一院", Sort: 1},
		{ID: "bones", Kind: org.Department, Parent: hospital, Region: "990101", Path: hospitalPath + "bones/", Name: "骨科"},
		{ID: other, Kind: org.Institution, Parent: "990102", Region: "990102", Path: otherPath, Name: "山阳区中医院", Sort: 2},
	}
	places := []org.Place{
		{ID: "clinic-1", UnitID: "bones", Institution: hospital, Path: hospitalPath + "bones/", Kind: org.Clinic, Name: "骨科门诊", Location: "门诊楼3层"},
		{ID: "ward-1", UnitID: "bones", Institution: hospital, Path: hospitalPath + "bones/", Kind: org.Ward, Name: "骨一病区", Location: "2号楼5层"},
		{ID: "window-1", UnitID: hospital, Institution: hospital, Path: hospitalPath, Kind: org.Window, Name: "3号收费窗口"},
		{ID: "clinic-2", UnitID: other, Institution: other, Path: otherPath, Kind: org.Clinic, Name: "针灸门诊"},
		{ID: "shut", UnitID: hospital, Institution: hospital, Path: hospitalPath, Kind: org.Hall, Name: "旧大厅", ClosedAt: w.at},
	}
	w.tx(func(tx *db.Tx) error {
		for i := range units {
			units[i].CreatedAt = w.at
		}
		for i := range places {
			places[i].CreatedAt = w.at
		}
		regions := []org.Region{org.NewRegion("990000", "云川省"), org.NewRegion("990100", "清江市"), org.NewRegion("990101", "临江区"), org.NewRegion("990102", "山阳区")}
		for _, write := range []func() error{
			func() error { return org.InsertRegion(tx, regions...) }, func() error { return org.InsertUnit(tx, units...) },
			func() error { return org.InsertPlace(tx, places...) },
		} {
			if err := write(); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *world) tx(f func(*db.Tx) error) {
	w.t.Helper()
	w.must(w.DB.InTx(w.t.Context(), f))
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// as acts as somebody of the district's commission who holds permissions at a path.
func (w *world) as(path string, ps ...authz.Permission) context.Context {
	return authz.With(w.t.Context(), authz.Actor{ID: "actor", Name: "actor", Unit: "commission-d", Path: districtPath + "commission-d/",
		Grants: []authz.Grant{{Path: path, Permissions: ps}}})
}

// keeper manages the codes of the first hospital.
func (w *world) keeper() context.Context {
	return w.as(hospitalPath, intake.ReadCodes, intake.ManageCodes)
}

// make makes codes for places and returns them by place.
func (w *world) make(places ...string) map[string]intake.Code {
	w.t.Helper()
	made, err := w.MakeCodes(w.as(cityPath, intake.ManageCodes), chosen("", places...))
	w.must(err)
	byPlace := map[string]intake.Code{}
	for _, c := range made.Codes {
		byPlace[c.Place] = c
	}
	return byPlace
}

func chosen(institution string, places ...string) (in intake.MakeCodesInput) {
	in.Body.Institution, in.Body.Places = institution, places
	return in
}

func want(t *testing.T, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("got %v, want kind %d", err, kind)
	}
}

// audited returns how often an action stands in the log.
func (w *world) audited(action string) (n int64) {
	w.t.Helper()
	w.must(w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		n, err = db.Value[int64](r, `select count(*) from audit where action = $1`, action)
		return err
	}))
	return n
}

// Open implements intake.Opener.
func (w *world) Open(_ context.Context, _ *db.Tx, o intake.Opening) (time.Time, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.opened[o.ID] = o
	return o.ReceivedAt.Add(due), nil
}

// DeadlineOf implements intake.Deadlines.
func (w *world) DeadlineOf(db.Reader, string) (time.Time, error) { return w.at.Add(due), nil }

// WordsEnded implements intake.Ends.
func (w *world) WordsEnded(db.Reader, []string) (map[string]time.Time, error) { return w.ended, nil }

// Prepare implements intake.Evidence: an upload called "gone" has expired.
func (w *world) Prepare(_ context.Context, uploads []string) ([]string, error) {
	if slices.Contains(uploads, "gone") {
		return nil, fault.Field("files", i18n.T("有附件已过期或不存在，请重新上传", "a file has expired"))
	}
	hashes := []string{} // of a name, as if that were what is in it
	for _, u := range uploads {
		hashes = append(hashes, fmt.Sprintf("%x", sha256.Sum256([]byte(u))))
	}
	slices.Sort(hashes)
	return hashes, nil
}

// Mask implements intake.Evidence.
func (w *world) Mask(_ context.Context, _ *db.Tx, report string) error {
	w.masked = append(w.masked, report)
	return nil
}

// Attach implements intake.Evidence.
func (w *world) Attach(_ context.Context, _ *db.Tx, report string, uploads []string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range uploads {
		w.files[u] = report
	}
	return nil
}

// Check implements intake.Gate: strangers are never slowed down here.
func (*world) Check(string, string, limit.Solution) error { return nil }

// asFault returns the fault that err carries, or nil.
func asFault(err error) *fault.Error {
	f, _ := errors.AsType[*fault.Error](err)
	return f
}

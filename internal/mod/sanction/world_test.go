package sanction

import (
	"context"
	"errors"
	"slices"
	"strings"
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
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/kit/verify"
	"qingfeng/internal/org"
)

const (
	city     = "/990000/990100/"
	district = city + "990101/"
	other    = city + "990102/"
	hospital = "hospital-1"
	clinic   = "hospital-2"
	abroad   = "hospital-3" // in the other district
)

// world is a small city in which somebody is punished.
type world struct {
	*Service
	t    testing.TB
	at   time.Time
	told []string
	deaf string              // the link of which nobody can be told
	held map[string][]string // files of transfers
	jobs *job.Queue
}

// bell is who is told in the world.
type bell struct{ *world }

func (b bell) Send(_ context.Context, _ *db.Tx, to []string, kind string, text i18n.Text, link string) error {
	if link != "" && link == b.deaf {
		return errors.New("nobody can be told")
	}
	b.told = append(b.told, kind+" "+strings.Join(to, ",")+" "+text.EN)
	return nil
}

// receipts are the files of the world.
type receipts struct{ *world }

func (f receipts) Prepare(_ context.Context, uploads []string) error {
	if slices.Contains(uploads, "half") {
		return fault.Field("files", i18n.T("没有传完", "not whole"))
	}
	return nil
}

func (f receipts) Attach(_ context.Context, _ *db.Tx, transfer string, uploads []string) error {
	f.held[transfer] = uploads
	return nil
}

func (f receipts) List(_ db.Reader, transfer string) (out []File, _ error) {
	for _, u := range f.held[transfer] {
		out = append(out, File{ID: u, Name: u})
	}
	return out, nil
}

func (f receipts) Open(_ context.Context, transfer, file string, l attach.Look) (httpapi.File, error) {
	if !slices.Contains(f.held[transfer], file) {
		return httpapi.File{}, fault.Missing(i18n.T("附件", "file"))
	}
	return httpapi.File{Name: l.Words, Inline: !l.Download}, nil
}

func migrations() []dbtest.Migration {
	return []dbtest.Migration{{Module: "org", Files: org.Migrations()}, {Module: "job", Files: job.Migrations()}, {Module: "audit", Files: audit.Migrations()}, {Module: "trail", Files: trail.Migrations()},
		{Module: "setting", Files: config.Migrations()}, {Module: "serial", Files: serial.Migrations()}, {Module: "sanction", Files: Migrations()}}
}

func everywhere(t *testing.T, f func(*testing.T, *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newWorld(t, d)) }, migrations()...)
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{t: t, at: on(t, "2026-06-10").Add(9 * time.Hour), held: map[string][]string{}}
	now := func() time.Time { return w.at }
	settings := config.New(d, now)
	w.jobs = job.New(d, now)
	w.Service = &Service{DB: d, Now: now, Audit: audit.New(now), Trail: trail.New(now), Settings: settings, Numbers: serial.New(d), Notify: bell{w}, Files: receipts{w}, Campaign: knowsDrive,
		Calendar: func(context.Context, time.Time, time.Time) calendar.Calendar { return calendar.Builtin() }}
	m := w.Module()
	w.jobs.Handle(m.Jobs...)
	settings.Declare(m.Settings...)
	w.build()
	return w
}

// knowsDrive knows one campaign.
func knowsDrive(_ context.Context, _ db.Reader, id string) error {
	if id == "" || id == "drive" {
		return nil
	}
	return fault.Field("campaign_id", i18n.T("没有这个专项行动", "there is no such campaign"))
}

func (w *world) build() {
	w.t.Helper()
	err := w.DB.InTx(w.t.Context(), func(tx *db.Tx) error {
		unit := func(id string, kind org.UnitKind, region, path, name string) org.Unit {
			return org.Unit{ID: id, Kind: kind, Parent: region, Region: region, Path: path + id + "/", Name: name, CreatedAt: w.at}
		}
		ward := unit("ward-1", org.Department, "990101", district+hospital+"/", "骨科")
		ward.Parent = hospital
		return fault.First(
			func() error {
				return org.InsertRegion(tx, org.NewRegion("990000", "青山省"), org.NewRegion("990100", "清江市"), org.NewRegion("990101", "临江区"), org.NewRegion("990102", "望江区"))
			},
			func() error {
				return org.InsertUnit(tx, unit("commission-1", org.Commission, "990101", district, "临江区卫生健康局"), unit(hospital, org.Institution, "990101", district, "临江区第一医院"),
					unit(clinic, org.Institution, "990101", district, "临江区康宁门诊部"), unit(abroad, org.Institution, "990102", other, "望江区人民医院"), ward)
			})
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func on(t testing.TB, text string) time.Time {
	t.Helper()
	day, err := clock.ParseDay("day", text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// as acts as somebody who holds permissions at a path.
func (w *world) as(id, path string, ps ...authz.Permission) context.Context {
	return authz.With(w.t.Context(), authz.Actor{ID: id, Name: id, Path: path, Grants: []authz.Grant{{Path: path, Permissions: append(ps, Read)}}})
}

func (w *world) officer() context.Context  { return w.as("officer", district, Manage) }
func (w *world) director() context.Context { return w.as("director", district, Publish) }
func (w *world) leader() context.Context   { return w.as("leader", district+hospital+"/") }

// must fails the test where something was refused.
func must[T any](t testing.TB) func(T, error) T {
	return func(x T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

// refused fails the test unless it was refused, as a fault of a kind about a field.
func refused(t testing.TB, err error, kind fault.Kind, field string) {
	t.Helper()
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != kind {
		t.Errorf("got %v, want a fault of kind %d about %s", err, kind, field)
		return
	}
	fields := []string{e.Field}
	for _, d := range e.Fields {
		fields = append(fields, d.Field)
	}
	if !slices.Contains(fields, field) {
		t.Errorf("the fault is about %v, want %s: %v", fields, field, err)
	}
	if e.Text.ZH == "" || e.Text.EN == "" {
		t.Errorf("%v says nothing in one language", err)
	}
}

func to[T any](id string, body T) org.PostedTo[T] { return org.PostedTo[T]{ID: id, Body: body} }

func body[T any](x T) org.Posted[T] { return org.Posted[T]{Body: x} }

var (
	theHospital = Who{Kind: Institution, UnitID: hospital}
	doctor      = Who{Kind: Practitioner, UnitID: hospital, Name: "张清源", Certificate: "110370200012345"}
)

// filing is a filing that is in order.
func filing(change ...func(*Filing)) Filing {
	f := Filing{Subject: theHospital, Violations: []string{"V0604", "V06"}, Basis: "《中华人民共和国价格法》第三十九条", Facts: "重复收取床位费。", FoundOn: "2026-06-01", EndedOn: "2026-05-20",
		Officers: []Officer{{"王明", "ZF-001"}, {"李丽", "ZF-002"}}}
	for _, c := range change {
		c(&f)
	}
	return f
}

func fine(yuan int64) NewMeasure { return NewMeasure{Kind: Fine, AmountFen: yuan * 100} }

// file files a penalty today.
func (w *world) file(change ...func(*Filing)) Penalty {
	w.t.Helper()
	return must[Penalty](w.t)(w.File(w.officer(), body(filing(change...))))
}

// decided is a penalty with a decision, noticed today and decided after a week.
func (w *world) decided(ms []NewMeasure, change ...func(*Filing)) Penalty {
	w.t.Helper()
	p := w.file(change...)
	must[Penalty](w.t)(w.GiveNotice(w.officer(), to(p.ID, Noted{})))
	return must[Penalty](w.t)(w.Decide(w.officer(), to(p.ID, Decision{DecisionNo: "临卫罚〔2026〕" + p.ID[30:] + "号", Measures: ms, Waived: true})))
}

// served is a penalty whose decision was served today.
func (w *world) served(ms []NewMeasure, change ...func(*Filing)) Penalty {
	w.t.Helper()
	return must[Penalty](w.t)(w.Serve(w.officer(), to(w.decided(ms, change...).ID, Noted{})))
}

func (w *world) pass(days int) { w.at = w.at.AddDate(0, 0, days) }

// judge fails the test where a check complains.
func (w *world) judge() {
	w.t.Helper()
	if said := w.said(); said != "" {
		w.t.Errorf("verify says %s", said)
	}
}

// said is what the checks complain of.
func (w *world) said() string {
	w.t.Helper()
	var out strings.Builder
	wrong, err := verify.All(w.t.Context(), w.DB, &out, append(checks(), trail.Check()))
	if err != nil {
		w.t.Fatal(err)
	}
	if wrong == 0 {
		return ""
	}
	return out.String()
}

// holders are members of staff with a role each at the district.
func (w *world) holders(roles ...string) {
	w.t.Helper()
	err := w.DB.InTx(w.t.Context(), func(tx *db.Tx) error {
		for _, role := range roles {
			if err := fault.First(func() error {
				return org.InsertStaff(tx, org.Staff{ID: role, UnitID: "commission-1", Name: role, CreatedAt: w.at})
			},
				func() error {
					return org.InsertGrant(tx, org.Grant{ID: role, StaffID: role, Role: role, Path: district, GrantedAt: w.at})
				}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// forge writes behind the back of the program.
func (w *world) forge(q string) {
	w.t.Helper()
	err := w.DB.InTx(w.t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(q)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// noted is how often the audit log says that something was done to a record.
func (w *world) noted(record, action string) (n int) {
	w.t.Helper()
	err := w.DB.Read(w.t.Context(), func(r db.Reader) error {
		entries, err := audit.About(r, record, time.Time{}, action)
		n = len(entries)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// took is who took a step with the only record of a kind that it was taken with.
func (w *world) took(kind, act string) (who string) {
	w.t.Helper()
	err := w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		who, err = db.Value[string](r, `select actor from trail where kind = $1 and act = $2`, kind, act)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return who
}

package rectify

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/attach"
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
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

const (
	cityPath     = "/990000/990100/"
	districtPath = cityPath + "990101/"
	body         = "commission-d"
	hospital     = "hospital-1"
	hospitalPath = districtPath + hospital + "/"
	wardPath     = hospitalPath + "ward-1/"
	otherPath    = districtPath + "hospital-2/"
)

// world is a small district with everything that the ledger stands on.
type world struct {
	*Service
	t     testing.TB
	mu    sync.Mutex
	at    time.Time
	told  []string // whom of what, in order
	shown map[string][]ProblemFile
}

func tables() []dbtest.Migration {
	return []dbtest.Migration{{Module: "org", Files: org.Migrations()}, {Module: "job", Files: job.Migrations()}, {Module: "audit", Files: audit.Migrations()},
		{Module: "setting", Files: config.Migrations()}, {Module: "serial", Files: serial.Migrations()}, {Module: "trail", Files: trail.Migrations()}, {Module: "rectify", Files: Migrations()}}
}

// each runs a story on both engines; whatever it was, the checks find nothing
// wrong with what it left.
func each(t *testing.T, f func(*testing.T, *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		f(t, w)
		if said := w.verify(); !t.Failed() && said != "" {
			t.Error("the story left behind:\n" + said)
		}
	}, tables()...)
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{t: t, at: time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai), shown: map[string][]ProblemFile{}}
	now := func() time.Time { return w.at }
	settings := config.New(d, now)
	w.Service = &Service{DB: d, Now: now, Queue: job.New(d, now), Audit: audit.New(now), Trail: trail.New(now), Settings: settings, Numbers: serial.New(d), Notify: w, Files: w, Sources: w, Campaign: knowsDrive}
	m := w.Module()
	w.Queue.Handle(m.Jobs...)
	settings.Declare(m.Settings...)
	w.people()
	return w
}

// knowsDrive knows one campaign.
func knowsDrive(_ context.Context, _ db.Reader, id string) error {
	if id == "" || id == "drive" {
		return nil
	}
	return fault.Field("campaign_id", i18n.T("没有这个专项行动", "there is no such campaign"))
}

func (w *world) people() {
	w.tx(func(tx *db.Tx) error {
		units := []org.Unit{
			{ID: body, Kind: org.Commission, Parent: "990101", Region: "990101", Path: districtPath + body + "/", Name: "临江区卫生健康局"},
			{ID: hospital, Kind: org.Institution, Parent: "990101", Region: "990101", Path: hospitalPath, Name: "清江市第一人民医院", ShortName: "市一院"},
			{ID: "ward-1", Kind: org.Department, Parent: hospital, Region: "990101", Path: wardPath, Name: "骨科"},
			{ID: "hospital-2", Kind: org.Institution, Parent: "990101", Region: "990101", Path: otherPath, Name: "清江市中医院"},
		}
		for i := range units {
			units[i].CreatedAt = w.at
		}
		regions := []org.Region{org.NewRegion("990000", "青山省"), org.NewRegion("990100", "清江市"), org.NewRegion("990101", "临江区")}
		if err := org.InsertRegion(tx, regions...); err != nil {
			return err
		}
		if err := org.InsertUnit(tx, units...); err != nil {
			return err
		}
		for _, p := range []struct{ id, unit, role, path string }{
			{"coordinator", hospital, roleCoordinator, hospitalPath}, {"leader", hospital, roleLeader, hospitalPath}, {"handler", "ward-1", "handler", wardPath}, {"nurse", "ward-1", "handler", wardPath},
			{"supervisor", body, roleSupervisor, districtPath}, {"officer", body, roleCampaign, districtPath}, {"director", body, roleDirector, districtPath},
			{"mayor", body, roleDirector, cityPath}, {"stranger", "hospital-2", roleCoordinator, otherPath},
		} {
			if err := org.InsertStaff(tx, org.Staff{ID: p.id, UnitID: p.unit, Name: p.id, CreatedAt: w.at}); err != nil {
				return err
			}
			if err := org.InsertGrant(tx, org.Grant{ID: "g-" + p.id, StaffID: p.id, Role: p.role, Path: p.path, GrantedAt: w.at}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *world) tx(f func(*db.Tx) error) {
	w.t.Helper()
	if err := w.DB.InTx(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

// as acts as somebody who holds permissions at a path.
func (w *world) as(id, path string, ps ...authz.Permission) context.Context {
	return authz.With(w.t.Context(), authz.Actor{ID: id, Name: id, Path: path, Grants: []authz.Grant{{Path: path, Permissions: append(ps, Read)}}})
}

func (w *world) handler() context.Context     { return w.as("handler", wardPath, Work) }
func (w *world) nurse() context.Context       { return w.as("nurse", wardPath, Work) }
func (w *world) coordinator() context.Context { return w.as("coordinator", hospitalPath, Work) }
func (w *world) supervisor() context.Context  { return w.as("supervisor", districtPath, Review, Import) }
func (w *world) officer() context.Context     { return w.as("officer", districtPath, Review, Import) }
func (w *world) director() context.Context    { return w.as("director", districtPath, List) }
func (w *world) mayor() context.Context       { return w.as("mayor", cityPath, List) }
func (w *world) stranger() context.Context    { return w.as("stranger", otherPath, Work) }

// Send implements Notifier.
func (w *world) Send(_ context.Context, _ *db.Tx, to []string, kind string, _ i18n.Text, _ string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told = append(w.told, kind+": "+strings.Join(to, " "))
	return nil
}

// OriginOf implements Sources: nobody but the officer may read cases.
func (w *world) OriginOf(ctx context.Context, _ db.Reader, _, id string) (Origin, error) {
	if authz.From(ctx).ID == "officer" {
		return Origin{Record: id, Number: "QF-" + id}, nil
	}
	return Origin{}, nil
}

// Prepare implements Files.
func (w *world) Prepare(_ context.Context, uploads []string) ([]string, error) {
	if slices.Contains(uploads, "broken") {
		return nil, fault.Field("files", i18n.T("有附件已过期", "a file has expired"))
	}
	return uploads, nil
}

// Attach implements Files: an upload that is there already adds nothing.
func (w *world) Attach(ctx context.Context, _ *db.Tx, id string, evidence bool, uploads []string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range uploads {
		if !slices.ContainsFunc(w.shown[id], func(f ProblemFile) bool { return f.ID == u }) {
			w.shown[id] = append(w.shown[id], ProblemFile{ID: u, Name: u + ".jpg", Kind: "image", State: "ready", Evidence: evidence, By: authz.From(ctx).ID})
		}
	}
	return nil
}

// Of implements Files.
func (w *world) Of(_ db.Reader, id string) ([]ProblemFile, error) {
	return slices.Clone(w.shown[id]), nil
}

// Shown implements Files.
func (w *world) Shown(_ db.Reader, ids []string) (map[string]int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := map[string]int{}
	for _, id := range ids {
		for _, f := range w.shown[id] {
			if f.Evidence {
				n[id]++
			}
		}
	}
	return n, nil
}

// Open implements Files.
func (w *world) Open(_ context.Context, _, file string, l attach.Look) (httpapi.File, error) {
	return httpapi.File{Name: file + " " + l.Words, Inline: !l.Download}, nil
}

// verify runs the checks of the ledger and of the trail.
func (w *world) verify() string {
	var out strings.Builder
	for _, c := range append(w.checks(), trail.Check()) {
		err := w.DB.Read(w.t.Context(), func(r db.Reader) error {
			_, err := c.Run(w.t.Context(), r, func(format string, args ...any) {
				out.WriteString(c.Name + ": " + i18n.Same(format).With(args...).EN + "\n")
			})
			return err
		})
		if err != nil {
			w.t.Fatal(err)
		}
	}
	return out.String()
}

// entry is a problem that the commission found at the ward.
func entry(change ...func(*ProblemEnterInput)) (in ProblemEnterInput) {
	b := &in.Body
	b.Kind, b.Source, b.UnitID, b.DepartmentID, b.Category, b.Grade = aProblem, FromInspection, hospital, "ward-1", "V1104", general
	b.Description, b.FoundOn, b.Term, b.DueOn = "抽查病历缺上级医师签名", "2026-07-27", Fixed, "2026-08-31"
	for _, f := range change {
		f(&in)
	}
	return in
}

// must is what a step came to, which nobody refuses.
func (w *world) must(p Problem, err error) Problem {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

func (w *world) entered(change ...func(*ProblemEnterInput)) Problem {
	w.t.Helper()
	return w.must(w.Enter(w.supervisor(), entry(change...)))
}

func said(id, reason string) (in ProblemSaid) {
	in.ID, in.Body.Reason = id, reason
	return in
}

func report(id string, files ...string) (in ProblemReportInput) {
	in.ID, in.Body.Text, in.Body.Files = id, "已逐份补签", files
	return in
}

func closing(id string) (in ProblemCloseInput) {
	in.ID, in.Body.How, in.Body.Reason = id, "on_site", "现场查看，已整改"
	return in
}

func looking(id string, held bool, due string) (in ProblemLookInput) {
	in.ID, in.Body.Held, in.Body.Reason, in.Body.DueOn = id, held, "随机抽查二十份", due
	return in
}

func listing(id string) (in ProblemListingInput) {
	in.ID, in.Body.Authority, in.Body.DueOn, in.Body.Reason = id, "临江区安委办", "2026-08-31", "影响恶劣"
	return in
}

func asking(id, what, due string) (in ProblemAskInput) {
	in.ID, in.Body.What, in.Body.DueOn, in.Body.Reason = id, what, due, "设备到货推迟"
	return in
}

func deciding(id string, grant bool) (in ProblemDecideInput) {
	in.ID, in.Body.Grant, in.Body.Reason = id, grant, "情况属实"
	return in
}

// applied is a problem that the handler put right and applied for.
func (w *world) applied(change ...func(*ProblemEnterInput)) Problem {
	w.t.Helper()
	p := w.entered(change...)
	w.must(w.Start(w.handler(), ByID{p.ID}))
	w.must(w.Report(w.handler(), report(p.ID, db.NewID())))
	return w.must(w.Apply(w.handler(), said(p.ID, "")))
}

func (w *world) reviewing(change ...func(*ProblemEnterInput)) Problem {
	w.t.Helper()
	return w.must(w.Pass(w.coordinator(), said(w.applied(change...).ID, "")))
}

func (w *world) closed() Problem {
	w.t.Helper()
	return w.must(w.Close(w.supervisor(), closing(w.reviewing().ID)))
}

func refused(t testing.TB, err error, kind fault.Kind, words string) {
	t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
		t.Errorf("got %v, want a fault of kind %d that says %q", err, kind, words)
	}
}

func (w *world) get(ctx context.Context, id string) ProblemPage {
	w.t.Helper()
	d, err := w.Get(ctx, ByID{id})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

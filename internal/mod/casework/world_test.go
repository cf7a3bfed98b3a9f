package casework_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/search"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// world is a small city with everything that casework stands on.
type world struct {
	*casework.Service
	t         *testing.T
	mu        sync.Mutex // of what the world notes while transactions race
	at        time.Time
	told      []telling
	year2027  time.Time           // when the holidays of 2027 became known, or never
	said      map[string]string   // narratives by case, where they differ
	sealed    []string            // cases of which what was said was sealed late
	forgot    []string            // what was destroyed of reports
	changed   []string            // cases of which others were told
	attached  []string            // files that were attached, after their case
	inbox     map[string][]string // who was told something about a link
	forgotten []string            // from whom what was taken back
	seq       int
	drawer    *drawer
	confirmed time.Time // until when the log says that nothing was signed
	nameless  bool      // nobody gives a name
}

type telling struct {
	to   []string
	kind string
}

const (
	cityPath     = "/990000/990100/"
	districtPath = "/990000/990100/990101/"
	hospital     = "hospital-1"
	hospitalPath = districtPath + hospital + "/"
	wardPath     = hospitalPath + "ward-1/"
	otherPath    = districtPath + "hospital-2/"
	districtBody = "commission-d"
)

func each(t *testing.T, f func(*testing.T, *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		f(t, w)
		if _, wrong := w.verify(); !t.Failed() && wrong != "" {
			t.Error("the story left behind:\n" + wrong)
		}
	},
		dbtest.Migration{Module: "org", Files: org.Migrations()}, dbtest.Migration{Module: "job", Files: job.Migrations()},
		dbtest.Migration{Module: "audit", Files: audit.Migrations()}, dbtest.Migration{Module: "setting", Files: config.Migrations()},
		dbtest.Migration{Module: "search", Files: search.Migrations()}, dbtest.Migration{Module: "casework", Files: casework.Migrations()}, crypttest.Tables(),
		dbtest.Migration{Module: "log", Files: tlog.Migrations()})
}

func newWorld(t *testing.T, d *db.DB) *world {
	w := &world{t: t, said: map[string]string{}, inbox: map[string][]string{}, at: time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai)}
	now := func() time.Time { return w.at }
	settings := config.New(d, now)
	w.Service = &casework.Service{DB: d, Now: now, Queue: job.New(d, now), Audit: audit.New(now), Settings: settings,
		Calendar: w.holidays, Vault: crypttest.Vault(t, now), Notify: w, Content: w, Receipts: w, Evidence: w, Files: w.files(),
		Tell: func(_ *db.Tx, id string) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.changed = append(w.changed, id)
			return nil
		},
		Index:   func(tx *db.Tx, id, text string) error { return search.Put(tx, "case", id, text) },
		Conceal: func(tx *db.Tx, id, number string) error { return search.Put(tx, "case", id, number) }}
	w.log(d, now)
	m := w.Module()
	w.Queue.Handle(m.Jobs...)
	settings.Declare(m.Settings...)
	w.people()
	return w
}

// log has events logged, and rows of the catalogue stand.
func (w *world) log(d *db.DB, now clock.Clock) {
	var err error
	if w.Log, err = tlog.New(d, now, w.Vault, make([]byte, 32)); err != nil {
		w.t.Fatal(err)
	}
	w.Log.Cover(w.Logged()...)
	w.Log.Stand(casework.StandingTable())
	d.Watch(w.Log)
}

// holidays is the calendar as it was known at a time.
func (w *world) holidays(_ context.Context, _, known time.Time) calendar.Calendar {
	c := calendar.Builtin()
	if w.year2027.IsZero() || known.Before(w.year2027) {
		return c
	}
	y := calendar.Year{Year: 2027}
	for _, d := range [][2]int{{1, 1}, {1, 4}, {1, 5}, {1, 6}, {5, 1}, {5, 2}, {10, 1}, {10, 2}, {10, 3}} {
		y.Off = append(y.Off, time.Date(2027, time.Month(d[0]), d[1], 0, 0, 0, 0, clock.Shanghai))
	}
	c, err := c.With(y)
	if err != nil {
		w.t.Error(err)
	}
	return c
}

// people makes the units of the city and the roles that alarms look for.
func (w *world) people() {
	w.tx(func(tx *db.Tx) error {
		units := []org.Unit{
			{ID: "commission-c", Kind: org.Commission, Parent: "990100", Region: "990100", Path: cityPath + "commission-c/", Name: "清江市卫生健康委"},
			{ID: districtBody, Kind: org.Commission, Parent: "990101", Region: "990101", Path: districtPath + districtBody + "/", Name: "临江区卫生健康局"},
			{ID: hospital, Kind: org.Institution, Parent: "990101", Region: "990101", Path: hospitalPath, Name: "清江市第一人民医院"},
			{ID: "ward-1", Kind: org.Department, Parent: hospital, Region: "990101", Path: wardPath, Name: "骨科"},
			{ID: "hospital-2", Kind: org.Institution, Parent: "990101", Region: "990101", Path: otherPath, Name: "清江市中医院"},
		}
		for i := range units {
			units[i].CreatedAt = w.at
		}
		if err := org.InsertUnit(tx, units...); err != nil {
			return err
		}
		for _, p := range []struct{ id, unit, role, path string }{
			{"dispatcher", districtBody, casework.RoleDispatcher, districtPath}, {"supervisor", districtBody, casework.RoleSupervisor, districtPath},
			{"discipline", districtBody, casework.RoleDiscipline, districtPath}, {"custodian", "commission-c", casework.RoleCustodian, cityPath}, {"custodian-2", districtBody, casework.RoleCustodian, districtPath},
			{"director", "commission-c", casework.RoleDirector, cityPath},
			{"coordinator", hospital, casework.RoleCoordinator, hospitalPath}, {"leader", hospital, casework.RoleLeader, hospitalPath},
			{"stranger", "hospital-2", casework.RoleCoordinator, otherPath}, {"handler", "ward-1", "handler", wardPath},
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
func (w *world) as(id, unit, unitPath, path string, ps ...authz.Permission) context.Context {
	return w.holding(id, unit, unitPath, authz.Grant{Path: path, Permissions: append(ps, casework.Read)})
}

// holding acts as somebody with grants.
func (w *world) holding(id, unit, unitPath string, grants ...authz.Grant) context.Context {
	return authz.With(w.t.Context(), authz.Actor{ID: id, Name: id, Unit: unit, Path: unitPath, Grants: grants})
}

func (w *world) dispatcher() context.Context {
	return w.as("dispatcher", districtBody, districtPath+districtBody+"/", districtPath, casework.Triage, casework.Dispatch, casework.CallBack)
}

func (w *world) supervisor() context.Context {
	return w.as("supervisor", districtBody, districtPath+districtBody+"/", districtPath, casework.Review, casework.Supervise)
}

func (w *world) discipline() context.Context {
	return w.as("discipline", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Handle, casework.Review, casework.Triage, casework.Dispatch)
}

func (w *world) coordinator() context.Context {
	return w.as("coordinator", hospital, hospitalPath, hospitalPath, casework.Handle)
}

func (w *world) stranger() context.Context {
	return w.as("stranger", "hospital-2", otherPath, otherPath, casework.Handle)
}

// opening is a report about the ward of the first hospital.
func (w *world) opening(category string) casework.Opening {
	w.seq++
	id := db.NewID()
	return casework.Opening{ID: id, Number: "QF-990101-20260728-" + strings.ToUpper(id[len(id)-6:]), Title: "等候时间太长", Category: category, Class: demand.Complaint,
		Channel: demand.CodeWard, Mode: demand.Anonymous, Urgency: demand.Normal, Region: "990101", Path: wardPath, Institution: hospital,
		Department: "ward-1", ReceivedAt: w.at}
}

// open opens a case without routing it.
func (w *world) open(o casework.Opening) string {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		_, err := w.Open(w.t.Context(), tx, o)
		return err
	})
	return o.ID
}

// routed opens a case and lets background work send it on.
func (w *world) routed(category string) string {
	w.t.Helper()
	id := w.open(w.opening(category))
	w.work()
	return id
}

func (w *world) work() {
	w.t.Helper()
	if err := w.Queue.RunDue(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// handling opens a case that the hospital has signed for.
func (w *world) handling() string {
	w.t.Helper()
	id := w.routed("B")
	w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
	return id
}

// calling opens a case whose result was approved.
func (w *world) calling() string {
	w.t.Helper()
	return w.approved(w.routed("B"))
}

// reachable is calling for a reporter who can be telephoned.
func (w *world) reachable() string {
	w.t.Helper()
	return w.approved(w.known())
}

// known is routed for a reporter whom the office can telephone.
func (w *world) known() string {
	w.t.Helper()
	o := w.opening("B")
	o.Mode = demand.Confidential
	id := w.open(o)
	w.work()
	return id
}

// approved leads a case that a unit has to the call-back.
func (w *world) approved(id string) string {
	w.t.Helper()
	w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
	w.must(w.Submit(w.coordinator(), result(id)))
	w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
	return id
}

func result(id string) (in casework.SubmitInput) {
	in.ID = id
	in.Body.Outcome, in.Body.Cause, in.Body.Findings, in.Body.Reply = demand.True, "process", "号源安排不合理", "已增设午间号源，向您致歉。"
	return in
}

func reasoned(id, reason string) (in casework.Reasoned) {
	in.ID = id
	in.Body.Reason = reason
	return in
}

func (w *world) must(c casework.Case, err error) casework.Case {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) state(id string) casework.State {
	w.t.Helper()
	return w.read(id).State
}

func (w *world) read(id string) (c casework.Case) {
	w.t.Helper()
	err := w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		c, err = casework.CaseByID(r, id)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// detail is the page of a case.
func (w *world) detail(ctx context.Context, id string) casework.Detail {
	w.t.Helper()
	d, err := w.Get(ctx, casework.ByID{ID: id})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// help lets the second hospital help with a case.
func (w *world) help(id string) {
	w.t.Helper()
	in := casework.AddHelperInput{ID: id}
	in.Body.Units, in.Body.Reason = []string{"hospital-2"}, "共同办理"
	w.must(w.AddHelper(w.dispatcher(), in))
}

func want(t *testing.T, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("got %v, want kind %d", err, kind)
	}
}

// Send implements casework.Notifier.
func (w *world) Send(_ context.Context, _ *db.Tx, to []string, kind string, _ i18n.Text, link string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told = append(w.told, telling{to, kind})
	w.inbox[link] = append(w.inbox[link], to...)
	return nil
}

// Forget implements casework.Notifier.
func (w *world) Forget(_ *db.Tx, link string, choose func([]string) ([]string, error)) error {
	w.mu.Lock()
	inbox := slices.Clone(w.inbox[link])
	w.mu.Unlock()
	from, err := choose(inbox) // asks the database, where another may wait for this lock
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, staff := range from {
		w.forgotten = append(w.forgotten, staff+" "+link)
	}
	return err
}

// Content implements casework.Contents.
func (w *world) Content(_ context.Context, _ db.Reader, c casework.Case) (casework.Content, error) {
	narrative := w.said[c.ID]
	if narrative == "" {
		narrative = "在骨科门诊等了三个小时"
	}
	return casework.Content{Narrative: narrative, SourceNo: orderOf(c), Answers: map[string]string{}, Files: []casework.File{{Name: "photo.jpg", Size: 12, SHA256: strings.Repeat("ab", 32), ID: theFile, From: "reporter", Kind: "audio", State: "ready", At: c.ReceivedAt, Masked: w.drawer.masked[c.ID]}}, Masked: w.drawer.masked[c.ID]}, nil
}

// seeIdentity is intake's permission to read who reported.
const seeIdentity authz.Permission = "identity.read"

// Reporter implements casework.Contents, by the rule of intake.
func (w *world) Reporter(ctx context.Context, _ db.Reader, c casework.Case) (casework.Reporter, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	may := c.Mode == demand.RealName && c.Route == casework.General || authz.From(ctx).Covers(seeIdentity, c.Path)
	return casework.Reporter{May: may, Given: !w.nameless, Gone: slices.Contains(w.forgot, "identity of "+c.ID)}, nil
}

// Identity implements casework.Contents.
func (w *world) Identity(_ context.Context, _ db.Reader, c casework.Case) (casework.Identity, error) {
	return casework.Identity{Name: "name of " + c.ID, Phone: "13900000001"}, nil
}

// orderOf is the number that the hotline gave a case.
func orderOf(c casework.Case) string { return "GD" + strings.ReplaceAll(c.Number, "-", "") }

// Narratives implements casework.Contents.
func (w *world) Narratives(ctx context.Context, r db.Reader, ids []string) (map[string]string, error) {
	said := map[string]string{}
	for _, id := range ids {
		content, err := w.Content(ctx, r, casework.Case{ID: id})
		if err != nil {
			return nil, err
		}
		said[id] = content.Narrative
	}
	return said, nil
}

// Seal implements casework.Contents.
func (w *world) Seal(_ *db.Tx, id string) error {
	w.sealed = append(w.sealed, id)
	return nil
}

// ForgetIdentity implements casework.Contents.
func (w *world) ForgetIdentity(_ *db.Tx, id string, _ time.Time) error {
	w.forgot = append(w.forgot, "identity of "+id)
	return nil
}

// ForgetWords implements casework.Contents.
func (w *world) ForgetWords(_ *db.Tx, id string, _ time.Time) error {
	w.forgot = append(w.forgot, "words of "+id)
	return nil
}

// Resolve implements casework.Receipts: the receipt is the identifier.
func (w *world) Resolve(_ context.Context, receipt string) (string, error) { return receipt, nil }

// Prepare implements casework.Evidence.
func (w *world) Prepare(_ context.Context, uploads []string) ([]string, error) { return uploads, nil }

// Attach implements casework.Evidence.
func (w *world) Attach(_ context.Context, _ *db.Tx, id, via string, uploads []string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range uploads {
		w.attached = append(w.attached, strings.TrimSpace(id+" "+u+" "+via))
	}
	return nil
}

// pending returns the request of a case that waits for a decision.
func (w *world) pending(id string) (request string) {
	w.t.Helper()
	err := w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		request, err = db.Value[string](r, `select id from case_request where case_id = $1 and state = 'pending'`, id)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return request
}

func (w *world) enqueue(kind string) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error { return w.Queue.Enqueue(tx, kind, struct{}{}) })
}

// alarmsOnly works on the queue but leaves cases unrouted.
func (w *world) alarmsOnly() {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		_, err := tx.Exec(`delete from job where kind = 'casework.route'`)
		return err
	})
	w.work()
}

// errUndo ends a transaction of which nothing is to be kept.
var errUndo = errors.New("undo")

// later lets hours pass.
func (w *world) later(hours int) { w.at = w.at.Add(time.Duration(hours) * time.Hour) }

func daysOf(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.Days} }

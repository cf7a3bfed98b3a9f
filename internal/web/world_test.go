package web_test

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/limit"
	"qingfeng/internal/kit/media"
	"qingfeng/internal/kit/search"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/stamp"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/kit/upload"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/mod/sanction"
	"qingfeng/internal/org"
	"qingfeng/internal/web"
)

// world is a small city with its pages, served over a real connection.
type world struct {
	*web.Pages
	t     *testing.T
	at    time.Time
	queue *job.Queue
	gate  *limit.Gate
	// uploads counts the files of everybody together.
	uploads *limit.Limiter
	tokens  map[string]string // of codes, by place
	url     string
	client  *http.Client
}

const (
	cityPath = "/990000/990100/"
	district = cityPath + "990101/"
	hospital = "hospital-1"
	atClinic = "clinic-1"
	revoked  = "ward-1"
	largest  = 100 << 10 // bytes of a file
	// mostUploads is how many files come at once: those of all forms of a test.
	mostUploads = 100
)

func each(t *testing.T, f func(*world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(newWorld(t, d)) },
		dbtest.Migration{Module: "org", Files: org.Migrations()}, dbtest.Migration{Module: "job", Files: job.Migrations()},
		dbtest.Migration{Module: "audit", Files: audit.Migrations()}, dbtest.Migration{Module: "setting", Files: config.Migrations()},
		dbtest.Migration{Module: "search", Files: search.Migrations()}, dbtest.Migration{Module: "serial", Files: serial.Migrations()},
		dbtest.Migration{Module: "upload", Files: upload.Migrations()}, dbtest.Migration{Module: "attach", Files: attach.Migrations()},
		crypttest.Tables(), dbtest.Migration{Module: "intake", Files: intake.Migrations()}, dbtest.Migration{Module: "casework", Files: casework.Migrations()},
		dbtest.Migration{Module: "log", Files: tlog.Migrations()}, dbtest.Migration{Module: "trail", Files: trail.Migrations()}, dbtest.Migration{Module: "campaign", Files: campaign.Migrations()},
		dbtest.Migration{Module: "inspection", Files: inspection.Migrations()}, dbtest.Migration{Module: "sanction", Files: sanction.Migrations()})
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, at: time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai), tokens: map[string]string{}}
	now := func() time.Time { return w.at }
	settings := config.New(d, now)
	w.queue = job.New(d, now)
	store, err := blob.Open(t.Context(), t.TempDir())
	w.must(err)
	rules := upload.DefaultRules()
	rules.Size = largest
	rules.Accept = func(_ context.Context, u upload.Upload, r io.ReadSeeker) error {
		_, err := media.DefaultLimits().Inspect(u.Name, r)
		return err
	}
	vault := crypttest.Vault(t, now)
	uploads := upload.New(d, store, vault, now, rules)
	copies, err := media.New(media.Options{Limits: media.DefaultLimits(), Tools: media.FindTools(), Scratch: t.TempDir()})
	w.must(err)
	files := evidence{attach.New(d, uploads, attach.Made{Media: copies, Stamp: stamp.New()}, w.queue, audit.New(now), now)}
	w.gate, err = limit.NewGate(now, []byte(strings.Repeat("k", 32)), limit.Load{Free: 3, Least: 8, Most: 10})
	w.must(err)
	w.uploads = limit.New(now, map[string]limit.Rule{"upload": {Burst: mostUploads, Every: time.Second}})
	log, err := tlog.New(d, now, vault, make([]byte, 32))
	w.must(err)
	cases := &casework.Service{DB: d, Now: now, Queue: w.queue, Audit: audit.New(now), Settings: settings, Notify: silence{}, Content: silence{}, Vault: vault, Log: log,
		Calendar: func(context.Context, time.Time, time.Time) calendar.Calendar { return calendar.Builtin() }, Evidence: kept{evidence: files}, Files: kept{evidence: files},
		Tell: func(*db.Tx, string) error { return nil }, Index: func(tx *db.Tx, id, text string) error { return search.Put(tx, "case", id, text) },
		Conceal: func(tx *db.Tx, id, number string) error { return search.Put(tx, "case", id, number) }}
	reports := &intake.Service{DB: d, Now: now, Queue: w.queue, Audit: audit.New(now), Settings: settings, Numbers: serial.New(d),
		ReceiptKey: []byte("receipt-key"), Vault: vault, Cases: opener{cases}, Deadlines: cases, Ends: cases, Files: files, Gate: w.gate, Log: log}
	cases.Receipts = reports
	settings.Declare(cases.Module().Settings...)
	deps := web.Deps{DB: d, Now: now, Intake: reports, Casework: cases, Uploads: uploads, Gate: w.gate,
		MayUpload: func(*http.Request) error { return w.uploads.Allow("upload", "one") }}
	publish(&deps, settings, vault)
	examine(deps.Campaigns, files.Service)
	w.queue.Handle(append(cases.Module().Jobs, files.Jobs()...)...)
	w.Pages = web.New(deps)
	w.city()
	w.serve()
	return w
}

// serve puts the pages behind the one thing that internal/app does for them:
// the language of the request.
func (w *world) serve() {
	mux := http.NewServeMux()
	w.Mount(mux)
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		lang := i18n.Parse(r.Header.Get("Accept-Language"))
		if q := r.URL.Query().Get("lang"); q != "" {
			lang = i18n.Parse(q)
		}
		mux.ServeHTTP(rw, r.WithContext(i18n.WithLang(r.Context(), lang)))
	}))
	w.t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	w.must(err)
	w.url, w.client = server.URL, &http.Client{Jar: jar}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// city has names without Chinese characters, so that a page in English has
// none at all.
func (w *world) city() {
	w.t.Helper()
	units := []org.Unit{
		{ID: "commission-c", Kind: org.Commission, Parent: "990100", Region: "990100", Path: cityPath + "commission-c/", Name: "City Commission", Phone: "0990-8600 0000", Hours: "8-18", Sort: 1},
		{ID: "commission-d", Kind: org.Commission, Parent: "990101", Region: "990101", Path: district + "commission-d/", Name: "District Commission", Phone: "0990-8600 0001", Hours: "8-18", Sort: 2},
		{ID: hospital, Kind: org.Institution, Parent: "990101", Region: "990101", Path: district + hospital + "/", Name: "First Hospital", Phone: "0990-8700 0001", Address: "1 River Street", Sort: 3},
		{ID: "hospital-2", Kind: org.Institution, Parent: "990101", Region: "990101", Path: district + "hospital-2/", Name: "Second Hospital", Sort: 4},
		{ID: "bones", Kind: org.Department, Parent: hospital, Region: "990101", Path: district + hospital + "/bones/", Name: "Bones"},
	}
	for i := range units {
		units[i].CreatedAt = w.at
	}
	places := []org.Place{
		{ID: atClinic, UnitID: "bones", Institution: hospital, Path: district + hospital + "/bones/", Kind: org.Clinic, Name: "Clinic 3", Location: "Building B", CreatedAt: w.at},
		{ID: revoked, UnitID: "bones", Institution: hospital, Path: district + hospital + "/bones/", Kind: org.Ward, Name: "Ward 7", CreatedAt: w.at},
	}
	w.tx(func(tx *db.Tx) error {
		for _, g := range []org.Region{org.NewRegion("990000", "Province"), org.NewRegion("990100", "Rivertown"), org.NewRegion("990101", "Riverside")} {
			if err := org.InsertRegion(tx, g); err != nil {
				return err
			}
		}
		if err := org.InsertUnit(tx, units...); err != nil {
			return err
		}
		return org.InsertPlace(tx, places...)
	})
	made, err := w.Intake.MakeCodes(w.system(), codesFor(atClinic, revoked))
	w.must(err)
	for _, c := range made.Codes {
		w.tokens[c.Place] = c.Token
	}
	w.tx(func(tx *db.Tx) error {
		_, err := tx.Exec(`update place_code set revoked_at = $1 where place = $2`, w.at, revoked)
		return err
	})
}

func codesFor(places ...string) (in intake.MakeCodesInput) {
	in.Body.Places = places
	return in
}

func (w *world) system() context.Context { return authz.With(w.t.Context(), authz.System()) }

func (w *world) tx(f func(*db.Tx) error) {
	w.t.Helper()
	w.must(w.DB.InTx(w.t.Context(), f))
}

// count counts rows.
func (w *world) count(table string) (n int64) {
	w.t.Helper()
	w.must(w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		n, err = db.Value[int64](r, `select count(*) from `+table)
		return err
	}))
	return n
}

// form is the address of the form at the clinic.
func (w *world) form() string { return "/q/" + w.tokens[atClinic] }

// opener, evidence and silence stand for what internal/app wires.
type opener struct{ *casework.Service }

// Open implements intake.Opener.
func (o opener) Open(ctx context.Context, tx *db.Tx, in intake.Opening) (time.Time, error) {
	c, err := o.Service.Open(ctx, tx, casework.Opening{
		ID: in.ID, Number: in.Number, Title: in.Title, Category: in.Category, Item: in.Item, Class: in.Class, Channel: in.Channel, Mode: in.Mode,
		Urgency: in.Urgency, Region: in.Region, Path: in.Path, Institution: in.Institution, Department: in.Department, Place: in.Place,
		AboutLeader: in.AboutLeader, ReceivedAt: in.ReceivedAt,
	})
	return c.DueAt, err
}

type evidence struct{ *attach.Service }

// Attach implements intake.Evidence.
func (e evidence) Attach(ctx context.Context, tx *db.Tx, report string, uploads []string) error {
	return e.Service.Attach(ctx, tx, attach.Handed{Owner: attach.Owner{Kind: "report", ID: report}, From: attach.FromReporter}, uploads)
}

// Mask implements intake.Evidence.
func (e evidence) Mask(ctx context.Context, tx *db.Tx, report string) error {
	return e.Service.Mask(ctx, tx, attach.Owner{Kind: "report", ID: report})
}

// kept stands for the files of cases.
type kept struct {
	evidence
	casework.Files // what the receipt page does not ask
}

// Attach implements casework.Evidence.
func (k kept) Attach(ctx context.Context, tx *db.Tx, id, _ string, uploads []string) error {
	return k.evidence.Attach(ctx, tx, id, uploads)
}

// Mask implements casework.Files.
func (k kept) Mask(ctx context.Context, tx *db.Tx, id string) error {
	return k.evidence.Mask(ctx, tx, id)
}

// Masked implements casework.Files.
func (k kept) Masked(r db.Reader, id string) (bool, error) {
	return k.Service.Masked(r, attach.Owner{Kind: "report", ID: id})
}

// Given implements casework.Files.
func (k kept) Given(r db.Reader, id string) (out []casework.File, err error) {
	files, err := k.Service.Given(r, attach.Owner{Kind: "report", ID: id})
	for _, f := range files {
		out = append(out, casework.File{Name: f.Name, Kind: f.Kind, State: string(f.State), SHA256: f.Original, Size: f.Size, At: f.CreatedAt, Masked: f.Masked})
	}
	return out, err
}

type silence struct{}

// Send implements casework.Notifier.
func (silence) Send(context.Context, *db.Tx, []string, string, i18n.Text, string) error { return nil }

// Narratives implements casework.Contents.
func (silence) Narratives(context.Context, db.Reader, []string) (map[string]string, error) {
	return map[string]string{}, nil
}

// Seal implements casework.Contents.
func (silence) Seal(*db.Tx, string) error { return nil }

// ForgetIdentity implements casework.Contents.
func (silence) ForgetIdentity(*db.Tx, string, time.Time) error { return nil }

// ForgetWords implements casework.Contents.
func (silence) ForgetWords(*db.Tx, string, time.Time) error { return nil }

// Forget implements casework.Notifier.
func (silence) Forget(*db.Tx, string, func([]string) ([]string, error)) error { return nil }

// Reporter implements casework.Contents.
func (silence) Reporter(context.Context, db.Reader, casework.Case) (casework.Reporter, error) {
	return casework.Reporter{}, nil
}

// Identity implements casework.Contents.
func (silence) Identity(context.Context, db.Reader, casework.Case) (casework.Identity, error) {
	return casework.Identity{}, nil
}

// Content implements casework.Contents.
func (silence) Content(context.Context, db.Reader, casework.Case) (casework.Content, error) {
	return casework.Content{}, nil
}

package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"slices"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/backup"
	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/keyring"
	"qingfeng/internal/kit/limit"
	"qingfeng/internal/kit/media"
	"qingfeng/internal/kit/module"
	"qingfeng/internal/kit/notify"
	"qingfeng/internal/kit/prose"
	"qingfeng/internal/kit/search"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/sso"
	"qingfeng/internal/kit/stamp"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/kit/upload"
	"qingfeng/internal/kit/verify"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/mod/rates"
	"qingfeng/internal/mod/rectify"
	"qingfeng/internal/mod/sanction"
	"qingfeng/internal/mod/system"
	"qingfeng/internal/org"
	"qingfeng/internal/web"
)

// System is the program, put together.
type System struct {
	Place Place
	Web   Web
	Now   clock.Clock

	DB       *db.DB
	Keys     *keyring.Ring
	Vault    *crypt.Vault
	Blobs    *blob.Store
	Queue    *job.Queue
	Settings *config.Settings
	Audit    *audit.Log
	Trail    *trail.Log
	Figures  *figure.Book
	Sessions *authn.Sessions
	SSO      *sso.Provider // nil without single sign-on
	Limiter  *limit.Limiter
	Gate     *limit.Gate
	Uploads  *upload.Service
	Files    *attach.Service
	Forms    *form.Service
	Notify   *notify.Service
	Media    *media.Sanitiser
	Stamp    *stamp.Stamp
	Log      *tlog.Log

	Org      *org.Service
	Intake   *intake.Service
	Casework *casework.Service
	Rates    *rates.Service
	Campaign *campaign.Service
	// Inspections is who is inspected by whom.
	Inspections *inspection.Service
	Rectify     *rectify.Service
	Sanction    *sanction.Service
	System      *system.Service

	API   *httpapi.API
	Pages *web.Pages
	mux   *http.ServeMux

	edge    edge
	modules []module.Module
}

// Open puts the program together on the data of place, making what is not
// there yet.
func Open(ctx context.Context, place Place, web Web, now clock.Clock) (_ *System, err error) {
	defer fault.Wrap(&err, "start")
	s := &System{Place: place, Web: web, Now: now, mux: http.NewServeMux()}
	if err := s.face(); err != nil {
		return nil, err
	}
	if err := s.settle(); err != nil {
		return nil, err
	}
	if err := s.openStores(ctx); err != nil {
		return nil, err
	}
	ready := func() error { return s.DB.Read(ctx, backup.Unfinished) }
	if err := fault.First(ready, func() error { return s.joinKeys(ctx) }, s.openKit, s.wire, func() error { return s.migrate(ctx) }, func() error { return s.guardLog(ctx) }); err != nil {
		return nil, errors.Join(err, s.DB.Close())
	}
	s.register()
	return s, nil
}

// sqliteFile is the database in the data folder.
const sqliteFile = "qingfeng.db"

// settle makes the data folder and fills in where the parts of it lie.
func (s *System) settle() error {
	if err := os.MkdirAll(s.Place.Data, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	s.Place = s.Place.whole()
	return nil
}

// openStores opens what holds the data. It makes no table and no key.
func (s *System) openStores(ctx context.Context) (err error) {
	if s.Blobs, err = blob.Open(ctx, s.Place.Blob); err != nil {
		return err
	}
	s.DB, err = db.Open(ctx, s.Place.Database, s.Place.options...)
	return err
}

// joinKeys opens the key ring of the database.
func (s *System) joinKeys(ctx context.Context) (err error) {
	if s.Keys, err = s.Place.joinKeys(ctx, s.DB); err != nil {
		return err
	}
	s.Vault = crypt.NewVault(s.Keys, s.Now)
	return nil
}

func (s *System) openKit() (err error) {
	if s.Media, err = media.New(media.Options{Limits: media.DefaultLimits(), Tools: media.FindTools()}); err != nil {
		return err
	}
	s.Stamp = stamp.New()
	if s.Log, err = tlog.New(s.DB, s.Now, s.Vault, s.Keys.Key("tlog"), s.Web.Witness...); err != nil {
		return err
	}
	s.Log.Remember(s.Keys.Note(s.Place.logNote(), "log"))
	s.Queue = job.New(s.DB, s.Now)
	s.Queue.Busy = s.edge.crowd.thick
	s.Settings = config.New(s.DB, s.Now)
	s.Audit = audit.New(s.Now)
	s.Audit.Leaves = s.Log
	s.Trail = trail.New(s.Now)
	s.Trail.Leaves = s.Log
	s.Limiter, s.Gate = limit.Off(), limit.OffGate()
	if s.Web.Limits != "off" {
		s.Limiter = limit.New(s.Now, limits())
		s.Gate, err = limit.NewGate(s.Now, s.Keys.Key("puzzle"), limit.Usual)
	}
	return err
}

// limits says how often one sender, or one account, may do a thing.
func limits() map[string]limit.Rule {
	return map[string]limit.Rule{
		"login":     {Burst: 10, Every: 6 * time.Second},
		"receipt":   {Burst: 20, Every: 3 * time.Second},
		"selfcheck": {Burst: 20, Every: 3 * time.Second},
		"account":   {Burst: 10, Every: 6 * time.Second},
		// Three of a million codes are right at a time: a thousand days of guessing at an even chance of one in five.
		"code": {Burst: 5, Every: 30 * time.Second},
		// Everybody in a hospital may come from one address, with twenty files each.
		"upload": {Burst: 200, Every: time.Second},
	}
}

// wire makes the modules and gives each what it asks of the others.
func (s *System) wire() error {
	channels, err := s.channels()
	if err != nil {
		return err
	}
	s.Org = &org.Service{DB: s.DB, Now: s.Now, Audit: s.Audit, Hasher: cmp.Or(s.Place.hasher, authn.NewHasher(runtime.NumCPU())), Limit: scoped{s.Limiter, "account"}, LimitCodes: scoped{s.Limiter, "code"},
		Roles: Roles(), Settings: s.Settings, Tell: s.tell, HandOver: s.handOver}
	s.Sessions = authn.NewSessions(s.DB, s.secure(), s.Keys.Key("device"), s.Org.ActorOf)
	s.Org.Sessions = s.Sessions
	if s.Org.Factors, err = authn.NewFactors(clock.System, s.Keys.Key("totp"), "清风 Qingfeng", s.Web.URL); err != nil {
		return err
	}
	if err := s.openSSO(); err != nil {
		return err
	}
	s.Notify = notify.New(s.DB, s.Queue, s.Now, addresses{s.DB}, channels...)
	s.Uploads = upload.New(s.DB, s.Blobs, s.Vault, s.Now, uploadRules())
	s.Files = attach.New(s.DB, s.Uploads, attach.Made{Media: s.Media, Stamp: s.Stamp}, s.Queue, s.Audit, s.Now)
	s.Files.Log = s.Log
	s.Forms = &form.Service{DB: s.DB, Now: s.Now, Audit: s.Audit, Files: s.Files, Names: org.Names, Manage: manageForms, ReadAnswers: readAnswers}
	s.System = &system.Service{DB: s.DB, Now: s.Now, Queue: s.Queue, Audit: s.Audit, Settings: s.Settings, Version: Version, Started: s.Now(), Subjects: subjects{}}
	s.Casework = &casework.Service{DB: s.DB, Now: s.Now, Queue: s.Queue, Audit: s.Audit, Settings: s.Settings, Calendar: s.System.CalendarOf,
		Notify: notifier{s.Notify}, Evidence: caseEvidence{s.Files}, Files: caseFiles{s.DB, s.Files}, Vault: s.Vault, Tell: s.observe, Index: index, Conceal: s.conceal, Log: s.Log}
	s.System.Tell, s.System.Sealed, s.System.Alarms = s.Casework.Announced, s.Casework.Sealed, s.logAlarms
	s.Intake = &intake.Service{DB: s.DB, Now: s.Now, Queue: s.Queue, Audit: s.Audit, Settings: s.Settings, Numbers: serial.New(s.DB),
		ReceiptKey: s.Keys.Key("receipt"), Vault: s.Vault, Cases: opener{s.Casework}, Deadlines: s.Casework, Ends: s.Casework, Files: reportFiles{s.Files}, Gate: s.Gate,
		Log: s.Log, URL: s.address().String()}
	s.Casework.Content, s.Casework.Receipts = contents{s}, s.Intake
	s.Inspections = &inspection.Service{DB: s.DB, Now: s.Now, Trail: s.Trail, Settings: s.Settings, Numbers: serial.New(s.DB), Calendar: s.System.CalendarOf, Tell: s.tell, Log: s.Log, Vault: s.Vault, Forms: s.Forms, Files: s.Files,
		Audit: s.Audit, Links: s.Org, Queue: s.Queue}
	s.cover()
	s.Rates = &rates.Service{DB: s.DB, Now: s.Now, Queue: s.Queue, Audit: s.Audit, Settings: s.Settings, Facts: measured{s.Casework}, Cases: measured{s.Casework}, Work: measured{s.Casework}}
	s.Rectify = &rectify.Service{DB: s.DB, Now: s.Now, Queue: s.Queue, Audit: s.Audit, Trail: s.Trail, Settings: s.Settings, Numbers: serial.New(s.DB),
		Notify: notifier{s.Notify}, Files: problemFiles{s.Files}, Sources: problemSources{s.Casework}, Campaign: campaign.Concerns}
	s.Sanction = &sanction.Service{DB: s.DB, Now: s.Now, Audit: s.Audit, Trail: s.Trail, Settings: s.Settings, Numbers: serial.New(s.DB), Calendar: s.System.CalendarOf,
		Notify: notifier{s.Notify}, Files: receipts{s.Files}, Campaign: campaign.Concerns}
	s.Inspections.Findings, s.Inspections.Clues, s.Inspections.Campaign = s.ledger, s.clues, campaign.Concerns
	s.Figures = figure.NewBook()
	s.Campaign = &campaign.Service{DB: s.DB, Now: s.Now, Audit: s.Audit, Trail: s.Trail, Numbers: serial.New(s.DB), Inspections: inspection.InCampaigns,
		Book: s.Figures, Keeper: figure.Keeper{Book: s.Figures, Settings: s.Settings, Now: s.Now}, Notify: notifier{s.Notify}, Files: returnFiles{s.Files}, Calendar: s.System.CalendarOf,
		LinkKey: s.Keys.Key("selfcheck"), URL: s.address().String(), Ledger: selfLedger{s.Rectify}, SelfFiles: selfFiles{s.Files}, Documents: prose.New(), Punished: penalties{}, Rectified: problems{}, Visited: inspections{}}
	s.Figures.Publish(slices.Concat(s.Rates.Figures(), s.Inspections.Figures(), s.Rectify.Figures(), sanction.Figures(), s.Campaign.SelfFigures())...)
	s.modules = []module.Module{s.Org.Module(), s.Intake.Module(), s.Casework.Module(), s.Rates.Module(), s.Campaign.Module(), s.Inspections.Module(), s.Rectify.Module(), s.Sanction.Module(), s.System.Module(), s.kit()}
	return nil
}

// uploadRules takes the files that media takes.
func uploadRules() upload.Rules {
	rules := upload.DefaultRules()
	rules.Accept = func(_ context.Context, u upload.Upload, r io.ReadSeeker) error {
		_, err := media.DefaultLimits().Inspect(u.Name, r)
		return err
	}
	return rules
}

// kit is what the kit itself brings to the program.
func (s *System) kit() module.Module {
	return module.Module{
		Name:      "kit",
		Endpoints: slices.Concat(s.Notify.Endpoints(), (&figure.Service{DB: s.DB, Book: s.Figures}).Endpoints(), s.Forms.Endpoints()),
		Jobs: slices.Concat(s.Notify.Jobs(), s.Files.Jobs(), s.Uploads.Jobs(), s.Log.Jobs(), []job.Handler{
			job.On(scrubIndex, func(ctx context.Context, _ struct{}) error { return search.Scrub(ctx, s.DB) }),
			job.On("session.sweep", func(ctx context.Context, _ struct{}) error { return s.Sessions.Sweep(ctx) }),
		}),
		Periodic: append(slices.Concat(s.Uploads.Periodic(), s.Log.Periodic()), job.Periodic{Kind: "session.sweep", Every: time.Hour}),
		Checks:   slices.Concat(s.Uploads.Checks(), s.Files.Checks(), form.Checks(), []verify.Check{audit.Check(), trail.Check(), s.Blobs.Check()}, s.between(), s.Log.Checks()),
	}
}

func (s *System) migrate(ctx context.Context) error {
	for _, p := range s.tables() {
		if err := s.DB.Migrate(ctx, p.Name, p.Files); err != nil {
			return err
		}
	}
	return nil
}

// tables are the parts of the program that have tables, in the order in which
// these are made.
func (s *System) tables() (parts []backup.Part) {
	for _, m := range slices.Concat(keyTables(), []module.Module{
		{Name: "job", Migrations: job.Migrations()}, {Name: "setting", Migrations: config.Migrations()},
		{Name: "audit", Migrations: audit.Migrations()}, {Name: "session", Migrations: authn.Migrations()}, {Name: "serial", Migrations: serial.Migrations()},
		{Name: "search", Migrations: search.Migrations()}, {Name: "notify", Migrations: notify.Migrations()},
		{Name: "upload", Migrations: upload.Migrations()}, {Name: "attach", Migrations: attach.Migrations()}, {Name: "form", Migrations: form.Migrations()},
		{Name: "log", Migrations: tlog.Migrations()}, {Name: "trail", Migrations: trail.Migrations()},
		{Name: "figure", Migrations: figure.Migrations()},
	}, s.modules) {
		if m.Migrations != nil {
			parts = append(parts, backup.Part{Name: m.Name, Files: m.Migrations})
		}
	}
	return parts
}

// register gives each part of each module to the piece of the kit that
// serves it.
func (s *System) register() {
	s.API = httpapi.New(s.mux, "Qingfeng 清风", Version)
	for _, m := range s.modules {
		s.API.Mount(m.Endpoints...)
		s.Queue.Handle(m.Jobs...)
		s.Queue.Repeat(m.Periodic...)
		s.Settings.Declare(m.Settings...)
	}
	tus := s.Uploads.Handler(uploadsAt)
	s.mux.Handle(uploadsAt, tus)
	s.mux.Handle(uploadsAt+"/", tus)
	s.mountSSO()
	s.Pages = web.New(web.Deps{DB: s.DB, Now: s.Now, Intake: s.Intake, Casework: s.Casework, Inspections: s.Inspections, Campaigns: s.Campaign, Sanctions: s.Sanction, Uploads: s.Uploads, Gate: s.Gate,
		MayUpload: func(r *http.Request) error { return s.Limiter.Allow("upload", s.sender(r)) }, URL: s.Web.URL})
	s.Pages.Mount(s.mux)
	s.Log.Mount(s.mux)
}

// uploadsAt is where files are uploaded to (kit/upload).
const uploadsAt = httpapi.Version + "/uploads"

// Checks returns the invariants of every module.
func (s *System) Checks() (all []verify.Check) {
	for _, m := range s.modules {
		all = append(all, m.Checks...)
	}
	return all
}

// Close closes the database.
func (s *System) Close() error { return s.DB.Close() }

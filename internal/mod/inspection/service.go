package inspection

import (
	"context"
	"embed"
	"io/fs"
	"slices"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/module"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/sheet"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// Service is the use cases of inspections.
type Service struct {
	DB       *db.DB
	Sheets   *sheet.Reader // reads what is imported
	Now      clock.Clock
	Trail    *trail.Log
	Settings *config.Settings
	Numbers  *serial.Numbers
	// Calendar returns the working days as they are known at one time, under the
	// rules for time limits that held when a limit began.
	Calendar func(ctx context.Context, began, known time.Time) calendar.Calendar
	// Tell tells members of staff something inside the program.
	Tell func(tx *db.Tx, to []string, kind string, text i18n.Text, link string) error
	// Findings takes what an inspection found, to have it put right; nil where
	// nobody does.
	Findings func(ctx context.Context, tx *db.Tx, f Finding) error
	// Campaign refuses a campaign that the actor does not see; nil where there are none.
	Campaign func(ctx context.Context, r db.Reader, id string) error
	// CreditRecord returns the class of an institution on its credit record, as far as
	// the actor may read that; nil where nobody keeps one.
	CreditRecord func(ctx context.Context, r db.Reader, unit string) (class string, err error)
	// Vault seals the secret of the program until the draw.
	Vault *crypt.Vault
	// Log proves to outsiders what was published of a draw, and when.
	Log *tlog.Log
	// Forms has the checklists and what was answered to them; Files keeps what visits
	// bring.
	Forms *form.Service
	Files *attach.Service
	Audit *audit.Log
	// Links gives social supervisors their accounts and personal links.
	Links Links
	// Queue takes what becomes a clue; Clues opens a case for it.
	Queue *job.Queue
	Clues func(ctx context.Context, c Clue) error
}

// Links gives volunteers an account and the personal link that opens it.
type Links interface {
	Enlist(ctx context.Context, tx *db.Tx, v org.Volunteer) (staff string, err error)
	GiveLink(ctx context.Context, tx *db.Tx, staff string, until time.Time) (token string, err error)
	EndLink(ctx context.Context, tx *db.Tx, staff, why string) error
}

// Finding is a problem that an inspection found, for whoever has it put right.
type Finding struct {
	Source     string // "inspection"
	SourceID   string // of the task
	ID         string // of the problem
	CampaignID string
	UnitID     string // institution; empty for a target of no register
	TargetName string
	Path       string
	OwnerPath  string // of the commission that inspected
	Category   string // of the taxonomy of violations
	Text       string
	FoundAt    time.Time
	DueAt      time.Time // zero: corrected on the spot
}

// The kinds of records whose life the trail has.
const (
	ofPlan    = "inspection_plan"
	ofDraw    = "inspection_draw"
	ofTask    = "inspection_task"
	ofTarget  = "inspection_target"
	ofOfficer = "inspection_officer"
	ofItem    = "inspection_item"
)

//go:embed migrations
var files embed.FS

// Migrations returns the tables of inspections.
func Migrations() fs.FS { return db.Tables(files) }

// Module declares what inspections bring.
func (s *Service) Module() module.Module {
	return module.Module{
		Name:       "inspection",
		Migrations: Migrations(),
		Endpoints:  slices.Concat(s.targetEndpoints(), s.officerEndpoints(), s.planEndpoints(), s.monitorEndpoints(), s.drawEndpoints(), s.taskEndpoints()),
		Jobs:       []job.Handler{job.On(jobAlarm, s.alarm), job.On(jobClue, s.passOn)},
		Periodic:   []job.Periodic{{Kind: jobAlarm, Every: 6 * time.Hour}},
		Settings:   settings(),
		Checks:     s.checks(),
	}
}

func (s *Service) targetEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Own("GET /inspection/dictionary", "Kinds, conclusions, states", s.Dictionary),
		httpapi.Do("GET /inspection/targets", "List the library of targets", Read, s.ListTargets),
		httpapi.Download("GET /inspection/targets/export", "The library of targets as a file", Read, s.ExportTargets),
		httpapi.Do("POST /inspection/targets/sync", "Take the institutions of the register into the library", Manage, s.SyncTargets),
		httpapi.Do("GET /inspection/targets/{id}", "One target, its credit and inspections", Read, s.GetTarget),
		httpapi.Do("POST /inspection/targets/{id}/credit", "Change the credit class of a target", Manage, s.SetCredit),
		httpapi.Do("POST /inspection/targets/{id}/active", "Take a target out of the library, or in again", Manage, s.ActivateTarget),
		httpapi.Do("POST /inspection/imports/targets", "Check or import targets from a table", Manage, s.ImportTargets, httpapi.MaxBody(sheet.MaxFile+1)),
		httpapi.Download("GET /inspection/imports/targets/template", "Table to fill in for targets", Manage, s.TargetTemplate),
	}
}

func (s *Service) officerEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /inspection/officers", "List the library of inspectors", Read, s.ListOfficers),
		httpapi.Download("GET /inspection/officers/export", "The library of inspectors as a file", Read, s.ExportOfficers),
		httpapi.Do("POST /inspection/officers", "Add an inspector", Manage, s.AddOfficer, httpapi.Created),
		httpapi.Do("GET /inspection/officers/{id}", "One inspector and the recusals", Read, s.GetOfficer),
		httpapi.Do("POST /inspection/officers/{id}", "Change an inspector", Manage, s.ChangeOfficer),
		httpapi.Do("POST /inspection/officers/{id}/active", "Take an inspector out of the library, or in again", Manage, s.ActivateOfficer),
		httpapi.Do("POST /inspection/officers/{id}/recusals", "Keep an inspector from a target", Manage, s.Recuse, httpapi.Created),
		httpapi.Do("POST /inspection/recusals/{id}/end", "End a recusal", Manage, s.EndRecusal),
		httpapi.Do("POST /inspection/imports/officers", "Check or import inspectors from a table", Manage, s.ImportOfficers, httpapi.MaxBody(sheet.MaxFile+1)),
		httpapi.Download("GET /inspection/imports/officers/template", "Table to fill in for inspectors", Manage, s.OfficerTemplate),
	}
}

func (s *Service) planEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /inspection/items", "List what is inspected", Read, s.ListItems),
		httpapi.Do("POST /inspection/items", "Add or change an item", Manage, s.SaveItem),
		httpapi.Do("GET /inspection/plans", "List plans, the latest year first", Read, s.ListPlans),
		httpapi.Do("POST /inspection/plans", "Write the plan of a year", Manage, s.WritePlan, httpapi.Created),
		httpapi.Do("GET /inspection/plans/{id}", "One plan, its batches and how far it is", Read, s.GetPlan),
		httpapi.Do("POST /inspection/plans/{id}", "Change a plan that is a draft", Manage, s.ChangePlan),
		httpapi.Do("POST /inspection/plans/{id}/publish", "Publish a plan", Manage, s.PublishPlan),
		httpapi.Do("POST /inspection/plans/{id}/finish", "Say that a plan is done", Manage, s.FinishPlan),
	}
}

func (s *Service) monitorEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /inspection/monitors", "List social supervisors", Manage, s.ListMonitors),
		httpapi.Do("POST /inspection/monitors", "Recruit a social supervisor", Manage, s.AddMonitor, httpapi.Created),
		httpapi.Do("GET /inspection/monitors/{id}", "One social supervisor, the link and the recusals", Manage, s.GetMonitor),
		httpapi.Do("POST /inspection/monitors/{id}", "Change what is on record of a social supervisor", Manage, s.ChangeMonitor),
		httpapi.Do("POST /inspection/monitors/{id}/link", "Give a social supervisor a personal link", Manage, s.GiveLink),
		httpapi.Do("POST /inspection/monitors/{id}/link/end", "End the personal link of a social supervisor", Manage, s.EndLink),
		httpapi.Do("GET /inspection/tasks/{id}/clues", "What social supervisors found, and what became of it", Manage, s.ListClues),
		httpapi.Do("POST /inspection/tasks/{id}/clues", "Decide what becomes of a problem that a social supervisor found", Manage, s.Sift),
	}
}

func (s *Service) drawEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /inspection/draws", "List draws, the latest first", Read, s.ListDraws),
		httpapi.Do("POST /inspection/draws", "Freeze a list and name the witnesses", Manage, s.Freeze, httpapi.Created),
		httpapi.Do("POST /inspection/draws/preview", "How many a draw would take, before its list is frozen", Manage, s.PreviewDraw),
		httpapi.Do("GET /inspection/draws/{id}", "One draw: list, witnesses, result", Read, s.GetDraw),
		httpapi.Do("POST /inspection/draws/{id}/draw", "Draw", Manage, s.Draw),
		httpapi.Do("POST /inspection/draws/{id}/void", "Declare a draw void", Manage, s.VoidDraw),
		httpapi.Do("POST /inspection/draws/{id}/publish", "Publish the record of a draw", Manage, s.PublishDraw),
		httpapi.Do("POST /inspection/draws/{id}/witnesses/{witness}/link", "Give a witness a new link", Manage, s.RenewLink),
		httpapi.Download("GET /inspection/draws/{id}/record", "The record of a draw as a file", Read, s.DrawRecord),
		httpapi.Public("GET /public/draws", "Draws, the latest first", s.PublicDraws),
		httpapi.Public("GET /public/draws/{id}", "One draw: hash of the list, witnesses, proof of time", s.PublicDraw),
		httpapi.PublicDownload("GET /public/draws/{id}/record", "The record of a published draw, for qingfeng draw verify", s.PublicRecord),
		httpapi.Public("GET /public/inspections", "Published results of inspections, the latest first", s.PublicResults),
	}
}

func (s *Service) taskEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /inspection/tasks", "List tasks, the latest first", Read, s.ListTasks),
		httpapi.Download("GET /inspection/tasks/export", "Tasks as a file", Read, s.ExportTasks),
		httpapi.Do("POST /inspection/tasks", "Assign an inspection that is not double-random", Manage, s.Assign, httpapi.Created),
		httpapi.Do("GET /inspection/tasks/{id}", "One task and its history", Read, s.GetTask),
		httpapi.Do("GET /inspection/desk", "What inspections want of the caller now", Read, s.Desk),
		httpapi.Do("GET /inspection/mine", "The tasks of the caller", Visit, s.MyTasks),
		httpapi.Do("GET /inspection/mine/pack", "What a phone needs for the open tasks of the caller", Visit, s.MyPack),
		httpapi.Do("GET /inspection/tasks/{id}/visits", "What was handed in of an inspection, the latest first", Visit, s.ListVisits),
		httpapi.Download("GET /inspection/visits/{id}/files/{file}", "The sanitised copy of a photo, a signature or a file of the checklist", Visit, s.OpenVisitFile),
		httpapi.Do("POST /inspection/tasks/{id}/visits", "Hand in a visit", Visit, s.HandIn, httpapi.Created),
		httpapi.Do("POST /inspection/tasks/{id}/start", "Begin an inspection", Visit, s.Start),
		httpapi.Do("POST /inspection/tasks/{id}/conclude", "Enter the result", Visit, s.Conclude),
		httpapi.Do("POST /inspection/tasks/{id}/unable", "Say why it cannot be inspected", Visit, s.ReportUnable),
		httpapi.Do("POST /inspection/tasks/{id}/confirm", "Confirm a result as the second person", Manage, s.Confirm),
		httpapi.Do("POST /inspection/tasks/{id}/send-back", "Send a result back", Manage, s.SendBack),
		httpapi.Do("POST /inspection/tasks/{id}/publish", "Publish a result", Manage, s.PublishTask),
		httpapi.Do("POST /inspection/tasks/{id}/replace", "Take the next in place of a target or an inspector", Manage, s.Replace),
	}
}

// now is the present as tables keep it.
func (s *Service) now() time.Time { return exact(s.Now()) }

// exact is an instant as tables keep it.
func exact(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// read runs f on a snapshot.
func read[T any](ctx context.Context, s *Service, f func(db.Reader) (T, error)) (out T, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		out, err = f(r)
		return err
	})
	return out, err
}

// write runs f in a transaction.
func write[T any](ctx context.Context, s *Service, f func(*db.Tx) (T, error)) (out T, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		out, err = f(tx)
		return err
	})
	return out, err
}

// may tells which permissions the actor of ctx holds at a path, for the machines.
func may(ctx context.Context, path string) func(authz.Permission) bool {
	a := authz.From(ctx)
	return func(p authz.Permission) bool { return a.Covers(p, path) }
}

// step writes down what was done to a record.
func (s *Service) step(ctx context.Context, tx *db.Tx, kind, id string, a flow.Action, was, became, reason string, detail map[string]any) error {
	return s.Trail.Add(ctx, tx, trail.Record{Kind: kind, ID: id}, trail.Step{Act: string(a), Was: was, Became: became, Reason: reason, Detail: detail})
}

// because refuses to act without a reason.
func because(reason string) error {
	if reason == "" {
		return fault.Field("reason", i18n.T("请写明原因", "please give the reason"))
	}
	return nil
}

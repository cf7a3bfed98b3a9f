package system

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/module"
)

// The permissions of system.
const (
	ManageSettings authz.Permission = "setting.manage" // see and change settings, import years
	ManageJobs     authz.Permission = "job.manage"     // see and revive failed jobs, see the status
	ReadAudit      authz.Permission = "audit.read"     // read and export the log
)

// Service is the use cases of system.
type Service struct {
	DB       *db.DB
	Now      clock.Clock
	Queue    *job.Queue
	Audit    *audit.Log
	Settings *config.Settings
	// Version names the program, and Started is when this process began, for
	// the status.
	Version string
	Started time.Time
	// Tell lets those who keep deadlines know, in the transaction, that the
	// holidays of a year have changed. It may be nil.
	Tell func(tx *db.Tx, year int) error
	// Subjects names what the log speaks of.
	Subjects Subjects
	// Alarms tells what stands still that must not, for the status. It may be nil.
	Alarms func(ctx context.Context) []i18n.Text
	// Sealed returns the condition, on the column of an identifier, under which
	// the actor of ctx may not know what the identifier names. Nil: nothing is
	// sealed.
	Sealed func(ctx context.Context, w *db.Where, id string) string

	years config.Fresh[*known]
}

//go:embed migrations
var files embed.FS

// Migrations returns the tables of system.
func Migrations() fs.FS { return db.Tables(files) }

// Module declares what system brings.
func (s *Service) Module() module.Module {
	return module.Module{
		Name:       "system",
		Migrations: Migrations(),
		Endpoints: []httpapi.Endpoint{
			httpapi.Do("GET /settings", "Every setting with its value in force", ManageSettings, s.ListSettings),
			httpapi.Do("GET /settings/{key}/history", "The versions of a setting", ManageSettings, s.SettingHistory),
			httpapi.Do("POST /settings/{key}", "Change a setting", ManageSettings, s.ChangeSetting, httpapi.Created),
			httpapi.Do("GET /jobs/dead", "Jobs that failed for good", ManageJobs, s.DeadJobs),
			httpapi.Do("POST /jobs/dead/{id}/revive", "Have a failed job tried again", ManageJobs, s.ReviveJob),
			httpapi.Do("GET /jobs/backlog", "How much waits to be done", ManageJobs, s.Backlog),
			httpapi.Do("GET /audit", "Read the audit log", ReadAudit, s.ReadLog),
			httpapi.Download("GET /audit/export", "Export the audit log", ReadAudit, s.ExportLog),
			httpapi.Own("GET /calendar/years", "Which years are announced", s.ListYears),
			httpapi.Own("GET /calendar/{year}", "The days of a year", s.Year),
			httpapi.Do("POST /calendar/years", "Import the holidays of a year", ManageSettings, s.ImportYear, httpapi.Created),
			httpapi.Do("GET /status", "How the program is doing", ManageJobs, s.Status),
		},
		Settings: []config.Setting{rules.Setting},
		Checks:   s.checks(),
	}
}

// needEverywhere refuses who holds p only below the top of the tree, where the
// matter concerns everybody.
func needEverywhere(ctx context.Context, p authz.Permission) error {
	if authz.From(ctx).Covers(p, "/") {
		return nil
	}
	return fault.New(fault.Forbidden, i18n.T("此事影响全系统，只有在最上级授权的系统管理员可以办理", "this concerns the whole system; only an administrator appointed at the top of the tree may do it")).
		WithFix(i18n.T("请联系上级系统管理员", "ask the system administrator above you"))
}

// now is the present as the database stores it.
func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Millisecond) }

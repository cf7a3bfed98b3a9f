package rates

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
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/module"
)

// The permissions of rates.
const (
	Read    authz.Permission = "rates.read"
	Manage  authz.Permission = "rates.manage" // have windows counted
	SignOff authz.Permission = "rates.sign"
	// seeReserved opens the discipline line; casework owns the permission.
	seeReserved authz.Permission = "integrity.read"
)

// Service is the use cases of rates.
type Service struct {
	DB       *db.DB
	Now      clock.Clock
	Queue    *job.Queue
	Audit    *audit.Log
	Settings *config.Settings
	// Facts says what a case means, whoever asks.
	Facts Facts
	// Cases says which cases the actor may see.
	Cases Cases
	// Work tells what waits to be done.
	Work Work
}

// Facts answers what cases mean for the rates, by case; what is no case is not
// in the answer.
type Facts interface {
	FactsOf(ctx context.Context, r db.Reader, caseIDs []string) (map[string]Fact, error)
}

// Cases answers which of some cases the actor of ctx may see, and what they
// are called.
type Cases interface {
	Visible(ctx context.Context, r db.Reader, caseIDs []string) (map[string]Called, error)
}

// Called is what people call a case.
type Called struct{ Title, LeadName, InstitutionName string }

// Work answers what waits to be done below a path, as far as the actor of ctx
// may know.
type Work interface {
	Reminders(ctx context.Context, r db.Reader, path string) (Reminders, error)
	HardCases(ctx context.Context, r db.Reader, path string, limit int) ([]HardCase, error)
}

// Reminders counts what should be done (工作提示).
type Reminders struct {
	Overdue  list.Count `json:"overdue" doc:"Open past the deadline."`
	Unsigned list.Count `json:"unsigned" doc:"Dispatched and not signed for."`
	NearDue  list.Count `json:"near_due" doc:"Little time left."`
}

// HardCase is a case that is listed as hard (疑难挂账).
type HardCase struct {
	CaseID     string    `json:"case_id"`
	Number     string    `json:"number"`
	Title      string    `json:"title"`
	LeadName   string    `json:"lead_name"`
	ReceivedAt time.Time `json:"received_at"`
	DueAt      time.Time `json:"due_at,omitzero"`
}

//go:embed migrations
var files embed.FS

// Migrations returns the tables of rates.
func Migrations() fs.FS { return db.Tables(files) }

// Module declares what rates brings.
func (s *Service) Module() module.Module {
	return module.Module{
		Name:       "rates",
		Migrations: Migrations(),
		Endpoints: []httpapi.Endpoint{
			httpapi.Do("GET /rates/dictionary", "Measures, reasons of exclusion, presets of weights", Read, s.Dictionary),
			httpapi.Do("GET /rates/windows", "List windows, the latest first", Read, s.Windows),
			httpapi.Do("GET /rates/table", "The three rates of one window", Read, s.Table),
			httpapi.Download("GET /rates/table/export", "The three rates of one window as a file", Read, s.ExportTable),
			httpapi.Do("GET /rates/trend", "The three rates of one subject over time", Read, s.Trend),
			httpapi.Do("GET /rates/cases", "The cases behind a figure", Read, s.DrillDown),
			httpapi.Download("GET /rates/extract", "Anonymised extract from which every figure can be recomputed", Read, s.Extract),
			httpapi.Do("POST /rates/recompute", "Have a window counted", Manage, s.Recompute),
			httpapi.Do("POST /rates/windows/{id}/sign", "Sign a window off", SignOff, s.Sign),
			httpapi.Do("GET /rates/windows/{id}/pack", "What the monthly meeting reads", Read, s.Pack),
			httpapi.Download("GET /rates/windows/{id}/pack/export", "What the monthly meeting reads, as a workbook or an official document", Read, s.ExportPack),
		},
		Jobs:     []job.Handler{job.On(JobObserve, s.observe), job.On(jobCount, s.recount), job.On(jobSweep, s.sweep)},
		Periodic: []job.Periodic{{Kind: jobSweep, Every: sweepEvery}},
		Settings: settings(),
		Checks:   s.checks(),
	}
}

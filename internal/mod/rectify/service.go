package rectify

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/module"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/sheet"
	"qingfeng/internal/kit/trail"
)

// Service is the use cases of rectify.
type Service struct {
	DB       *db.DB
	Now      clock.Clock
	Queue    *job.Queue
	Audit    *audit.Log
	Trail    *trail.Log
	Settings *config.Settings
	Numbers  *serial.Numbers
	Notify   Notifier
	Files    Files
	// Sources names the records that problems come from.
	Sources Sources
	// Campaign refuses a campaign that the actor does not see, as the value of
	// campaign_id; none is none.
	Campaign func(ctx context.Context, r db.Reader, id string) error
}

// Notifier tells staff something inside the program.
type Notifier interface {
	Send(ctx context.Context, tx *db.Tx, to []string, kind string, text i18n.Text, link string) error
}

// Origin is the record that a problem comes from. What inspections and visits
// found has an identifier of its own: Record is the inspection then.
type Origin struct{ Record, Number string }

// Sources answers which record a problem comes from, as far as the actor of ctx
// may know of it; empty otherwise.
type Sources interface {
	OriginOf(ctx context.Context, r db.Reader, source, id string) (Origin, error)
}

// ProblemFile is a file of a problem.
type ProblemFile struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Kind     string    `json:"kind" doc:"image, audio, video or document"`
	State    string    `json:"state" doc:"pending, ready or failed; only ready files can be opened"`
	Evidence bool      `json:"evidence" doc:"It shows what was done; otherwise, what was found."`
	By       string    `json:"by"`
	ByName   string    `json:"by_name"`
	Size     int64     `json:"size" doc:"Bytes of the original."`
	At       time.Time `json:"at"`
	Pages    int       `json:"pages" doc:"Of a document whose pages can be looked at."`
}

// Files keeps the files of problems.
type Files interface {
	// Prepare moves uploads to where Attach takes them, before the transaction.
	Prepare(ctx context.Context, uploads []string) (hashes []string, err error)
	// Attach hangs prepared uploads on a problem: as evidence of what was done, or
	// as what was found.
	Attach(ctx context.Context, tx *db.Tx, problem string, evidence bool, uploads []string) error
	Of(r db.Reader, problem string) ([]ProblemFile, error)
	Open(ctx context.Context, problem, file string, l attach.Look) (httpapi.File, error)
	// Shown counts the evidence of problems, by problem.
	Shown(r db.Reader, problems []string) (map[string]int, error)
}

//go:embed migrations
var files embed.FS

// Migrations returns the tables of rectify.
func Migrations() fs.FS { return db.Tables(files) }

// Module declares what rectify brings.
func (s *Service) Module() module.Module {
	return module.Module{
		Name:       "rectify",
		Migrations: Migrations(),
		Endpoints: []httpapi.Endpoint{
			httpapi.Own("GET /problems/dictionary", "States, sources, categories and clauses of the ledger", s.Dictionary),
			httpapi.Do("GET /problems", "List problems", Read, s.ListProblems),
			httpapi.Do("GET /problems/counts", "How many problems are in each box", Read, s.Counts),
			httpapi.Download("GET /problems/export", "The ledger as a file", Read, s.Export),
			httpapi.Do("POST /problems/import", "Check or import a ledger", Import, s.ImportLedger, httpapi.MaxBody(sheet.MaxFile+1)),
			httpapi.Download("GET /problems/import/template", "Ledger to fill in", Import, s.Template),
			httpapi.Do("POST /problems", "Enter a problem", Read, s.Enter, httpapi.Created),
			httpapi.Do("POST /problems/assign", "Assign several problems", Read, s.AssignMany),
			httpapi.Do("GET /problems/{id}", "Read a problem", Read, s.Get),
			httpapi.Download("GET /problems/{id}/files/{file}", "The sanitised copy of a file", Read, s.OpenFile),
			httpapi.Do("POST /problems/{id}/correct", "Correct the entry", Review, s.Correct),
			httpapi.Do("POST /problems/{id}/plan", "Write the plan", Work, s.WritePlan),
			httpapi.Do("POST /problems/{id}/assign", "Assign to a department or person", Read, s.Assign),
			httpapi.Do("POST /problems/{id}/start", "Begin", Work, s.Start),
			httpapi.Do("POST /problems/{id}/report", "Report progress, with evidence", Work, s.Report),
			httpapi.Do("POST /problems/{id}/apply", "Apply for closing", Work, s.Apply),
			httpapi.Do("POST /problems/{id}/pass", "Pass the first review", Read, s.Pass),
			httpapi.Do("POST /problems/{id}/send-back", "Send back", Read, s.SendBack),
			httpapi.Do("POST /problems/{id}/close", "Close", Review, s.Close),
			httpapi.Do("POST /problems/{id}/look-back", "Say whether it has held", Review, s.LookBack),
			httpapi.Do("POST /problems/{id}/list", "Put on the list of an authority", List, s.Enlist),
			httpapi.Do("POST /problems/{id}/delist", "Take off the list", List, s.Delist),
			httpapi.Do("POST /problems/{id}/ask", "Ask for more time, or to withdraw the entry", Read, s.Ask),
			httpapi.Do("POST /problems/{id}/decide", "Decide on what was asked", Review, s.Decide),
		},
		Jobs:     []job.Handler{job.On(jobNumber, s.number), job.On(jobPress, s.pressAll)},
		Periodic: []job.Periodic{{Kind: jobPress, Every: pressEvery}},
		Settings: []config.Setting{pressAfter.Setting, atOnceDays.Setting, lookAfter.Setting},
		Checks:   s.checks(),
	}
}

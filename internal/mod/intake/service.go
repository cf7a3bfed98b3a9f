package intake

import (
	"context"
	"embed"
	"io/fs"
	"slices"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/limit"
	"qingfeng/internal/kit/module"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/sheet"
	"qingfeng/internal/kit/tlog"
)

// The permissions of intake.
const (
	ReadCodes   authz.Permission = "code.read"
	ManageCodes authz.Permission = "code.manage" // make, print, rotate, revoke
	Enter       authz.Permission = "intake.enter"
	Import      authz.Permission = "intake.import"
)

// Service is the use cases of intake.
type Service struct {
	DB       *db.DB
	Sheets   *sheet.Reader // reads what is imported
	Now      clock.Clock
	Queue    *job.Queue
	Audit    *audit.Log
	Settings *config.Settings
	Numbers  *serial.Numbers
	// ReceiptKey is the key under which receipts are looked up; it comes from
	// the key ring and never lies in the database.
	ReceiptKey []byte
	// Vault keeps the keys that seal who reported, and the words that must not
	// lie open.
	Vault *crypt.Vault
	// Cases opens a case for a report, in the report's transaction.
	Cases Opener
	// Deadlines tells by when a report is answered.
	Deadlines Deadlines
	// Ends tells when words were destroyed.
	Ends Ends
	// Files keeps evidence.
	Files Evidence
	// Gate slows floods down.
	Gate Gate
	// Log shows that a report was accepted and stands unaltered.
	Log *tlog.Log
	// URL is the address that people use, without a slash at its end; codes
	// lead to it.
	URL string

	scans scans
}

// Opener opens a case for a report and returns its deadline.
type Opener interface {
	Open(ctx context.Context, tx *db.Tx, o Opening) (deadline time.Time, err error)
}

// Deadlines tells by when a report is answered.
type Deadlines interface {
	DeadlineOf(r db.Reader, report string) (time.Time, error)
}

// Ends tells when the words of reports were destroyed, as the course of their
// cases says, by report.
type Ends interface {
	WordsEnded(r db.Reader, reports []string) (map[string]time.Time, error)
}

// Evidence attaches completed uploads to a report.
type Evidence interface {
	// Prepare moves uploads to where Attach takes them, before the transaction,
	// and returns the SHA-256 of each in hexadecimal, sorted.
	Prepare(ctx context.Context, uploads []string) (hashes []string, err error)
	Attach(ctx context.Context, tx *db.Tx, report string, uploads []string) error
	// Mask has voices changed in the files of a report, those to come among them.
	Mask(ctx context.Context, tx *db.Tx, report string) error
}

// Gate lets a report of a code through, or refuses with the puzzle to solve
// as hint.
type Gate interface {
	Check(purpose, place string, s limit.Solution) error
}

//go:embed migrations
var files embed.FS

// Migrations returns the tables of intake.
func Migrations() fs.FS { return db.Tables(files) }

// Module declares what intake brings.
func (s *Service) Module() module.Module {
	return module.Module{
		Name:       "intake",
		Migrations: Migrations(),
		Endpoints:  slices.Concat(s.reportEndpoints(), s.codeEndpoints()),
		Checks:     s.checks(),
	}
}

func (s *Service) reportEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Public("POST /public/reports", "Report", s.Report, httpapi.Created),
		httpapi.PublicDownload("GET /public/receipts/{receipt}/file", "What proves that a report was accepted, as a file", s.DownloadReceiptFile),
		httpapi.Do("POST /reports", "Enter a report for somebody", Enter, s.Enter, httpapi.Created),
		httpapi.Do("POST /intake/imports/hotline", "Check or import a table of 12345 orders", Import, s.ImportHotline, httpapi.MaxBody(sheet.MaxFile+1)),
		httpapi.Download("GET /intake/imports/hotline/template", "Table to fill in for 12345 orders", Import, s.HotlineTemplate),
		httpapi.Do("GET /intake/imports/hotline", "Files of 12345 orders that were imported", Import, s.ListHotline),
		httpapi.Own("GET /intake/dictionaries", "The closed lists of reports, bilingual", s.Dictionaries),
	}
}

func (s *Service) codeEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /codes", "List codes with their scans", ReadCodes, s.ListCodes),
		httpapi.Do("POST /codes", "Make codes for places", ManageCodes, s.MakeCodes, httpapi.Created),
		httpapi.Download("POST /codes/posters", "Posters of codes as PDF", ManageCodes, s.Posters),
		httpapi.Do("GET /codes/coverage", "Institutions with how far their places have codes", ReadCodes, s.ListCoverage),
		httpapi.Do("GET /codes/coverage/regions", "The coverage by region", ReadCodes, s.CoverageByRegion),
		httpapi.Download("GET /codes/coverage/export", "The coverage as xlsx or csv", ReadCodes, s.ExportCoverage),
		httpapi.Do("GET /codes/bare", "Places without a code", ReadCodes, s.ListBare),
		httpapi.Do("GET /codes/scans", "Scans by day and by place", ReadCodes, s.Scans),
		httpapi.Do("GET /codes/{id}", "A code and where it hangs", ReadCodes, s.ReadCode),
		httpapi.Do("POST /codes/{id}/rotate", "Hang a new code in place of a live one", ManageCodes, s.Rotate, httpapi.Created),
		httpapi.Do("POST /codes/{id}/revoke", "End a code", ManageCodes, s.Revoke),
		httpapi.Do("POST /codes/{id}/replace", "Hang a new code where one was revoked", ManageCodes, s.Replace, httpapi.Created),
	}
}

// ReportInput is a report as JSON.
type ReportInput struct {
	Body Submission
}

// Report accepts a report from a stranger.
func (s *Service) Report(ctx context.Context, in ReportInput) (Accepted, error) {
	return s.Submit(ctx, in.Body, Origin{})
}

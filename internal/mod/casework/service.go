package casework

import (
	"context"
	"embed"
	"io"
	"io/fs"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/module"
	"qingfeng/internal/kit/tlog"
)

// Service is the use cases of casework.
type Service struct {
	DB       *db.DB
	Now      clock.Clock
	Queue    *job.Queue
	Audit    *audit.Log
	Settings *config.Settings
	// Calendar returns the working days as they are known at one time, under the
	// rules for time limits that held when a limit began.
	Calendar func(ctx context.Context, began, known time.Time) calendar.Calendar
	// Notify tells members of staff something inside the program.
	Notify Notifier
	// Content asks intake what the reporter said.
	Content Contents
	// Receipts asks intake which case a receipt opens.
	Receipts Receipts
	// Evidence attaches completed uploads to a case.
	Evidence Evidence
	// Files opens what was attached.
	Files Files
	// Vault keeps the keys that seal what is written about cases.
	Vault *crypt.Vault
	// Tell lets other modules know that a case changed, in the transaction.
	Tell func(tx *db.Tx, caseID string) error
	// Index makes a case findable by a text, in the background; of a sealed case
	// nothing but its numbers comes here.
	Index func(tx *db.Tx, caseID, text string) error
	// Conceal makes a case findable by its numbers alone, and has the index forget
	// for good what it knew.
	Conceal func(tx *db.Tx, caseID, numbers string) error
	// Log shows that no event was altered, left out or put in afterwards.
	Log *tlog.Log
}

// Notifier tells staff something. The texts never say who reported.
type Notifier interface {
	Send(ctx context.Context, tx *db.Tx, to []string, kind string, text i18n.Text, link string) error
	// Forget takes what was said about a link from those whom choose names of the
	// people who were told.
	Forget(tx *db.Tx, link string, choose func(told []string) (from []string, err error)) error
}

// Content is what a reporter said, as far as the actor of the context may
// read it.
type Content struct {
	Narrative  string            `json:"narrative"`
	Wish       string            `json:"wish"`
	OccurredOn string            `json:"occurred_on"`
	About      string            `json:"about" doc:"Whom the report names, in the reporter's words."`
	Answers    map[string]string `json:"answers" doc:"Answers to the questions of the category."`
	Place      string            `json:"place"`
	SourceNo   string            `json:"source_no" doc:"Number in the sending office, such as that of the 12345 order."`
	Files      []File            `json:"files"`
	Masked     bool              `json:"masked" doc:"Voices are changed in all files of the case, those that are still to come among them."`
	Gone       bool              `json:"gone" doc:"The time for keeping it is over: words were destroyed, here or in the course of the case."`
}

// File is a piece of evidence as staff see it.
type File struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Kind  string `json:"kind" doc:"image, audio, video or document"`
	State string `json:"state" doc:"pending, ready or failed; only ready files can be opened"`
	From  string `json:"from" doc:"reporter or staff"`
	By    string `json:"-"` // the member of staff
	Size  int64  `json:"size" doc:"Bytes of the original."`
	// At tells what came with the report from what was added later.
	At time.Time `json:"at" doc:"When it was handed in."`
	// SHA256 is that of the original, which nobody opens here.
	SHA256 string `json:"sha256" doc:"SHA-256 of the original."`
	Pages  int    `json:"pages" doc:"Of a document whose pages can be looked at; a document that has none is handed out as it is."`
	Masked bool   `json:"masked" doc:"Voices are changed in what is heard."`
}

// Reporter is what can be said of who gave a report without opening it.
type Reporter struct {
	May   bool // the actor of the context may know
	Given bool // there is a name or a telephone
	Gone  bool // it was destroyed
}

// Identity is who gave a report.
type Identity struct{ Name, Phone string }

// Evidence attaches completed uploads to a case.
type Evidence interface {
	// Prepare moves uploads to where Attach takes them, before the transaction,
	// and returns the SHA-256 of each in hexadecimal, sorted.
	Prepare(ctx context.Context, uploads []string) (hashes []string, err error)
	// Attach names by which case they come: another one that joined it, or none.
	Attach(ctx context.Context, tx *db.Tx, caseID, via string, uploads []string) error
}

// Files keeps the files of cases and opens their sanitised copies.
type Files interface {
	Open(ctx context.Context, caseID, file string, l attach.Look) (httpapi.File, error)
	Retry(ctx context.Context, tx *db.Tx, caseID, file string) error
	// Original opens what was received, once it has been compared with its SHA-256.
	Original(ctx context.Context, caseID, file string) (io.ReadSeekCloser, error)
	// Given returns what the reporter of a case gave.
	Given(r db.Reader, caseID string) ([]File, error)
	// Mask has voices changed in the files of a case from now on.
	Mask(ctx context.Context, tx *db.Tx, caseID string) error
	Masked(r db.Reader, caseID string) (bool, error)
}

// Contents answers what was said in a case.
type Contents interface {
	Content(ctx context.Context, r db.Reader, c Case) (Content, error)
	Reporter(ctx context.Context, r db.Reader, c Case) (Reporter, error)
	// Identity opens who gave a report. Faults: Forbidden to whom it is not for,
	// Gone.
	Identity(ctx context.Context, r db.Reader, c Case) (Identity, error)
	// Narratives returns the words alone, by case, for comparing many.
	Narratives(ctx context.Context, r db.Reader, ids []string) (map[string]string, error)
	// Seal seals what was said in a case that turned out to be sensitive.
	Seal(tx *db.Tx, caseID string) error
	// ForgetIdentity destroys for good who reported a case.
	ForgetIdentity(tx *db.Tx, caseID string, at time.Time) error
	// ForgetWords destroys for good what was said in a case, its files among it.
	// What lay in the clear was sealed before.
	ForgetWords(tx *db.Tx, caseID string, at time.Time) error
}

// Receipts answers which case a receipt opens; a fault NotFound when none does.
type Receipts interface {
	Resolve(ctx context.Context, receipt string) (caseID string, err error)
}

//go:embed migrations
var files embed.FS

// Migrations returns the tables of casework.
func Migrations() fs.FS {
	return db.Tables(files)
}

// Module declares what casework brings.
func (s *Service) Module() module.Module {
	return module.Module{
		Name:       "casework",
		Migrations: Migrations(),
		Endpoints: append(fileEndpoints(s), []httpapi.Endpoint{
			httpapi.Do("GET /cases", "List cases", Read, s.List),
			httpapi.Download("GET /cases/export", "The cases of a list as a file", Export, s.ExportList),
			httpapi.Do("GET /cases/{id}", "Read a case", Read, s.Get),
			httpapi.Do("GET /cases/{id}/repeats", "Cases that may be about the same matter", Read, s.SuggestRepeats),
			httpapi.Download("GET /cases/{id}/archive", "The complete file of a case as a PDF", Export, s.Archive),
			httpapi.Own("GET /casework/dictionaries", "The closed lists of handling, bilingual", s.Dictionaries),
			httpapi.Do("POST /cases/steps", "Take one step of several cases", Read, s.TakeSteps),
			httpapi.Do("GET /workbench", "What must I do now", Read, s.Workbench),
			httpapi.Do("POST /cases/{id}/accept", "Accept", Triage, s.Accept),
			httpapi.Do("POST /cases/{id}/reject", "Do not accept", Triage, s.Reject),
			httpapi.Do("POST /cases/{id}/merge", "Merge into another case", Triage, s.Merge),
			httpapi.Do("POST /cases/{id}/dispatch", "Dispatch to units", Dispatch, s.Dispatch),
			httpapi.Do("POST /cases/{id}/take-back", "Take back from the unit", Dispatch, s.TakeBack),
			httpapi.Do("POST /cases/{id}/sign", "Sign for", Handle, s.Sign),
			httpapi.Do("POST /cases/{id}/assign", "Assign to a department or person", Handle, s.Assign),
			httpapi.Do("POST /cases/{id}/contact", "Record that the reporter was contacted", Handle, s.Contact),
			httpapi.Do("POST /cases/{id}/submit", "Submit the result", Handle, s.Submit),
			httpapi.Do("POST /cases/{id}/approve", "Approve the result", Review, s.Approve),
			httpapi.Do("POST /cases/{id}/send-back", "Send the result back", Review, s.SendBack),
			httpapi.Do("POST /cases/{id}/requests", "Ask for a return, more time, a pause, a hard listing or an exclusion", Handle, s.Ask),
			httpapi.Do("POST /cases/{id}/requests/{request}/decision", "Decide on a request", Review, s.Decide),
			httpapi.Do("POST /cases/{id}/resume", "Let the clock run on", Handle, s.Resume),
			httpapi.Do("POST /cases/{id}/callbacks", "Record a call-back", CallBack, s.CallBack),
			httpapi.Do("POST /cases/{id}/close", "Archive", CallBack, s.Close),
			httpapi.Do("POST /cases/{id}/reopen", "Take a closed case up again", Read, s.Reopen),
			httpapi.Do("POST /cases/{id}/withdraw", "Record that the reporter withdrew", CallBack, s.Retract),
			httpapi.Do("POST /cases/{id}/objection", "Object for the reporter", CallBack, s.ObjectFor),
			httpapi.Do("POST /cases/{id}/rework", "Have it handled again", CallBack, s.Rework),
			httpapi.Public("GET /public/receipts/{receipt}", "How a case stands, for its reporter", s.ReadReceipt),
			httpapi.Public("POST /public/receipts/{receipt}/messages", "Write to the handler", s.Say),
			httpapi.Public("POST /public/receipts/{receipt}/evidence", "Add evidence", s.AddEvidence),
			httpapi.Public("POST /public/receipts/{receipt}/callback", "Answer the three questions", s.Answer),
			httpapi.Public("POST /public/receipts/{receipt}/objection", "Object to the result", s.Object),
			httpapi.Public("POST /public/receipts/{receipt}/withdrawal", "Withdraw", s.Withdraw),
			httpapi.Do("POST /cases/{id}/helpers", "Add helping units", Dispatch, s.AddHelper),
			httpapi.Do("POST /cases/{id}/messages", "Write to the reporter", Read, s.Write),
			httpapi.Do("POST /cases/{id}/investigations", "Record an investigation", Handle, s.Investigate),
			httpapi.Do("POST /cases/{id}/opinion", "Give the opinion of a helping unit", Handle, s.Opine),
			httpapi.Do("POST /cases/{id}/feedback", "Record that the reporter was told", Handle, s.Feedback),
			httpapi.Do("POST /cases/{id}/supervisions", "Put under supervision", Supervise, s.Supervise),
			httpapi.Do("POST /cases/{id}/supervisions/{supervision}/answer", "Report on an order", Handle, s.AnswerSupervision),
			httpapi.Do("POST /cases/{id}/supervisions/{supervision}/end", "Close an order", Supervise, s.EndSupervision),
			httpapi.Do("POST /cases/{id}/supervisions/{supervision}/send-back", "Send the report on an order back", Supervise, s.ReturnReport),
			httpapi.Do("POST /cases/{id}/dispositions", "Decide on an integrity clue", Dispose, s.Dispose),
			httpapi.Do("POST /cases/{id}/exclusions", "Keep a person or unit from a case", Triage, s.KeepOut),
			httpapi.Do("GET /catalogue", "The dispatch catalogue", Read, s.ListRules),
			httpapi.Do("POST /catalogue", "Add a row to the catalogue", Catalogue, s.AddRule, httpapi.Created),
			httpapi.Do("POST /catalogue/{id}/end", "End a row of the catalogue", Catalogue, s.EndRule),
			httpapi.Do("POST /cases/{id}/note", "Add a note", Read, s.Note),
			httpapi.Do("POST /cases/{id}/identity/openings", "Open who reported, for a purpose", Read, s.OpenIdentity),
			httpapi.Do("POST /cases/{id}/identity/requests", "Ask the custodian to let me open who reported", Read, s.AskIdentity),
			httpapi.Do("GET /identity/requests", "Requests to open who reported", ApproveIdentity, s.ListAsked),
			httpapi.Do("POST /identity/requests/{request}/decision", "Approve or refuse a request to open who reported", ApproveIdentity, s.DecideIdentity),
		}...),
		Jobs: []job.Handler{
			job.On(jobRoute, s.take),
			job.On(jobIndexAll, s.indexAll),
			job.On(jobReckon, s.reckon),
			job.On(jobAlarms, s.alarms),
			job.On(jobCallbackEnds, s.callbackEnds),
			job.On(jobSeal, s.sealOld),
			job.On(jobRetain, s.retain),
			job.On(jobLapse, s.lapseOverdue),
		},
		Periodic: []job.Periodic{{Kind: jobAlarms, Every: alarmEvery}, {Kind: jobCallbackEnds, Every: callbackSweep}, {Kind: jobReckon, Every: reckonEvery},
			{Kind: jobSeal, Every: sealEvery}, {Kind: jobRetain, Every: retainEvery}, {Kind: jobLapse, Every: lapseEvery}},
		Settings: []config.Setting{
			limits.Setting, warnings.Setting, commissionAfter.Setting, returnsBeforeDesignation.Setting,
			callBackDays.Setting, callBackAttempts.Setting, autoDispatch.Setting, tellWithin.Setting, disownWithin.Setting,
			keepIdentity.Setting, keepWords.Setting, lookHours.Setting, askDays.Setting, approvedHours.Setting,
		},
		Checks: s.checks(),
	}
}

package campaign

import (
	"context"
	"embed"
	"io/fs"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/module"
	"qingfeng/internal/kit/prose"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/sheet"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/trail"
)

// Service is the use cases of campaign.
type Service struct {
	DB      *db.DB
	Now     clock.Clock
	Audit   *audit.Log
	Trail   *trail.Log
	Numbers *serial.Numbers
	// Inspections is who was inspected for which campaign, and when, as one select
	// statement: campaign, unit, at.
	Inspections string
	// Book is the figures that fill tables, and Keeper freezes them.
	Book     *figure.Book
	Keeper   figure.Keeper
	Notify   Notifier
	Files    Files
	Calendar Working
	// Documents reads the plans that are handed in.
	Documents *prose.Reader
	kept      keptSums
	// LinkKey is the key from which the links of institutions come.
	LinkKey []byte
	// URL is where people reach the program, without a slash at the end.
	URL       string
	Ledger    Ledger
	SelfFiles SelfFiles
	// Punished and Rectified tell whom to look at again.
	Punished  Punished
	Rectified Rectified
	Visited   Visited
}

//go:embed migrations
var files embed.FS

// Migrations returns the tables of campaign.
func Migrations() fs.FS { return db.Tables(files) }

// StandingTables are the tables whose rows the transparency log has after each
// change.
func StandingTables() []tlog.StandingTable {
	return []tlog.StandingTable{
		{Name: "campaign/v1", What: "campaigns", Table: "campaign", Key: "id",
			Columns: "number, title, state, path, owner, content, starts_on, ends_on, revision, created_by, created_at"},
		{Name: "campaign_milestone/v1", What: "milestones of campaigns as they were judged", Table: "campaign_milestone", Key: "campaign",
			Columns: "id, due, percent, kinds, inspected, in_scope, judged_at"},
		{Name: "campaign_source/v1", What: "documents from which campaigns were drafted", Table: "campaign_source", Key: "campaign", Columns: "words, plan, taken_at"},
		{Name: "campaign_table/v1", What: "statistics tables of campaigns", Table: "campaign_table", Key: "campaign",
			Columns: "version, lines, reason, made_by, made_at"},
		{Name: "campaign_filing/v1", What: "returns of campaigns", Table: "campaign_filing", Key: "return_id",
			Columns: "revision, edit, filler, reviewer, phone, words, version, own, remarks, hands, total, parts, signed_by, signed_at"},
		{Name: "campaign_return/v1", What: "what units owe campaigns", Table: "campaign_return", Key: "id",
			Columns: "campaign, duty, unit, unit_path, path, receiver, above, title, kind, due, period_start, period_end, state, revision, signed, placed_at, submitted_at, warned_at, alarmed_at"},
		{Name: "selfcheck_round/v2", What: "rounds of self-examination", Table: "selfcheck_round", Key: "campaign", Columns: strings.TrimPrefix(roundColumns, "campaign, ")},
		{Name: "selfcheck/v1", What: "self-examinations", Table: "selfcheck", Key: "id",
			Columns: "campaign, unit, path, region, kind, state, asked_at, ended_at, link, mac, revoked_at, number, revision, content, draft, submitted_at, changed_at"},
		{Name: "selfcheck_revision/v1", What: "what institutions sent", Table: "selfcheck_revision", Key: "selfcheck", Columns: "id, n, at, content"},
		{Name: "selfcheck_problem/v1", What: "problems of self-examinations", Table: "selfcheck_problem", Key: "id", Columns: "selfcheck, category, found_at, corrected_at, ledger"},
		{Name: "typical_case/v2", What: "typical cases", Table: "typical_case", Key: "id", Columns: strings.TrimPrefix(typicalColumns, "id, ")},
		{Name: "look_back/v1", What: "institutions to be looked at again", Table: "look_back", Key: "id", Columns: strings.TrimPrefix(lookColumns, "id, ")},
		{Name: "look_back_ground/v1", What: "why institutions are looked at again", Table: "look_back_ground", Key: "look_back", Columns: "id, kind, record, label, link, at"},
		{Name: "campaign_brief/v2", What: "briefs of campaigns", Table: "campaign_brief", Key: "id", Columns: strings.TrimPrefix(briefColumns, "id, ")},
		{Name: "conduct_staff/v1", What: "who keeps the conduct of units", Table: "conduct_staff", Key: "id", Columns: strings.TrimPrefix(conductColumns, "id, ")},
	}
}

// Module declares what campaign brings.
func (s *Service) Module() module.Module {
	return module.Module{
		Name:       "campaign",
		Migrations: Migrations(),
		Endpoints:  slices.Concat(s.planEndpoints(), s.returnEndpoints(), s.selfEndpoints(), s.typicalEndpoints(), s.lookEndpoints(), s.briefEndpoints(), s.conductEndpoints()),
		Jobs:       []job.Handler{job.On(jobCatchUp, func(ctx context.Context, _ struct{}) error { return s.CatchUp(ctx) }), job.On(jobAsk, s.AskAll), job.On(jobLook, s.RebuildAll), job.On(jobJudge, s.JudgeAll)},
		Periodic:   []job.Periodic{{Kind: jobCatchUp, Every: time.Hour}, {Kind: jobAsk, Every: askEvery}, {Kind: jobLook, Every: lookEvery}, {Kind: jobJudge, Every: judgeEvery}},
		Checks:     append(s.checks(), s.returnChecks()...),
	}
}

// jobCatchUp makes the returns of units that came later, and reminds of what is due.
const jobCatchUp = "campaign.catch-up"

func (s *Service) planEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /campaigns", "List campaigns, the latest first", Read, s.List),
		httpapi.Do("GET /campaigns/desk", "What campaigns want of the caller now", Read, s.Desk),
		httpapi.Do("GET /campaigns/templates", "Patterns of stages to begin with", Read, s.Templates),
		httpapi.Do("POST /campaigns/read", "Take out of an official document what it says of campaigns", Manage, s.ReadDocument, httpapi.MaxBody(maxDocument)),
		httpapi.Do("POST /campaigns", "Draft a campaign", Manage, s.Draft, httpapi.Created, httpapi.MaxBody(maxDraftBody)),
		httpapi.Do("GET /campaigns/{id}", "A campaign with its plan", Read, s.Get),
		httpapi.Do("GET /campaigns/{id}/source", "The document from which a campaign was drafted", Read, s.Source),
		httpapi.Do("PUT /campaigns/{id}", "Save or amend a plan", Manage, s.Save),
		httpapi.Do("POST /campaigns/{id}/step", "Start, close, reopen or drop a campaign", Manage, s.Step),
		httpapi.Do("GET /campaigns/{id}/trail", "What was done with a campaign", Read, s.History),
		httpapi.Do("GET /campaigns/{id}/coverage", "How many institutions were inspected, and which milestones are met", Read, s.Coverage),
		httpapi.Do("GET /campaigns/{id}/institutions", "The institutions in scope, and when they were inspected", Read, s.Institutions),
		httpapi.Public("GET /public/campaigns", "Campaigns that run or are over, the latest first", s.PublicCampaigns, httpapi.Cached(publicFor)),
		httpapi.Public("GET /public/campaigns/{id}", "A campaign that runs or is over: goal, stages, coverage", s.PublicCampaign, httpapi.Cached(publicFor)),
	}
}

func (s *Service) returnEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /campaigns/{id}/table", "The rows of the statistics table", Read, s.TableOf),
		httpapi.Do("PUT /campaigns/{id}/table", "Change the rows of the statistics table", Manage, s.SaveTable),
		httpapi.Do("GET /returns", "List what is owed, sent and signed, by when it is due", Read, s.Returns),
		httpapi.Do("GET /returns/{id}", "A return with its numbers and what it sums", Read, s.GetReturn),
		httpapi.Do("PUT /returns/{id}", "Fill in a return", Report, s.Fill),
		httpapi.Do("POST /returns/{id}/step", "Submit, send back, sign off or correct a return", Read, s.StepReturn),
		httpapi.Do("GET /returns/{id}/trail", "What was done with a return", Read, s.ReturnHistory),
		httpapi.Do("GET /returns/{id}/rows/{row}", "The returns that make up a number", Read, s.Cell),
		httpapi.Do("GET /returns/{id}/year", "The tables of a unit, period by period", Read, s.Year),
		httpapi.Download("GET /returns/{id}/export", "A table as a workbook, which can be filled in and read back", Read, s.ExportReturn),
		httpapi.Do("POST /returns/{id}/read", "Read a table that was filled in elsewhere, without storing it", Report, s.ReadSheet, httpapi.MaxBody(sheet.MaxFile)),
		httpapi.Download("GET /returns/{id}/files/{file}", "A file of a return", Read, s.ReturnFile),
	}
}

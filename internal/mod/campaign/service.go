package campaign

import (
	"embed"
	"io/fs"
	"slices"
	"strings"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/module"
	"qingfeng/internal/kit/serial"
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
	// Inspected tells which institutions were inspected for a campaign.
	Inspected Inspected
	// LinkKey is the key from which the links of institutions come.
	LinkKey []byte
	// URL is where people reach the program, without a slash at the end.
	URL    string
	Ledger Ledger
	Notify Notifier
	Files  SelfFiles
	// Punished and Rectified tell whom to look at again.
	Punished  Punished
	Rectified Rectified
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
		{Name: "selfcheck_round/v1", What: "rounds of self-examination", Table: "selfcheck_round", Key: "campaign", Columns: roundColumns},
		{Name: "selfcheck/v1", What: "self-examinations", Table: "selfcheck", Key: "id",
			Columns: "campaign, unit, path, region, kind, state, asked_at, ended_at, link, mac, revoked_at, number, revision, content, draft, submitted_at, changed_at"},
		{Name: "selfcheck_revision/v1", What: "what institutions sent", Table: "selfcheck_revision", Key: "selfcheck", Columns: "id, n, at, content"},
		{Name: "selfcheck_problem/v1", What: "problems of self-examinations", Table: "selfcheck_problem", Key: "id", Columns: "selfcheck, category, found_at, corrected_at, ledger"},
		{Name: "typical_case/v1", What: "typical cases", Table: "typical_case", Key: "id", Columns: strings.TrimPrefix(typicalColumns, "id, ")},
		{Name: "look_back/v1", What: "institutions to be looked at again", Table: "look_back", Key: "id", Columns: strings.TrimPrefix(lookColumns, "id, ")},
		{Name: "look_back_ground/v1", What: "why institutions are looked at again", Table: "look_back_ground", Key: "look_back", Columns: "id, kind, record, label, link, at"},
		{Name: "campaign_brief/v1", What: "briefs of campaigns", Table: "campaign_brief", Key: "id", Columns: strings.TrimPrefix(briefColumns, "id, ")},
		{Name: "conduct_staff/v1", What: "who keeps the conduct of units", Table: "conduct_staff", Key: "id", Columns: strings.TrimPrefix(conductColumns, "id, ")},
	}
}

// Module declares what campaign brings.
func (s *Service) Module() module.Module {
	return module.Module{
		Name:       "campaign",
		Migrations: Migrations(),
		Endpoints: slices.Concat(s.selfEndpoints(), s.typicalEndpoints(), s.lookEndpoints(), s.briefEndpoints(), s.conductEndpoints(), []httpapi.Endpoint{
			httpapi.Do("GET /campaigns", "List campaigns, the latest first", Read, s.List),
			httpapi.Do("GET /campaigns/templates", "Patterns of stages to begin with", Read, s.Templates),
			httpapi.Do("POST /campaigns/read", "Take out of an official document what it says of campaigns", Manage, s.ReadDocument, httpapi.MaxBody(maxDocument)),
			httpapi.Do("POST /campaigns", "Draft a campaign", Manage, s.Draft, httpapi.Created),
			httpapi.Do("GET /campaigns/{id}", "A campaign with its plan", Read, s.Get),
			httpapi.Do("PUT /campaigns/{id}", "Save or amend a plan", Manage, s.Save),
			httpapi.Do("POST /campaigns/{id}/step", "Start, close, reopen or drop a campaign", Manage, s.Step),
			httpapi.Do("GET /campaigns/{id}/trail", "What was done with a campaign", Read, s.History),
			httpapi.Do("GET /campaigns/{id}/coverage", "How many institutions were inspected, and which milestones are met", Read, s.Coverage),
			httpapi.Do("GET /campaigns/{id}/institutions", "The institutions in scope, and when they were inspected", Read, s.Institutions),
		}),
		Jobs:     []job.Handler{job.On(jobAsk, s.AskAll), job.On(jobLook, s.RebuildAll)},
		Periodic: []job.Periodic{{Kind: jobAsk, Every: askEvery}, {Kind: jobLook, Every: lookEvery}},
		Checks:   s.checks(),
	}
}

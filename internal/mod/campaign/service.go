package campaign

import (
	"embed"
	"io/fs"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/httpapi"
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
	}
}

// Module declares what campaign brings.
func (s *Service) Module() module.Module {
	return module.Module{
		Name:       "campaign",
		Migrations: Migrations(),
		Endpoints: []httpapi.Endpoint{
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
			httpapi.Public("GET /public/campaigns", "Campaigns that run or are over, the latest first", s.PublicCampaigns, httpapi.Cached(publicFor)),
			httpapi.Public("GET /public/campaigns/{id}", "A campaign that runs or is over: goal, stages, coverage", s.PublicCampaign, httpapi.Cached(publicFor)),
		},
		Checks: s.checks(),
	}
}

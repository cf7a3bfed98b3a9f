package casework

import (
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/org/demand"
)

// Route is the line that a case takes.
type Route string

// The routes.
const (
	General   Route = "general"
	Integrity Route = "integrity" // the discipline line
)

// Case is a case file.
type Case struct {
	ID          string         `json:"id"`
	Number      string         `json:"number" example:"QF-990102-20260728-000123"`
	Title       string         `json:"title"`
	Category    string         `json:"category" doc:"Letter of the category."`
	Item        string         `json:"item" doc:"Code of the item, or empty."`
	Class       demand.Class   `json:"class"`
	Channel     demand.Channel `json:"channel"`
	Mode        demand.Mode    `json:"mode"`
	Urgency     demand.Urgency `json:"urgency"`
	Route       Route          `json:"route"`
	State       State          `json:"state"`
	Region      string         `json:"region"`
	Path        string         `json:"path" doc:"Path of the place or unit that the report is about."`
	Institution string         `json:"institution" doc:"Identifier of the institution concerned, or empty."`
	Department  string         `json:"department"`
	Place       string         `json:"place"`
	ReceivedAt  time.Time      `json:"received_at"`
	AcceptedAt  time.Time      `json:"accepted_at,omitzero"`
	LeadUnit    string         `json:"lead_unit"`
	LeadPath    string         `json:"-"`
	DueAt       time.Time      `json:"due_at,omitzero" doc:"When the case must be finished."`
	ContactedAt time.Time      `json:"contacted_at,omitzero"`
	FinishedAt  time.Time      `json:"finished_at,omitzero"`
	AskedAt     time.Time      `json:"-"` // when the reporter could first answer about the result that stands
	ClosedAt    time.Time      `json:"closed_at,omitzero"`
	Outcome     demand.Outcome `json:"outcome"`
	Cause       demand.Cause   `json:"cause"`
	Reply       string         `json:"reply" doc:"What the reporter is told."`
	Returns     int            `json:"returns"`
	Reworks     int            `json:"reworks"`
	PausedAt    time.Time      `json:"paused_at,omitzero"`
	Hard        bool           `json:"hard" doc:"疑难挂账"`
	Supervision int            `json:"supervision" doc:"0 none, 1 催办, 2 督办, 3 挂牌督办, 4 约谈督办"`
	MergedInto  string         `json:"merged_into"`
	RepeatOf    string         `json:"repeat_of"`
	Policy      string         `json:"-"`
	// Sealed says that what is written about the case is sealed where it is stored (said.go).
	Sealed bool `json:"sealed" doc:"Its words are sealed: lists do not show them, searches do not find them."`
}

// overdue reports whether a case has run past its deadline without a result.
// It is the only place that says so; lists ask case_node, which stands at far
// for as long as runs says no.
func (c Case) overdue(now time.Time) bool {
	return c.State.Open() && c.runs() && !now.Before(c.DueAt)
}

// runs reports whether time runs against a case: it has a deadline, does not
// stand still, and no result was handed in that still stands.
func (c Case) runs() bool {
	return !c.DueAt.IsZero() && c.PausedAt.IsZero() && c.FinishedAt.IsZero()
}

// Part is what a unit does in a case.
type Part string

// The parts.
const (
	Lead   Part = "lead"   // 主办
	Assist Part = "assist" // 协办
)

// Assignment is a unit's part in a case.
type Assignment struct {
	ID           string    `json:"id"`
	CaseID       string    `json:"case_id"`
	UnitID       string    `json:"unit_id"`
	UnitPath     string    `json:"-"`
	Part         Part      `json:"part"`
	Handler      string    `json:"handler" doc:"Staff identifier of who works on it."`
	HandlerUnit  string    `json:"handler_unit" doc:"Department that works on it."`
	HandlerPath  string    `json:"-"`
	Designated   bool      `json:"designated" doc:"Designated by the commission: may not be returned."`
	DispatchedBy string    `json:"dispatched_by"`
	DispatchedAt time.Time `json:"dispatched_at"`
	SignedBy     string    `json:"signed_by"`
	SignedAt     time.Time `json:"signed_at,omitzero"`
	FinishedAt   time.Time `json:"finished_at,omitzero"`
	EndedAt      time.Time `json:"ended_at,omitzero"`
	EndedBy      string    `json:"ended_by" doc:"returned, redispatched, withdrawn"`
	Opinion      string    `json:"opinion"`
}

// Event is one step of a case.
type Event struct {
	ID        string         `json:"id"`
	CaseID    string         `json:"case_id"`
	At        time.Time      `json:"at"`
	Actor     string         `json:"actor" doc:"Staff identifier, reporter, or system."`
	UnitID    string         `json:"unit_id"`
	Action    string         `json:"action"`
	FromState State          `json:"from_state"`
	ToState   State          `json:"to_state"`
	Reason    string         `json:"reason"`
	Public    string         `json:"public" doc:"What the reporter reads beside the step; may be empty."`
	Detail    map[string]any `json:"detail"`
	// Fingerprint says what the rows of the case were after the transaction; only
	// the last event of one carries it (fingerprint.go).
	Fingerprint string `json:"-"`
}

// Opening is what casework needs to know to open a case.
type Opening struct {
	ID, Number, Title string
	Category, Item    string
	Class             demand.Class
	Channel           demand.Channel
	Mode              demand.Mode
	Urgency           demand.Urgency
	Region            string
	Path              string // of the place or unit that the report is about
	Institution       string
	Department        string
	Place             string
	AboutLeader       bool // the report is about a leader of the unit
	ReceivedAt        time.Time
	EnteredBy         string // staff identifier when an operator entered it
	// Finish is the time limit, and DueAt the deadline, that the sender of the
	// report gave; zero where the policy decides. The deadline goes first.
	Finish calendar.Limit
	DueAt  time.Time
}

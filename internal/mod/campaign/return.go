package campaign

import (
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
)

// Return is what a unit owes by a duty of a campaign.
type Return struct {
	ID       string `json:"id"`
	Campaign string `json:"campaign"`
	Duty     string `json:"duty"`
	Unit     string `json:"unit"`
	UnitPath string `json:"-"`
	Path     string `json:"path" doc:"Node whose figures it reports: the region of a commission, or the unit."`
	Receiver string `json:"-"` // node where it is received
	Above    string `json:"above" doc:"Return of which it is a part."`
	Title    string `json:"title"`
	Kind     string `json:"kind" enum:"text,table"`
	Due      Day    `json:"due"`
	// PeriodStart and PeriodEnd are the days that it reports on.
	PeriodStart Day         `json:"period_start"`
	PeriodEnd   Day         `json:"period_end"`
	State       ReturnState `json:"state" enum:"owed,submitted,returned,signed,lapsed"`
	Revision    int         `json:"revision" doc:"Counts corrections of what was signed."`
	Signed      int         `json:"signed" doc:"The latest revision that is signed; 0 for none."`
	PlacedAt    time.Time   `json:"-"` // when it became a part of what is above it
	SubmittedAt time.Time   `json:"submitted_at,omitzero" doc:"For the first time."`
	WarnedAt    time.Time   `json:"-"`
	AlarmedAt   time.Time   `json:"-"`
}

// returnKind names returns in the trail.
const returnKind = "return"

func (x Return) record() trail.Record { return trail.Record{Kind: returnKind, ID: x.ID} }

// over reports whether the time to submit has passed.
func (x Return) over(now time.Time) bool { return !now.Before(x.Due.End()) }

// missing reports whether it is still owed after its day.
func (x Return) missing(now time.Time) bool {
	return x.SubmittedAt.IsZero() && x.State != Lapsed && x.over(now)
}

// late is how many days after its day it was submitted for the first time.
func (x Return) late() int {
	if x.SubmittedAt.IsZero() || x.SubmittedAt.Before(x.Due.End()) {
		return 0
	}
	return int(clock.Day(x.SubmittedAt).Sub(x.Due.Begin()).Hours() / hoursOfDay)
}

const hoursOfDay = 24

// Header stands above a return.
type Header struct {
	Filler   string `json:"filler" maxLength:"100" doc:"填报人"`
	Reviewer string `json:"reviewer" maxLength:"100" doc:"审核人"`
	Phone    string `json:"phone" maxLength:"30" doc:"联系电话"`
}

// Filing is what was filled in, in one revision.
type Filing struct {
	ReturnID string
	Revision int
	Edit     int
	Filler   string
	Reviewer string
	Phone    string
	Words    string
	Version  int
	Own      string            // what the unit typed itself
	Remarks  map[string]string // by row
	Hands    hands             // who filled it in
	Total    string            // what was signed
	Parts    []Part            // which returns were summed
	SignedBy string
	SignedAt time.Time
}

// Part is a signed return that was summed.
type Part struct {
	Return   string `json:"return"`
	Revision int    `json:"revision"`
}

// ReturnDetail is a return as a page shows it.
type ReturnDetail struct {
	Return
	Number       string        `json:"number" doc:"Of the campaign."`
	Campaigned   string        `json:"campaign_title"`
	UnitName     string        `json:"unit_name"`
	ReceiverName string        `json:"receiver_name"`
	Shown        int           `json:"shown" doc:"Revision that is shown."`
	Edit         int           `json:"edit" doc:"Counts what was saved; whoever saves or submits says which one they saw."`
	Header       Header        `json:"header"`
	Text         string        `json:"text"`
	Files        []File        `json:"files" nullable:"false"`
	Late         int           `json:"late" doc:"Days after its day when it was first submitted."`
	Missing      bool          `json:"missing" doc:"Its day is over and it was never submitted."`
	Lines        []Line        `json:"lines" nullable:"false"`
	Violations   []Violation   `json:"violations" nullable:"false"`
	Below        []PartState   `json:"below" nullable:"false" doc:"Returns that it sums."`
	Reported     int           `json:"reported" doc:"How many of those below count."`
	Changes      []Change      `json:"changes" nullable:"false" doc:"What would be otherwise if it were signed now."`
	Mark         string        `json:"mark" doc:"Of what is shown; whoever signs says what they saw."`
	SignedBy     string        `json:"signed_by" doc:"Name of who signed the revision that is shown."`
	SignedAt     time.Time     `json:"signed_at,omitzero"`
	Actions      []flow.Action `json:"actions" nullable:"false" doc:"What the reader may do now."`
	WhyNot       *i18n.Text    `json:"why_not,omitempty" doc:"Why the reader may not fill it in or sign it."`
}

// PartState is a return below, as far as it is.
type PartState struct {
	ID       string      `json:"id"`
	Unit     string      `json:"unit"`
	UnitName string      `json:"unit_name"`
	State    ReturnState `json:"state" enum:"owed,submitted,returned,signed,lapsed"`
	Counted  int         `json:"counted" doc:"Revision that is counted, or was when this one was signed; 0 where none is."`
}

// Change is a number that is no longer what was signed.
type Change struct {
	Row    string `json:"row"`
	Column string `json:"column" enum:"period,total,last_year"`
	Signed string `json:"signed"`
	Now    string `json:"now"`
}

// Line is a row of the table with its numbers.
type Line struct {
	Row
	Typed     bool           `json:"typed" doc:"The unit types it: no figure is published."`
	Own       [width]string  `json:"own" doc:"What was typed: this period, cumulative, last year."`
	Below     [width]string  `json:"below" doc:"What is signed below comes to, of a row that is added up; empty strings elsewhere."`
	Values    [width]string  `json:"values" doc:"What is reported, in the unit of the row."`
	Before    string         `json:"before" doc:"Cumulative, as reported last."`
	OwnBefore string         `json:"own_before" doc:"What of it the unit typed itself."`
	Growth    string         `json:"growth" doc:"同比, percent; empty where nothing compares."`
	Remark    string         `json:"remark"`
	Source    [width]*Behind `json:"source" doc:"The figure behind each number."`
}

// Behind says which rows stand behind a number: GET /figures/{figure}/rows.
type Behind struct {
	Figure string    `json:"figure"`
	Path   string    `json:"path"`
	From   time.Time `json:"from"`
	Until  time.Time `json:"until"`
	Narrow []string  `json:"narrow" nullable:"false"`
}

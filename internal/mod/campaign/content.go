package campaign

import (
	"time"

	"qingfeng/internal/kit/clock"
)

// Day is a day of the calendar as 2026-07-28, or nothing where it is not known yet.
type Day string

// Valid reports whether it is a day, or nothing.
func (d Day) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return d == "" || err == nil
}

// Begin is the first instant of a day.
func (d Day) Begin() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), clock.Shanghai)
	if err != nil {
		return time.Time{}
	}
	return t
}

// inWords is a day as official documents write it: 2026年7月28日.
func (d Day) inWords() string { return d.Begin().Format("2006年1月2日") }

// End is the first instant after a day.
func (d Day) End() time.Time { return d.Begin().AddDate(0, 0, 1) }

// DayOf is the day of an instant.
func DayOf(t time.Time) Day { return Day(t.In(clock.Shanghai).Format(time.DateOnly)) }

// Content is what a campaign plans. A day that is empty is one that nobody has
// said yet: a draft may have such, a campaign that runs may not.
type Content struct {
	DocNumber string `json:"doc_number" maxLength:"100" doc:"Of the official document."`
	Issuer    string `json:"issuer" maxLength:"200"`
	Goal      string `json:"goal" maxLength:"5000"`
	// Kinds are those of the institutions in scope; none means all.
	Kinds      []string    `json:"kinds" nullable:"false" maxItems:"100" doc:"Kinds of institution in scope; none means all."`
	Scope      []string    `json:"scope" nullable:"false" maxItems:"50" doc:"What is cleaned up, in the words of the document."`
	Members    []string    `json:"members" nullable:"false" maxItems:"100" doc:"Units that take part beside the owner."`
	Tasks      []Task      `json:"tasks" nullable:"false" maxItems:"300"`
	Stages     []Stage     `json:"stages" nullable:"false" maxItems:"20"`
	Milestones []Milestone `json:"milestones" nullable:"false" maxItems:"50"`
	Duties     []Duty      `json:"duties" nullable:"false" maxItems:"200"`
	People     []Person    `json:"people" nullable:"false" maxItems:"200"`
	// HoldsFrom is set when it starts: what was due before is owed by nobody.
	HoldsFrom Day `json:"holds_from,omitempty" readOnly:"true" doc:"Milestones and reports of days before it are not owed; empty where all are."`
}

// Task is a line of the table of responsibilities (责任分工).
type Task struct {
	ID    string `json:"id" maxLength:"40" doc:"Kept where it is given; made where it is empty."`
	Group string `json:"group" maxLength:"500"`
	Title string `json:"title" maxLength:"500"`
	Text  string `json:"text" maxLength:"5000"`
	Lead  string `json:"lead" maxLength:"40" doc:"Unit that leads (牵头)."`
	// Units help, and Named are those of the document that are no unit of the tree.
	Units []string `json:"units" nullable:"false" maxItems:"50" doc:"Units that help (配合)."`
	Named string   `json:"named" maxLength:"500" doc:"Responsible units in the words of the document."`
}

// Stage is a part of the campaign's time.
type Stage struct {
	Title string `json:"title" maxLength:"200"`
	Start Day    `json:"start" maxLength:"10"`
	End   Day    `json:"end" maxLength:"10"`
	Text  string `json:"text" maxLength:"5000"`
}

// Milestone is a share of the institutions that is to be inspected by a day.
type Milestone struct {
	Percent int      `json:"percent" minimum:"1" maximum:"100"`
	Kinds   []string `json:"kinds" nullable:"false" maxItems:"100" doc:"Of which kinds of institution; none means all in scope."`
	Due     Day      `json:"due" maxLength:"10"`
	Text    string   `json:"text" maxLength:"1000"`
}

// What is to be sent by a duty.
const (
	TextReport  = "text"  // a report in words
	TableReport = "table" // the table of figures (量化统计表)
)

// Who owes a report.
const (
	FromRegions      = "regions"      // the commissions directly below the owner
	FromMembers      = "members"      // the units that take part
	FromInstitutions = "institutions" // the institutions in scope
)

// Duty is a line of the reporting calendar.
type Duty struct {
	ID    string `json:"id" maxLength:"40" doc:"Kept where it is given; made where it is empty."`
	Title string `json:"title" maxLength:"200"`
	Kind  string `json:"kind" enum:"text,table"`
	From  string `json:"from" enum:"regions,members,institutions" doc:"Who owes it."`
	Due   Day    `json:"due" maxLength:"10"`
	// PeriodStart and PeriodEnd are the days that it reports on.
	PeriodStart Day `json:"period_start" maxLength:"10"`
	PeriodEnd   Day `json:"period_end" maxLength:"10"`
}

// Person is somebody of the leading group, or a contact.
type Person struct {
	Role  string `json:"role" maxLength:"100" doc:"组长, 成员, 联络员…"`
	Name  string `json:"name" maxLength:"100"`
	Unit  string `json:"unit" maxLength:"200"`
	Phone string `json:"phone" maxLength:"50"`
}

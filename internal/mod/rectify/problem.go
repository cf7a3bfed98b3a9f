package rectify

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org/violation"
)

// Entry is what is known of a problem when it is found. It changes by a
// correction alone.
type Entry struct {
	Kind        string    `json:"kind" enum:"problem,hazard" doc:"A hazard is a danger that has hurt nobody yet."`
	Category    string    `json:"category" example:"V1301" doc:"Of the taxonomy of violations."`
	Grade       string    `json:"grade" enum:"general,major"`
	Clause      string    `json:"clause" doc:"Why it is a major hazard: a clause of the list; empty otherwise."`
	Description string    `json:"description"`
	Location    string    `json:"location" doc:"Where in the unit."`
	FoundOn     time.Time `json:"found_on"`
	FoundBy     string    `json:"found_by"`
	FoundHow    string    `json:"found_how"`
}

// Plan is how a problem is to be put right, and by whom.
type Plan struct {
	Leader      string `json:"leader" doc:"Leader in charge."`
	Responsible string `json:"responsible" doc:"Staff identifier; empty: nobody yet."`
	Charge      string `json:"charge" doc:"Who is responsible, in words, where that is no member of staff."`
	Goal        string `json:"goal"`
	Measures    string `json:"measures"`
	Controls    string `json:"controls" doc:"How the danger is held down until then."`
	Funds       int64  `json:"funds" doc:"In fen."`
	Funded      bool   `json:"funded" doc:"The funds are said; zero means that none are needed."`
	Contingency string `json:"contingency" doc:"What is done if it happens all the same."`
}

// Problem is a line of the ledger.
type Problem struct {
	ID         string `json:"id"`
	Number     string `json:"number" doc:"Empty for the seconds that it takes to be numbered."`
	Source     string `json:"source"`
	SourceID   string `json:"-"`
	CampaignID string `json:"campaign_id"`
	Entry
	Region       string `json:"region"`
	UnitID       string `json:"unit_id"`
	DepartmentID string `json:"department_id"`
	Path         string `json:"-"` // of the department, or of the unit
	Plan
	Term     Term      `json:"term" enum:"at_once,fixed,standing"`
	DueAt    time.Time `json:"due_at,omitzero"`
	State    State     `json:"state"`
	Progress string    `json:"progress"`
	Evidence int       `json:"evidence" doc:"Files that show what was done, since the problem last came up."`
	Paper    string    `json:"paper" doc:"Of a line that was closed before this ledger: where the evidence lies, and who looked."`

	StartedAt time.Time `json:"started_at,omitzero"`
	AppliedAt time.Time `json:"applied_at,omitzero"`
	AppliedBy string    `json:"applied_by"`
	PassedAt  time.Time `json:"passed_at,omitzero"`
	PassedBy  string    `json:"passed_by"`
	ClosedAt  time.Time `json:"closed_at,omitzero"`
	ClosedBy  string    `json:"closed_by"`
	ClosedHow string    `json:"closed_how" doc:"on_site or papers"`
	LookDue   time.Time `json:"look_due,omitzero" doc:"When somebody looks whether it has come back."`
	LookTold  time.Time `json:"-" db:"look_told_at"` // that the day has come
	LookedAt  time.Time `json:"looked_at,omitzero"`
	LookedBy  string    `json:"looked_by"`
	Rebounds  int       `json:"rebounds"`
	Pressed   int       `json:"pressed" doc:"How far being late has gone: 0, 1 pressed from above, 2 talk, 3 accountability."`

	ListedAt   time.Time `json:"listed_at,omitzero"`
	ListedBy   string    `json:"listed_by"`
	ListedPath string    `json:"-"`
	Authority  string    `json:"authority" doc:"That listed it."`
	DelistedAt time.Time `json:"delisted_at,omitzero"`

	Asked    string    `json:"asked" doc:"extension or withdrawal, while somebody has to decide."`
	AskedAt  time.Time `json:"asked_at,omitzero"`
	AskedBy  string    `json:"asked_by"`
	AskedDue time.Time `json:"asked_due,omitzero"`
	Extended bool      `json:"extended"`

	Remark    string    `json:"remark"`
	Print     string    `json:"-"` // fingerprint by which an import finds it again
	CreatedAt time.Time `json:"created_at"`
	CreatedBy string    `json:"created_by"`
}

// Term says how long putting it right may take.
type Term string

// The terms.
const (
	AtOnce   Term = "at_once"  // 立行立改
	Fixed    Term = "fixed"    // 限期
	Standing Term = "standing" // 长期坚持: no deadline
)

// The kinds, grades and sources of the ledger.
const (
	aHazard  = "hazard"
	aProblem = "problem"
	major    = "major"
	general  = "general"

	FromInspection = "inspection"
	FromCase       = "case"
	FromReport     = "report"
	FromSelf       = "self"
	FromPatrol     = "patrol"
	FromSuperior   = "superior"
	FromHazards    = "hazards"
)

// What somebody has to decide.
const (
	extension  = "extension"
	withdrawal = "withdrawal"
)

// Record names a problem in the trail.
func record(id string) trail.Record { return trail.Record{Kind: "problem", ID: id} }

// Listed reports whether an authority holds the problem on its list.
func (p Problem) Listed() bool { return !p.ListedAt.IsZero() && p.DelistedAt.IsZero() }

// Overdue reports whether it is late: nothing was applied for by the deadline.
func (p Problem) Overdue(now time.Time) bool {
	return p.State.unfinished() && !p.DueAt.IsZero() && !now.Before(p.DueAt)
}

// noIntegrity refuses a matter of integrity in the ledger, which the unit reads: it
// would warn whom it concerns.
func (e Entry) noIntegrity() error {
	if !violation.Integrity(e.Category) {
		return nil
	}
	return fault.Field("category", i18n.T("红包、回扣、统方等廉洁问题不进台账（单位看得到台账），请转为线索交纪检办理", "a matter of integrity does not go into the ledger, which the unit reads; hand it to the discipline line as a clue"))
}

// check refuses an entry that is not whole.
func (e Entry) check(now time.Time) error {
	var bad fault.Fields
	bad.Refuse(violation.Check("category", e.Category) != nil, "category", i18n.T("请从列表中选择问题类别", "please choose a category from the list"))
	bad.Refuse(len([]rune(strings.TrimSpace(e.Description))) < 5, "description", i18n.T("请写明问题，至少5个字", "please describe the problem in at least five characters"))
	bad.Refuse(e.FoundOn.IsZero(), "found_on", i18n.T("请填写发现日期", "please say on which day it was found"))
	bad.Refuse(e.FoundOn.After(now), "found_on", i18n.T("发现日期不能在将来", "it cannot have been found in the future"))
	bad.Refuse(!e.FoundOn.IsZero() && e.FoundOn.Year() < 2000, "found_on", i18n.T("发现日期过早，请核对年份", "it was found too long ago; please check the year"))
	e.checkGrade(&bad)
	return bad.Err()
}

// checkGrade refuses a grade that the list of major hazards does not bear out.
func (e Entry) checkGrade(bad *fault.Fields) {
	bad.Refuse(e.Kind != aHazard && e.Kind != aProblem, "kind", i18n.T("请选择问题或隐患", "please choose problem or hazard"))
	bad.Refuse(e.Grade != general && e.Grade != major, "grade", i18n.T("请选择一般或重大", "please choose general or major"))
	bad.Refuse(e.isMajor() && !isClause(e.Clause), "clause", i18n.T("重大隐患请选择判定条款", "please say by which clause the hazard is a major one"))
	bad.Refuse(!e.isMajor() && e.Clause != "", "clause", i18n.T("判定条款只用于重大隐患", "only a major hazard has a clause"))
}

// isMajor reports whether the rules for major hazards hold.
func (e Entry) isMajor() bool { return e.Kind == aHazard && e.Grade == major }

// missing names what a major hazard still needs of 整改五到位: responsibility,
// measures, funds, time limit, contingency plan.
func (p Problem) missing() (list []i18n.Text) {
	for _, x := range []struct {
		absent bool
		name   i18n.Text
	}{
		{p.Responsible == "" && strings.TrimSpace(p.Charge) == "", i18n.T("责任", "responsibility")},
		{strings.TrimSpace(p.Measures) == "", i18n.T("措施", "measures")},
		{!p.Funded, i18n.T("资金", "funds")},
		{p.DueAt.IsZero(), i18n.T("时限", "time limit")},
		{strings.TrimSpace(p.Contingency) == "", i18n.T("预案", "contingency plan")},
	} {
		if x.absent {
			list = append(list, x.name)
		}
	}
	return list
}

// checkTerm refuses a deadline that does not fit its kind.
func checkTerm(t Term, due, found time.Time) error {
	var bad fault.Fields
	bad.Refuse(t != AtOnce && t != Fixed && t != Standing, "term", i18n.T("请选择立行立改、限期或长期坚持", "please choose at once, by a date, or standing"))
	bad.Refuse(t == Fixed && due.IsZero(), "due_on", i18n.T("限期整改请填写期限", "please say by which day it is to be put right"))
	bad.Refuse(t == Standing && !due.IsZero(), "due_on", i18n.T("长期坚持的问题不设期限", "what is kept up for good has no deadline"))
	bad.Refuse(!due.IsZero() && due.Before(found), "due_on", i18n.T("期限早于发现日期", "the deadline lies before the day on which it was found"))
	return bad.Err()
}

// fingerprint tells whether a line of a spreadsheet is there already: the same
// unit, day and words, however they are spaced.
func fingerprint(unit string, found time.Time, description string) string {
	words := strings.Join(strings.Fields(description), "")
	sum := sha256.Sum256([]byte(unit + "\n" + clock.Day(found).Format(time.DateOnly) + "\n" + words))
	return hex.EncodeToString(sum[:])
}

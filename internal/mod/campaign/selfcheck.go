package campaign

import (
	"context"
	"sync"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
)

// SelfState is where the self-examination of an institution stands.
type SelfState string

// The states.
const (
	SelfDue   SelfState = "due"
	SelfDone  SelfState = "done"
	SelfEnded SelfState = "ended" // no longer in scope
)

// The steps of a self-examination.
const (
	selfAsk    flow.Action = "ask"
	selfSend   flow.Action = "send"
	selfMend   flow.Action = "correct"
	selfRelink flow.Action = "relink"
	selfRevoke flow.Action = "revoke"
	selfRemind flow.Action = "remind"
	selfEnd    flow.Action = "end"
	selfReturn flow.Action = "return"
)

// Whether an institution had sent anything before it was asked no more.
const (
	isSent   flow.Guard = "sent"
	isUnsent flow.Guard = "unsent"
)

// Who takes them: the institution through its link, or the campaign office.
const (
	byLink   = "link"
	byOffice = "office"
)

// selfLife is what can become of a self-examination; the table stands in doc.go.
var selfLife = sync.OnceValue(func() flow.Machine[SelfState, string] {
	return flow.New(flow.Table[SelfState, string]{
		Subject: i18n.T("自查", "self-examination"),
		States: []flow.State[SelfState]{
			{Name: SelfDue, Text: i18n.T("未自查", "Due")}, {Name: SelfDone, Text: i18n.T("已自查", "Done")}, {Name: SelfEnded, Text: i18n.T("不再要求", "Not asked any more")},
		},
		Actions: []flow.Label[flow.Action]{
			{Name: selfAsk, Text: i18n.T("要求自查", "Ask")}, {Name: selfSend, Text: i18n.T("提交", "Send")}, {Name: selfMend, Text: i18n.T("更正", "Correct")},
			{Name: selfRelink, Text: i18n.T("换发链接", "Give another link")}, {Name: selfRevoke, Text: i18n.T("停用链接", "Revoke the link")},
			{Name: selfRemind, Text: i18n.T("催报", "Remind")}, {Name: selfEnd, Text: i18n.T("不再要求", "Ask no more")}, {Name: selfReturn, Text: i18n.T("重新要求", "Ask again")},
		},
		Guards: []flow.Label[flow.Guard]{{Name: isSent, Text: i18n.T("提交过", "it was sent before")}, {Name: isUnsent, Text: i18n.T("没有提交过", "it was never sent")}},
		Rows: []flow.Row[SelfState, string]{
			{Action: selfAsk, To: SelfDue, Who: byOffice},
			{From: []SelfState{SelfDue}, Action: selfSend, To: SelfDone, Who: byLink},
			{From: []SelfState{SelfDone}, Action: selfMend, Who: byLink},
			{From: []SelfState{SelfDue, SelfDone}, Action: selfRelink, Who: byOffice},
			{From: []SelfState{SelfDue, SelfDone}, Action: selfRevoke, Who: byOffice},
			{From: []SelfState{SelfDue}, Action: selfRemind, Who: byOffice},
			{From: []SelfState{SelfDue, SelfDone}, Action: selfEnd, To: SelfEnded, Who: byOffice},
			{From: []SelfState{SelfEnded}, Action: selfReturn, To: SelfDue, Who: byOffice, Guard: isUnsent},
			{From: []SelfState{SelfEnded}, Action: selfReturn, To: SelfDone, Who: byOffice, Guard: isSent},
		},
	})
})

// selfCheck is the line of an institution in the round of a campaign.
type selfCheck struct {
	ID          string
	Campaign    string
	Unit        string
	Path        string
	Region      string
	Kind        string
	State       SelfState
	AskedAt     time.Time
	EndedAt     time.Time
	Link        int // which of its links is in use
	Mac         string
	RevokedAt   time.Time
	Number      string
	Revision    int
	SubmittedAt time.Time
	ChangedAt   time.Time
	Begun       bool // something was typed, and nothing sent
}

// sent is the guard that holds.
func (c selfCheck) sent() flow.Guard {
	if c.Revision > 0 {
		return isSent
	}
	return isUnsent
}

func (c selfCheck) record() trail.Record { return trail.Record{Kind: "selfcheck", ID: c.ID} }

// selfSubject is what people call one.
func selfSubject() i18n.Text { return i18n.T("自查", "self-examination") }

// Result is what an institution found on a line of the checklist.
type Result string

// The results.
const (
	Clean     Result = "clean"     // 无问题
	Corrected Result = "corrected" // 有问题，已立即整改
	Planned   Result = "planned"   // 有问题，限期整改
	Foreign   Result = "foreign"   // 不适用
)

// SelfProblem is a problem that an institution found itself: on a line of the
// checklist, or beside it.
type SelfProblem struct {
	Key         string `json:"key" doc:"Of the line, or the number of one beside the checklist."`
	Category    string `json:"category" doc:"Of the taxonomy of violations."`
	Description string `json:"description"`
	Result      Result `json:"result" enum:"corrected,planned"`
	Measures    string `json:"measures"`
	Due         Day    `json:"due" doc:"Of one that is planned."`
	Person      string `json:"person"`
}

// Answers are what an institution sends.
type Answers struct {
	// Lines are the results by the keys of the checklist.
	Lines    map[string]Result `json:"lines"`
	Reasons  map[string]string `json:"reasons,omitempty" doc:"Why a line does not apply, by its key."`
	Problems []SelfProblem     `json:"problems" nullable:"false"`
	Signer   string            `json:"signer" doc:"Who commits the institution to it."`
	Post     string            `json:"post"`
	// Checklist is what was asked when they were sent.
	Checklist
}

// SelfFound is a problem as the ledger takes it over.
type SelfFound struct {
	SourceID string // the same for the same problem, however often it is sent
	Campaign string
	Unit     string
	SelfProblem
}

// Ledger takes over the problems that institutions found themselves. Twice the same
// is once; it returns what its record is called.
type Ledger interface {
	TakeOver(ctx context.Context, tx *db.Tx, p SelfFound) (id string, err error)
	// Standing tells what became of records, by what they are called.
	Standing(r db.Reader, ids []string) (map[string]Standing, error)
}

// Standing is what became of a problem in the ledger.
type Standing struct {
	Number string    `json:"number"`
	State  i18n.Text `json:"state"`
	Closed bool      `json:"closed" doc:"Put right, and somebody else looked."`
	Late   bool      `json:"late" doc:"Not put right by its day."`
}

// stageEnd is the last day of the stage of a title; where it was renamed, that of
// the campaign.
func (c Content) stageEnd(title string) Day {
	for _, s := range c.Stages {
		if s.Title == title {
			return s.End
		}
	}
	_, last := c.span()
	return last
}

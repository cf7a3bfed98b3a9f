package campaign

import (
	"sync"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org/violation"
)

// TypicalState is where a typical case stands.
type TypicalState string

// The states.
const (
	TypicalDraft     TypicalState = "draft"
	TypicalAsked     TypicalState = asked
	TypicalApproved  TypicalState = "approved"
	TypicalPublished TypicalState = "published"
	TypicalWithdrawn TypicalState = "withdrawn"
)

// The steps of a typical case.
const (
	typicalWrite    flow.Action = "write"
	typicalApprove  flow.Action = "approve"
	typicalPublish  flow.Action = "publish"
	typicalWithdraw flow.Action = "withdraw"
)

// typicalLife is what can become of a typical case; the table stands in doc.go.
var typicalLife = sync.OnceValue(func() flow.Machine[TypicalState, string] {
	manage, sign := string(Manage), string(Sign)
	return flow.New(flow.Table[TypicalState, string]{
		Subject: i18n.T("典型案例", "typical case"),
		States: []flow.State[TypicalState]{
			{Name: TypicalDraft, Text: i18n.T("草稿", "Draft")}, {Name: TypicalAsked, Text: i18n.T("待审定", "To be approved")}, {Name: TypicalApproved, Text: i18n.T("已审定", "Approved")},
			{Name: TypicalPublished, Text: i18n.T("已公布", "Published")}, {Name: TypicalWithdrawn, Text: i18n.T("已撤下", "Withdrawn"), Final: true},
		},
		Actions: []flow.Label[flow.Action]{
			{Name: typicalWrite, Text: i18n.T("起草", "Write")}, {Name: draftSave, Text: i18n.T("保存", "Save")}, {Name: doAskSign, Text: i18n.T("送审", "Hand in")}, {Name: draftRecall, Text: i18n.T("撤回", "Take back")}, {Name: typicalApprove, Text: i18n.T("审定", "Approve")},
			{Name: draftReturn, Text: i18n.T("退回修改", "Send back")}, {Name: typicalPublish, Text: i18n.T("公布", "Publish")}, {Name: typicalWithdraw, Text: i18n.T("撤下", "Withdraw")},
		},
		Guards: []flow.Label[flow.Guard]{{Name: anotherHand, Text: i18n.T("审定人没有写过它", "who approves wrote nothing in it")}},
		Rows: []flow.Row[TypicalState, string]{
			{Action: typicalWrite, To: TypicalDraft, Who: manage},
			{From: []TypicalState{TypicalDraft}, Action: draftSave, Who: manage},
			{From: []TypicalState{TypicalDraft}, Action: doAskSign, To: TypicalAsked, Who: manage},
			{From: []TypicalState{TypicalAsked}, Action: draftRecall, To: TypicalDraft, Who: manage},
			{From: []TypicalState{TypicalDraft, TypicalAsked}, Action: typicalApprove, To: TypicalApproved, Who: sign, Guard: anotherHand},
			{From: []TypicalState{TypicalAsked, TypicalApproved}, Action: draftReturn, To: TypicalDraft, Who: sign},
			{From: []TypicalState{TypicalApproved}, Action: typicalPublish, To: TypicalPublished, Who: manage},
			{From: []TypicalState{TypicalDraft, TypicalAsked, TypicalApproved, TypicalPublished}, Action: typicalWithdraw, To: TypicalWithdrawn, Who: manage},
		},
	})
})

// Typical is a typical case.
type Typical struct {
	ID          string       `json:"id"`
	Number      string       `json:"number" example:"DX-370200-20260728-001"`
	Campaign    string       `json:"campaign_id"`
	Path        string       `json:"-"`
	State       TypicalState `json:"state" enum:"draft,asked,approved,published,withdrawn"`
	Title       string       `json:"title"`
	Text        string       `json:"text"`
	Category    string       `json:"category" doc:"Of the taxonomy of violations."`
	Unit        string       `json:"unit" doc:"Institution that it is about; empty for none."`
	Anonymous   bool         `json:"anonymous" doc:"No institution is to be named."`
	Revision    int          `json:"revision"`
	WrittenBy   string       `json:"written_by" doc:"Who changed it last."`
	Hands       hands        `json:"-"` // who wrote in it
	CreatedAt   time.Time    `json:"created_at"`
	ApprovedBy  string       `json:"approved_by"`
	PublishedAt time.Time    `json:"published_at,omitzero"`
	WithdrawnAt time.Time    `json:"withdrawn_at,omitzero"`
}

func (c Typical) record() trail.Record { return trail.Record{Kind: "typical", ID: c.ID} }

func (c Typical) drafted() drafted[TypicalState] {
	return drafted[TypicalState]{typicalLife(), typicalSubject(), c.record(), c.Campaign, c.Title, "/typical/" + c.ID, c.State, c.Path, c.Hands, c.Revision, c.finished}
}

func typicalSubject() i18n.Text { return i18n.T("典型案例", "typical case") }

// TypicalBody is what a person writes.
type TypicalBody struct {
	Title     string `json:"title" maxLength:"200"`
	Text      string `json:"text" maxLength:"10000"`
	Category  string `json:"category" maxLength:"8"`
	Unit      string `json:"unit,omitempty" maxLength:"64"`
	Anonymous bool   `json:"anonymous"`
	Revision  int    `json:"revision,omitempty" doc:"The one that was changed."`
}

func (b TypicalBody) check() error {
	var bad fault.Fields
	bad.Refuse(b.Title == "", "title", i18n.T("请填写标题", "please give it a title"))
	bad.Refuse(len([]rune(b.Text)) < 20, "text", i18n.T("请写明案情和处理结果，至少 20 个字", "please say what happened and what came of it, in at least twenty characters"))
	bad.Refuse(violation.Check("", b.Category) != nil, "category", i18n.T("请从列表中选择违规类别", "please choose a violation from the list"))
	return bad.Err()
}

// PublicTypical is a typical case as everybody reads it.
type PublicTypical struct {
	ID           string    `json:"id"`
	Number       string    `json:"number"`
	Title        string    `json:"title"`
	Text         string    `json:"text"`
	Category     string    `json:"category"`
	CategoryName string    `json:"category_name"`
	Institution  string    `json:"institution,omitempty" doc:"Absent where none is named."`
	PublishedAt  time.Time `json:"published_at"`
}

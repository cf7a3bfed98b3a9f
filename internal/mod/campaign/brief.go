package campaign

import (
	"strings"
	"sync"
	"time"

	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
)

// BriefState is where a brief or a summary stands.
type BriefState string

// The states.
const (
	BriefDraft  BriefState = "draft"
	BriefAsked  BriefState = asked
	BriefSigned BriefState = "signed"
	BriefIssued BriefState = "issued"
)

// The kinds of brief.
const (
	aBrief   = "brief"   // 简报
	aSummary = "summary" // 总结
)

// The steps of a brief.
const (
	briefWrite flow.Action = "draft"
	briefSign  flow.Action = "sign"
	briefIssue flow.Action = "issue"
)

// briefLife is what can become of a brief; the table stands in doc.go.
var briefLife = sync.OnceValue(func() flow.Machine[BriefState, string] {
	manage, sign := string(Manage), string(Sign)
	return flow.New(flow.Table[BriefState, string]{
		Subject: i18n.T("简报", "brief"),
		States: []flow.State[BriefState]{{Name: BriefDraft, Text: i18n.T("草稿", "Draft")}, {Name: BriefAsked, Text: i18n.T("待签发", "To be signed off")}, {Name: BriefSigned, Text: i18n.T("已签发", "Signed off")},
			{Name: BriefIssued, Text: i18n.T("已印发", "Issued"), Final: true}},
		Actions: []flow.Label[flow.Action]{{Name: briefWrite, Text: i18n.T("起草", "Draft")}, {Name: draftSave, Text: i18n.T("保存", "Save")}, {Name: doAskSign, Text: i18n.T("送审", "Hand in")}, {Name: draftRecall, Text: i18n.T("撤回", "Take back")}, {Name: briefSign, Text: i18n.T("签发", "Sign off")},
			{Name: draftReturn, Text: i18n.T("退回修改", "Send back")}, {Name: briefIssue, Text: i18n.T("印发", "Issue")}},
		Guards: []flow.Label[flow.Guard]{{Name: anotherHand, Text: i18n.T("签发人没有写过它", "who signs wrote nothing in it")}},
		Rows: []flow.Row[BriefState, string]{
			{Action: briefWrite, To: BriefDraft, Who: manage},
			{From: []BriefState{BriefDraft}, Action: draftSave, Who: manage},
			{From: []BriefState{BriefDraft}, Action: doAskSign, To: BriefAsked, Who: manage},
			{From: []BriefState{BriefAsked}, Action: draftRecall, To: BriefDraft, Who: manage},
			{From: []BriefState{BriefDraft, BriefAsked}, Action: briefSign, To: BriefSigned, Who: sign, Guard: anotherHand},
			{From: []BriefState{BriefAsked, BriefSigned}, Action: draftReturn, To: BriefDraft, Who: sign},
			{From: []BriefState{BriefSigned}, Action: briefIssue, To: BriefIssued, Who: manage},
		},
	})
})

// Block is a section of a brief. Its text may hold marks such as [[coverage]], in
// whose place the value of a figure stands.
type Block struct {
	Heading string `json:"heading" maxLength:"200"`
	Text    string `json:"text" maxLength:"20000"`
}

// Brief is a brief or the summary of a campaign.
type Brief struct {
	ID        string            `json:"id"`
	Campaign  string            `json:"campaign_id"`
	Path      string            `json:"-"`
	Kind      string            `json:"kind" enum:"brief,summary"`
	Issue     int               `json:"issue" doc:"第N期; 0 until it is issued, and of a summary."`
	State     BriefState        `json:"state" enum:"draft,asked,signed,issued"`
	Title     string            `json:"title"`
	Blocks    []Block           `json:"blocks" nullable:"false"`
	Facts     map[string]string `json:"-"` // values of the marks, as they were taken
	Revision  int               `json:"revision"`
	DraftedBy string            `json:"drafted_by" doc:"Who changed it last."`
	Hands     hands             `json:"-"` // who wrote in it
	CreatedAt time.Time         `json:"created_at"`
	SignedBy  string            `json:"signed_by"`
	SignedAt  time.Time         `json:"signed_at,omitzero"`
	IssuedAt  time.Time         `json:"issued_at,omitzero"`
}

func (b Brief) record() trail.Record { return trail.Record{Kind: "brief", ID: b.ID} }

func (b Brief) drafted(v vocabulary) drafted[BriefState] {
	finished := func() error { return b.finished(v) }
	return drafted[BriefState]{briefLife(), briefSubject(), b.record(), b.Campaign, b.Title, "/briefs/" + b.ID, b.State, b.Path, b.Hands, b.Revision, finished}
}

// Section is a part of a document: a heading and paragraphs.
type Section struct {
	Heading    string   `json:"heading"`
	Paragraphs []string `json:"paragraphs" nullable:"false"`
}

// Document is a brief as it is printed, without its layout.
type Document struct {
	Kind     string    `json:"kind" enum:"brief,summary"`
	Name     string    `json:"name" doc:"What stands at the head: 某市某专项整治工作简报."`
	Issue    int       `json:"issue"`
	Editor   string    `json:"editor"`
	Title    string    `json:"title"`
	Date     Day       `json:"date"`
	Sections []Section `json:"sections" nullable:"false"`
}

// mostName is how much of a campaign's title has room in red.
const mostName = 30

// document is a brief with its figures in place, paragraph by paragraph.
func (b Brief) document(c Campaign, owner string) Document {
	d := Document{Kind: b.Kind, Name: clipText(c.Title, mostName) + "工作简报", Issue: b.Issue, Editor: owner, Title: b.Title, Date: DayOf(b.CreatedAt), Sections: []Section{}}
	if !b.IssuedAt.IsZero() {
		d.Date = DayOf(b.IssuedAt)
	}
	for _, x := range b.Blocks {
		d.Sections = append(d.Sections, Section{Heading: strings.TrimSpace(x.Heading), Paragraphs: paragraphs(filledIn(x.Text, b.Facts))})
	}
	return d
}

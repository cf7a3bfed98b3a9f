package campaign

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
)

// LookState is where the look back at an institution stands.
type LookState string

// The states.
const (
	LookOpen    LookState = "open"
	LookChecked LookState = "checked"
	LookOff     LookState = "off" // taken off the list
)

// The steps of a look back.
const (
	lookList   flow.Action = "list"
	lookGround flow.Action = "ground" // one more reason, or it was listed anew by one
	lookCheck  flow.Action = "check"
	lookAsk    flow.Action = "ask_off"
	lookRefuse flow.Action = "refuse_off"
	lookOff    flow.Action = "off"
)

const (
	isAskedByOther flow.Guard = "asked"
	isNew          flow.Guard = "new"
	isOld          flow.Guard = "old"
	isNotAsked     flow.Guard = "unasked"
)

// lookLife is what can become of a look back; the table stands in doc.go.
var lookLife = sync.OnceValue(func() flow.Machine[LookState, string] {
	manage := string(Manage)
	return flow.New(flow.Table[LookState, string]{
		Subject: i18n.T("回头看", "look back"),
		States: []flow.State[LookState]{
			{Name: LookOpen, Text: i18n.T("待复查", "To be looked at")}, {Name: LookChecked, Text: i18n.T("已复查", "Looked at")}, {Name: LookOff, Text: i18n.T("已移出", "Taken off")},
		},
		Actions: []flow.Label[flow.Action]{
			{Name: lookList, Text: i18n.T("列入", "List")}, {Name: lookGround, Text: i18n.T("增加事由", "Add a reason")}, {Name: lookCheck, Text: i18n.T("登记复查", "Record the look back")},
			{Name: lookAsk, Text: i18n.T("申请移出", "Ask to take it off")}, {Name: lookRefuse, Text: i18n.T("不同意移出", "Keep it on")}, {Name: lookOff, Text: i18n.T("同意移出", "Take it off")},
		},
		Guards: []flow.Label[flow.Guard]{
			{Name: isNew, Text: i18n.T("事由发生在复查或移出之后", "the reason is later than what was decided")}, {Name: isOld, Text: i18n.T("事由在复查或移出之前", "the reason is no later than what was decided")},
			{Name: isNotAsked, Text: i18n.T("没有待批的移出申请", "nobody has asked to take it off")}, {Name: isAskedByOther, Text: i18n.T("他人申请了移出", "somebody else asked to take it off")},
		},
		Rows: []flow.Row[LookState, string]{
			{Action: lookList, To: LookOpen},
			{From: []LookState{LookOpen}, Action: lookGround},
			{From: []LookState{LookChecked, LookOff}, Action: lookGround, To: LookOpen, Guard: isNew},
			{From: []LookState{LookChecked, LookOff}, Action: lookGround, Guard: isOld},
			{From: []LookState{LookOpen}, Action: lookCheck, To: LookChecked, Who: manage},
			{From: []LookState{LookOpen}, Action: lookAsk, Who: manage, Guard: isNotAsked},
			{From: []LookState{LookOpen}, Action: lookRefuse, Who: manage, Guard: isAskedByOther},
			{From: []LookState{LookOpen}, Action: lookOff, To: LookOff, Who: manage, Guard: isAskedByOther},
		},
	})
})

// The results of a look back.
const (
	LookHeld    = "held"    // 合格
	LookRebound = "rebound" // 反弹
)

// Ground is why an institution is looked at again: a record of another module.
type Ground struct {
	Unit   string    `json:"-"`
	Kind   string    `json:"kind" doc:"penalty or problem"`
	Record string    `json:"record"`
	Label  string    `json:"label" doc:"Its number."`
	Link   string    `json:"link" doc:"Where it is read."`
	At     time.Time `json:"at" doc:"When it was punished or put right."`
}

// Punished tells whom a campaign punished.
type Punished interface {
	Punished(ctx context.Context, r db.Reader, campaign string) ([]Ground, error)
}

// Rectified tells what institutions put right in a campaign.
type Rectified interface {
	Rectified(ctx context.Context, r db.Reader, campaign string) ([]Ground, error)
}

// LookVisit is an inspection that an institution had.
type LookVisit struct {
	ID     string    `json:"id"`
	Number string    `json:"number"`
	Link   string    `json:"link" doc:"Where it is read."`
	At     time.Time `json:"at"`
}

// Visited tells which inspections an institution had since an instant, the latest
// first.
type Visited interface {
	Visited(ctx context.Context, r db.Reader, unit string, since time.Time) ([]LookVisit, error)
}

// lookBack is a line of the list.
type lookBack struct {
	ID         string
	Campaign   string
	Unit       string
	Path       string
	State      LookState
	ListedAt   time.Time
	Result     string
	CheckedAt  time.Time
	CheckedBy  string
	Inspection string
	Note       string
	AskedBy    string
	AskedAt    time.Time
	AskedWhy   string
	OffAt      time.Time
	OffBy      string
}

func (x lookBack) record() trail.Record { return trail.Record{Kind: "look_back", ID: x.ID} }

func lookSubject() i18n.Text { return i18n.T("回头看对象", "institution to be looked at") }

// decided is when it was looked at or taken off last.
func (x lookBack) decided() time.Time {
	if x.OffAt.After(x.CheckedAt) {
		return x.OffAt
	}
	return x.CheckedAt
}

// age is the guard that holds for a reason.
func (x lookBack) age(g Ground) flow.Guard {
	if g.At.After(x.decided()) {
		return isNew
	}
	return isOld
}

// lookDue is by when it is to be looked at: the end of the stage of looking back, or
// of the campaign where none says so.
func (c Content) lookDue() Day {
	for _, words := range []string{"回头看", "巩固", "检查评估"} {
		at := slices.IndexFunc(c.Stages, func(x Stage) bool { return strings.Contains(x.Title+x.Text, words) && x.End != "" })
		if at >= 0 {
			return c.Stages[at].End
		}
	}
	_, last := c.span()
	return last
}

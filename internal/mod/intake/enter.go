package intake

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// Entry is a report that a member of staff types in for somebody: who calls,
// comes by or writes, or what another office hands over.
type Entry struct {
	Submission
	Channel    demand.Channel `json:"channel" doc:"How it came in; one of entered in the dictionaries." example:"telephone"`
	Place      string         `json:"place,omitempty" maxLength:"64" doc:"Chosen by hand; goes before token, institution and region."`
	SourceNo   string         `json:"source_no,omitempty" maxLength:"64" doc:"Number in the sending office, such as that of the 12345 order."`
	ReceivedAt time.Time      `json:"received_at,omitzero" doc:"When it came in; now when absent. The clocks run from here."`
	Class      demand.Class   `json:"class,omitempty" doc:"The category's when absent."`
	Urgency    demand.Urgency `json:"urgency,omitempty" doc:"Read from the text when absent."`
}

// EnterInput is an entry.
type EnterInput struct {
	Body Entry
}

// Entered is what the operator tells the reporter: number, receipt, deadline.
type Entered struct {
	Accepted
	CaseID string `json:"case_id"`
}

// longestBack is how long ago a report may have come in: a letter lies about,
// but a year-old one is history and is imported as such.
const longestBack = 366 * 24 * time.Hour

// longestTyped is the same for what is typed in: a letter lies about for some
// days, and whoever could date it back further could make another unit late.
const longestTyped = 7 * 24 * time.Hour

// Enter accepts a report that staff typed in. It is the same record as any
// other, with its channel and with who entered it. Whoever may enter may do so
// about any institution: a caller is never turned away because the call is
// about somebody else. Faults as Submit; Invalid for a channel that nobody
// types in.
func (s *Service) Enter(ctx context.Context, in EnterInput) (e Entered, err error) {
	defer fault.Wrap(&err, "intake.Enter")
	b, who := in.Body, authz.From(ctx)
	if err := b.check(s.now()); err != nil {
		return e, err
	}
	if b.IdempotencyKey != "" {
		b.IdempotencyKey = who.ID + "/" + b.IdempotencyKey // two operators never share a key
	}
	e.Accepted, err = s.Submit(ctx, b.Submission, Origin{Channel: b.Channel, Place: b.Place, EnteredBy: who.ID, SourceNo: strings.TrimSpace(b.SourceNo),
		At: b.ReceivedAt.Truncate(time.Millisecond), Class: b.Class, Urgency: b.Urgency})
	e.CaseID = e.Accepted.CaseID
	return e, err
}

// check refuses what cannot be accepted, naming every field at once.
func (e Entry) check(now time.Time) error {
	var bad fault.Fields
	bad.Refuse(!slices.Contains(EnteredChannels(), e.Channel), "channel", i18n.T("请选择来源渠道", "please choose how it came in"))
	bad.Refuse(e.Class != "" && !demand.Has(demand.Classes(), e.Class), "class", i18n.T("没有这种诉求类型", "there is no such kind of demand"))
	bad.Refuse(e.Urgency != "" && !demand.Has(demand.Urgencies(), e.Urgency), "urgency", i18n.T("没有这种紧急程度", "there is no such urgency"))
	checkReceived(&bad, e.ReceivedAt, now)
	bad.Refuse(e.ReceivedAt.After(now.Add(-longestBack)) && e.ReceivedAt.Before(now.Add(-longestTyped)), "received_at", i18n.T("收到时间最多早于现在 7 天", "it came in more than seven days ago"))
	bad.AtMost(maxSourceNo, "source_no", e.SourceNo)
	e.complain(&bad)
	return bad.Err()
}

// lateFromTheStart refuses a report that would be overdue as soon as it is there.
func lateFromTheStart() error {
	return fault.Field("received_at", i18n.T("按这个收到时间，办理期限已过", "with that time of receipt its deadline is over already")).
		WithFix(i18n.T("请填写登记时间；真实收到时间写在内容里", "give the time of entry, and say in the text when it really came in"))
}

// maxSourceNo is the longest number of a sending office.
const maxSourceNo = 64

// checkReceived refuses to have received what has not come yet, or what is
// history.
func checkReceived(bad *fault.Fields, at, now time.Time) {
	bad.Refuse(at.After(now), "received_at", i18n.T("收到时间不能晚于现在", "it cannot have come in later than now"))
	bad.Refuse(!at.IsZero() && at.Before(now.Add(-longestBack)), "received_at", i18n.T("收到时间太早，超过一年的请作为历史数据导入", "it came in more than a year ago; import it as history"))
}

package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// Purpose is what somebody needs to know for who reported.
type Purpose string

// The purposes. PurposeOther says in words which.
const (
	PurposeContact  Purpose = "contact"
	PurposeVerify   Purpose = "verify"
	PurposeReply    Purpose = "reply"
	PurposeCallBack Purpose = "callback"
	PurposeEvidence Purpose = "evidence"
	PurposeReward   Purpose = "reward"
	PurposeOther    Purpose = "other"
)

// Disclosure is a look at who gave a report: taken at once for a purpose, or,
// on the discipline line, asked for, decided on by somebody else and then taken.
// It holds for one person, one report and some time.
type Disclosure struct {
	ID        string    `json:"id"`
	CaseID    string    `json:"case_id"`
	Path      string    `json:"-"` // over which who decides on it holds that right
	AskedBy   string    `json:"asked_by"`
	UnitID    string    `json:"unit_id"`
	Purpose   Purpose   `json:"purpose" enum:"contact,verify,reply,callback,evidence,reward,other"`
	Reason    string    `json:"reason"`
	Guarded   bool      `json:"guarded" doc:"A second person has to approve it."`
	AskedAt   time.Time `json:"asked_at"`
	State     string    `json:"state" enum:"pending,granted,refused,lapsed"`
	LapsesAt  time.Time `json:"lapses_at,omitzero" doc:"When a request that nobody decided on lapses."`
	DecidedBy string    `json:"decided_by"`
	DecidedAt time.Time `json:"decided_at,omitzero"`
	Decision  string    `json:"decision" doc:"Why it was decided so."`
	OpenedAt  time.Time `json:"opened_at,omitzero" doc:"When it was first looked."`
	EndsAt    time.Time `json:"ends_at,omitzero" doc:"Until when it holds."`
}

// lapsed is how a request ends that nobody decided on.
const lapsed = "lapsed"

// What happens to who reported, by the names of events.
const (
	doAskIdentity    flow.Action = "identity_asked"
	doGrantIdentity  flow.Action = "identity_granted"
	doRefuseIdentity flow.Action = "identity_refused"
	doLapseIdentity  flow.Action = "identity_lapsed"
	doOpenIdentity   flow.Action = "identity_opened"
)

// identitySteps lists them in the order in which they happen.
func identitySteps() []string {
	return []string{string(doAskIdentity), string(doGrantIdentity), string(doRefuseIdentity), string(doLapseIdentity), string(doOpenIdentity)}
}

// How long things hold: a look taken at once, a request, and one that was
// approved. Long enough for a day's work, for a weekend of the custodian's and
// for a talk the next morning; no longer than the purpose needs (个人信息保护法
// arts. 6, 19).
var (
	lookHours = config.Define("casework.identity_hours", 8,
		i18n.T("查看诉求人身份后，多少小时内再看不必重新说明用途", "Hours for which who reported stays open to whoever opened it"), i18n.T("小时", "hours"), config.Between(1, 72))
	askDays = config.Define("casework.identity_ask_days", 3,
		i18n.T("查看身份的申请多少天内无人审批即失效", "Days after which a request to see who reported lapses"), i18n.T("天", "days"), config.Between(1, 30))
	approvedHours = config.Define("casework.identity_approved_hours", 24,
		i18n.T("查看身份的申请批准后，多少小时内可以查看", "Hours for which an approval to see who reported holds"), i18n.T("小时", "hours"), config.Between(1, 168))
)

// guarded reports whether a second person has to agree before anybody learns who
// gave a report: on the discipline line, however it was given.
func (c Case) guarded() bool { return c.Route == Integrity }

// purposes lists what who reported is opened for, each with what the reporter
// reads.
func purposes() []demand.Named[Purpose] {
	return []demand.Named[Purpose]{
		{Code: PurposeContact, Name: i18n.T("联系诉求人", "To contact the reporter")},
		{Code: PurposeVerify, Name: i18n.T("核实情况", "To verify what was said")},
		{Code: PurposeReply, Name: i18n.T("告知答复", "To tell the result")},
		{Code: PurposeCallBack, Name: i18n.T("回访", "To call back")},
		{Code: PurposeEvidence, Name: i18n.T("请诉求人补充材料", "To ask for evidence")},
		{Code: PurposeReward, Name: i18n.T("发放举报奖励", "To pay a reward")},
		{Code: PurposeOther, Name: i18n.T("其他（请写明）", "Other, in words")},
	}
}

// likely returns the purpose for which whoever works on a case most likely
// needs the reporter as it stands: the page offers it first.
func (c Case) likely() Purpose {
	switch {
	case c.State == Calling:
		return PurposeCallBack
	case !c.State.Open() && c.State != Merged:
		return PurposeReply
	case c.ContactedAt.IsZero():
		return PurposeContact
	}
	return PurposeVerify
}

// checkPurpose refuses a purpose that nobody knows, and another one without
// words. Where a second person decides there are always words.
func checkPurpose(p Purpose, reason string, words bool) error {
	var bad fault.Fields
	bad.Refuse(!demand.Has(purposes(), p), "purpose", i18n.T("请选择用途", "please choose what it is for"))
	missing := strings.TrimSpace(reason) == ""
	bad.Refuse(missing && words, "reason", i18n.T("请写明理由，供审批人判断", "please say why, so that it can be decided"))
	bad.Refuse(missing && !words && p == PurposeOther, "reason", i18n.T("请写明用途", "please say what it is for"))
	if err := bad.Err(); err != nil || missing {
		return err
	}
	return checkText("reason", strings.TrimSpace(reason))
}

// holds reports whether a disclosure lets its person look now.
func (d Disclosure) holds(now time.Time) bool { return d.State == granted && now.Before(d.EndsAt) }

// waits reports whether a disclosure can be decided on.
func (d Disclosure) waits(now time.Time) bool { return d.State == pending && now.Before(d.LapsesAt) }

// Standing is how one reporter of a case stands towards the actor. A case that
// others joined has several.
type Standing struct {
	Report string      `json:"report" doc:"Identifier of the report: of the case, or of one that joined it."`
	Number string      `json:"number"`
	Mode   demand.Mode `json:"mode"`
	State  string      `json:"state" enum:"none,hidden,closed,guarded,waiting,approved,open,gone" doc:"none: nobody knows who it is. hidden: not for the actor. closed: may be opened for a purpose. guarded: may be asked for. waiting: asked for. approved: may be opened. open: stands here. gone: was destroyed."`
	Until  time.Time   `json:"until,omitzero" doc:"Until when it waits, is approved or open."`
	Likely Purpose     `json:"likely" enum:"contact,verify,reply,callback,evidence,reward,other" doc:"The purpose that fits the stage of the case."`
	Name   string      `json:"name,omitempty"`
	Phone  string      `json:"phone,omitempty"`
}

// reportsIn returns the reports that a case is about: its own and those that
// joined it.
func reportsIn(r db.Reader, c Case) ([]Case, error) {
	joined, err := db.All[Case](r, `select `+caseColumns+` from case_file c where c.merged_into <> '' and c.merged_into = $1 order by c.received_at, c.id`, c.ID)
	return append([]Case{c}, joined...), err
}

// reportIn returns one of them; the case's own where none is named.
func reportIn(r db.Reader, c Case, id string) (Case, error) {
	if id == "" || id == c.ID {
		return c, nil
	}
	all, err := reportsIn(r, c)
	if i := slices.IndexFunc(all, func(x Case) bool { return x.ID == id }); err == nil && i >= 0 {
		return all[i], nil
	} else if err != nil {
		return c, err
	}
	return c, fault.Field("report", i18n.T("这份反映不在本件之内", "that report does not belong to this case"))
}

// worksWith reports whether the actor does something with a case for which the
// reporter may be needed: who only reads it has no use for that.
func worksWith(ctx context.Context, c Case, as []Assignment) bool {
	may := has(ctx, c, as)
	return may(Handle) || may(CallBack) || may(Supervise) || c.guarded() && may(Discipline)
}

// standings says how each reporter of a case stands towards the actor, without
// opening anything.
func (s *Service) standings(ctx context.Context, r db.Reader, c Case, as []Assignment) ([]Standing, error) {
	reports, err := reportsIn(r, c)
	if err != nil {
		return nil, err
	}
	list := make([]Standing, len(reports))
	for i, rep := range reports {
		if list[i], err = s.standing(ctx, r, c, rep, as); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (s *Service) standing(ctx context.Context, r db.Reader, c, rep Case, as []Assignment) (x Standing, err error) {
	x = Standing{Report: rep.ID, Number: rep.Number, Mode: rep.Mode, Likely: c.likely(), State: "none"}
	if rep.Mode == demand.Anonymous {
		return x, nil
	}
	who, err := s.Content.Reporter(ctx, r, rep)
	switch {
	case err != nil:
		return x, err
	case !who.May || !worksWith(ctx, c, as):
		x.State = "hidden"
		return x, nil
	case !who.Given:
		return x, nil
	case who.Gone:
		x.State = "gone"
		return x, nil
	}
	mine, err := disclosuresOf(r, rep.ID, authz.From(ctx).ID)
	x.State, x.Until = where(rep, mine, s.Now())
	return x, err
}

// where says how far somebody is who may know who gave a report.
func where(rep Case, mine []Disclosure, now time.Time) (state string, until time.Time) {
	state = "closed"
	if rep.guarded() {
		state = "guarded"
	}
	for _, d := range mine {
		switch {
		case d.waits(now):
			state, until = "waiting", d.LapsesAt
		case d.holds(now) && d.OpenedAt.IsZero():
			state, until = "approved", d.EndsAt
		case d.holds(now):
			return "open", d.EndsAt
		}
	}
	return state, until
}

// showOpen puts names and telephones where the actor has opened them.
func (s *Service) showOpen(ctx context.Context, r db.Reader, d *Detail) error {
	for i, x := range d.Reporters {
		if x.State != "open" {
			continue
		}
		rep, err := CaseByID(r, x.Report)
		if err != nil {
			return err
		}
		who, err := s.Content.Identity(ctx, r, rep)
		if err != nil {
			return err
		}
		d.Reporters[i].Name, d.Reporters[i].Phone = who.Name, who.Phone
	}
	return nil
}

func (d *Disclosure) place() (caseID, row string) { return d.CaseID, "disclosure/" + d.ID }
func (d *Disclosure) words(f func(field string, text *string)) {
	f("reason", &d.Reason)
	f("decision", &d.Decision)
}

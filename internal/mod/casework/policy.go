package casework

import (
	"context"
	"slices"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// Policy says how long each step of a case may take. A row matches a case
// when every condition that it names holds; the first row that matches is the
// case's policy, so that no two ever conflict.
type Policy struct {
	Name       string           `json:"name"`
	Categories []string         `json:"categories,omitempty" doc:"Letters or items; none means all."`
	Channels   []demand.Channel `json:"channels,omitempty"`
	Classes    []demand.Class   `json:"classes,omitempty"`
	Urgencies  []demand.Urgency `json:"urgencies,omitempty"`
	Dispatch   calendar.Limit   `json:"dispatch" doc:"From receipt until a unit has it."`
	Sign       calendar.Limit   `json:"sign" doc:"From dispatch until the unit signs for it."`
	Contact    calendar.Limit   `json:"contact" doc:"From dispatch until somebody has talked to the reporter."`
	Finish     calendar.Limit   `json:"finish" doc:"From receipt until the result is submitted."`
}

func (p Policy) matches(o Opening) bool {
	return (len(p.Categories) == 0 || slices.Contains(p.Categories, o.Category) || slices.Contains(p.Categories, o.Item)) &&
		(len(p.Channels) == 0 || slices.Contains(p.Channels, o.Channel)) &&
		(len(p.Classes) == 0 || slices.Contains(p.Classes, o.Class)) &&
		(len(p.Urgencies) == 0 || slices.Contains(p.Urgencies, o.Urgency))
}

// limit returns how long a step may take.
func (p Policy) limit(kind ClockKind) calendar.Limit {
	switch kind {
	case ClockDispatch:
		return p.Dispatch
	case ClockSign:
		return p.Sign
	case ClockContact:
		return p.Contact
	default:
		return p.Finish
	}
}

func hours(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.Hours} }
func days(n int) calendar.Limit  { return calendar.Limit{N: n, Unit: calendar.Days} }

// limits is the table of policies. The defaults are the field's common ones
// (domain.md 1.4: urgent 2 h, timely 24 h, general 7 days, hard 15 days; sign-in
// 2 h, first contact 24 h) and for clues the month within which a disposition
// must be proposed.
var limits = config.Define("casework.limits", []Policy{
	{Name: "特急", Urgencies: []demand.Urgency{demand.Critical}, Dispatch: hours(1), Sign: hours(1), Contact: hours(2), Finish: hours(24)},
	{Name: "紧急", Urgencies: []demand.Urgency{demand.Urgent}, Dispatch: hours(2), Sign: hours(1), Contact: hours(4), Finish: days(3)},
	{Name: "廉洁线索", Categories: []string{"F", "G", "H", "N"}, Dispatch: hours(24), Sign: hours(24), Contact: days(15), Finish: days(30)},
	{Name: "疑难复杂", Categories: []string{"L"}, Dispatch: hours(4), Sign: hours(2), Contact: hours(24), Finish: days(15)},
	{Name: "咨询", Classes: []demand.Class{demand.Consultation}, Dispatch: hours(4), Sign: hours(2), Contact: hours(24), Finish: days(3)},
	{Name: "一般", Dispatch: hours(4), Sign: hours(2), Contact: hours(24), Finish: days(7)},
}, i18n.T("办理时限：自上而下第一条符合的规则适用", "Time limits: the first matching row from the top holds"), i18n.Text{}, checkPolicies)

func checkPolicies(ps []Policy) error {
	var bad fault.Fields
	for _, p := range ps {
		for _, l := range []calendar.Limit{p.Dispatch, p.Sign, p.Contact, p.Finish} {
			bad.Refuse(!l.Valid(), "value", i18n.T("规则“%s”缺少时限", `row "%s" lacks a limit`), p.Name)
		}
	}
	last := len(ps) - 1
	bad.Refuse(last < 0 || !ps[last].matches(Opening{}) || len(ps[last].Categories)+len(ps[last].Channels)+len(ps[last].Classes)+len(ps[last].Urgencies) > 0,
		"value", i18n.T("最后一条规则应适用于所有诉求", "the last row must hold for every case"))
	return bad.Err()
}

// warnings are the shares of a limit, in percent, at which those responsible
// are warned before the deadline itself.
var warnings = config.Define("casework.warnings", []int{50, 80},
	i18n.T("到期前预警点", "When to warn before a deadline"), i18n.T("%", "%"), func(ps []int) error {
		for i, p := range ps {
			if p <= 0 || p >= 100 || i > 0 && p <= ps[i-1] {
				return fault.Field("value", i18n.T("应为 1 到 99 之间递增的数字", "must be rising numbers from 1 to 99"))
			}
		}
		return nil
	})

// commissionAfter is how long after a missed deadline the commission is told.
var commissionAfter = config.Define("casework.escalate_commission", hours(24),
	i18n.T("超期多久后升级到卫生健康委", "How long after a missed deadline the commission is told"), i18n.Text{})

// returnsBeforeDesignation is how often a case may come back before the
// commission designates a unit (12345 practice: three).
var returnsBeforeDesignation = config.Define("casework.max_returns", 3,
	i18n.T("退单几次后由卫生健康委指定承办", "After how many returns the commission designates a unit"), i18n.T("次", "times"), config.Between(1, 10))

// callBackDays is how long a reporter may answer on the receipt page before
// the case is archived without a valid call-back.
var callBackDays = config.Define("casework.callback_days", 7,
	i18n.T("回访等待天数", "Days to wait for the reporter's answer"), i18n.T("天", "days"), config.Between(1, 60))

// callBackAttempts is how many telephone calls at different times make a
// call-back invalid.
var callBackAttempts = config.Define("casework.callback_attempts", 3,
	i18n.T("电话回访尝试次数", "Telephone attempts before a call-back is invalid"), i18n.T("次", "times"), config.Between(1, 10))

// policyFor returns the policy of a case that opens now and the version of
// the table that says so.
func (s *Service) policyFor(ctx context.Context, o Opening) (Policy, string, error) {
	table, version, err := config.At(ctx, s.Settings, limits, o.Path, o.ReceivedAt)
	if err != nil {
		return Policy{}, "", err
	}
	for _, p := range table {
		if p.matches(o) {
			return p, version + "/" + p.Name, nil
		}
	}
	return Policy{}, "", fault.New(fault.Internal, i18n.T("没有适用的时限规则", "no policy matches"))
}

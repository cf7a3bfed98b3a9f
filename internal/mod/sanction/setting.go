package sanction

import (
	"context"
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

func days(n int) calendar.Limit        { return calendar.Limit{N: n, Unit: calendar.Days} }
func workingDays(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.WorkingDays} }

var (
	monthUnit = i18n.T("月", "months")
	yearUnit  = i18n.T("年", "years")
	fenUnit   = i18n.T("分（人民币）", "fen")
)

// sourced says with each setting where its default comes from and how far to
// trust it: [L] the text of the law, [P] a public page, [M] from memory, to be
// checked against the official text before it is shown as law.
func sourced(zh, en, source string) i18n.Text {
	return i18n.T(zh+"（"+source+"）", en+" ("+source+")")
}

// The limits of 行政处罚法 (2021). Its art. 85 counts two, three, five and seven
// days in working days.
var (
	limitationYears = config.Define("sanction.limitation_years", 2, sourced("处罚时效", "Time within which an act is punished", "行政处罚法36条 [L]"), yearUnit, config.Between(1, 20))
	graveYears      = config.Define("sanction.limitation_grave_years", 5, sourced("涉及生命健康安全、金融安全且有危害后果的处罚时效", "The same where life, health or financial safety was harmed", "行政处罚法36条 [L]"), yearUnit, config.Between(1, 20))
	officersNeeded  = config.Define("sanction.officers", 2, sourced("执法人员至少", "Officers with enforcement certificates, at least", "行政处罚法42条 [L]"), i18n.T("人", "people"), config.Between(1, 10))
	spotPerson      = config.Define("sanction.spot_person_fen", 20_000, sourced("当场处罚公民罚款上限", "Largest fine on the spot, citizens", "行政处罚法51条 [L]"), fenUnit, config.Between(0, 100_000_000))
	spotUnit        = config.Define("sanction.spot_unit_fen", 300_000, sourced("当场处罚单位罚款上限", "Largest fine on the spot, organisations", "行政处罚法51条 [L]"), fenUnit, config.Between(0, 100_000_000))
	hearingLimit    = config.Define("sanction.hearing", workingDays(5), sourced("告知后提出听证的期限", "Time to ask for a hearing after the notice", "行政处罚法64条 [L]，按85条为工作日 [M]"), i18n.Text{})
	decideLimit     = config.Define("sanction.decide", days(90), sourced("立案后作出决定的期限", "From filing until the decision", "行政处罚法60条 [L]"), i18n.Text{})
	serveLimit      = config.Define("sanction.serve", workingDays(7), sourced("决定书送达期限", "From the decision until it is served", "行政处罚法61条 [L]，按85条为工作日 [M]"), i18n.Text{})
	payLimit        = config.Define("sanction.pay", days(15), sourced("缴纳罚款的期限", "From service until the fine is paid", "行政处罚法67条 [L]"), i18n.Text{})
	latePercent     = config.Define("sanction.late_percent", 3, sourced("逾期加处罚款", "Added to a late fine", "行政处罚法72条 [L]"), i18n.T("%/日", "% a day"), config.Between(0, 100))
	lateCap         = config.Define("sanction.late_cap_percent", 100, sourced("加处罚款不超过罚款本数的", "And at most, of the fine", "行政处罚法72条 [L]"), i18n.T("%", "%"), config.Between(0, 100))
	withdrawLimit   = config.Define("sanction.withdraw", workingDays(3), sourced("变更、撤销后撤回公开信息的期限", "From change or annulment until the publication is withdrawn", "行政处罚法48条 [L]，按85条为工作日 [M]"), i18n.Text{})
	publishLimit    = config.Define("sanction.publish", workingDays(7), sourced("双公示期限", "From the decision until it is public", "双公示 [P]"), i18n.Text{})
)

// What practice and local rules say.
var (
	noticeLimit  = config.Define("sanction.points_notice", workingDays(10), sourced("确认记分后送达通知书的期限", "From confirming points until the notice", "广东记分办法 [P]"), i18n.Text{})
	receiptLimit = config.Define("sanction.transfer_receipt", days(10), sourced("移送后催要回执的期限", "From a transfer until its receipt is chased", "[M]"), i18n.Text{})
	resultLimit  = config.Define("sanction.transfer_result", days(60), sourced("收到回执后催要结果的期限", "From the receipt until the result is chased", "[M]"), i18n.Text{})
	bedsOfLong   = config.Define("sanction.beds_of_long_cycle", 100, sourced("校验期为长周期的床位数", "Beds from which the pass holds for the longer time", "医疗机构管理条例22条 [L]"), i18n.T("床", "beds"), config.Between(1, 10_000))
	shortPass    = config.Define("sanction.short_pass_years", 1, sourced("短周期校验期", "The shorter pass", "医疗机构管理条例22条 [L]"), yearUnit, config.Between(1, 10))
	longPass     = config.Define("sanction.long_pass_years", 3, sourced("长周期校验期", "The longer pass", "医疗机构管理条例22条 [L]"), yearUnit, config.Between(1, 10))
	publicNames  = config.Define("sanction.public_names", "initial", sourced("公示中自然人姓名：initial 为“张某”，full 为全名", "Natural persons in public: initial is 张某, full is the whole name", "[M]"), i18n.Text{}, func(v string) error {
		if v != "initial" && v != "full" {
			return fault.Field("value", i18n.T("只能是 initial 或 full", "must be initial or full"))
		}
		return nil
	})
	displayPeriods = config.Define("sanction.display_periods", []Display{
		{"minor", i18n.T("一般", "Ordinary"), 3, 12}, {"grave", i18n.T("严重", "Grave"), 6, 36}, {"safety", i18n.T("特定（安全、消防等）", "Special: safety, fire"), 12, 36},
	}, sourced("公示期：每种失信程度的最短与最长月数", "How long something is public: fewest and most months for each gravity", "信用信息公示规定 [P]"), monthUnit, checkDisplays)
	gradeRule = config.Define("sanction.grades", defaultGrades(), sourced("信用等级：回看月数、各措施分值、B、C、D 级的起点", "Grades: months looked back, weight of each measure, where B, C and D begin", "[M]"), i18n.Text{}, GradeRule.check)
	pointRule = config.Define("sanction.points", Presets()[0], sourced("不良执业行为记分办法（可选各地预设）", "Rule of practice points (presets by region)", "广东、贵州、武汉、贵阳、天津 [P]"), i18n.Text{}, Scheme.check)
	insurance = config.Define("sanction.insurance_points", Twelve{Cap: 12, SuspendFrom: 9, LeastMonths: 1, MostMonths: 6, BarMonths: 12, BarOnceMonths: 36,
		Bands: []Band{{"slight", i18n.T("轻微", "Slight"), 1, 3}, {"ordinary", i18n.T("一般", "Ordinary"), 4, 6}, {"serious", i18n.T("较重", "Serious"), 7, 9}, {"grave", i18n.T("严重", "Grave"), 10, 12}},
	}, sourced("医保支付资格记分", "Points of the right to insurance payment", "医保发〔2024〕23号 [P]"), i18n.Text{}, Twelve.check)
)

func settings() []config.Setting {
	return []config.Setting{
		limitationYears.Setting, graveYears.Setting, officersNeeded.Setting, spotPerson.Setting, spotUnit.Setting, hearingLimit.Setting, decideLimit.Setting,
		serveLimit.Setting, payLimit.Setting, latePercent.Setting, lateCap.Setting, withdrawLimit.Setting, publishLimit.Setting, noticeLimit.Setting,
		receiptLimit.Setting, resultLimit.Setting, bedsOfLong.Setting, shortPass.Setting, longPass.Setting, publicNames.Setting, displayPeriods.Setting,
		gradeRule.Setting, pointRule.Setting, insurance.Setting,
	}
}

// setting returns what holds at a path and time.
func setting[T any](ctx context.Context, s *Service, k config.Key[T], path string, at time.Time) (T, error) {
	v, _, err := config.At(ctx, s.Settings, k, path, at)
	return v, err
}

// Display is how long something may stand in public.
type Display struct {
	Gravity     string    `json:"gravity"`
	Name        i18n.Text `json:"name"`
	LeastMonths int       `json:"least_months"`
	MostMonths  int       `json:"most_months"`
}

func checkDisplays(ds []Display) error {
	var bad fault.Fields
	bad.Refuse(len(ds) == 0, "value", i18n.T("至少要有一种失信程度", "there must be at least one gravity"))
	for _, d := range ds {
		bad.Refuse(d.Gravity == "" || d.LeastMonths < 1 || d.MostMonths < d.LeastMonths, "value", i18n.T("“%s”的月数应由短到长，不少于1", `the months of "%s" must rise from at least 1`), d.Name)
	}
	return bad.Err()
}

// within refuses a length that the gravity does not allow.
func within(ds []Display, gravity string, months int) error {
	for _, d := range ds {
		if d.Gravity != gravity {
			continue
		}
		if months < d.LeastMonths || months > d.MostMonths {
			return fault.Field("months", i18n.T("“%[1]s”的公示期为 %[2]d 至 %[3]d 个月", `"%[1]s" is public for %[2]d to %[3]d months`), d.Name, d.LeastMonths, d.MostMonths)
		}
		return nil
	}
	return fault.Field("gravity", i18n.T("请选择失信程度", "please choose the gravity"))
}

package inspection

import (
	"context"
	"slices"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/violation"
)

// Kind is a way to inspect.
type Kind string

// The kinds of inspection.
const (
	DoubleRandom Kind = "double_random" // 双随机
	Surprise     Kind = "surprise"      // 飞行检查
	Cross        Kind = "cross"         // 交叉检查
	Special      Kind = "special"       // 专项督查
	HospitalTour Kind = "hospital_tour" // 大型医院巡查
	ThirdParty   Kind = "third_party"   // 第三方
	Monitor      Kind = "monitor"       // 社会监督员
	LookBack     Kind = "look_back"     // 回头看
)

// Named is a word of a dictionary.
type Named struct {
	Code string    `json:"code"`
	Name i18n.Text `json:"name"`
}

func named[T ~string](code T, zh, en string) Named { return Named{string(code), i18n.T(zh, en)} }

func kinds() []Named {
	return []Named{
		named(DoubleRandom, "双随机", "Double-random"), named(Surprise, "飞行检查（四不两直）", "Unannounced"), named(Cross, "交叉检查", "Cross-inspection"),
		named(Special, "专项督查", "Special round"), named(HospitalTour, "大型医院巡查", "Tour of large hospitals"), named(ThirdParty, "第三方检查", "Third party"),
		named(Monitor, "社会监督员", "Social supervisor"), named(LookBack, "回头看", "Look-back"),
	}
}

// Conclusion is what came of an inspection.
type Conclusion string

// The conclusions (domain 5.1).
const (
	Clean       Conclusion = "clean"       // 未发现问题
	Corrected   Conclusion = "corrected"   // 发现问题已责改
	Filed       Conclusion = "filed"       // 立案
	Shut        Conclusion = "shut"        // 关闭
	Cancelled   Conclusion = "cancelled"   // 注销
	Unreachable Conclusion = "unreachable" // 无法联系
	Refused     Conclusion = "refused"     // 不配合
)

func conclusions() []Named {
	return []Named{
		named(Clean, "未发现问题", "No problem found"), named(Corrected, "发现问题已责令改正", "Problems found, correction ordered"), named(Filed, "立案查处", "Case filed"),
		named(Shut, "已关闭", "Closed down"), named(Cancelled, "已注销", "Deregistered"), named(Unreachable, "无法联系", "Cannot be reached"), named(Refused, "不配合检查", "Refused to cooperate"),
	}
}

// violates reports whether a conclusion names something that was done wrong: then
// two people answer for it.
func (c Conclusion) violates() bool { return c == Corrected || c == Filed || c == Refused }

// finds reports whether a conclusion rests on problems that are named.
func (c Conclusion) finds() bool { return c == Corrected || c == Filed }

// Why somebody may not inspect a target.
const (
	kinship    = "kinship"
	former     = "former_employer"
	interested = "interest"
	complaint  = "complaint"
)

func recusalKinds() []Named {
	return []Named{named(kinship, "亲属关系", "Kinship"), named(former, "曾在该单位任职", "Former employer"), named(interested, "利害关系", "Interest"),
		named(complaint, "曾被该单位投诉举报", "Complaint against them there")}
}

func tiers() []Named {
	return []Named{named("general", "一般检查事项", "General item"), named("key", "重点检查事项", "Key item")}
}

func credits() []Named {
	return []Named{named("A", "A 级", "Class A"), named("B", "B 级", "Class B"), named("C", "C 级", "Class C"), named("D", "D 级", "Class D")}
}

// What a draw chooses among.
const (
	OfTargets   = "targets"
	OfDistricts = "districts"
	OfDays      = "days"
)

func lots() []Named {
	return []Named{named(OfTargets, "检查对象", "Targets"), named(OfDistricts, "区县", "Districts"), named(OfDays, "日期", "Days")}
}

// oneOf refuses a code that no dictionary has.
func oneOf(bad *fault.Fields, field, code string, list []Named) {
	names := make([]i18n.Text, len(list))
	for i, n := range list {
		names[i] = n.Name
	}
	bad.Refuse(!slices.ContainsFunc(list, func(n Named) bool { return n.Code == code }), field, i18n.T("应为：%s", "must be one of: %s"), i18n.Some(names, len(names)))
}

func nameOf(list []Named, code string) i18n.Text {
	if i := slices.IndexFunc(list, func(n Named) bool { return n.Code == code }); i >= 0 {
		return list[i].Name
	}
	return i18n.Same(code)
}

// Words are the closed lists that the console fills fields from.
type Words struct {
	Kinds       []Named                 `json:"kinds"`
	Conclusions []Named                 `json:"conclusions"`
	Recusals    []Named                 `json:"recusals"`
	Tiers       []Named                 `json:"tiers"`
	Credits     []Named                 `json:"credits"`
	Lots        []Named                 `json:"lots"`
	Tasks       []flow.State[TaskState] `json:"tasks"`
	Draws       []flow.State[DrawState] `json:"draws"`
	Plans       []flow.State[PlanState] `json:"plans"`
	Violations  []violation.Group       `json:"violations"`
}

// Dictionary returns the words of inspections.
func (s *Service) Dictionary(context.Context, struct{}) (Words, error) {
	return Words{Kinds: kinds(), Conclusions: conclusions(), Recusals: recusalKinds(), Tiers: tiers(), Credits: credits(), Lots: lots(),
		Tasks: taskLife().States(), Draws: drawLife().States(), Plans: planLife().States(), Violations: violation.Groups()}, nil
}

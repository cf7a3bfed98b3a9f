package demand

import (
	"strings"

	"qingfeng/internal/kit/i18n"
)

// Channel is the way a report came in.
type Channel string

// The channels. All end in the same record.
const (
	CodeClinic   Channel = "code_clinic"
	CodeWard     Channel = "code_ward"
	CodeOther    Channel = "code_other"
	Wechat       Channel = "wechat"
	Website      Channel = "website"
	Hotline12345 Channel = "hotline_12345"
	Hotline12320 Channel = "hotline_12320"
	Telephone    Channel = "telephone"
	Letter       Channel = "letter"
	Email        Channel = "email"
	Visit        Channel = "visit"
	Petition     Channel = "petition"
	Superior     Channel = "superior"
	Discipline   Channel = "discipline"
	Insurance    Channel = "insurance"
	Media        Channel = "media"
	Patrol       Channel = "patrol"
	SelfCheck    Channel = "self_check"
	Survey       Channel = "survey"
	Followup     Channel = "followup"
	Supervisor   Channel = "supervisor"
	Open311      Channel = "open311"
)

// Named is a word of a vocabulary with what people call it.
type Named[T ~string] struct {
	Code T         `json:"code"`
	Name i18n.Text `json:"name"`
}

// Channels lists every channel.
func Channels() []Named[Channel] {
	return []Named[Channel]{
		{CodeClinic, i18n.T("二维码-门诊", "Code, clinic")},
		{CodeWard, i18n.T("二维码-病区", "Code, ward")},
		{CodeOther, i18n.T("二维码-其他", "Code, elsewhere")},
		{Wechat, i18n.T("微信公众号", "WeChat account")},
		{Website, i18n.T("官网", "Website")},
		{Hotline12345, i18n.T("12345热线", "12345 hotline")},
		{Hotline12320, i18n.T("12320/卫健热线", "12320 health hotline")},
		{Telephone, i18n.T("电话", "Telephone")},
		{Letter, i18n.T("来信", "Letter")},
		{Email, i18n.T("电子邮件", "E-mail")},
		{Visit, i18n.T("来访", "Visit")},
		{Petition, i18n.T("信访转办", "Petition office")},
		{Superior, i18n.T("上级交办", "From a superior")},
		{Discipline, i18n.T("纪检转办", "From discipline inspection")},
		{Insurance, i18n.T("医保转办", "From the insurance agency")},
		{Media, i18n.T("舆情", "Media")},
		{Patrol, i18n.T("巡查", "Inspection")},
		{SelfCheck, i18n.T("自查", "Self-examination")},
		{Survey, i18n.T("满意度调查", "Survey")},
		{Followup, i18n.T("出院回访", "Discharge follow-up")},
		{Supervisor, i18n.T("社会监督员", "Social supervisor")},
		{Open311, i18n.T("Open311接口", "Open311")},
	}
}

// Mode is how the reporter stands to the report.
type Mode string

// The modes.
const (
	Anonymous    Mode = "anonymous"    // nobody knows
	Confidential Mode = "confidential" // known to the commission alone
	RealName     Mode = "named"        // known to those who handle it
)

// Modes lists the modes.
func Modes() []Named[Mode] {
	return []Named[Mode]{
		{Anonymous, i18n.T("匿名", "Anonymous")},
		{Confidential, i18n.T("保密", "Confidential")},
		{RealName, i18n.T("实名", "Real name")},
	}
}

// Classes lists the kinds of demand.
func Classes() []Named[Class] {
	return []Named[Class]{
		{Consultation, i18n.T("咨询", "Question")},
		{Help, i18n.T("求助", "Request for help")},
		{Complaint, i18n.T("投诉", "Complaint")},
		{Tip, i18n.T("举报", "Tip-off")},
		{Suggestion, i18n.T("建议", "Suggestion")},
		{Praise, i18n.T("表扬", "Praise")},
	}
}

// Urgency is how fast a case must be taken up.
type Urgency string

// The urgencies. Hard cases (疑难复杂) are urgent in no way but take longer.
const (
	Critical Urgency = "critical" // 特急: life, violence, crowds
	Urgent   Urgency = "urgent"   // 紧急
	Normal   Urgency = "normal"   // 一般
)

// Urgencies lists the urgencies, the most urgent first.
func Urgencies() []Named[Urgency] {
	return []Named[Urgency]{
		{Critical, i18n.T("特急", "Critical")},
		{Urgent, i18n.T("紧急", "Urgent")},
		{Normal, i18n.T("一般", "Normal")},
	}
}

// UrgencyOf reads a text for words of danger. It errs on the side of urgency;
// people may lower it.
func UrgencyOf(category, text string) Urgency {
	if containsAny(text, "自杀", "轻生", "砍", "杀人", "捅", "炸", "停尸", "跳楼", "不想活", "kill", "suicide") {
		return Critical
	}
	if category == "C06" || containsAny(text, "扬言", "堵门", "闹事", "聚集", "媒体曝光", "生命危险", "抢救", "威胁", "昏迷") {
		return Urgent
	}
	return Normal
}

// Repeats reports whether a text says that the matter was reported before.
func Repeats(text string) bool {
	return containsAny(text, "再次反映", "再次投诉", "多次反映", "多次投诉", "第二次", "第三次", "仍未解决", "还是没有解决", "又一次反映")
}

func containsAny(text string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// Outcome is what an investigation found.
type Outcome string

// The outcomes.
const (
	True           Outcome = "true"         // 属实
	PartlyTrue     Outcome = "partly_true"  // 部分属实
	NotTrue        Outcome = "not_true"     // 不属实
	CannotTell     Outcome = "cannot_tell"  // 无法核实
	Explained      Outcome = "explained"    // 已解释
	Solved         Outcome = "solved"       // 已解决
	Mediated       Outcome = "mediated"     // 调解达成
	HandedOver     Outcome = "handed_over"  // 转办
	NotAccepted    Outcome = "not_accepted" // 不予受理
	WithdrawnByOwn Outcome = "withdrawn"    // 撤诉
)

// Outcomes lists the outcomes that a handler may choose.
func Outcomes() []Named[Outcome] {
	return []Named[Outcome]{
		{True, i18n.T("属实", "True")},
		{PartlyTrue, i18n.T("部分属实", "Partly true")},
		{NotTrue, i18n.T("不属实", "Not true")},
		{CannotTell, i18n.T("无法核实", "Could not be verified")},
		{Explained, i18n.T("已解释", "Explained")},
		{Solved, i18n.T("已解决", "Solved")},
		{Mediated, i18n.T("调解达成", "Settled by mediation")},
		{HandedOver, i18n.T("转办", "Handed over")},
	}
}

// Cause is the root cause that a handler names.
type Cause string

// Causes lists the root causes.
func Causes() []Named[Cause] {
	return []Named[Cause]{
		{"rules", i18n.T("制度", "Rules")},
		{"process", i18n.T("流程", "Process")},
		{"people", i18n.T("人员", "People")},
		{"equipment", i18n.T("设备", "Equipment")},
		{"it", i18n.T("信息系统", "IT systems")},
		{"communication", i18n.T("沟通", "Communication")},
		{"policy", i18n.T("政策", "Policy")},
		{"understanding", i18n.T("患者认知", "Patient's understanding")},
	}
}

// ExclusionReason is why a case may be left out of the rates (剔除).
type ExclusionReason string

// ExclusionReasons lists the thirteen reasons of domain.md 1.5. Their places in
// the list are stored with what the rates count, so that a new one goes to
// the end and none is ever taken out.
func ExclusionReasons() []Named[ExclusionReason] {
	return []Named[ExclusionReason]{
		{"answered", i18n.T("咨询当场答复", "Question answered on the spot")},
		{"praise", i18n.T("表扬", "Praise")},
		{"suggestion", i18n.T("建议", "Suggestion")},
		{"withdrawn", i18n.T("诉求人撤诉", "Withdrawn by the reporter")},
		{"unreachable", i18n.T("无效回访或联系不上", "Invalid call-back or not reachable")},
		{"repeated", i18n.T("重复诉求已合并", "Repeat, merged")},
		{"other_process", i18n.T("已进入诉讼、仲裁、复议、信访、纪检程序", "In court, arbitration, review, petition or discipline proceedings")},
		{"groundless", i18n.T("无事实或虚假", "Without facts or false")},
		{"unlawful", i18n.T("违法或违背公序良俗", "Against law or public order")},
		{"beyond_duty", i18n.T("超出职责且已解释", "Beyond duty, and explained")},
		{"elsewhere", i18n.T("央属、军队、外省，非本地管辖", "Central, military or elsewhere: no jurisdiction")},
		{"force_majeure", i18n.T("不可抗力或重大政策", "Force majeure or major policy")},
		{"abusive", i18n.T("恶意反复拨打（经认定）", "Abusive repetition, so found")},
	}
}

// NameOf returns what people call a word of a vocabulary.
func NameOf[T ~string](list []Named[T], code T) i18n.Text {
	for _, n := range list {
		if n.Code == code {
			return n.Name
		}
	}
	return i18n.Same(string(code))
}

// Has reports whether code is a word of the vocabulary.
func Has[T ~string](list []Named[T], code T) bool {
	for _, n := range list {
		if n.Code == code {
			return true
		}
	}
	return false
}

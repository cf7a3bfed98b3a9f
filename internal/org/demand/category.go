package demand

import (
	"strings"

	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// Class is the kind of demand (《北京市接诉即办工作条例》 art. 2, with praise).
type Class string

// The kinds of demand.
const (
	Consultation Class = "consultation" // 咨询
	Help         Class = "help"         // 求助
	Complaint    Class = "complaint"    // 投诉
	Tip          Class = "tip"          // 举报
	Suggestion   Class = "suggestion"   // 建议
	Praise       Class = "praise"       // 表扬
)

// Category is one letter of the tree.
type Category struct {
	Code  string    `json:"code"`
	Name  i18n.Text `json:"name"`
	Plain i18n.Text `json:"plain" doc:"What it means, for a patient."`
	Class Class     `json:"class"`
	// Sensitive reports take the discipline line, hidden from the unit concerned.
	Sensitive bool `json:"sensitive"`
	// Agencies are told of, or handle, reports in the category.
	Agencies []org.AgencyKind `json:"agencies"`
	Items    []Item           `json:"items"`
}

// Item is one entry below a category.
type Item struct {
	Code string    `json:"code"`
	Name i18n.Text `json:"name"`
}

// Categories returns the tree, in the order of the letters.
func Categories() []Category { return tree }

// Find returns the category of a code, which is a letter or the code of an
// item, and the item when it names one.
func Find(code string) (c Category, item Item, ok bool) {
	if code == "" {
		return c, item, false
	}
	for _, c := range tree {
		if c.Code != code[:1] {
			continue
		}
		if code == c.Code {
			return c, item, true
		}
		for _, it := range c.Items {
			if it.Code == code {
				return c, it, true
			}
		}
	}
	return Category{}, Item{}, false
}

// Disciplined says whether a demand takes the discipline line, hidden from the
// unit concerned: it is in a sensitive category, or about a leader of the unit.
func Disciplined(code string, aboutLeader bool) bool {
	c, _, _ := Find(code)
	return c.Sensitive || aboutLeader
}

// Sealed says whether the words of a demand, and whatever is written about it,
// are sealed where they are stored, and in no index: those of the discipline
// line, and those that were said in confidence (domain.md 10).
func Sealed(code string, aboutLeader bool, m Mode) bool {
	return Disciplined(code, aboutLeader) || m == Confidential
}

// Name says what a code stands for: "红包回扣 · 收受红包礼品".
func Name(code string) i18n.Text {
	c, item, ok := Find(code)
	switch {
	case !ok:
		return i18n.Same(code)
	case item.Code == "":
		return c.Name
	}
	return i18n.T(c.Name.ZH+" · "+item.Name.ZH, c.Name.EN+" · "+item.Name.EN)
}

func cat(code, zh, en string, class Class, plain i18n.Text, items string, more ...func(*Category)) Category {
	c := Category{Code: code, Name: i18n.T(zh, en), Plain: plain, Class: class, Agencies: []org.AgencyKind{}}
	for i, pair := range strings.Split(items, "|") {
		itemZH, itemEN, _ := strings.Cut(pair, "/")
		c.Items = append(c.Items, Item{Code: code + string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)), Name: i18n.T(itemZH, itemEN)})
	}
	for _, m := range more {
		m(&c)
	}
	return c
}

func sensitive(c *Category) { c.Sensitive = true }

func with(agencies ...org.AgencyKind) func(*Category) {
	return func(c *Category) { c.Agencies = agencies }
}

var tree = []Category{
	cat("A", "服务态度", "Attitude", Complaint, i18n.T("冷漠、推诿、说话难听、不尊重隐私", "Cold, rude, sent from one to the other, privacy not respected"),
		"冷漠生硬/Cold or curt|推诿/Sent away|语言不当/Rude words|隐私不尊重/Privacy not respected"),
	cat("B", "就医流程", "Getting care", Complaint, i18n.T("挂号、预约、排队、住院、出院、复印病历", "Registration, appointments, waiting, admission, discharge, copies of records"),
		"挂号退号/Registration|预约/Appointments|等候/Waiting|窗口/Counters|转诊转院/Referral|住院安排/Admission|出院结算/Discharge and bill|病历复印/Copies of records"),
	cat("C", "医疗质量", "Quality of care", Complaint, i18n.T("诊断、手术、护理、用药、感染、急救", "Diagnosis, surgery, nursing, medication, infection, emergency"),
		"诊断治疗/Diagnosis and treatment|手术/Surgery|护理/Nursing|用药差错/Medication error|院感/Hospital infection|急救延误/Emergency delay"),
	cat("D", "医疗费用", "Charges", Complaint, i18n.T("乱收费、重复收费、没告知就加项、退费", "Overcharged, charged twice, items added without asking, refunds"),
		"乱收费/Wrong charges|重复或分解收费/Charged twice or split|未告知加项/Items added without asking|费用清单/Itemised bill|退费/Refund|价格公示/Prices not shown", with(org.Insurance, org.Market)),
	cat("E", "合理诊疗", "Unnecessary care", Complaint, i18n.T("不必要的检查、用药、治疗，指定去院外买药", "Needless tests, drugs or treatment; told to buy at a certain shop"),
		"过度检查/Needless tests|过度用药/Needless drugs|过度治疗/Needless treatment|院外购药/Sent to an outside pharmacy|检查互认/Earlier results not accepted"),
	cat("F", "红包回扣", "Red envelopes and kickbacks", Tip, i18n.T("索要或收受红包、礼品、回扣、提成、宴请", "Money, gifts, kickbacks, commissions or banquets asked for or taken"),
		"索要/Asked for|收受红包礼品/Money or gifts taken|回扣/Kickback|提成/Commission|宴请旅游/Banquet or travel", sensitive, with(org.Discipline)),
	cat("G", "医保", "Health insurance", Tip, i18n.T("骗保线索、报销结算、异地就医、冒名就医", "Insurance fraud, reimbursement, care away from home, false names"),
		"骗保线索/Fraud|结算报销/Reimbursement|异地就医/Care away from home|冒名/False name", sensitive, with(org.Insurance)),
	cat("H", "依法执业", "Lawful practice", Tip, i18n.T("无证行医、超范围、出租科室、虚假证明、医托", "No licence, beyond scope, department let out, false certificates, touts"),
		"非法行医/Unlicensed practice|超范围/Beyond scope|无资质/Not qualified|出租科室/Department let out|虚假证明/False certificate|医托/Touts", sensitive),
	cat("I", "广告宣传", "Advertising", Tip, i18n.T("虚假医疗广告、夸大疗效", "False medical advertising"),
		"虚假广告/False advertising|夸大疗效/Exaggerated effects|网络宣传/Online promotion", with(org.Market, org.Publicity)),
	cat("J", "环境后勤", "Premises", Complaint, i18n.T("卫生、停车、食堂、厕所、设施、无障碍", "Cleanliness, parking, canteen, toilets, facilities, access"),
		"卫生/Cleanliness|停车/Parking|食堂/Canteen|厕所/Toilets|设施/Facilities|无障碍/Access"),
	cat("K", "公共卫生", "Public health", Complaint, i18n.T("疫苗接种、传染病、献血、妇幼、体检", "Vaccination, infection, blood, mothers and children, check-ups"),
		"疫苗接种/Vaccination|传染病/Infectious disease|献血/Blood donation|妇幼/Mothers and children|健康档案/Health record|体检/Check-up"),
	cat("L", "医患纠纷", "Disputes", Complaint, i18n.T("死亡争议、赔偿、封存病历、鉴定", "Death, compensation, sealing of records, appraisal"),
		"死亡争议/Death|赔偿/Compensation|封存病历/Sealing of records|鉴定/Appraisal"),
	cat("M", "隐私与信息", "Privacy and data", Complaint, i18n.T("个人信息泄露、病历外泄", "Personal data or records leaked"),
		"信息泄露/Data leaked|病历外泄/Records leaked"),
	cat("N", "统方与采购", "Drug statistics and purchasing", Tip, i18n.T("为医药代表统计用药、采购不公", "Prescriptions counted for salesmen, unfair purchasing"),
		"商业统方/Statistics for salesmen|采购问题/Purchasing", sensitive, with(org.Discipline)),
	cat("O", "安全隐患", "Safety", Complaint, i18n.T("消防、用电、燃气、设备、房屋", "Fire, electricity, gas, equipment, building"),
		"消防/Fire|用电燃气/Electricity and gas|设备/Equipment|房屋/Building"),
	cat("P", "基层机构与村医", "Village and community care", Complaint, i18n.T("乡镇卫生院、村卫生室、社区服务", "Township hospitals, village clinics, community services"),
		"乡镇卫生院/Township hospital|村卫生室/Village clinic|社区服务/Community service"),
	cat("Q", "政策咨询", "Questions", Consultation, i18n.T("政策、办事、就医咨询", "Rules, procedures, where to go"),
		"政策/Rules|办事流程/Procedures|就医咨询/Where to go"),
	cat("R", "意见建议", "Suggestions", Suggestion, i18n.T("希望哪里做得更好", "What should be better"),
		"服务改进/Service|管理改进/Management"),
	cat("S", "表扬", "Praise", Praise, i18n.T("想感谢的人或事", "Whom or what you want to thank"),
		"医生/Doctor|护士/Nurse|其他人员/Others"),
	cat("Z", "其他", "Other", Complaint, i18n.T("以上都不是", "None of these"),
		"其他/Other"),
}

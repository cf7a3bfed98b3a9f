package rectify

import (
	"slices"

	"qingfeng/internal/kit/i18n"
)

// Clause is a clause of the list by which a hazard is judged to be a major one.
type Clause struct {
	Code string    `json:"code" example:"2.1"`
	Text i18n.Text `json:"text"`
	// Verified is false until somebody has held the clause against the official text.
	Verified bool `json:"verified"`
}

// Clauses is 医疗机构重大事故隐患判定清单(试行), 国卫办密安函〔2023〕490号, as an excerpt
// gave it. What stands behind 六(一) was not seen: "6.9" takes its place.
func Clauses() []Clause {
	return []Clause{
		clause("1", "特种作业人员、特种设备安全管理和作业人员未取得资格上岗", "People on special work or special equipment without the qualification"),
		clause("2.1", "医疗、变配电、医用气体、消防、燃气和机械式停车库等设备不符合强制标准", "Equipment (medical, power, gas, fire, parking) against a mandatory standard"),
		clause("2.2", "设备未取得生产许可、未检验或检验不合格、国家明令淘汰或已报废", "Equipment without licence or inspection, failed, banned or scrapped"),
		clause("2.3", "设备发生过事故或明显故障，未全面检查仍继续使用", "Equipment in use after an accident or plain fault without a full inspection"),
		clause("2.4", "监管部门认定的设备重大隐患", "Equipment that the authority judged a major hazard"),
		clause("3", "未经批准擅自关闭或破坏监控、报警、防护、救生设备设施，或篡改、隐瞒、销毁其数据", "Monitoring, alarm, protection or rescue equipment shut off or broken, or its data altered, hidden or destroyed"),
		clause("4", "燃气设备未装可燃气体报警装置或不能正常使用", "Gas equipment without a working gas alarm"),
		clause("5.1", "供临床直接使用的房屋擅自变动主体和承重结构", "Clinical building with its main or bearing structure altered without leave"),
		clause("5.2", "供临床直接使用的房屋地基不稳、不均匀沉降或承重构件明显损伤", "Clinical building on unstable ground, sinking, or with damaged bearing parts"),
		clause("6.1", "发包或出租给不具备安全生产条件者，或未签安全生产管理协议、未在合同中约定", "Let or contracted out to somebody unfit, or without a safety agreement"),
		clause("6.9", "清单第六条其余各项（正式文本待核）", "The rest of clause six (official text not seen yet)"),
	}
}

func clause(code, zh, en string) Clause { return Clause{Code: code, Text: i18n.T(zh, en)} }

func isClause(code string) bool {
	return slices.ContainsFunc(Clauses(), func(c Clause) bool { return c.Code == code })
}

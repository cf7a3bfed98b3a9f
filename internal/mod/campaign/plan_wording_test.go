package campaign

// formsOfWording are plans whose forms are lost: texts that ran together on their way
// through sites and converters, and papers that never had headings.
var formsOfWording = map[string]struct{ text, want string }{
	"a plan that is called 计划, with a signature that runs on": {"您好，欢迎访问\n当前位置：首页 > 医学 > 收费整治工作计划\n清江市收费行为整治工作计划为规范收费行为，结合本市实际，制定本计划，请各单位认真组织实施，确保取得实效，维护患者合法权益。一、指导思想规范收费。二、整治内容1、公示价格，专人负责。2、核对清单。三、工作要求1、加强配合，抓好落实。清江市卫生监督所2026年7月6日\n本文标题：收费整治工作计划\n", `title 清江市收费行为整治工作计
issuer 清江市卫生监督所
goal 规范收费。
task 0
task 0 number 1
task 1
task 1 number 2`},
	"what a site wrote before the title": {"收费整治方案.docx\n《收费整治方案.docx》由会员分享，请在网站上搜索。\n1、 收费整治方案(全文) 下面是小编为大家整理的收费整治方案(全文),供大家参考。 清江市收费整治方案 为规范收费行为，制定本方案，请各单位认真组织实施，确保取得实效，维护患者合法权益。 一、工作目标 规范收费。", "title 清江市收费整治方案\ngoal 规范收费。"},
	"a page number before the title":     {"精品文档 全程指导 1 / 5 清江市收费整治方案 根据上级要求，制定本方案，请各单位认真组织实施，确保取得实效，维护患者合法权益，不断提高水平。 一、工作目标 规范收费。", "title 清江市收费整治方案\ngoal 规范收费。"},
	"a number in brackets":               {"关于开展收费行为专项检查的通知\n（清卫〔2026〕9号）\n各单位：\n为规范收费行为，维护患者合法权益，现将有关事项通知如下，请认真组织实施，确保取得实效，不断提高水平。\n一、检查对象\n全市医疗机构。", "title 关于开展收费行为专项检查\ndoc_number 清卫〔2026〕9号\nscope 全市医疗机构"},
	"a remark above the title":           {"2026年7月6日\n（此件主动公开）\n" + formBegin + "一、目标\n规范收费。", "title 清江市收费行为专项整治方\ngoal 规范收费。"},
}

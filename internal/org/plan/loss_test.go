package plan

// formsOfLoss are plans that lost something on their way through sites and converters:
// numbers, marks, line breaks, or their beginning.
var formsOfLoss = map[string]struct{ text, want string }{
	"a title before a space and a sentence": {"1 清江市医院收费整治活动方案 近日，本市发生了乱收费事件，损害了患者的利益。为规范收费行为，制定本方案，请各科认真组织实施，确保取得实效。 一、活动目的 规范收费。", "title 清江市医院收费整治活动方\ngoal 规范收费。"},
	"a month that begins a title":           {"5 月收费整治方案\n为规范收费行为，维护患者合法权益，制定本方案，请各单位认真组织实施，确保取得实效，不断提高服务水平，不走过场。\n一、目标\n规范收费。", "title 5月收费整治方案\ngoal 规范收费。"},
	"a space within a number":               {formBegin + "一、主要任务\n( 一) 规范收费。公示价格。\n（二 ）规范用药。点评处方。", "title 清江市收费行为专项整治方\ntask 0\ntask 0 number ( 一)\ntask 0 title 规范收费\ntask 1\ntask 1 number （二 ）\ntask 1 title 规范用药"},
	"a time that lost its numbers":          {formBegin + "一、工作步骤\n（一）宣传发动，调查摸底阶段（-月）\n开会。\n（二）检查阶段( 年 月至 月)\n检查。", "title 清江市收费行为专项整治方\nstage 0\nstage 0 number （一）\nstage 0 title 宣传发动，调查摸底阶段\nstage 1\nstage 1 number （二）\nstage 1 title 检查阶段"},
	"roles that run into each other": {formBegin + "一、组织领导组长：王小明院长副组长：李刚成员：赵云、孙明办公室主任：孙明。各科配合：周强负责。\n二、目标\n规范收费。", `title 清江市收费行为专项整治方
goal 规范收费。
leader 0
leader 0 role 组长
leader 0 name 王小明
leader 1
leader 1 role 副组长
leader 1 name 李刚
leader 2
leader 2 role 成员
leader 2 name 赵云
leader 3
leader 3 role 成员
leader 3 name 孙明
leader 4
leader 4 role 办公室主任
leader 4 name 孙明`},
	"leaders left out":         {formBegin + "一、组织领导\n组长：\n略；副组长：\n略。王强负责。\n李刚\n二、目标\n规范收费。", "title 清江市收费行为专项整治方\nleader 0\nleader 0 role 组长\nleader 1\nleader 1 role 副组长\ngoal 规范收费。"},
	"the group before a role":  {formBegin + "一、目标\n规范收费。\n二、组织\n整治领导小组组长：王小明。李刚、周强参加。", "title 清江市收费行为专项整治方\ngoal 规范收费。\nleader 0\nleader 0 role 组长\nleader 0 name 王小明"},
	"a day that lost its word": {formBegin + "一、目标\n规范收费。\n各院于2026年12月5前将总结报市局。", "title 清江市收费行为专项整治方\ngoal 规范收费。 各院于202\nreport 0\nreport 0 due 2026-12-05"},
	"what is named after 全覆盖": {formBegin + "一、目标\n运用医院全覆盖考核结果，强化医院智能监控全覆盖应用。对诊所全覆盖监督检查，实现药店检查全覆盖并通报。", `title 清江市收费行为专项整治方
goal 运用医院全覆盖考核结果，
milestone 0
milestone 0 percent 100
milestone 0 kind 诊所
milestone 1
milestone 1 percent 100
milestone 1 kind 药店`},
	"a beginning that was cut off, and dashes": {"机构认真自查，及时整改，不断完善机制，提高规范收费的能力和水平，将这项工作贯穿始终，务必取得实效，不走过场。（二）抽查（2026年6月8月）各市组织抽查。（三）检查（2026年9月1日至10日）各省组织检查，2026年11月12月巩固。", `stage 0
stage 0 number （二）
stage 0 title 抽查
stage 0 start 2026-06
stage 0 end 2026-08
stage 1
stage 1 number （三）
stage 1 title 检查
stage 1 start 2026-09-01
stage 1 end 2026-09-10`},
	"two months that are no range":                 {formBegin + "一、工作步骤\n（一）自查阶段。2026年6月 8月底前另行通知。\n（二）检查阶段。检查。", "title 清江市收费行为专项整治方\nstage 0\nstage 0 number （一）\nstage 0 title 自查阶段\nstage 1\nstage 1 number （二）\nstage 1 title 检查阶段"},
	"the card of a site":                           {"索引号：A1/2026 文 号：清医保〔2026〕3号\n发文单位：清江市医疗保障局\n名　称：清江市收费行为检查计划 发布日期：2026年7月6日\n为规范收费行为，维护患者合法权益，结合本市实际，制定本计划，请各单位认真组织实施，确保取得实效，不走过场。\n一、目标\n规范收费。", "title 清江市收费行为检查计划\ndoc_number 清医保〔2026〕3号\nissuer 清江市医疗保障局\ngoal 规范收费。"},
	"a card beside what the document says":         {"发布机构：清江市人民政府 文号：无\n名称：关于印发收费方案的通知\n" + formBegin + "一、目标\n规范收费。\n清江市卫生健康委员会\n2026年7月6日", "title 清江市收费行为专项整治方\nissuer 清江市卫生健康委员会\ngoal 规范收费。"},
	"duties below the organization":                {formBegin + "一、组织机构\n成立领导小组。\n1.领导小组职责\n领导小组负责全面工作。\n2.各成员单位职责1卫生部门负责查处乱收费；\n市公安局：打击犯罪。", "title 清江市收费行为专项整治方\ntask 0\ntask 0 number 1\ntask 0 unit 卫生部门\ntask 1\ntask 1 unit 市公安局"},
	"items that lost their numbers":                {formBegin + "一、重点内容和范围\n（一）重点内容\n.规范收费，公示价格；\n.规范用药。（责任单位：药剂科）\n（二）范围\n全市医院。", "title 清江市收费行为专项整治方\nscope 全市医院\ntask 0\ntask 1\ntask 1 unit 药剂科"},
	"bullets below a heading":                      {formBegin + "一、主要任务\n● 规范收费。\n● 规范用药。", "title 清江市收费行为专项整治方\ntask 0\ntask 1"},
	"headings that are spread":                     {formBegin + "一、目　标\n规范收费。\n二 、活动内 容 ( 一) 规 范收费，公 示价格，接 受监 督，核 对清 单，点 评处 方，及 时反 馈，认 真整 改，不 断提 高水平和能 力", "title 清江市收费行为专项整治方\ngoal 规范收费。\ntask 0\ntask 0 number ( 一)"},
	"a notice whose title names who wrote it":      {"清江市卫生局关于开展收费行为专项检查的通知 各区卫生局、市监督所： 为规范收费行为，维护患者合法权益，现将有关事项通知如下，请认真组织实施，确保取得实效，不断提高水平。 一、工作目标 规范收费。", "title 清江市卫生局关于开展收费\nissuer 清江市卫生局\ngoal 规范收费。"},
	"how many a collection has":                    {"收费整治月活动方案(3篇)\n为规范收费行为，维护患者合法权益，制定本方案，请各单位认真组织实施，确保取得实效，不断提高服务水平，不走过场。\n一、指导思想和目的以规范收费为主题。\n二、活动目标通过活动规范收费。", "title 收费整治月活动方案\ngoal 通过活动规范收费。"},
	"a heading that runs into half a sentence":     {formBegin + "一、指导思想坚持以人为本；规范收费。", "title 清江市收费行为专项整治方\ngoal 坚持以人为本；规范收费。"},
	"a title that stands twice":                    {"1、精选优质文档-倾情为你奉上收费整治方案 收费整治方案 为规范收费行为，维护患者合法权益，制定本方案，请各单位认真组织实施，确保取得实效，不断提高服务水平。 一、目标 规范收费。", "title 收费整治方案\ngoal 规范收费。"},
	"what and when below one heading":              {formBegin + "一、工作内容和安排\n（一）自查（2026年4月）\n各院自查。", "title 清江市收费行为专项整治方\nstage 0\nstage 0 number （一）\nstage 0 title 自查\nstage 0 start 2026-04\nstage 0 end 2026-04"},
	"what below a heading that is also about when": {formBegin + "一、组织机构成员:各科负责人二、活动内容和安排\n一)、宣传动员\n1、院长开会，各科室负责人参加，认真学习，做好记录，及时传达。", "title 清江市收费行为专项整治方\ntask 0\ntask 0 number 1"},
	"a number that lost a bracket":                 {"清江市卫生局\n清卫办函2026〕9\n" + formBegin + "一、目标\n规范收费。", "title 清江市收费行为专项整治方\ndoc_number 清卫办函2026〕9\nissuer 清江市卫生局\ngoal 规范收费。"},
	"a bracket that was read as a letter":          {"清卫发匚2026)9号\n" + formBegin + "一、目标\n规范收费。", "title 清江市收费行为专项整治方\ndoc_number 清卫发匚2026)9号\ngoal 规范收费。"},
	"a number in wide brackets":                    {"清卫发［2026］第9号\n" + formBegin + "一、目标\n规范收费。", "title 清江市收费行为专项整治方\ndoc_number 清卫发［2026］第9号\ngoal 规范收费。"},
	"the first of several agencies":                {"清江市卫生局等3部门关于印发收费方案的通知\n各单位：\n现印发给你们。\n" + formBegin + "一、目标\n规范收费。", "title 清江市收费行为专项整治方\nissuer 清江市卫生局\ngoal 规范收费。"},
	"a year that is no number":                     {"收费规范(2026)3\n各单位：\n" + formBegin + "一、目标\n规范收费。", "title 清江市收费行为专项整治方\ngoal 规范收费。"},
	"a cited title that lost its beginning":        {"清江市卫生局、清江市公安局关于印发收费方案的通知\n各单位：\n为落实《\n江北省卫生厅关于印发收费方案的通知》精神，现印发给你们。\n" + formBegin + "一、目标\n规范收费。", "title 清江市收费行为专项整治方\nissuer 清江市卫生局、清江市公安\ngoal 规范收费。"},
	"only a cited title":                           {"各单位：\n为落实《\n江北省卫生厅关于印发收费方案的通知》精神，现印发给你们。\n" + formBegin + "一、目标\n规范收费。", "title 清江市收费行为专项整治方\ngoal 规范收费。"},
	"roles that nobody stands in":                  {formBegin + "一、组织领导\n组长：\n副组长：\n成员：\n二、目标\n规范收费。", "title 清江市收费行为专项整治方\ngoal 规范收费。\nleader 0\nleader 0 role 组长\nleader 1\nleader 1 role 副组长\nleader 2\nleader 2 role 成员"},
	"roles above numbered names and posts":         {formBegin + "一、组织领导\n组长：\n1、王小明\n成员：\n各科室主任\n二、目标\n规范收费。", "title 清江市收费行为专项整治方\ngoal 规范收费。\nleader 0\nleader 0 role 组长\nleader 0 name 王小明"},
	"tasks of a numbered document":                 {"清卫〔2026〕9号\n各区卫生局，市监督所，各医疗机构：\n根据上级会议精神，市里决定继续开展打击非法行医专项行动，并将时间延长到年底，现就有关要求通知如下：\n一、工作重点\n今年围绕以下重点开展工作：一是打击无证行医；二是查处外包科室。", "doc_number 清卫〔2026〕9号\ntask 0\ntask 0 number 一\ntask 0 title 打击无证行医\ntask 1\ntask 1 number 二\ntask 1 title 查处外包科室"},
}

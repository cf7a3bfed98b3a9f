package plan

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
	"a list and nothing else":            {"清江市收费行为专项整治方案\n1.规范收费行为。各单位要在醒目的地方公示价格，接受群众监督。\n2.规范用药行为。各单位要按月点评处方，及时公布结果，并报市局。\n", "title 清江市收费行为专项整治方\ntask 0\ntask 0 number 1\ntask 0 title 规范收费行为\ntask 1\ntask 1 number 2\ntask 1 title 规范用药行为"},
	"tasks of whom they begin with": {formBegin + "一、任务\n（一）由物价部门负责查处价格违法，不得推诿。\n（二）由公安机关牵头，卫生、民政等部门配合，打击医托。\n（三）由监察局会同财政、审计等部门，查办案件。", `title 清江市收费行为专项整治方
task 0
task 0 number （一）
task 0 unit 物价部门
task 1
task 1 number （二）
task 1 lead 公安机关
task 1 unit 公安机关
task 1 unit 卫生
task 1 unit 民政
task 2
task 2 number （三）
task 2 unit 监察局
task 2 unit 财政
task 2 unit 审计`},
	"units two levels below": {formBegin + "一、重点\n（一）规范收费。\n1.公示。\n（1）公示价格。（责任单位：市医保局）\n（2）公示药品。（责任单位：市药监局）\n2.核对。（责任单位：市卫健委）", `title 清江市收费行为专项整治方
task 0
task 0 number （1）
task 0 unit 市医保局
task 1
task 1 number （2）
task 1 unit 市药监局
task 2
task 2 number 2
task 2 unit 市卫健委`},
	"tasks that lost their numbers": {formBegin + "一、任务\n复查大额票据。与医院核对，确保真实可靠。检查定点医院。查有无挂床住院、分解收费等行为。核查慢病人员。核对病史与处方，发现问题及时处理。", "title 清江市收费行为专项整治方\ntask 0\ntask 0 title 复查大额票据\ntask 1\ntask 1 title 检查定点医院\ntask 2\ntask 2 title 核查慢病人员"},
	"no headings at all": {"清江市民营医院整治计划\n为规范民营医院行为，制定本计划。2026年4月10日至4月30日为宣传阶段，2026年5月1日至8月31日为检查阶段。民营医院检查覆盖率达100%，个体诊所抽查不低于80%。重点检查以下内容：一是有无证照；二是有无外包科室。成立领导小组，由所长尤建平任组长，副所长施华任副组长。各科于2026年9月5日前将总结报办公室。", `title 清江市民营医院整治计划
task 0
task 0 number 一
task 0 title 有无证照
task 1
task 1 number 二
task 1 title 有无外包科室
stage 0
stage 0 title 宣传阶段
stage 0 start 2026-04-10
stage 0 end 2026-04-30
stage 1
stage 1 title 检查阶段
stage 1 start 2026-05-01
stage 1 end 2026-08-31
milestone 0
milestone 0 percent 100
milestone 0 kind 民营医院
milestone 1
milestone 1 percent 80
milestone 1 kind 个体诊所
report 0
report 0 due 2026-09-05
leader 0
leader 0 role 组长
leader 0 name 尤建平
leader 1
leader 1 role 副组长
leader 1 name 施华`},
	"duties without headings": {"收费整治方案篇一\n为规范收费，现制定清江市收费整治工作方案：\n工作分工如下：\n医保中心，应根据合同负责检查，实现定点医院检查全覆盖。\n公安机关：打击犯罪。\n", `title 收费整治方案
task 0
task 0 unit 医保中心
task 1
task 1 unit 公安机关
milestone 0
milestone 0 percent 100
milestone 0 kind 定点医院`},
	"stages in a row": {formBegin + "行动分三步实施，培训阶段（5月-12月）；自查阶段（2026年5月15日-6月30日）；督导阶段（7月1日-11月30日）。", "title 清江市收费行为专项整治方\nstage 0\nstage 0 title 培训阶段\nstage 1\nstage 1 title 自查阶段\nstage 1 start 2026-05-15\nstage 1 end 2026-06-30\nstage 2\nstage 2 title 督导阶段"},
	"a part of what is covered whole": {formBegin + "一、时间安排\n（一）集中检查（2026年12月11日至2027年1月15日）。实现医疗机构检查全覆盖，其中2026年12月20日前完成机构总数的50%。", `title 清江市收费行为专项整治方
stage 0
stage 0 number （一）
stage 0 title 集中检查
stage 0 start 2026-12-11
stage 0 end 2027-01-15
milestone 0
milestone 0 percent 100
milestone 0 kind 医疗机构
milestone 1
milestone 1 percent 50
milestone 1 kind 医疗机构
milestone 1 due 2026-12-20`},
	"parts that reach what is covered": {formBegin + "一、目标\n医疗机构检查全覆盖，其中8月底前完成机构总数的30%，2026年9月30日前完成70%。", `title 清江市收费行为专项整治方
goal 医疗机构检查全覆盖，其中
milestone 0
milestone 0 percent 30
milestone 0 kind 医疗机构
milestone 1
milestone 1 percent 70
milestone 1 kind 医疗机构
milestone 1 due 2026-09-30`},
	"shares of institutions by then": {formBegin + "一、目标\n到2026年12月底，定点医院自查率达到100%，对诊所抽查比例不低于60%。全院各科室自查全覆盖，抽查村卫生室不少于50%，做好检查全覆盖工作。", `title 清江市收费行为专项整治方
goal 到2026年12月底，定
milestone 0
milestone 0 percent 100
milestone 0 kind 定点医院
milestone 0 due 2026-12
milestone 1
milestone 1 percent 60
milestone 1 kind 诊所
milestone 1 due 2026-12
milestone 2
milestone 2 percent 50
milestone 2 kind 村卫生室`},
	"a heading of scope and more":  {formBegin + "一、检查对象和时限\n检查对象按照市局文件执行。时限为2026年以来。重点是民营医院；", "title 清江市收费行为专项整治方\nscope 重点是民营医院"},
	"a second title, that runs on": {"收费整治方案\n2026-01-31\n关于规范收费的实施方案 为了规范收费行为，维护患者合法权益，制定本方案，请各单位认真组织实施，确保取得实效。一、目标本次整治的目标是：收费规范。二、检查的形式和范围检查有两种形式。检查的范围：全市医院。", "title 关于规范收费的实施方案\ngoal 本次整治的目标是：收费规\nscope 全市医院"},
	"what is left of a date":       {"2026年76\n清江市收费行为\n整治方案\n为规范收费行为，维护患者合法权益，制定本方案，请各单位认真组织实施，确保取得实效。\n一、目标\n规范收费。\n（一）超范围收费。重点整治村卫生室。", "title 清江市收费行为整治方案\ngoal 规范收费。"},
	"stages whose time is open":    {formBegin + "分为两个阶段：第一阶段(**年5月至6月) 为动员阶段。开会。第二阶段 ( 年 7 月 至 12月)为检查阶段。各地检查。", "title 清江市收费行为专项整治方\nstage 0\nstage 0 number 第一阶段\nstage 0 title 动员阶段\nstage 1\nstage 1 number 第二阶段\nstage 1 title 检查阶段"},
	"stages below another word":    {formBegin + "一、活动方式\n（一）自查（4—5月）\n（二）督导（6—10月）\n检查全镇诊所，覆盖率达100%。", "title 清江市收费行为专项整治方\nstage 0\nstage 0 number （一）\nstage 0 title 自查\nstage 1\nstage 1 number （二）\nstage 1 title 督导"},
	"units in brackets alone":      {formBegin + "一、活动内容\n1、点评处方。每月点评。（药剂科、药事会）\n2、核对收费。各院（含中医院）逐项核对。", "title 清江市收费行为专项整治方\ntask 0\ntask 0 number 1\ntask 0 title 点评处方\ntask 0 unit 药剂科\ntask 0 unit 药事会\ntask 1\ntask 1 number 2\ntask 1 title 核对收费"},
	"leaders right behind a role":  {formBegin + "一、步骤\n（一）检查。组成两个组，第一组组长邢志刚，负责城区；第二组组长应及时，组长和成员，不得缺席。", "title 清江市收费行为专项整治方\nstage 0\nstage 0 number （一）\nstage 0 title 检查\nleader 0\nleader 0 role 组长\nleader 0 name 邢志刚"},
	"a title broken in a word":     {"清江市收费行为专项整治实施方\n案\n为规范收费行为，维护患者合法权益，结合本市实际，制定本方案，请各单位认真组织实施，确保取得实效，不断提高水平。\n一、目标\n规范收费。", "title 清江市收费行为专项整治实\ngoal 规范收费。"},
	"a notice broken in a word":    {"关于开展全市收费行为专项治理的通\n知\n（清卫〔 2026 〕 9 号）\n为规范收费行为，维护患者合法权益，现将有关事项通知如下，请认真组织实施，确保取得实效。\n一、检查对象\n全市医院。", "title 关于开展全市收费行为专项\ndoc_number 清卫〔 2026 〕 9\nscope 全市医院"},
	"a date in characters": {"清江市医院\n二〇二六年八月二十日\n收费行为专项整治方案\n为规范收费行为，维护患者合法权益，结合本市实际，制定本方案，请各单位认真组织实施，确保取得实效，不断提高水平。\n一、任务\n（一）检查。对诊所抽查30%，推进责任保险县级医院全覆盖。\n二、工作安排\n1、各单位要按时完成，各负其责；\n2、各单位要认真总结，不走过场；\n", `title 收费行为专项整治方案
issuer 清江市医院
task 0
task 0 number （一）
task 0 title 检查
milestone 0
milestone 0 percent 30
milestone 0 kind 诊所`},
}

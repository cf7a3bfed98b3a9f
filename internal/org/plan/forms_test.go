package plan

import (
	"maps"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
)

// formBegin is what a plan begins with that is about one form alone.
const formBegin = "清江市收费行为专项整治方案\n为规范医疗机构收费行为，维护患者合法权益，结合本市实际，制定本方案，请各单位认真组织实施，确保取得实效。\n"

// formsOfPlans are what plans of different offices look like, form by form, and the
// values of each as keys have them, one a line.
var formsOfPlans = map[string]struct{ text, want string }{
	"a title that runs into the text": {"第 1 页 共 6 页清江市收费行为整治方案为规范收费行为，结合本市实际，制定本方案，请各单位认真组织实施，确保取得实效，维护患者合法权益。一、工作目标规范收费。", "title 清江市收费行为整治方案\ngoal 规范收费。"},
	"the number of a part":            {"第一篇：" + formBegin + "一、工作目标\n规范收费。", "title 清江市收费行为专项整治方\ngoal 规范收费。"},
	"a head in the line of the title": {"清江市人民医院文件清医〔2026〕3号" + strings.Replace(formBegin, "\n", "各科室：", 1) + "一、目标\n规范收费。", "title 清江市收费行为专项整治方\ndoc_number 清医〔2026〕3号\nissuer 清江市人民医院\ngoal 规范收费。"},
	"a notice that is the plan":       {"关于开展收费行为专项检查的通知\n" + formBegin[len("清江市收费行为专项整治方案\n"):] + "一、检查对象\n全市医疗机构。\n清江市卫生健康委员会\n2026年7月6日", "title 关于开展收费行为专项检查\nissuer 清江市卫生健康委员会\nscope 全市医疗机构"},
	"an imprint":                      {formBegin + "一、目标\n规范收费。\n清江市卫生健康委员会办公室　　2026年7月6日印发", "title 清江市收费行为专项整治方\ngoal 规范收费。\nissuer 清江市卫生健康委员会办公"},
	"goal and scope below a heading":  {formBegin + "一、总体要求\n（一）工作目标。规范收费。\n（二）检查范围。全市医院。", "title 清江市收费行为专项整治方\ngoal 规范收费。\nscope 全市医院"},
	"a scope that is a list":          {formBegin + "一、检查范围\n1.全市医院。包括民营医院。\n2.全市诊所。", "title 清江市收费行为专项整治方\nscope 全市医院\nscope 全市诊所"},
	"units behind labels": {formBegin + "一、重点任务\n（一）规范收费。公示价格。牵头单位：医保办；配合单位：财务科、县（区、市）医保局等。\n（二）规范用药。点评处方。\n责任领导：王小明\n责任科室：药剂科、医务科\n完成时限：长期\n（三）规范检查。严禁重复检查。责任单位：医务科牵头，放射科、检验科配合", `title 清江市收费行为专项整治方
task 0
task 0 number （一）
task 0 title 规范收费
task 0 lead 医保办
task 0 unit 医保办
task 0 unit 财务科
task 0 unit 县（区、市）医保局
task 1
task 1 number （二）
task 1 title 规范用药
task 1 unit 药剂科
task 1 unit 医务科
task 2
task 2 number （三）
task 2 title 规范检查
task 2 lead 医务科
task 2 unit 医务科
task 2 unit 放射科
task 2 unit 检验科`},
	"a table": {formBegin + "一、任务分工\n序号\t任务\t牵头单位\t责任单位\n1\t规范收费\t医保办\t财务科、医务科\n2\t规范用药\t药剂科\t\n二、要求\n抓好落实。", `title 清江市收费行为专项整治方
task 0
task 0 number 1
task 0 title 规范收费
task 0 lead 医保办
task 0 unit 医保办
task 0 unit 财务科
task 0 unit 医务科
task 1
task 1 number 2
task 1 title 规范用药
task 1 lead 药剂科
task 1 unit 药剂科`},
	"tasks that are counted": {formBegin + "一、主要任务\n一是规范收费。公示价格。\n二是规范用药。", "title 清江市收费行为专项整治方\ntask 0\ntask 0 number 一\ntask 0 title 规范收费\ntask 1\ntask 1 number 二\ntask 1 title 规范用药"},
	"stages by their ordinals": {formBegin + "一、方法步骤\n第一步：动员部署（2026年7月10日前）。开会。\n第二步：自查自纠（2026年7月11日—31日）。自查。\n第三阶段不是一步。\n第三步（2026.8.1-2026.9.30）：总结提高。\n二、要求\n抓好落实。", `title 清江市收费行为专项整治方
stage 0
stage 0 number 第一步
stage 0 title 动员部署
stage 0 end 2026-07-10
stage 1
stage 1 number 第二步
stage 1 title 自查自纠
stage 1 start 2026-07-11
stage 1 end 2026-07-31
stage 2
stage 2 number 第三步
stage 2 title 总结提高
stage 2 start 2026-08-01
stage 2 end 2026-09-30`},
	"stages of a sentence": {formBegin + "一、安排\n2026年7月1日至7月31日为自查阶段；8月1日至9月30日为检查阶段。", "title 清江市收费行为专项整治方\nstage 0\nstage 0 title 自查阶段\nstage 0 start 2026-07-01\nstage 0 end 2026-07-31\nstage 1\nstage 1 title 检查阶段"},
	"a list with an and":   {formBegin + "行动分为动员部署、自查自纠和总结提高三个阶段。", "title 清江市收费行为专项整治方\nstage 0\nstage 0 title 动员部署\nstage 1\nstage 1 title 自查自纠\nstage 2\nstage 2 title 总结提高"},
	"only an end":          {formBegin + "一、步骤\n（一）自查（即日起至2026年6月底）。自查。\n（二）检查（2018年底前）。检查。", "title 清江市收费行为专项整治方\nstage 0\nstage 0 number （一）\nstage 0 title 自查\nstage 0 end 2026-06\nstage 1\nstage 1 number （二）\nstage 1 title 检查"},
	"shares of institutions": {formBegin + "一、目标\n二级以上医院覆盖率达到100%，基层医疗机构达到95%以上；民营医院抽查不低于30%；检查覆盖辖区内90%的诊所。药品合格率达到98%，检查阳性率不低于60%。", `title 清江市收费行为专项整治方
goal 二级以上医院覆盖率达到1
milestone 0
milestone 0 percent 100
milestone 0 kind 二级以上医院
milestone 1
milestone 1 percent 95
milestone 1 kind 基层医疗机构
milestone 2
milestone 2 percent 30
milestone 2 kind 民营医院
milestone 3
milestone 3 percent 90
milestone 3 kind 诊所`},
	"reports by other words": {formBegin + "一、目标\n规范收费。7月20日前将总结报院行风办，2026年8月5日前报局监察室。8月6日前公布举报电话。", "title 清江市收费行为专项整治方\ngoal 规范收费。7月20日前将\nreport 0\nreport 1\nreport 1 due 2026-08-05"},
	"leaders with posts": {formBegin + "一、目标\n规范收费。\n二、领导小组\n组　长：王小明（院长）、 李　刚（书记）\n副组长：副市长　欧阳小春\n成　员：财务科科长赵云，医务科科长 孙　明\n　　　　钱伟  药剂科科长\n　　　　医务科、护理部负责人\n办公室设在医务科，主任由孙明兼任。\n由王小明兼任办公室主任。", `title 清江市收费行为专项整治方
goal 规范收费。
leader 0
leader 0 role 组长
leader 0 name 王小明
leader 1
leader 1 role 组长
leader 1 name 李刚
leader 2
leader 2 role 副组长
leader 2 name 欧阳小春
leader 3
leader 3 role 成员
leader 3 name 赵云
leader 4
leader 4 role 成员
leader 4 name 孙明
leader 5
leader 5 role 成员
leader 5 name 钱伟
leader 6
leader 6 role 主任
leader 6 name 孙明
leader 7
leader 7 role 办公室主任
leader 7 name 王小明`},
	"leaders of a sentence": {formBegin + "一、目标\n规范收费。\n二、组织\n成立由局长王小明任组长，李刚、周强副局长任副组长，各科室负责人为成员的领导小组，组员赵云、孙明组成。分管领导任总指挥。", "title 清江市收费行为专项整治方\ngoal 规范收费。\nleader 0\nleader 0 role 组长\nleader 0 name 王小明\nleader 1\nleader 1 role 副组长\nleader 1 name 李刚\nleader 2\nleader 2 role 副组长\nleader 2 name 周强\nleader 3\nleader 3 role 组员\nleader 3 name 赵云\nleader 4\nleader 4 role 组员\nleader 4 name 孙明"},
	"leaders left open":     {formBegin + "一、目标\n规范收费。\n二、小组\n组长：张__\n副组长：李__ 王__", "title 清江市收费行为专项整治方\ngoal 规范收费。\nleader 0\nleader 0 role 组长\nleader 1\nleader 1 role 副组长\nleader 2\nleader 2 role 副组长"},
	"a lead that is left open": {formBegin + "一、任务\n（一）规范收费。公示价格。（牵头单位：____；配合单位：市公安局）\n（二）打击骗保。核对清单。（牵头单位：；配合单位：市公安局、XX、市医保局）", `title 清江市收费行为专项整治方
task 0
task 0 number （一）
task 0 title 规范收费
task 0 unit 市公安局
task 1
task 1 number （二）
task 1 title 打击骗保
task 1 unit 市公安局
task 1 unit 市医保局`},
}

func TestFormsOfPlans(t *testing.T) {
	all := maps.Clone(formsOfPlans)
	maps.Copy(all, formsOfWording)
	maps.Copy(all, formsOfLoss)
	for what, c := range all {
		t.Run(what, func(t *testing.T) {
			plans, err := Parse(c.text)
			if err != nil || len(plans) != 1 {
				t.Fatalf("%d plans: %v", len(plans), err)
			}
			checkSpans(t, what, c.text, plans[0])
			want := map[string]int{}
			for line := range strings.SplitSeq(c.want, "\n") {
				want[line]++
			}
			for _, x := range plans[0].flat() {
				if want[x]--; want[x] < 0 {
					t.Errorf("too much: %s", x)
				}
			}
			for x, n := range want {
				if n > 0 {
					t.Errorf("missing: %s", x)
				}
			}
		})
	}
}

// Texts that have headings, shares and dates as plans have them, and are none, are
// refused with what they are.
func TestWhatOnlyLooksLikeAPlanIsRefused(t *testing.T) {
	body := "\n一、主要任务\n（一）规范收费阶段（2026年7月1日至7月31日）。检查覆盖率达到100%。\n（二）规范用药阶段（2026年8月1日至8月31日）。" + strings.Repeat("各单位要认真做好各项工作。", 6)
	for what, text := range map[string]string{
		"一份讲话": "在全市收费整治推进会上的讲话" + body,
		"新闻报道": "本报讯（记者 王小明）清江市近日部署收费整治。" + body,
		"新闻":   "记者从市卫健委获悉，清江市近日印发收费行为整治方案。" + body,
		"总结":   "清江市收费行为专项整治工作总结" + body + "\n三、下一步工作计划\n巩固成果。",
		"通报":   "关于收费行为整治情况的通报" + body,
		"规章制度": "清江市收费管理办法\n第一条 为规范收费，制定本办法。" + body,
		"会议纪要": "清江市收费整治专班会议纪要" + body,
		"纪要":   "专班第三次会议\n市医保局负责同志参加，现纪要如下：" + body,
		"论文":   "收费整治的实践与思考\n【摘要】分为三个阶段。\n【关键词】收费；整治" + body,
		"问答":   "问：为什么整治收费？\n答：为了患者。" + body,
		"投诉制度": "清江市投诉管理制度" + body,
		"本制度":  "投诉处理\n本规定自2026年7月起施行。" + body,
		"合同":   "采购合同\n甲方：清江市人民医院\n乙方：某某公司" + body,
		"会议":   "关于召开收费整治工作推进会的通知" + body,
	} {
		if plans, err := Parse(text); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "not a plan") && !strings.Contains(err.Error(), "a plan") {
			t.Errorf("%s: %d plans, %v", what, len(plans), err)
		}
	}
	for what, text := range map[string]string{
		"that says so itself":         "根据全市收费情况通报，现制定如下实施方案：" + body,
		"with a speech that it cites": "清江市收费行为整治方案\n为贯彻市长在全市会议上的讲话\n精神，特制定本方案。" + body,
	} {
		if plans, err := Parse(text); err != nil || len(plans) != 1 || len(plans[0].Tasks) != 2 {
			t.Errorf("a plan %s: %d plans, %v", what, len(plans), err)
		}
	}
}

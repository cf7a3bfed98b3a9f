package plan

// formsOfLoss are plans that lost something on their way through sites and converters:
// numbers, marks, line breaks, or their beginning.
var formsOfLoss = map[string]struct{ text, want string }{
	"a title before a space and a sentence": {"1 清江市医院收费整治活动方案 近日，本市发生了乱收费事件，损害了患者的利益。为规范收费行为，制定本方案，请各科认真组织实施，确保取得实效。 一、活动目的 规范收费。", "title 清江市医院收费整治活动方\ngoal 规范收费。"},
	"a month that begins a title":           {"5 月收费整治方案\n为规范收费行为，维护患者合法权益，制定本方案，请各单位认真组织实施，确保取得实效，不断提高服务水平，不走过场。\n一、目标\n规范收费。", "title 5月收费整治方案\ngoal 规范收费。"},
	"a space within a number":               {formBegin + "一、主要任务\n( 一) 规范收费。公示价格。\n（二 ）规范用药。点评处方。", "title 清江市收费行为专项整治方\ntask 0\ntask 0 number ( 一)\ntask 0 title 规范收费\ntask 1\ntask 1 number （二 ）\ntask 1 title 规范用药"},
	"a time that lost its numbers":          {formBegin + "一、工作步骤\n（一）宣传发动，调查摸底阶段（-月）\n开会。\n（二）检查阶段( 年 月至 月)\n检查。", "title 清江市收费行为专项整治方\nstage 0\nstage 0 number （一）\nstage 0 title 宣传发动，调查摸底阶段\nstage 1\nstage 1 number （二）\nstage 1 title 检查阶段"},
}

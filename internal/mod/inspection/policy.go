package inspection

import (
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// shares is how many of each kind and credit class are inspected in a year. The
// presets are those of practice: the better the class, the fewer (domain 5.1).
var shares = config.Define("inspection.shares", []Share{
	{Credit: "A", Per10000: 500}, {Credit: "B", Per10000: 1000}, {Credit: "C", Per10000: 3000}, {Credit: "D", Per10000: 10000}, {Per10000: 1000},
}, i18n.T("双随机全年抽查比例（万分之）：按机构类别和抽查信用等级，写得更具体的一条优先", "Double-random shares of a year, in ten-thousandths, by kind and credit class: the row that names more goes first"), i18n.Text{}, checkShares)

func checkShares(list []Share) error {
	var bad fault.Fields
	seen := map[stratum]bool{}
	for _, x := range list {
		key := stratum{x.District, x.Kind, x.Credit}
		bad.Refuse(x.Per10000 < 0 || x.Per10000 > 10000, "value", i18n.T("抽取比例应在 0 到 10000 之间", "a share is between 0 and 10000"))
		bad.Refuse(seen[key], "value", i18n.T("同一类别和等级写了两次", "a kind and class stands there twice"))
		if x.Credit != "" {
			oneOf(&bad, "value", x.Credit, credits())
		}
		seen[key] = true
	}
	bad.Refuse(len(list) == 0, "value", i18n.T("至少写一条比例", "give at least one share"))
	return bad.Err()
}

// newPair keeps the two who inspected a target last from coming again together.
var newPair = config.Define("inspection.new_pair", true,
	i18n.T("同一检查对象两次抽查不派同一组人员", "The two who inspected a target last do not come again together"), i18n.Text{})

// best is the credit class that is inspected the least.
const best = "A"

// onceIn keeps targets of the best class from being drawn year after year (信用分级
// 分类监管, domain 5.1: not more than once in two or three years).
var onceIn = config.Define("inspection.once_in", 2,
	i18n.T("信用A级对象最多几年抽一次（信用分级分类监管 [M]；0：不限）", "Targets of class A are drawn at most once in so many years (credit-based supervision [M]; 0: no limit)"),
	i18n.T("年", "years"), config.Between(0, 10))

// fromElsewhere keeps a cross-inspection what its name says (交叉检查, domain 5.1).
var fromElsewhere = config.Define("inspection.cross_from_elsewhere", true,
	i18n.T("交叉检查不派检查对象所在区划的人员（交叉检查惯例 [M]）", "Nobody inspects in their own district in a cross-inspection (practice [M])"), i18n.Text{})

// publishWithin is by when a result is public after the task (国发〔2019〕5号).
var publishWithin = config.Define("inspection.publish_within", calendar.Limit{N: 20, Unit: calendar.WorkingDays},
	i18n.T("检查结果公示时限：自检查任务完成起", "By when a result is published, from the end of the task"), i18n.Text{}, func(l calendar.Limit) error {
		if !l.Valid() {
			return fault.Field("value", i18n.T("请填写时限，如 20wd", "give a limit such as 20wd"))
		}
		return nil
	})

func settings() []config.Setting {
	return []config.Setting{shares.Setting, newPair.Setting, onceIn.Setting, fromElsewhere.Setting, publishWithin.Setting}
}

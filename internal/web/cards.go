package web

import (
	"slices"

	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// card is one of the answers to "what would you like to report?".
type card struct {
	Code string // letter of a category, or code of an item
	Icon string
	Name i18n.Text
	Text i18n.Text
}

// otherCard is the card behind which the categories without one are listed.
const otherCard = "Z"

// cards puts first what the codes in wards and clinics are there for.
var cards = []card{
	{"F02", "envelope", i18n.T("红包", "Red envelopes"), i18n.T("收了或索要红包、礼品、宴请", "Money, gifts or meals taken or asked for")},
	{"F03", "coins", i18n.T("回扣", "Kickbacks"), i18n.T("开药、检查、耗材拿回扣提成", "Commission for drugs, tests or supplies")},
	{"E01", "scan", i18n.T("不合理检查", "Needless tests"), i18n.T("做了不必要的检查、用药、治疗", "Tests, drugs or treatment not needed")},
	{"A", "talk", i18n.T("服务态度", "Attitude"), i18n.T("冷漠、推诿、说话难听", "Cold, rude, sent from one to the other")},
	{"D", "bill", i18n.T("收费", "Charges"), i18n.T("乱收费、重复收费、不给退费", "Overcharged, charged twice, no refund")},
	{"G", "shield", i18n.T("医保", "Health insurance"), i18n.T("骗保、冒名、报销结算", "Fraud, false names, reimbursement")},
	{otherCard, "dots", i18n.T("其他", "Something else"), i18n.T("质量、流程、环境、隐私、咨询……", "Quality, procedures, premises, privacy, questions…")},
	{"R", "idea", i18n.T("建议", "Suggestion"), i18n.T("希望哪里做得更好", "What could be better")},
	{"S", "heart", i18n.T("表扬", "Praise"), i18n.T("想感谢的人或事", "Whom or what you want to thank")},
}

// others are the categories behind the card "something else", in the order of
// the tree.
func others() []demand.Category {
	return slices.DeleteFunc(slices.Clone(demand.Categories()), func(c demand.Category) bool {
		return slices.ContainsFunc(cards, func(k card) bool { return k.Code == c.Code }) || c.Code == "F"
	})
}

// cardOf is the card to tick for a category, and the entry of the list behind
// it where that is the card "something else". Scripts may name any category.
func cardOf(text map[string]string) (code, other string) {
	category := chosenCategory(text)
	switch {
	case category == "":
		return "", ""
	case slices.ContainsFunc(cards, func(k card) bool { return k.Code == category }):
		return category, ""
	}
	return otherCard, category
}

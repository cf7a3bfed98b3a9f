package intake

import (
	"slices"
	"strings"

	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// AnswerKind says how a question is answered.
type AnswerKind string

// The kinds of answer.
const (
	Line   AnswerKind = "line"   // a few words
	Amount AnswerKind = "amount" // a sum of money in the question's unit
	Choice AnswerKind = "choice" // one of the question's choices
)

// Question is one more thing that some categories ask. Every question may
// stay unanswered.
type Question struct {
	Key     string                 `json:"key" doc:"Name of the answer in the report's answers."`
	For     []string               `json:"for" doc:"Letters of the categories that ask it."`
	Kind    AnswerKind             `json:"kind" enum:"line,amount,choice"`
	Ask     i18n.Text              `json:"ask"`
	Unit    i18n.Text              `json:"unit" doc:"Of an amount."`
	Choices []demand.Named[string] `json:"choices,omitempty" doc:"Of a choice; the answer is the code."`
}

// Questions returns every question, in the order in which people are asked.
func Questions() []Question { return questions }

// QuestionsOf returns the questions of a category, which is a letter or the
// code of an item.
func QuestionsOf(category string) []Question {
	var out []Question
	for _, q := range questions {
		if category != "" && slices.Contains(q.For, category[:1]) {
			out = append(out, q)
		}
	}
	return out
}

// Stored returns the form in which an answer is kept. A bare number gets the
// unit: a sum of money without one is read wrongly sooner or later.
func (q Question) Stored(typed string) string {
	typed = strings.TrimSpace(typed)
	if q.Kind == Amount && typed != "" && strings.Trim(typed, "0123456789.,，") == "" {
		return typed + " " + q.Unit.ZH
	}
	return typed
}

// Knows reports whether an answer is one that the question can have.
func (q Question) Knows(answer string) bool {
	return q.Kind != Choice || answer == "" || demand.Has(q.Choices, answer)
}

var questions = []Question{
	{Key: "form", For: []string{"F"}, Kind: Choice, Ask: i18n.T("是什么形式？", "What was it?"), Choices: []demand.Named[string]{
		{Code: "cash", Name: i18n.T("现金", "Cash")},
		{Code: "transfer", Name: i18n.T("微信、支付宝或银行转账", "WeChat, Alipay or bank transfer")},
		{Code: "card", Name: i18n.T("购物卡、代金券", "Gift card or voucher")},
		{Code: "gift", Name: i18n.T("礼品、烟酒、土特产", "Gifts, tobacco, alcohol, local goods")},
		{Code: "treat", Name: i18n.T("请客吃饭、旅游、娱乐", "Meals, travel, entertainment")},
		{Code: "other", Name: i18n.T("其他", "Something else")},
	}},
	{Key: "asked", For: []string{"F"}, Kind: Choice, Ask: i18n.T("对方是怎么收下的？", "How did it come about?"), Choices: []demand.Named[string]{
		{Code: "asked", Name: i18n.T("对方主动要的", "They asked for it")},
		{Code: "hinted", Name: i18n.T("对方暗示的", "They hinted at it")},
		{Code: "offered", Name: i18n.T("自己送的，对方收了", "It was offered, and taken")},
		{Code: "unknown", Name: i18n.T("不清楚", "I do not know")},
	}},
	{Key: "charge", For: []string{"D"}, Kind: Line, Ask: i18n.T("是哪一项收费？", "Which charge is it?")},
	{Key: "amount", For: []string{"F", "D"}, Kind: Amount, Ask: i18n.T("大约多少钱？", "About how much?"), Unit: i18n.T("元", "yuan")},
	{Key: "item", For: []string{"E"}, Kind: Line, Ask: i18n.T("是哪一项检查或治疗？", "Which test or treatment is it?")},
	{Key: "drug", For: []string{"E"}, Kind: Line, Ask: i18n.T("如果是药品，药名是什么？", "If it is a drug, what is its name?")},
	{Key: "outside", For: []string{"E"}, Kind: Choice, Ask: i18n.T("有没有让您到指定的药店或机构去买、去做？", "Were you told to buy it, or have it done, at a certain place?"), Choices: []demand.Named[string]{
		{Code: "yes", Name: i18n.T("有", "Yes")},
		{Code: "no", Name: i18n.T("没有", "No")},
	}},
	{Key: "insurance", For: []string{"G"}, Kind: Choice, Ask: i18n.T("是哪一种情况？", "Which is it?"), Choices: []demand.Named[string]{
		{Code: "false_stay", Name: i18n.T("没住院却按住院报、挂床住院", "A hospital stay that was not one")},
		{Code: "false_name", Name: i18n.T("用别人的医保卡看病买药", "Somebody else's insurance card was used")},
		{Code: "swapped", Name: i18n.T("做的和报的项目对不上", "What was billed is not what was done")},
		{Code: "resold", Name: i18n.T("医保药品倒卖、回收", "Insured drugs sold on or bought back")},
		{Code: "settlement", Name: i18n.T("报销、结算有问题", "Trouble with reimbursement")},
		{Code: "other", Name: i18n.T("其他", "Something else")},
	}},
	{Key: "licence", For: []string{"H"}, Kind: Line, Ask: i18n.T("是哪个科室、哪项服务？", "Which department or service is it?")},
	{Key: "advert", For: []string{"I"}, Kind: Line, Ask: i18n.T("在哪里看到的？（网址、平台、招牌）", "Where did you see it? (address, platform, sign)")},
}

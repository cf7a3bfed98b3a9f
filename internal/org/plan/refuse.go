package plan

import (
	"regexp"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// fewHan is how many Chinese characters a plan has at the least.
const fewHan = 60

// noPlan is a kind of text that has stages and tasks and is no plan for all that, and
// how it is known.
type noPlan struct {
	form   *regexp.Regexp
	within int // characters from the beginning in which that must stand; 0: anywhere
	reason i18n.Text
	news   bool // its own title may be that of a plan
}

// What such texts are known by.
var (
	speech   = regexp.MustCompile(`(?m)^\s*(同志们|各位(领导|同事|代表|来宾))[:：,，!！]?\s*$|的讲话(?:[（(].*[）)])?\s*$|的(?:发言|致辞)\s*$`)
	news     = regexp.MustCompile(`本报讯|[（(](?:记者|通讯员)|(?:记者|通讯员)\s*\p{Han}{2,4}[\s，,]|记者[^。]{0,12}(?:获悉|了解到)|(?:\d日|昨日|日前)[^。]{0,10}[讯电]\s|\d{1,2}月\d{1,2}日(?:讯|电)`)
	done     = regexp.MustCompile(`(?:工作|活动|行动|整治|治理)(?:的)?(?:总结|小结)\s*(?:[（(\s\d]|$)|情况(?:的)?(?:汇报|报告|通报|总结)|(?:情况|工作|活动)(?:总结|汇报|报告|通报)如下`)
	articles = regexp.MustCompile(`(?m)^[\s\x{3000}]*第一条[\s\x{3000}]`)
	laid     = regexp.MustCompile(`(?m)^[^\n。，]{2,40}(?:制度|办法|规定|细则|规程|应急预案|管理规范)\s*(?:[（(][^（）()\n]*[）)])?\s*$|本(?:制度|办法|规定|细则|预案)自[^。\n]{2,20}(?:施行|执行|实施)`)
	minutes  = regexp.MustCompile(`(?m)^[^\n。，]{2,40}会议纪要\s*$|现(?:将[^。\n]{0,20})?纪要如下`)
	paper    = regexp.MustCompile(`[【\[]?摘\s*要[】\]：:][\s\S]*[【\[]?关键词[】\]：:]`)
	question = regexp.MustCompile(`(?m)^\s*问\s*[：:][^\n]*\n+\s*答\s*[：:]`)
	contract = regexp.MustCompile(`(?s)甲\s*方\s*[:：（(].*乙\s*方\s*[:：（(]`)
	meeting  = regexp.MustCompile(`(?m)^[^\n。]{0,30}关于(?:召开|举办)[^\n。]{2,50}的?通知\s*$`)
)

func noPlans() []noPlan {
	return []noPlan{
		{speech, 0, i18n.T("这是讲话稿，不是整治方案", "this is a speech, not a plan"), false},
		{news, 150, i18n.T("这是新闻报道，不是整治方案", "this is a news report, not a plan"), true},
		{minutes, 300, i18n.T("这是会议纪要，不是整治方案", "these are the minutes of a meeting, not a plan"), false},
		{paper, 0, i18n.T("这是论文，不是整治方案", "this is a paper, not a plan"), false},
		{question, 0, i18n.T("这是问答，不是整治方案", "these are questions and answers, not a plan"), false},
		{done, 300, i18n.T("这是总结、汇报或通报，说的是已做的工作，不是整治方案", "this is a report of what was done, not a plan"), false},
		{articles, 0, i18n.T("这是规章制度（有“第一条”），不是整治方案", "this is a regulation (it has articles), not a plan"), false},
		{laid, 200, i18n.T("这是规章制度，不是整治方案", "this is a regulation, not a plan"), false},
		{contract, 0, i18n.T("这是合同或协议，不是整治方案", "this is a contract, not a plan"), false},
		{meeting, 200, i18n.T("这是会议或培训通知，不是整治方案", "this is the notice of a meeting, not a plan"), false},
	}
}

// refuse says why a text is no plan, where that can be seen at once.
func refuse(source string) error {
	switch {
	case strings.TrimSpace(source) == "":
		return fault.New(fault.Invalid, i18n.T("文件里没有文字", "there is no text in the file")).
			WithFix(i18n.T("扫描件请先识别成文字", "a scan must be turned into text first"))
	case len(hanText.FindAllString(source, fewHan)) < fewHan:
		return fault.New(fault.Invalid, i18n.T("文件里几乎没有中文，不是整治方案", "there is hardly any Chinese in the file: this is no plan"))
	}
	if saysPlan.MatchString(source) {
		return nil
	}
	titled := hasPlanTitle(beginningOf(source, titleWithin))
	for _, kind := range noPlans() {
		if (!titled || kind.news) && kind.form.MatchString(beginningOf(source, kind.within)) {
			return fault.New(fault.Invalid, kind.reason).
				WithFix(i18n.T("请上传方案正文", "upload the text of the plan"))
		}
	}
	return nil
}

// saysPlan is what the first paragraph of a plan ends with.
var saysPlan = regexp.MustCompile(`(?:制定|制订)(?:本|如下|以下|此|以下具体)(?:专项|工作|实施|行动|活动|整治|治理|检查|具体){0,3}(?:方案|计划)|(?:方案|计划)(?:安排)?如下|(?:现|特)(?:制定|制订|提出)[^，。；;：:\n]{0,40}(?:方案|计划)(?:如下)?[：:。]`)

// titleWithin is how many characters from the beginning the title of a plan stands.
const titleWithin = 600

// hasPlanTitle reports whether a line is the title of a plan, and not a heading
// (三、下一步工作计划).
func hasPlanTitle(text string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if titleLine.MatchString(line) && !strings.ContainsAny(line, "，。：:") && !itemBegin.MatchString(line) {
			return true
		}
	}
	return false
}

var itemBegin = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}\s*[、．.]|[（(])`)

// beginningOf is the beginning of a text in characters; 0 is the whole.
func beginningOf(text string, length int) string {
	all := []rune(text)
	if length == 0 || len(all) <= length {
		return text
	}
	return string(all[:length])
}

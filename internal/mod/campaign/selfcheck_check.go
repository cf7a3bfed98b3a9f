package campaign

import (
	"slices"
	"strconv"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/violation"
)

// The longest texts and the most problems of a self-examination.
const (
	maxShort        = 100
	maxDescription  = 2000
	MaxSelfProblems = 30 // beside the checklist
)

// check names everything that cannot be, with the field of the page: the key of a
// line, or of a problem and what of it. before is what was sent last.
func (a Answers) check(lines []CheckLine, before Answers, today Day) error {
	var bad fault.Fields
	for _, l := range lines {
		given := a.Lines[l.Key]
		wrong := given == Corrected || given == Planned
		bad.Refuse(!wrong && given != Clean && given != Foreign, l.Key, i18n.T("请选择：无问题、已立即整改、限期整改，或不适用", "please choose: no problem, put right at once, by a day, or does not apply"))
		bad.Refuse(given == Foreign && a.Reasons[l.Key] == "", l.Key+".why", i18n.T("请说明为什么不适用", "please say why it does not apply"))
		bad.AtMost(maxShort, l.Key+".why", a.Reasons[l.Key])
		told := slices.ContainsFunc(a.Problems, func(p SelfProblem) bool { return p.Key == l.Key })
		bad.Refuse(wrong && !told, l.Key+".description", i18n.T("请写明问题", "please say what the problem is"))
	}
	for _, p := range a.Problems {
		p.check(&bad, before.due(p.Key), today)
	}
	bad.Refuse(a.beside() > MaxSelfProblems, "problems", i18n.T("问题太多，清单之外最多 %d 个", "too many problems; at most %d beside the checklist"), MaxSelfProblems)
	bad.Refuse(strings.TrimSpace(a.Signer) == "", "signer", i18n.T("请填写承诺人姓名", "please give the name of who commits to it"))
	bad.AtMost(maxShort, "signer", a.Signer)
	bad.AtMost(maxShort, "post", a.Post)
	return bad.Err()
}

// due is the day of a problem that was sent; nothing where it had none.
func (a Answers) due(key string) Day {
	for _, p := range a.Problems {
		if p.Key == key {
			return p.Due
		}
	}
	return ""
}

// beside is how many problems stand beside the checklist.
func (a Answers) beside() (n int) {
	for _, p := range a.Problems {
		if isBeside(p.Key) {
			n++
		}
	}
	return n
}

// check names everything about a problem that cannot be. The day that it was sent
// with may be over: the ledger holds the institution to it.
func (p SelfProblem) check(bad *fault.Fields, sent, today Day) {
	at := p.Key + "."
	const shortest = 5 // as the ledger wants it
	bad.Refuse(len([]rune(strings.TrimSpace(p.Description))) < shortest, at+"description", i18n.T("请写明问题，至少 5 个字", "please describe the problem in at least five characters"))
	bad.AtMost(maxDescription, at+"description", p.Description)
	bad.Refuse(violation.Check("", p.Category) != nil, at+"category", i18n.T("请从列表中选择问题类别", "please choose a kind of problem from the list"))
	bad.Refuse(strings.TrimSpace(p.Measures) == "", at+"measures", i18n.T("请写明整改措施", "please say what was done, or will be"))
	bad.AtMost(maxDescription, at+"measures", p.Measures)
	bad.Refuse(strings.TrimSpace(p.Person) == "", at+"person", i18n.T("请填写责任人", "please name who is responsible"))
	bad.AtMost(maxShort, at+"person", p.Person)
	switch p.Result {
	case Corrected:
	case Planned:
		bad.Refuse(p.Due == "", at+"due", i18n.T("请填写整改期限", "please say by which day"))
		bad.Refuse(!p.Due.Valid(), at+"due", i18n.T("日历上没有“%s”这一天", "the calendar has no day %s"), string(p.Due))
		bad.Refuse(p.Due.Valid() && p.Due != "" && p.Due != sent && p.Due < today, at+"due", i18n.T("整改期限不能早于今天", "the day is over already"))
	default:
		bad.Refuse(true, at+"result", i18n.T("请选择已立即整改，或限期整改", "please choose: put right at once, or by a day"))
	}
}

// tidy takes the blanks off and leaves out what says nothing; problems stand in
// the order of the checklist, then in that of their numbers. Each has its own key.
// Those that were sent before on a line that the plan has no more stay as they were:
// the ledger has them, and the page asks for them no longer.
func (a Answers) tidy(lines []CheckLine, before Answers) Answers {
	out := Answers{Lines: map[string]Result{}, Problems: []SelfProblem{}, Signer: strings.TrimSpace(a.Signer), Post: strings.TrimSpace(a.Post)}
	of := map[string]SelfProblem{}
	for _, p := range a.Problems {
		p.Description, p.Measures, p.Person = strings.TrimSpace(p.Description), strings.TrimSpace(p.Measures), strings.TrimSpace(p.Person)
		if given, onLine := a.Lines[p.Key]; onLine {
			p.Result = given
		}
		if p.Result != Planned {
			p.Due = ""
		}
		of[p.Key] = p
	}
	for _, l := range lines {
		given := a.Lines[l.Key]
		out.Lines[l.Key] = given
		if why := strings.TrimSpace(a.Reasons[l.Key]); given == Foreign && why != "" {
			out.Reasons = put(out.Reasons, l.Key, why)
		}
		if p, told := of[l.Key]; told && (given == Corrected || given == Planned) {
			out.Problems = append(out.Problems, p)
		}
	}
	for n := range 2 * MaxSelfProblems {
		if p, told := of[Beside(n)]; told && p.Category+p.Description+p.Measures+p.Person != "" {
			out.Problems = append(out.Problems, p)
		}
	}
	for _, p := range before.Problems {
		asked := slices.ContainsFunc(lines, func(l CheckLine) bool { return l.Key == p.Key })
		if !asked && !isBeside(p.Key) {
			out.Problems = append(out.Problems, p)
		}
	}
	return out
}

// put adds to a map that may not be there yet.
func put(m map[string]string, key, value string) map[string]string {
	if m == nil {
		m = map[string]string{}
	}
	m[key] = value
	return m
}

// Beside is the key of the n-th problem beside the checklist.
func Beside(n int) string { return "b" + strconv.Itoa(n) }

func isBeside(key string) bool {
	number, begins := strings.CutPrefix(key, "b")
	_, err := strconv.Atoi(number)
	return begins && err == nil
}

// keeps refuses answers without a problem that was sent before: that stands in the
// ledger, and goes only there.
func (a Answers) keeps(before Answers) error {
	var bad fault.Fields
	for _, p := range before.Problems {
		there := slices.ContainsFunc(a.Problems, func(q SelfProblem) bool { return q.Key == p.Key })
		bad.Refuse(!there, p.Key, i18n.T("这个问题已进入问题台账，不能在这里去掉；确属误报请向专项办申请撤回", "this problem is in the ledger and cannot be taken away here; ask the campaign office to withdraw it if it is a mistake"))
	}
	return bad.Err()
}

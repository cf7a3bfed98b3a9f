package campaign

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// sentWords are the letters of what is sent: none that ends what stands before it.
const sentWords = `[^，。；、：（）()\s\d日号前底末将把报送交于至和及与]*?`

// A duty that was read from a document may be its whole sentence (各县区于2027年1月23日前上报
// 工作量化统计表), which stays in the plan. What is owed by it is called by what is sent and
// by its day alone, so that it never names a day that was changed since.
var (
	sendingSentence = regexp.MustCompile(`(?:[日号前底末]|每[月周季年]).{0,60}(?:报送|上报|填报|呈报|提交|报至|报[市省区县盟州院局委厅])`)
	// sentThing is what is sent: from behind the verb, the day or 将 to the word for a paper.
	sentThing = regexp.MustCompile(`(` + sentWords + `)(统计报表|统计表|汇总表|报表|工作总结|总结报告|工作报告|总结|报告|小结|台账|清单|方案|信息|材料)`)
	// sentNews is what is sent and no paper, right behind the verb.
	sentNews = regexp.MustCompile(`(?:报送|上报|填报|呈报|提交|将)(` + sentWords + `(?:进展情况|进展|情况))`)
	// sentTo is the unit to which it is sent, where that stands between the two.
	sentTo = regexp.MustCompile(`^.*(?:委员会|健康委|卫健委|办公室|监察室|局)`)
	// sentBy is a day by which something is sent: its month, and its day unless that is the last.
	sentBy = regexp.MustCompile(`(?:(\d{1,2})\s*月\s*)?(?:(\d{1,2})\s*[日号]|[底末])\s*(?:、|和|及|前|之前|以前)`)
	// sendVerb is a verb of sending, and no paper (报告, 报表).
	sendVerb = regexp.MustCompile(`报[^告表]|交`)
)

// called is what a return of a duty is called.
func (d Duty) called() string {
	if !sendingSentence.MatchString(d.Title) {
		return d.Title
	}
	return fmt.Sprintf("%s（%s 前报送）", d.sent(), d.Due)
}

// sent is the first paper of the duty's kind that its sentence says is sent, in the
// clause of its day where there is one; else any that words can be sent by.
func (d Duty) sent() string {
	table := d.Kind == TableReport
	for _, part := range []string{clauseOf(d.Title, d.Due), d.Title} {
		for _, m := range sentThing.FindAllStringSubmatch(part, -1) {
			if strings.HasSuffix(m[2], "表") == table {
				return sentTo.ReplaceAllString(m[1], "") + m[2]
			}
		}
	}
	if table {
		return "统计表"
	}
	if m := sentThing.FindStringSubmatch(d.Title); m != nil {
		return sentTo.ReplaceAllString(m[1], "") + m[2]
	}
	if m := sentNews.FindStringSubmatch(d.Title); m != nil {
		return sentTo.ReplaceAllString(m[1], "")
	}
	return "报告"
}

// clauseOf is what a sentence of several days says of one of them; all of it where it
// does not say that day. Days that share a verb share a clause.
func clauseOf(sentence string, due Day) string {
	days := sentBy.FindAllStringSubmatchIndex(sentence, -1)
	begin, here := 0, false
	for i, at := range days {
		here = here || due.saidBy(sentBy.FindStringSubmatch(sentence[at[0]:at[1]]))
		if i+1 == len(days) {
			break
		}
		between := sentence[at[1]:days[i+1][0]]
		if !sendVerb.MatchString(between) {
			continue
		}
		end := at[1] + clauseEnd(between)
		if here {
			return sentence[begin:end]
		}
		begin = end
	}
	if here {
		return sentence[begin:]
	}
	return sentence
}

// clauseEnd is where the first of two clauses ends, in what stands between their days.
func clauseEnd(between string) int {
	for _, marks := range []string{"，,；;", "、"} {
		if i := strings.LastIndexAny(between, marks); i >= 0 {
			return i
		}
	}
	return len(between)
}

// saidBy reports whether a month and a day of a sentence are the day; without a day
// they are the last of the month.
func (d Day) saidBy(said []string) bool {
	month, _ := strconv.Atoi(said[1])
	day, _ := strconv.Atoi(said[2])
	t := d.Begin()
	return !t.IsZero() && month == int(t.Month()) && (day == t.Day() || said[2] == "" && d.End().Day() == 1)
}

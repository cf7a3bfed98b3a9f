package plan

import (
	"regexp"

	"qingfeng/internal/kit/outline"
)

var (
	sends    = regexp.MustCompile(`报送|上报|报至|填报|呈报|提交|报[市省区县盟州]|[前日号](?:[，,]?将[^，。；;]{1,40}?)?(?:报(?:[院局委厅我所国]|.{1,12}[室科处办局委院])|交(?:至|到|[^，。；;]{1,12}[室科部处办局委]))`)
	sendDay  = regexp.MustCompile(`(?:((?:\d|` + blank + `){2,4})\s*年\s*)?(?:((?:\d|` + blank + `){1,4}|每)\s*月\s*)?(?:((?:\d|` + blank + `){1,4})\s*[日号]|底|末)`)
	sendBy   = regexp.MustCompile(`^\s*(?:、|和|及|前|之前|以前)`)
	sendPart = regexp.MustCompile(`[^；;]+`)
)

// readReports takes what is to be sent by a date; two dates are two reports.
func (r *reading) readReports() {
	for _, s := range r.sentences(r.whole) {
		if s.Length() > longestSentence || !sends.MatchString(r.text.At(s)) {
			continue
		}
		for _, part := range r.text.FindAll(s, sendPart, -1) {
			r.readSendings(part[0])
		}
	}
}

func (r *reading) readSendings(part outline.Span) {
	previous := day{}
	for _, m := range r.text.FindAll(part, sendDay, -1) {
		behind := r.text.At(outline.Span{Start: m[0].End, End: min(m[0].End+3, part.End)})
		if !sendBy.MatchString(behind) || m[1].Empty() && m[2].Empty() && m[3].Empty() {
			continue
		}
		d := r.dayOf(m[0], m[1:4])
		if d.month > 0 {
			d = d.since(previous)
		}
		previous = d
		n := len(r.plan.Reports)
		if n == mostItems {
			return
		}
		x := Report{Text: r.take(part, "/reports/%d/text", n)}
		if d.day > 0 || m[3].Empty() {
			x.Due = r.keepDay(d, "/reports/%d/due", n)
		}
		r.plan.Reports = append(r.plan.Reports, x)
	}
}

package plan

import (
	"regexp"

	"qingfeng/internal/kit/outline"
)

var (
	sends = regexp.MustCompile(`报送|上报|报至|填报|呈报|提交|报[市省区县盟州]|[前日号](?:[，,]?将[^，。；;]{1,40}?)?(?:报(?:[院局委厅我所国]|.{1,12}[室科处办局委院])|交(?:至|到|[^，。；;]{1,12}[室科部处办局委]))`)
	// sendDay is a day, or one of a month that lost its word (12月5前).
	sendDay  = regexp.MustCompile(`(?:(` + digits + `{2,4})\s*年\s*)?(?:(` + digits + `{1,4}|每)\s*月\s*)?(?:(` + digits + `{1,4})\s*[日号]|底|末)|(?:(` + digits + `{2,4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})(?:之|以)?前`)
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
		behind, groups := r.text.At(outline.Span{Start: m[0].End, End: min(m[0].End+3, part.End)}), m[1:4]
		if !m[6].Empty() {
			behind, groups = "前", m[4:7]
		}
		if !sendBy.MatchString(behind) || groups[0].Empty() && groups[1].Empty() && groups[2].Empty() {
			continue
		}
		d := r.dayOf(m[0], groups)
		if d.month > 0 {
			d = d.since(previous)
		}
		previous = d
		n := len(r.plan.Reports)
		if n == mostItems {
			return
		}
		x := Report{Text: r.take(part, "/reports/%d/text", n)}
		if d.day > 0 || groups[2].Empty() {
			x.Due = r.keepDay(d, "/reports/%d/due", n)
		}
		r.plan.Reports = append(r.plan.Reports, x)
	}
}

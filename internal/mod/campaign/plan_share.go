package campaign

import (
	"regexp"
	"strconv"
	"strings"

	"qingfeng/internal/kit/outline"
)

var (
	share    = regexp.MustCompile(`(\d{1,3}(?:\.\d+)?)\s*[%％]`)
	covered  = regexp.MustCompile(`(?:实现|做到|达到|确保)?\s*(?:对)?(?:辖区内?|本?辖区|全[区市县盟省州院])?(?:范围内)?(?:的)?([^，。,；;]{2,60}?)\s*(?:监督检查|检查|整治)?的?(?:全覆盖|覆盖率?(?:达到?|不低于|不少于)?\s*\d)`)
	coverage = regexp.MustCompile(`覆盖|机构总数|机构数`)
	whole    = regexp.MustCompile(`全覆盖`)
	clause   = regexp.MustCompile(`(?:[^，,；;（(]|[（(](?:[^（）()]|[（(][^（）()]*[）)])*[）)])+`)
	ofWhich  = regexp.MustCompile(`^\s*(其中)?[^的]{0,20}?完成`)
	forms    = regexp.MustCompile(`^.*(?:实现|做到|达到|确保|要)(?:对)?(?:辖区内?|本?辖区|全[区市县盟省州院])?(?:范围内)?`)
)

// readMilestones takes the shares of institutions that stages and tasks demand.
func (r *reading) readMilestones() {
	for _, h := range r.heads {
		title := r.text.At(h.Title)
		if !stageTitle.MatchString(title) && !taskTitle.MatchString(title) && !goalTitle.MatchString(title) {
			continue
		}
		for _, s := range r.sentences(h.Whole) {
			if s.Length() <= longestSentence && coverage.MatchString(r.text.At(s)) {
				r.readShares(s)
			}
		}
	}
}

// readShares takes the shares of a sentence. Where it says 全覆盖 and then by how
// much at a time, the parts are what is demanded.
func (r *reading) readShares(sentence outline.Span) {
	var kind outline.Span
	clauses := r.text.FindAll(sentence, clause, -1)
	stepwise := strings.Contains(r.text.At(sentence), "其中") && share.MatchString(r.text.At(sentence))
	for _, c := range clauses {
		if m := r.text.Find(c[0], covered); m != nil {
			kind = r.kindIn(m[1])
		}
		text := r.text.At(c[0])
		switch {
		case share.MatchString(text) && (coverage.MatchString(text) || ofWhich.MatchString(text)):
			m := r.text.Find(c[0], share)
			percent, err := strconv.ParseFloat(r.text.At(m[1]), 64)
			if err == nil && percent <= 100 {
				r.addShare(percent, m[0], kind, c[0], sentence)
			}
		case whole.MatchString(text) && !stepwise:
			r.addShare(100, r.text.Find(c[0], whole)[0], kind, c[0], sentence)
		}
	}
}

// kindIn takes off what stands before the kind of institutions.
func (r *reading) kindIn(at outline.Span) outline.Span {
	if m := r.text.Find(at, forms); m != nil {
		at.Start = m[0].End
	}
	return at
}

func (r *reading) addShare(percent float64, at, kind, clause, sentence outline.Span) {
	n := len(r.plan.Milestones)
	if n == mostItems {
		return
	}
	m := PlanMilestone{Percent: percent, Kind: r.take(kind, "/milestones/%d/kind", n), Text: r.take(sentence, "/milestones/%d/text", n)}
	r.plan.Spans["/milestones/"+strconv.Itoa(n)+"/percent"] = Span{at.Start, at.End}
	if days := r.days(clause); len(days) > 0 {
		m.Due = r.keepDay(days[0], "/milestones/%d/due", n)
	}
	r.plan.Milestones = append(r.plan.Milestones, m)
}

var (
	sends    = regexp.MustCompile(`报送|上报|报至|填报|呈报|报[市省区县盟州]`)
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
		d := day{at: m[0]}
		for i, to := range []*int{&d.year, &d.month, &d.day} {
			text := r.text.At(m[i+1])
			value, err := strconv.Atoi(text)
			*to, d.blank = value, d.blank || text != "" && err != nil
		}
		d = d.since(previous)
		previous = d
		n := len(r.plan.Reports)
		if n == mostItems {
			return
		}
		x := PlanReport{Text: r.take(part, "/reports/%d/text", n)}
		if d.day > 0 || m[3].Empty() {
			x.Due = r.keepDay(d, "/reports/%d/due", n)
		}
		r.plan.Reports = append(r.plan.Reports, x)
	}
}

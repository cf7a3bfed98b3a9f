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
			if coverage.MatchString(r.text.At(s)) {
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
	m := PlanMilestone{Percent: percent, Kind: r.take(kind, "/milestones/%d/kind", n), Text: r.take(sentence, "/milestones/%d/text", n)}
	r.plan.Spans["/milestones/"+strconv.Itoa(n)+"/percent"] = Span{at.Start, at.End}
	if days := r.days(clause); len(days) > 0 {
		m.Due = r.keepDay(days[0], "/milestones/%d/due", n)
	}
	r.plan.Milestones = append(r.plan.Milestones, m)
}

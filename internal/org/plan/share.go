package plan

import (
	"regexp"
	"strconv"
	"strings"

	"qingfeng/internal/kit/outline"
)

const (
	look = `(?:自查自纠|自查|监督检查|检查|抽查|督查|巡查|核查|复查|排查)`
	// looked is a share of those who are looked at, and of nothing else that has one.
	looked = `抽查\s*\d{1,3}\s*[%％]|` + look + `(?:[^，,。；;]{0,16}` + kinds + `)?(?:工作)?(?:完成)?(?:率|面|比例|数量|户数)?(?:要|应|须)?(?:达到?|为|实现|不低于|不少于)\s*(?:到|其)?\s*\d|不(?:低于|少于)\s*[\d.]+\s*[%％]的(?:比例|数量)[^，。；;]{0,4}` + look
	// kinds is what institutions are called by.
	kinds = `(?:机构|医院|诊所|药店|卫生院|卫生室|卫生站|单位|门诊部|服务中心|学校|企业|场所)`
)

var (
	share    = regexp.MustCompile(`(\d{1,3}(?:\.\d+)?)\s*[%％]`)
	covered  = regexp.MustCompile(`(?:实现|做到|达到|确保)?\s*(?:对)?(?:辖区内?|本?辖区|全[区市县盟省州院])?(?:范围内)?(?:的)?([^，。,；;]{2,60}?)\s*(?:监督检查|检查|整治)?的?(?:全覆盖|覆盖率?(?:达到?|不低于|不少于)?\s*\d)`)
	coverage = regexp.MustCompile(`覆盖|机构总数|机构数|` + looked)
	// whole ends what is said of somebody, or says how they are looked at; before
	// another word it is a name (全覆盖工作).
	whole = regexp.MustCompile(`全覆盖(?:[^\p{Han}》”]|$|[并且和及与后确监督排巡核稽])`)
	// covers is what covers somebody and is no looking at them; notLooked is what is
	// covered and is no institution.
	covers    = regexp.MustCompile(`保险|宣传|培训`)
	notLooked = regexp.MustCompile(`科室|职工|人员|岗位|病种`)
	clause    = regexp.MustCompile(`(?:[^，,；;（(]|[（(](?:[^（）()]|[（(][^（）()]*[）)])*[）)])+`)
	ofWhich   = regexp.MustCompile(`^\s*(其中)?[^的]{0,20}?完成|` + kinds + `(?:要|应)?(?:达到?|不低于|不少于)\s*\d`)
	// inShare and ofShare are whom a share is of: before it, and behind it (90%的……).
	inShare = regexp.MustCompile(`([^，。,；;：:]*` + kinds + `)`)
	ofShare = regexp.MustCompile(`[%％](?:以上)?的([^，。,；;：:（(]*?` + kinds + `(?:和[^，。,；;：:（(]*?` + kinds + `)?)`)
	// whenOf is what a clause says before whom it is about: when, and by whom.
	whenOf = regexp.MustCompile(`^.*(?:月底前|年底前|日前|底前|前|底|完成|组织|抽查|督查|巡查|核查|对|按照|督促|确保|辖区内?的?|覆盖|实现|做到)`)
	// byThen is a clause that says until when what follows in its sentence is done.
	byThen = regexp.MustCompile(`^\s*(?:到|至|截至|截止到?)?\s*` + dateForm + part + `(?:前|之前|以前)?\s*$`)
	areaOf = regexp.MustCompile(`^(?:全[区市县盟省州院乡镇]|辖区内?|本辖区)(?:范围内)?(?:的)?`)
	forms  = regexp.MustCompile(`^.*(?:实现|做到|达到|确保|要)(?:对)?(?:辖区内?|本?辖区|全[区市县盟省州院])?(?:范围内)?`)
)

// readMilestones takes the shares of institutions that stages and tasks demand.
func (r *reading) readMilestones() {
	if len(r.heads) == 0 && (r.plan.Title != nil || saysPlan.MatchString(r.text.At(r.whole))) {
		r.sharesOf(outline.Span{Start: r.textStart(), End: r.whole.End})
	}
	for _, h := range r.heads {
		title := r.titleOfHead(h)
		if !stageTitle.MatchString(title) && !taskTitle.MatchString(title) && !goalTitle.MatchString(title) {
			continue
		}
		r.sharesOf(h.Whole)
	}
}

// sharesOf takes the shares that sentences of a place demand.
func (r *reading) sharesOf(within outline.Span) {
	for _, s := range r.sentences(within) {
		if s.Length() <= longestSentence && coverage.MatchString(r.text.At(s)) {
			r.readShares(s)
		}
	}
}

// textStart is where the text of a plan begins: behind its title.
func (r *reading) textStart() int {
	if at, titled := r.plan.Spans["/title"]; titled {
		return at[1]
	}
	return r.whole.Start
}

// readShares takes the shares of a sentence. Where it says 全覆盖 and then by how
// much at a time until all is reached, the parts are what is demanded.
func (r *reading) readShares(sentence outline.Span) {
	var kind outline.Span
	var due []day
	clauses := r.text.FindAll(sentence, clause, -1)
	stepwise := strings.Contains(r.text.At(sentence), "其中") && reachesWhole(r.text.At(sentence))
	for _, c := range clauses {
		if at := c[0].Start; at > sentence.Start && strings.ContainsRune("；;", r.text[at-1]) {
			kind = outline.Span{}
		}
		if at := r.kindOf(c[0]); !at.Empty() {
			kind = at
		}
		text := r.text.At(c[0])
		if days := r.days(c[0]); byThen.MatchString(text) || len(days) > 0 && (share.MatchString(text) || whole.MatchString(text)) {
			due = days
		}
		switch {
		case share.MatchString(text) && (coverage.MatchString(text) || ofWhich.MatchString(text)):
			m := r.text.Find(c[0], share)
			percent, err := strconv.ParseFloat(r.text.At(m[1]), 64)
			if err == nil && percent <= 100 {
				r.addShare(percent, m[0], kind, due, sentence)
			}
		case whole.MatchString(text) && !stepwise && !covers.MatchString(text) && (!kind.Empty() && !r.kindOf(c[0]).Empty() || !notLooked.MatchString(text)):
			at := r.text.Find(c[0], whole)[0]
			at.End = at.Start + len([]rune("全覆盖"))
			r.addShare(100, at, kind, due, sentence)
		}
	}
}

// reachesWhole reports whether the shares of a sentence reach the whole, counted on
// from one to the next (40%, 70%, 100%) or one beside the other (30%, 70%).
func reachesWhole(sentence string) bool {
	sum, most := 0.0, 0.0
	for _, m := range share.FindAllStringSubmatch(sentence, -1) {
		percent, err := strconv.ParseFloat(m[1], 64)
		if err == nil {
			sum, most = sum+percent, max(most, percent)
		}
	}
	return most == 100 || sum == 100
}

// kindOf is the kind of institutions that a clause is about.
func (r *reading) kindOf(clause outline.Span) outline.Span {
	if m := r.text.Find(clause, ofShare); m != nil {
		return m[1]
	}
	if m := r.text.Find(clause, covered); m != nil {
		if at := r.institutions(r.kindIn(m[1])); !at.Empty() {
			return at
		}
	}
	return r.institutions(clause)
}

// institutions are the words of a place that institutions are called by, without when
// and by whom something is done to them. The number of them is none of its kind.
func (r *reading) institutions(within outline.Span) outline.Span {
	m := r.text.Find(within, inShare)
	if len(m) == 0 || m[0].End < within.End && strings.ContainsRune("总数", r.text[m[0].End]) {
		return outline.Span{}
	}
	at := m[1]
	for _, before := range []*regexp.Regexp{itemNumber, whenOf, areaOf} {
		if m := r.text.Find(at, before); len(m) > 0 && m[0].End < at.End {
			at.Start = m[0].End
		}
	}
	return r.text.Trim(at)
}

// kindIn takes off what stands before the kind of institutions.
func (r *reading) kindIn(at outline.Span) outline.Span {
	if m := r.text.Find(at, forms); m != nil {
		at.Start = m[0].End
	}
	return at
}

func (r *reading) addShare(percent float64, at, kind outline.Span, due []day, sentence outline.Span) {
	n := len(r.plan.Milestones)
	if n == mostItems {
		return
	}
	m := Milestone{Percent: percent, Kind: r.take(kind, "/milestones/%d/kind", n), Text: r.take(sentence, "/milestones/%d/text", n)}
	r.plan.Spans["/milestones/"+strconv.Itoa(n)+"/percent"] = Span{at.Start, at.End}
	if len(due) > 0 {
		m.Due = r.keepDay(due[0], "/milestones/%d/due", n)
	}
	r.plan.Milestones = append(r.plan.Milestones, m)
}

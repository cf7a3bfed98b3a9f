package plan

import (
	"regexp"
	"slices"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/outline"
)

// Parse takes the plans out of the plain text of a document. Fault: Invalid
// for a text that is none, with what it seems to be instead.
func Parse(source string) ([]Plan, error) {
	if err := refuse(source); err != nil {
		return nil, err
	}
	text := outline.Text([]rune(source))
	var plans []Plan
	for _, part := range parts(text) {
		r := reading{text: text, whole: part, heads: text.Parse(part), plan: empty()}
		r.heads = text.Parse(outline.Span{Start: part.Start, End: r.signedAt()})
		r.read()
		if r.plan.plans(saysPlan.MatchString(text.At(part))) {
			plans = append(plans, r.plan)
		}
	}
	if len(plans) == 0 {
		return nil, fault.New(fault.Invalid, i18n.T("没有找到实施步骤、任务分工或覆盖要求，不像整治方案", "there are no stages, tasks or shares to be reached in it: this is no plan")).
			WithFix(i18n.T("请上传方案正文；扫描件请先识别成文字", "upload the text of the plan; a scan must be turned into text first"))
	}
	return plans, nil
}

// empty says nothing; its lists are lists all the same.
func empty() Plan {
	return Plan{Scope: []string{}, Tasks: []Task{}, Stages: []Stage{}, Milestones: []Milestone{}, Reports: []Report{}, Leaders: []Leader{}, Doubts: []Doubt{}, Spans: map[string]Span{}}
}

// read fills in the plan.
func (r *reading) read() {
	r.readHead()
	r.readGoal()
	r.readScope()
	r.readTasks()
	r.readStages()
	r.readMilestones()
	r.readReports()
	r.readLeaders()
}

// plans reports whether anything is planned in it: stages, or shares to be reached, or
// tasks of a text that has a plan's title or goal, calls itself one or says who does
// them.
func (p Plan) plans(saysSo bool) bool {
	titled := p.Title != nil && titles(*p.Title)
	if len(p.Stages)+len(p.Milestones) > 0 {
		return true
	}
	if len(p.Tasks) > 0 {
		return titled || saysSo || p.Goal != nil || p.DocNumber != nil || slices.ContainsFunc(p.Tasks, func(t Task) bool { return len(t.Units) > 0 })
	}
	return titled && (p.Goal != nil || p.DocNumber != nil || len(p.Scope) > 0)
}

// titles reports whether a text is the title of a plan, or of a notice that is one.
func titles(text string) bool { return planTitle.MatchString(text) || noticeLine.MatchString(text) }

var (
	planTitle = regexp.MustCompile(planWord + `[》”]?(的通知)?(?:[（(][^（）()]*[）)])?$`)
	hanText   = regexp.MustCompile(`\p{Han}`)
)

// separator is the line that begins one of several plans in a file.
var separator = regexp.MustCompile(`(?m)^[^\n。]{4,60}?(?:【第[一二三四五六七八九十]+篇】|(?:方案|计划)\s*(?:篇|范文)?\s*(?:[一二三四五六七八九十]+|\d{1,2}))\s*$|^[ \t\x{3000}]*篇[一二三四五六七八九十\d]{1,2}[ \t\x{3000}]*[:：]?[ \t\x{3000}]*$`)

// parts are where the plans of a file stand, with the lines that begin them.
func parts(text outline.Text) (all []outline.Span) {
	whole := outline.Span{End: len(text)}
	found := text.FindAll(whole, separator, -1)
	if len(found) == 0 {
		return []outline.Span{whole}
	}
	for i, m := range found {
		part := outline.Span{Start: m[0].Start, End: whole.End}
		if i+1 < len(found) {
			part.End = found[i+1][0].Start
		}
		all = append(all, part)
	}
	return all
}

// shortHeading is how long a heading is that says only what is below it.
const shortHeading = 10

// sectionOrPart is section, or where no heading of the highest level matches, the
// first below one that does, and says no more than that.
func (r *reading) sectionOrPart(title *regexp.Regexp) *outline.Heading {
	if h := r.section(title); h != nil {
		return h
	}
	for _, h := range r.heads {
		for _, c := range h.Children {
			if c.Title.End-c.Title.Start <= shortHeading && title.MatchString(r.titleOfHead(c)) {
				return c
			}
		}
	}
	return nil
}

// titleOfHead is the title of a heading as it is meant: a short one may be spread
// (目　标), and converters leave spaces within words.
func (r *reading) titleOfHead(h *outline.Heading) string { return squeezed(r.text.At(h.Title)) }

// section returns the first heading of the highest level whose title matches.
func (r *reading) section(title *regexp.Regexp) *outline.Heading {
	for _, h := range r.heads {
		if title.MatchString(r.titleOfHead(h)) {
			return h
		}
	}
	return nil
}

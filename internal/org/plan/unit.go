package plan

import (
	"regexp"
	"slices"
	"strings"

	"qingfeng/internal/kit/outline"
)

const (
	unitKind = `(?:单位|部门|科室|股室|处室|部室|股|科)`
	duty     = `(?:责任|牵头|配合|主办|协办|承办|参加|参与|主责|协助)`
	// listed is a list, up to the end of its sentence; what it has in brackets is its own.
	listed = `((?:[^\n。；;：:（()）]|[（(][^（()）\n]*[）)]?)*)`
)

var (
	// labelled is a list of units behind what a document calls them, or of somebody or
	// something else behind a label, which ends the list before it.
	labelled = regexp.MustCompile(`(` + duty + unitKind + `|` + duty + `(?:领导|人)|完成时[限间]|整改时限)\s*[:：]\s*`)
	// responsible is what a document puts behind a task to say whose it is.
	responsible = regexp.MustCompile(`[（(]((?:[^（）()]|[（(][^（）()]*[）)])*?(?:责任|牵头|配合|主办|协办|承办|负责)(?:[^（）()]|[（(][^（）()]*[）)])*)[）)]`)
	unitsBefore = regexp.MustCompile(`^\s*([^:：]+?)(?:按职责分工)?(?:分别)?(牵头|负责|配合|参与|参加|主办|协办)`)
	doesIt      = regexp.MustCompile(`牵头|负责|配合|参与|主办|协办`)
	itemNumber  = regexp.MustCompile(`[（(][一二三四五六七八九十]{1,3}[）)]`)
	listBehind  = regexp.MustCompile(`^` + listed)
	// clauseUnits are units that a sentence begins with and that do something in it.
	clauseUnits = regexp.MustCompile(`(?:^|[。；;\n]\s*由?|[，,]由)\s*((?:` + unitName + `、)*` + unitName + `)(?:联合|共同|牵头|负责|会同|对)`)
	unitItem    = regexp.MustCompile(`(?:[^、,，\s（()）]|[（(][^（()）]*[）)]?)+`)
	leftOpen    = regexp.MustCompile(`^` + blank + `+$`)
	andMore     = regexp.MustCompile(`等(?:部门|单位|科室)?$`)
	// unitColon is a unit with its own paragraph in a table of duties.
	unitColon  = regexp.MustCompile(`^(\d{1,2})?((?:` + dutyUnit + `[、和及])*` + dutyUnit + `)\s*(?:[:：]|[，,](?:应|要|须|负责|根据)|负责)\s*`)
	leadInText = regexp.MustCompile(`由(` + unitName + `)牵头`)
)

// unitName is an agency or department, by what such names end with.
const unitName = `[^\s、，。,;；:：各全对由要并（(]{1,14}?(?:科|室|部|办|处|局|委|组|厅|署|院|站|中心|纪检)`

// dutyUnit is who has duties of its own, which may also be several of a kind (公安机关).
const dutyUnit = `(?:` + unitName + `|[^\s、，。,;；:：各全对由要并关（(]{2,10}?(?:部门|机关|小组|支队|大队|所))`

// byUnits begins an item with whose it is: 由……负责，……配合, 由……会同……，.
var byUnits = regexp.MustCompile(`^\s*由([^，,。；;：:]{2,30}?)(?:(牵头|负责|主办)[^，,。；;]*|会同([^，,。；;]{2,30}))(?:[，,]([^，,。；;]{2,30}?)(?:配合|参与|协助))?`)

// bareUnits are units in brackets, and nothing else, that an item ends with: （医务科、药事会）.
var bareUnits = regexp.MustCompile(`[（(](` + bareUnit + `(?:[、，,]` + bareUnit + `)*)[）)][。；;]?\s*$`)

const bareUnit = `[^含如见即附\s、，,（）()][^\s、，,（）()]{0,13}(?:科|室|部|办|处|局|委|股|会|中心|监督所|支队)`

// ofUnits is what a text says of who is responsible: in brackets, or behind a label.
var ofUnits = regexp.MustCompile(responsible.String() + `|` + duty + unitKind + `\s*[:：]\s*` + listed + `[。；;]?`)

// WithoutUnits is the text of a task without who is responsible for it.
func WithoutUnits(text string) string { return strings.TrimSpace(ofUnits.ReplaceAllString(text, "")) }

// hasUnits reports whether a place says who is responsible for it.
func (r *reading) hasUnits(body outline.Span) bool {
	return r.labelsUnits(body) || r.text.Find(body, responsible) != nil || r.text.Find(body, byUnits) != nil
}

// labelsUnits reports whether it has a list of them behind a label.
func (r *reading) labelsUnits(body outline.Span) bool {
	for _, m := range r.text.FindAll(body, labelled, -1) {
		if isUnits(r.text.At(m[1])) {
			return true
		}
	}
	return false
}

func isUnits(label string) bool {
	return !strings.HasSuffix(label, "领导") && !strings.HasSuffix(label, "人") && !strings.Contains(label, "时")
}

// taskUnits takes the units of an item, and returns what is said besides.
func (r *reading) taskUnits(t *Task, body outline.Span, n int) outline.Span {
	if labels := r.text.FindAll(body, labelled, -1); r.labelsUnits(body) {
		behind := r.readLabelled(t, body, labels, n)
		return r.without(body, outline.Span{Start: labels[0][0].Start, End: behind})
	}
	if at := r.text.Find(body, responsible); at != nil {
		r.readDoing(t, at[1], n)
		return r.without(body, at[0])
	}
	if at := r.text.Find(body, bareUnits); at != nil {
		r.addUnits(t, at[1], false, n)
		return r.without(body, at[0])
	}
	if at := r.text.Find(body, byUnits); at != nil {
		r.addUnits(t, at[1], leadCell.MatchString(r.text.At(at[2])), n)
		r.addUnits(t, at[3], false, n)
		r.addUnits(t, at[4], false, n)
		return body
	}
	r.readClauses(t, body, n)
	return body
}

// without leaves out what stands at the end of a text.
func (r *reading) without(body, last outline.Span) outline.Span {
	if strings.Trim(r.text.At(outline.Span{Start: last.End, End: body.End}), " \t\r\n\u3000。；;）)") == "" {
		body.End = last.Start
		for !body.Empty() && strings.ContainsRune(" \t\r\n\u3000（(", r.text[body.End-1]) {
			body.End--
		}
	}
	return body
}

// readLabelled takes the units behind labels (责任单位：), and returns where the last
// list ends.
func (r *reading) readLabelled(t *Task, body outline.Span, labels [][]outline.Span, n int) (behind int) {
	for i, m := range labels {
		list := outline.Span{Start: m[0].End, End: body.End}
		if i+1 < len(labels) {
			list.End = labels[i+1][0].Start
		}
		if found := r.text.Find(list, listBehind); found != nil {
			list = found[1]
		}
		next := r.text.Find(list, itemNumber)
		if next != nil {
			list.End = next[0].Start
		}
		label := r.text.At(m[1])
		behind = list.End
		switch {
		case !isUnits(label):
		case doesIt.MatchString(r.text.At(list)):
			r.readDoing(t, list, n)
		default:
			r.addUnits(t, list, leadCell.MatchString(label), n)
		}
		if next != nil {
			break // what follows is another item's
		}
	}
	return behind
}

// readDoing takes the units of "……牵头，……配合".
func (r *reading) readDoing(t *Task, within outline.Span, n int) {
	within.End = min(within.End, within.Start+longestUnits)
	for rest := within; !rest.Empty(); {
		m := r.text.Find(rest, unitsBefore)
		if m == nil {
			return
		}
		r.addUnits(t, m[1], leadCell.MatchString(r.text.At(m[2])), n)
		rest.Start = m[0].End
		for !rest.Empty() && strings.ContainsRune("，,；;、 ", r.text[rest.Start]) {
			rest.Start++
		}
	}
}

// addUnits takes a list of units; the first of those that lead is the lead.
func (r *reading) addUnits(t *Task, list outline.Span, leads bool, n int) {
	for _, m := range r.text.FindAll(list, unitItem, -1) {
		if len(t.Units) == mostUnits {
			return
		}
		at := m[0]
		if more := r.text.Find(at, andMore); more != nil {
			at.End = more[0].Start
		}
		if said := r.text.At(at); leftOpen.MatchString(said) || slices.Contains(t.Units, said) {
			continue
		}
		value := r.take(at, "/tasks/%d/units/%d", n, len(t.Units))
		if value == nil {
			continue
		}
		t.Units = append(t.Units, *value)
		if leads && t.Lead == nil {
			t.Lead = r.take(at, "/tasks/%d/lead", n)
		}
	}
}

// readClauses takes the units that sentences begin with.
func (r *reading) readClauses(t *Task, within outline.Span, n int) {
	for _, m := range r.text.FindAll(within, clauseUnits, -1) {
		r.addUnits(t, m[1], false, n)
	}
	if m := r.text.Find(within, leadInText); m != nil {
		t.Lead = r.take(m[1], "/tasks/%d/lead", n)
	}
}

package campaign

import (
	"strings"

	"qingfeng/internal/kit/i18n"
)

// Rule names what must hold in a table.
type Rule string

// The rules.
const (
	Filled     Rule = "filled"     // what is typed is there, 0 where nothing was
	Cumulative Rule = "cumulative" // since the start is at least this period
	Parts      Rule = "parts"      // sub-rows make the whole
	AtMost     Rule = "at_most"    // never more than another row
	UpToAll    Rule = "up_to_all"  // a share is at most 100 %
	Grows      Rule = "grows"      // cumulative is never less than before
)

// Violation is a rule that does not hold, with both numbers and the way out.
type Violation struct {
	Row    string    `json:"row"`
	Other  string    `json:"other,omitempty" doc:"The row that it is compared with."`
	Column string    `json:"column" enum:"period,total,last_year"`
	Rule   Rule      `json:"rule" enum:"filled,cumulative,parts,at_most,up_to_all,grows"`
	Hard   bool      `json:"hard" doc:"Cannot be submitted; otherwise a remark is needed."`
	This   string    `json:"this"`
	That   string    `json:"that"`
	Text   i18n.Text `json:"text"`
}

// judge looks which rules hold.
type judge struct {
	table   Table
	cells   Cells
	before  Cells // of the return before this one; nil without one
	remarks map[string]string
	found   []Violation
}

// violations are the rules that a table breaks, in the order of its rows. before
// is what was reported last, in the same rows. What a remark explains is none.
func (t Table) violations(cells, before Cells, remarks map[string]string) []Violation {
	j := judge{table: t, cells: cells, before: before, remarks: remarks, found: []Violation{}}
	for i, r := range t.Rows {
		if r.Way == Quotient {
			j.upToAll(r)
			continue
		}
		j.filled(i)
		j.cumulative(i)
		j.grows(i)
		for c := range width {
			j.partsMakeWhole(i, c)
		}
		for _, c := range r.compared() {
			for _, b := range r.AtMost {
				j.atMost(i, c, b)
			}
		}
	}
	return j.found
}

// breaks notes a violation; a remark explains a soft one.
func (j *judge) breaks(v Violation) {
	if v.Hard || strings.TrimSpace(j.remarks[v.Row]) == "" {
		j.found = append(j.found, v)
	}
}

func (j *judge) filled(i int) {
	r := j.table.Rows[i]
	if r.Way != Typed {
		return
	}
	for c := range lastYear {
		if !j.cells[i][c].Set {
			j.breaks(Violation{Row: r.Key, Column: columnNames()[c], Rule: Filled, Hard: true,
				Text: i18n.T("“%s”的%s未填；没有发生请填 0", "“%s” lacks %s; type 0 where there was nothing").With(r.Label, columnTexts()[c])})
		}
	}
}

func (j *judge) cumulative(i int) {
	r, x := j.table.Rows[i], j.cells[i]
	if x[thisPeriod].Set && x[sinceStart].Set && x[sinceStart].N < x[thisPeriod].N {
		total, period := r.text(x[sinceStart].N), r.text(x[thisPeriod].N)
		j.breaks(Violation{Row: r.Key, Column: "total", Rule: Cumulative, Hard: true, This: total, That: period,
			Text: i18n.T("“%s”累计 %s 小于本期 %s；累计应包含本期，请核对两数", "“%s”: cumulative %s is less than %s of this period, which it contains; check both").With(r.Label, total, period)})
	}
}

func (j *judge) grows(i int) {
	r := j.table.Rows[i]
	if r.Stock || i >= len(j.before) || !j.before[i][sinceStart].Set || !j.cells[i][sinceStart].Set {
		return
	}
	now, was := j.cells[i][sinceStart].N, j.before[i][sinceStart].N
	if now < was {
		j.breaks(Violation{Row: r.Key, Column: "total", Rule: Grows, This: r.text(now), That: r.text(was),
			Text: i18n.T("“%s”累计 %s 小于上次报送的 %s；如属更正，请在备注中说明", "“%s”: cumulative %s is less than %s reported before; if that is a correction, say so in the remark").With(r.Label, r.text(now), r.text(was))})
	}
}

func (j *judge) partsMakeWhole(i, c int) {
	r := j.table.Rows[i]
	parts := j.table.parts(r.Key)
	if r.Way == Summed || len(parts) == 0 || !j.cells[i][c].Set {
		return
	}
	sum := int64(0)
	for _, p := range parts {
		if !j.cells[p][c].Set {
			return
		}
		sum += j.cells[p][c].N
	}
	if whole := j.cells[i][c].N; sum != whole {
		j.breaks(Violation{Row: r.Key, Column: columnNames()[c], Rule: Parts, Hard: true, This: r.text(whole), That: r.text(sum),
			Text: i18n.T("“%s”%s为 %s，各分项合计 %s；请核对分项或总数", "“%s”, %s: %s, its parts make %s; check the parts or the whole").With(r.Label, columnTexts()[c], r.text(whole), r.text(sum))})
	}
}

func (j *judge) atMost(i, c int, b Bound) {
	k := j.table.at(b.Row)
	if k < 0 || !j.cells[i][c].Set || !j.cells[k][c].Set || j.cells[i][c].N <= j.cells[k][c].N {
		return
	}
	r, o := j.table.Rows[i], j.table.Rows[k]
	this, that := r.text(j.cells[i][c].N), o.text(j.cells[k][c].N)
	out := i18n.T("请核对两行", "check both rows")
	if b.Soft {
		out = i18n.T("如属实，请在备注中说明", "if that is so, say why in the remark")
	}
	j.breaks(Violation{Row: r.Key, Other: o.Key, Column: columnNames()[c], Rule: AtMost, Hard: !b.Soft, This: this, That: that,
		Text: i18n.T("“%s”%s %s 大于“%s”%s；%s", "“%s”, %s: %s is more than “%s”, %s; %s").With(r.Label, columnTexts()[c], this, o.Label, that, out)})
}

func (j *judge) upToAll(r Row) {
	part, whole := j.table.at(r.Part), j.table.at(r.Whole)
	for _, c := range r.compared() {
		p, w := j.cells[part][c], j.cells[whole][c]
		if !p.Set || !w.Set || p.N <= w.N {
			continue
		}
		this, that := j.table.Rows[part].text(p.N), j.table.Rows[whole].text(w.N)
		j.breaks(Violation{Row: r.Key, Other: r.Part, Column: columnNames()[c], Rule: UpToAll, Hard: true, This: this, That: that,
			Text: i18n.T("“%s”%s超过 100%%：“%s”%s 大于“%s”%s；请核对两数", "“%s”, %s: more than 100 %%, for “%s” %s is more than “%s” %s; check both").
				With(r.Label, columnTexts()[c], j.table.Rows[part].Label, this, j.table.Rows[whole].Label, that)})
	}
}

package rates

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/official"
)

// circular lays the pack out as the circular (通报) of the commission that issues
// it. It is dated when the window was signed off; before that it says that it is
// a draft. Its number and addressees are for who sends it to fill in.
func (p Pack) circular(issuer string) official.Document {
	about := official.Clean(p.Region) + p.Window.Label.ZH + "群众诉求办理情况"
	issuer = official.Clean(issuer)
	d := official.Document{
		Kind: official.Notice, Issuer: issuer + "文件", Title: "关于" + about + "的通报", Addressees: "各有关单位",
		Body:     official.Text{Content: []official.Block{p.preface(about)}, Sections: []official.Section{p.overall()}},
		Enclosed: []official.Enclosure{{Title: about + "明细表"}}, Signature: issuer, Date: p.At, PrintedBy: issuer,
	}
	if p.Window.signed() {
		d.Date = p.Window.SignedAt
	}
	for _, t := range p.Tables {
		if len(t.Rows) > 0 {
			d.Body.Sections = append(d.Body.Sections, t.section())
		}
	}
	d.Body.Sections = append(d.Body.Sections, p.reminders(), p.hardCases())
	return d
}

// preface says what is counted, and how sure it is.
func (p Pack) preface(about string) official.Paragraph {
	w := p.Window
	text := fmt.Sprintf("现将%s通报如下。本期统计%s至%s受理的诉求，超期与否以%s为准。", about, minute(w.StartsAt), minute(w.UntilAt), minute(w.AsOf))
	switch {
	case !w.Complete:
		text += "本期尚未结束，以下为截至目前的数据。"
	case !w.signed():
		text += "本期数据尚未签发，签发前可能变化。"
	}
	return official.Paragraph(text)
}

// overall is the sum of the window.
func (p Pack) overall() official.Section {
	s := official.Section{Heading: "总体情况"}
	text := "本期没有统计数据。"
	for _, t := range p.Tables {
		if t.Subject == ByInstitution && t.Summary != nil {
			text = t.Summary.sentence(t.Window.Policy)
		}
	}
	s.Content = []official.Block{official.Paragraph(text)}
	return s
}

func (s Summary) sentence(p Policy) string {
	raw, assessed := s.Raw.Counts, s.Weighted
	text := fmt.Sprintf("本期受理诉求%d件%s，办结%d件%s。", raw.Received, grown(s.Last.Received), raw.Finished, grown(s.Last.Finished))
	if assessed.Counts.Sample == 0 {
		return text + "本期没有可以考核的回访。"
	}
	text += fmt.Sprintf("按考核口径，有效样本%d件，响应率%s%%，解决率%s%%，满意率%s%%，综合成绩%s分", assessed.Counts.Sample,
		percent(assessed.Response), percent(assessed.Resolution), percent(assessed.Satisfaction), decimal(assessed.Score, p.Decimals))
	if s.Last.Score != nil {
		text += "，比上期" + risen(*s.Last.Score, p.Decimals, "提高", "降低", "分")
	}
	return text + "。"
}

// section is a table with what there is to say of it.
func (t Table) section() official.Section {
	kind := t.Subject.name().ZH
	ranked := make([]string, 0, len(t.Rows))
	few, idle := 0, 0
	for _, r := range t.Rows {
		if r.idle() {
			idle++
		}
		if r.Rank > 0 {
			ranked = append(ranked, official.Clean(r.Name)+"（"+decimal(r.Assessed.Score, t.Window.Policy.Decimals)+"分）")
		}
		if r.Standing == Few {
			few++
		}
	}
	text := "本期没有参与排名的" + kind + "。"
	if len(ranked) > 0 {
		text = "综合成绩居前的是" + strings.Join(ranked[:min(3, len(ranked))], "、") + "。"
	}
	if few > 0 {
		text += fmt.Sprintf("有%d个%s有效回访过少，不参与排名。", few, kind)
	}
	if idle > 0 {
		text += fmt.Sprintf("有%d个%s本期没有诉求，不列入下表。", idle, kind)
	}
	if t.Next != "" {
		text += fmt.Sprintf("下表只列前%d个，其余见附件。", len(t.Rows))
	}
	content := []official.Block{official.Paragraph(text)}
	if idle < len(t.Rows) {
		content = append(content, t.sheetOfPaper(kind))
	}
	return official.Section{Heading: "按" + kind + "统计", Text: official.Text{Content: content}}
}

// sheetOfPaper is the table as it is printed: what the circular is about, not all
// that the workbook has.
func (t Table) sheetOfPaper(kind string) official.Table {
	number := func(name, unit string) official.Column {
		return official.Column{Name: name, Unit: unit, Number: true}
	}
	out := official.Table{Columns: []official.Column{
		number("名次", ""), {Name: kind}, number("受理", "件"), number("样本", "件"), number("响应率", "%"), number("解决率", "%"), number("满意率", "%"),
		number("成绩", "分"), number("比上期", "分"), number("升降", "位"),
	}}
	decimals := t.Window.Policy.Decimals
	for _, r := range t.Rows {
		if r.idle() {
			continue
		}
		a, score, places := r.Assessed, none, none
		if r.Last.Score != nil {
			score = moved(*r.Last.Score, decimals)
		}
		if r.Last.Rank != nil {
			places = moved(float64(*r.Last.Rank), 0)
		}
		out.Rows = append(out.Rows, []string{
			spelt(r.rankCell()), official.Clean(r.Name), spelt(countOf(r.Raw, received)),
			spelt(countOf(&a, sampled)), percent(a.Response), percent(a.Resolution), percent(a.Satisfaction),
			decimal(a.Score, decimals), score, places,
		})
	}
	return out
}

func (p Pack) reminders() official.Section {
	r := p.Reminders
	text := fmt.Sprintf("截至%s，超期未办结%s件，派单未签收%s件，快到期%s件（不限本期受理的诉求）。", minute(p.At), r.Overdue, r.Unsigned, r.NearDue)
	if r.Overdue.Value+r.Unsigned.Value+r.NearDue.Value > 0 {
		text += "请有关单位抓紧签收、办理和回复。"
	}
	return official.Section{Heading: "工作提示", Text: official.Text{Content: []official.Block{official.Paragraph(text)}}}
}

func (p Pack) hardCases() official.Section {
	s := official.Section{Heading: "疑难诉求"}
	if len(p.Hard) == 0 {
		s.Content = []official.Block{official.Paragraph("目前没有挂账的疑难诉求。")}
		return s
	}
	text := fmt.Sprintf("目前挂账的疑难诉求%d件，按受理时间先后列出。", len(p.Hard))
	if p.MoreHard {
		text = fmt.Sprintf("下表列出受理最早的%d件疑难诉求，其余见附件。", len(p.Hard))
	}
	table := official.Table{Columns: []official.Column{{Name: "编号"}, {Name: "事由"}, {Name: "承办单位"}, {Name: "受理日期"}, {Name: "办结时限"}}}
	for _, c := range p.Hard {
		table.Rows = append(table.Rows, []string{c.Number, official.Clean(c.Title), official.Clean(c.LeadName), date(c.ReceivedAt), date(c.DueAt)})
	}
	s.Content = []official.Block{official.Paragraph(text), table}
	return s
}

// idle reports whether the row has nothing to show.
func (r Row) idle() bool { return countOf(r.Raw, received) == 0 && countOf(&r.Assessed, sampled) == 0 }

func received(c LineCounts) int { return c.Received }

func sampled(c LineCounts) int { return c.Sample }

// none stands where there is no figure.
const none = "—"

func spelt(cell any) string {
	if cell == nil {
		return none
	}
	return fmt.Sprint(cell)
}

// moved is a change with its sign.
func moved(v float64, decimals int) string {
	if v == 0 {
		return "0"
	}
	return fmt.Sprintf("%+.*f", decimals, v)
}

func percent(r *Rate) string { return decimal(r.value(), rateDecimals) }

func decimal(v *float64, decimals int) string {
	if v == nil {
		return none
	}
	return strconv.FormatFloat(*v, 'f', decimals, 64)
}

// grown says how a count moved, in brackets; nothing where nobody knows.
func grown(v *float64) string {
	if v == nil {
		return ""
	}
	return "（比上期" + risen(*v, rateDecimals, "增长", "下降", "%") + "）"
}

// risen says how far something went up or down.
func risen(v float64, decimals int, up, down, unit string) string {
	switch {
	case v > 0:
		return up + strconv.FormatFloat(v, 'f', decimals, 64) + unit
	case v < 0:
		return down + strconv.FormatFloat(-v, 'f', decimals, 64) + unit
	default:
		return "持平"
	}
}

func minute(t time.Time) string { return t.In(clock.Shanghai).Format("2006年1月2日15:04") }

func date(t time.Time) string {
	if t.IsZero() {
		return none
	}
	return t.In(clock.Shanghai).Format("2006-01-02")
}

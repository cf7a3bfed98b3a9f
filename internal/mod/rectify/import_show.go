package rectify

import (
	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
	"qingfeng/internal/org/violation"
)

// chosenWords are the words, by column, that a person chose for the lines that say
// nothing there.
type chosenWords map[string]string

// spare returns the columns, of which no file needs those that somebody chose for.
func (c chosenWords) spare(columns []sheet.Column) []sheet.Column {
	for i := range columns {
		columns[i].Required = columns[i].Required && c[columns[i].Name] == ""
	}
	return columns
}

// said is what a line says in a column, or what was chosen for those that say nothing.
func (l *ledgerRow) said(column string) string {
	if l.Has(column) {
		return l.Text(column)
	}
	return l.chosen[column]
}

// show keeps what a good row becomes, of the first ones.
func (x *ledgerRows) show(l ledgerRow, p Problem) {
	for column, word := range x.chosen {
		if word != "" && !l.Has(column) {
			x.unsaid[column]++
		}
	}
	if len(x.shown) == bulk.MostShown {
		return
	}
	x.shown = append(x.shown, bulk.PreviewLine{Row: l.Number, Cells: []i18n.Text{
		i18n.Same(l.Text("unit")), i18n.Same(p.Description), wordOf(sources(), p.Source), violation.Name(p.Category), i18n.Same(dayText(p.FoundOn)),
		life().Text(p.State), i18n.Same(lastDay(p.DueAt)), i18n.Same(p.Progress)}})
}

// Preview implements bulk.Previewer.
func (x *ledgerRows) Preview() bulk.Preview {
	var notes []i18n.Text
	if n := x.unsaid["source"]; n > 0 {
		notes = append(notes, i18n.T("%d 行没有写来源，按您选定的“%s”登记", "%d rows name no source and are entered as “%s”, as you chose").With(n, wordOf(sources(), x.chosen["source"])))
	}
	if n := x.unsaid["category"]; n > 0 {
		notes = append(notes, i18n.T("%d 行没有写问题类别，按您选定的“%s”登记", "%d rows name no category and are entered as “%s”, as you chose").With(n, violation.Name(x.chosen["category"])))
	}
	return bulk.Preview{Notes: notes, Rows: x.shown, Columns: []i18n.Text{
		i18n.T("责任单位", "Unit"), i18n.T("问题描述", "Description"), i18n.T("来源", "Source"), i18n.T("问题类别", "Category"), i18n.T("发现日期", "Found on"),
		i18n.T("状态", "State"), i18n.T("整改期限", "Due on"), i18n.T("进展", "Progress")}}
}

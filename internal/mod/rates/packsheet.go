package rates

import (
	"context"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

// workbook is the pack as a workbook: a sheet for each of its tables, one for what
// there is to do and one for the hard cases.
func (p Pack) workbook(ctx context.Context) httpapi.File {
	return export.Workbook(ctx, p.called(), p.sheets(ctx))
}

// sheets lays the pack out.
func (p Pack) sheets(ctx context.Context) (all []export.Table) {
	for _, t := range p.Tables {
		sheet := t.sheet(ctx)
		sheet.Name = t.Subject.name()
		all = append(all, sheet)
	}
	return append(all, p.work(), p.hard())
}

// work is the sheet of what there is to do.
func (p Pack) work() export.Table {
	r, at := p.Reminders, p.At.In(clock.Shanghai).Format("2006-01-02 15:04")
	return export.Table{
		Name: i18n.T("工作提示", "Reminders"),
		Columns: []export.Column{{Header: i18n.T("事项（%s 的情况，不限本期诉求）", "What (as of %s, whenever the cases were received)").With(at), Width: 48},
			{Header: i18n.T("件数", "Cases")}}, // text, for a count stops: 1000+
		Rows: rowsOfSheet([][]any{
			{i18n.T("超期未办结", "Open past the deadline"), r.Overdue},
			{i18n.T("派单未签收", "Dispatched and not signed for"), r.Unsigned},
			{i18n.T("快到期", "Due soon"), r.NearDue},
		}),
	}
}

// hard is the sheet of the hard cases.
func (p Pack) hard() export.Table {
	rows := make([][]any, len(p.Hard))
	for i, c := range p.Hard {
		rows[i] = []any{c.Number, c.Title, c.LeadName, c.ReceivedAt, c.DueAt}
	}
	return export.Table{
		Name: i18n.T("疑难诉求", "Hard cases"),
		Columns: []export.Column{{Header: i18n.T("编号", "Number")}, {Header: i18n.T("标题", "Title")}, {Header: i18n.T("主办单位", "Leading unit")},
			{Header: i18n.T("受理时间", "Received"), Kind: export.Moment}, {Header: i18n.T("办结时限", "Due"), Kind: export.Moment}},
		Rows: rowsOfSheet(rows),
	}
}

func rowsOfSheet(rows [][]any) func(func([]any, error) bool) {
	return func(yield func([]any, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

package campaign

import (
	"bytes"
	"context"
	"strconv"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
	"qingfeng/internal/org"
)

// ExportReturn returns a table as a workbook in the layout of the notice, which can
// be filled in and read back. The copy is noted in the audit log.
func (s *Service) ExportReturn(ctx context.Context, in ReturnInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "campaign.ExportReturn(%s)", in.ID)
	var d ReturnDetail
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if d, err = s.returnDetail(ctx, tx.Reader, in.ID, in.Revision); err != nil {
			return err
		}
		if d.Kind != TableReport {
			return fault.New(fault.Conflict, i18n.T("文字报告没有统计表可以导出", "a report in words has no table"))
		}
		return s.Audit.Append(ctx, tx, "campaign.return.export", d.ID, "")
	})
	if err != nil {
		return f, err
	}
	return export.Workbook(ctx, i18n.T("%s统计表 %s %s至%s", "%s: table, %s, %s to %s").With(d.Campaigned, d.UnitName, string(d.PeriodStart), string(d.PeriodEnd)), []export.Table{d.sheet(), d.head()}), nil
}

// sheetColumns are those of the layout. Amounts are in the unit of the row.
func sheetColumns() []sheet.Column {
	texts := columnTexts()
	return []sheet.Column{
		{Name: "key", Header: i18n.T("代码", "Code"), Required: true, Unique: true}, {Name: "group", Header: i18n.T("类别", "Group")},
		{Name: "label", Header: i18n.T("指标", "Row")}, {Name: "unit", Header: i18n.T("单位", "Unit")},
		{Name: "period", Header: texts[thisPeriod]}, {Name: "total", Header: texts[sinceStart]}, {Name: "last_year", Header: texts[lastYear]},
		{Name: "growth", Header: i18n.T("同比", "Growth")}, {Name: "remark", Header: i18n.T("备注", "Remark")},
	}
}

// sheet lays the table out.
func (d ReturnDetail) sheet() export.Table {
	t := export.Table{Name: i18n.T("工作量化统计表", "Statistics table")}
	for _, c := range sheetColumns() {
		t.Columns = append(t.Columns, export.Column{Header: c.Header})
	}
	for i, width := range map[int]float64{0: 20, 1: 14, 2: 34, 8: 30} {
		t.Columns[i].Width = width
	}
	for i := 4; i <= 7; i++ {
		t.Columns[i].Kind = export.Number
	}
	t.Rows = func(yield func([]any, error) bool) {
		for _, l := range d.Lines {
			if !yield([]any{l.Key, l.Group, l.Label, l.Unit, numeric(l.Values[thisPeriod]), numeric(l.Values[sinceStart]), numeric(l.Values[lastYear]), numeric(l.Growth), l.Remark}, nil) {
				return
			}
		}
	}
	return t
}

// numeric is a number of at most fifteen digits, which a spreadsheet keeps exactly.
func numeric(s string) any {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return nil
	}
	return n
}

// head is what stands above the table.
func (d ReturnDetail) head() export.Table {
	reported := i18n.T("%d / %d", "%d of %d").With(d.Reported, len(d.Below))
	return export.Table{Name: i18n.T("表头", "Header"), Columns: []export.Column{{Header: i18n.T("项目", "What"), Width: 20}, {Header: i18n.T("内容", "Value"), Width: 40}},
		Rows: func(yield func([]any, error) bool) {
			for _, x := range [][]any{
				{i18n.T("填报单位", "Unit"), d.UnitName}, {i18n.T("填报人", "Filled in by"), d.Header.Filler}, {i18n.T("审核人", "Reviewed by"), d.Header.Reviewer},
				{i18n.T("联系电话", "Telephone"), d.Header.Phone}, {i18n.T("填报期", "Period"), string(d.PeriodStart) + " – " + string(d.PeriodEnd)},
				{i18n.T("下级已审签", "Signed below"), reported}, {i18n.T("审签人", "Signed by"), d.SignedBy},
			} {
				if !yield(x, nil) {
					return
				}
			}
		}}
}

// SheetInput is a table that was filled in elsewhere.
type SheetInput struct {
	org.ByID
	Name    string `query:"name" maxLength:"200" doc:"Of the file."`
	RawBody []byte `contentType:"application/octet-stream"`
}

// SheetRead is what a file says, for a person to look at and save.
type SheetRead struct {
	sheet.Report
	Rows map[string]TypedRow `json:"rows" doc:"By key; none while there is a problem."`
}

// ReadSheet reads a table that was filled in elsewhere, of who may fill it in. It
// stores nothing. What the system counts is left out of it.
func (s *Service) ReadSheet(ctx context.Context, in SheetInput) (out SheetRead, err error) {
	defer fault.Wrap(&err, "campaign.ReadSheet(%s)", in.ID)
	var w *working
	err = s.DB.Read(ctx, func(r db.Reader) error {
		x, err := seenReturn(ctx, r, in.ID)
		if err != nil {
			return err
		}
		if w, err = s.work(r, x); err != nil {
			return err
		}
		_, err = w.move(ctx, doFill)
		return err
	})
	if err != nil {
		return out, err
	}
	file, err := sheet.Read(ctx, bytes.NewReader(in.RawBody), in.Name, sheetColumns())
	if err != nil {
		return out, err
	}
	out.Rows = w.table.readRows(file)
	out.Report = file.Report()
	return out, nil
}

// readRows takes the rows that are typed, and notes what cannot be taken.
func (t Table) readRows(file *sheet.Sheet) map[string]TypedRow {
	rows := map[string]TypedRow{}
	for _, line := range file.Accept(true) {
		i := t.at(line.Text("key"))
		if i < 0 {
			file.Refuse(line, "key", i18n.T("表中没有这一行", "the table has no such row"))
			continue
		}
		r := t.Rows[i]
		x := TypedRow{Remark: line.Text("remark")}
		if line.Has("unit") && line.Text("unit") != r.Unit {
			file.Refuse(line, "unit", i18n.T("本行单位是%s，文件中是%s；请换算后再导入", "this row is in %s and the file in %s; convert the numbers first"), r.Unit, line.Text("unit"))
		}
		if r.Way == Typed {
			for c, to := range [width]*string{&x.Period, &x.Total, &x.LastYear} {
				*to = line.Text(columnNames()[c])
				if _, wrong := r.read(*to); !wrong.Zero() {
					file.Refuse(line, columnNames()[c], wrong)
				}
			}
		}
		rows[r.Key] = x
	}
	if len(file.Report().Problems) > 0 {
		return map[string]TypedRow{}
	}
	return rows
}

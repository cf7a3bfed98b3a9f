package rectify

import (
	"cmp"
	"context"
	"iter"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/violation"
)

// ExportInput chooses the problems that go into a file.
type ExportInput struct {
	export.Query
	Filter
}

// Export returns the ledger as a file, in the columns that are kept by hand: those
// that the actor may see. It is noted in the audit log before the file is written.
func (s *Service) Export(ctx context.Context, in ExportInput) (_ httpapi.File, err error) {
	defer fault.Wrap(&err, "rectify.Export")
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		var w db.Where
		if err := s.narrow(ctx, tx.Reader, &w, in.Filter); err != nil {
			return err // what is wrong with a filter is said before the file begins
		}
		return s.Audit.Append(ctx, tx, "problem.export", "problems", "", "format", string(in.Format), "box", in.Box, "state", in.State, "kind", in.Kind)
	})
	if err != nil {
		return httpapi.File{}, err
	}
	columns := ledgerColumns()
	table := export.Table{Name: i18n.T("问题整改台账", "Ledger of problems")}
	for _, c := range columns {
		table.Columns = append(table.Columns, c.Column)
	}
	query := func(r db.Reader) iter.Seq2[line, error] { return s.exported(ctx, r, in.Filter) }
	table.Rows = export.Rows(ctx, s.DB, query, func(l line) []any {
		cells := make([]any, len(columns))
		for i, c := range columns {
			cells[i] = c.cell(l)
		}
		return cells
	})
	return export.File(ctx, in.Format, table), nil
}

func (s *Service) exported(ctx context.Context, r db.Reader, f Filter) iter.Seq2[line, error] {
	var w db.Where
	if err := s.narrow(ctx, r, &w, f); err != nil {
		return func(yield func(line, error) bool) { yield(line{}, err) }
	}
	return lines(r, &w, f.sorted().SQL())
}

// ledgerColumn is a column of the ledger and what stands in it.
type ledgerColumn struct {
	export.Column
	cell func(line) any
}

// ledgerColumns are those of domain.md 5.4 and 5.6.
func ledgerColumns() []ledgerColumn {
	return append(foundColumns(), doneColumns()...)
}

func column(zh, en string, kind export.Kind, cell func(line) any) ledgerColumn {
	return ledgerColumn{export.Column{Header: i18n.T(zh, en), Kind: kind}, cell}
}

func text(zh, en string, cell func(line) any) ledgerColumn {
	return column(zh, en, export.Text, cell)
}

func foundColumns() []ledgerColumn {
	return []ledgerColumn{
		text("编号", "Number", func(l line) any { return l.Number }),
		text("来源", "Source", func(l line) any { return wordOf(sources(), l.Source) }),
		text("类型", "Kind", func(l line) any { return kindWord(l.Kind) }),
		text("问题类别", "Category", func(l line) any { return violation.Name(l.Category) }),
		text("级别", "Grade", func(l line) any { return gradeWord(l.Grade) }),
		text("判定条款", "Clause", func(l line) any { return l.Clause }),
		text("问题描述", "Description", func(l line) any { return l.Description }),
		text("部位", "Location", func(l line) any { return l.Location }),
		column("发现日期", "Found on", export.Day, func(l line) any { return when(l.FoundOn) }),
		text("发现人", "Found by", func(l line) any { return l.FoundBy }),
		text("发现方式", "Found how", func(l line) any { return l.FoundHow }),
		text("责任单位", "Unit", func(l line) any { return l.UnitName }),
		text("科室", "Department", func(l line) any { return l.DepartmentName }),
		text("责任领导", "Leader in charge", func(l line) any { return l.Leader }),
		text("责任人", "Responsible", func(l line) any { return cmp.Or(l.ResponsibleName, l.Charge) }),
		text("整改目标", "Goal", func(l line) any { return l.Goal }),
		text("整改措施", "Measures", func(l line) any { return l.Measures }),
		text("风险管控措施", "Controls", func(l line) any { return l.Controls }),
		column("整改资金", "Funds", export.Money, func(l line) any {
			if !l.Funded {
				return nil
			}
			return l.Funds
		}),
		text("应急预案", "Contingency plan", func(l line) any { return l.Contingency }),
		text("时限类型", "Term", func(l line) any { return wordOf(terms(), string(l.Term)) }),
		text("整改期限", "Due on", func(l line) any { return lastDay(l.DueAt) }),
	}
}

func doneColumns() []ledgerColumn {
	return []ledgerColumn{
		text("状态", "State", func(l line) any { return life().Text(l.State) }),
		text("进展", "Progress", func(l line) any { return l.Progress }),
		text("佐证材料", "Evidence", func(l line) any { return evidenceWord(l.Problem) }),
		column("申请日期", "Applied on", export.Day, func(l line) any { return when(l.AppliedAt) }),
		text("申请销号人", "Applied by", func(l line) any { return l.AppliedName }),
		text("初审", "First review", func(l line) any { return l.PassedName }),
		text("复核", "Second review", func(l line) any { return l.ClosedName }),
		text("复核方式", "Reviewed how", func(l line) any { return howWord(l.ClosedHow) }),
		column("销号日期", "Closed on", export.Day, func(l line) any { return when(l.ClosedAt) }),
		column("回头看日期", "Looked back on", export.Day, func(l line) any { return when(l.LookedAt) }),
		text("回头看结论", "Look back", func(l line) any { return lookWord(l.Problem) }),
		column("反弹次数", "Rebounds", export.Integer, func(l line) any { return l.Rebounds }),
		column("是否挂牌", "Listed", export.Flag, func(l line) any { return l.Listed() }),
		text("挂牌单位", "Listing authority", func(l line) any { return l.Authority }),
		text("超期处置", "Lateness", func(l line) any { return pressWords(l.Pressed) }),
		text("备注", "Remark", func(l line) any { return l.Remark }),
	}
}

package casework

import (
	"context"
	"iter"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// ExportInput chooses the cases that go into a file.
type ExportInput struct {
	export.Query
	Filter
}

// ExportList returns the cases of a list as a file: those that the actor may
// see and may export, in the order of the list. The export is written into the
// audit log before the file is.
func (s *Service) ExportList(ctx context.Context, in ExportInput) (_ httpapi.File, err error) {
	defer fault.Wrap(&err, "casework.ExportList")
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		var w db.Where
		if err := s.narrow(ctx, tx.Dialect(), &w, in.Filter); err != nil {
			return err // a search for nothing is refused before the file begins
		}
		return s.Audit.Append(ctx, tx, "case.export", "cases", "", in.chosen()...)
	})
	if err != nil {
		return httpapi.File{}, err
	}
	columns := exportColumns()
	headers := make([]export.Column, len(columns))
	for i, c := range columns {
		headers[i] = c.Column
	}
	query := func(r db.Reader) iter.Seq2[exported, error] { return s.exported(ctx, r, in.Filter) }
	now := s.Now()
	return export.File(ctx, in.Format, export.Table{Name: i18n.T("诉求清单", "Cases"), Columns: headers,
		Rows: export.Rows(ctx, s.DB, query, func(x exported) []any {
			x.Overdue = x.overdue(now)
			cells := make([]any, len(columns))
			for i, c := range columns {
				cells[i] = c.cell(x)
			}
			return cells
		}),
	}), nil
}

// chosen tells the audit log what was chosen. Of what was searched for it says only
// that something was: people search for names.
func (in ExportInput) chosen() (pairs []any) {
	pairs = append(pairs, "format", string(in.Format), "box", in.Box)
	for _, x := range [][2]string{{"state", in.State}, {"category", in.Category}, {"channel", in.Channel}, {"urgency", in.Urgency}, {"mode", in.Mode},
		{"route", in.Route}, {"unit", in.Unit}, {"institution", in.Institution}, {"waits", in.Waits}} {
		if x[1] != "" {
			pairs = append(pairs, x[0], x[1])
		}
	}
	if in.Q != "" {
		pairs = append(pairs, "searched", true)
	}
	if !in.From.IsZero() {
		pairs = append(pairs, "from", in.From)
	}
	if !in.To.IsZero() {
		pairs = append(pairs, "to", in.To)
	}
	return pairs
}

// exported is a case on its way into a file.
type exported struct {
	Case
	LeadName, InstitutionName string
	Overdue                   bool `db:"-"`
}

// exported yields the cases of a list. Seen from two nodes, a case comes twice
// in a row; the second is dropped.
func (s *Service) exported(ctx context.Context, r db.Reader, f Filter) iter.Seq2[exported, error] {
	return func(yield func(exported, error) bool) {
		q, args, err := s.exportText(ctx, r.Dialect(), f)
		if err != nil {
			yield(exported{}, err)
			return
		}
		last := ""
		for x, err := range db.Each[exported](r, q, args...) {
			if err == nil && x.ID == last {
				continue
			}
			last = x.ID
			if !yield(x, err) || err != nil {
				return
			}
		}
	}
}

func (s *Service) exportText(ctx context.Context, d db.Dialect, f Filter) (string, []any, error) {
	var w db.Where
	f.sight(ctx, Export).narrow(&w)
	err := s.narrow(ctx, d, &w, f)
	order := ` order by n.received_at desc, n.case_id desc`
	if f.byDue() {
		order = ` order by n.next_at, n.case_id`
	}
	return `select ` + caseColumns + `, coalesce(l.name, '') as lead_name, coalesce(i.name, '') as institution_name
		from case_node n join case_file c on c.id = n.case_id left join unit l on l.id = c.lead_unit left join unit i on i.id = c.institution ` +
		w.String() + order, w.Args(), err
}

// exportColumn is a column of the file and what stands in it.
type exportColumn struct {
	export.Column
	cell func(exported) any
}

func exportColumns() []exportColumn {
	text := func(zh, en string, cell func(exported) any) exportColumn {
		return exportColumn{export.Column{Header: i18n.T(zh, en)}, cell}
	}
	moment := func(zh, en string, cell func(exported) any) exportColumn {
		return exportColumn{export.Column{Header: i18n.T(zh, en), Kind: export.Moment}, cell}
	}
	count := func(zh, en string, cell func(exported) any) exportColumn {
		return exportColumn{export.Column{Header: i18n.T(zh, en), Kind: export.Integer}, cell}
	}
	flag := func(zh, en string, cell func(exported) any) exportColumn {
		return exportColumn{export.Column{Header: i18n.T(zh, en), Kind: export.Flag}, cell}
	}
	machine := life()
	return []exportColumn{
		text("编号", "Number", func(x exported) any { return x.Number }),
		text("标题", "Title", func(x exported) any { return x.Title }),
		text("状态", "State", func(x exported) any { return machine.Text(x.State) }),
		text("类别", "Category", func(x exported) any { return demand.Name(x.Category) }),
		text("细类", "Item", func(x exported) any { return itemName(x.Item) }),
		text("类型", "Kind", func(x exported) any { return demand.NameOf(demand.Classes(), x.Class) }),
		text("来源", "Channel", func(x exported) any { return demand.NameOf(demand.Channels(), x.Channel) }),
		text("实名方式", "Name given", func(x exported) any { return demand.NameOf(demand.Modes(), x.Mode) }),
		text("紧急程度", "Urgency", func(x exported) any { return demand.NameOf(demand.Urgencies(), x.Urgency) }),
		text("被反映机构", "Institution concerned", func(x exported) any { return x.InstitutionName }),
		text("主办单位", "Leading unit", func(x exported) any { return x.LeadName }),
		moment("受理时间", "Received", func(x exported) any { return x.ReceivedAt }),
		moment("办结时限", "Due", func(x exported) any { return x.DueAt }),
		moment("首次联系", "First contact", func(x exported) any { return x.ContactedAt }),
		moment("办结时间", "Finished", func(x exported) any { return x.FinishedAt }),
		moment("归档时间", "Closed", func(x exported) any { return x.ClosedAt }),
		flag("超期", "Overdue", func(x exported) any { return x.Overdue }),
		text("办理结果", "Outcome", func(x exported) any { return demand.NameOf(demand.Outcomes(), x.Outcome) }),
		text("原因", "Cause", func(x exported) any { return demand.NameOf(demand.Causes(), x.Cause) }),
		text("答复", "Reply", func(x exported) any { return x.shownReply() }),
		count("退单次数", "Returns", func(x exported) any { return x.Returns }),
		count("重办次数", "Reworks", func(x exported) any { return x.Reworks }),
		flag("疑难挂账", "Hard case", func(x exported) any { return x.Hard }),
		text("督办", "Supervision", func(x exported) any { return supervisionName(x.Supervision) }),
	}
}

// shownReply is the reply as a file may carry it out of the house. A sealed one
// stands in the complete file of its case alone.
func (x exported) shownReply() any {
	if x.Sealed && x.Reply != "" {
		return i18n.T("（已密封，见卷宗）", "(sealed; see the file of the case)")
	}
	return x.Reply
}

func itemName(code string) i18n.Text {
	if code == "" {
		return i18n.Text{}
	}
	return demand.Name(code)
}

func supervisionName(level int) i18n.Text {
	if names := SupervisionLevels(); level > 0 && level <= len(names) {
		return names[level-1]
	}
	return i18n.Text{}
}

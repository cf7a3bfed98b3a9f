package rates

import (
	"context"
	"maps"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/i18n"
)

// Figures publishes how many cases there were and how they ended, as they are in
// the raw rates. Assessed rates, with their exclusions and weights, are those of a
// window (Table): they are no sums of rows.
func (s *Service) Figures() []figure.Figure {
	received := s.cases("received cases", "f.received_at")
	finished := s.cases("finished cases", "f.finished_at")
	closed := s.cases("closed cases", "f.closed_at")
	byReceipt, byFinish := i18n.T("按受理时间", "by when they were received"), i18n.T("按办结时间", "by when they were finished")
	byClosure := i18n.T("按结案时间", "by when they were closed")
	return []figure.Figure{
		cases("case.received", i18n.T("受理诉求", "Cases received"), byReceipt, received, ""),
		cases("case.named", i18n.T("实名诉求", "Cases with a name"), byReceipt, received, "x.real_name = 1"),
		cases("case.tip", i18n.T("受理举报", "Tip-offs received"), byReceipt, received, "x.class in ('complaint', 'tip')"),
		cases("case.finished", i18n.T("办结诉求", "Cases finished"), byFinish, finished, ""),
		cases("case.overdue", i18n.T("超期办结", "Finished late"), byFinish, finished, "x.overdue = 1"),
		cases("case.valid", i18n.T("有效回访", "Valid call-backs"), byReceipt, received, "x.valid = 1"),
		cases("case.contacted", i18n.T("已联系", "Contacted"), byReceipt, received, "x.valid = 1 and x.last_contacted = 1"),
		cases("case.solved", i18n.T("已解决", "Solved"), byReceipt, received, "x.valid = 1 and x.last_solved = 1"),
		cases("case.satisfied", i18n.T("满意", "Satisfied"), byReceipt, received, "x.valid = 1 and x.last_satisfied in ('satisfied', 'basic')"),
		cases("case.named_closed", i18n.T("实名诉求办结", "Cases with a name closed"), byClosure, closed, "x.real_name = 1"),
		cases("case.named_answered", i18n.T("实名反馈", "Told the result"), byClosure, closed, "x.real_name = 1 and x.feedback_at is not null"),
		share("case.named_answered_rate", i18n.T("实名反馈率", "Feedback to those with a name"), byClosure, "case.named_answered", "case.named_closed"),
		share("case.response_rate", i18n.T("响应率（原始）", "Response rate (raw)"), byReceipt, "case.contacted", "case.valid"),
		share("case.solve_rate", i18n.T("解决率（原始）", "Resolution rate (raw)"), byReceipt, "case.solved", "case.valid"),
		share("case.satisfaction_rate", i18n.T("满意率（原始）", "Satisfaction rate (raw)"), byReceipt, "case.satisfied", "case.valid"),
	}
}

// cases are the cases that are counted in public, by one of their times. Merged
// ones count under the case that they joined.
func (s *Service) cases(name, at string) *figure.Source {
	return &figure.Source{
		Name: name, See: Read, Link: "/cases/{record}",
		Rows: `select f.case_id as id, f.case_id as record, f.number as label, f.path, ` + at + ` as at, f.category, f.class, f.channel, f.institution,
			f.real_name, f.overdue, f.valid, f.last_contacted, f.last_solved, f.last_satisfied, f.feedback_at
			from rate_fact f where f.route = 'general' and f.merged_into = '' and ` + at + ` is not null
			and not exists (select 1 from rate_barred b where b.case_id = f.case_id)`,
		Dims: []figure.Dim{
			{Name: "category", Text: i18n.T("类别", "Category")}, {Name: "class", Text: i18n.T("诉求类型", "Kind")},
			{Name: "channel", Text: i18n.T("渠道", "Channel")}, {Name: "institution", Text: i18n.T("机构", "Institution")},
		},
		Visible: s.seen,
	}
}

// seen are those of some cases that the actor may see.
func (s *Service) seen(ctx context.Context, r db.Reader, ids []string) ([]string, error) {
	may, err := s.Cases.Visible(ctx, r, ids)
	return slices.Collect(maps.Keys(may)), err
}

func cases(name string, text, basis i18n.Text, of *figure.Source, where string) figure.Figure {
	return figure.Figure{Name: name, Text: text, Unit: i18n.T("件", "cases"), Basis: basis, Way: figure.Count, Source: of, Where: where}
}

func share(name string, text, basis i18n.Text, part, whole string) figure.Figure {
	return figure.Figure{Name: name, Text: text, Unit: i18n.T("%", "%"), Basis: basis, Way: figure.Share, Part: part, Whole: whole}
}

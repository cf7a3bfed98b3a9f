package campaign

import (
	"context"
	"iter"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// SelfLine is an institution of a round.
type SelfLine struct {
	Unit        string    `json:"unit"`
	Name        string    `json:"name"`
	Region      string    `json:"region"`
	Kind        string    `json:"kind"`
	State       SelfState `json:"state" enum:"due,done"`
	Begun       bool      `json:"begun" doc:"It kept a draft and sent nothing."`
	Number      string    `json:"number"`
	Revision    int       `json:"revision"`
	SubmittedAt time.Time `json:"submitted_at,omitzero"`
	ChangedAt   time.Time `json:"changed_at,omitzero"`
	Revoked     bool      `json:"revoked" doc:"Its link opens nothing."`
	Problems    int       `json:"problems"`
	Corrected   int       `json:"corrected"`

	key list.Key
}

// SelfFilter chooses institutions of a round.
type SelfFilter struct {
	ID     string `path:"id" maxLength:"64"`
	State  string `query:"state" enum:",due,begun,done,revoked" doc:"begun: kept a draft and sent nothing. revoked: its link opens nothing."`
	Region string `query:"region" maxLength:"12"`
	Kind   string `query:"kind" maxLength:"20"`
	Q      string `query:"q" maxLength:"100" doc:"Words of its name."`
}

// narrow adds what the filter chooses to the lines that the actor may see.
func (f SelfFilter) narrow(ctx context.Context, w *db.Where) {
	examining(ctx, w, f.ID)
	switch f.State {
	case "begun":
		w.And("state = 'due' and draft <> ''")
	case "revoked":
		w.And("revoked_at is not null")
	default:
		w.AndIf(f.State != "", "state = ?", f.State)
	}
	w.AndIf(f.Region != "", "region = ?", f.Region)
	w.AndIf(f.Kind != "", "kind = ?", f.Kind)
	w.AndContains(f.Q, "(select u.name from unit u where u.id = selfcheck.unit)")
}

// SelfListInput asks for a page of institutions of a round.
type SelfListInput struct {
	list.Query
	SelfFilter
}

// SelfList lists the institutions that the actor may see: who did, who did not.
func (s *Service) SelfList(ctx context.Context, in SelfListInput) (p list.Page[SelfLine], err error) {
	defer fault.Wrap(&err, "campaign.SelfList(%s)", in.ID)
	order := list.Up("asked_at", "id", func(l SelfLine) list.Key { return l.key })
	return pageOf(ctx, s.DB, in.ID, in.Query, order, in.narrow, selfRows)
}

func selfRows(r db.Reader, w *db.Where, limit int) ([]SelfLine, error) {
	lines, err := selfOldest(r, w, limit)
	if err != nil {
		return nil, err
	}
	of, err := selfCounts(r, lines)
	if err != nil {
		return nil, err
	}
	names, err := unitNames(r, lines)
	rows := make([]SelfLine, len(lines))
	for i, x := range lines {
		rows[i] = x.line(names[x.Unit], of[x.ID])
	}
	return rows, err
}

// line is what lists show of it.
func (c selfCheck) line(name string, n selfCount) SelfLine {
	return SelfLine{Unit: c.Unit, Name: name, Region: c.Region, Kind: c.Kind, State: c.State, Begun: c.Begun, Number: c.Number, Revision: c.Revision, SubmittedAt: c.SubmittedAt, ChangedAt: c.ChangedAt,
		Revoked: !c.RevokedAt.IsZero(), Problems: n.Problems, Corrected: n.Corrected, key: list.At(c.AskedAt, c.ID)}
}

// SelfExportInput chooses the institutions of a file.
type SelfExportInput struct {
	export.Query
	SelfFilter
}

// ExportSelf writes the institutions that the actor may see as a file. It is noted
// in the audit log. Fault: NotFound.
func (s *Service) ExportSelf(ctx context.Context, in SelfExportInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "campaign.ExportSelf(%s)", in.ID)
	if err := s.noteExport(ctx, in.ID, "selfcheck.export"); err != nil {
		return f, err
	}
	kinds := kindNames()
	table := export.Table{Name: i18n.T("自查自纠", "Self-examination"), Columns: []export.Column{
		{Header: i18n.T("机构", "Institution"), Width: 32}, {Header: i18n.T("类别", "Kind")}, {Header: i18n.T("地区", "Region")}, {Header: i18n.T("状态", "State")},
		{Header: i18n.T("已暂存", "Draft kept"), Kind: export.Flag}, {Header: i18n.T("链接停用", "Link revoked"), Kind: export.Flag}, {Header: i18n.T("编号", "Number"), Width: 24},
		{Header: i18n.T("提交次数", "Sent so often"), Kind: export.Integer}, {Header: i18n.T("首次提交", "First sent"), Kind: export.Moment}, {Header: i18n.T("最近提交", "Last sent"), Kind: export.Moment},
		{Header: i18n.T("发现问题", "Problems"), Kind: export.Integer}, {Header: i18n.T("已整改", "Put right"), Kind: export.Integer},
	}}
	query := func(r db.Reader) iter.Seq2[namedSelf, error] {
		var w db.Where
		in.narrow(ctx, &w)
		return namedSelves(r, &w)
	}
	table.Rows = export.Rows(ctx, s.DB, query, func(x namedSelf) []any {
		return []any{x.Name, kinds[x.Kind], x.Region, selfLife().Text(x.State), x.Begun, !x.RevokedAt.IsZero(), x.Number, x.Revision, x.SubmittedAt, x.ChangedAt, x.Problems, x.Corrected}
	})
	return export.File(ctx, in.Format, table), nil
}

// noteExport notes in the audit log that a list of a campaign is taken away, by who
// may see the campaign.
func (s *Service) noteExport(ctx context.Context, id, what string) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := seen(ctx, tx.Reader, id); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, what, id, "")
	})
}

// kindNames are what kinds of institution are called.
func kindNames() map[string]i18n.Text {
	names := map[string]i18n.Text{}
	for _, k := range org.InstitutionKinds() {
		names[k.Code] = k.Name
	}
	return names
}

package form

import (
	"context"
	"iter"
	"slices"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

// ListAnswers asks for answers to a form.
type ListAnswers struct {
	One
	list.Query
	Version int  `query:"version" minimum:"0" maximum:"1000000" doc:"Only those to this version."`
	All     bool `query:"all" doc:"Those that were corrected too."`
}

// ListAnswers lists what was answered in the caller's own scope, the latest first.
// Fault: NotFound.
func (s *Service) ListAnswers(ctx context.Context, in ListAnswers) (page list.Page[Answer], err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if _, err := ByID(r, in.ID); err != nil {
			return err
		}
		order := list.Down("a.given_at", "a.id", func(a Answer) list.Key { return list.At(a.GivenAt, a.ID) })
		page, err = list.Read(ctx, r, in.Query, order, s.within(in), func(r db.Reader, w *db.Where, n int) ([]Answer, error) {
			return find(r, w, ` order by a.given_at desc, a.id desc `+w.Bind("limit ?", n))
		})
		return err
	})
	return page, err
}

func (s *Service) within(in ListAnswers) func(context.Context, db.Reader, *db.Where) error {
	return func(ctx context.Context, _ db.Reader, w *db.Where) error {
		w.And("a.form_id = ?", in.ID)
		w.AndIf(in.Version != 0, "v.n = ?", in.Version)
		w.AndIf(!in.All, "a.replaced_by = ''")
		w.AndBelow("a.path", authz.From(ctx).Paths(s.ReadAnswers)...)
		return nil
	}
}

// ExportAnswers asks for a file of answers.
type ExportAnswers struct {
	ListAnswers
	export.Query
}

// Export writes what was answered in the caller's own scope to a file. Fault:
// NotFound.
func (s *Service) Export(ctx context.Context, in ExportAnswers) (out httpapi.File, err error) {
	var sheet Sheet
	var f Record
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if f, err = ByID(r, in.ID); err != nil {
			return err
		}
		sheet, err = SheetOf(r, in.ID)
		return err
	})
	if err != nil {
		return out, err
	}
	narrow := s.within(in.ListAnswers)
	rows := func(yield func([]any, error) bool) {
		wanted := true
		err := s.DB.Read(ctx, func(r db.Reader) error {
			var w db.Where
			if err := narrow(ctx, r, &w); err != nil {
				return err
			}
			for a, err := range answers(r, &w) {
				if err != nil {
					return err
				}
				names, err := s.Names(r, sheet.References(a))
				if err != nil {
					return err
				}
				if wanted = yield(append(head(a, names), sheet.Cells(a, names)...), nil); !wanted {
					return nil
				}
			}
			return nil
		})
		if err != nil && wanted {
			yield(nil, err)
		}
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Audit.Append(ctx, tx, "form.export", in.ID, "", "format", in.Format) })
	return export.File(ctx, in.Format, export.Table{Name: f.Name(), Columns: slices.Concat(heading(), sheet.Columns()), Rows: iter.Seq2[[]any, error](rows)}), err
}

// heading are the columns before those of the form.
func heading() []export.Column {
	return []export.Column{
		{Header: i18n.T("所属记录", "Record")}, {Header: i18n.T("版本", "Version"), Kind: export.Integer}, {Header: i18n.T("填写人", "Given by")},
		{Header: i18n.T("填写时间", "Filled in"), Kind: export.Moment},
	}
}

func head(a Answer, names map[string]string) []any {
	by := names[a.GivenBy]
	if by == "" {
		by = a.GivenBy
	}
	return []any{a.Subject, a.Version, by, a.FilledAt}
}

// Sheet lays answers to all versions of a form beside each other: a column for
// each field of the version in force, then those of earlier versions.
type Sheet struct{ fields []*Field }

// SheetOf returns the sheet of a form.
func SheetOf(r db.Reader, formID string) (Sheet, error) {
	past, err := pastFields(r, formID)
	return Sheet{past}, err
}

// Columns are the columns of the sheet.
func (s Sheet) Columns() []export.Column {
	out := make([]export.Column, len(s.fields))
	for i, f := range s.fields {
		out[i] = export.Column{Header: f.header(), Kind: f.column()}
	}
	return out
}

func (f *Field) header() i18n.Text {
	if f.Unit.Zero() {
		return f.Label
	}
	return i18n.T(f.Label.ZH+"（"+f.Unit.ZH+"）", f.Label.EN+" ("+f.Unit.EN+")")
}

func (f *Field) column() export.Kind {
	switch {
	case f.Kind == Date:
		return export.Day
	case f.worth() == Money:
		return export.Money
	case f.counts():
		return export.Number
	}
	return export.Text
}

// References are the people, units and places whose names Cells needs.
func (s Sheet) References(a Answer) []string {
	ids := []string{a.GivenBy}
	for _, f := range s.fields {
		var one value
		if f.refers() && a.Values[f.ID] != nil {
			f.say(&one, a.Values[f.ID])
			if id, ok := one.Ref.(string); ok {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// Cells are the cells of an answer.
func (s Sheet) Cells(a Answer, names map[string]string) []any {
	out := make([]any, len(s.fields))
	for i, f := range s.fields {
		if v, there := a.Values[f.ID]; there {
			out[i] = f.cell(v, names)
		}
	}
	return out
}

func (f *Field) cell(v any, names map[string]string) any {
	var one value
	f.say(&one, v)
	switch f.Kind {
	case Number, Money, Computed:
		if f.worth() == Money {
			return f.Count(v)
		}
		return Decimal(f.Count(v)).Float()
	case Date:
		return one.At
	case Text:
		return v
	case Choice:
		return f.chosen(v)
	case File:
		files, _ := v.([]any)
		return i18n.T("%d 个文件", "%d files").With(len(files))
	case Signature:
		if one.Text == nil {
			return i18n.T("已签名", "signed")
		}
		return one.Text
	case Person, Institution, Place:
		if id, ok := one.Ref.(string); ok {
			if names[id] == "" {
				return id
			}
			return names[id]
		}
	}
	return one.Text
}

// chosen is what was chosen, in the words of the form.
func (f *Field) chosen(v any) i18n.Text {
	codes, many := v.([]any)
	if !many {
		codes = []any{v}
	}
	var zh, en []string
	for _, c := range codes {
		code, _ := c.(string)
		said := f.LabelOf(code)
		zh, en = append(zh, said.ZH), append(en, said.EN)
	}
	return i18n.T(strings.Join(zh, "、"), strings.Join(en, ", "))
}

package intake

import (
	"context"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/sheet"
	"qingfeng/internal/org"
)

// mostOrders is how many orders one file holds at most: they become cases in
// one transaction, which nobody should have to wait for.
const mostOrders = 2000

// order is an order of the hotline that was found in order.
type order struct {
	sub   Submission
	from  Origin
	where whereabouts
}

// ImportHotline checks a table of 12345 orders row by row and, when asked, makes
// each a case with its 12345 number. Faults: those of bulk.Table.Take.
func (s *Service) ImportHotline(ctx context.Context, in bulk.Upload) (bulk.Report, error) {
	return bulk.Table[*orderRows]{
		Sheets: s.Sheets, Kind: "hotline", Columns: hotlineColumns(), Most: mostOrders,
		Begin: func(ctx context.Context, r db.Reader, rows []sheet.Row) (*orderRows, error) {
			known, err := s.hotlineKnows(ctx, r, rows)
			return &orderRows{s: s, known: known}, err
		},
		Ready: s.readyOrders,
		Note: func(ctx context.Context, tx *db.Tx, done bulk.Report) error {
			return s.noteImport(ctx, tx, in.Name, done.Total, done.Imported)
		},
	}.Take(ctx, s.DB, in)
}

// orderRows are the orders of a file.
type orderRows struct {
	s       *Service
	known   hotlineKnown
	orders  []order
	reports []Report // of the orders, once they are ready
}

// Add implements bulk.Batch.
func (b *orderRows) Add(line *bulk.Line) {
	l := &orderLine{Line: line, known: b.known, now: b.s.now()}
	if o := l.order(); !l.Bad() {
		b.orders = append(b.orders, o)
	}
}

// End implements bulk.Batch: everything was read before the first row.
func (*orderRows) End(db.Reader) error { return nil }

// Store implements bulk.Batch.
func (b *orderRows) Store(ctx context.Context, tx *db.Tx) error {
	for i, o := range b.orders {
		receipt, _ := b.s.receiptFor(o.sub)
		if _, err := b.s.store(ctx, tx, b.reports[i], o.sub, o.from, receipt); err != nil {
			return err
		}
	}
	return nil
}

// readyOrders makes the cases of orders, with their numbers.
func (s *Service) readyOrders(ctx context.Context, b *orderRows) (err error) {
	b.reports = make([]Report, len(b.orders))
	for i, o := range b.orders {
		b.reports[i] = s.reportOf(ctx, o.sub, o.from, o.where)
		if b.reports[i].Number, err = s.number(ctx, b.reports[i]); err != nil {
			return err
		}
	}
	return nil
}

// noteImport puts a file on the list of imports and into the log.
func (s *Service) noteImport(ctx context.Context, tx *db.Tx, name string, total, imported int) error {
	who := authz.From(ctx)
	f := HotlineFile{ID: db.NewID(), Name: name, Total: total, Imported: imported, ByStaff: who.ID, Path: who.Path, At: s.now()}
	if err := insertHotlineFile(tx, f); err != nil {
		return err
	}
	return s.Audit.Append(ctx, tx, "intake.import", f.ID, "", "rows", total, "imported", imported)
}

// HotlineTemplate is a table of 12345 orders to fill in.
func (s *Service) HotlineTemplate(ctx context.Context, _ struct{}) (httpapi.File, error) {
	return export.File(ctx, export.AsXLSX, sheet.Template(i18n.T("12345工单", "12345 orders"), hotlineColumns(), hotlineExamples()...)), nil
}

// HotlineFile is a file of orders that was imported.
type HotlineFile struct {
	ID       string    `json:"id"`
	Name     string    `json:"name" doc:"Of the file."`
	Total    int       `json:"total" doc:"Orders in the file."`
	Imported int       `json:"imported" doc:"Those that became cases; the rest was refused."`
	ByStaff  string    `json:"by_staff"`
	ByName   string    `json:"by_name" db:"-"`
	Path     string    `json:"-"` // of the unit of who imported it
	At       time.Time `json:"at"`
}

// ListHotlineInput asks for a page of imports.
type ListHotlineInput struct{ list.Query }

// ListHotline lists the files that were imported within the actor's scope, the
// latest first.
func (s *Service) ListHotline(ctx context.Context, in ListHotlineInput) (page list.Page[HotlineFile], err error) {
	defer fault.Wrap(&err, "intake.ListHotline")
	newest := list.Down("at", "id", func(f HotlineFile) list.Key { return list.At(f.At, f.ID) })
	narrow := func(ctx context.Context, _ db.Reader, w *db.Where) error {
		org.Within(w, "path", authz.From(ctx).Paths(Import))
		return nil
	}
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		if page, err = list.Read(ctx, r, in.Query, newest, narrow, hotlineFiles); err != nil {
			return err
		}
		return nameStaff(r, page.Items)
	})
	return page, err
}

func nameStaff(r db.Reader, files []HotlineFile) error {
	ids := make([]string, len(files))
	for i, f := range files {
		ids[i] = f.ByStaff
	}
	names, err := org.StaffNames(r, ids)
	for i := range files {
		files[i].ByName = names[files[i].ByStaff]
	}
	return err
}

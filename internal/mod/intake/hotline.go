package intake

import (
	"bytes"
	"context"
	"errors"
	"time"

	"qingfeng/internal/kit/authz"
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

// ImportHotline checks a table of 12345 orders row by row and, when asked,
// makes each a case with its 12345 number: all or nothing, unless only the good
// rows are asked for. What is wrong with rows is in the report, not a fault.
// Faults: Invalid when the file cannot be read, TooLarge for more than 2,000
// orders, Conflict when somebody is importing the same.
func (s *Service) ImportHotline(ctx context.Context, in org.Upload) (report org.Report, err error) {
	defer fault.Wrap(&err, "intake.ImportHotline")
	file, err := sheet.Read(bytes.NewReader(in.RawBody), in.Name, hotlineColumns())
	if err != nil {
		return report, err
	}
	if len(file.Rows) > mostOrders {
		return report, fault.New(fault.TooLarge, i18n.T("一个文件最多 %d 条工单", "at most %d orders in one file"), mostOrders).
			WithFix(i18n.T("请拆成几个文件分别导入", "please split it and import the parts one by one"))
	}
	orders, err := s.examine(ctx, file)
	if err != nil {
		return report, err
	}
	report = org.Report{Report: file.Report(), Kind: "hotline"}
	if !in.Commit || report.Good == 0 || report.Good < report.Total && !in.OnlyValid {
		return report, nil
	}
	if err := s.takeOrders(ctx, orders, in.Name, report.Total); err != nil {
		return report, err
	}
	report.Imported = len(orders)
	return report, nil
}

// examine checks the rows whose cells could be read, and returns the orders
// that are in order.
func (s *Service) examine(ctx context.Context, file *sheet.Sheet) (orders []order, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		known, err := s.hotlineKnows(ctx, r, file.Rows)
		if err != nil {
			return err
		}
		for _, row := range file.Accept(true) {
			l := &orderLine{Row: row, file: file, known: known, now: s.now()}
			if o := l.order(); !l.bad {
				orders = append(orders, o)
			}
		}
		return nil
	})
	return orders, err
}

// takeOrders makes orders cases, in one transaction.
func (s *Service) takeOrders(ctx context.Context, orders []order, name string, total int) error {
	reports := make([]Report, len(orders))
	for i, o := range orders {
		reports[i] = s.reportOf(ctx, o.sub, o.from, o.where)
		var err error
		if reports[i].Number, err = s.number(ctx, reports[i]); err != nil {
			return err
		}
	}
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		for i, o := range orders {
			receipt, _ := s.receiptFor(o.sub)
			if _, err := s.store(ctx, tx, reports[i], o.sub, o.from, receipt); err != nil {
				return err
			}
		}
		return s.noteImport(ctx, tx, name, total, len(orders))
	})
	if errors.Is(err, db.ErrTaken) {
		return fault.New(fault.Conflict, i18n.T("同时有人导入了相同的工单，本次没有导入", "somebody has just imported the same orders; nothing was imported")).
			WithFix(i18n.T("请重新检查文件", "check the file again"))
	}
	return err
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

package bulk

import (
	"bytes"
	"context"
	"errors"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

// Upload is a file to be imported.
type Upload struct {
	Name      string `query:"name" required:"true" minLength:"1" maxLength:"200" doc:"Name of the file; ends in .xlsx or .csv."`
	Commit    bool   `query:"commit" doc:"Import it. Without this the file is only checked."`
	OnlyValid bool   `query:"only_valid" doc:"With commit: import the rows that are in order although others are not. Without it a file with one bad row imports nothing."`
	RawBody   []byte `contentType:"application/octet-stream"`
}

// Report says how a file was taken and what was imported of it.
type Report struct {
	sheet.Report
	Kind     string `json:"kind"`
	Imported int    `json:"imported"`
	// Preview is there where a file was only checked and its Batch can tell.
	Preview *Preview `json:"preview,omitempty"`
}

// Table is one kind of file.
type Table[B Batch] struct {
	Sheets  *sheet.Reader
	Kind    string // as the report calls it
	Columns []sheet.Column
	Most    int // rows of one file; 0: as many as sheet reads
	// Begin reads what the rows are checked against.
	Begin func(ctx context.Context, r db.Reader, rows []sheet.Row) (B, error)
	// Ready fetches what storing needs and its transaction cannot give; nil: nothing.
	Ready func(ctx context.Context, b B) error
	// Note writes down that a file was imported.
	Note func(ctx context.Context, tx *db.Tx, done Report) error
}

// Batch checks the rows of one file against what is stored and against each
// other, and keeps those that are in order.
type Batch interface {
	// Add checks a row, and keeps it unless there is a complaint.
	Add(l *Line)
	// End checks what only all rows together tell, and returns what the database
	// failed with.
	End(r db.Reader) error
	// Store stores what was kept.
	Store(ctx context.Context, tx *db.Tx) error
}

// Take checks a file and, when asked, imports it. Faults: Invalid when it cannot
// be read, TooLarge, Conflict when somebody has just entered the same.
func (t Table[B]) Take(ctx context.Context, d *db.DB, in Upload) (report Report, err error) {
	defer fault.Wrap(&err, "bulk.Take(%s)", t.Kind)
	file, err := t.open(ctx, in)
	switch {
	case err != nil:
		return report, err
	case !in.Commit:
		b, report, err := t.look(ctx, d, file)
		if err == nil {
			report.Preview = preview(b)
		}
		return report, err
	case t.Ready != nil:
		report, err = t.takeReady(ctx, d, in, file)
	default:
		report, err = t.takeAtOnce(ctx, d, in, file)
	}
	if errors.Is(err, db.ErrTaken) {
		return Report{}, fault.New(fault.Conflict, i18n.T("同时有人登记了相同的内容，本次没有导入", "somebody has just entered the same; nothing was imported")).
			WithFix(i18n.T("请重新检查文件", "check the file again"))
	}
	return report, err
}

func (t Table[B]) open(ctx context.Context, in Upload) (*sheet.Sheet, error) {
	file, err := t.Sheets.Read(ctx, bytes.NewReader(in.RawBody), in.Name, t.Columns)
	if err == nil && t.Most > 0 && len(file.Rows) > t.Most {
		return nil, fault.New(fault.TooLarge, i18n.T("一个文件最多 %d 行", "at most %d rows in one file"), t.Most).
			WithFix(i18n.T("请拆成几个文件分别导入", "please split it and import the parts one by one"))
	}
	return file, err
}

// look checks a file and stores nothing.
func (t Table[B]) look(ctx context.Context, d *db.DB, file *sheet.Sheet) (b B, report Report, err error) {
	err = d.Read(ctx, func(r db.Reader) error {
		b, report, err = t.examine(ctx, r, file)
		return err
	})
	return b, report, err
}

// examine checks the rows, those too of which a cell could not be read.
func (t Table[B]) examine(ctx context.Context, r db.Reader, file *sheet.Sheet) (b B, report Report, err error) {
	if b, err = t.Begin(ctx, r, file.Rows); err != nil {
		return b, report, err
	}
	for _, row := range file.Rows {
		unread := file.Refused(row)
		b.Add(&Line{Row: row, file: file, unread: unread, bad: len(unread) > 0})
	}
	err = b.End(r)
	return b, Report{Report: file.Report(), Kind: t.Kind}, err
}

// takes reports whether a checked file is imported.
func (in Upload) takes(r Report) bool { return r.Good > 0 && (r.Good == r.Total || in.OnlyValid) }

// takeReady checks a file, makes ready what it needs, and stores it.
func (t Table[B]) takeReady(ctx context.Context, d *db.DB, in Upload, file *sheet.Sheet) (Report, error) {
	b, report, err := t.look(ctx, d, file)
	if err != nil || !in.takes(report) {
		return report, err
	}
	if err := t.Ready(ctx, b); err != nil {
		return report, err
	}
	report.Imported = report.Good
	return report, d.InTx(ctx, func(tx *db.Tx) error { return t.store(ctx, tx, b, report) })
}

// takeAtOnce checks a file and stores it in one transaction.
func (t Table[B]) takeAtOnce(ctx context.Context, d *db.DB, in Upload, file *sheet.Sheet) (report Report, err error) {
	err = d.InTx(ctx, func(tx *db.Tx) (err error) {
		if file == nil { // the transaction runs again, and the file holds the complaints of the first time
			if file, err = t.open(ctx, in); err != nil {
				return err
			}
		}
		b, found, err := t.examine(ctx, tx.Reader, file)
		report, file = found, nil
		if err != nil || !in.takes(report) {
			return err
		}
		report.Imported = report.Good
		return t.store(ctx, tx, b, report)
	})
	return report, err
}

func (t Table[B]) store(ctx context.Context, tx *db.Tx, b B, done Report) error {
	if err := b.Store(ctx, tx); err != nil {
		return err
	}
	return t.Note(ctx, tx, done)
}

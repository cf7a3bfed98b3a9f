package org

import (
	"bytes"
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

// importer brings in one kind of thing from a table.
type importer struct {
	kind     string // the last part of the path
	name     i18n.Text
	needs    authz.Permission
	columns  []sheet.Column
	examples [2][]string // rows of the template, in the order of columns
	begin    func(ctx context.Context, s *Service, r db.Reader) (batch, error)
}

// batch checks the rows of one file against what is stored and against each
// other, and keeps those that are in order.
type batch interface {
	// add checks a row, and keeps it unless there is a complaint.
	add(l *line)
	// failure is what the database failed with while rows were checked.
	failure() error
	// store stores what was kept.
	store(tx *db.Tx) error
}

// line is a row of a file that is being checked.
type line struct {
	sheet.Row
	file *sheet.Sheet
	bad  bool
}

func (l *line) refuse(column string, text i18n.Text, args ...any) {
	l.bad = true
	l.file.Refuse(l.Row, column, text, args...)
}

// refuseIf takes over the complaints of a fault, where err is one: each about
// the column that it names, or all about one column when that is given.
func (l *line) refuseIf(err error, column string) {
	l.bad = l.file.RefuseFault(l.Row, err, column) || l.bad
}

// importers lists what can be imported.
func importers() []importer {
	return []importer{institutionImport(), departmentImport(), placeImport(), staffImport()}
}

func importKinds() []Entry {
	var kinds []Entry
	for _, i := range importers() {
		kinds = append(kinds, Entry{Code: i.kind, Name: i.name})
	}
	return kinds
}

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
}

func (s *Service) importEndpoints() []httpapi.Endpoint {
	var es []httpapi.Endpoint
	for _, i := range importers() {
		es = append(es,
			httpapi.Do("POST /org/imports/"+i.kind, "Check or import "+i.name.EN+" from a table", i.needs, func(ctx context.Context, in Upload) (Report, error) {
				return s.Import(ctx, i.kind, in)
			}, httpapi.MaxBody(sheet.MaxFile+1)),
			httpapi.Download("GET /org/imports/"+i.kind+"/template", "Table to fill in for "+i.name.EN, i.needs, func(ctx context.Context, _ struct{}) (httpapi.File, error) {
				return i.template(ctx), nil
			}))
	}
	return es
}

// Import checks a table of institutions, departments, places or staff row by
// row and, when asked, imports it: all of it or nothing, unless only the good
// rows are asked for. What is wrong with rows is in the report, not a fault.
// Faults: NotFound for an unknown kind, Invalid when the file cannot be read.
func (s *Service) Import(ctx context.Context, kind string, in Upload) (_ Report, err error) {
	defer fault.Wrap(&err, "org.Import(%s)", kind)
	for _, i := range importers() {
		if i.kind == kind {
			return s.runImport(ctx, i, in)
		}
	}
	return Report{}, fault.Missing(i18n.T("这种导入", "this kind of import"))
}

func (s *Service) runImport(ctx context.Context, i importer, in Upload) (Report, error) {
	file, err := i.open(in)
	if err != nil {
		return Report{}, err
	}
	if !in.Commit {
		return read(ctx, s.DB, func(r db.Reader) (Report, error) {
			_, report, err := s.examine(ctx, r, i, file)
			return report, err
		})
	}
	taken := i18n.T("同时有人登记了相同的内容，请重新检查文件", "somebody has just entered the same; check the file again")
	return write(ctx, s.DB, taken, func(tx *db.Tx) (Report, error) {
		if file == nil { // the transaction runs again, and the file holds the complaints of the first time
			if file, err = i.open(in); err != nil {
				return Report{}, err
			}
		}
		b, report, err := s.examine(ctx, tx.Reader, i, file)
		file = nil
		if err != nil || report.Good == 0 || report.Good < report.Total && !in.OnlyValid {
			return report, err
		}
		report.Imported = report.Good
		return report, fault.First(
			func() error { return b.store(tx) },
			func() error {
				return s.Audit.Append(ctx, tx, "org.import", i.kind, "", "rows", report.Total, "imported", report.Imported)
			},
		)
	})
}

func (i importer) open(in Upload) (*sheet.Sheet, error) {
	return sheet.Read(bytes.NewReader(in.RawBody), in.Name, i.columns)
}

// examine checks the rows whose cells could be read, and keeps those that are
// in order.
func (s *Service) examine(ctx context.Context, r db.Reader, i importer, file *sheet.Sheet) (batch, Report, error) {
	b, err := i.begin(ctx, s, r)
	if err != nil {
		return nil, Report{}, err
	}
	for _, row := range file.Accept(true) {
		b.add(&line{Row: row, file: file})
	}
	return b, Report{Report: file.Report(), Kind: i.kind}, b.failure()
}

// template is a table with the headers and two rows as examples.
func (i importer) template(ctx context.Context) httpapi.File {
	return export.File(ctx, export.AsXLSX, sheet.Template(i.name, i.columns, i.examples[:]...))
}

// seen finds what stands in a file twice.
type seen map[key]int

// refuseTwin complains when an earlier row said the same.
func (l *line) refuseTwin(s seen, column string, said key) {
	before, twice := s[said]
	if twice {
		l.refuse(column, i18n.T("与第 %d 行重复", "the same as row %d"), before)
		return
	}
	s[said] = l.Number
}

package org

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

// importer brings in one kind of thing from a table.
type importer struct {
	kind     string // the last part of the path
	name     i18n.Text
	needs    authz.Permission
	columns  []column
	examples [2][]string // rows of the template, in the order of columns
	begin    func(ctx context.Context, s *Service, r db.Reader) (batch, error)
}

// column is a column of an import.
type column struct {
	key      string
	header   i18n.Text
	required bool
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

// line is a row of the file.
type line struct {
	number     int // as the spreadsheet counts
	values     map[string]string
	complaints []fault.Detail
}

// get returns the text of a cell without blanks around it.
func (l *line) get(column string) string { return strings.TrimSpace(l.values[column]) }

func (l *line) refuse(column string, text i18n.Text, args ...any) {
	l.complaints = append(l.complaints, fault.Detail{Field: column, Text: text.With(args...)})
}

// refuseIf takes over the complaints of a fault, where err is one; the field
// that it names is the column, unless another is given.
func (l *line) refuseIf(err error, column string) {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return
	}
	for _, d := range append([]fault.Detail{{Field: e.Field, Text: e.Text}}, e.Fields...) {
		if column != "" {
			d.Field = column
		}
		l.complaints = append(l.complaints, d)
	}
}

func (l *line) good() bool { return len(l.complaints) == 0 }

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

// maxImport is the largest file that an import takes, in bytes.
const maxImport = 10 << 20

// Upload is a file to be imported.
type Upload struct {
	Name      string `query:"name" required:"true" minLength:"1" maxLength:"200" doc:"Name of the file; ends in .xlsx or .csv."`
	Commit    bool   `query:"commit" doc:"Import it. Without this the file is only checked."`
	OnlyValid bool   `query:"only_valid" doc:"With commit: import the rows that are in order although others are not. Without it a file with one bad row imports nothing."`
	RawBody   []byte `contentType:"application/octet-stream"`
}

// Report says what is wrong with a file and what was imported.
type Report struct {
	Kind       string      `json:"kind"`
	Rows       int         `json:"rows" doc:"Rows of the file without the header and without empty ones."`
	Good       int         `json:"good" doc:"Rows that are in order."`
	Refused    int         `json:"refused" doc:"Rows that are not."`
	Imported   int         `json:"imported"`
	Complaints []Complaint `json:"complaints" doc:"The first 1,000, in order of row."`
}

// Complaint is one thing that is wrong with a row.
type Complaint struct {
	Row    int    `json:"row" doc:"As the spreadsheet counts; the header is row 1."`
	Column string `json:"column" doc:"Header of the column; empty when the whole row is meant."`
	Text   string `json:"text"`
}

const mostComplaints = 1000

func (s *Service) importEndpoints() []httpapi.Endpoint {
	var es []httpapi.Endpoint
	for _, i := range importers() {
		es = append(es,
			httpapi.Do("POST /org/imports/"+i.kind, "Check or import "+i.name.EN+" from a table", i.needs, func(ctx context.Context, in Upload) (Report, error) {
				return s.Import(ctx, i.kind, in)
			}, httpapi.MaxBody(maxImport)),
			httpapi.Download("GET /org/imports/"+i.kind+"/template", "Table to fill in for "+i.name.EN, i.needs, func(ctx context.Context, _ struct{}) (httpapi.File, error) {
				return i.template(ctx)
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
	return write(ctx, s.DB, i18n.T("同时有人登记了相同的内容，请重新检查文件", "somebody has just entered the same; check the file again"), func(tx *db.Tx) (Report, error) {
		b, report, err := s.examine(ctx, tx.Reader, i, file)
		if err != nil || report.Good == 0 || report.Refused > 0 && !in.OnlyValid {
			return report, err
		}
		if err := b.store(tx); err != nil {
			return report, fmt.Errorf("store: %w", err)
		}
		report.Imported = report.Good
		return report, s.Audit.Append(ctx, tx, "org.import", i.kind, "", "rows", report.Rows, "imported", report.Imported)
	})
}

// examine checks every row of a file. Lines are copied: a transaction may run
// more than once.
func (s *Service) examine(ctx context.Context, r db.Reader, i importer, file []line) (batch, Report, error) {
	report := Report{Kind: i.kind, Rows: len(file), Complaints: []Complaint{}}
	b, err := i.begin(ctx, s, r)
	if err != nil {
		return nil, report, err
	}
	for _, l := range file {
		l.complaints = append([]fault.Detail(nil), l.complaints...)
		b.add(&l)
		if l.good() {
			report.Good++
			continue
		}
		report.Refused++
		report.complain(ctx, i, l)
	}
	return b, report, b.failure()
}

func (r *Report) complain(ctx context.Context, i importer, l line) {
	for _, d := range l.complaints {
		if len(r.Complaints) == mostComplaints {
			return
		}
		r.Complaints = append(r.Complaints, Complaint{Row: l.number, Column: i.header(d.Field).Here(ctx), Text: d.Text.Here(ctx)})
	}
}

func (i importer) header(key string) i18n.Text {
	for _, c := range i.columns {
		if c.key == key {
			return c.header
		}
	}
	return i18n.Text{}
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
	s[said] = l.number
}

package org

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/bulk"
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
	begin    func(ctx context.Context, s *Service, r db.Reader) (bulk.Batch, error)
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

func (s *Service) importEndpoints() []httpapi.Endpoint {
	var es []httpapi.Endpoint
	for _, i := range importers() {
		es = append(es,
			httpapi.Do("POST /org/imports/"+i.kind, "Check or import "+i.name.EN+" from a table", i.needs, func(ctx context.Context, in bulk.Upload) (bulk.Report, error) {
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
func (s *Service) Import(ctx context.Context, kind string, in bulk.Upload) (_ bulk.Report, err error) {
	defer fault.Wrap(&err, "org.Import(%s)", kind)
	for _, i := range importers() {
		if i.kind == kind {
			return s.tableOf(i).Take(ctx, s.DB, in)
		}
	}
	return bulk.Report{}, fault.Missing(i18n.T("这种导入", "this kind of import"))
}

func (s *Service) tableOf(i importer) bulk.Table[bulk.Batch] {
	return bulk.Table[bulk.Batch]{
		Sheets: s.Sheets, Kind: i.kind, Columns: i.columns,
		Begin: func(ctx context.Context, r db.Reader, _ []sheet.Row) (bulk.Batch, error) { return i.begin(ctx, s, r) },
		Note: func(ctx context.Context, tx *db.Tx, done bulk.Report) error {
			return s.Audit.Append(ctx, tx, "org.import", i.kind, "", "rows", done.Total, "imported", done.Imported)
		},
	}
}

// template is a table with the headers and two rows as examples.
func (i importer) template(ctx context.Context) httpapi.File {
	return export.File(ctx, export.AsXLSX, sheet.Template(i.name, i.columns, i.examples[:]...))
}

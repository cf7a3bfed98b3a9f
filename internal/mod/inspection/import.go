package inspection

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
	"qingfeng/internal/kit/sheet"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

func targetSheet() []sheet.Column {
	return []sheet.Column{
		{Name: "name", Header: i18n.T("名称", "Name"), Synonyms: []string{"检查对象", "单位名称", "机构名称"}, Required: true},
		{Name: "district", Header: i18n.T("行政区划", "Region"), Synonyms: []string{"区划代码", "行政区划代码"}, Required: true},
		{Name: "kind", Header: i18n.T("类别", "Kind"), Synonyms: []string{"对象类别", "机构类别"}, Required: true},
		{Name: "credit", Header: i18n.T("抽查信用等级", "Inspection class"), Synonyms: []string{"信用等级", "Credit class", "信用分级", "等级"}},
		{Name: "licence", Header: i18n.T("许可证号", "Licence"), Synonyms: []string{"执业许可证号"}},
	}
}

func officerSheet() []sheet.Column {
	return []sheet.Column{
		{Name: "name", Header: i18n.T("姓名", "Name"), Required: true},
		{Name: "agency", Header: i18n.T("单位", "Agency"), Synonyms: []string{"所在单位", "执法机构"}, Required: true},
		{Name: "district", Header: i18n.T("行政区划", "Region"), Synonyms: []string{"区划代码", "行政区划代码"}, Required: true},
		{Name: "cert_no", Header: i18n.T("执法证号", "Certificate"), Synonyms: []string{"证号", "执法证件号"}, Required: true, Unique: true},
		{Name: "cert_until", Header: i18n.T("有效期至", "Valid until"), Synonyms: []string{"证件有效期", "有效期"}, Kind: sheet.Day},
	}
}

// TargetTemplate is a table of targets to fill in.
func (s *Service) TargetTemplate(ctx context.Context, _ struct{}) (httpapi.File, error) {
	return export.File(ctx, export.AsXLSX, sheet.Template(i18n.T("检查对象", "targets"), targetSheet(), []string{"示例供水有限公司", "110105", "供水单位", "B", "京卫水字2026第001号"})), nil
}

// OfficerTemplate is a table of inspectors to fill in.
func (s *Service) OfficerTemplate(ctx context.Context, _ struct{}) (httpapi.File, error) {
	return export.File(ctx, export.AsXLSX, sheet.Template(i18n.T("检查人员", "inspectors"), officerSheet(), []string{"张三", "示例区卫生监督所", "110105", "A11010500001", "2028-12-31"})), nil
}

// ImportTargets checks a table of targets that are in no register and, when asked,
// imports it. Faults: those of bulk.Table.Take.
func (s *Service) ImportTargets(ctx context.Context, in bulk.Upload) (bulk.Report, error) {
	return importInto(ctx, s, "targets", targetSheet(), in, func(ctx context.Context, r db.Reader) (*targetRows, error) {
		k, err := knownTo(ctx, r, `select district || ' ' || name from inspection_target`)
		return &targetRows{known: k, now: s.now()}, err
	})
}

// ImportOfficers is ImportTargets for inspectors.
func (s *Service) ImportOfficers(ctx context.Context, in bulk.Upload) (bulk.Report, error) {
	return importInto(ctx, s, "officers", officerSheet(), in, func(ctx context.Context, r db.Reader) (*officerRows, error) {
		k, err := knownTo(ctx, r, `select cert_no from inspection_officer where cert_no <> ''`)
		return &officerRows{known: k, now: s.now()}, err
	})
}

func importInto[B bulk.Batch](ctx context.Context, s *Service, kind string, columns []sheet.Column, in bulk.Upload, begin func(context.Context, db.Reader) (B, error)) (bulk.Report, error) {
	return bulk.Table[B]{
		Sheets: s.Sheets, Kind: kind, Columns: columns,
		Begin: func(ctx context.Context, r db.Reader, _ []sheet.Row) (B, error) { return begin(ctx, r) },
		Note: func(ctx context.Context, tx *db.Tx, done bulk.Report) error {
			return s.Trail.Add(ctx, tx, trail.Record{Kind: "inspection_import", ID: db.NewID()}, trail.Step{Act: kind, Detail: map[string]any{"rows": done.Total, "imported": done.Imported}})
		},
	}.Take(ctx, s.DB, in)
}

// targetRows are the targets of a file.
type targetRows struct {
	known
	now     time.Time
	targets []Candidate
}

// Add implements bulk.Batch.
func (b *targetRows) Add(l *bulk.Line) {
	x := Candidate{ID: db.NewID(), Name: l.Text("name"), District: l.Text("district"), Kind: l.Text("kind"), Credit: l.Text("credit"), Licence: l.Text("licence"),
		Source: "import", Active: true, CreatedAt: b.now, ChangedAt: b.now}
	for _, e := range org.InstitutionKinds() {
		if e.Name.ZH == x.Kind {
			x.Kind = e.Code
		}
	}
	x.Path = b.place(l)
	var bad fault.Fields
	if x.Credit != "" {
		oneOf(&bad, "credit", x.Credit, credits())
	}
	l.RefuseFault(bad.Err(), "")
	b.once(l, "name", x.District+" "+x.Name)
	if !l.Bad() {
		b.targets = append(b.targets, x)
	}
}

// Store implements bulk.Batch.
func (b *targetRows) Store(_ context.Context, tx *db.Tx) error { return saveTargets(tx, b.targets...) }

// officerRows are the inspectors of a file.
type officerRows struct {
	known
	now      time.Time
	officers []Officer
}

// Add implements bulk.Batch.
func (b *officerRows) Add(l *bulk.Line) {
	x := Officer{ID: db.NewID(), Kind: anInspector, Name: l.Text("name"), Agency: l.Text("agency"), District: l.Text("district"), CertNo: l.Text("cert_no"), CertUntil: l.Time("cert_until"),
		Active: true, CreatedAt: b.now, ChangedAt: b.now}
	x.Path = b.place(l)
	b.once(l, "cert_no", x.CertNo)
	if !l.Bad() {
		b.officers = append(b.officers, x)
	}
}

// Store implements bulk.Batch.
func (b *officerRows) Store(_ context.Context, tx *db.Tx) error {
	return saveOfficers(tx, b.officers...)
}

// known is what the rows of a file are checked against.
type known struct {
	regions map[string]org.Region
	taken   map[string]bool // in the library
	seen    bulk.Seen[string]
	actor   authz.Actor
}

// End implements bulk.Batch: everything was read before the first row.
func (known) End(db.Reader) error { return nil }

// place is where a row belongs, or refuses a region that is none of the actor's.
func (k known) place(l *bulk.Line) (path string) {
	g, there := k.regions[l.Text("district")]
	l.RefuseIf(!there || g.Closed || !k.actor.Covers(Manage, g.Path), "district",
		i18n.T("没有这个行政区划，或不在您的管理范围内；请填六位代码", "there is no such region, or it is not yours to manage; give the code of six digits"))
	return g.Path
}

// once refuses a row whose key is taken, in the library or in the file.
func (k known) once(l *bulk.Line, column, key string) {
	l.RefuseIf(k.taken[key], column, i18n.T("名录库中已有", "the library has it already"))
	k.seen.RefuseTwin(l, column, key)
}

// knownTo reads what rows are checked against.
func knownTo(ctx context.Context, r db.Reader, taken string) (known, error) {
	k := known{regions: map[string]org.Region{}, seen: bulk.Seen[string]{}, actor: authz.From(ctx)}
	regions, err := db.All[org.Region](r, `select * from region`)
	if err != nil {
		return k, err
	}
	for _, g := range regions {
		k.regions[g.Code] = g
	}
	k.taken, err = setOf(db.Values[string](r, taken))
	return k, err
}

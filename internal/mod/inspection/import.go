package inspection

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
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

func targetSheet() []sheet.Column {
	return []sheet.Column{
		{Name: "name", Header: i18n.T("名称", "Name"), Synonyms: []string{"检查对象", "单位名称", "机构名称"}, Required: true},
		{Name: "district", Header: i18n.T("行政区划", "Region"), Synonyms: []string{"区划代码", "行政区划代码"}, Required: true},
		{Name: "kind", Header: i18n.T("类别", "Kind"), Synonyms: []string{"对象类别", "机构类别"}, Required: true},
		{Name: "credit", Header: i18n.T("信用等级", "Credit class"), Synonyms: []string{"信用分级", "等级"}},
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

// intake is what the rows of a file are checked against.
type intake struct {
	regions map[string]org.Region
	taken   map[string]bool
	actor   authz.Actor
}

// ImportTargets checks a table of targets that are in no register and, when asked,
// imports it: all or nothing, unless only the good rows are asked for. What is
// wrong with rows is in the report. Fault: Invalid for a file that cannot be read.
func (s *Service) ImportTargets(ctx context.Context, in org.Upload) (org.Report, error) {
	return s.takeFile(ctx, in, "targets", targetSheet(), `select district || ' ' || name from inspection_target`, func(tx *db.Tx, k intake, file *sheet.Sheet, rows []sheet.Row) error {
		var all []Candidate
		for _, row := range rows {
			if x, ok := s.targetOf(k, file, row); ok {
				all = append(all, x)
			}
		}
		if tx == nil {
			return nil
		}
		return saveTargets(tx, all...)
	})
}

// targetOf reads a target from its row, and says whether it can be taken.
func (s *Service) targetOf(k intake, file *sheet.Sheet, row sheet.Row) (Candidate, bool) {
	x := Candidate{ID: db.NewID(), Name: row.Text("name"), District: row.Text("district"), Kind: row.Text("kind"), Credit: row.Text("credit"), Licence: row.Text("licence"),
		Source: "import", Active: true, CreatedAt: s.now(), ChangedAt: s.now()}
	for _, e := range org.InstitutionKinds() {
		if e.Name.ZH == x.Kind {
			x.Kind = e.Code
		}
	}
	good := k.place(file, row, x.District)
	x.Path = k.regions[x.District].Path
	var bad fault.Fields
	if x.Credit != "" {
		oneOf(&bad, "credit", x.Credit, credits())
	}
	good = !file.RefuseFault(row, bad.Err(), "") && good
	return x, k.once(file, row, "name", x.District+" "+x.Name) && good
}

// ImportOfficers is ImportTargets for inspectors.
func (s *Service) ImportOfficers(ctx context.Context, in org.Upload) (org.Report, error) {
	return s.takeFile(ctx, in, "officers", officerSheet(), `select cert_no from inspection_officer where cert_no <> ''`, func(tx *db.Tx, k intake, file *sheet.Sheet, rows []sheet.Row) error {
		var all []Officer
		for _, row := range rows {
			x := Officer{ID: db.NewID(), Kind: anInspector, Name: row.Text("name"), Agency: row.Text("agency"), District: row.Text("district"), CertNo: row.Text("cert_no"), CertUntil: row.Time("cert_until"),
				Active: true, CreatedAt: s.now(), ChangedAt: s.now()}
			x.Path = k.regions[x.District].Path
			here := k.place(file, row, x.District)
			if k.once(file, row, "cert_no", x.CertNo) && here {
				all = append(all, x)
			}
		}
		if tx == nil {
			return nil
		}
		return saveOfficers(tx, all...)
	})
}

// place refuses a row whose region is none of the actor's.
func (k intake) place(file *sheet.Sheet, row sheet.Row, code string) bool {
	g, known := k.regions[code]
	if known && !g.Closed && k.actor.Covers(Manage, g.Path) {
		return true
	}
	file.Refuse(row, "district", i18n.T("没有这个行政区划，或不在您的管理范围内；请填六位代码", "there is no such region, or it is not yours to manage; give the code of six digits"))
	return false
}

// once refuses a row whose key is taken, in the library or in the file.
func (k intake) once(file *sheet.Sheet, row sheet.Row, column, key string) bool {
	if k.taken[key] {
		file.Refuse(row, column, i18n.T("名录库或本文件中已有", "the library or this file has it already"))
		return false
	}
	k.taken[key] = true
	return true
}

// takeFile checks a file, and stores what take keeps of it when asked. take gets no
// transaction while the file is only checked.
func (s *Service) takeFile(ctx context.Context, in org.Upload, kind string, columns []sheet.Column, taken string, take func(*db.Tx, intake, *sheet.Sheet, []sheet.Row) error) (report org.Report, err error) {
	defer fault.Wrap(&err, "inspection.import(%s)", kind)
	examine := func(tx *db.Tx, r db.Reader, goodOnly bool) error {
		file, err := sheet.Read(bytes.NewReader(in.RawBody), in.Name, columns)
		if err != nil {
			return err
		}
		k, err := knownTo(ctx, r, taken)
		if err != nil {
			return err
		}
		if err := take(nil, k, file, file.Accept(true)); err != nil {
			return err
		}
		report = org.Report{Report: file.Report(), Kind: kind}
		if tx == nil || report.Good == 0 || report.Good < report.Total && !goodOnly {
			return nil
		}
		if k, err = knownTo(ctx, r, taken); err != nil {
			return err
		}
		report.Imported = report.Good
		return take(tx, k, file, file.Accept(true))
	}
	if !in.Commit {
		err = s.DB.Read(ctx, func(r db.Reader) error { return examine(nil, r, false) })
		return report, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := examine(tx, tx.Reader, in.OnlyValid); err != nil || report.Imported == 0 {
			return err
		}
		return s.Trail.Add(ctx, tx, trail.Record{Kind: "inspection_import", ID: db.NewID()}, trail.Step{Act: kind, Detail: map[string]any{"rows": report.Total, "imported": report.Imported}})
	})
	return report, err
}

// knownTo reads what rows are checked against.
func knownTo(ctx context.Context, r db.Reader, taken string) (intake, error) {
	k := intake{regions: map[string]org.Region{}, taken: map[string]bool{}, actor: authz.From(ctx)}
	regions, err := db.All[org.Region](r, `select * from region`)
	if err != nil {
		return k, err
	}
	for _, g := range regions {
		k.regions[g.Code] = g
	}
	keys, err := db.Values[string](r, taken)
	for _, key := range keys {
		k.taken[key] = true
	}
	return k, err
}

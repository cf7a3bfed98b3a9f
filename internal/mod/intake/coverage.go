package intake

import (
	"context"
	"iter"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// Covered says how many places of one kind have a code (S0: codes in clinics
// and wards of every institution).
type Covered struct {
	Places  int64 `json:"places"`
	Live    int64 `json:"live" doc:"With a live code."`
	Without int64 `json:"without"`
	Silent  int64 `json:"silent" doc:"The code has hung for 30 days or more and was not scanned for 30 days."`
}

func (c *Covered) add(b Covered) {
	c.Places += b.Places
	c.Live += b.Live
	c.Without += b.Without
	c.Silent += b.Silent
}

// Coverage is how far the places of an institution, or of all in a region,
// have codes.
type Coverage struct {
	Clinics Covered `json:"clinics"`
	Wards   Covered `json:"wards"`
	Others  Covered `json:"others" doc:"Windows, halls and the rest."`
	Total   Covered `json:"total"`
}

func (c *Coverage) count(k org.PlaceKind, n Covered) {
	switch k {
	case org.Clinic:
		c.Clinics.add(n)
	case org.Ward:
		c.Wards.add(n)
	case org.Window, org.Hall, org.Other:
		c.Others.add(n)
	}
	c.Total.add(n)
}

// InstitutionCoverage is a row of the coverage table.
type InstitutionCoverage struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Region string `json:"region"`
	Sort   int    `json:"-"`
	Coverage
}

// CoverageFilter chooses institutions.
type CoverageFilter struct {
	Region string `query:"region" maxLength:"6" doc:"GB/T 2260 code, the regions in it included."`
	Kind   string `query:"kind" maxLength:"40" doc:"Kind of institution."`
	Q      string `query:"q" maxLength:"100" doc:"Part of the name."`
	Gaps   bool   `query:"gaps" doc:"Only institutions with a place that has no code."`
}

// CoverageInput asks for a page of the coverage table.
type CoverageInput struct {
	list.Query
	CoverageFilter
}

// ListCoverage lists the institutions of the actor's scope with how far their
// places have codes, in the order of the organisation; one without places is
// listed too. Fault: NotFound for a region that does not exist.
func (s *Service) ListCoverage(ctx context.Context, in CoverageInput) (page list.Page[InstitutionCoverage], err error) {
	defer fault.Wrap(&err, "intake.ListCoverage")
	sorted := list.Up("u.sort", "u.id", func(x InstitutionCoverage) list.Key { return list.Nth(x.Sort, x.ID) })
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		if page, err = list.Read(ctx, r, in.Query, sorted, in.conditions, institutionPage); err != nil {
			return err
		}
		return s.cover(r, page.Items)
	})
	return page, err
}

func (f CoverageFilter) conditions(ctx context.Context, r db.Reader, w *db.Where) error {
	if err := withinRegion(ctx, r, w, "u.path", ReadCodes, f.Region); err != nil {
		return err
	}
	w.And("u.kind = ? and u.closed_at is null", org.Institution)
	w.AndIf(f.Kind != "", "u.subkind = ?", f.Kind)
	w.AndIf(f.Gaps, `exists (select 1 from place p where p.institution = u.id and `+bare+`)`)
	org.Contains(w, f.Q, "u.name", "u.short_name")
	return nil
}

// cover counts the places of institutions.
func (s *Service) cover(r db.Reader, rows []InstitutionCoverage) error {
	ids := make([]string, len(rows))
	at := make(map[string]*Coverage, len(rows))
	for i := range rows {
		ids[i], at[rows[i].ID] = rows[i].ID, &rows[i].Coverage
	}
	var w db.Where
	w.AndIn("p.institution", ids)
	return s.count(r, &w, "p.institution", at)
}

// count counts the places under w by a column, into the row at that node.
func (s *Service) count(r db.Reader, w *db.Where, by string, at map[string]*Coverage) error {
	counts, err := placeCounts(r, w, by, s.now().Add(-silentAfter), s.silentSince())
	for _, n := range counts {
		if row, listed := at[n.Node]; listed {
			row.count(n.Kind, n.Covered)
		}
	}
	return err
}

// RegionCoverage is a row of the coverage table by region.
type RegionCoverage struct {
	Region       string `json:"region"`
	Name         string `json:"name"`
	Institutions int64  `json:"institutions"`
	Bare         int64  `json:"bare" doc:"Institutions without a single live code."`
	Coverage
}

// RegionCoverageInput chooses regions.
type RegionCoverageInput struct {
	Region string `query:"region" maxLength:"6" doc:"GB/T 2260 code; the regions in it that have an institution."`
}

// CoverageByRegion sums the coverage table by region, those where the actor
// may read codes, in order of code. Fault: NotFound for a region that does not
// exist.
func (s *Service) CoverageByRegion(ctx context.Context, in RegionCoverageInput) (rows []RegionCoverage, err error) {
	defer fault.Wrap(&err, "intake.CoverageByRegion")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		var w db.Where
		if err := (CoverageFilter{Region: in.Region}).conditions(ctx, r, &w); err != nil {
			return err
		}
		if rows, err = regionRows(r, &w); err != nil {
			return err
		}
		at := make(map[string]*Coverage, len(rows))
		for i := range rows {
			at[rows[i].Region] = &rows[i].Coverage
		}
		return s.count(r, &w, "u.region", at)
	})
	return rows, err
}

// CoverageExport asks for the coverage table as a file.
type CoverageExport struct {
	export.Query
	CoverageFilter
}

// ExportCoverage returns the coverage table as xlsx or csv. Fault: NotFound for
// a region that does not exist.
func (s *Service) ExportCoverage(ctx context.Context, in CoverageExport) (file httpapi.File, err error) {
	defer fault.Wrap(&err, "intake.ExportCoverage")
	var rows []InstitutionCoverage
	err = s.DB.Read(ctx, func(r db.Reader) error {
		var w db.Where
		if err := in.conditions(ctx, r, &w); err != nil {
			return err
		}
		if rows, err = institutionPage(r, &w, 0); err != nil {
			return err
		}
		for part := range slices.Chunk(rows, 500) {
			if err := s.cover(r, part); err != nil {
				return err
			}
		}
		return nil
	})
	return export.File(ctx, in.Format, coverageTable(rows)), err
}

func coverageTable(rows []InstitutionCoverage) export.Table {
	t := export.Table{Name: i18n.T("二维码覆盖情况", "code coverage"), Columns: []export.Column{
		{Header: i18n.T("机构", "Institution"), Width: 36}, {Header: i18n.T("行政区划", "Region")}}}
	for _, group := range []i18n.Text{i18n.T("门诊", "Clinics"), i18n.T("病区", "Wards"), i18n.T("其他", "Others"), i18n.T("合计", "Total")} {
		for _, what := range []i18n.Text{i18n.T("地点数", "places"), i18n.T("有码", "with a code"), i18n.T("无码", "without"), i18n.T("30天未扫", "not scanned for 30 days")} {
			t.Columns = append(t.Columns, export.Column{Header: i18n.T(group.ZH+what.ZH, group.EN+": "+what.EN), Kind: export.Integer})
		}
	}
	t.Rows = coverageRows(rows)
	return t
}

func coverageRows(rows []InstitutionCoverage) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, x := range rows {
			cells := []any{x.Name, x.Region}
			for _, c := range []Covered{x.Clinics, x.Wards, x.Others, x.Total} {
				cells = append(cells, c.Places, c.Live, c.Without, c.Silent)
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
}

// BarePlace is a place without a live code.
type BarePlace struct {
	org.Place
	InstitutionName string `json:"institution_name"`
}

// BareInput asks for a page of places without a code.
type BareInput struct {
	list.Query
	Region      string        `query:"region" maxLength:"6"`
	Institution string        `query:"institution" maxLength:"64"`
	Kind        org.PlaceKind `query:"kind" enum:"clinic,ward,window,hall,other"`
}

// ListBare lists the places of the actor's scope that have no live code, the
// oldest first: what stands behind "without" in the coverage table. Fault:
// NotFound for a region that does not exist.
func (s *Service) ListBare(ctx context.Context, in BareInput) (page list.Page[BarePlace], err error) {
	defer fault.Wrap(&err, "intake.ListBare")
	oldest := list.Up("p.created_at", "p.id", func(x BarePlace) list.Key { return list.At(x.CreatedAt, x.ID) })
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		page, err = list.Read(ctx, r, in.Query, oldest, in.conditions, barePage)
		return err
	})
	return page, err
}

func (in BareInput) conditions(ctx context.Context, r db.Reader, w *db.Where) error {
	w.And(bare)
	w.AndIf(in.Institution != "", "p.institution = ?", in.Institution)
	w.AndIf(in.Kind != "", "p.kind = ?", in.Kind)
	return withinRegion(ctx, r, w, "p.path", ReadCodes, in.Region)
}

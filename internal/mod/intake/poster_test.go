package intake_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/doc"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/tooltest"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org"
)

// needFont skips where the fonts have not been fetched; under CI they must be there.
func needFont(t *testing.T) {
	t.Helper()
	if _, err := doc.Font(doc.Regular); err != nil {
		tooltest.Lack(t, "the fonts of the posters are not there; make fetches them")
	}
}

func ordered(o intake.PosterOrder) intake.PostersInput { return intake.PostersInput{Body: o} }

func TestPosters(t *testing.T) {
	needFont(t)
	each(t, func(t *testing.T, w *world) {
		codes := w.make("clinic-1", "ward-1", "clinic-2")
		for _, size := range doc.Sizes() {
			file, err := w.Posters(w.keeper(), ordered(intake.PosterOrder{Institution: hospital, Size: size.String()}))
			w.must(err)
			var pdf bytes.Buffer
			w.must(file.Write(&pdf))
			if pages := strings.Count(pdf.String(), "/Type /Page\n"); pages != 2 || file.ContentType != "application/pdf" {
				t.Errorf("%s: %d pages of %s", size, pages, file.ContentType)
			}
		}
		line, err := w.ReadCode(w.keeper(), intake.ReadCodeInput{ID: codes["clinic-1"].ID})
		w.must(err)
		if !line.PrintedAt.Equal(w.at) {
			t.Errorf("printed at %s", line.PrintedAt)
		}
		if n := w.audited("code.print"); n != int64(len(doc.Sizes())) {
			t.Errorf("%d entries in the log", n)
		}
	})
}

func TestPostersRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		codes := w.make("clinic-1", "ward-1", "clinic-2")
		_, err := w.Revoke(w.keeper(), down(codes["ward-1"].ID, "撤下"))
		w.must(err)
		w.tx(func(tx *db.Tx) error {
			return org.InsertPlace(tx, org.Place{ID: "long", UnitID: hospital, Institution: hospital, Path: hospitalPath, Kind: org.Hall,
				Name: strings.Repeat("很长的名字", 20), CreatedAt: w.at})
		})
		w.make("long")
		for name, c := range map[string]struct {
			o    intake.PosterOrder
			kind fault.Kind
		}{
			"nothing":        {intake.PosterOrder{Size: "a4"}, fault.Invalid},
			"size":           {intake.PosterOrder{Institution: hospital, Size: "a7"}, fault.Invalid},
			"revoked":        {intake.PosterOrder{Codes: []string{codes["clinic-1"].ID, codes["ward-1"].ID}, Size: "a4"}, fault.Conflict},
			"unknown":        {intake.PosterOrder{Codes: []string{codes["clinic-1"].ID, "nothing"}, Size: "a4"}, fault.NotFound},
			"somebody's":     {intake.PosterOrder{Codes: []string{codes["clinic-2"].ID}, Size: "a4"}, fault.Forbidden},
			"unknown region": {intake.PosterOrder{Region: "123456", Size: "a4"}, fault.NotFound},
			"no code there":  {intake.PosterOrder{Institution: other, Size: "a4"}, fault.Invalid},
			"unreadable":     {intake.PosterOrder{Institution: hospital, Size: "a4"}, fault.Invalid},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := w.Posters(w.keeper(), ordered(c.o))
				want(t, err, c.kind)
			})
		}
		if n := w.audited("code.print"); n != 0 {
			t.Errorf("%d refused orders stand in the log", n)
		}
	})
}

func TestCoverage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		codes := w.make("clinic-1", "window-1", "clinic-2")
		ctx := w.as(cityPath, intake.ReadCodes)
		page := func(in intake.CoverageInput) []intake.InstitutionCoverage {
			in.Limit = 50
			got, err := w.ListCoverage(ctx, in)
			w.must(err)
			return got.Items
		}
		w.at = w.at.Add(30*24*time.Hour + time.Minute)
		w.Scanned(codes["clinic-2"].ID)
		w.must(w.FlushScans(t.Context()))
		rows := page(intake.CoverageInput{})
		if len(rows) != 2 {
			t.Fatalf("%d institutions", len(rows))
		}
		first := rows[0]
		if first.ID != hospital || first.Clinics != (intake.Covered{Places: 1, Live: 1, Silent: 1}) || first.Wards != (intake.Covered{Places: 1, Without: 1}) ||
			first.Others != (intake.Covered{Places: 1, Live: 1, Silent: 1}) || first.Total != (intake.Covered{Places: 3, Live: 2, Without: 1, Silent: 2}) {
			t.Errorf("the first: %+v", first)
		}
		if second := rows[1]; second.Total != (intake.Covered{Places: 1, Live: 1}) {
			t.Errorf("the second: %+v", second)
		}
		gaps := page(intake.CoverageInput{CoverageFilter: intake.CoverageFilter{Gaps: true}})
		if len(gaps) != 1 || gaps[0].ID != hospital {
			t.Errorf("with gaps: %+v", gaps)
		}
		if got := page(intake.CoverageInput{CoverageFilter: intake.CoverageFilter{Q: "市一院"}}); len(got) != 1 {
			t.Errorf("by short name: %+v", got)
		}
		bare, err := w.ListBare(ctx, intake.BareInput{Query: list.Query{Limit: 50}, Region: "990101"})
		w.must(err)
		if len(bare.Items) != 1 || bare.Items[0].ID != "ward-1" || bare.Items[0].InstitutionName != "清江市第一人民医院" {
			t.Errorf("places without a code: %+v", bare.Items)
		}
		w.must(errorOf(w.MakeCodes(w.as(cityPath, intake.ManageCodes), chosen(hospital))))
		if rows = page(intake.CoverageInput{}); rows[0].Total != (intake.Covered{Places: 3, Live: 3, Silent: 2}) {
			t.Errorf("a new code is not silent: %+v", rows[0].Total)
		}
	})
}

func errorOf[T any](_ T, err error) error { return err }

func TestCoverageByRegion(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.make("clinic-1")
		rows, err := w.CoverageByRegion(w.as(cityPath, intake.ReadCodes), intake.RegionCoverageInput{Region: "990100"})
		w.must(err)
		if len(rows) != 2 || rows[0].Name != "临江区" || rows[0].Institutions != 1 || rows[0].Bare != 0 || rows[0].Total.Without != 2 ||
			rows[1].Bare != 1 || rows[1].Total.Places != 1 {
			t.Errorf("got %+v", rows)
		}
		rows, err = w.CoverageByRegion(w.as(otherPath, intake.ReadCodes), intake.RegionCoverageInput{})
		if err != nil || len(rows) != 1 || rows[0].Region != "990102" {
			t.Errorf("from within: %+v, %v", rows, err)
		}
		_, err = w.CoverageByRegion(w.as(cityPath, intake.ReadCodes), intake.RegionCoverageInput{Region: "123456"})
		want(t, err, fault.NotFound)
	})
}

func TestExportCoverage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.make("clinic-1")
		in := intake.CoverageExport{}
		in.Format = "csv"
		file, err := w.ExportCoverage(w.as(cityPath, intake.ReadCodes), in)
		w.must(err)
		var b strings.Builder
		w.must(file.Write(&b))
		lines := slices.Collect(strings.Lines(b.String()))
		if len(lines) != 3 || !strings.HasPrefix(lines[1], "清江市第一人民医院,990101,1,1,0,0,1,0,1,0,1,0,1,0,3,1,2,0") {
			t.Errorf("got %q", lines)
		}
	})
}

func TestScans(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		codes := w.make("clinic-1", "clinic-2")
		w.Scanned(codes["clinic-1"].ID)
		w.must(w.FlushScans(t.Context()))
		next, err := w.Rotate(w.keeper(), down(codes["clinic-1"].ID, "换码"))
		w.must(err)
		w.at = w.at.Add(24 * time.Hour)
		w.Scanned(next.ID)
		w.Scanned(codes["clinic-2"].ID)
		w.must(w.FlushScans(t.Context()))
		f, err := w.Scans(w.as(cityPath, intake.ReadCodes), intake.ScanPeriod{From: "2026-07-27", To: "2026-07-29"})
		w.must(err)
		if f.Total != 3 || !slices.Equal(f.Days, []intake.DayScans{{Day: "2026-07-27"}, {Day: "2026-07-28", Scans: 1}, {Day: "2026-07-29", Scans: 2}}) {
			t.Errorf("by day: %+v", f)
		}
		if len(f.Places) != 2 || f.Places[0].Place != "clinic-1" || f.Places[0].Scans != 2 || f.Places[0].Last != "2026-07-29" {
			t.Errorf("by place: %+v", f.Places)
		}
		f, err = w.Scans(w.keeper(), intake.ScanPeriod{})
		if err != nil || f.Total != 2 || len(f.Days) != 30 || f.To != "2026-07-29" {
			t.Errorf("of the own scope: %+v, %v", f, err)
		}
		for _, bad := range []intake.ScanPeriod{{From: "2026-02-30"}, {From: "2026-08-01", To: "2026-07-01"}, {From: "2025-01-01", To: "2026-01-02"}} {
			_, err := w.Scans(w.keeper(), bad)
			want(t, err, fault.Invalid)
		}
		if f, err = w.Scans(w.keeper(), intake.ScanPeriod{From: "2025-01-01", To: "2026-01-01"}); err != nil || len(f.Days) != 366 {
			t.Errorf("a year and a day: %d days, %v", len(f.Days), err)
		}
	})
}

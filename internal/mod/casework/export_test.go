package casework_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// exported returns the rows of an export in csv, without the header.
func (w *world) exported(ctx context.Context, f casework.Filter) [][]string {
	w.t.Helper()
	in := casework.ExportInput{Filter: f}
	in.Format = "csv"
	file, err := w.ExportList(ctx, in)
	if err != nil {
		w.t.Fatal(err)
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		w.t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		w.t.Fatal(err)
	}
	return rows[1:]
}

func numbers(rows [][]string) (out []string) {
	for _, r := range rows {
		out = append(out, r[0])
	}
	return out
}

// An export holds what the list shows to the same person, in its order.
func TestExportIsTheList(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var ids []string
		for i, category := range []string{"B", "A", "F", "B"} {
			ids = append(ids, w.routed(category))
			w.later(i + 1)
		}
		clerk := w.as("clerk", districtBody, districtPath+districtBody+"/", districtPath, casework.Export)
		both := w.holding("clerk", districtBody, districtPath+districtBody+"/",
			authz.Grant{Path: districtPath, Permissions: []authz.Permission{casework.Read, casework.Export}},
			authz.Grant{Path: "/990000/990100/990102/", Permissions: []authz.Permission{casework.Read, casework.Export}},
			authz.Grant{Path: hospitalPath, Permissions: []authz.Permission{casework.Read, casework.Export, casework.Discipline}})
		for name, ctx := range map[string]context.Context{"one scope": clerk, "two scopes": both} {
			for _, f := range []casework.Filter{{}, {Category: "B"}, {Category: "红"}, {Category: "红旗"}, {Box: "open"}, {State: "archived"}} {
				page, err := w.List(ctx, casework.ListInput{Query: listInput().Query, Filter: f, Count: true})
				if err != nil {
					t.Fatal(err)
				}
				var want []string
				for _, r := range page.Items {
					want = append(want, r.Number)
				}
				if got := numbers(w.exported(ctx, f)); !slices.Equal(got, want) || page.Count.Value != len(want) {
					t.Errorf("%s, %+v: exported %v, the list shows %v and counts %d", name, f, got, want, page.Count.Value)
				}
			}
		}
		if rows := w.exported(w.dispatcher(), casework.Filter{}); len(rows) != 0 {
			t.Errorf("who may not export exported %d cases", len(rows))
		}
		if got := len(w.exported(w.as("d", districtBody, districtPath+districtBody+"/", districtPath, casework.Export, casework.Discipline), casework.Filter{})); got != len(ids) {
			t.Errorf("the discipline line exported %d", got)
		}
		n := 0
		_ = w.DB.Read(t.Context(), func(r db.Reader) error {
			v, err := db.Value[int64](r, `select count(*) from audit where action = 'case.export'`)
			n = int(v)
			return err
		})
		if n == 0 {
			t.Error("no export was noted")
		}
	})
}

// What a reporter typed never becomes a formula on somebody's screen.
func TestExportKnowsNoFormulas(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		o := w.opening("B")
		o.Title = `=HYPERLINK("http://example.org","x")`
		w.open(o)
		clerk := w.as("clerk", districtBody, districtPath+districtBody+"/", districtPath, casework.Export)
		if title := w.exported(clerk, casework.Filter{})[0][1]; title[0] != '\'' {
			t.Errorf("csv holds %s", title)
		}
		in := casework.ExportInput{}
		in.Format = "xlsx"
		file, err := w.ExportList(clerk, in)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := file.Write(&out); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		sheet := book.GetSheetName(0)
		if f, err := book.GetCellFormula(sheet, "B2"); err != nil || f != "" {
			t.Errorf("xlsx calculates %q (%v)", f, err)
		}
	})
}

func TestExportRefusesASearchForNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.ExportList(w.dispatcher(), casework.ExportInput{Filter: casework.Filter{Q: "，。"}})
		want(t, err, fault.Invalid)
	})
}

// Seen from two branches of the tree, the pages of a list still meet.
func TestPagesOfTwoBranchesMeet(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range 9 {
			id := w.routed("B")
			if i%2 == 0 {
				add := casework.AddHelperInput{ID: id}
				add.Body.Units, add.Body.Reason = []string{"hospital-2"}, "共同办理"
				w.must(w.AddHelper(w.dispatcher(), add))
			}
			w.later(i % 3)
		}
		ctx := w.holding("x", "", "", authz.Grant{Path: hospitalPath, Permissions: []authz.Permission{casework.Read}}, authz.Grant{Path: otherPath, Permissions: []authz.Permission{casework.Read}})
		for _, box := range []string{"all", "open"} {
			in, met := listInput(), map[string]bool{}
			in.Box, in.Limit = box, 2
			for pages := 0; pages == 0 || in.Cursor != ""; pages++ {
				page, err := w.List(ctx, in)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range page.Items {
					if met[r.ID] {
						t.Errorf("%s: a case came twice", box)
					}
					met[r.ID] = true
				}
				in.Cursor = page.Next
			}
			if len(met) != 9 {
				t.Errorf("%s: %s cases", box, strconv.Itoa(len(met)))
			}
		}
	})
}

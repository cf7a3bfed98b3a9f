package campaign_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/sheet"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// What is exported can be read back, and says the same.
func TestTableGoesOutAndComesBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		id := w.all(d.ID)["aug east"].ID
		if _, err := w.fill(w.clerk("east"), id, w.zeros(id, map[string][2]string{"cases": {"3", "5"}, "amount": {"1.5", "2.25"}})); err != nil {
			t.Fatal(err)
		}
		file, err := w.ExportReturn(w.clerk("east"), campaign.ReturnInput{ByID: org.ByID{ID: id}})
		if err != nil {
			t.Fatal(err)
		}
		var book bytes.Buffer
		if err := file.Write(&book); err != nil {
			t.Fatal(err)
		}
		back, err := w.ReadSheet(w.clerk("east"), campaign.SheetInput{ByID: org.ByID{ID: id}, Name: file.Name, RawBody: book.Bytes()})
		if err != nil || len(back.Problems) != 0 || back.Rows["cases"].Total != "5" || back.Rows["amount"].Period != "1.5" || back.Rows["visits"].Period != "" {
			t.Errorf("%+v, %v", back, err)
		}
		merged, err := excelize.OpenReader(&book)
		if err == nil {
			err = merged.MergeCell(merged.GetSheetName(0), "E2", "E3")
		}
		var again bytes.Buffer
		if err == nil {
			err = merged.Write(&again)
		}
		if err != nil {
			t.Fatal(err)
		}
		back, err = w.ReadSheet(w.clerk("east"), campaign.SheetInput{ByID: org.ByID{ID: id}, Name: "x.xlsx", RawBody: again.Bytes()})
		if err != nil || len(back.Problems) == 0 || len(back.Rows) != 0 {
			t.Errorf("merged cells: %+v, %v", back, err)
		}
	})
}

// Each cell that cannot be taken is named, and nothing of the file is taken.
func TestSheetsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		id := w.all(d.ID)["aug east"].ID
		for line, want := range map[string]string{
			"cases,起,12.5万元": "您填的是", "amount,元,12": "请换算", "nothing,起,3": "没有这一行", "cases,起,=1+1": "公式", "cases,起,-1": "不是数字",
		} {
			got, err := w.ReadSheet(w.clerk("east"), campaign.SheetInput{ByID: org.ByID{ID: id}, Name: "a.csv", RawBody: []byte("代码,单位,本期数\n" + line + "\n")})
			said := slices.ContainsFunc(got.Problems, func(p sheet.Problem) bool { return strings.Contains(p.Text.ZH, want) })
			if err != nil || !said || len(got.Rows) != 0 {
				t.Errorf("%s: %+v, %v", line, got, err)
			}
		}
		if _, err := w.ReadSheet(w.clerk("east"), campaign.SheetInput{ByID: org.ByID{ID: id}, Name: "a.csv", RawBody: []byte("x,y\n1,2\n")}); !fault.Is(err, fault.Invalid) {
			t.Errorf("no table: %v", err)
		}
		if _, err := w.ReadSheet(w.boss("east"), campaign.SheetInput{ByID: org.ByID{ID: id}, Name: "a.csv", RawBody: []byte("not read at all")}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("who may not fill in: %v", err)
		}
	})
}

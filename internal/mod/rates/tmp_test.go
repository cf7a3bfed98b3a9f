package rates

import (
	"fmt"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/org"
)

func TestTmpScale(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, dbtest.SQLiteURL(t), migrations()...))
	w.tx(func(tx *db.Tx) error {
		for d := 3; d < 15; d++ {
			code := fmt.Sprintf("9901%02d", d)
			if err := org.InsertRegion(tx, org.NewRegion(code, "区"+code)); err != nil {
				return err
			}
			us := []org.Unit{{ID: "comm" + code, Kind: org.Commission, Parent: code, Region: code, Path: city + code + "/comm" + code + "/", Name: "委" + code, CreatedAt: w.at}}
			for i := 0; i < 210; i++ {
				id := fmt.Sprintf("inst-%s-%d-aaaaaaaaaaaaaaaaaaaaaaaa", code, i)
				us = append(us, org.Unit{ID: id, Kind: org.Institution, Parent: code, Region: code, Path: city + code + "/" + id + "/", Name: "医院" + id, CreatedAt: w.at})
				for k := 0; k < 5; k++ {
					did := fmt.Sprintf("%s-%d", id, k)
					us = append(us, org.Unit{ID: did, Kind: org.Department, Parent: id, Region: code, Path: city + code + "/" + id + "/" + did + "/", Name: "科", CreatedAt: w.at})
				}
			}
			if err := org.InsertUnit(tx, us...); err != nil {
				return err
			}
		}
		return nil
	})
	n := 80000
	a := time.Now()
	for i := 0; i < n; i += 2000 {
		w.tx(func(tx *db.Tx) error {
			for j := i; j < i+2000; j++ {
				code := fmt.Sprintf("9901%02d", 3+j%12)
				id := fmt.Sprintf("inst-%s-%d-aaaaaaaaaaaaaaaaaaaaaaaa", code, (j/12)%210)
				f := w.fact("2026-05-01 00:00:00")
				f.ReceivedAt = f.ReceivedAt.Add(time.Duration(j) * 31 * 24 * time.Hour / time.Duration(n))
				f.FinishedAt = f.ReceivedAt.Add(time.Hour)
				f.Region = city + code + "/"
				f.Department = fmt.Sprintf("%s-%d", id, j%5)
				f.Path = f.Region + id + "/" + f.Department + "/"
				f.LeadUnit, f.Institution = id, id
				f.Category = string(rune('A' + j%19))
				if j%50 == 0 {
					unanswered(&f)
				}
				if err := w.Record(tx, f); err != nil {
					return err
				}
			}
			return nil
		})
	}
	t.Log("record", n, time.Since(a))
	a = time.Now()
	if err := w.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Log("first sweep", time.Since(a))
	for _, scope := range []string{city, city + "990105/"} {
		a = time.Now()
		if _, err := w.count(t.Context(), monthWindow(scope, moment(t, "2026-05-01 00:00:00")), w.at); err != nil {
			t.Fatal(err)
		}
		t.Log("count month again", scope, time.Since(a))
	}
	for _, in := range []TableInput{{Subject: ByInstitution, Parent: "990100"}, {Subject: ByUnit, Parent: "990100"}, {Subject: ByRegion, Parent: "990100"}} {
		in.Query, in.Choice = page(50), may("2026-05-01")
		a = time.Now()
		for range 20 {
			if _, err := w.Table(w.mayor(), in); err != nil {
				t.Fatal(err)
			}
		}
		t.Log("table", in.Subject, time.Since(a)/20)
	}
	for _, m := range []Measure{Received, Solved, OverdueOpen, Excluded, Returned} {
		a = time.Now()
		for range 20 {
			if _, err := w.DrillDown(w.mayor(), DrillInput{Query: page(50), Choice: may("2026-05-01"), Subject: ByInstitution, Parent: "990100", Measure: m, Basis: "raw"}); err != nil {
				t.Fatal(err)
			}
		}
		t.Log("drill", m, time.Since(a)/20)
	}
	a = time.Now()
	w.holds("rates: results as counted anew")
	t.Log("verify", time.Since(a))
}

package org_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

func TestNewRegionFindsItsParents(t *testing.T) {
	for _, want := range []org.Region{
		{Code: "370000", Name: "x", Level: 1, Path: "/370000/"},
		{Code: "370200", Name: "x", Parent: "370000", Level: 2, Path: "/370000/370200/"},
		{Code: "370202", Name: "x", Parent: "370200", Level: 3, Path: "/370000/370200/370202/"},
		{Code: "110105", Name: "x", Parent: "110100", Level: 3, Path: "/110000/110100/110105/"},
		{Code: "441900", Name: "x", Parent: "440000", Level: 2, Path: "/440000/441900/"},
		{Code: "990102", Name: "x", Parent: "990100", Level: 3, Path: "/990000/990100/990102/"},
	} {
		if diff := cmp.Diff(want, org.NewRegion(want.Code, "x")); diff != "" {
			t.Error(diff)
		}
	}
}

// regions counts the regions by level.
func regions(t *testing.T, c *city) map[int]int {
	t.Helper()
	type row struct{ Level, N int }
	counts := map[int]int{}
	err := c.DB.Read(t.Context(), func(r db.Reader) error {
		rows, err := db.All[row](r, `select level, count(*) as n from region where code < '990000' group by level`)
		for _, l := range rows {
			counts[l.Level] = l.N
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func TestStandardRegionsAreLoadedOnce(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.tx(org.LoadRegions)
		c.tx(func(tx *db.Tx) error {
			_, err := tx.Exec(`update region set name = '旧名', closed = 1 where code = '370202'`)
			return err
		})
		c.tx(org.LoadRegions)
		if diff := cmp.Diff(map[int]int{1: 34, 2: 342, 3: 2975}, regions(t, c)); diff != "" {
			t.Error(diff)
		}
		err := c.DB.Read(t.Context(), func(r db.Reader) error {
			g, err := org.RegionByCode(r, "370202")
			if g.Name != "市南区" || !g.Closed {
				t.Errorf("got %+v, want the new name, and still closed", g)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestNamesOfRegionsLeaveGroupingsOut(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.tx(org.LoadRegions)
		err := c.DB.Read(t.Context(), func(r db.Reader) error {
			for code, want := range map[string]string{
				"110105": "北京市朝阳区", "500229": "重庆市城口县", "370202": "山东省青岛市市南区", "441900": "广东省东莞市",
				"429004": "湖北省仙桃市", "659001": "新疆维吾尔自治区石河子市", "990102": "清河省清河市城东区",
			} {
				if got := ok(org.RegionName(r, code))(t); got != want {
					t.Errorf("%s is %s, want %s", code, got, want)
				}
			}
			_, err := org.RegionName(r, "123456")
			refused(t, err, fault.NotFound, "")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestListRegions(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.tx(org.LoadRegions)
		for _, tc := range []struct {
			in   org.ListRegions
			want int
		}{
			{org.ListRegions{}, 35}, // the provinces and the fictional one
			{org.ListRegions{Parent: "110100"}, 16},
			{org.ListRegions{Q: "朝阳区"}, 2},
			{org.ListRegions{Q: "9901"}, 3},
			{org.ListRegions{Q: "县"}, 100},
			{org.ListRegions{Parent: "nowhere"}, 0},
		} {
			if got := ok(c.ListRegions(c.admin, tc.in))(t); len(got) != tc.want {
				t.Errorf("%+v: %d regions, want %d", tc.in, len(got), tc.want)
			}
		}
	})
}

func TestRegionPart(t *testing.T) {
	for path, want := range map[string]string{"": "", "/": "/", "/990000/990100/": "/990000/990100/", "/990000/990100/h-1/2/": "/990000/990100/",
		"/0198f2c4-aa/": "/", "/990000/990100": "/990000/"} {
		if got := org.RegionPart(path); got != want {
			t.Errorf("%q begins with the regions %q, want %q", path, got, want)
		}
	}
}

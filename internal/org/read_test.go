package org_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

// reading runs f on a snapshot of the city.
func (c *city) reading(f func(db.Reader)) {
	c.t.Helper()
	err := c.DB.Read(c.t.Context(), func(r db.Reader) error { f(r); return nil })
	if err != nil {
		c.t.Fatal(err)
	}
}

func TestWhoIsResponsibleForAPath(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		eastern := ok(c.CreateUnit(c.admin, posted(org.NewUnit{Kind: org.Commission, Parent: "990102", Name: "城东区卫健局"})))(t)
		police := ok(c.CreateUnit(c.admin, posted(org.NewUnit{Kind: org.Agency, Subkind: "police", Parent: "990100", Name: "清河市公安局"})))(t)
		c.reading(func(r db.Reader) {
			for path, want := range map[string]string{c.ward.Path: eastern.ID, east: eastern.ID, west: c.commission.ID, prefecture: c.commission.ID} {
				if got := ok(org.CommissionAbove(r, path))(t); got.ID != want {
					t.Errorf("%s answers for %s", got.Name, path)
				}
			}
			_, err := org.CommissionAbove(r, province)
			refused(t, err, fault.NotFound, "")
			if got := ok(org.AgencyOf(r, c.ward.Path, org.Police))(t); got.ID != police.ID {
				t.Errorf("got %s", got.Name)
			}
			_, err = org.AgencyOf(r, c.ward.Path, org.Market)
			refused(t, err, fault.NotFound, "")
		})
		ok(c.CloseUnit(c.admin, postedTo(eastern.ID, org.Closing{Reason: "撤销"})))(t)
		c.reading(func(r db.Reader) {
			if got := ok(org.CommissionAbove(r, c.ward.Path))(t); got.ID != c.commission.ID {
				t.Errorf("a closed commission answers: %s", got.Name)
			}
		})
	})
}

func TestInstitutionOfAUnit(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.reading(func(r db.Reader) {
			for _, tc := range []struct {
				of   org.Unit
				want string
			}{{c.ward, c.hospital.ID}, {c.hospital.Unit, c.hospital.ID}, {c.commission, c.commission.ID}} {
				if got := ok(org.InstitutionOf(r, tc.of))(t); got.ID != tc.want {
					t.Errorf("%s belongs to %s", tc.of.Name, got.Name)
				}
			}
			byID := ok(org.UnitsByID(r, []string{c.ward.ID, "nobody"}))(t)
			if len(byID) != 1 || byID[c.ward.ID].Name != c.ward.Name {
				t.Errorf("got %v", byID)
			}
			if got := ok(org.PathOf(r, "990102"))(t); got != east {
				t.Errorf("got %s", got)
			}
			_, err := org.PathOf(r, "nowhere")
			refused(t, err, fault.NotFound, "")
		})
	})
}

func TestHoldersAnswerForWhatLiesBelow(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		near, far, other, auditor := c.hire(c.ward.ID, "近"), c.hire(c.commission.ID, "远"), c.hire(c.commission.ID, "旁"), c.hire(c.commission.ID, "审")
		for _, g := range []struct{ staff, role, path string }{
			{far.ID, "handler", prefecture}, {near.ID, "handler", c.hospital.Path}, {other.ID, "handler", west}, {auditor.ID, org.AuditAdmin, prefecture},
		} {
			ok(c.Grant(c.admin, postedTo(g.staff, org.NewGrant{Role: g.role, Path: g.path})))(t)
		}
		holders := func() (names []string) {
			c.reading(func(r db.Reader) {
				for _, p := range ok(org.HoldersOf(r, c.ward.Path, "handler"))(t) {
					names = append(names, p.Name)
				}
			})
			return names
		}
		if diff := cmp.Diff([]string{"近", "远"}, holders()); diff != "" {
			t.Error(diff)
		}
		ok(c.CloseStaff(c.admin, postedTo(near.ID, org.Reason{Reason: "离职"})))(t)
		if diff := cmp.Diff([]string{"远"}, holders()); diff != "" {
			t.Error(diff)
		}
		c.reading(func(r db.Reader) {
			want := map[string]string{near.ID: "近", far.ID: "远"}
			if diff := cmp.Diff(want, ok(org.StaffNames(r, []string{near.ID, far.ID, "nobody"}))(t)); diff != "" {
				t.Error(diff)
			}
		})
	})
}

// A node is no part of another whose name begins the same.
func TestWithinKeepsToWholeNodes(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		for _, tc := range []struct {
			paths []string
			want  int
		}{
			{nil, 0},
			{[]string{"/"}, 4},
			{[]string{"/99/"}, 0},
			{[]string{"/990000/990100/99010/"}, 0},
			{[]string{prefecture}, 3},
			{[]string{east, west}, 2},
			{[]string{"%"}, 0},
		} {
			var w db.Where
			org.Within(&w, "path", tc.paths)
			c.reading(func(r db.Reader) {
				n := ok(db.Value[int64](r, `select count(*) from region `+w.String(), w.Args()...))(t)
				if int(n) != tc.want {
					t.Errorf("%v: %d regions, want %d", tc.paths, n, tc.want)
				}
			})
		}
	})
}

func TestBulkInsertsStoreAllOrNothing(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		var units []org.Unit
		for range 1_201 {
			id := db.NewID()
			units = append(units, org.Unit{ID: id, Kind: org.Department, Parent: c.hospital.ID, Region: "990102", Path: c.hospital.Path + id + "/", Name: id, CreatedAt: today()})
		}
		c.tx(func(tx *db.Tx) error { return org.InsertUnit(tx, units...) })
		c.tx(func(tx *db.Tx) error { return org.InsertUnit(tx) })
		again := append([]org.Unit{{ID: "new", Kind: org.Department, Parent: c.hospital.ID, Region: "990102", Path: c.hospital.Path + "new/", CreatedAt: today()}}, units[1_200])
		err := c.DB.InTx(t.Context(), func(tx *db.Tx) error { return org.InsertUnit(tx, again...) })
		if !errors.Is(err, db.ErrTaken) {
			t.Errorf("got %v, want ErrTaken", err)
		}
		c.reading(func(r db.Reader) {
			if n := ok(db.Value[int64](r, `select count(*) from unit where parent = $1`, c.hospital.ID))(t); n != 1_202 {
				t.Errorf("%d departments, want 1,202", n)
			}
		})
	})
}

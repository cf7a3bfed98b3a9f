package casework_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// rule is a row of the catalogue that sends a district's reports to a unit.
func rule(unit string) (in casework.AddRuleInput) {
	in.Body.Scope, in.Body.Target, in.Body.UnitID, in.Body.Reason = districtPath, "unit", unit, "专人办理"
	return in
}

// A catalogue that cannot be read is no catalogue without rows: the person is
// told that something broke, and a collision is tried again.
func TestABrokenDatabaseIsNotAMissingRule(t *testing.T) {
	each(t, func(t *testing.T, w *world) {

		without := func(table string, f func()) {
			w.rename(table, table+"_gone")
			defer w.rename(table+"_gone", table)
			f()
		}
		without("dispatch_rule", func() {
			if _, err := w.EndRule(w.keeper(), casework.EndRuleInput{ID: "r"}); fault.KindOf(err) != fault.Internal || err == nil {
				t.Errorf("end of a rule: %v", err)
			}
		})
		without("unit", func() {
			if _, err := w.AddRule(w.keeper(), rule(hospital)); fault.KindOf(err) != fault.Internal || err == nil {
				t.Errorf("new rule: %v", err)
			}
		})
		_, err := w.AddRule(w.keeper(), rule("nobody"))
		want(t, err, fault.Invalid)
		_, err = w.EndRule(w.keeper(), casework.EndRuleInput{ID: "nothing"})
		want(t, err, fault.NotFound)
	})
}

func (w *world) rename(from, to string) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		_, err := tx.Exec(`alter table ` + from + ` rename to ` + to)
		return err
	})
}

// A district reads the rows that hold in it, those of the city among them, and
// those of no neighbour.
func TestACatalogueHasNoRowsOfTheNeighbour(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		root := authz.With(t.Context(), authz.System())
		for _, scope := range []string{"/", cityPath, districtPath, hospitalPath, cityPath + "990102/"} {
			in := rule(hospital)
			in.Body.Scope = scope
			if _, err := w.AddRule(root, in); err != nil {
				t.Fatal(err)
			}
		}
		for path, want := range map[string]int{"/": 5, cityPath: 5, districtPath: 4, hospitalPath: 4, otherPath: 3, cityPath + "990102/": 3} {
			rules, err := w.ListRules(w.as("reader", hospital, districtPath, path, casework.Read), struct{}{})
			if err != nil || len(rules.Items) != want {
				t.Errorf("at %s there are %d rows, want %d; %v", path, len(rules.Items), want, err)
			}
		}
	})
}

// A row ends once; whoever comes second is told so.
func TestARuleEndsOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {

		for range 5 {
			d, err := w.AddRule(w.keeper(), rule(hospital))
			if err != nil {
				t.Fatal(err)
			}
			one := func() error {
				_, err := w.EndRule(w.keeper(), casework.EndRuleInput{ID: d.ID})
				return err
			}
			oneWins(t, one, one)
		}
	})
}

// A row may come to name a unit that cannot handle the case any more. The case
// then waits for a person, who is told.
func TestARowThatLeadsNowhere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if _, err := w.AddRule(w.keeper(), rule(hospital)); err != nil {
			t.Fatal(err)
		}
		w.exec(`update unit set closed_at = 1 where id = $1`, hospital)
		w.told = nil
		id := w.routed("B")
		if got := w.state(id); got != casework.Received || len(w.told) == 0 || w.told[0].kind != "case.new" {
			t.Errorf("the case is %s, told %v", got, w.told)
		}
	})
}

// What a case has none of is an empty list.
func TestNoListIsNull(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, id := range []string{w.received(), w.handling(), w.withdrawn()} {
			text, err := json.Marshal(w.detail(w.supervisor(), id))
			if err != nil || bytes.Contains(text, []byte(":null")) {
				t.Errorf("%v: %s", err, text)
			}
		}
	})
}

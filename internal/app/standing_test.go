package app

import (
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/system"
	"qingfeng/internal/org"
)

// access puts rows into the tables of who may do what, and of what is set, that
// the requests of a matrix leave empty.
func (m *matrix) access(at site) {
	m.t.Helper()
	m.in(func(tx *db.Tx) error {
		return fault.First(
			func() error {
				return org.InsertCode(tx, org.Code{UnitID: at.hospital.ID, System: org.CreditCode, Value: "12100000400000624D", ValidFrom: thatMorning},
					org.Code{UnitID: m.sites[parent].hospital.ID, System: org.InsuranceCode, Value: "H99010000001", ValidFrom: thatMorning})
			},
			func() error { return m.factors(tx, at.reviewer, "a") },
			func() error { return m.factors(tx, at.worker, "b") },
			func() error { return m.set(tx, at, "8") },
			func() error { return m.set(tx, at, "9") },
		)
	})
	for _, off := range []string{"2027-10-04", "2027-10-05"} {
		days := []string{"2027-01-01", "2027-05-01", "2027-05-02", "2027-10-01", "2027-10-02", "2027-10-03", off}
		in := system.Import{Body: system.ImportBody{Year: 2027, Off: days, Reason: "国务院办公厅通知。", Correct: true}}
		got(m.s.System.ImportYear(m.root(), in))(m)
	}
}

// factors gives somebody a second factor of each kind, and a name at the provider
// of single sign-on. A passkey is made by a browser alone.
func (m *matrix) factors(tx *db.Tx, staff, name string) error {
	f := m.s.Org.Factors
	codes, err := f.NewRecovery(tx, staff)
	return fault.First(
		func() error { return err },
		func() error { return f.UseRecovery(tx, staff, codes[0]) },
		func() error {
			_, err := f.BeginCode(tx, staff, name)
			return err
		},
		func() error {
			_, err := tx.Change("passkey", staff, `insert into passkey (id, staff, credential, name, data, added_at) values ($1, $2, $3, $3, '{}', $4)`, db.NewID(), staff, name, thatMorning)
			return err
		},
		func() error {
			_, err := tx.Change("identity", staff, `insert into identity (issuer, subject, staff_id, linked_by, linked_at) values ('https://id.example.org', $1, $2, $1, $3)`, name, staff, thatMorning)
			return err
		},
	)
}

// set adds a version of a setting.
func (m *matrix) set(tx *db.Tx, at site, value string) error {
	_, err := m.s.Settings.Set(m.root(), tx, config.Version{Key: "casework.callback_days", Scope: at.region.Path, EffectiveFrom: thatMorning, Value: value, Source: "通知", Reason: "本地规定。"})
	return err
}

// stands fails the test where a row is not as the log has it: somebody wrote one
// and did not say so.
func (m *matrix) stands() {
	m.t.Helper()
	looked := 0
	err := m.s.DB.Read(m.t.Context(), func(r db.Reader) error {
		for _, c := range m.s.Log.Checks() {
			if !strings.HasSuffix(c.Name, "as last changed") {
				continue
			}
			for _, l := range c.Look(m.t.Context(), r) {
				looked += l.Looked
				for _, said := range l.Said {
					m.t.Errorf("%s: %s", l.Name, said)
				}
			}
		}
		return nil
	})
	if err != nil || looked == 0 {
		m.t.Errorf("%d rows, %v", looked, err)
	}
}

// Every column of a table whose rows stand is covered, or it is said why not. A
// column that is new makes another kind.
func TestEveryColumnStands(t *testing.T) {
	engines(t, func(t *testing.T, place Place) {
		s, err := Open(t.Context(), place, Web{Limits: "off"}, clock.System)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range s.Log.Standings() {
			said := []string{table.Key}
			for _, list := range []string{table.Columns, table.Beside} {
				said = append(said, strings.Fields(strings.ReplaceAll(list, ",", " "))...)
			}
			var have []string
			err := s.DB.Read(t.Context(), func(r db.Reader) error {
				columns, err := db.Columns(r, table.Table)
				for _, c := range columns {
					have = append(have, c.Name)
				}
				return err
			})
			slices.Sort(said)
			slices.Sort(have)
			if err != nil || !slices.Equal(have, said) {
				t.Errorf("%s: columns %v, said %v, %v", table.Table, have, said, err)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

// Whoever plants a role has it named, also after the program changed it; a person
// who mended a row by hand says so, by command.
func TestPlantedRoleIsNamed(t *testing.T) {
	t.Setenv("LANG", "en")
	engines(t, func(t *testing.T, place Place) {
		at := []string{"--data", place.Data, "--database", place.Database}
		must := func(want string, args ...string) {
			t.Helper()
			if _, out, complaint := run(t, append(args, at...)...); !strings.Contains(out+complaint, want) {
				t.Errorf("%v: want %q in\n%s%s", args, want, out, complaint)
			}
		}
		must("one-time passwords", "setup", "370200")
		forge := func(q string, args ...any) {
			t.Helper()
			s, err := Open(t.Context(), place, Web{Limits: "off"}, clock.System)
			if err != nil {
				t.Fatal(err)
			}
			s.adopt(t.Context())
			err = s.DB.InTx(t.Context(), func(tx *db.Tx) error {
				_, err := tx.Exec(q, args...)
				return err
			})
			if err := fault.First(func() error { return err }, s.Close); err != nil {
				t.Fatal(err)
			}
		}
		forge(`insert into role_grant (id, staff_id, role, path, granted_by, granted_at, revoked_by) select 'planted', staff_id, 'handler', path, granted_by, granted_at, '' from role_grant where role = 'audit_admin'`)
		must("WRONG log: roles as last changed: planted of role_grant was put in: the log has no record of it", "verify")
		forge(`delete from role_grant where id = 'planted'`)
		forge(`update role_grant set granted_by = 'nobody' where role = 'audit_admin'`)
		must("of role_grant was altered after its last change on", "verify")
		forge(`update staff set password = 'x' where id = (select staff_id from role_grant where role = 'audit_admin')`)
		must("people and accounts as last changed", "verify")
		s, err := Open(t.Context(), place, Web{Limits: "off"}, clock.System)
		if err != nil {
			t.Fatal(err)
		}
		var name string
		err = s.DB.Read(t.Context(), func(r db.Reader) (err error) {
			name, err = db.Value[string](r, `select username from staff where password = 'x'`)
			return err
		})
		if err := fault.First(func() error { return err }, s.Close); err != nil {
			t.Fatal(err)
		}
		must(name, "user", "reset", name)
		must("of staff had been altered before it was changed on", "verify")
		must("2 rows are not as the log has them, not 1", "log", "accept-rows", "--rows", "1", "--reason", "a trial")
		must("The log says so", "log", "accept-rows", "--rows", "2", "--reason", "a trial")
		if code, out, complaint := run(t, append([]string{"verify"}, at...)...); code != 0 {
			t.Error(out, complaint)
		}
	})
}

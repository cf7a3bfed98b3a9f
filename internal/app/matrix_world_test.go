package app

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org"
)

// matrix is a small city with somebody in every role, and the server in front
// of it.
type matrix struct {
	t      testing.TB
	s      *System
	url    string
	client *http.Client
	watch  *sql.Conn
	ops    map[string]httpapi.Endpoint
	sites  [3]site
	people []*person
	hash   string // of everybody's password
	n      int    // what was named so far

	asked, made int
}

// site is one of the places where things lie: a region with its commission, an
// agency, a hospital with a department, and a place there with a code.
type site struct {
	region                                   org.Region
	commission, agency, hospital, department org.Unit
	place                                    org.Place
	worker, reviewer                         string // staff who hold no role
	code                                     string
	past                                     string // a case of the month before
	month                                    string // the window of that month
}

// person is somebody in a role; nobody at all holds none.
type person struct{ role, staff, username, session string }

const everybodys = "Ganzhou-lantern-41-harbour"

var thatMorning = time.Date(2026, 10, 28, 9, 0, 0, 0, clock.Shanghai)

func newMatrix(t *testing.T) *matrix {
	t.Helper()
	place := Place{Data: t.TempDir(), options: []db.Option{db.Unsynced}, hasher: authn.NewCheapHasher(2)}
	s, err := Open(t.Context(), place, Web{Limits: "off", Workers: 1}, clock.Fixed(thatMorning))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	m := &matrix{t: t, s: s, url: server.URL, client: server.Client(), ops: map[string]httpapi.Endpoint{}}
	s.Org.Issuer = "https://id.example.org" // single sign-on, to be linked to
	m.build()
	m.open()
	return m
}

// root is the context in which the program itself acts.
func (m *matrix) root() context.Context { return authz.With(m.t.Context(), authz.System()) }

// by is the context in which somebody of the commission acts who holds none of
// the roles, and may do everything with cases.
func (m *matrix) by(at site) context.Context {
	a := authz.Actor{ID: at.reviewer, Unit: at.commission.ID, Path: at.commission.Path}
	a.Grants = []authz.Grant{{Path: at.region.Path, Permissions: []authz.Permission{casework.Read, casework.Discipline, casework.Review, casework.Supervise, intake.SeeIdentity}}}
	return authz.With(m.t.Context(), a)
}

// got returns what a use case gave, and fails the test where it was refused.
func got[T any](v T, err error) func(*matrix) T {
	return func(m *matrix) T {
		m.t.Helper()
		if err != nil {
			m.t.Fatal(err)
		}
		return v
	}
}

// in writes something in a transaction.
func (m *matrix) in(f func(tx *db.Tx) error) {
	m.t.Helper()
	if err := m.s.DB.InTx(m.root(), f); err != nil {
		m.t.Fatal(err)
	}
}

// name returns a name that nothing had before.
func (m *matrix) name(of string) string {
	m.n++
	return fmt.Sprintf("%s%d", of, m.n)
}

// open watches the database file from beside the program.
func (m *matrix) open() {
	m.t.Helper()
	file := got(sql.Open("sqlite3", "file:"+filepath.Join(m.s.Place.Data, sqliteFile)+"?mode=ro"))(m)
	m.t.Cleanup(func() { _ = file.Close() })
	m.watch = got(file.Conn(m.t.Context()))(m)
	m.t.Cleanup(func() { _ = m.watch.Close() })
}

// version changes whenever anything is written into the database.
func (m *matrix) version() (n int64) {
	m.t.Helper()
	if err := m.watch.QueryRowContext(m.t.Context(), `pragma data_version`).Scan(&n); err != nil {
		m.t.Fatal(err)
	}
	return n
}

// build makes the tree and the people.
func (m *matrix) build() {
	m.t.Helper()
	var err error
	if m.hash, err = m.s.Org.Hasher.Hash(m.t.Context(), everybodys); err != nil {
		m.t.Fatal(err)
	}
	regions := []org.Region{org.NewRegion("990000", "澜江省"), org.NewRegion("990100", "清江市"), org.NewRegion("990102", "临江区"), org.NewRegion("990103", "北岸区")}
	m.in(func(tx *db.Tx) error { return org.InsertRegion(tx, regions...) })
	for i, g := range []org.Region{regions[2], regions[3], regions[1]} {
		m.sites[i] = m.site(g)
	}
	for _, r := range Roles() {
		m.people = append(m.people, m.employ(r))
	}
	top := m.account(m.sites[parent].commission)
	m.grant(top.staff, org.SystemAdmin, "/")
	top.role, top.session = org.SystemAdmin+" of all", m.signIn(top)
	m.people = append(m.people, top, &person{role: "nobody"})
	m.pasts()
}

// site makes the units of a region.
func (m *matrix) site(g org.Region) site {
	m.t.Helper()
	x := site{region: g}
	x.commission = m.unit(org.Unit{Kind: org.Commission, Parent: g.Code, Region: g.Code, Path: g.Path}, g.Name+"卫健委")
	x.agency = m.unit(org.Unit{Kind: org.Agency, Subkind: string(org.Insurance), Parent: g.Code, Region: g.Code, Path: g.Path}, g.Name+"医保局")
	x.hospital = m.hospital(x)
	x.department = m.department(x)
	x.place = m.place(x)
	x.worker, x.reviewer = m.staff(x.department), m.staff(x.commission)
	x.code = m.codeAt(x.place)
	return x
}

// unit stores a unit below the path that it carries.
func (m *matrix) unit(u org.Unit, name string) org.Unit {
	m.t.Helper()
	u.ID, u.Name, u.ShortName, u.CreatedAt = db.NewID(), m.name(name), name, thatMorning
	u.Path += u.ID + "/"
	m.in(func(tx *db.Tx) error { return org.InsertUnit(tx, u) })
	return u
}

func (m *matrix) hospital(x site) org.Unit {
	m.t.Helper()
	u := m.unit(org.Unit{Kind: org.Institution, Subkind: "general", Parent: x.region.Code, Region: x.region.Code, Path: x.region.Path, Phone: "0990-8700000"}, x.region.Name+"医院")
	m.in(func(tx *db.Tx) error { return org.InsertInstitution(tx, org.Profile{UnitID: u.ID, Licence: u.ID}) })
	return u
}

func (m *matrix) department(x site) org.Unit {
	m.t.Helper()
	return m.unit(org.Unit{Kind: org.Department, Parent: x.hospital.ID, Region: x.region.Code, Path: x.hospital.Path}, "骨科")
}

// place stores a place of the department.
func (m *matrix) place(x site) org.Place {
	m.t.Helper()
	p := org.Place{ID: db.NewID(), UnitID: x.department.ID, Institution: x.hospital.ID, Path: x.department.Path, Kind: org.Ward, Name: m.name("病区"), CreatedAt: thatMorning}
	m.in(func(tx *db.Tx) error { return org.InsertPlace(tx, p) })
	return p
}

// codeAt hangs a code at a place.
func (m *matrix) codeAt(p org.Place) (id string) {
	m.t.Helper()
	in := intake.MakeCodesInput{}
	in.Body.Places = []string{p.ID}
	return got(m.s.Intake.MakeCodes(m.root(), in))(m).Codes[0].ID
}

// staff stores somebody without role and account.
func (m *matrix) staff(u org.Unit) (id string) {
	m.t.Helper()
	id = db.NewID()
	m.in(func(tx *db.Tx) error {
		return org.InsertStaff(tx, org.Staff{ID: id, UnitID: u.ID, Name: m.name("职员"), CreatedAt: thatMorning})
	})
	return id
}

// account stores somebody with an account.
func (m *matrix) account(u org.Unit) *person {
	m.t.Helper()
	p := &person{staff: db.NewID(), username: m.name("user")}
	m.in(func(tx *db.Tx) error {
		if err := org.InsertStaff(tx, org.Staff{ID: p.staff, UnitID: u.ID, Name: m.name("职员"), Username: p.username, CreatedAt: thatMorning}); err != nil {
			return err
		}
		return org.SetPassword(tx, p.staff, m.hash)
	})
	return p
}

// grant gives somebody a role.
func (m *matrix) grant(staff, role, path string) (id string) {
	m.t.Helper()
	id = db.NewID()
	m.in(func(tx *db.Tx) error {
		return org.InsertGrant(tx, org.Grant{ID: id, StaffID: staff, Role: role, Path: path, GrantedBy: "system", GrantedAt: thatMorning})
	})
	return id
}

// employ gives somebody a role where people of that role work, and signs in.
func (m *matrix) employ(r org.Role) *person {
	m.t.Helper()
	x := m.sites[own]
	u, path := x.commission, x.region.Path
	switch r.Key {
	case "handler":
		u, path = x.department, x.department.Path
	case "coordinator", "leader":
		u, path = x.hospital, x.hospital.Path
	}
	p := m.account(u)
	m.grant(p.staff, r.Key, path)
	p.role, p.session = r.Key, m.signIn(p)
	return p
}

// signIn returns the cookie of a new session.
func (m *matrix) signIn(p *person) string {
	m.t.Helper()
	text, err := json.Marshal(map[string]string{"username": p.username, "password": everybodys})
	if err != nil {
		m.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(m.t.Context(), http.MethodPost, m.url+httpapi.Version+"/session", strings.NewReader(string(text)))
	if err != nil {
		m.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := m.client.Do(req)
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	session := sessionOf(res)
	if session == "" {
		m.t.Fatalf("%s cannot sign in: %d", p.role, res.StatusCode)
	}
	return session
}

// sessionOf is the session that an answer begins, if any.
func sessionOf(res *http.Response) string {
	for _, c := range res.Cookies() {
		if c.Name == "qf_session" && c.Value != "" {
			return c.Name + "=" + c.Value
		}
	}
	return ""
}

package demo

import (
	"cmp"
	"fmt"
	"time"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/sanction"
	"qingfeng/internal/org"
)

// builder collects the rows of the organisation before they are stored.
type builder struct {
	at, now time.Time // the beginning of the past, and its end
	story   *story.Generator
	regions []org.Region
	units   []org.Unit
	insts   []org.Profile
	codes   []org.Code
	places  []org.Place
	staff   []org.Staff
	grants  []org.Grant
	people  uint64
	logins  []Login
	byID    map[string]org.Unit
}

// Login is an account of the demo.
type Login struct {
	Role     string `json:"role"`
	Username string `json:"username"`
	Password string `json:"password"`
	staff    string
}

// password is that of every demo account: the demo listens on this machine
// only and holds nothing of anybody.
const password = "Qingfeng-demo-2026"

func (b *builder) city(plan Plan) {
	for _, r := range story.Regions() {
		if len(r.Code) == 6 {
			b.regions = append(b.regions, org.NewRegion(r.Code, r.Name))
		}
	}
	for _, g := range b.regions {
		if g.Level >= 2 {
			b.authorities(g)
		}
	}
	known := map[string]bool{}
	for i, in := range story.Institutions(plan.Institutions) {
		b.institution(i, in)
		known[in.Name] = true
	}
	for _, in := range story.Institutions(plan.Registered) {
		if n := len(b.insts); !known[in.Name] && n < plan.Registered {
			b.register(n, in)
		}
	}
	b.administrators()
}

// authorities makes the commission and the agencies of a region, with staff.
func (b *builder) authorities(g org.Region) {
	commission := b.unit(org.Unit{Kind: org.Commission, Parent: g.Code, Region: g.Code, Path: g.Path, Name: g.Name + "卫生健康委员会", ShortName: g.Name + "卫健委",
		Phone: fmt.Sprintf("0990-86%s2320", g.Code[4:]), Hours: "周一至周五 8:30–12:00、13:30–18:00", Address: g.Name + "政务中心"})
	for _, role := range []string{casework.RoleDispatcher, casework.RoleSupervisor, casework.RoleDiscipline, casework.RoleDirector, "analyst", "operator", sanction.RoleCampaign, "inspector"} {
		b.person(commission, role, g.Path, g.Level == 2)
	}
	for kind, name := range org.AgencyNames() {
		if kind == org.Hotline && g.Level > 2 {
			continue
		}
		b.unit(org.Unit{Kind: org.Agency, Subkind: string(kind), Parent: g.Code, Region: g.Code, Path: g.Path, Name: g.Name + name.ZH + "部门",
			Hours: "周一至周五 8:30–12:00、13:30–18:00"})
	}
}

// register puts an institution on the register.
func (b *builder) register(n int, in story.Institution) org.Unit {
	g := b.region(in.Region)
	u := b.unit(org.Unit{Kind: org.Institution, Subkind: kindOf(in), Parent: g.Code, Region: g.Code, Path: g.Path, Name: in.Name,
		Phone: fmt.Sprintf("0990-87%05d", n), Hours: "周一至周五 8:00–17:30", Sort: n})
	profit := "government"
	if in.Ownership == "民营" {
		profit = "profit"
	}
	b.insts = append(b.insts, org.Profile{UnitID: u.ID, Level: entryCode(org.Levels(), in.Level), Ownership: entryCode(org.Ownerships(), in.Ownership),
		Nature: profit, Beds: in.Beds, Licence: fmt.Sprintf("QJ%s%06d", in.Region, n), LicenceUntil: b.now.AddDate(0, n%36, 0)})
	b.codes = append(b.codes, org.Code{UnitID: u.ID, System: org.CreditCode, Value: creditCode(g.Code, n), ValidFrom: b.at},
		org.Code{UnitID: u.ID, System: org.InsuranceCode, Value: fmt.Sprintf("H%s%05d", g.Code, n+1), ValidFrom: b.at})
	return u
}

// institution makes an institution with departments, places and staff.
func (b *builder) institution(n int, in story.Institution) {
	u := b.register(n, in)
	departments := map[string]org.Unit{}
	for i, d := range story.Departments(in.Kind) {
		departments[d.Name] = b.unit(org.Unit{Kind: org.Department, Subkind: d.Subject, Parent: u.ID, Region: u.Region, Path: u.Path, Name: d.Name, Sort: i})
	}
	for _, p := range story.Places(in) {
		at := u
		if d, ok := departments[p.Department]; ok {
			at = d
		}
		b.places = append(b.places, org.Place{ID: db.NewID(), UnitID: at.ID, Institution: u.ID, Path: at.Path, Kind: placeKind(p.Kind), Name: p.Name, CreatedAt: b.at})
	}
	b.person(u, casework.RoleCoordinator, u.Path, n == 0)
	if n < 20 {
		b.person(u, casework.RoleLeader, u.Path, n == 0)
		for _, d := range story.Departments(in.Kind)[:min(2, len(departments))] {
			b.person(departments[d.Name], "handler", departments[d.Name].Path, n == 0 && d == story.Departments(in.Kind)[0])
		}
	}
}

// administrators are the three of the city, with the custodian of identities: at
// the commission's information office.
func (b *builder) administrators() {
	for _, u := range b.units {
		if u.Kind == org.Commission && u.Region == story.CityCode {
			b.person(u, org.SystemAdmin, "/", true)
			b.person(u, org.SecurityAdmin, "/", true)
			b.person(u, org.AuditAdmin, "/", true)
			b.person(u, casework.RoleCustodian, cityPath, true)
			b.inspection(u)
		}
	}
	for _, u := range b.units {
		if _, reports := published()[org.AgencyKind(u.Subkind)]; reports && u.Kind == org.Agency && u.Parent == county {
			b.person(u, casework.RoleCoordinator, u.Path, false)
		}
	}
}

// inspection makes those who inspect beside the ones whom every commission has: a
// second person of the campaign office, more inspectors, a social supervisor.
func (b *builder) inspection(u org.Unit) {
	b.person(u, sanction.RoleCampaign, cityPath, false)
	for range inspectors - 1 {
		b.person(u, "inspector", cityPath, false)
	}
	b.person(u, "monitor", u.Path, true)
}

// unit adds a unit below the path that u carries.
func (b *builder) unit(u org.Unit) org.Unit {
	u.ID = db.NewID()
	u.Path += u.ID + "/"
	u.CreatedAt = b.at
	u.ShortName = cmp.Or(u.ShortName, u.Name)
	b.units = append(b.units, u)
	b.byID[u.ID] = u
	return u
}

// person adds a member of staff who holds a role at a path; with a login when
// the demo shows the role.
func (b *builder) person(u org.Unit, role, path string, login bool) {
	b.people++
	who := b.story.Person(1_000_000_000 + b.people)
	p := org.Staff{ID: db.NewID(), UnitID: u.ID, Name: who.Name, EmployeeNo: fmt.Sprintf("QJ%06d", b.people), Phone: who.Phone, CreatedAt: b.at,
		Username: fmt.Sprintf("u%06d", b.people)}
	if login {
		p.Username = role
		b.logins = append(b.logins, Login{Role: role, Username: role, Password: password, staff: p.ID})
	}
	b.staff = append(b.staff, p)
	b.grants = append(b.grants, org.Grant{ID: db.NewID(), StaffID: p.ID, Role: role, Path: path, GrantedBy: "system", GrantedAt: b.at})
}

// store writes the organisation in one transaction.
func (b *builder) store(tx *db.Tx, hash string) error {
	for _, write := range []func() error{
		func() error { return org.InsertRegion(tx, b.regions...) }, func() error { return org.InsertUnit(tx, b.units...) },
		func() error { return org.InsertInstitution(tx, b.insts...) }, func() error { return org.InsertCode(tx, b.codes...) },
		func() error { return org.InsertPlace(tx, b.places...) }, func() error { return org.InsertStaff(tx, b.staff...) },
		func() error { return org.InsertGrant(tx, b.grants...) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	for _, l := range b.logins {
		if err := org.SetPassword(tx, l.staff, hash); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) region(code string) org.Region {
	for _, g := range b.regions {
		if g.Code == code {
			return g
		}
	}
	panic("demo: no region " + code)
}

package org

import (
	"context"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

var numberIsTaken = i18n.T("本单位已有此工号或用户名", "the unit has this employee number or user name already")

// ListStaff asks for people.
type ListStaff struct {
	list.Query
	Q       string `query:"q" maxLength:"100" doc:"Part of the name."`
	Unit    string `query:"unit" maxLength:"64" doc:"Only those of this unit."`
	Below   string `query:"below" maxLength:"64" doc:"Only those of units at or below this unit or region."`
	Account bool   `query:"account" doc:"Only those who have an account."`
	Mine    bool   `query:"mine" doc:"Only those in the caller's own scope."`
	Closed  bool   `query:"closed" doc:"Closed ones too."`
	Dormant bool   `query:"dormant" doc:"Only those whose account sleeps because nobody used it."`
}

// Person is a member of staff in a list. Outside of the caller's own scope
// only name, title and unit are told.
type Person struct {
	Staff
	UnitName string `json:"unit_name"`
	UnitPath string `json:"unit_path" db:"path"`
	Masked   bool   `json:"masked" doc:"Telephone, e-mail, number and account are not shown to the caller."`
}

// mask takes away what only the own administration may see.
func (p *Person) mask(a authz.Actor) {
	if a.Covers(Read, p.UnitPath) || a.ID == p.ID {
		return
	}
	p.Masked = true
	p.Staff = Staff{ID: p.ID, UnitID: p.UnitID, Name: p.Name, Title: p.Title, ClosedAt: p.ClosedAt, CreatedAt: p.CreatedAt}
}

// ListStaff lists people, the longest known first. Fault: NotFound when below
// does not exist.
func (s *Service) ListStaff(ctx context.Context, in ListStaff) (list.Page[Person], error) {
	return read(ctx, s.DB, func(r db.Reader) (list.Page[Person], error) {
		page, err := list.Read(ctx, r, in.Query, list.Up("created_at", "id", func(p Person) list.Key { return list.At(p.CreatedAt, p.ID) }), in.conditions, staffPage)
		for i := range page.Items {
			page.Items[i].mask(authz.From(ctx))
		}
		return page, err
	})
}

func (in ListStaff) conditions(ctx context.Context, r db.Reader, w *db.Where) error {
	if in.Mine {
		Within(w, "path", authz.From(ctx).Paths(Read))
	}
	Contains(w, in.Q, "name")
	w.AndIf(in.Unit != "", "unit_id = ?", in.Unit)
	w.AndIf(in.Account, "username <> ''")
	w.AndIf(!in.Closed, "closed_at is null")
	if in.Dormant {
		w.And("dormant_at is not null")
		Within(w, "path", authz.From(ctx).Paths(ManageAccounts))
	}
	return belowNode(r, w, in.Below)
}

// Held is a grant with the names of its role and node.
type Held struct {
	Grant
	RoleName i18n.Text `json:"role_name"`
	NodeName string    `json:"node_name" doc:"Name of the region or unit at which the role is held."`
}

// PersonDetail is a member of staff with the roles held now.
type PersonDetail struct {
	Person
	Grants []Held `json:"grants"`
}

// Person returns a member of staff with the roles held now; outside of the
// caller's own scope without them. Fault: NotFound.
func (s *Service) Person(ctx context.Context, in ByID) (PersonDetail, error) {
	return read(ctx, s.DB, func(r db.Reader) (PersonDetail, error) { return s.personDetail(ctx, r, in.ID) })
}

func (s *Service) personDetail(ctx context.Context, r db.Reader, id string) (d PersonDetail, err error) {
	d.Grants = []Held{}
	p, u, err := personAt(r, id)
	if err != nil {
		return d, err
	}
	d.Person = Person{Staff: p, UnitName: u.Name, UnitPath: u.Path}
	d.mask(authz.From(ctx))
	if d.Masked {
		return d, nil
	}
	held, err := grantsOf(r, id)
	if err != nil {
		return d, err
	}
	d.Grants, err = s.named(r, held)
	return d, err
}

// personAt returns a member of staff and the unit that the person belongs to.
func personAt(r db.Reader, id string) (Staff, Unit, error) {
	p, err := StaffByID(r, id)
	if err != nil {
		return p, Unit{}, err
	}
	u, err := UnitByID(r, p.UnitID)
	return p, u, err
}

// NewStaff is a member of staff to be added.
type NewStaff struct {
	UnitID     string `json:"unit_id" maxLength:"64"`
	Name       string `json:"name" minLength:"1" maxLength:"100"`
	EmployeeNo string `json:"employee_no,omitempty" maxLength:"50"`
	Title      string `json:"title,omitempty" maxLength:"100"`
	Phone      string `json:"phone,omitempty" maxLength:"100"`
	Email      string `json:"email,omitempty" maxLength:"100"`
}

// CreateStaff adds a member of staff, who has no account yet. Faults: Invalid,
// Forbidden outside of the own scope, Conflict when the unit is closed or the
// employee number is taken in it.
func (s *Service) CreateStaff(ctx context.Context, in Posted[NewStaff]) (Staff, error) {
	b := in.Body
	p := Staff{ID: db.NewID(), UnitID: b.UnitID, Name: b.Name, EmployeeNo: b.EmployeeNo, Title: b.Title, Phone: b.Phone, Email: b.Email, CreatedAt: s.now()}
	return do(ctx, s, deed{action: "org.staff.create", subject: p.ID, taken: numberIsTaken},
		func(r db.Reader) (Staff, error) { return employed(ctx, r, p) },
		func(tx *db.Tx, p *Staff) ([]any, error) { return []any{"unit", p.UnitID}, InsertStaff(tx, *p) })
}

// employed checks a member of staff against the unit that the person belongs to.
func employed(ctx context.Context, r db.Reader, p Staff) (Staff, error) {
	trim(&p.Name, &p.EmployeeNo, &p.Title, &p.Phone, &p.Email)
	if err := checkStaff(p); err != nil {
		return p, err
	}
	if _, err := openUnit(ctx, r, p.UnitID, Manage); err != nil {
		return p, err
	}
	return p, freeNumber(r, p)
}

// freeNumber refuses an employee number that somebody else carries in the same
// institution, commission or agency.
func freeNumber(r db.Reader, p Staff) error {
	u, err := UnitByID(r, p.UnitID)
	if err != nil {
		return err
	}
	whole, err := InstitutionOf(r, u)
	if err != nil {
		return err
	}
	taken, err := numberTaken(r, p, whole.Path)
	if taken {
		return fault.New(fault.Conflict, i18n.T("本单位已有工号 %s", "the unit has the employee number %s already"), p.EmployeeNo)
	}
	return err
}

func checkStaff(p Staff) error {
	var bad fault.Fields
	required(&bad, "name", p.Name)
	optional(&bad, "employee_no", p.EmployeeNo, maxName)
	optional(&bad, "title", p.Title, maxName)
	phone(&bad, "phone", p.Phone)
	bad.Refuse(p.Email != "" && !ValidEmail(p.Email), "email", i18n.T("邮箱地址不对", "not an e-mail address"))
	return bad.Err()
}

// StaffChange is what changes about a member of staff; what is absent stays.
type StaffChange struct {
	UnitID     *string `json:"unit_id,omitempty" maxLength:"64"`
	Name       *string `json:"name,omitempty" minLength:"1" maxLength:"100"`
	EmployeeNo *string `json:"employee_no,omitempty" maxLength:"50"`
	Title      *string `json:"title,omitempty" maxLength:"100"`
	Phone      *string `json:"phone,omitempty" maxLength:"100"`
	Email      *string `json:"email,omitempty" maxLength:"100"`
}

func (c StaffChange) apply(p *Staff) []string {
	var changed patch
	set(&changed, "unit_id", &p.UnitID, c.UnitID)
	set(&changed, "name", &p.Name, c.Name)
	set(&changed, "employee_no", &p.EmployeeNo, c.EmployeeNo)
	set(&changed, "title", &p.Title, c.Title)
	set(&changed, "phone", &p.Phone, c.Phone)
	set(&changed, "email", &p.Email, c.Email)
	return changed.fields
}

// ChangeStaff changes a member of staff, or moves the person to another unit
// of the own scope. Whoever moves holds no roles: they were granted for the
// post that is left. Faults: Invalid, NotFound, Forbidden, Conflict.
func (s *Service) ChangeStaff(ctx context.Context, in PostedTo[StaffChange]) (Staff, error) {
	return do(ctx, s, deed{action: "org.staff.change", subject: in.ID, taken: numberIsTaken},
		func(r db.Reader) (Staff, error) { return openPerson(ctx, r, in.ID) },
		func(tx *db.Tx, p *Staff) ([]any, error) {
			fields := in.Body.apply(p)
			if len(fields) == 0 {
				return nil, nil
			}
			return changed(fields), fault.First(
				func() error { return mayMove(tx.Reader, p.ID, fields) },
				func() (err error) { *p, err = employed(ctx, tx.Reader, *p); return err },
				func() error { return updateStaff(tx, *p) },
			)
		})
}

// openPerson returns somebody at work whom the actor of ctx may change.
func openPerson(ctx context.Context, r db.Reader, id string) (Staff, error) {
	p, u, err := personAt(r, id)
	if err != nil {
		return p, err
	}
	if err := authz.Need(ctx, Manage, u.Path); err != nil {
		return p, err
	}
	if !p.ClosedAt.IsZero() {
		return p, closedPerson()
	}
	return p, nil
}

// mayMove refuses to move somebody who holds roles.
func mayMove(r db.Reader, id string, fields []string) error {
	if !slices.Contains(fields, "unit_id") {
		return nil
	}
	held, err := grantsOf(r, id)
	if len(held) > 0 {
		return fault.New(fault.Conflict, i18n.T("调动前须先撤销其 %d 项角色", "revoke the person's %d roles before the move"), len(held))
	}
	return err
}

func closedPerson() error {
	return fault.New(fault.Conflict, i18n.T("此人账号已停用", "this person's account is closed")).
		WithFix(i18n.T("请先恢复账号", "reopen it first"))
}

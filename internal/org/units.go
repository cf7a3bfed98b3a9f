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

var unitNameTaken = i18n.T("这里已有同名单位", "a unit of this name is there already")

// ListUnits asks for units.
type ListUnits struct {
	list.Query
	Q       string `query:"q" maxLength:"100" doc:"Part of the name."`
	Parent  string `query:"parent" maxLength:"64" doc:"Only those right below this unit or region."`
	Below   string `query:"below" maxLength:"64" doc:"Only those anywhere below this unit or region, itself included."`
	Region  string `query:"region" maxLength:"6" doc:"Only those in this region and the regions in it."`
	Kind    string `query:"kind" enum:"commission,agency,institution,department"`
	Subkind string `query:"subkind" maxLength:"40"`
	Mine    bool   `query:"mine" doc:"Only those in the caller's own scope."`
	Closed  bool   `query:"closed" doc:"Closed ones too."`
}

// ListUnits lists units in order of sort. Names of units are no secret, so
// that everybody can pick one; Mine narrows the list to the own scope.
// Fault: NotFound when below or region do not exist.
func (s *Service) ListUnits(ctx context.Context, in ListUnits) (list.Page[Unit], error) {
	return read(ctx, s.DB, func(r db.Reader) (list.Page[Unit], error) {
		return list.Read(ctx, r, in.Query, list.Up("sort", "id", func(u Unit) list.Key { return list.Nth(u.Sort, u.ID) }), in.conditions, unitPage)
	})
}

func (in ListUnits) conditions(ctx context.Context, r db.Reader, w *db.Where) error {
	Contains(w, in.Q, "name", "short_name")
	w.AndIf(in.Parent != "", "parent = ?", in.Parent)
	w.AndIf(in.Kind != "", "kind = ?", in.Kind)
	w.AndIf(in.Subkind != "", "subkind = ?", in.Subkind)
	w.AndIf(!in.Closed, "closed_at is null")
	if in.Mine {
		Within(w, "path", authz.From(ctx).Paths(Read))
	}
	for _, node := range []string{in.Below, in.Region} {
		if err := belowNode(r, w, node); err != nil {
			return err
		}
	}
	return nil
}

// belowNode narrows to what lies at or below a unit or region; an empty node
// narrows nothing.
func belowNode(r db.Reader, w *db.Where, node string) error {
	if node == "" {
		return nil
	}
	path, err := PathOf(r, node)
	if err != nil {
		return err
	}
	Within(w, "path", []string{path})
	return nil
}

// UnitDetail is a unit with everything on record.
type UnitDetail struct {
	Unit
	Crumbs  []Crumb  `json:"crumbs" doc:"The nodes from the top down to the unit."`
	Profile *Profile `json:"profile,omitempty" doc:"Institutions only."`
	Codes   []Code   `json:"codes" doc:"Current codes first, then those that have ended."`
}

// Crumb is a node of the tree by name.
type Crumb struct {
	ID   string `json:"id" doc:"Code of the region or identifier of the unit."`
	Name string `json:"name"`
}

// Unit returns a unit with everything on record. Fault: NotFound.
func (s *Service) Unit(ctx context.Context, in ByID) (UnitDetail, error) {
	return read(ctx, s.DB, func(r db.Reader) (UnitDetail, error) { return unitDetail(r, in.ID) })
}

func unitDetail(r db.Reader, id string) (d UnitDetail, err error) {
	if d.Unit, err = UnitByID(r, id); err != nil {
		return d, err
	}
	if d.Crumbs, err = crumbs(r, d.Path); err != nil {
		return d, err
	}
	if d.Codes, err = codesOf(r, id); err != nil || d.Kind != Institution {
		return d, err
	}
	d.Profile, err = profileOf(r, id)
	return d, err
}

// NewUnit is a unit to be added.
type NewUnit struct {
	Kind      UnitKind `json:"kind" enum:"commission,agency,department"`
	Subkind   string   `json:"subkind,omitempty" maxLength:"40" doc:"Agency: which authority. Department: code of the 诊疗科目, empty for an office that treats nobody."`
	Parent    string   `json:"parent" maxLength:"64" doc:"Code of the region; for a department, identifier of the institution."`
	Name      string   `json:"name" minLength:"1" maxLength:"100"`
	ShortName string   `json:"short_name,omitempty" maxLength:"100"`
	Phone     string   `json:"phone,omitempty" maxLength:"100"`
	Hours     string   `json:"hours,omitempty" maxLength:"300"`
	Address   string   `json:"address,omitempty" maxLength:"300"`
	Sort      int      `json:"sort,omitempty" minimum:"0" maximum:"1000000" doc:"Place in lists; 0 takes the natural one."`
}

func (n *NewUnit) unit() Unit {
	u := Unit{Kind: n.Kind, Subkind: n.Subkind, Parent: n.Parent, Name: n.Name, ShortName: n.ShortName,
		Phone: n.Phone, Hours: n.Hours, Address: n.Address, Sort: n.Sort}
	u.tidy()
	return u
}

func (u *Unit) tidy() { trim(&u.Name, &u.ShortName, &u.Phone, &u.Hours, &u.Address) }

// CreateUnit adds a commission, an agency or a department.
// Faults: Invalid, Forbidden outside of the own scope, Conflict when the name
// is taken or the region has a commission.
func (s *Service) CreateUnit(ctx context.Context, in Posted[NewUnit]) (Unit, error) {
	if in.Body.Kind == Institution {
		return Unit{}, fault.Field("kind", i18n.T("机构请从“新增机构”办理", "add institutions as institutions"))
	}
	u := in.Body.unit()
	u.ID = db.NewID()
	return do(ctx, s, deed{action: "org.unit.create", subject: u.ID, taken: unitNameTaken},
		func(r db.Reader) (Unit, error) { return s.placed(ctx, r, u, "") },
		func(tx *db.Tx, u *Unit) ([]any, error) {
			return []any{"kind", u.Kind, "parent", u.Parent}, InsertUnit(tx, *u)
		})
}

// placed checks a new unit and gives it its place in the tree; level is that of
// an institution.
func (s *Service) placed(ctx context.Context, r db.Reader, u Unit, level string) (Unit, error) {
	if err := checkUnit(u).Err(); err != nil {
		return u, err
	}
	region, above, err := parentOf(r, u)
	if err != nil {
		return u, err
	}
	if err := authz.Need(ctx, Manage, above); err != nil {
		return u, err
	}
	u.CreatedAt, u.Region, u.Path = s.now(), region, above+u.ID+"/"
	if u.Sort == 0 {
		u.Sort = naturalSort(u.Kind, u.Subkind, level)
	}
	return u, refuseTwin(r, u)
}

// checkUnit refuses what a unit cannot be called or be.
func checkUnit(u Unit) *fault.Fields {
	bad := &fault.Fields{}
	required(bad, "name", u.Name)
	optional(bad, "short_name", u.ShortName, maxName)
	phone(bad, "phone", u.Phone)
	optional(bad, "hours", u.Hours, maxText)
	optional(bad, "address", u.Address, maxText)
	bad.Refuse(u.Sort < 0, "sort", i18n.T("不能小于 0", "must be at least 0"))
	kinds := subkinds(u.Kind)
	bad.Refuse(position(unitKinds(), string(u.Kind)) < 0, "kind", i18n.T("不认识的单位类别", "this kind of unit is not known"))
	mayBeEmpty := u.Kind == Department || len(kinds) == 0
	bad.Refuse(u.Subkind == "" && !mayBeEmpty, "subkind", i18n.T("请选择类别", "please choose the kind"))
	oneOf(bad, "subkind", u.Subkind, kinds)
	return bad
}

// subkinds returns the dictionary from which units of a kind take their subkind.
func subkinds(k UnitKind) []Entry {
	switch k {
	case Institution:
		return InstitutionKinds()
	case Department:
		return Subjects()
	case Agency:
		return agencyKinds()
	case Commission:
	}
	return nil
}

// naturalSort is the place of a unit among others: the commission, the
// agencies, institutions by level, departments by 诊疗科目 with the offices
// before them.
func naturalSort(kind UnitKind, subkind, level string) int {
	switch kind {
	case Commission:
		return 1
	case Agency:
		return 10 + position(agencyKinds(), subkind)
	case Institution:
		if i := position(Levels(), level); i >= 0 {
			return 100 + i
		}
		return 199
	case Department:
	}
	return 10_000 + SubjectKey(subkind)
}

// parentOf returns the region and the path of what a new unit is put under.
func parentOf(r db.Reader, u Unit) (region, path string, err error) {
	if u.Kind == Department {
		above, err := UnitByID(r, u.Parent)
		if err != nil || above.Kind != Institution || !above.ClosedAt.IsZero() {
			return "", "", orField(err, "parent", i18n.T("没有这个机构，或已停用", "there is no such institution, or it is closed"))
		}
		return above.Region, above.Path, nil
	}
	g, err := RegionByCode(r, u.Parent)
	if err != nil || g.Closed {
		return "", "", orField(err, "parent", i18n.T("没有这个行政区划，或已撤销", "there is no such region, or it was abolished"))
	}
	return g.Code, g.Path, nil
}

// orField turns "not found" into a complaint about a field; other errors stay.
func orField(err error, field string, text i18n.Text) error {
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return fault.Field(field, text)
}

// refuseTwin refuses a second open unit of one name at one place, and a second
// commission of a region.
func refuseTwin(r db.Reader, u Unit) error {
	twin, err := hasTwin(r, u)
	if err != nil {
		return err
	}
	if !twin {
		return nil
	}
	if u.Kind == Commission {
		return fault.New(fault.Conflict, i18n.T("该地区已有卫生健康委", "the region has a health commission already"))
	}
	return fault.New(fault.Conflict, unitNameTaken).WithFix(i18n.T("请核对是否重复；确为不同单位时请在名称上区分", "check whether it is the same; if not, make the names differ"))
}

// UnitChange is what changes about a unit; what is absent stays.
type UnitChange struct {
	Subkind   *string `json:"subkind,omitempty" maxLength:"40"`
	Name      *string `json:"name,omitempty" minLength:"1" maxLength:"100"`
	ShortName *string `json:"short_name,omitempty" maxLength:"100"`
	Phone     *string `json:"phone,omitempty" maxLength:"100"`
	Hours     *string `json:"hours,omitempty" maxLength:"300"`
	Address   *string `json:"address,omitempty" maxLength:"300"`
	Sort      *int    `json:"sort,omitempty" minimum:"0" maximum:"1000000"`
}

func (c UnitChange) apply(u *Unit) []string {
	var p patch
	set(&p, "subkind", &u.Subkind, c.Subkind)
	set(&p, "name", &u.Name, c.Name)
	set(&p, "short_name", &u.ShortName, c.ShortName)
	set(&p, "phone", &u.Phone, c.Phone)
	set(&p, "hours", &u.Hours, c.Hours)
	set(&p, "address", &u.Address, c.Address)
	set(&p, "sort", &u.Sort, c.Sort)
	u.tidy()
	return p.fields
}

// ChangeUnit changes what a unit is called and how it is reached. Its place in
// the tree never changes: a unit that moves is closed and made anew.
// Faults: Invalid, NotFound, Forbidden, Conflict when it is closed or the name
// is taken.
func (s *Service) ChangeUnit(ctx context.Context, in PostedTo[UnitChange]) (Unit, error) {
	return do(ctx, s, deed{action: "org.unit.change", subject: in.ID, taken: unitNameTaken},
		func(r db.Reader) (Unit, error) { return openUnit(ctx, r, in.ID, Manage) },
		func(tx *db.Tx, u *Unit) ([]any, error) {
			fields := in.Body.apply(u)
			if len(fields) == 0 {
				return nil, nil
			}
			return changed(fields), fault.First(
				func() error { return checkUnit(*u).Err() },
				func() error { return refuseTwin(tx.Reader, *u) },
				func() error { return updateUnit(tx, *u) },
			)
		})
}

// changed is the detail of a change for the log: which fields, not what they
// hold. Where none did it says so: a list is no less a list when it is empty.
func changed(fields []string) []any { return []any{"fields", append([]string{}, fields...)} }

// openUnit returns a unit that is open and where the actor of ctx holds p.
func openUnit(ctx context.Context, r db.Reader, id string, p authz.Permission) (Unit, error) {
	u, err := UnitByID(r, id)
	if err != nil {
		return u, err
	}
	if err := authz.Need(ctx, p, u.Path); err != nil {
		return u, err
	}
	if !u.ClosedAt.IsZero() {
		return u, fault.New(fault.Conflict, i18n.T("该单位已停用", "this unit is closed"))
	}
	return u, nil
}

// Closing is why a unit is closed, and what happens to what is in it.
type Closing struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
	Below  bool   `json:"below,omitempty" doc:"Close departments, places and accounts in it as well. Without it a unit that holds any is not closed."`
}

// CloseUnit closes a unit for good and ends its codes, so that its successor
// may carry them. Faults: NotFound, Forbidden, Conflict when it is closed
// already, is one's own, or holds what Below does not allow to close.
func (s *Service) CloseUnit(ctx context.Context, in PostedTo[Closing]) (Unit, error) {
	return do(ctx, s, deed{action: "org.unit.close", subject: in.ID, reason: in.Body.Reason, taken: unitNameTaken},
		func(r db.Reader) (Unit, error) {
			if err := reason(in.Body.Reason); err != nil {
				return Unit{}, err
			}
			return openUnit(ctx, r, in.ID, Manage)
		},
		func(tx *db.Tx, u *Unit) ([]any, error) {
			u.ClosedAt = s.now()
			return []any{"below", in.Body.Below}, fault.First(
				func() error { return mayClose(ctx, tx.Reader, *u, in.Body.Below) },
				func() error { return closeBelow(tx, *u, authz.From(ctx).ID) },
			)
		})
}

// mayClose refuses to close one's own unit, and one that is not empty unless
// that is wanted.
func mayClose(ctx context.Context, r db.Reader, u Unit, below bool) error {
	if slices.Contains(authz.From(ctx).Lineage(), u.ID) {
		return fault.New(fault.Conflict, i18n.T("不能停用自己所在的单位", "you cannot close the unit that you belong to"))
	}
	held, err := holds(r, u)
	if err != nil || below || held == (holdings{}) {
		return err
	}
	return fault.New(fault.Conflict, i18n.T("其中还有 %d 个科室、%d 个地点、%d 名人员", "it still holds %d departments, %d places and %d people"), held.Units, held.Places, held.People).
		WithFix(i18n.T("请先逐一停用，或选择一并停用", "close them first, or choose to close everything in it"))
}

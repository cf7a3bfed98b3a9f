package org

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

var placeTaken = i18n.T("这里已有同名地点", "a place of this name is there already")

// ListPlaces asks for places.
type ListPlaces struct {
	list.Query
	Q           string    `query:"q" maxLength:"100" doc:"Part of the name or location."`
	Institution string    `query:"institution" maxLength:"64"`
	Unit        string    `query:"unit" maxLength:"64" doc:"Only those of this department, or of the institution itself."`
	Below       string    `query:"below" maxLength:"64" doc:"Only those anywhere below this unit or region."`
	Kind        PlaceKind `query:"kind" enum:"clinic,ward,window,hall,other"`
	Closed      bool      `query:"closed" doc:"Retired ones too."`
}

// ListPlaces lists the places of the caller's own scope, the oldest first.
// Fault: NotFound when below does not exist.
func (s *Service) ListPlaces(ctx context.Context, in ListPlaces) (list.Page[Place], error) {
	return read(ctx, s.DB, func(r db.Reader) (list.Page[Place], error) {
		return list.Read(ctx, r, in.Query, list.Up("created_at", "id", func(p Place) list.Key { return list.At(p.CreatedAt, p.ID) }), in.conditions, placePage)
	})
}

func (in ListPlaces) conditions(ctx context.Context, r db.Reader, w *db.Where) error {
	Within(w, "path", authz.From(ctx).Paths(Read))
	Contains(w, in.Q, "name", "location")
	w.AndIf(in.Institution != "", "institution = ?", in.Institution)
	w.AndIf(in.Unit != "", "unit_id = ?", in.Unit)
	w.AndIf(in.Kind != "", "kind = ?", in.Kind)
	w.AndIf(!in.Closed, "closed_at is null")
	return belowNode(r, w, in.Below)
}

// Place returns a place of the caller's own scope. Faults: NotFound, Forbidden.
func (s *Service) Place(ctx context.Context, in ByID) (Place, error) {
	return read(ctx, s.DB, func(r db.Reader) (Place, error) {
		p, err := PlaceByID(r, in.ID)
		if err != nil {
			return p, err
		}
		return p, authz.Need(ctx, Read, p.Path)
	})
}

// NewPlace is a place to be added.
type NewPlace struct {
	UnitID   string    `json:"unit_id" maxLength:"64" doc:"Department, or the institution itself."`
	Kind     PlaceKind `json:"kind" enum:"clinic,ward,window,hall,other"`
	Name     string    `json:"name" minLength:"1" maxLength:"100"`
	Location string    `json:"location,omitempty" maxLength:"300" doc:"Building and floor."`
}

// CreatePlace adds a place. Faults: Invalid, Forbidden outside of the own
// scope, Conflict when the unit is closed or has such a place.
func (s *Service) CreatePlace(ctx context.Context, in Posted[NewPlace]) (Place, error) {
	p := Place{ID: db.NewID(), UnitID: in.Body.UnitID, Kind: in.Body.Kind, Name: in.Body.Name, Location: in.Body.Location, CreatedAt: s.now()}
	return do(ctx, s, deed{action: "org.place.create", subject: p.ID, taken: placeTaken},
		func(r db.Reader) (Place, error) { return settled(ctx, r, p) },
		func(tx *db.Tx, p *Place) ([]any, error) { return []any{"unit", p.UnitID}, InsertPlace(tx, *p) })
}

// settled checks a place and gives it the path and institution of its unit.
func settled(ctx context.Context, r db.Reader, p Place) (Place, error) {
	trim(&p.Name, &p.Location)
	if err := checkPlace(p); err != nil {
		return p, err
	}
	u, err := openUnit(ctx, r, p.UnitID, ManagePlaces)
	if err != nil {
		return p, err
	}
	if u.Kind != Institution && u.Kind != Department {
		return p, fault.Field("unit_id", i18n.T("地点只能设在机构或科室下", "a place belongs to an institution or a department"))
	}
	above, err := InstitutionOf(r, u)
	if err != nil {
		return p, err
	}
	p.Path, p.Institution = u.Path, above.ID
	twin, err := placeTwin(r, p)
	if twin {
		return p, fault.New(fault.Conflict, placeTaken).WithFix(i18n.T("请用位置（楼、层）区分", "tell them apart by building and floor"))
	}
	return p, err
}

func checkPlace(p Place) error {
	var bad fault.Fields
	required(&bad, "name", p.Name)
	optional(&bad, "location", p.Location, maxText)
	bad.Refuse(p.Kind == "", "kind", i18n.T("请选择地点类型", "please choose the kind of place"))
	oneOf(&bad, "kind", string(p.Kind), placeKinds())
	return bad.Err()
}

// PlaceChange is what changes about a place; what is absent stays.
type PlaceChange struct {
	UnitID   *string    `json:"unit_id,omitempty" maxLength:"64" doc:"Another unit of the same institution."`
	Kind     *PlaceKind `json:"kind,omitempty" enum:"clinic,ward,window,hall,other"`
	Name     *string    `json:"name,omitempty" minLength:"1" maxLength:"100"`
	Location *string    `json:"location,omitempty" maxLength:"300"`
}

// ChangePlace changes a place, or hands it to another department of the same
// institution: the code that hangs there stays good. Faults: Invalid,
// NotFound, Forbidden, Conflict when it is retired or has a twin.
func (s *Service) ChangePlace(ctx context.Context, in PostedTo[PlaceChange]) (Place, error) {
	return do(ctx, s, deed{action: "org.place.change", subject: in.ID, taken: placeTaken},
		func(r db.Reader) (Place, error) { return openPlace(ctx, r, in.ID) },
		func(tx *db.Tx, p *Place) ([]any, error) {
			before := *p
			fields := in.Body.apply(p)
			if len(fields) == 0 {
				return nil, nil
			}
			return changed(fields), fault.First(
				func() (err error) { *p, err = settled(ctx, tx.Reader, *p); return err },
				func() error { return sameInstitution(before, *p) },
				func() error { return updatePlace(tx, *p) },
			)
		})
}

func (c PlaceChange) apply(p *Place) []string {
	var changes patch
	set(&changes, "unit_id", &p.UnitID, c.UnitID)
	set(&changes, "kind", &p.Kind, c.Kind)
	set(&changes, "name", &p.Name, c.Name)
	set(&changes, "location", &p.Location, c.Location)
	return changes.fields
}

func sameInstitution(before, after Place) error {
	if before.Institution == after.Institution {
		return nil
	}
	return fault.Field("unit_id", i18n.T("地点不能换到另一家机构，请停用后在那里新建", "a place cannot move to another institution; retire it and add one there"))
}

func openPlace(ctx context.Context, r db.Reader, id string) (Place, error) {
	p, err := PlaceByID(r, id)
	if err != nil {
		return p, err
	}
	if err := authz.Need(ctx, ManagePlaces, p.Path); err != nil {
		return p, err
	}
	if !p.ClosedAt.IsZero() {
		return p, fault.New(fault.Conflict, i18n.T("该地点已停用", "this place is retired"))
	}
	return p, nil
}

// ClosePlace retires a place for good. Faults: Invalid without a reason,
// NotFound, Forbidden, Conflict when it is retired already.
func (s *Service) ClosePlace(ctx context.Context, in PostedTo[Reason]) (Place, error) {
	return do(ctx, s, deed{action: "org.place.close", subject: in.ID, reason: in.Body.Reason, taken: placeTaken},
		func(r db.Reader) (Place, error) { return openPlace(ctx, r, in.ID) },
		func(tx *db.Tx, p *Place) ([]any, error) {
			p.ClosedAt = s.now()
			return []any{}, fault.First(
				func() error { return reason(in.Body.Reason) },
				func() error { return updatePlace(tx, *p) },
			)
		})
}

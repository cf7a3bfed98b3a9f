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
	in.Query = paged(in.Query)
	return read(ctx, s.DB, func(r db.Reader) (page list.Page[Place], err error) {
		var w db.Where
		Within(&w, "path", authz.From(ctx).Paths(Read))
		if err := in.conditions(r, &w); err != nil {
			return page, err
		}
		ps, err := placePage(r, &w, in.Limit)
		return list.Cut(in.Query, ps, func(p Place) list.Key { return list.Key{At: p.CreatedAt.UnixMilli(), ID: p.ID} }), err
	})
}

func (in ListPlaces) conditions(r db.Reader, w *db.Where) error {
	contains(w, in.Q, "name", "location")
	w.AndIf(in.Institution != "", "institution = ?", in.Institution)
	w.AndIf(in.Unit != "", "unit_id = ?", in.Unit)
	w.AndIf(in.Kind != "", "kind = ?", in.Kind)
	w.AndIf(!in.Closed, "closed_at is null")
	if err := belowNode(r, w, in.Below); err != nil {
		return err
	}
	return in.After(w, false, "created_at", "id")
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
func (s *Service) CreatePlace(ctx context.Context, in Posted[NewPlace]) (_ Place, err error) {
	defer fault.Wrap(&err, "org.CreatePlace")
	return write(ctx, s.DB, placeTaken, func(tx *db.Tx) (Place, error) {
		p := Place{ID: db.NewID(), UnitID: in.Body.UnitID, Kind: in.Body.Kind, Name: in.Body.Name, Location: in.Body.Location, CreatedAt: s.now()}
		if err := s.settle(ctx, tx.Reader, &p); err != nil {
			return p, err
		}
		if err := InsertPlace(tx, p); err != nil {
			return p, err
		}
		return p, s.Audit.Append(ctx, tx, "org.place.create", p.ID, "", "unit", p.UnitID)
	})
}

// settle checks a place and gives it the path and institution of its unit.
func (s *Service) settle(ctx context.Context, r db.Reader, p *Place) error {
	trim(&p.Name, &p.Location)
	if err := checkPlace(*p); err != nil {
		return err
	}
	u, err := s.openUnit(ctx, r, p.UnitID, ManagePlaces)
	if err != nil {
		return err
	}
	if u.Kind != Institution && u.Kind != Department {
		return fault.Field("unit_id", i18n.T("地点只能设在机构或科室下", "a place belongs to an institution or a department"))
	}
	above, err := InstitutionOf(r, u)
	if err != nil {
		return err
	}
	p.Path, p.Institution = u.Path, above.ID
	twin, err := placeTwin(r, *p)
	if twin {
		return fault.New(fault.Conflict, placeTaken).WithFix(i18n.T("请用位置（楼、层）区分", "tell them apart by building and floor"))
	}
	return err
}

func checkPlace(p Place) error {
	var bad fault.Fields
	required(&bad, "name", p.Name)
	optional(&bad, "location", p.Location, maxText)
	_, known := PlaceNames()[p.Kind]
	bad.Refuse(!known, "kind", i18n.T("不认识的地点类型", "this kind of place is not known"))
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
func (s *Service) ChangePlace(ctx context.Context, in PostedTo[PlaceChange]) (_ Place, err error) {
	defer fault.Wrap(&err, "org.ChangePlace(%s)", in.ID)
	return write(ctx, s.DB, placeTaken, func(tx *db.Tx) (Place, error) {
		p, err := openPlace(ctx, tx.Reader, in.ID)
		if err != nil {
			return p, err
		}
		var changed patch
		before := p.Institution
		set(&changed, "unit_id", &p.UnitID, in.Body.UnitID)
		set(&changed, "kind", &p.Kind, in.Body.Kind)
		set(&changed, "name", &p.Name, in.Body.Name)
		set(&changed, "location", &p.Location, in.Body.Location)
		if len(changed.fields) == 0 {
			return p, nil
		}
		if err := s.settle(ctx, tx.Reader, &p); err != nil {
			return p, err
		}
		if p.Institution != before {
			return p, fault.Field("unit_id", i18n.T("地点不能换到另一家机构，请停用后在那里新建", "a place cannot move to another institution; retire it and add one there"))
		}
		if err := updatePlace(tx, p); err != nil {
			return p, err
		}
		return p, s.Audit.Append(ctx, tx, "org.place.change", p.ID, "", "fields", changed.fields)
	})
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
func (s *Service) ClosePlace(ctx context.Context, in PostedTo[Reason]) (_ Place, err error) {
	defer fault.Wrap(&err, "org.ClosePlace(%s)", in.ID)
	if err := reason(in.Body.Reason); err != nil {
		return Place{}, err
	}
	return write(ctx, s.DB, placeTaken, func(tx *db.Tx) (Place, error) {
		p, err := openPlace(ctx, tx.Reader, in.ID)
		if err != nil {
			return p, err
		}
		p.ClosedAt = s.now()
		if err := updatePlace(tx, p); err != nil {
			return p, err
		}
		return p, s.Audit.Append(ctx, tx, "org.place.close", p.ID, in.Body.Reason)
	})
}
